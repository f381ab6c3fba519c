"""The console's side of a command to a kiosk: who may give it, what is refused at once, and what became of it."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.office import kiosk_commands
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.kiosk_command import CheckNow, CommandAnswer, Order, Why
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.school.kiosk_commands import check_now
from tests.office.acting import acting
from tests.store.a_school import ASchool

TEACHER = staff_of("t.teacher", Role.TEACHER)
OF_4B = replace(TEACHER, groups=frozenset({"4B"}))
START = datetime(2026, 3, 2, 10, tzinfo=UTC)


class PcClock:
    """The PC's own clock, moved by the test."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """The time."""
        return self.now


class Classroom:
    """A check at PC1, a console beside it, and a kiosk whose reader the test turns."""

    def __init__(self, home: Home, school: ASchool) -> None:
        self.home, self.school, self.clock = home, school, PcClock()
        self.attempt = school.sign_in(school.start([1, 2, 3]).pins[0])
        school.begin(self.attempt)
        self.kiosk = CommandReader(home, "PC1", self.clock)
        self.kiosk.look()

    @property
    def check(self) -> CheckNow:
        """The check as a page shows it."""
        return check_now(self.school.db, self.attempt)

    @contextlib.contextmanager
    def console(self, staff: Staff = TEACHER) -> Iterator[OpenHome]:
        """The home, open for a person at the console."""
        with acting(self.home, staff, self.school.now.isoformat()) as office:
            yield office

    def answer(self, answered: CommandAnswer, why: Why | None = None) -> None:
        """The kiosk reads one command and answers it."""
        self.kiosk.look()
        (command,) = self.kiosk.news()
        self.kiosk.answer(command, answered, why)
        self.kiosk.look()


@pytest.fixture
def classroom(home: Home) -> Iterator[Classroom]:
    """With PC1's kiosk running."""
    with contextlib.closing(ASchool(home.database)) as school, kiosk_lock(home, "PC1"):
        yield Classroom(home, school)


def codes(refused: pytest.ExceptionInfo[OfficeRefused]) -> list[str]:
    """The codes of a refusal."""
    return [problem.code for problem in refused.value.problems]


def test_a_command_goes_to_the_kiosk_and_its_answer_comes_back(classroom: Classroom) -> None:
    """With the account, the three names of the check, and a row of the audit once it is done."""
    with classroom.console() as office:
        command = kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
        assert kiosk_commands.became(office, command, classroom.clock).answer is None
        classroom.answer(CommandAnswer.DONE)
        found = kiosk_commands.became(office, command, classroom.clock)
        assert (found.answer, "PC1" in found.sentence) == (CommandAnswer.DONE, True)
        rows = office.db.execute("select account, action, subject from audit where action like 'check.%'").fetchall()
    assert rows == [("t.teacher", "check.held", classroom.attempt)]


@pytest.mark.parametrize("why", Why)
def test_every_refusal_has_a_sentence_of_its_own(classroom: Classroom, why: Why) -> None:
    """And leaves no row in the audit: nothing was done."""
    with classroom.console() as office:
        command = kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
        classroom.answer(CommandAnswer.REFUSED, why)
        found = kiosk_commands.became(office, command, classroom.clock)
        assert found.answer is CommandAnswer.REFUSED
        assert "{" not in found.sentence
        assert office.db.execute("select count(*) from audit where action like 'check.%'").fetchone() == (0,)


def test_an_answer_that_never_comes_is_too_late_after_ten_seconds_and_a_moment(classroom: Classroom) -> None:
    """The kiosk may act in the last moment and write it a little later: until then nobody is told that it did not."""
    with classroom.console() as office:
        command = kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
        classroom.clock.now += timedelta(seconds=11, milliseconds=999)
        assert kiosk_commands.became(office, command, classroom.clock).answer is None
        classroom.clock.now += timedelta(milliseconds=1)
        assert kiosk_commands.became(office, command, classroom.clock).answer is CommandAnswer.EXPIRED


def test_a_check_that_has_changed_since_the_page_was_made_is_refused_at_once(classroom: Classroom) -> None:
    """Another hold, another run; and a check that can only be held is not carried on."""
    seen = classroom.check
    classroom.school.hold(classroom.attempt)
    for check in (seen, replace(classroom.check, run=2), replace(classroom.check, hold_seq=99)):
        with classroom.console() as office, pytest.raises(OfficeRefused) as refused:
            kiosk_commands.give(office, check, Order.STOP, classroom.clock)
        assert codes(refused) == ["changed"]
    classroom.school.release(classroom.attempt)
    with classroom.console() as office, pytest.raises(OfficeRefused) as refused:
        kiosk_commands.give(office, classroom.check, Order.CARRY_ON, classroom.clock)
    assert codes(refused) == ["changed"]


def test_a_kiosk_that_does_not_run_gets_no_command(home: Home) -> None:
    """It would expire, or meet another run: the sentence says to start it."""
    with contextlib.closing(ASchool(home.database)) as school:
        classroom = Classroom(home, school)
        with classroom.console() as office, pytest.raises(OfficeRefused) as refused:
            kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
    assert codes(refused) == ["kiosk_not_running"]
    assert "Start it again" in str(refused.value)


def test_an_ended_check_and_an_unknown_one_are_refused(classroom: Classroom) -> None:
    """Nothing waits there."""
    seen = classroom.check
    classroom.school.finish(classroom.attempt)
    for check in (seen, replace(seen, attempt_id="none")):
        with classroom.console() as office, pytest.raises(OfficeRefused) as refused:
            kiosk_commands.give(office, check, Order.HOLD, classroom.clock)
        assert codes(refused) == ["ended"]


def test_a_teacher_commands_the_checks_of_their_own_groups_only(classroom: Classroom) -> None:
    """Pupil 1 is in 4A; and a cover account has the pupils of its own session."""
    cover = replace(staff_of("c.cover", Role.COVER), session_id=99)
    for staff in (OF_4B, cover):
        with classroom.console(staff) as office:
            with pytest.raises(OfficeRefused) as refused:
                kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
            assert codes(refused) == ["scope"]
            assert kiosk_commands.hold_all(office, classroom.clock).ids == ()
    with classroom.console(replace(cover, session_id=1)) as office:
        assert len(kiosk_commands.hold_all(office, classroom.clock).ids) == 1


def test_nobody_reads_what_became_of_another_accounts_command(classroom: Classroom) -> None:
    """Ids can be guessed."""
    with classroom.console() as office:
        command = kiosk_commands.give(office, classroom.check, Order.HOLD, classroom.clock)
    with classroom.console(staff_of("h.other", Role.HEAD)) as office, pytest.raises(OfficeRefused):
        kiosk_commands.became(office, command, classroom.clock)


def test_hold_all_holds_what_runs_and_nothing_else(classroom: Classroom) -> None:
    """Not what is held already, and not what is at a kiosk that does not run."""
    school = classroom.school
    with classroom.console() as office:
        found = kiosk_commands.hold_all(office, classroom.clock)
        assert (len(found.ids), found.sentence[:2]) == (1, "1 ")
        school.hold(classroom.attempt)
        assert kiosk_commands.hold_all(office, classroom.clock).sentence == "No check is running now."
