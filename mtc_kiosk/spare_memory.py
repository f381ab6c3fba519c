"""Gives freed memory back to the system, which GNU's C library on Linux would keep.

Drawing and decoding leave holes between what is kept: a sixth of the kiosk's memory in a day of many looks. And each
thread gets a heap of its own, which no other uses again: half of the console's memory. On Windows the heap gives large
blocks back by itself.
"""

import ctypes
import sys

MAPPED_FROM = 32_768
"""From this size, in bytes, a block comes from the system, and goes back as soon as it is freed.

The library's own limit of 128 KiB grows with the first large block that is freed, up to 32 MiB: then nothing goes back.
"""

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_MIB = 1_048_576


def keep_little() -> bool:
    """Make large blocks go back as soon as they are freed; True if the C library can do that."""
    library = _library()
    if library is None:
        return False
    return bool(library.mallopt(_M_MMAP_THRESHOLD, MAPPED_FROM) and library.mallopt(_M_TRIM_THRESHOLD, _MIB))


def share_one_heap() -> bool:
    """Let threads that are yet to start share one heap; True if the C library can do that.

    They wait for each other's allocations, which Python's lock makes them do anyway.
    """
    library = _library()
    return library is not None and bool(library.mallopt(_M_ARENA_MAX, 1))


def give_back() -> None:
    """Give back unused memory between smaller blocks; takes 1 to 3 ms, so never call it during a question."""
    library = _library()
    if library is not None:
        library.malloc_trim(0)


def _library() -> ctypes.CDLL | None:
    """The C library of this process, if it is GNU's."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    if not hasattr(library, "malloc_trim") or not hasattr(library, "mallopt"):
        return None
    library.malloc_trim.restype, library.malloc_trim.argtypes = ctypes.c_int, [ctypes.c_size_t]
    library.mallopt.restype, library.mallopt.argtypes = ctypes.c_int, [ctypes.c_int, ctypes.c_int]
    return library
