"""What is heard during a check and when, and what happens if the sound is lost."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk import resources
from mtc_kiosk.check.arrangements import Code, Granted, Rate
from mtc_kiosk.check.events import Cause, Released, SoundBegan, SoundEnded, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, Repeated, Shown, Voided
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.audio import recordings
from mtc_kiosk.kiosk.audio.recordings import length_us
from mtc_kiosk.kiosk.flow.kiosk_state import ENVIRONMENT
from mtc_kiosk.kiosk.flow.prepare import build_arrangements
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, ScreenKey
from mtc_kiosk.resources import asset, shipped_config
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.virtual import FORM, SEEN_MS, SETTINGS, Bench

from .school import School

Benches = Callable[..., Bench]
Schools = Callable[[str], School]
US = 1_000


def arranged(bench: Benches, *codes: Code, **wanted: object) -> Bench:
    """A bench whose attempts have these arrangements, at "try it out"."""
    settings = build_arrangements(SETTINGS, Granted(codes), FORM, official=False)
    desk = bench(settings=settings, **wanted)
    desk.point(Button.TRY_IT_OUT)
    return desk


def said(desk: Bench) -> list[str]:
    """The recordings spoken so far, in order."""
    return [heard.name for heard in desk.speaker.played if heard.kind == "speak"]


def beeps(desk: Bench) -> list[tuple[str, int]]:
    """What was beeped, and when."""
    return [(heard.name, heard.at_ns) for heard in desk.speaker.played if heard.kind == "beep"]


def listened(desk: Bench, number: int = 1) -> None:
    """A question is on the screen that has been read out."""
    while not (desk.at(Place.LISTENING) and (desk.sight.number, desk.sight.practice) == (number, False)):
        _go_on(desk)
    while desk.at(Place.LISTENING):
        desk.kiosk.turn()


def test_each_beep_at_its_own_moment(bench: Benches) -> None:
    """At 2.000 s left, and at time-out, to the microsecond of the virtual clock, in practice as well."""
    desk = arranged(bench, Code.ATA)
    desk.reach(Place.QUESTION, 1, practice=True)
    desk.end_question()
    desk.reach(Place.QUESTION, 1)
    desk.end_question()
    (practised, asked) = (shown.at for shown in desk.every(Shown))
    begin = desk.kiosk.state.attempt
    assert begin is not None
    wanted = [
        (name, begin.moment(at + after * 1_000_000))
        for at in (practised, asked)
        for name, after in (("beep-two-seconds", 4), ("beep-time-out", 6))
    ]
    assert beeps(desk) == wanted


def test_no_beep_after_enter(bench: Benches) -> None:
    """An answer in time is followed by silence."""
    desk = arranged(bench, Code.ATA)
    desk.reach(Place.QUESTION, 1)
    desk.type_in("56")
    desk.tap(keyboard.ENTER)
    desk.pass_ms(2_500)
    assert beeps(desk) == []


def test_a_question_is_announced_read_and_then_shown(bench: Benches) -> None:
    """Its number in the pause, the question behind it, then the sum."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    assert said(desk)[-2:] == ["coming-1", "question-7x8"]
    asked = [began for began in desk.every(SoundBegan) if began.sound == "question-7x8"]
    shown = desk.every(Shown)[-1]
    assert shown.at - asked[0].at == length_us(Rate.NORMAL, "question-7x8") + 100_000


