"""A pupil with arrangements from sign-in to the check: what comes before, what may be changed, and what is kept."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mtc_kiosk.check.arrangements import Arrangements, Chosen, Colours, Look, Size
from mtc_kiosk.check.events import Cause, LookChosen, Source
from mtc_kiosk.check.facts import Finished, Held, Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import held_chord, passcode
from tests.kiosk.virtual import SEEN_MS, SETTINGS, Bench

from .school import School

Schools = Callable[[str], School]
Benches = Callable[..., Bench]


def paper(desk: Bench) -> tuple[int, int, int]:
    """The colour of the page, as it is on the glass."""
    red, green, blue, _ = desk.window.glass.get_at((2, 2))
    return red, green, blue


def test_size_and_colours_are_chosen_before_is_this_you(school: Schools) -> None:
    """First size, then colours, each its own preview; then the name; and the choice is in the attempt and kept."""
    at = school("arrangements: [CCT, FTS]")
    at.sign_in()
    desk = at.desk
    assert desk.at(Place.SIZE)
    desk.point(Size.XLG)
    desk.point(Button.NEXT)
    assert desk.at(Place.COLOURS)
    before = paper(desk)
    desk.point(Colours.YOB)
    assert paper(desk) == (0, 0, 0) != before
    desk.point(Button.NEXT)
    assert desk.at(Place.CONFIRM)
    at.confirm()
    chosen = desk.every(LookChosen)[-1]
    assert (chosen.colours, chosen.size) == (Colours.YOB, Size.XLG)
    assert at.chosen == Chosen(Colours.YOB, Size.XLG)
    assert paper(desk) == (0, 0, 0)


def test_who_says_that_it_is_somebody_else_leaves_no_choice(school: Schools) -> None:
    """The next pupil finds the kiosk as it was."""
    at = school("arrangements: [CCT]")
    at.sign_in()
    usual = theme_of(Look()).paper
    at.desk.point(Colours.BOB)
    at.desk.point(Button.NEXT)
    at.desk.point(Button.NOT_ME)
    assert paper(at.desk) == usual
    assert at.chosen == Chosen()
    assert at.rows("select count(*) from attempt") == [(0,)]


def test_a_choice_in_try_it_out_carries_to_the_check(school: Schools) -> None:
    """Also one that is made in between, and it is what the page begins with the next time."""
    at = school("arrangements: [CCT]")
    at.sign_in(Kind.TRY)
    at.desk.point(Button.NEXT)
    at.confirm()
    at.desk.point(Button.NEXT)
    assert at.desk.sight.find(Button.COLOURS) is not None
    at.desk.point(Button.COLOURS)
    assert at.desk.at(Place.COLOURS)
    at.desk.point(Colours.BOP)
    at.desk.point(Button.NEXT)
    assert at.chosen.colours is Colours.BOP
    at.desk.close()
    at.desk.switch_on()
    at.desk.kiosk.state.leave()
    at.sign_in()
    assert at.desk.at(Place.COLOURS)
    assert paper(at.desk) == theme_of(Look(Colours.BOP)).paper


def test_in_the_check_there_is_nothing_to_change_between(school: Schools) -> None:
    """A pupil may alter them before confirm and from the settings; on the pages after that only in "try it out"."""
    at = school("arrangements: [CCT, FTS]")
    at.sign_in()
    at.desk.point(Button.NEXT)
    at.desk.point(Button.NEXT)
    at.confirm()
    assert at.desk.sight.find(Button.COLOURS) is not None, "the settings page"
    at.desk.point(Button.SIZE)
    at.desk.point(Size.SML)
    at.desk.point(Button.NEXT)
    assert words.SETTINGS in at.desk.sight.texts
    assert at.chosen.size is Size.SML
    at.desk.point(Button.NEXT)
    assert at.desk.sight.find(Button.SIZE) is None


def test_fixed_colours_are_not_to_be_chosen(school: Schools) -> None:
    """What the file fixes is in force from "is this you?" on, and nothing asks."""
    at = school("colours: BOC\nsize: LRG")
    at.sign_in()
    assert at.desk.at(Place.CONFIRM)
    assert paper(at.desk) == theme_of(Look(Colours.BOC)).paper
    at.confirm()
    assert at.desk.sight.find(Button.COLOURS) is None
    assert at.desk.every(LookChosen) == []


def test_a_change_after_the_pin_is_in_force_at_the_next_sign_in(school: Schools) -> None:
    """The file is read again then."""
    at = school("arrangements: [NBQ]")
    at.start()
    at.write("arrangements: [RON]")
    at.sign_in(None)
    at.confirm()
    assert at.desk.kiosk.state.current.arrangements.codes == ("RON",)
    assert at.told == []


def test_while_the_file_is_wrong_the_last_right_version_holds(school: Schools) -> None:
    """Staff read it once, by line and without a pupil's number; no pupil is signed in with arrangements dropped."""
    at = school("arrangements: [RON]")
    at.start()
    at.write("arrangements: [RNO]")
    at.sign_in(None)
    at.desk.point(Button.NOT_ME)
    at.sign_in(None)
    at.confirm()
    assert at.desk.kiosk.state.current.arrangements.codes == ("RON",)
    assert [said for said in at.told if said.startswith(ARRANGEMENTS)] == [
        f"{ARRANGEMENTS}:3: There is a mistake here."
    ]
    assert "To see what is wrong: mtc-kiosk config check" in at.told


