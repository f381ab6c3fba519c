"""Where the data is: said of any home, whole, damaged, or not there, and without changing it."""

import contextlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.office.backup import back_up
from mtc_kiosk.office.where import Why, where
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import ENVIRONMENT, Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock

NOWHERE = {ENVIRONMENT: "", "ProgramData": "/none"}


def test_it_names_what_is_in_the_home(home: Home) -> None:
    """The database, the settings, and who is running in it."""
    with kiosk_lock(home, "PC1"):
        found = where(home.root, NOWHERE)
    names = {each.path.relative_to(home.root).as_posix() for each in found.files}
    assert {"mtc.db", "config/school.yaml", "exports", "logs"} <= names
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


def test_a_place_that_can_be_no_home(tmp_path: Path) -> None:
    """A file, and a folder below one."""
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "home"):
        assert where(place).trouble == f"{place} is not a folder. Name another one."


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="an account that may not read needs another account")
def test_a_home_that_may_not_be_read(home: Home) -> None:
    """Another account's: one sentence, as a command in a process of its own."""
    code = (
        "import os; from mtc_kiosk.cli import main; import mtc_kiosk.cli.where; os.setgid(65534); os.setuid(65534);"
        f" main(['where', '--home', {str(home.root)!r}, '--json'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    said = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert "cannot be read" in said["data"]["trouble"]
