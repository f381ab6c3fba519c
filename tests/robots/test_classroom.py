"""Robots take the check at several PCs at once, and a held check waits for a person in the room."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.office import kiosk_commands, pupils, sessions
from mtc_kiosk.office import open as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.status import of_register
from mtc_kiosk.robots.classroom import Classroom, hardness
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.robots.demo_school import Plan
from mtc_kiosk.robots.kinds import Kind
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.kiosk_command import CommandAnswer, KioskCommand, Order
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.made_up import NOW, open_made_up_home
from mtc_kiosk.store.school.kiosk_commands import check_now

MORNING = "2027-06-07T09:30:00Z"
AGO = timedelta(minutes=30)
PCS = ("PC1", "PC2")
HELD, ABSENT = 3, 4
CLASS = (
    Plan("Abara", "Chidi", "M", 1, "4A", Kind.QUICK),
    Plan("Chen", "Jun", "M", 1, "4A", Kind.TOUCH_ONLY),
    Plan("Green", "Isla", "F", 1, "4A", turn=2, loses_power=3),
    Plan("Lewis", "Theo", "M", 1, "4A", comes=False),
)


class ReaderInStep(CommandReader):
    """Looks whenever the kiosk asks: the time of these rooms passes faster than a thread of its own would look."""

    def start(self) -> None:
        """No thread."""

    def news(self) -> tuple[KioskCommand, ...]:
        """The commands that came since the last call, and until now."""
        self.look()
        return super().news()


class Room:
    """A classroom whose pace and whose present are a test's own: no step waits in truth."""

    def __init__(self, home: OpenHome) -> None:
        self.home, self.passed_s = home, 0.0
        self.finished: list[int] = []
        self.then: list[Status] = []
        self.through_s = 0.0
        plans = dict(enumerate(CLASS, 1))
        self.began = home.now - AGO
        self.classroom = Classroom(home.home, home.configuration, home.db, plans, self.now_ms, self._note)
        self.classroom.clock_s = lambda: self.passed_s
        self.classroom.reader = ReaderInStep
        self.classroom.open(PCS, round(self.began.timestamp() * 1000))

    def now_ms(self) -> int:
        """The present."""
        return round((self.home.now.timestamp() + self.passed_s) * 1000)

    def until(self, is_so: Callable[[], bool], most_s: float = 600) -> None:
        """Go on until something is so."""
        give_up_at = self.passed_s + most_s
        while not is_so():
            self.passed_s += self.classroom.step()
            assert self.passed_s < give_up_at, "the class is not through"

    def statuses(self) -> list[Status]:
        """The status of each pupil now, in the order of the class."""
        now = self.home.at(datetime.fromtimestamp(self.now_ms() / 1000, UTC))
        return [each.status.status for each in of_register(now).pupils]

    def _note(self, pupil_id: int, _: VirtualClock) -> None:
        self.finished.append(pupil_id)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """The class in a home, with a PIN each, once it is through."""
    home = open_made_up_home(tmp_path_factory.mktemp("class") / "home")
    with (
        pytest.MonkeyPatch.context() as environment,
        office.opened(home, office.configuration_of(home), COMMAND_LINE, {NOW: MORNING}) as opened,
        contextlib.ExitStack() as running,
    ):
        environment.setenv(NOW, MORNING)
        before = opened.at(opened.now - AGO)
        for number, plan in enumerate(CLASS):
            pupils.add(
                before,
                {
                    Field.SURNAME: plan.surname,
                    Field.FORENAME: plan.forename,
                    Field.SEX: plan.sex,
                    Field.DATE_OF_BIRTH: f"{opened.today.year - 9}-03-01",
                    Field.REF: f"A{number}",
                },
            )
        sessions.start(before, sessions.SessionWanted(SessionKind.OFFICIAL))
        for name in PCS:
            running.enter_context(kiosk_lock(home, name))
        there = Room(opened)
        running.callback(there.classroom.close)
        there.until(lambda: there.classroom.through)
        there.then, there.through_s = there.statuses(), there.passed_s
        yield there


def test_the_class_takes_the_check_much_faster_than_time_passes(room: Room) -> None:
    """At two PCs at once, and is through within a minute; who does not come keeps their PIN."""
    assert set(room.finished) >= {1, 2}
    assert room.through_s < 60
    assert room.then == [Status.COMPLETE, Status.COMPLETE, Status.HELD, Status.PIN]


def test_a_held_check_waits_for_a_person(room: Room) -> None:
    """No robot lets it go on, however long it takes; it was held just now, whatever the PC's clock said before."""
    at = room.passed_s
    room.until(lambda: room.passed_s > at + 120)
    assert room.statuses()[HELD - 1] is Status.HELD
    (last,) = room.home.db.execute("select max(wall_time) from event").fetchone()
    assert abs(datetime.fromisoformat(last).timestamp() * 1000 - room.now_ms()) < 150_000


def test_a_held_check_is_not_kept_waiting_by_those_that_hurry(room: Room) -> None:
    """On a machine too slow for the class a person's "Carry on" must arrive all the same."""
    there = room.classroom
    (held,) = (seat for seat in there._seats if seat.is_held)
    (other,) = (seat for seat in there._seats if seat is not held)
    other.due_s, held.due_s = room.passed_s - 100, room.passed_s
    there.step()
    assert held.due_s > room.passed_s


def test_carried_on_from_the_room_it_is_finished(room: Room) -> None:
    """The command reaches the PC, the robot presses the button that the pupil is offered, and answers what is left."""
    (attempt,) = room.home.db.execute("select id from attempt where outcome is null").fetchone()
    command = kiosk_commands.give(room.home, check_now(room.home.db, attempt), Order.CARRY_ON)
    room.until(lambda: HELD in room.finished)
    assert kiosk_commands.became(room.home, command).answer is CommandAnswer.DONE
    assert room.statuses()[HELD - 1] is Status.COMPLETE


def test_hard_facts_are_harder() -> None:
    """What a class knows of the 7 times table is less than of the 2 times table, so that results show something."""
    assert hardness((2, 5)) < hardness((3, 4)) < hardness((7, 8))