def test_the_door_says_while_the_file_is_wrong(school: Schools) -> None:
    """Before a session and within one, so that a teacher knows before a pupil signs in; until it is put right."""
    at = school("arrangements: [RON]")
    for started in (False, True):
        if started:
            at.start()
        at.write("arrangements: [RNO]")
        at.desk.pass_ms(1_500)
        assert words.ARRANGEMENTS_MISTAKE in at.desk.sight.texts
        at.write("arrangements: [RON, NBQ]")
        at.desk.pass_ms(1_500)
        assert words.ARRANGEMENTS_MISTAKE not in at.desk.sight.texts


@pytest.mark.parametrize(("waiting", "says"), [(1, "1 check waits here"), (12, "12 checks wait here")])
def test_the_welcome_page_says_how_many_checks_wait_for_the_desk(school: Schools, waiting: int, says: str) -> None:
    """Before a session and within one, while some do; what else staff must hear comes first."""
    at = school("arrangements: [RON]")

    def lines() -> list[str]:
        at.desk.pass_ms(1_500)
        return [text for text in at.desk.sight.texts if text.startswith("Staff: ") and "menu" not in text]

    for started in (False, True):
        if started:
            at.start()
        at.waiting = waiting
        assert lines() == [f"Staff: {says} for the desk."]
        at.write("arrangements: [RNO]")
        assert lines() == [words.ARRANGEMENTS_MISTAKE, f"Staff: {says} for the desk."]
        at.write("arrangements: [RON]")
        at.waiting = 0
        assert lines() == []


def test_a_pupil_whose_number_changed_signs_in_with_what_was_written(school: Schools) -> None:
    """On a kiosk that runs, and before the file has the new number: the entry holds by the number of before."""
    at = school("arrangements: [RON]")
    at.start()
    at.db.execute("update pupil set ref = 'lark-3' where id = ?", (at.pupil.id,))
    at.sign_in(None)
    at.confirm()
    assert at.desk.kiosk.state.current.arrangements.codes == ("RON",)
    assert at.told == []


