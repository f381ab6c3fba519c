"""A process of its own that looks at a home's locks over and over, until it is ended.

``python -m tests.store.looks_at_locks HOME``
"""

import sys
from pathlib import Path

from mtc_kiosk.store.home import Home
from mtc_kiosk.store.lock import running_kiosks

from .processes import say

home = Home(Path(sys.argv[1]))
say("looking")
while True:
    running_kiosks(home)
