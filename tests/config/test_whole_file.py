"""A settings file is exchanged whole or not at all, and never over what somebody else wrote meanwhile."""

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mtc_kiosk.config.whole_file import BACKUPS, MOST_BACKUPS, NotReplaced, keep_backup, replace_whole

NOW = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file."""
    path = tmp_path / "kiosk.yaml"
    path.write_bytes(b"name: hall\n")
    return path


def test_the_file_is_exchanged_and_keeps_its_mode(path: Path) -> None:
    """And nothing else is in the folder."""
    path.chmod(0o640)
    replace_whole(path, b"name: gym\n", was=b"name: hall\n")
    assert path.read_bytes() == b"name: gym\n"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(path.parent.iterdir()) == [path]


def test_what_somebody_else_wrote_meanwhile_stays(path: Path) -> None:
    """Also where it only became longer; and no draft is left."""
    path.write_bytes(b"name: hall\n# a note\n")
    with pytest.raises(NotReplaced, match="changed by somebody else"):
        replace_whole(path, b"name: gym\n", was=b"name: hall\n")
    assert path.read_bytes() == b"name: hall\n# a note\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_protected_file_stays(path: Path) -> None:
    """Whoever protected it meant it."""
    path.chmod(0o400)
    with pytest.raises(NotReplaced, match="protected against writing"):
        replace_whole(path, b"name: gym\n", was=b"name: hall\n")
    assert path.read_bytes() == b"name: hall\n"
    path.chmod(0o600)


def test_copies_are_the_owners_alone_and_the_newest_are_kept(path: Path) -> None:
    """Of this file; those of another are left alone."""
    other = keep_backup(path.with_name("school.yaml"), b"other", NOW)
    copies = [keep_backup(path, str(number).encode(), NOW) for number in range(MOST_BACKUPS + 3)]
    assert other.exists()
    assert [copy.exists() for copy in copies] == [False] * 3 + [True] * MOST_BACKUPS
    assert copies[-1].read_bytes() == str(MOST_BACKUPS + 2).encode()
    if os.name == "posix":
        assert {stat.S_IMODE(copy.stat().st_mode) for copy in (path.parent / BACKUPS).iterdir()} == {0o600}
