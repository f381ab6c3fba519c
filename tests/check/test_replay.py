"""A journal gives the machine, and the answers, once more (check.machine, rule 1)."""

from dataclasses import replace

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Noted
from mtc_kiosk.check.facts import Answered, AnsweredBy, Began, Entered, Fact, Finished, StepBegan, Typed, Voided
from mtc_kiosk.check.machine import UnknownRules
from mtc_kiosk.check.replay import ReplayFailed, counting_answers, replay
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.settings import RULES, SECOND, Settings

from .robot import AUDIO, FORM, NEXT_BUTTON, PLAIN, Robot


def eventful(settings: Settings) -> Robot:
    """A robot whose check has something of everything."""
    robot = Robot(settings)
    robot.reach(1, practice=True)
    robot.keys("1", "x", "Enter")
    robot.reach(1)
    robot.lost(robot.now)
    robot.keys("5")
    robot.found(robot.now + 900_000)
    robot.woke(robot.now + 10 * SECOND)
    robot.woke(robot.now + 4 * SECOND)
    if robot.machine.held is not None:
        robot.saved()
        robot.released(robot.now + 60 * SECOND)
    robot.reach(2, Pause)
    robot.reach(2, Reading if settings is AUDIO else Asking)
    robot.key("Alt+Tab")
    robot.failed(robot.now + 3 * SECOND, Cause.SUSPEND, since=robot.now + SECOND)
    robot.hear(events.SetAside(robot.now))
    robot.resumed()
    robot.released(robot.now + 60 * SECOND)
    robot.reach(3)
    robot.hold()
    robot.answer("12")
    robot.released()
    robot.reach(4)
    robot.resumed(robot.now + SECOND)
    robot.released()
    robot.reach_end()
    return robot


def test_a_reading_that_a_digit_ended_replays() -> None:
    """The digit comes first in the journal, and the sum that it brought after it."""
    robot = Robot(AUDIO)
    robot.reach(1, Reading)
    robot.keys("5")
    assert replay(robot.form, AUDIO, robot.journal).machine == robot.machine


def test_a_check_that_ended_just_before_a_failure_replays() -> None:
    """The failure came after the end: it is not heard, and moves no time."""
    robot = Robot(NEXT_BUTTON)
    robot.reach(1, Pause)
    over = robot.now + 1_800 * SECOND
    robot.failed(over + 1, since=over)
    assert robot.machine.outcome == "out_of_time"
    assert replay(robot.form, NEXT_BUTTON, robot.journal).machine == robot.machine


@pytest.mark.parametrize("settings", [PLAIN, NEXT_BUTTON, AUDIO], ids=["plain", "next button", "audio"])
def test_every_beginning_of_a_journal_gives_the_machine_of_that_moment(settings: Settings) -> None:
    """At the end of each turn, to the last field."""
    robot = eventful(settings)
    again = Robot(settings)
    journal: tuple[Fact, ...] = ()
    for turn in robot.turns:
        journal += turn
        again.machine = replay(robot.form, settings, journal).machine
        assert replay(robot.form, settings, journal).missing == ()
    assert again.machine == robot.machine
    assert {type(fact).__name__ for fact in journal} >= {"Voided", "Held", "Resumed", "TimedOut", "Finished"}


def test_a_journal_cut_within_a_turn_tells_what_it_breaks_off_before() -> None:
    """A turn is kept whole; what a hand cut away is named."""
    robot = Robot()
    robot.reach(1)
    robot.answer("56")
    cut = robot.journal[:-2]
    assert isinstance(cut[-1], Entered)
    replayed = replay(FORM, PLAIN, cut)
    assert [type(fact) for fact in replayed.missing] == [Answered, StepBegan]
    assert replayed.machine == robot.machine


def test_a_journal_that_was_altered_is_refused_at_the_first_row_that_differs() -> None:
    """A response that nobody typed."""
    robot = Robot()
    robot.reach(1)
    robot.answer("55")
    journal = list(robot.journal)
    row = next(n for n, fact in enumerate(journal) if isinstance(fact, Answered))
    answered = journal[row]
    assert isinstance(answered, Answered)
    journal[row] = replace(answered, response="56")
    with pytest.raises(ReplayFailed, match=rf"^Row {row + 1} of the journal, Answered, is not what a replay gives\.$"):
        replay(FORM, PLAIN, journal)


def test_a_journal_without_one_of_its_keys_is_refused() -> None:
    """The answer no longer follows."""
    robot = Robot()
    robot.reach(1)
    robot.answer("56")
    journal = [fact for fact in robot.journal if not (isinstance(fact, Typed) and fact.input == "6")]
    with pytest.raises(ReplayFailed, match="Row"):
        replay(FORM, PLAIN, journal)


def test_a_fact_that_follows_from_nothing_is_refused() -> None:
    """An answer without its other facts is refused."""
    robot = Robot()
    robot.reach(1)
    alone = Voided(robot.now, 1, 1, Cause.STALL, 1, None, 7, 5)
    with pytest.raises(ReplayFailed, match=r"Voided, follows from nothing before it\.$"):
        replay(FORM, PLAIN, (*robot.journal, alone))


def test_nothing_follows_the_end() -> None:
    """A sealed journal is whole."""
    robot = Robot()
    robot.reach_end()
    assert isinstance(robot.journal[-1], Finished)
    with pytest.raises(ReplayFailed, match="is not what a replay gives"):
        replay(FORM, PLAIN, (*robot.journal, Noted(robot.now, "late", "row")))


@pytest.mark.parametrize("journal", [(), (Noted(0, "no", "beginning"),)])
def test_a_journal_begins_with_began(journal: tuple[Fact, ...]) -> None:
    """Anything else is no journal."""
    with pytest.raises(ReplayFailed, match=r"^A journal begins with Began\.$"):
        replay(FORM, PLAIN, journal)


def test_a_journal_replayed_with_another_form_is_refused() -> None:
    """The sums shown are part of it."""
    robot = Robot()
    robot.reach(1)
    with pytest.raises(ReplayFailed, match="Shown"):
        replay(replace(FORM, items=FORM.items[::-1]), PLAIN, robot.journal)


def test_rules_that_this_program_does_not_know_are_refused() -> None:
    """A journal of a newer program is not guessed at."""
    with pytest.raises(UnknownRules, match=rf"under rules {RULES + 1}; this program knows rules 1 to {RULES}\.$"):
        replay(FORM, replace(PLAIN, rules=RULES + 1), (Began(0, "2027-06-07T09:00:00.000Z", 1),))


def test_the_answers_that_count_are_one_a_question_by_number() -> None:
    """Void showings are left out, forfeits are not, and order is that of the numbers."""

    def answered(number: int, showing: int, by: AnsweredBy) -> Answered:
        return Answered(0, number, showing, 7, 8, "", None, by, stall=False)

    journal = [
        answered(2, 1, AnsweredBy.TIMEOUT),
        answered(1, 1, AnsweredBy.VOID),
        answered(3, 1, AnsweredBy.FORFEIT),
        answered(1, 2, AnsweredBy.ENTER),
    ]
    assert [(a.number, a.showing) for a in counting_answers(journal)] == [(1, 2), (2, 1), (3, 1)]
