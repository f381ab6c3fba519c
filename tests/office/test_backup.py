"""A backup has all that a school needs elsewhere, in one file that is whole or not there."""

import contextlib
import json
import os
import sqlite3
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office import sessions
from mtc_kiosk.office.backup import BACKED_UP, BackedUp, back_up, backup_to_download
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db import copies
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.backup_file import read_backup
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from tests.office.acting import HEAD, acting
from tests.office.taking import take
from tests.store.alter import altered
from tests.store.conftest import small_disk

__all__ = ["small_disk"]


def made(home: Home, file: Path, *, force: bool = False) -> BackedUp:
    """A backup by the command line."""
    return back_up(home, file, COMMAND_LINE, force=force)


def refusal(home: Home, file: Path, *, force: bool = False) -> str:
    """The sentence with which a backup is refused."""
    with pytest.raises(OfficeRefused) as refused:
        made(home, file, force=force)
    return str(refused.value)


def test_a_backup_is_one_file_with_a_manifest(home: Home, tmp_path: Path) -> None:
    """Database, settings and key, their hashes and counts; for its owner alone."""
    key = device_key(home)
    done = made(home, tmp_path / "b.zip")
    with zipfile.ZipFile(done.file) as packed:
        assert packed.testzip() is None
        manifest = json.loads(packed.read("manifest.json"))
        assert set(manifest["parts"]) == {"mtc.db", "device.key", *(f"config/{name}" for name in FILES)}
    assert (manifest["format"], manifest["device"], manifest["made_up"]) == (1, key.fingerprint, True)
    assert (manifest["counts"]["pupils"], done.size, done.remarks) == (3, done.file.stat().st_size, ())
    if os.name == "posix":
        assert stat.S_IMODE(done.file.stat().st_mode) == 0o600
    parts = read_backup(done.file, FILES).parts
    assert {name: parts[f"config/{name}"] for name in FILES} == {
        name: (home.config_dir / name).read_bytes() for name in FILES
    }
    assert parts["device.key"] == (home.root / "device.key").read_bytes()


def test_the_database_in_it_opens_as_a_file(home: Home, tmp_path: Path) -> None:
    """Whoever unpacks it by hand can open it, without a log beside it."""
    (tmp_path / "mtc.db").write_bytes(read_backup(made(home, tmp_path / "b.zip").file, FILES).database)
    with contextlib.closing(sqlite3.connect(tmp_path / "mtc.db")) as db:
        assert db.execute("select count(*) from pupil").fetchone() == (3,)
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_it_keeps_nobody_from_writing(home: Home) -> None:
    """Between any two steps of the copy another program gets the write lock at once, and the copy is one state."""
    with contextlib.closing(connect(home.database)) as db:
        db.execute("pragma busy_timeout = 0")
        db.execute("update pupil set group_name = 'now'")
        steps = []

        def write(done: int, total: int) -> None:
            db.execute("update pupil set group_name = ?", (f"step {done}",))
            steps.append((done, total))

        content = copies.copied(home.database, write)
    assert len(steps) > 1, "the copy is made in more than one step"
    with contextlib.closing(copies.opened_copy(content)) as copy:
        assert copy.execute("select distinct group_name from pupil").fetchall() == [("now",)]


def test_a_file_that_is_there_is_replaced_with_force_only(home: Home, tmp_path: Path) -> None:
    """The earlier backup may be the only good one."""
    file = tmp_path / "b.zip"
    file.write_bytes(b"earlier")
    assert "replace that file" in refusal(home, file)
    assert file.read_bytes() == b"earlier"
    made(home, file, force=True)
    assert read_backup(file, FILES).manifest.counts["pupils"] == 3


@pytest.mark.posix_only("Windows has no pipe with the name of a file")
def test_a_pipe_or_a_device_is_not_replaced(home: Home, tmp_path: Path) -> None:
    """With force too: as root the null device of the whole system would be a file with pupils in it."""
    stick = tmp_path / "stick"
    stick.mkdir()
    pipe = stick / "b.zip"
    os.mkfifo(pipe)
    assert "this is a pipe or a device, not a plain file. Nothing was written." in refusal(home, pipe, force=True)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert list(stick.iterdir()) == [pipe]


def test_a_folder_gets_a_file_with_date_and_time(home: Home, tmp_path: Path) -> None:
    """The name says when, and names nobody."""
    stick = tmp_path / "stick"
    stick.mkdir()
    done = made(home, stick)
    when = datetime.strptime(done.file.name, "mtc-kiosk-backup-%Y%m%d-%H%M%S.zip").replace(tzinfo=UTC)
    assert (done.file.parent, abs((when - datetime.now(UTC)).total_seconds()) < 3600) == (stick, True)
    assert list(stick.iterdir()) == [done.file]


