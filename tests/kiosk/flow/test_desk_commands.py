"""Commands from the desk of an enrolled kiosk, on the real kiosk with a virtual clock: the rules of the console's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mtc_kiosk.check.facts import Answered as AnswerGiven
from mtc_kiosk.check.facts import AnsweredBy, Held, Voided
from mtc_kiosk.kiosk.school.desk_commands import DeskCommands, DoneWith, Given
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.school.kiosk_command import CheckNow, CommandAnswer, Order, Why
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.school.kiosk_commands import check_now
from tests.kiosk.breaking import Make
from tests.kiosk.virtual import Bench


class Desk:
    """A kiosk, and what its desk gives it; ``woken`` counts how often the thread to the desk was woken."""

    def __init__(self, bench: Make) -> None:
        self.woken = self.number = 0
        self.commands: DeskCommands
        self.kiosk: Bench = bench(passcode="secret", console=self._made)
        self.db = connect(self.kiosk.home.database)

    def _made(self, kiosk: Bench) -> DeskCommands:
        self.commands = DeskCommands(self._wake, lambda: kiosk.clock.now_ns() / 1e9)
        return self.commands

    def _wake(self) -> None:
        self.woken += 1

    @property
    def check(self) -> CheckNow:
        """The check as the kiosk tells it, from its journal."""
        self.kiosk.flush()
        return check_now(self.db, self.kiosk.ids[-1])

    def give(self, order: Order, check: CheckNow | None = None, age_s: float = 0.5) -> int:
        """A command comes with a beat."""
        named = check or self.check
        self.number += 1
        age = timedelta(seconds=age_s)
        given = Given(self.number, named.attempt_id, named.run, named.hold_seq, order, age)
        self.commands.came([given], self.commands.now(), ())
        self.kiosk.pass_ms(1)
        return self.number

    def became(self, order: Order, check: CheckNow | None = None, age_s: float = 0.5) -> DoneWith:
        """What the desk is told of a command."""
        number = self.give(order, check, age_s)
        (answer,) = [one for one in self.commands.to_send(50) if one.id == number]
        return answer

    def held(self) -> CheckNow:
        """A check that the desk holds, as question 1 has ended."""
        self.kiosk.reach(Place.QUESTION, 1)
        assert self.became(Order.HOLD).answer is CommandAnswer.DONE
        self.kiosk.end_question()
        return self.check


@pytest.fixture
def desk(bench: Make) -> Iterator[Desk]:
    """The kiosk and its desk."""
    made = Desk(bench)
    yield made
    made.db.close()


def test_hold_waits_for_the_end_of_the_open_question_and_wakes_the_thread(desk: Desk) -> None:
    """No question is void, and the answer goes at once."""
    desk.held()
    assert words.HELD in desk.kiosk.sight.texts
    assert [held.cause for held in desk.kiosk.every(Held)] == ["staff"]
    assert [one.by for one in desk.kiosk.every(AnswerGiven)] == [AnsweredBy.TIMEOUT]
    assert (desk.kiosk.every(Voided), desk.woken) == ([], 1)


def test_a_command_that_names_another_moment_is_refused(desk: Desk) -> None:
    """Another run, another hold: by the kiosk too, whatever the desk knew."""
    before = desk.held()
    desk.kiosk.flush()
    for check in (CheckNow(before.attempt_id, 2, before.hold_seq), CheckNow(before.attempt_id, 1, 0)):
        assert (desk.became(Order.STOP, check).answer, desk.became(Order.STOP, check).why) == (
            CommandAnswer.REFUSED,
            Why.CHANGED,
        )


@pytest.mark.parametrize(("age_s", "answer"), [(9.998, CommandAnswer.DONE), (10.0, CommandAnswer.EXPIRED)])
def test_a_command_of_ten_seconds_is_too_old(desk: Desk, age_s: float, answer: CommandAnswer) -> None:
    """By its age and the time since, to the millisecond that the loop needs."""
    desk.kiosk.reach(Place.QUESTION, 1)
    assert desk.became(Order.HOLD, age_s=age_s).answer is answer


def test_a_check_that_a_restart_replaced_leaves_the_screen_and_nothing_is_answered(desk: Desk) -> None:
    """The next pupil can sit down."""
    check = desk.held()
    desk.db.execute(
        "update attempt set outcome = 'superseded', finished_at = started_at where id = ?", (check.attempt_id,)
    )
    told = len(desk.commands.to_send(50))
    desk.commands.replaced(check.attempt_id)
    desk.kiosk.pass_ms(1)
    assert words.HELD not in desk.kiosk.sight.texts
    assert len(desk.commands.to_send(50)) == told
