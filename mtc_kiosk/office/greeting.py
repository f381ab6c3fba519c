"""Who the desk is, for a PC that asks before it sends anything. Alone, as it needs neither kiosk nor room code."""

import importlib.metadata

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.sealing import school_of
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.sync.wire import VERSION, Hello

PROGRAM = importlib.metadata.version("mtc-kiosk")
"""The version of the program at the desk."""


def hello(home: OpenHome, boot: str) -> Hello:
    """Who the desk is, ``boot`` being this start of it; DeviceKeyRefused if its key cannot be read."""
    return Hello(
        product="mtc_kiosk",
        versions=(VERSION,),
        program=PROGRAM,
        desk=device_key(home.home).fingerprint,
        boot=boot,
        school=school_of(home.configuration.school),
        made_up=home.made_up,
        at=written(home.now),
    )
