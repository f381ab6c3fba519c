"""A desk's kiosks for staff: what is listed and needs a look, names, revoking, and devices that are withdrawn."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from mtc_kiosk.office import kiosk_words, kiosks
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.waiting import At, what_waits
from mtc_kiosk.record.signing import fingerprint, shown
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.devices import accept_enrolled
from tests.office.acting import acting, audited
from tests.store.kiosks_at_a_desk import join, public_key, say

OWNER = staff_of("o.owner", Role.OWNER)
NOW = datetime.fromisoformat("2027-06-07T09:00:00Z")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty made-up home."""
    return open_made_up_home(tmp_path / "home")


@pytest.fixture
def office(home: Home) -> Iterator[OpenHome]:
    """The same, open for its owner."""
    with acting(home, OWNER) as opened:
        yield opened


def listed(office: OpenHome) -> kiosks.Kiosks:
    """What is listed at nine o'clock."""
    return kiosks.listed(office, lambda: NOW)


def code_of(refused: pytest.ExceptionInfo[OfficeRefused]) -> tuple[str, str | None]:
    """The code of a refusal, and its field."""
    problem = refused.value.problems[0]
    return problem.code, problem.field


def test_kiosks_are_listed_by_name_and_run_while_they_are_heard_of(office: OpenHome) -> None:
    """Six seconds after its last beat a kiosk does not run; the desk's clock alone counts."""
    for name, ago in (("hall-10", 5.999), ("hall-9", 6.0), ("hall-1", None)):
        number = join(office.db, office.stamp, name)
        if ago is not None:
            say(office.db, number, NOW - timedelta(seconds=ago), clock_ms=3_600_000)
    found = listed(office)
    assert [(one.kiosk.name, one.runs) for one in found.in_use] == [
        ("hall-1", False),
        ("hall-9", False),
        ("hall-10", True),
    ]
    assert found.running == 1


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "right"),
        (1_999, "right"),
        (-2_000, "2 seconds slow"),
        (119_000, "119 seconds fast"),
        (240_000, "4 minutes fast"),
        (-7_200_000, "2 hours slow"),
        (-86_400_000 * 3, "3 days slow"),
    ],
)
def test_a_clock_is_said_in_words(milliseconds: int, words: str) -> None:
    """With the unit that people would use."""
    assert kiosk_words.clock_in_words(milliseconds) == words


@pytest.mark.parametrize(("clock_ms", "looks"), [(119_999, 0), (-119_999, 0), (120_000, 1), (-120_000, 1)])
def test_a_clock_that_is_far_off_needs_a_look(office: OpenHome, clock_ms: int, looks: int) -> None:
    """From two minutes, either way."""
    say(office.db, join(office.db, office.stamp, "hall-1"), NOW, clock_ms=clock_ms)
    assert len(listed(office).to_look_at) == looks


def test_records_on_a_kiosk_that_went_away_need_a_look(office: OpenHome) -> None:
    """While it runs it sends them by itself. The time is by the desk's clock, whatever the kiosk's says."""
    number = join(office.db, office.stamp, "hall-1")
    said = {"waiting": 3, "since": "2027-06-07T08:51:00.000Z", "clock_ms": 60_000}
    say(office.db, number, NOW, **said)  # type: ignore[arg-type]  # as the function takes them
    assert not listed(office).to_look_at
    say(office.db, number, NOW - timedelta(minutes=5), **said)  # type: ignore[arg-type]  # the same
    (one,) = listed(office).to_look_at
    ((title, sentence),) = kiosk_words.looks(one, office.timetable.zone)
    assert title == "3 records wait on hall-1"
    assert sentence.startswith("It was last heard of on 7 June 2027 at 09:55. Start it")
    assert kiosk_words.waiting_sentence(one, office.timetable.zone) == (
        "hall-1: 3 records are waiting there, the oldest since 7 June 2027 at 09:50."
        " Start it while the network works, or bring them on a stick."
    )


