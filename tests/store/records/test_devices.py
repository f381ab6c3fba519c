"""Devices: which sent something, which staff accepted, and how one is named without doubt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.records.devices import NoSuchDevice, accept, devices, find_device, is_accepted
from mtc_kiosk.store.records.inbox import take_in
from tests.record.examples import key, reason, record_id
from tests.record.homes import ACT, SchoolHome, school_home


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home to which device 3 sent two records and device 4 one."""
    with school_home(tmp_path / "desk") as home:
        for number, device in enumerate((3, 3, 4), start=1):
            take_in(home.db, reason(key(device), id=record_id(number), kiosk=f"pc-{device}"), home.here, ACT)
        yield home


def test_each_device_is_listed_with_what_waits_for_it(desk: SchoolHome) -> None:
    """Its fingerprint, what it calls itself, and how much it sent."""
    listed = {device.fingerprint: (device.name, device.waiting, device.accepted_at) for device in devices(desk.db)}
    assert listed == {key(3).fingerprint: ("pc-3", 2, None), key(4).fingerprint: ("pc-4", 1, None)}


def test_an_accepted_device_stays_accepted(desk: SchoolHome) -> None:
    """The first who accepted it is remembered, with one audit row."""
    device = find_device(desk.db, key(3).fingerprint)
    accept(desk.db, [device], ACT)
    accept(desk.db, [find_device(desk.db, key(3).fingerprint)], ACT)
    assert is_accepted(desk.db, device.fingerprint)
    assert not is_accepted(desk.db, key(4).fingerprint)
    assert desk.count("audit", "action = 'device.accepted'") == 1


@pytest.mark.parametrize("shape", ["{0}", " {0} ", "{1}", "{2}", "{3}"])
def test_a_fingerprint_may_be_written_as_it_is_shown(desk: SchoolHome, shape: str) -> None:
    """In groups, with dashes, in capitals, or its first sixteen digits."""
    digits = fingerprint(key(3).public)
    written = shape.format(digits, " ".join((digits[:4], digits[4:8], digits[8:20])), digits[:16].upper(), digits[:16])
    assert find_device(desk.db, written).fingerprint == digits


@pytest.mark.parametrize("written", ["", "3475", "x" * 20, "0" * 20, "--------------------"])
def test_what_names_no_device_is_refused(desk: SchoolHome, written: str) -> None:
    """Too short to be compared, not a fingerprint, or of no device."""
    with pytest.raises(NoSuchDevice, match="list of devices"):
        find_device(desk.db, written)


def test_a_prefix_of_fifteen_digits_is_too_short(desk: SchoolHome) -> None:
    """Sixteen digits are what two people compare at least."""
    with pytest.raises(NoSuchDevice, match="Write at least 16 digits"):
        find_device(desk.db, key(3).fingerprint[:15])
    assert find_device(desk.db, key(3).fingerprint[:16]).name == "pc-3"
