"""The list of settings files and databases that a home has begun, so that a missing one is noticed.

Recreating a settings file silently would drop a passcode, or what a child needs. The list is a file of the home; an
entry is added once the thing is whole on the disk. A home without the list is new, or of an earlier version.
"""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from mtc_kiosk.store.home.files import sync_folder

BEGUN = "begun.txt"
"""The name of the list in the home."""

DATABASE = "mtc.db"

_ENDINGS = (".yaml", DATABASE)
_SAID = "# What mtc_kiosk has begun in this folder. Keep this file: it tells a new home from one that lost something."
_ARRANGEMENTS, _ARRANGEMENTS_CAME_WITH = "access_arrangements.yaml", "m003_arrangements"


def begun(root: Path) -> frozenset[str] | None:
    """What the home in this folder has begun, by file name; None if there is no list, or an empty one."""
    try:
        lines = (root / BEGUN).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    names = frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return names if any(name.endswith(_ENDINGS) for name in names) else None


def note_begun(root: Path, names: Iterable[str]) -> None:
    """Add names to the list once they are whole on the disk. OSError if the disk refuses."""
    before = begun(root)
    if before is None or not before.issuperset(names):
        _write(root, (before or frozenset()) | frozenset(names))


def forget(root: Path, name: str) -> None:
    """Take a name off the list because a person has agreed that it may be begun again."""
    before = begun(root)
    if before is not None and name in before:
        _write(root, before - {name})


def begun_before_there_was_a_list(root: Path, settings: Iterable[str]) -> frozenset[str]:
    """What a home without a list has begun: nothing, unless something in it shows that it was in use."""
    if not _was_used(root):
        return frozenset()
    known = frozenset(settings) | {DATABASE}
    return known if _had_arrangements(root / DATABASE) else known - {_ARRANGEMENTS}


def _was_used(root: Path) -> bool:
    """Whether this home was in use: the first start makes all settings files before anything checked here."""
    if any(path.stat().st_size for path in root.glob(f"{DATABASE}*") if path.is_file()):
        return True
    patterns = ("kiosk-*.lock", "device.key", "exports/*", "logs/*")
    return any(path.is_file() for pattern in patterns for path in root.glob(pattern))


def _had_arrangements(database: Path) -> bool:
    """Whether the home was used since there is a file of arrangements; if that cannot be seen, assume so."""
    try:
        if not database.stat().st_size:
            return True
        with contextlib.closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
            found = db.execute("select 1 from _sqlite_migrations where name = ?", (_ARRANGEMENTS_CAME_WITH,)).fetchone()
        return found is not None
    except (OSError, sqlite3.Error):
        return True


def _write(root: Path, names: Iterable[str]) -> None:
    descriptor, draft_name = tempfile.mkstemp(dir=root, prefix=f".{BEGUN}.")
    draft = Path(draft_name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join((_SAID, *sorted(names), "")))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(root / BEGUN)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(root)
