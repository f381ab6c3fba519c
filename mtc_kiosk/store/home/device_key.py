"""The file that keeps a home's device key: made once, whole or not at all, readable by its owner alone.

It signs nothing.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from mtc_kiosk.record.signing import DeviceKey, NotAKey
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_others_out, sync_folder
from mtc_kiosk.store.home.home import Home

NAME = "device.key"


class DeviceKeyRefused(RuntimeError):
    """The key cannot be had; the message is a sentence for a person."""


def device_key(home: Home) -> DeviceKey:
    """The home's key, made where there is none yet: however many programs ask at once, all get the same."""
    path = home.root / NAME
    try:
        if not path.exists():
            _make(path)
        keep_others_out(path, OWNER_ONLY_FILE)
        return DeviceKey.from_pem(path.read_bytes())
    except NotAKey as problem:
        raise DeviceKeyRefused(
            f"The file {path} is damaged: put it back from a backup, or take it away to begin with a new key."
        ) from problem
    except OSError as problem:
        raise DeviceKeyRefused(f"The key of this PC in {path} cannot be used: {problem.strerror}.") from problem


def _make(path: Path) -> None:
    """Write a new key under a name of its own, then give it its name unless another program was first."""
    # mkstemp lets the owner alone in from the first moment.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(DeviceKey.new().to_pem())
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            _name_once(draft, path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _name_once(draft: Path, path: Path) -> None:
    """Give the draft its name; FileExistsError where the name is taken."""
    if os.name == "nt":
        draft.rename(path)  # refuses a name that is taken, there alone
        return
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, such as a memory stick's, cannot refuse a taken name in the same step.
        if not path.exists():
            draft.rename(path)