def test_a_slip_in_a_number_takes_nothing_away_and_the_door_says_so(school: Schools) -> None:
    """The session is open, so no start of one would find it. What is right in the same change is taken up."""
    at = school("arrangements: [RON]")
    at.start()
    path = at.home.config_dir / ARRANGEMENTS
    path.write_text("pupils: {kite-7: {arrangements: [NBQ]}}\n", encoding="utf-8")
    at.desk.pass_ms(1_500)
    path.write_text("school: {countdown: bar}\npupils: {kite-1: {arrangements: [NBQ]}}\n", encoding="utf-8")
    at.desk.pass_ms(1_500)
    assert words.ARRANGEMENTS_UNKNOWN in at.desk.sight.texts
    at.sign_in(None)
    at.confirm()
    assert at.desk.kiosk.state.current.arrangements.codes == ("NBQ",)
    assert len([said for said in at.told if said.startswith(f"{ARRANGEMENTS}:2: This is not the UPN")]) == 1


def test_the_door_says_while_a_settings_file_has_a_name_that_is_not_read(school: Schools) -> None:
    """The arrangements somebody wrote there do not hold; the log has which file."""
    at = school("arrangements: [RON]")
    at.start()
    stray = at.home.config_dir / "access_arrangements (1).yaml"
    stray.write_text("pupils: {kite-7: {arrangements: [QNR]}}\n", encoding="utf-8")
    at.desk.pass_ms(1_500)
    assert words.SETTINGS_STRAY in at.desk.sight.texts
    assert [said for said in at.told if said.startswith("access_arrangements (1).yaml: This file is not read")]
    stray.unlink()
    at.desk.pass_ms(1_500)
    assert words.SETTINGS_STRAY not in at.desk.sight.texts


def test_an_entry_taken_out_on_purpose_is_taken_out(school: Schools) -> None:
    """No line names anybody unknown, so the school means it."""
    at = school("arrangements: [RON]")
    at.start()
    (at.home.config_dir / ARRANGEMENTS).write_text("school: {countdown: bar}\n", encoding="utf-8")
    at.sign_in(None)
    at.confirm()
    assert at.desk.kiosk.state.current.arrangements.codes == ()


def test_the_door_says_nothing_of_lines_that_staff_acknowledged(school: Schools) -> None:
    """Lines acknowledged at the start of a session are not shown; a line that came after is."""
    at = school("arrangements: [RON]")
    path = at.home.config_dir / ARRANGEMENTS
    path.write_text("pupils:\n  kite-7: {arrangements: [RON]}\n  X9: {}\n", encoding="utf-8")
    at.desk.pass_ms(1_500)
    assert words.ARRANGEMENTS_UNKNOWN not in at.desk.sight.texts
    at.start(acknowledged=(3,))
    at.desk.pass_ms(1_500)
    assert words.ARRANGEMENTS_UNKNOWN not in at.desk.sight.texts
    path.write_text("pupils:\n  kite-7: {arrangements: [RON]}\n  X9: {}\n  Y9: {}\n", encoding="utf-8")
    at.desk.pass_ms(1_500)
    assert words.ARRANGEMENTS_UNKNOWN in at.desk.sight.texts


def test_a_try_that_was_taken_up_is_not_gone_into_again(school: Schools) -> None:
    """The kiosk no longer knows the pupil and their arrangements, so the pupil signs in again."""
    at = school("colours: BOC")
    at.sign_in(Kind.TRY)
    at.confirm()
    at.desk.reach(Place.QUESTION)
    at.desk.power_cut()
    held_chord(at.desk)
    passcode(at.desk, "chalk")
    at.desk.point(Button.RESUME)
    at.desk.reach(Place.HOW_WAS_IT)
    at.desk.point(Button.SKIP)
    assert at.desk.sight.find(Button.LEAVE) is not None
    assert at.desk.sight.find(Button.AGAIN) is None


