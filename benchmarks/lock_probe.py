"""Asks for the write lock of a database over and over, and says how long it had to wait at most: a kiosk's view of it.

``python -m benchmarks.lock_probe DATABASE``: prints "ready", goes on until its input ends, then prints milliseconds.
"""

import sqlite3
import sys
import threading
import time


def main() -> None:
    """Ask until the input ends."""
    db = sqlite3.connect(sys.argv[1], timeout=10, isolation_level=None)
    over = threading.Event()

    def until_the_input_ends() -> None:
        sys.stdin.read()
        over.set()

    threading.Thread(target=until_the_input_ends, daemon=True).start()
    print("ready", flush=True)
    longest = 0.0
    while not over.is_set():
        asked = time.perf_counter()
        db.execute("begin immediate")
        longest = max(longest, time.perf_counter() - asked)
        db.execute("rollback")
    print(longest * 1000, flush=True)


if __name__ == "__main__":
    main()
