"""The home's device key, or a Refusal."""

from mtc_kiosk.cli.output import CommandFailed, Problem
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.home.device_key import DeviceKeyRefused, device_key
from mtc_kiosk.store.home.home import Home


def key_of(home: Home) -> DeviceKey:
    """The home's key; a Refusal where it cannot be had."""
    try:
        return device_key(home)
    except DeviceKeyRefused as refused:
        raise CommandFailed(Problem(str(refused), "device_key")) from refused