def test_in_a_pause_and_a_question_nothing_else_is_said(bench: Benches) -> None:
    """A control that could have the focus and is not there is not read, so that the number is not cut short."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    before = len(said(desk))
    desk.end_question()
    listened(desk, 2)
    assert said(desk)[before:] == ["coming-2", "question-3x4"]
    assert not any(end.cut for end in desk.every(SoundEnded) if end.sound.startswith(("coming", "question")))


def test_a_long_pause_says_how_much_is_left_once(bench: Benches) -> None:
    """And not again with each minute."""
    desk = arranged(bench, Code.QNR, Code.NBQ)
    while not (desk.at(Place.PAUSE) and not desk.sight.practice):
        _go_on_with_next(desk)
    desk.pass_ms(28_000)
    before = len(said(desk))
    desk.pass_ms(150_000)
    assert said(desk)[before:] == list(recordings.sentence_names(words.minutes_left(30)))


def test_digits_and_deletions_are_said_one_waits_and_a_newer_takes_its_place(bench: Benches) -> None:
    """Quick fingers hear the first and the last."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    before = len(said(desk))
    desk.tap(*(keyboard.top_row(digit) for digit in "567"), held_ms=20)
    desk.pass_ms(1_500)
    assert said(desk)[before:] == ["digit-5", "digit-7"]
    desk.tap(keyboard.BACKSPACE)
    assert said(desk)[-1] == "delete-7"


def test_what_is_said_is_said_by_its_length_and_recorded(bench: Benches) -> None:
    """The waiting one begins when the first is over, and both have a beginning and an end in the journal."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    desk.tap(keyboard.top_row("5"), keyboard.top_row("6"), held_ms=20)
    desk.pass_ms(2_000)
    first, second = ([f for f in desk.facts if isinstance(f, SoundBegan) and f.sound == f"digit-{d}"] for d in "56")
    assert second[-1].at - first[-1].at == first[-1].lasts_us == length_us(Rate.NORMAL, "digit-5")
    ends = [fact for fact in desk.every(SoundEnded) if fact.sound in ("digit-5", "digit-6")]
    assert [(end.sound, end.cut) for end in ends[-2:]] == [("digit-5", False), ("digit-6", False)]


@pytest.mark.parametrize("source", [Source.KEYBOARD, Source.MOUSE, Source.TOUCH])
def test_the_question_is_heard_again_until_the_first_digit(bench: Benches, source: Source) -> None:
    """By Tab or by the speaker on the screen."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    desk.pass_ms(300)
    again = said(desk).count("question-7x8") + 1
    if source is Source.KEYBOARD:
        desk.tap(keyboard.TAB)
    else:
        desk.point(ScreenKey("Repeat"), source)
    assert said(desk).count("question-7x8") == again
    desk.type_in("5")
    desk.tap(keyboard.TAB)
    assert said(desk).count("question-7x8") == again
    assert len(desk.every(Repeated)) == 1


def test_a_first_digit_ends_the_reading_and_does_not_cut_it(bench: Benches) -> None:
    """The sum comes at once; the digit is spoken after the question."""
    desk = arranged(bench, Code.QNR)
    while not (desk.at(Place.LISTENING) and not desk.sight.practice):
        _go_on(desk)
    desk.pass_ms(200)
    desk.tap(keyboard.top_row("5"))
    assert desk.at(Place.QUESTION)
    assert said(desk)[-1] == "question-7x8"
    desk.pass_ms(1_600)
    assert said(desk)[-1] == "digit-5"
    ended = [end for end in desk.every(SoundEnded) if end.sound == "question-7x8"]
    assert [end.cut for end in ended] == [False]


def test_pages_are_read_and_leaving_one_cuts_it(bench: Benches) -> None:
    """Its first sentence begins as the page comes up; Next ends it."""
    desk = arranged(bench, Code.QNR)
    desk.pass_ms(50)
    page = said(desk)
    assert page, "the settings page is read out"
    desk.pass_ms(SEEN_MS)
    desk.tap(keyboard.ENTER)
    desk.pass_ms(50)
    assert len(said(desk)) > len(page)
    assert any(end.cut for end in desk.every(SoundEnded))


def test_the_control_that_gets_the_focus_is_read(bench: Benches) -> None:
    """A pupil who goes through a page by Tab hears where they are."""
    desk = arranged(bench, Code.QNR, kind=Kind.OFFICIAL)
    listened(desk, 3)
    desk.end_question()
    desk.reach(Place.PAGE)
    desk.pass_ms(SEEN_MS)
    desk.tap(keyboard.ENTER)
    desk.pass_ms(100)
    assert desk.at(Place.HOW_WAS_IT)
    before = len(said(desk))
    desk.tap(keyboard.TAB)
    assert len(said(desk)) == before + 1