def test_a_kiosk_gets_another_name(office: OpenHome) -> None:
    """Which the audit keeps; the same name again changes nothing."""
    number = join(office.db, office.stamp, "hall-1")
    assert kiosks.rename(office, number, " hall-7 ") == "hall-1"
    assert kiosks.rename(office, number, "HALL-7") == "hall-7"
    assert [one.kiosk.name for one in listed(office).in_use] == ["HALL-7"]
    assert [each[1:] for each in audited(office)][1:] == [("kiosk.renamed", "1"), ("kiosk.renamed", "1")]


@pytest.mark.parametrize("name", ["", " ", "-hall", "hall 7", "hällo", "a" * 33, "a/b", "hall\n"])
def test_what_is_no_name_is_refused_at_its_field(office: OpenHome, name: str) -> None:
    """The name is part of file names and of accounts."""
    number = join(office.db, office.stamp, "hall-1")
    if name == "hall\n":  # what people cannot see at the end is no part of it
        assert kiosks.rename(office, number, name) == "hall-1"
        return
    with pytest.raises(OfficeRefused) as refused:
        kiosks.rename(office, number, name)
    assert code_of(refused) == ("not_a_name", "name")


def test_no_two_kiosks_have_one_name(office: OpenHome, home: Home) -> None:
    """Not those of the desk, in capitals or not, and not one of this PC: a command goes by the name."""
    number = join(office.db, office.stamp, "hall-1")
    join(office.db, office.stamp, "hall-2")
    with kiosk_lock(home, "front"):
        pass
    for name in ("Hall-2", "Front", office.configuration.kiosk.name):
        with pytest.raises(OfficeRefused) as refused:
            kiosks.rename(office, number, name)
        assert code_of(refused) == ("name_taken", "name")
    assert [one.kiosk.name for one in listed(office).in_use] == ["hall-1", "hall-2"]


def test_a_revoked_kiosk_is_no_longer_listed_and_what_waits_there_is_not_forgotten(office: OpenHome) -> None:
    """It can be revoked once; its records still wait, until the PC joins again."""
    number = join(office.db, office.stamp, "hall-1")
    say(office.db, number, NOW, waiting=2)
    assert kiosks.revoke(office, number) == "hall-1"
    for act in (lambda: kiosks.revoke(office, number), lambda: kiosks.rename(office, number, "hall-3")):
        with pytest.raises(OfficeRefused) as refused:
            act()
        assert code_of(refused) == ("no_such_kiosk", None)
    found = listed(office)
    assert found.in_use == ()
    assert [one.kiosk.name for one in found.before] == ["hall-1"]
    (place, *_) = what_waits(office).places
    assert place.asks
    assert place.sentence == (
        "hall-1: 2 records are waiting there. It no longer belongs to this desk: enrol it again, or bring them"
        " on a stick."
    )
    assert len(kiosks.listed(office, lambda: NOW + timedelta(days=30, milliseconds=-1)).before) == 1
    assert kiosks.listed(office, lambda: NOW + timedelta(days=30)).before == ()
    join(office.db, office.stamp, "hall-1")
    assert listed(office).before == ()


def test_a_withdrawn_device_is_not_trusted_and_no_kiosk_any_more(office: OpenHome) -> None:
    """Both in one step, each with its audit row; again it changes nothing; accepted, it may send again."""
    join(office.db, office.stamp, "hall-1")
    device = fingerprint(public_key("hall-1"))
    kiosks.withdraw(office, device)
    changes = office.changes
    kiosks.withdraw(office, device)
    assert office.changes == changes
    assert [each[1:] for each in audited(office)][1:] == [("kiosk.revoked", "1"), ("device.withdrawn", device)]
    assert kiosks.device(office, device).accepted_at is None
    assert listed(office).in_use == ()
    assert kiosks.accept(office, device) == 0
    assert kiosks.device(office, device).accepted_at is not None
    with pytest.raises(OfficeRefused) as refused:
        kiosks.withdraw(office, "0" * 64)
    assert code_of(refused) == ("no_such_device", None)


