"""All 128 combinations of the seven arrangements, each through a whole official check on the virtual clock.

The client, the screens, the journal and what is heard are the real ones; a robot pupil takes the check and compares
what it sees with what it does.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.events import LookChosen, SoundBegan, SoundEnded
from mtc_kiosk.check.facts import (
    Alerted,
    Answered,
    AnsweredBy,
    NextPressed,
    PauseEnded,
    ReadingEnded,
    Shown,
    StepBegan,
    StepName,
    TimedOut,
    Typed,
)
from mtc_kiosk.check.replay import replay
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.settings import SECOND, Settings
from tests.arrangements.every import EVERY, Took, take


@pytest.fixture(scope="module")
def every() -> tuple[Took, ...]:
    """All 128, taken once for all tests of this module, by two processes."""
    halves = [range(start, len(EVERY), 2) for start in (0, 1)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        return tuple(took for half in processes.map(take, halves) for took in half)


def test_every_combination_takes_a_whole_check_as_it_was_meant(every: tuple[Took, ...]) -> None:
    """25 answers that count, each what the robot meant; nothing on the screen surprised it."""
    assert len(every) == len({took.codes for took in every}) == 128
    for took in every:
        assert took.unmeant == (), took.codes
        assert took.attempt.outcome == "complete", took.codes
        counted = [answer for answer in took.every(Answered) if answer.by is not AnsweredBy.VOID]
        assert [answer.number for answer in counted] == list(range(1, 26)), took.codes


def test_none_gives_extra_time(every: tuple[Took, ...]) -> None:
    """Whatever a pupil has, a question lasts at most 6.000 s from the flip that showed it, and to the microsecond."""
    for took in every:
        shown = {(s.number, s.showing, s.practice): s.at for s in took.every(Shown)}
        assert len(shown) == len(took.every(Shown)) == 28, took.codes
        for out in took.every(TimedOut):
            assert out.at - shown[out.number, out.showing, out.practice] == 6 * SECOND, took.codes
        for answer in took.every(Answered):
            assert answer.shown_us is not None
            assert answer.at - answer.shown_us <= 6 * SECOND, took.codes


def test_every_journal_replays(every: tuple[Took, ...]) -> None:
    """From its own settings."""
    for took in every:
        attempt = took.attempt
        settings = Settings.from_json(attempt.settings.to_json())
        assert replay(attempt.form, settings, attempt.facts).machine.outcome == "complete", took.codes


def test_pages_come_with_their_arrangements_alone(every: tuple[Took, ...]) -> None:
    """Settings with any, the assistant's with ITA, the keyboard's with RON."""
    for took in every:
        before = took.pages()[: took.pages().index(Page.EXPECT)]
        wanted = {Page.SETTINGS: bool(took.codes), Page.ASSISTANT: Code.ITA in took.codes}
        wanted[Page.KEYBOARD] = Code.RON in took.codes
        assert before == [page for page, comes in wanted.items() if comes], took.codes


def test_the_alert_sounds_when_two_seconds_are_left_and_never_after_enter(every: tuple[Took, ...]) -> None:
    """One beep at 2.000 s in each question that lasts so long, another at each time-out, and no others."""
    for took in every:
        shown = {(s.number, s.practice): s.at for s in took.every(Shown)}
        alerts = took.every(Alerted)
        assert all(alert.at == shown[alert.number, alert.practice] + 4 * SECOND for alert in alerts), took.codes
        beeps = [name for name in took.played if name.startswith("beep")]
        if Code.ATA in took.codes:
            long = [a for a in took.every(Answered) if a.shown_us is not None and a.at - a.shown_us > 4 * SECOND]
            assert len([alert for alert in alerts if not alert.practice]) == len(long), took.codes
            assert beeps.count("beep-two-seconds") == len(alerts), took.codes
            assert beeps.count("beep-time-out") == len(took.every(TimedOut)), took.codes
        else:
            assert (alerts, beeps) == ([], []), took.codes


def test_the_audio_version_reads_before_it_shows(every: tuple[Took, ...]) -> None:
    """Each question once, its sum when the clip's length + 100 ms are over; one timer start for each."""
    for took in every:
        clips = took.attempt.settings.arrangements.clips
        readings = {(b.number, b.practice): b.at for b in took.every(StepBegan) if b.step is StepName.READING}
        if Code.QNR not in took.codes:
            assert readings == {}
            assert clips is None
            continue
        assert clips is not None
        assert len(readings) == 28, took.codes
        items = {(s.number, s.practice): f"{s.factor1}x{s.factor2}" for s in took.every(Shown)}
        for ended in took.every(ReadingEnded):
            asked = ended.number, ended.practice
            assert ended.at - readings[asked] == clips.questions[items[asked]] + 100_000, took.codes
        spoken = [began.sound for began in took.every(SoundBegan) if began.sound.startswith("question-")]
        assert spoken == [f"question-{item}" for item in items.values()], took.codes


def test_every_digit_is_said_or_gives_its_place_to_a_newer_one(every: tuple[Took, ...]) -> None:
    """No two recordings are spoken at once: each has ended before the next begins."""
    for took in every:
        if Code.QNR not in took.codes:
            continue
        typed = len(took.every(Typed))
        digits = [began for began in took.every(SoundBegan) if began.sound.startswith("digit-")]
        assert 0 < len(digits) <= typed, took.codes
        speaking = [
            fact
            for fact in took.attempt.facts
            if isinstance(fact, SoundBegan | SoundEnded) and not fact.sound.startswith("beep")
        ]
        kinds = [type(fact) for fact in speaking]
        assert kinds[::2] == [SoundBegan] * len(kinds[::2]), took.codes
        assert kinds[1::2] == [SoundEnded] * len(kinds[1::2]), took.codes


def test_a_pause_lasts_three_seconds_or_until_it_is_said_or_until_next(every: tuple[Took, ...]) -> None:
    """The later of 3.000 s and its own speech; with the next button as long as the pupil likes, from 2.000 s on."""
    for took in every:
        pauses = {(b.number, b.practice): b.at for b in took.every(StepBegan) if b.step is StepName.PAUSE}
        assert len(pauses) == 28, took.codes
        if Code.NBQ in took.codes:
            assert took.every(PauseEnded) == []
            pressed = [n for n in took.every(NextPressed) if n.number is not None]
            assert len(pressed) == 28, took.codes
            assert min(n.at for n in pressed) >= min(pauses.values()) + 2 * SECOND
            continue
        for ended in took.every(PauseEnded):
            lasted = ended.at - pauses[ended.number, ended.practice]
            assert lasted == 3 * SECOND or (Code.QNR in took.codes and lasted > 3 * SECOND), took.codes


def test_what_the_pupil_may_choose_is_kept_with_the_attempt(every: tuple[Took, ...]) -> None:
    """Colours and size, where they are the pupil's."""
    for took in every:
        chooses = Code.CCT in took.codes or Code.FTS in took.codes
        assert len(took.every(LookChosen)) == (1 if chooses else 0), took.codes
