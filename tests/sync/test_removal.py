"""A kiosk removes what its desk has had for thirty days, and nothing without the desk's receipt of now."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.classroom.receipts import DeskId
from mtc_kiosk.store.classroom.removing import MOST_AT_ONCE, remove_past_days
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.made_up import open_made_up_home
from tests.record.homes import attempt

from .roads import AKiosk, a_desk, a_kiosk

RECEIVED = datetime.fromisoformat("2027-06-07T09:00:00.000Z")
ENDED = "2027-06-07T10:00:00.000Z"
DAYS = 30
LATER = timedelta(days=DAYS, hours=2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenHome]:
    """The desk."""
    with a_desk(open_made_up_home(tmp_path / "desk")) as office:
        yield office


@pytest.fixture
def kiosk(tmp_path: Path, desk: OpenHome) -> Iterator[AKiosk]:
    """A kiosk with two checks and what one pupil said of it, all of it delivered."""
    with a_kiosk(tmp_path / "kiosk", desk) as kiosk:
        for number in (1, 2):
            kiosk.home.seal(kiosk.home.take(attempt(number, number, kiosk="PC7")))
        say(kiosk)
        assert kiosk.deliver().delivered == 3
        yield kiosk


def say(kiosk: AKiosk) -> None:
    """The first pupil says how it was."""
    db = kiosk.home.db
    felt = "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', 'easy')"
    row = db.execute(felt, (attempt(1).id, ENDED)).lastrowid
    assert row is not None
    with change(db):
        kiosk.home.sealer.feedback(db, row)


def remove(
    kiosk: AKiosk, desk_now: datetime = RECEIVED + LATER, here_now: datetime = RECEIVED + LATER, epoch: str | None = ""
) -> int:
    """Remove what is past its days; how many attempts."""
    known = epoch_of(kiosk.road.desk.db) if epoch == "" else epoch
    return remove_past_days(
        kiosk.home.db, DeskId(kiosk.road_desk, known), written(desk_now), here_now, DAYS, "kiosk:PC7"
    )


def test_after_thirty_days_attempt_and_records_go(kiosk: AKiosk, desk: OpenHome) -> None:
    """With everything about them; the desk has all, the receipts stay, and the attempt does not come back."""
    assert remove(kiosk) == 2
    for table in ("attempt", "event", "answer", "feedback", "outbox"):
        assert kiosk.home.count(table) == 0
    assert kiosk.home.count("removal", "reason = 'past_its_days' and by = 'kiosk:PC7'") == 2
    assert kiosk.home.count("receipt") == 3
    assert desk.db.execute("select count(*) from inbox").fetchone() == (3,)
    assert (remove(kiosk), kiosk.deliver().delivered) == (0, 0)


@pytest.mark.parametrize("clock", ["desk", "here"])
def test_one_clock_alone_removes_nothing(kiosk: AKiosk, clock: str) -> None:
    """Neither set on by ten years, nor a moment before the days are over; exactly at their end they are."""
    far = RECEIVED + timedelta(days=3650)
    early = {"desk_now": far, "here_now": far} | {f"{clock}_now": RECEIVED + timedelta(days=DAYS, milliseconds=-1)}
    assert remove(kiosk, **early) == 0
    assert kiosk.home.count("attempt") == 2
    assert remove(kiosk, desk_now=RECEIVED + timedelta(days=DAYS)) == 2


def test_nothing_goes_without_the_receipt_of_the_desks_epoch_of_now(kiosk: AKiosk, desk: OpenHome) -> None:
    """A restored desk may lack it, and of a desk not heard yet the epoch is not known."""
    assert remove(kiosk, epoch=None) == 0
    desk.db.execute("update desk_epoch set epoch = ?", ("cd" * 16,))
    assert remove(kiosk) == 0
    assert kiosk.home.count("attempt") == kiosk.home.count("outbox", "type = 'check'") == 2
    assert kiosk.deliver("cd" * 16).delivered == 3
    assert remove(kiosk) == 2


def test_a_check_stays_while_something_about_it_has_no_receipt(kiosk: AKiosk) -> None:
    """Feedback that was said later still waits; the other check goes."""
    say_again = "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', 'difficult')"
    row = kiosk.home.db.execute(say_again, (attempt(1).id, "2027-06-07T10:05:00.000Z")).lastrowid
    assert row is not None
    with change(kiosk.home.db):
        kiosk.home.sealer.feedback(kiosk.home.db, row)
    assert remove(kiosk) == 1
    assert kiosk.home.count("attempt", f"id = '{attempt(1).id}'") == 1


def test_a_check_without_a_record_or_not_over_stays(kiosk: AKiosk) -> None:
    """Nothing of it was ever sent."""
    kiosk.home.take(attempt(5, 5, kiosk="PC7"))
    assert remove(kiosk) == 2
    assert kiosk.home.count("attempt") == 1


def test_only_so_many_go_at_a_time(kiosk: AKiosk) -> None:
    """A pupil may be typing: each is a short transaction, and the next delivery goes on."""
    for number in range(10, 10 + MOST_AT_ONCE):
        kiosk.home.seal(kiosk.home.take(attempt(number, number, kiosk="PC7")))
    kiosk.deliver()
    assert (remove(kiosk), remove(kiosk), remove(kiosk)) == (MOST_AT_ONCE, 2, 0)
