"""Keyboard alone, mouse alone, fingers alone: each completes the whole journey from sign-in, with every arrangement."""

import random
from collections.abc import Callable

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.events import Source
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.school.assemble import hooks_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.robots.clock import SECOND, VirtualClock
from mtc_kiosk.robots.eyes import Place, Sight
from mtc_kiosk.robots.hands import Hands, OnKeyboard, OnPointer
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.robots.pupil import Pupil, Slip

from .school import School

NO_WALK_UPS = "Nobody walks up in this test."
Schools = Callable[[str], School]


class Alone(Pupil):
    """A pupil with one kind of hands, who remembers what it saw and when."""

    def __init__(self, chance: random.Random, hands: Callable[[Pupil], Hands]) -> None:
        self._given = hands
        self.places: list[Place] = []
        self.changes: list[int] = []
        super().__init__(chance)

    def given_hands(self) -> Hands:
        """Those it was given."""
        return self._given(self)

    def look(self, sight: Sight, now_ns: int) -> None:
        """Remember the place and the moment."""
        self.changes.append(now_ns)
        if not self.places or self.places[-1] is not sight.place:
            self.places.append(sight.place)
        super().look(sight, now_ns)


HANDS: dict[Source, Callable[[Pupil], Hands]] = {
    Source.KEYBOARD: lambda pupil: OnKeyboard(pupil.chance, pupil.agenda),
    Source.MOUSE: lambda pupil: OnPointer(pupil.chance, pupil.agenda, Source.MOUSE),
    Source.TOUCH: lambda pupil: OnPointer(pupil.chance, pupil.agenda, Source.TOUCH),
}


def take(at: School, source: Source) -> Alone:
    """Let such a pupil sign in at a PC of this school and take the official check."""
    at.desk.close()
    at.start(Kind.OFFICIAL)

    def walk_up() -> PreparedAttempt:
        raise AssertionError(NO_WALK_UPS)

    pc = RobotPC(
        at.home,
        "alone",
        walk_up,
        random.Random(1),
        VirtualClock(),
        sign_in=lambda clock: SchoolSignIn(at.home, at.configuration, "alone", at.db, utc(clock)),
        hooks=hooks_of(at.home, at.configuration),
    )
    pupil = Alone(random.Random(4), HANDS[source])
    pupil.slip = Slip(at.password, at.pin)
    try:
        sitting = pc.sit(pupil)
    finally:
        pc.close()
    assert sitting.surprises == ()
    return pupil


@pytest.mark.parametrize("source", list(HANDS))
def test_the_whole_journey_with_one_kind_of_hands(school: Schools, source: Source) -> None:
    """Sign-in, size, colours, the name, settings, the assistant, the check, how it was, and out."""
    codes = [code for code in Code if code is not Code.RON or source is Source.KEYBOARD]
    at = school(f"arrangements: [{', '.join(codes)}]")
    pupil = take(at, source)
    assert not pupil.turned_away
    wanted = [Place.SIGN_IN, Place.SIZE, Place.COLOURS, Place.CONFIRM, Place.PAGE, Place.ASSISTANT]
    assert [place for place in pupil.places if place in wanted][: len(wanted)] == wanted
    rows = at.rows("select outcome, kind from attempt")
    assert rows == [("complete", "official")]
    (sources,) = ({row[0] for row in at.rows("select source from input")},)
    assert sources == {str(source)}
    assert at.rows("select count(*) from answer where by <> 'void'") == [(25,)]
    assert at.rows("select count(*) from assistant where code = 'asked'") == [(1,)]


def test_nothing_flashes(school: Schools) -> None:
    """Whatever is typed and counted down, no second of the whole journey has more than a few changes of the picture.

    Three flashes in a second are the limit (WCAG 2.3.1); each would be two changes of a large part of the screen.
    """
    at = school(f"arrangements: [{', '.join(code for code in Code if code is not Code.RON)}]")
    pupil = take(at, Source.MOUSE)
    busiest = max(
        sum(other - moment < SECOND for other in pupil.changes[place : place + 30])
        for place, moment in enumerate(pupil.changes)
    )
    assert busiest <= 12, "two changes a press, a few presses a second, and one for the countdown"
