"""The file with a home's device key: made once, whole or not at all, readable by its owner only."""

from mtc_kiosk.plain_file import why
from mtc_kiosk.record.signing import DeviceKey, NotAKey
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_others_out, make_once
from mtc_kiosk.store.home.home import Home

NAME = "device.key"


class DeviceKeyRefused(RuntimeError):
    """The key cannot be read or made; the message is a sentence for a person."""


def device_key(home: Home) -> DeviceKey:
    """The home's key, made if there is none: however many programs ask at once, all get the same one."""
    path = home.root / NAME
    try:
        if not path.exists():
            make_once(path, DeviceKey.new().to_pem())
        keep_others_out(path, OWNER_ONLY_FILE)
        return DeviceKey.from_pem(path.read_bytes())
    except NotAKey as problem:
        raise DeviceKeyRefused(
            f"The file {path} is damaged. Restore a backup of this PC: mtc-kiosk restore FILE --replace"
            " --this-pc-replaces. Or delete the file: then a new key is made."
        ) from problem
    except OSError as problem:
        raise DeviceKeyRefused(
            f"The key of this PC in {path} cannot be used ({why(problem)}). Ask IT staff."
        ) from problem


def own_fingerprint(home: Home) -> str:
    """The fingerprint of the home's key; "" while it has none, as no key is made for looking at something."""
    return device_key(home).fingerprint if (home.root / NAME).exists() else ""