@pytest.mark.parametrize("source", list(Source))
def test_the_assistant_types_their_name_with_whatever_there_is(school: Schools, source: Source) -> None:
    """By keyboard, mouse, finger or pen; a name of two words is one; it is a record of its own."""
    at = school("arrangements: [ITA]")
    at.sign_in()
    at.confirm()
    desk = at.desk
    desk.point(Button.NEXT)
    assert desk.at(Place.ASSISTANT)
    assert desk.sight.find(Button.NEXT) is None
    if source is Source.KEYBOARD:
        desk.tap(*(keyboard.letter(c) if c != " " else keyboard.SPACE for c in "mary jane"), keyboard.ENTER)
        desk.tap(*(keyboard.letter(c) for c in "reed"), keyboard.ENTER, keyboard.ENTER)
    else:
        for name in [*"mary", "Space", *"jane", "Tab", *"reed"]:
            desk.point(ScreenKey(name), source)
        desk.point(Button.NEXT, source)
    assert words.EXPECT in desk.sight.texts
    wanted = ("mary jane", "reed") if source is Source.KEYBOARD else ("Mary Jane", "Reed")
    assert at.rows("select forename, surname, code from assistant") == [(*wanted, "asked")]
    assert at.rows("select count(*) from inbox where type = 'assistant'") == [(1,)]


def test_a_name_that_cannot_be_one_is_told_and_asked_again(school: Schools) -> None:
    """Nothing goes on and nothing is kept until it is one."""
    at = school("arrangements: [ITA]")
    at.sign_in()
    at.confirm()
    desk = at.desk
    desk.point(Button.NEXT)
    desk.tap(keyboard.letter("x"), keyboard.COMMA, keyboard.ENTER, keyboard.letter("y"), keyboard.ENTER)
    desk.pass_ms(SEEN_MS)
    desk.tap(keyboard.ENTER)
    assert desk.at(Place.ASSISTANT)
    assert any(words.ASSISTANT_WRONG[0].startswith(text) for text in desk.sight.texts)
    assert at.rows("select count(*) from assistant") == [(0,)]


def test_try_it_out_does_not_ask_for_the_assistant(school: Schools) -> None:
    """The settings tell of one, and that is all."""
    at = school("arrangements: [ITA]")
    at.sign_in(Kind.TRY)
    at.confirm()
    at.desk.point(Button.NEXT)
    assert words.EXPECT in at.desk.sight.texts


def test_without_the_pad_a_key_is_asked_for_first(bench: Benches) -> None:
    """Next comes with the first key, which does nothing else; then there are only the sum and the box."""
    desk = bench(settings=replace(SETTINGS, arrangements=Arrangements(("RON",), no_pad=True, settings_page=True)))
    desk.point(Button.TRY_IT_OUT)
    desk.point(Button.NEXT)
    assert desk.at(Place.KEYBOARD)
    assert desk.sight.find(Button.NEXT) is None
    desk.tap(keyboard.SHIFT)
    assert desk.sight.find(Button.NEXT) is None, "a modifier alone may be another device's"
    desk.tap(keyboard.ENTER)
    assert desk.sight.find(Button.NEXT) is not None
    assert desk.sight.focus == Button.NEXT
    desk.pass_ms(SEEN_MS)
    desk.tap(keyboard.ENTER)
    assert words.EXPECT in desk.sight.texts
    desk.reach(Place.QUESTION, 1)
    assert not [one for one in desk.sight.controls if isinstance(one.what, ScreenKey)]


def test_without_the_pad_a_lost_keyboard_is_a_failure_though_it_was_not_used(bench: Benches) -> None:
    """There is no other way to answer (check.machine, rule 6)."""
    from mtc_kiosk.kiosk.system.devices import Present  # noqa: PLC0415 - for this test alone

    desk = bench(settings=replace(SETTINGS, arrangements=Arrangements(("RON",), no_pad=True)))
    desk.point(Button.TRY_IT_OUT)
    desk.present = Present(keyboard=False)
    desk.pass_ms(1_500)
    assert desk.every(Held)[-1].cause is Cause.KEYBOARD


