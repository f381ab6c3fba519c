"""What an attempt does to PINs and to attempts before it."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.pin_use import supersede
from tests.store.a_school import ASchool


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with two pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(2)
        yield made


def used_at(school: ASchool) -> list[str | None]:
    """When the PINs were used, by pupil."""
    return [at for (at,) in school.db.execute("select used_at from pin order by pupil_id").fetchall()]


def outcomes(school: ASchool) -> dict[str, str | None]:
    """How each attempt ended."""
    return dict(school.db.execute("select id, outcome from attempt").fetchall())


@pytest.mark.parametrize("kind", list(Kind))
def test_a_pin_is_used_when_its_check_begins(school: ASchool, kind: Kind) -> None:
    """Not by signing in, not by practising; at the first real pause, once."""
    started = school.start([1, 2], kind)
    attempt = school.sign_in(started.pins[0])
    school.practise(attempt)
    assert used_at(school) == [None, None]
    school.later(minutes=2)
    school.begin(attempt)
    at = written(school.now)
    assert used_at(school) == [at, None]
    school.later(minutes=1)
    school.begin(attempt)
    assert used_at(school) == [at, None]
    assert school.db.execute("select count(*) from refused").fetchone() == (0,)


def test_signing_in_anew_ends_practice_that_was_left_behind(school: ASchool) -> None:
    """Of this pupil alone; it is sealed as superseded."""
    started = school.start([1, 2])
    left, others = school.sign_in(started.pins[0], "PC2"), school.sign_in(started.pins[1], "PC2")
    school.practise(left)
    again = school.sign_in(started.pins[0])
    assert outcomes(school) == {left: "superseded", others: None, again: None}
    assert school.db.execute("select record_id from inbox").fetchall() == [(left,)]


def test_signing_in_anew_ends_no_check_that_has_begun(school: ASchool) -> None:
    """Two checks on one PIN are for a head to settle."""
    started = school.start([1])
    first = school.sign_in(started.pins[0], "PC2")
    school.begin(first)
    school.sign_in(started.pins[0])
    assert outcomes(school)[first] is None


def test_trying_it_out_ends_nothing(school: ASchool) -> None:
    """And is ended by nothing: a pupil may try it out on two PCs."""
    official, trying = school.start([1]), school.start([1], Kind.TRY)
    practice, tried = school.sign_in(official.pins[0]), school.sign_in(trying.pins[0], "PC2")
    school.sign_in(trying.pins[0])
    assert outcomes(school)[practice] is None
    school.sign_in(official.pins[0])
    assert outcomes(school)[tried] is None


def test_an_attempt_never_ends_before_it_began(school: ASchool) -> None:
    """Where the clock was put back in between, and an ended one ends no second time."""
    attempt = school.sign_in(school.start([1]).pins[0])
    supersede(school.db, attempt, "2027-06-07T08:00:00.000Z")
    supersede(school.db, attempt, "2027-06-07T10:00:00.000Z")
    found = school.db.execute("select finished_at, started_at from attempt").fetchone()
    assert found == (written(school.now), written(school.now))