def test_without_the_audio_version_nothing_is_said(bench: Benches) -> None:
    """Nobody else hears a voice."""
    desk = arranged(bench, Code.ATA, Code.NBQ)
    desk.reach(Place.PAGE)
    assert said(desk) == []


@pytest.mark.parametrize("code", [Code.QNR, Code.ATA])
def test_a_check_that_needs_sound_does_not_begin_without(school: Schools, code: Code) -> None:
    """The pupil reads so, no attempt begins, and the PIN can be used once there is sound."""
    at = school(f"arrangements: [{code}]")
    at.desk.speaker.works = False
    at.sign_in()
    assert words.NO_SOUND in at.desk.sight.texts
    at.desk.point(Button.BACK)
    assert at.rows("select count(*) from attempt") == [(0,)]
    at.desk.speaker.works = True
    at.sign_in(None)
    at.confirm()
    assert at.rows("select kind from attempt") == [("official",)]


def test_try_it_out_that_needs_sound_does_not_begin_without_either(bench: Benches) -> None:
    """Nothing starts silently."""
    desk = bench(settings=build_arrangements(SETTINGS, Granted((Code.QNR,)), FORM, official=False))
    desk.speaker.works = False
    desk.point(Button.TRY_IT_OUT)
    assert words.NO_SOUND in desk.sight.texts
    assert desk.ids == ["bench-1"]
    assert desk.rows("select count(*) from attempt") == [(0,)]
    desk.point(Button.BACK)
    assert desk.at(Place.WELCOME)


def test_a_pc_that_is_turned_down_to_nothing_has_no_sound(bench: Benches) -> None:
    """A pupil who needs sound would hear as little as without a loudspeaker."""
    having = build_arrangements(SETTINGS, Granted((Code.QNR,)), FORM, official=False, volume_percent=0)
    desk = bench(settings=having)
    desk.point(Button.TRY_IT_OUT)
    assert words.NO_SOUND in desk.sight.texts


def test_a_kiosk_for_one_check_says_with_its_code_that_there_was_no_sound(bench: Benches) -> None:
    """Whoever started it by a command knows that nothing was taken."""
    having = build_arrangements(SETTINGS, Granted((Code.QNR,)), FORM, official=False, volume_percent=0)
    desk = bench(settings=having, loops=False)
    desk.point(Button.BACK)
    assert desk.kiosk.state.exit_code == ENVIRONMENT


def test_sound_lost_in_a_question_of_the_audio_version_voids_it(bench: Benches) -> None:
    """The check is held at once, and the question is replaced (check.machine, rule 6)."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    desk.speaker.works = False
    desk.pass_ms(250)
    assert desk.every(Voided)[-1].cause is Cause.SOUND
    assert desk.every(Held)[-1].cause is Cause.SOUND
    assert desk.at(Place.HELD)


def test_sound_lost_with_the_alert_alone_lets_the_question_end(bench: Benches) -> None:
    """It voids nothing, and the check is held behind the answer (check.machine, rule 8)."""
    desk = arranged(bench, Code.ATA)
    desk.reach(Place.QUESTION, 1)
    desk.speaker.works = False
    desk.pass_ms(300)
    assert desk.at(Place.QUESTION)
    desk.type_in("56")
    desk.tap(keyboard.ENTER)
    assert desk.at(Place.HELD)
    assert desk.every(Answered)[-1].by is AnsweredBy.ENTER
    assert (desk.every(Voided), desk.every(Held)[-1].cause) == ([], Cause.SOUND)


def test_sound_lost_where_nobody_needs_it_disturbs_nobody(bench: Benches) -> None:
    """A plain check goes on."""
    desk = arranged(bench)
    desk.reach(Place.QUESTION, 1)
    desk.speaker.works = False
    desk.pass_ms(500)
    assert desk.at(Place.QUESTION)


def test_a_held_check_that_needs_sound_does_not_go_on_without(bench: Benches) -> None:
    """Staff read that there is still no sound; once there is, the check goes on."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    desk.speaker.works = False
    desk.pass_ms(250)
    desk.point(Button.RESUME)
    assert staff_words.STILL_NO_SOUND in " ".join(desk.sight.texts)
    assert desk.every(Released) == []
    desk.point(Button.BACK)
    desk.speaker.works = True
    desk.point(Button.RESUME)
    assert len(desk.every(Released)) == 1
    listened(desk)
    assert said(desk)[-1].startswith("question-")