def test_a_long_pause_tells_the_time_left_and_keeps_next(bench: Benches) -> None:
    """After 30 s, in practice never; Next has the focus all the while, and Enter goes on."""
    desk = bench(settings=replace(SETTINGS, arrangements=Arrangements(("NBQ",), next_button=True)))
    desk.point(Button.TRY_IT_OUT)
    while not (desk.at(Place.PAUSE) and not desk.sight.practice):
        _go_on_with_next(desk)
    began = desk.now
    desk.until(began + 29_990 * MS)
    assert words.minutes_left(30) not in desk.sight.texts
    desk.until(began + 30_010 * MS)
    assert words.minutes_left(30) in desk.sight.texts
    assert desk.sight.focus == Button.NEXT
    desk.until(began + 90_000 * MS)
    assert words.minutes_left(29) in desk.sight.texts
    desk.tap(keyboard.ENTER)
    assert desk.at(Place.QUESTION)


def test_at_thirty_minutes_the_attempt_is_out_of_time_and_kept(bench: Benches) -> None:
    """The pupil sees a calm page; every answer is kept."""
    desk = bench(settings=replace(SETTINGS, arrangements=Arrangements(("NBQ",), next_button=True)))
    desk.point(Button.TRY_IT_OUT)
    while not (desk.at(Place.PAUSE) and desk.sight.number == 2):
        _go_on_with_next(desk)
    desk.pass_ms(30 * 60_000)
    assert desk.every(Finished)[-1].outcome is Outcome.OUT_OF_TIME
    assert len(desk.rows("select 1 from answer")) == 1


def test_without_a_limit_enter_alone_ends_a_question(bench: Benches) -> None:
    """Try it out without a time limit, marked as not the check on every page."""
    timings = replace(SETTINGS.timings, question=None)
    settings = replace(SETTINGS, timings=timings, arrangements=Arrangements(own_time_limit=True))
    desk = bench(settings=settings)
    desk.point(Button.TRY_IT_OUT)
    assert words.NOT_THE_CHECK_TAG in desk.sight.texts
    desk.reach(Place.QUESTION, 1)
    desk.pass_ms(10 * 60_000)
    assert desk.at(Place.QUESTION)
    assert desk.sight.seconds_left is None
    desk.tap(keyboard.ENTER)
    assert desk.at(Place.PAUSE)


def test_what_was_chosen_holds_after_a_power_cut(bench: Benches) -> None:
    """The check that goes on looks as it did."""
    granted = Arrangements(("CCT",), chooses_colours=True, settings_page=True, look=Look(Colours.BOW))
    desk = bench(settings=replace(SETTINGS, arrangements=granted))
    desk.point(Button.TRY_IT_OUT)
    desk.point(Button.COLOURS)
    desk.point(Colours.BOB)
    desk.point(Button.NEXT)
    desk.power_cut()
    assert paper(desk) == theme_of(Look(Colours.BOB)).paper


def _go_on_with_next(desk: Bench) -> None:
    """As a pupil with the next button goes on: Enter as soon as it does something."""
    desk.pass_ms(2_100)
    if desk.at(Place.QUESTION):
        assert desk.sight.sum is not None
        desk.type_in(str(desk.sight.sum[0] * desk.sight.sum[1]))
    desk.tap(keyboard.ENTER, held_ms=1)


def test_out_of_time_is_delivered_and_shown_to_staff(school: Schools) -> None:
    """The record comes in as any other, and the pupil's status says what happened."""
    at = school("arrangements: [NBQ]")
    at.sign_in()
    at.confirm()
    while not (at.desk.at(Place.PAUSE) and not at.desk.sight.practice):
        _go_on_with_next(at.desk)
    at.desk.pass_ms(30 * 60_000 + 100)
    assert words.ENDED[Outcome.OUT_OF_TIME] in at.desk.sight.texts
    (body,) = (row[0] for row in at.rows("select body from inbox where type = 'check'"))
    assert b'"outcome":"out_of_time"' in body
    assert at.status == "Out of time"
