"""A process of its own that opens the databases of the homes named on its input, and says how each went.

``python -m tests.store.opens_database [KIOSK]``. With a name it is that kiosk of the first home.
"""

import contextlib
import sys
from pathlib import Path

from mtc_kiosk.store.db.database import DatabaseRefused, open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock

from .processes import say

kiosk = sys.argv[1] if len(sys.argv) > 1 else None
with contextlib.ExitStack() as locks:
    if kiosk is not None:
        locks.enter_context(kiosk_lock(Home(Path(sys.stdin.readline().strip())), kiosk))
    say("ready")
    for line in sys.stdin:
        try:
            open_database(Home(Path(line.strip())), as_kiosk=kiosk).close()
            say("opened")
        except DatabaseRefused as refused:
            say(f"refused: {refused}")
