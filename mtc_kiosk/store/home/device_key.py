"""The file with a home's device key: made once, whole or not at all, readable by its owner only."""

from mtc_kiosk.plain_file import why
from mtc_kiosk.record.signing import DeviceKey, NotAKey
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_others_out, make_once
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import write_whole

NAME, JOINING = "device.key", "joining.txt"
"""``joining.txt`` has the fingerprint of a key that was made to join a desk, until the PC has joined."""


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


def key_to_join_with(home: Home) -> DeviceKey:
    """A new key for a PC that joins a desk for the first time and has signed nothing; the same one if it tries again.

    The PC may be made from a disk image that has a key: each PC of that image would be the same kiosk.
    """
    mark = home.root / JOINING
    try:
        if not mark.exists() or mark.read_text(encoding="ascii") != own_fingerprint(home):
            key = DeviceKey.new()
            write_whole(home.root / NAME, key.to_pem(), OWNER_ONLY_FILE)
            write_whole(mark, key.fingerprint.encode(), OWNER_ONLY_FILE)
    except (OSError, ValueError) as problem:
        said = why(problem) if isinstance(problem, OSError) else "it is damaged"
        raise DeviceKeyRefused(f"The file {mark} cannot be used ({said}). Ask IT staff.") from problem
    return device_key(home)


def own_fingerprint(home: Home) -> str:
    """The fingerprint of the home's key; "" while it has none, as no key is made for looking at something."""
    return device_key(home).fingerprint if (home.root / NAME).exists() else ""
