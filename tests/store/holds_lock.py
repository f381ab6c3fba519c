"""A process of its own that is a kiosk, as far as its lock goes: it says so, and goes on until its input ends.

``python -m tests.store.holds_lock HOME NAME``; without a name it is the home's console.
"""

import sys
from pathlib import Path

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import console_lock, kiosk_lock

from .processes import say

home = Home(Path(sys.argv[1]))
with kiosk_lock(home, sys.argv[2]) if len(sys.argv) > 2 else console_lock(home):
    say("locked")
    sys.stdin.read()