def test_two_keys_of_one_pass_are_both_in_time_though_the_first_is_said(bench: Benches) -> None:
    """What is recorded of a sound is recorded behind the keys: it must not make one of them late."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    shown = desk.every(Shown)[-1].at
    attempt = desk.kiosk.state.attempt
    assert attempt is not None
    over = attempt.moment(shown + 6_000_000)
    desk.plan(keyboard.top_row("5"), over - 9 * MS)
    desk.plan(keyboard.top_row("6"), over - 4 * MS)
    desk.until(over - 10 * MS)
    desk.window.late_ns = 12 * MS
    desk.pass_ms(40)
    assert desk.every(Answered)[-1].response == "56"


def _go_on_with_next(desk: Bench) -> None:
    """The same with the next button: Enter as soon as it does something."""
    desk.pass_ms(2_100)
    if desk.at(Place.QUESTION):
        desk.type_in("1")
    desk.tap(keyboard.ENTER, held_ms=1)


def _go_on(desk: Bench) -> None:
    """As a quick pupil would, who lets questions be read out."""
    if desk.at(Place.LISTENING):
        desk.kiosk.turn()
    else:
        desk._go_on(desk.sight)


@pytest.fixture
def own_assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program finds its assets in a folder of the test's own: a whole copy, in which recordings can be broken."""
    shutil.copytree(asset("sounds").parent, tmp_path / "assets")
    shutil.copytree(shipped_config(), tmp_path / "config")
    recordings.forget()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "mtc_kiosk")
    yield tmp_path / "assets"
    recordings.forget()


def test_a_broken_recording_keeps_a_check_from_beginning_and_staff_are_told(school: Schools, own_assets: Path) -> None:
    """A school may replace recordings: one that is no sound file must not stop the kiosk, or be silence."""
    replaced = own_assets / "sounds" / "normal" / "question-1x12.ogg"
    whole = replaced.read_bytes()
    replaced.write_bytes(b"RIFF, which is no Ogg Vorbis")
    at = school("arrangements: [QNR]")
    at.sign_in()
    at.desk.point(Button.THATS_ME)
    assert words.NO_SOUND in at.desk.sight.texts
    assert at.told == ["question-1x12.ogg is not an Ogg Vorbis file."]
    assert at.rows("select count(*) from attempt") == [(0,)]
    assert at.rows("select count(*) from sign_in") == [(0,)], "no other kiosk may hear that the check is open here"
    replaced.write_bytes(whole)
    at.desk.point(Button.BACK)
    at.sign_in(None)
    at.confirm()
    assert at.rows("select count(*) from attempt") == [(1,)]


def test_a_recording_that_cannot_be_said_is_sound_that_is_lost(bench: Benches, own_assets: Path) -> None:
    """The check is held; the kiosk goes on."""
    desk = arranged(bench, Code.QNR)
    listened(desk)
    (own_assets / "sounds" / "normal" / "digit-5.ogg").unlink()
    recordings.forget()
    desk.tap(keyboard.top_row("5"))
    desk.pass_ms(250)
    assert desk.every(Held)[-1].cause is Cause.SOUND
