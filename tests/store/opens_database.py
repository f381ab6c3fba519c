"""A process of its own that opens a home's database when its input says so, and says how it went.

``python -m tests.store.opens_database HOME [KIOSK]``
"""

import contextlib
import sys
from pathlib import Path

from mtc_kiosk.store.database import DatabaseRefused, open_database
from mtc_kiosk.store.home import open_home
from mtc_kiosk.store.lock import kiosk_lock

from .processes import say

home = open_home(Path(sys.argv[1]))
kiosk = sys.argv[2] if len(sys.argv) > 2 else None
with kiosk_lock(home, kiosk) if kiosk is not None else contextlib.nullcontext():
    say("ready")
    sys.stdin.readline()
    try:
        open_database(home, as_kiosk=kiosk).close()
        say("opened")
    except DatabaseRefused as refused:
        say(f"refused: {refused}")