def test_what_to_type_stays_at_the_end_of_a_refusal(home: Home, tmp_path: Path) -> None:
    """No sentence comes behind a command, where it would be copied with it."""
    home.database.unlink()
    said = refusal(home, tmp_path / "b.zip")
    assert said.startswith("Nothing was written. ")
    assert said.endswith(": mtc-kiosk renew mtc.db")


def test_it_does_not_go_into_the_home(home: Home) -> None:
    """It would be lost with the home; and it never replaces a file of the home."""
    for place in (home.root / "mtc.db", home.root, home.config_dir / "school.yaml"):
        assert "cannot be in the folder it backs up" in refusal(home, place, force=True)
    assert made(home, home.exports).on_own_disk


@pytest.mark.posix_only("on Windows a link needs a right of its own")
def test_it_does_not_go_into_the_home_by_a_link(home: Home, tmp_path: Path) -> None:
    """The folder that the link leads to counts."""
    (tmp_path / "link").symlink_to(home.root)
    assert "cannot be in the folder it backs up" in refusal(home, tmp_path / "link" / "mtc.db", force=True)


def test_a_full_stick_says_so_and_has_nothing_left_on_it(home: Home, small_disk: Path) -> None:
    """There is room for a part of it."""
    (small_disk / "photo.jpg").write_bytes(bytes(1_030_000))
    assert "it is full. Nothing was written." in refusal(home, small_disk)
    assert [path.name for path in small_disk.iterdir()] == ["photo.jpg"]


def test_a_folder_that_is_not_there_or_may_not_be_written_to(home: Home, tmp_path: Path) -> None:
    """One sentence each."""
    assert "its folder is missing. Nothing was written." in refusal(home, tmp_path / "no stick" / "b.zip")
    if os.name == "posix":
        assert "cannot be written" in refusal(home, Path("/proc/b.zip"))


def test_a_home_without_data(tmp_path: Path) -> None:
    """Nothing is made, and no home either."""
    assert "There is nothing to back up" in refusal(Home(tmp_path / "none"), tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []


def test_it_is_in_the_audit_without_a_path(home: Home, tmp_path: Path) -> None:
    """Folders are named after people."""
    folder = tmp_path / "Amy Testerly"
    folder.mkdir()
    made(home, folder)
    with acting(home) as office:
        rows = office.db.execute("select account, after from audit where action = ?", (BACKED_UP,)).fetchall()
    assert [account for account, _ in rows] == ["cli"]
    assert "Amy" not in rows[0][1]


def test_a_damaged_database_is_not_called_a_backup(home: Home, tmp_path: Path) -> None:
    """A page of it is overwritten."""
    with contextlib.closing(connect(home.database)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        (page,) = db.execute("select rootpage from sqlite_schema where name = 'pupil'").fetchone()
    with home.database.open("r+b") as file:
        file.seek(4096 * (page - 1))
        file.write(b"\xff" * 4096)
    assert "is damaged, so nothing was backed up" in refusal(home, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_journal_that_was_changed_is_backed_up_and_told(home: Home, tmp_path: Path) -> None:
    """The rest is good, and a backup that refuses it would leave the school without any."""
    with acting(home) as office:
        started = sessions.start(office, sessions.SessionWanted(Kind.OFFICIAL))
    take(home, started.pins[0])
    with altered(home.database, "update event set wall_time = '2027-06-07T09:00:00.001Z' where seq = 2"):
        done = made(home, tmp_path / "b.zip")
    assert done.remarks == ("Damaged, or changed by hand: the journals of 1 check. They are kept as they are.",)
    assert read_backup(done.file, FILES).manifest.counts["attempts"] == 1


def test_a_backup_to_download_is_what_a_file_would_be(home: Home, tmp_path: Path) -> None:
    """It can be restored, names neither school nor person, and leaves no file on this PC."""
    before = sorted(path for path in home.root.rglob("*") if "mtc.db" not in path.name)
    done = backup_to_download(home, HEAD)
    assert sorted(path for path in home.root.rglob("*") if "mtc.db" not in path.name) == before
    assert done.name.startswith("mtc-kiosk-backup-")
    (tmp_path / "b.zip").write_bytes(done.content)
    assert read_backup(tmp_path / "b.zip", FILES).manifest == done.manifest
    assert (done.manifest.counts["pupils"], done.remarks) == (3, ())
    with contextlib.closing(connect(home.database)) as db:
        (row,) = db.execute("select account, after from audit where action = ?", (BACKED_UP,)).fetchall()
    assert row == (HEAD.account, '{"downloaded":true}')


def test_an_empty_home_has_nothing_to_download(tmp_path: Path) -> None:
    """The refusal says so."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(OfficeRefused, match="nothing to back up"):
        backup_to_download(Home(tmp_path / "empty"), HEAD)
