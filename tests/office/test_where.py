"""Where the data is: said of any home, whole, damaged, or not there, and without changing it."""

import contextlib
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.cli.where import MAY_GO
from mtc_kiosk.office.backup import back_up
from mtc_kiosk.office.where import Why, where
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import ENVIRONMENT, Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.made_up import open_made_up_home
from tests.office.restoring import REPLACE, backed_up, put_back

NOWHERE = {ENVIRONMENT: "", "ProgramData": "/none"}


def test_it_names_what_is_in_the_home(home: Home) -> None:
    """The database, the settings, and who is running in it."""
    of_a_classroom = {"desk_certificate.pem", "desk.json", "pack.mtcpack"}
    for name in of_a_classroom:
        (home.root / name).touch()
    with kiosk_lock(home, "PC1"):
        found = where(home.root, NOWHERE)
    names = {each.path.relative_to(home.root).as_posix() for each in found.files}
    assert {"mtc.db", "config/school.yaml", "exports", "logs", *of_a_classroom} <= names
    assert (found.root, found.why, found.exists, found.kiosks) == (home.root, Why.OPTION, True, ("PC1",))
    assert found.counts is not None
    assert (found.counts["pupils"], found.made_up, found.trouble) == (3, True, None)


def test_it_says_why_this_is_the_home(tmp_path: Path) -> None:
    """The option before the environment, then the machine's home, then the account's."""
    assert where(tmp_path, {ENVIRONMENT: "/other"}).why is Why.OPTION
    found = where(None, {ENVIRONMENT: str(tmp_path / "one")})
    assert (found.why, found.root, found.exists) == (Why.ENVIRONMENT, tmp_path / "one", False)
    assert where(None, NOWHERE).why in {Why.MACHINE, Why.USER}
    assert list(tmp_path.iterdir()) == [], "it makes no home"


def test_the_age_of_the_newest_backup(home: Home, tmp_path: Path) -> None:
    """None at first; then since the last one."""
    assert where(home.root).backup_age is None
    back_up(home, tmp_path / "b.zip", COMMAND_LINE)
    age = where(home.root).backup_age
    assert age is not None
    assert timedelta(0) <= age < timedelta(minutes=10)


def said_of(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the command answers, by line."""
    with pytest.raises(SystemExit):
        main(["where", "--home", str(root)])
    return capsys.readouterr().out.splitlines()


def test_copies_of_before_a_restore_are_listed_with_age_and_size(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """They pile up, and hold pupils' data: staff see how old each is, how large all are, and when one may go."""
    file = backed_up(home, tmp_path / "b.zip")
    for days in (3, 0):
        before = put_back(home, file, REPLACE).before
        assert before is not None
        changed = time.time() - days * 86_400
        os.utime(before, (changed, changed))
    copies = [each for each in where(home.root).files if each.is_kept_copy]
    said = said_of(home.root, capsys)
    for copy, age in zip(copies, ("3 days ago", "less than an hour ago"), strict=True):
        (line,) = [line for line in said if copy.path.name in line]
        assert line.endswith(f"the earlier data, before a restore, {age}")
    (total,) = [line for line in said if MAY_GO in line]
    assert total == f"  2 earlier copies of the data, {round(sum(each.size for each in copies) / 1000)} kB. {MAY_GO}"
    assert not any(MAY_GO in line for line in said_of(tmp_path / "new", capsys))


def test_of_one_copy_it_says_it_and_not_them(home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After the first restore there is one."""
    put_back(home, backed_up(home, tmp_path / "b.zip"), REPLACE)
    (total,) = [line for line in said_of(home.root, capsys) if "1 earlier copy of the data" in line]
    assert total.endswith(
        " kB. Delete it once the restored results have been looked through and a newer backup was made."
    )


def test_a_damaged_home_is_looked_at_and_left_as_it_is(home: Home) -> None:
    """The first page is overwritten; the file stays in its place, and gets no mark."""
    with contextlib.closing(connect(home.database)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    with home.database.open("r+b") as file:
        file.write(b"no database at all")
    before = home.database.read_bytes()
    found = where(home.root)
    assert found.trouble is not None
    assert "damaged" in found.trouble
    assert (home.database.read_bytes(), found.counts) == (before, None)
    assert not list(home.root.glob("*.suspect"))


@pytest.mark.parametrize("left", [None, b""])
def test_a_database_that_is_gone_is_named(home: Home, left: bytes | None) -> None:
    """Missing or empty: the answer says so, as every other command does, and makes no new one."""
    home.database.unlink()
    if left is not None:
        home.database.write_bytes(left)
    found = where(home.root)
    assert found.trouble is not None
    assert f"The database {home.database} is missing or empty." in found.trouble
    assert (found.counts, home.database.exists()) == (None, left is not None)


def test_a_home_that_had_no_database_yet_lacks_none(tmp_path: Path) -> None:
    """A folder with its settings alone is new."""
    assert where(open_made_up_home(tmp_path / "new").root).trouble is None


def test_a_place_that_can_be_no_home(tmp_path: Path) -> None:
    """A file, and a folder below one."""
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "home"):
        assert where(place).trouble == f"{place} is not a folder. Name another folder."


@pytest.mark.windows_only("only Windows has drives that may be missing")
def test_a_drive_that_is_not_there() -> None:
    """A stick that was pulled out, or a network drive: there is no folder above it to look at either."""
    missing = next(Path(f"{letter}:\\") for letter in "QRSTUVWXYZ" if not Path(f"{letter}:\\").exists())
    found = where(missing / "school")
    assert (found.exists, found.trouble) == (False, f"{missing / 'school'} is not a folder. Name another folder.")


@pytest.mark.posix_only("an account that may not read is one of POSIX systems")
def test_a_home_that_may_not_be_read(home: Home) -> None:
    """One sentence, as a command in a process of its own; root, which may read everything, becomes another account."""
    other = "os.setgid(65534); os.setuid(65534)" if os.geteuid() == 0 else "None"
    code = (
        f"import os; from mtc_kiosk.cli import main; import mtc_kiosk.cli.where; {other};"
        f" main(['where', '--home', {str(home.root)!r}, '--json'])"
    )
    if os.geteuid() != 0:
        home.root.chmod(0)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    home.root.chmod(0o700)
    said = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert "cannot be read" in said["data"]["trouble"]
