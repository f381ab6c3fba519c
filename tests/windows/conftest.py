"""Tests of what only Windows has. Those in ``test_on_...`` run there alone, on a PC or under Wine (tools/windows)."""

import ctypes
import sys

if sys.platform == "win32":
    _DISPLAYS = 80
    has_two = ctypes.WinDLL("user32").GetSystemMetrics(_DISPLAYS) > 1
    collect_ignore_glob = [] if has_two else ["test_on_two_displays.py"]
else:
    collect_ignore_glob = ["test_on_*.py"]
