"""Tests of what only Windows has. Those in ``test_on_...`` run there alone, on a PC or under Wine (tools/windows)."""

import sys

collect_ignore_glob = [] if sys.platform == "win32" else ["test_on_*.py"]
