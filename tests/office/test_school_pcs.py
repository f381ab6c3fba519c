"""What a page about the school's PCs shows: the kiosks of the home, which run, when each was used, and the disk."""

import shutil
from pathlib import Path

import pytest

from mtc_kiosk.office.school_pcs import TIGHT, school_pcs
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock

from .acting import HEAD
from .as_staff import open_as
from .with_results import AFTERNOON, WithResults, begun_at, points


def test_kiosks_are_listed_with_their_last_use(tmp_path: Path) -> None:
    """Those that ever ran here or took a check, by name; one that runs now is known by its lock."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(4), "hall-2")
    school.take(2, points(4), "hall-2")
    with kiosk_lock(school.home, "ann-pc"):
        pass
    with kiosk_lock(school.home, "hall-1"), open_as(school.root, HEAD, AFTERNOON) as home:
        found = school_pcs(home)
    assert [(one.name, one.runs, one.checks) for one in found.kiosks] == [
        ("ann-pc", False, 0),
        ("hall-1", True, 0),
        ("hall-2", False, 2),
    ]
    used = [one.used_at.isoformat(timespec="milliseconds") if one.used_at else None for one in found.kiosks]
    assert used == [None, None, begun_at(2).replace("Z", "+00:00")]
    assert found.running == 1


def test_the_disk_and_the_home_are_there(tmp_path: Path) -> None:
    """With the age of the newest backup, of which there is none."""
    school = WithResults(tmp_path / "home")
    with open_as(school.root, HEAD, AFTERNOON) as home:
        found = school_pcs(home)
    assert found.home.backup_age is None
    assert found.home.counts is not None
    assert found.home.counts["pupils"] == 4
    assert found.free is not None
    assert found.size is not None
    assert 0 < found.free < found.size
    assert found.settings.sound.volume_percent == 100


@pytest.mark.parametrize(("free", "tight"), [(TIGHT - 1, True), (TIGHT, False)])
def test_a_disk_that_is_nearly_full_is_tight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, tight: bool
) -> None:
    """From one byte below the bar."""
    school = WithResults(tmp_path / "home")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10 * TIGHT, 9 * TIGHT, free))
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert school_pcs(home).is_tight is tight
