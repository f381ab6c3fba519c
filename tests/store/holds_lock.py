"""A process of its own that is a kiosk, as far as its lock goes: it says so, and goes on until its input ends.

``python -m tests.store.holds_lock HOME NAME``
"""

import sys
from pathlib import Path

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock

from .processes import say

with kiosk_lock(Home(Path(sys.argv[1])), sys.argv[2]):
    say("locked")
    sys.stdin.read()
