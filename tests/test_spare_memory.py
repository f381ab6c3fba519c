"""Freed memory goes back to the system, and threads share one heap, where the system's C library can do that."""

import subprocess
import sys
from pathlib import Path

import pytest

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="GNU's C library is asked for its spare memory")

FREED = """
import ctypes
from pathlib import Path
from mtc_kiosk.spare_memory import give_back, keep_little

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

def full(size, count):
    blocks = [libc.malloc(size) for _ in range(count)]
    for block in blocks:
        ctypes.memset(block, 1, size)
    return blocks

assert keep_little()
for block in full(8_000_000, 1):
    libc.free(block)
before = resident()
large = full(200_000, 200)
grown = resident()
for block in large[:-1]:
    libc.free(block)
print(grown - before, grown - resident())

small = full(16_000, 4_000)
for block in small[:-1]:
    libc.free(block)
kept = resident()
give_back()
print(kept - resident())
"""

HEAPS = """
import ctypes, sys, threading
from mtc_kiosk.spare_memory import share_one_heap

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.fopen.restype, libc.fopen.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]

if sys.argv[1] == "shared":
    assert share_one_heap()
together = threading.Barrier(4)

def work():
    libc.malloc(10_000)
    together.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
page = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, page)
libc.fclose(page)
"""


def said(program: str, *arguments: str) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@ON_LINUX
def test_freed_memory_goes_back_to_the_system() -> None:
    """Holes when they are asked for, large blocks by themselves."""
    grown, given, holes = map(int, said(FREED).split())
    assert holes > 50_000_000
    assert grown > 35_000_000
    assert given > 0.95 * grown


@ON_LINUX
def test_threads_share_one_heap(tmp_path: Path) -> None:
    """Where each has its own, none uses what another has freed."""
    heaps = {}
    for kind in ("apart", "shared"):
        said(HEAPS, kind, str(tmp_path / kind))
        heaps[kind] = (tmp_path / kind).read_text().count("<heap nr=")
    assert heaps["shared"] == 1
    assert heaps["apart"] > 1
