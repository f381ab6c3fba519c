"""One page has the screen, and with it every key; what staff want is done, has left the screen, or is refused."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.flow.check_page import CheckPage
from mtc_kiosk.kiosk.flow.intro_pages import IntroPages
from mtc_kiosk.kiosk.flow.page import ScreenPage
from mtc_kiosk.kiosk.flow.sign_in import SignInFlow
from mtc_kiosk.kiosk.flow.staff_commands import NotDone, Outcome, Result, outcome
from mtc_kiosk.kiosk.flow.staff_pages import HeldPage, StaffPages
from mtc_kiosk.kiosk.flow.stage_pages import CoverPage, StagePages
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import SignInView, WaitView
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.store.home.home import open_home
from tests.arrangements.school import School
from tests.kiosk.breaking import held_chord
from tests.kiosk.virtual import Bench

Make = Callable[..., Bench]
COVER = WaitView(words.PC_NEEDS_HELP, can_try=False)


def kind(bench: Bench) -> type[ScreenPage]:
    """Which page has the screen."""
    return type(bench.kiosk.journey.on_screen)


def test_each_page_has_the_screen_in_its_turn(bench: Make) -> None:
    """From welcome to the end of the check, held in between, with staff's pages and the calm page over it."""
    desk = bench(passcode="chalk")
    assert kind(desk) is StagePages
    for place, page in ((Place.PAGE, IntroPages), (Place.PAUSE, CheckPage), (Place.QUESTION, CheckPage)):
        desk.reach(place)
        assert kind(desk) is page
    desk.focus_away(1_500)
    assert kind(desk) is HeldPage
    desk.kiosk.state.cover = COVER
    assert kind(desk) is CoverPage
    held_chord(desk)
    assert kind(desk) is StaffPages
    desk.kiosk.state.cover = None
    desk.tap(keyboard.ESCAPE)
    assert kind(desk) is HeldPage


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """One pupil, whose session is open: the boxes are on the screen."""
    with contextlib.closing(School(open_home(tmp_path / "home"), "arrangements: []")) as made:
        made.start()
        made.desk.pass_ms(1_500)
        yield made


def test_a_covered_page_gets_no_key(school: School) -> None:
    """What was typed before is there again behind the calm page, and nothing more."""
    desk = school.desk
    assert kind(desk) is SignInFlow
    desk.tap(keyboard.letter("q"))
    desk.kiosk.state.cover = COVER
    page = desk.kiosk.journey.on_screen
    for name in ("r", "Enter", "Backspace"):
        desk.kiosk._dispatcher.take(_key(name), (), desk.now)
    assert (type(page), page.first_focus()) == (CoverPage, None)
    desk.kiosk.state.cover = None
    shown = desk.kiosk.journey.on_screen.shown(desk.now)
    assert isinstance(shown, SignInView)
    assert shown.password == "q"


def _key(name: str) -> KeyDown:
    return KeyDown(0, None, name, 0, name if len(name) == 1 else "", shift=False)


def held(desk: Bench) -> str:
    """A check is held on the screen; its attempt."""
    desk.reach(Place.QUESTION)
    desk.focus_away(1_500)
    return desk.ids[-1]


def came_of(desk: Bench, command: StaffCommand) -> Outcome:
    """What came of a command now."""
    return outcome(desk.kiosk.state, command, desk.now)


@pytest.mark.parametrize(
    ("wanted", "result"),
    [
        (CommandKind.RESUME, Result.DONE),
        (CommandKind.STOP, Result.DONE),
        (CommandKind.SET_ASIDE, Result.LEFT),
        (CommandKind.DROP, Result.LEFT),
        (CommandKind.EXIT, Result.DONE),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_what_came_of_a_command(bench: Make, wanted: CommandKind, result: Result, *, named: bool) -> None:
    """To the held check on the screen, by its name or not."""
    desk = bench(passcode="chalk")
    attempt = held(desk)
    assert came_of(desk, StaffCommand(wanted, attempt if named else None)) is result


@pytest.mark.parametrize("wanted", [CommandKind.SET_ASIDE, CommandKind.STOP, CommandKind.RESUME])
def test_a_check_that_runs_is_not_touched(bench: Make, wanted: CommandKind) -> None:
    """Only a held one is staff's to deal with."""
    desk = bench(passcode="chalk")
    desk.reach(Place.QUESTION)
    before = desk.facts
    assert came_of(desk, StaffCommand(wanted)) == NotDone()
    assert desk.facts == before
    assert kind(desk) is CheckPage


@pytest.mark.parametrize("wanted", [CommandKind.STOP, CommandKind.RESUME])
def test_an_attempt_that_cannot_be_read_is_refused_in_a_sentence(bench: Make, wanted: CommandKind) -> None:
    """And the kiosk stays where it is."""
    desk = bench(passcode="chalk")
    assert came_of(desk, StaffCommand(wanted, "none-such")) == NotDone(
        staff_words.CHECK_NOT_DONE[Button(wanted)], staff_words.UNREADABLE
    )
    assert kind(desk) is StagePages


def test_without_an_attempt_there_is_nothing_to_leave(bench: Make) -> None:
    """Nor to set aside, to stop or to go on with."""
    desk = bench(passcode="chalk")
    every = (CommandKind.DROP, CommandKind.SET_ASIDE, CommandKind.STOP, CommandKind.RESUME)
    assert {came_of(desk, StaffCommand(wanted)) for wanted in every} == {NotDone()}
