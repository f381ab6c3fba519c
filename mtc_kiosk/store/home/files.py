"""Files made whole or not at all, and readable by their owner only, whatever they contain."""

import contextlib
import os
import stat
import sys
import tempfile
from pathlib import Path

from mtc_kiosk.windows import access

OWNER_ONLY_FOLDER, OWNER_ONLY_FILE = 0o700, 0o600


def copy_once(source: Path, target: Path) -> None:
    """Copy a file if the target does not exist; a reader finds all of it or none, even after a power cut."""
    if target.exists():
        return
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # readable by its owner only
    copy = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        copy.replace(target)
    except BaseException:
        copy.unlink()
        raise
    sync_folder(target.parent)


def make_private(path: Path) -> None:
    """Create an empty file if there is none, readable by its owner only; SQLite's other files take over its mode."""
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY_FILE))
        sync_folder(path.parent)
    keep_others_out(path, OWNER_ONLY_FILE)


def make_once(path: Path, content: bytes) -> None:
    """Write a file for its owner only, unless it exists: however many programs do so at once, one of them wins.

    It is written under a temporary name, which is then changed unless another program was first.
    """
    # mkstemp gives access to the owner only, from the start.
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            _name_once(draft, path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _name_once(draft: Path, path: Path) -> None:
    """Give the draft its name; FileExistsError if the name is taken."""
    if os.name == "nt":
        draft.rename(path)  # on Windows, this refuses a name that is taken
        return
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, such as a memory stick's, cannot refuse a taken name in the same step.
        if not path.exists():
            draft.rename(path)


def keep_others_out(path: Path, mode: int) -> None:
    """Give a file or folder of our own this mode, if the file system has modes.

    On Windows, remove groups that everybody belongs to from its access list. On a FAT stick nothing changes.
    """
    if sys.platform == "win32":
        access.keep_others_out(path)
        return
    found = path.stat()
    if found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) != mode:
        with contextlib.suppress(OSError):
            path.chmod(mode)


def keep_to_owner(path: Path) -> None:
    """Keep others out of a file with pupils or PINs that may lie outside a home.

    A network drive or a stick has rules of its own, and another PC may be meant to read it.
    """
    if access.is_lasting(path):
        access.keep_others_out(path)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk. Windows has no such call: its file system journals names."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