def test_today_names_two_kiosks_and_counts_more(office: OpenHome) -> None:
    """Records and clocks each in one point."""
    long_ago = NOW - timedelta(hours=1)
    for number in (1, 2):
        say(office.db, join(office.db, office.stamp, f"hall-{number}"), long_ago, waiting=number, clock_ms=-300_000)
    titles = [title for _, title, _ in kiosk_words.on_the_morning(kiosks.to_look_at(office, lambda: NOW))]
    assert titles == ["3 records wait on hall-1 and hall-2", "The clocks of hall-1 and hall-2 are wrong"]
    say(office.db, join(office.db, office.stamp, "hall-3"), long_ago, waiting=1)
    titles = [title for _, title, _ in kiosk_words.on_the_morning(kiosks.to_look_at(office, lambda: NOW))]
    assert titles[0] == "4 records wait on 3 kiosks"


def test_nothing_waits_where_nothing_is(office: OpenHome) -> None:
    """With one kiosk that has nothing, and without any."""
    assert [one.sentence for one in what_waits(office).places] == [
        "There is no destination in school.yaml, so nothing is sent from here."
    ]
    say(office.db, join(office.db, office.stamp, "hall-1"), NOW)
    assert what_waits(office).asking == 0
    assert "nothing is waiting, as far as this desk has heard" in what_waits(office).places[0].sentence


def test_a_desk_with_a_full_disk_says_why_nothing_comes_in(office: OpenHome, monkeypatch: pytest.MonkeyPatch) -> None:
    """First of all; a desk without kiosks takes nothing in anyway."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(total=10**9, used=10**9 - 10, free=10))
    assert At.DISK not in {one.at for one in what_waits(office).places}
    say(office.db, join(office.db, office.stamp, "hall-1"), NOW)
    first = what_waits(office).places[0]
    assert (first.at, first.asks) == (At.DISK, True)
    assert first.sentence.startswith("The disk of this desk is full. It takes nothing in from the kiosks.")


def test_a_device_is_withdrawn_by_the_name_that_staff_know(office: OpenHome) -> None:
    """That of the kiosk now, in capitals or not, what it called itself, or its fingerprint; once they confirm it."""
    number = join(office.db, office.stamp, "hall-1")
    join(office.db, office.stamp, "hall-2")
    kiosks.rename(office, number, "library")
    device = fingerprint(public_key("hall-1"))
    changes = office.changes
    for written in ("LIBRARY", "hall-1", device[:16]):
        with pytest.raises(OfficeRefused, match="library is a kiosk of this desk") as refused:
            kiosks.withdraw_named(office, written, confirmed=False)
        assert code_of(refused) == ("not_confirmed", None)
    assert office.changes == changes
    assert kiosks.withdraw_named(office, "library", confirmed=True).fingerprint == device
    assert [one.kiosk.name for one in listed(office).in_use] == ["hall-2"]
    with pytest.raises(OfficeRefused, match="is not accepted"):
        kiosks.withdraw_named(office, device, confirmed=True)


def test_no_device_is_withdrawn_that_may_be_another(office: OpenHome) -> None:
    """Two of one name, each with its fingerprint to choose by; and one that is not there."""
    for public in (public_key("one"), public_key("two")):
        with change(office.db):
            accept_enrolled(office.db, public, "office", office.stamp)
    with pytest.raises(OfficeRefused) as refused:
        kiosks.withdraw_named(office, "office", confirmed=True)
    assert code_of(refused) == ("several_devices", None)
    for public in (public_key("one"), public_key("two")):
        assert shown(fingerprint(public)) in str(refused.value)
    with pytest.raises(OfficeRefused) as refused:
        kiosks.withdraw_named(office, "hall", confirmed=True)
    assert code_of(refused) == (kiosks.NO_DEVICE, None)
