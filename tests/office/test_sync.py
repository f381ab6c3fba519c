"""Records are sent and taken in by the office, in the name of whoever acts."""

from pathlib import Path

import pytest

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sync import devices, push, receive, status
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.sync.receive import Fate
from tests.record.examples import UNNAMED, key, reason, record_id
from tests.record.homes import attempt, school_home

from .as_staff import TEACHER, open_as


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home with one pupil."""
    with school_home(tmp_path / "home") as home:
        home.add_pupil()
    return tmp_path / "home"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with two records of a device that nobody has accepted, and a photograph."""
    folder = tmp_path / "stick"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.mtc").write_bytes(reason(key(3), id=record_id(number), school=UNNAMED).to_file())
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    return folder


def audited(home: OpenHome, action: str) -> list[str]:
    """By whom this was done, each time."""
    return [account for (account,) in home.db.execute("select account from audit where action = ?", (action,))]


def test_an_accepted_device_has_what_waited_taken_in(root: Path, stick: Path) -> None:
    """At once, and in the name of whoever accepts it; a second time there is nothing left to take in."""
    with open_as(root, TEACHER) as home:
        found = receive(home, stick)
        assert [each.fate for each in found.others] == [Fate.WAITS, Fate.WAITS]
        assert [each.file.name for each in found.refused] == ["photo.jpg"]
        assert found.counts == {Fate.NEW: 0, Fate.ALREADY_HAD: 0, Fate.WAITS: 2, Fate.REFUSED: 1}
        assert devices(home).taken_in == 0
        taken = devices(home, [key(3).fingerprint])
        assert (taken.taken_in, [device.waiting for device in taken.devices]) == (2, [0])
        assert taken.own == device_key(home.home).fingerprint
        assert devices(home, [key(3).fingerprint]).taken_in == 0
        assert audited(home, "device.accepted") == ["t.teacher"]
        assert set(audited(home, "record.received")) == {"t.teacher"}


def test_where_one_fingerprint_names_no_device_none_is_accepted(root: Path, stick: Path) -> None:
    """And nothing is taken in."""
    with open_as(root) as home:
        receive(home, stick)
        with pytest.raises(OfficeRefused) as refused:
            devices(home, [key(3).fingerprint, "0" * 20])
        assert [problem.code for problem in refused.value.problems] == ["no_such_device"]
        assert [(device.accepted_at, device.waiting) for device in devices(home).devices] == [(None, 2)]


def test_what_waits_is_written_to_every_destination(root: Path, tmp_path: Path) -> None:
    """With the record of a check that ended without one."""
    folder = tmp_path / "trust"
    folder.mkdir()
    (root / "config").mkdir(exist_ok=True)
    (root / "config" / "school.yaml").write_text(f"destinations:\n  Our trust: {folder}\n", encoding="utf-8")
    with school_home(root) as school:
        school.take(attempt(1))
    with open_as(root) as home:
        (pushed,) = push(home)
        assert (pushed.written, pushed.waiting, pushed.trouble) == (1, 0, None)
        assert [(each.waiting.records, each.is_there) for each in status(home).destinations] == [(0, True)]


def test_a_home_without_a_destination_sends_nothing(root: Path) -> None:
    """It is refused with a sentence."""
    with open_as(root) as home, pytest.raises(OfficeRefused) as refused:
        push(home)
    assert [problem.code for problem in refused.value.problems] == ["no_destination"]


def test_a_folder_that_is_not_there_is_a_refusal(root: Path, tmp_path: Path) -> None:
    """And nothing is taken in."""
    with open_as(root) as home, pytest.raises(OfficeRefused) as refused:
        receive(home, tmp_path / "none")
    assert [problem.code for problem in refused.value.problems] == ["no_folder"]
