"""What pupils chose: kept with the attempt they chose in, read when they sign in again, gone with that attempt."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.arrangements import Chosen, Colours, Size
from mtc_kiosk.check.events import LookChosen
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.preferences import chosen_by
from tests.store.a_school import ASchool


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with two pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(2)
        yield made


def choose(school: ASchool, attempt_id: str, colours: Colours | None, size: Size) -> None:
    """A pupil chooses."""
    school.hear(attempt_id, LookChosen(school.at(attempt_id), colours, size))


def test_a_pupil_begins_with_the_last_choice(school: ASchool) -> None:
    """What was chosen while trying it out holds in the check; another pupil's choice is another's."""
    tried = school.sign_in(school.start([1], Kind.TRY).pins[0])
    assert chosen_by(school.db, 1) == Chosen()
    choose(school, tried, Colours.BOP, Size.LRG)
    choose(school, tried, Colours.YOB, Size.XXL)
    assert chosen_by(school.db, 1) == Chosen(Colours.YOB, Size.XXL)
    assert chosen_by(school.db, 2) == Chosen()


def test_colours_chosen_before_hold_where_only_the_size_is_chosen(school: ASchool) -> None:
    """Each of the two is the last that was chosen of it."""
    attempt = school.sign_in(school.start([1]).pins[0])
    choose(school, attempt, Colours.BOC, Size.RGL)
    choose(school, attempt, None, Size.SML)
    assert chosen_by(school.db, 1) == Chosen(Colours.BOC, Size.SML)


def test_a_choice_goes_with_its_attempt(school: ASchool) -> None:
    """An erasure order, or the end of retention, removes it."""
    attempt = school.take(school.start([1]).pins[0])
    choose(school, attempt, Colours.BOC, Size.RGL)
    school.db.execute("insert into removal values (?, '2027-06-07T10:00:00.000Z', 'cli', 'erasure_order')", (attempt,))
    assert chosen_by(school.db, 1) == Chosen()
    assert school.db.execute("select count(*) from preference").fetchone() == (0,)
