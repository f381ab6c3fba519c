"""The staff menu over a real database of made-up pupils: what each page shows, does, and leaves in the audit."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.check.events import Released, SetAside, Source, Stopped
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.staff.menu import OPEN_FOR_NS, StaffMenu
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Control, ListedCode, Row
from mtc_kiosk.kiosk.view.rows import PINS_A_PAGE, PUPILS_A_PAGE
from mtc_kiosk.kiosk.view.scene import (
    CodeListView,
    HeldListView,
    PinListView,
    PupilListView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    StaffView,
)
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from tests.kiosk.rooms import staff_room
from tests.kiosk.virtual import KIOSK, Bench
from tests.store.a_school import ASchool

SECRET = "secret"
Make = Callable[..., Bench]


class Desk:
    """A menu, its school, and hands for both."""

    def __init__(self, school: ASchool, room: SchoolStaffRoom) -> None:
        self.school, self.room = school, room
        self.menu = StaffMenu(lambda typed: typed == SECRET, room)

    def enter(self, attempt_id: str | None = None) -> None:
        """The chord and the passcode."""
        self.menu.open(("why",), can_resume=True, attempt_id=attempt_id)
        self.type(SECRET, "Enter")

    def type(self, text: str, *names: str) -> StaffCommand | None:
        """Keys."""
        command = None
        for name in (*text, *names):
            key = KeyDown(0, None, name, 0, name if len(name) == 1 else "", shift=False)
            if self.menu.locked:
                command = self.menu.key(key, 0)
            else:
                self.menu.type(key, 0)
        return command

    def press(self, *buttons: Button) -> StaffCommand | None:
        """Buttons, one after another; the last command."""
        return [self.menu.act(Button(button), 0) for button in buttons][-1]

    def choose(self, control: Control) -> None:
        """A row or a code."""
        assert self.menu.act(control, 0) is None

    def said(self) -> StaffDoneView:
        """The sentences shown to staff."""
        assert isinstance(self.menu.shown, StaffDoneView)
        return self.menu.shown

    def audited(self, count: int) -> list[tuple[str, str, str]]:
        """The last rows of the audit."""
        return self.school.audited()[-count:]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """PC1 of a school with 14 pupils."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(14, "4A")
        room = staff_room(school, home, "PC1")
        yield Desk(school, room)


def begun(desk: Desk, kiosk: str = "PC1", pupil: int = 1) -> str:
    """A check that was begun and is held; its attempt's id."""
    issued = desk.school.start([pupil]).pins[0]
    attempt = desk.school.sign_in(issued, kiosk)
    desk.school.begin(attempt)
    desk.school.hold(attempt)
    return attempt


def test_the_passcode_opens_the_menu(desk: Desk) -> None:
    """With how many checks are held, and no check to hold."""
    begun(desk, "PC2")
    desk.enter()
    assert desk.menu.shown == StaffMenuView(held=1, can_hold=False)
    desk.press(Button.BACK)
    assert desk.menu.shown is None


def test_without_a_staff_room_the_passcode_leads_out() -> None:
    """As on a kiosk without sign-in."""
    menu = StaffMenu(lambda typed: typed == "x", None)
    menu.open((), can_resume=False)
    menu.key(KeyDown(0, None, "x", 0, "x", shift=False), 0)
    assert menu.key(KeyDown(0, None, "Enter", 0, "", shift=False), 0) == StaffCommand(CommandKind.EXIT)


def test_todays_pins_are_listed_and_that_they_were_seen_is_kept(desk: Desk) -> None:
    """Page by page, those to try it out behind those of the check."""
    desk.school.start(range(1, 11))
    desk.school.start([3], Kind.TRY)
    desk.enter()
    desk.press(Button.PINS)
    page = desk.menu.shown
    assert isinstance(page, PinListView)
    assert (page.kind, page.page, page.pages, len(page.rows)) == (Kind.OFFICIAL, 1, 3, PINS_A_PAGE)
    assert page.rows[0].state == "PIN generated"
    desk.press(Button.FOLLOWING, Button.FOLLOWING)
    last = desk.menu.shown
    assert isinstance(last, PinListView)
    assert (last.kind, last.password, len(last.rows), last.rows[0].state) == (Kind.TRY, page.password, 1, "")
    assert desk.audited(1) == [("kiosk:PC1", "pins.shown", "PC1")]


def test_a_name_finds_its_pupil(desk: Desk) -> None:
    """Capitals and spaces aside; another text begins at the first page."""
    desk.enter()
    desk.press(Button.RESTART, Button.FOLLOWING)
    page = desk.menu.shown
    assert isinstance(page, PupilListView)
    assert (page.page, page.pages, len(page.rows)) == (2, 2, 14 - PUPILS_A_PAGE)
    desk.type("AMY14")
    page = desk.menu.shown
    assert isinstance(page, PupilListView)
    assert [(row.name, row.detail) for row in page.rows] == [("Testerly, Amy 14", "4A")]
    desk.type("", "Backspace")
    assert isinstance(desk.menu.shown, PupilListView)
    assert len(desk.menu.shown.rows) == 6


def test_a_restart_is_given_and_taken_back(desk: Desk) -> None:
    """By the kiosk's own account; asked once more before it is taken back."""
    attempt = begun(desk)
    desk.school.finish(attempt, Outcome.STOPPED)
    desk.enter()
    desk.press(Button.RESTART)
    desk.choose(Row(0))
    assert isinstance(desk.menu.shown, CodeListView)
    desk.press(Button.GIVE)
    assert isinstance(desk.menu.shown, CodeListView), "no code is chosen yet"
    desk.choose(ListedCode("ITI"))
    desk.press(Button.GIVE)
    assert desk.said().heading == "Restart given"
    assert desk.school.status(1).status is Status.RESTART
    desk.press(Button.BACK, Button.RESTART)
    desk.choose(Row(0))
    assert isinstance(desk.menu.shown, StaffAskView)
    desk.press(Button.TAKE_BACK)
    assert desk.said().heading == "Restart taken back"
    assert desk.audited(2) == [("kiosk:PC1", "restart.given", "1"), ("kiosk:PC1", "restart.removed", "1")]


def test_a_teacher_gives_no_second_try_of_a_complete_check(desk: Desk) -> None:
    """The data layer refuses, in a sentence with the pupil's name, and nothing changes."""
    desk.school.take(desk.school.start([1]).pins[0])
    desk.enter()
    desk.press(Button.RESTART)
    desk.choose(Row(0))
    desk.choose(ListedCode("ITI"))
    desk.press(Button.GIVE)
    assert desk.said() == StaffDoneView(
        "Restart not given", ("Testerly, Amy 1 has completed the check. Only a head may give a restart.",)
    )
    assert desk.school.status(1).status is Status.COMPLETE


def test_only_a_teachers_reasons_are_offered_and_one_is_given_and_taken_back(desk: Desk) -> None:
    """Those that only a head may give, or that are not given any more, are not on the list."""
    desk.enter()
    desk.press(Button.REASON)
    desk.choose(Row(0))
    page = desk.menu.shown
    assert isinstance(page, CodeListView)
    heads = {one.code for one in desk.school.rules.reason_codes if one.head_only or not one.offered}
    assert heads
    assert not heads & {row.code for row in page.rows}
    desk.choose(ListedCode("ABSNT"))
    desk.press(Button.GIVE)
    assert desk.school.status(1).status is Status.REASON
    desk.press(Button.BACK, Button.REASON)
    desk.choose(Row(0))
    desk.press(Button.TAKE_BACK)
    assert desk.school.status(1).status is Status.NOT_STARTED
    assert desk.audited(2) == [("kiosk:PC1", "reason.set", "1"), ("kiosk:PC1", "reason.removed", "1")]


def test_a_reason_at_the_kiosk_cancels_the_pin_and_says_so(desk: Desk) -> None:
    """Of that pupil alone; the others' session goes on."""
    desk.school.start([1, 2])
    desk.enter()
    desk.press(Button.REASON)
    desk.choose(Row(0))
    desk.choose(ListedCode("ABSNT"))
    desk.press(Button.GIVE)
    assert desk.said() == StaffDoneView(
        "Reason given", ("Testerly, Amy 1 has a reason for not taking the check.", "The unused PIN is cancelled.")
    )
    assert desk.audited(2) == [("kiosk:PC1", "reason.set", "1"), ("kiosk:PC1", "pin.cancelled", "1")]
    desk.press(Button.BACK, Button.PINS)
    page = desk.menu.shown
    assert isinstance(page, PinListView)
    assert [row.name for row in page.rows] == ["Testerly, Amy 2"]


def test_over_a_held_check_staff_say_at_once_and_back_leads_to_the_menu(desk: Desk) -> None:
    """Why first; then Carry on, Set aside or Stop."""
    attempt = begun(desk)
    desk.enter(attempt)
    assert desk.menu.shown == StaffView(None, ("why",), can_resume=True)
    desk.press(Button.BACK)
    assert isinstance(desk.menu.shown, StaffMenuView)
    desk.press(Button.BACK)
    desk.enter(attempt)
    assert desk.press(Button.RESUME) == StaffCommand(CommandKind.RESUME)
    assert desk.menu.shown is None
    assert desk.audited(1) == [("kiosk:PC1", "check.resumed", attempt)]


def test_a_check_that_was_set_aside_here_goes_on_or_stops(desk: Desk) -> None:
    """Stopping is asked once more, and each is kept."""
    attempt = begun(desk)
    desk.enter()
    desk.press(Button.HELD)
    desk.choose(Row(0))
    page = desk.menu.shown
    assert isinstance(page, HeldListView)
    assert page.offered == {Button.RESUME, Button.STOP}
    assert desk.press(Button.STOP) is None
    assert desk.press(Button.BACK) is None
    desk.choose(Row(0))
    assert desk.press(Button.STOP, Button.STOP) == StaffCommand(CommandKind.STOP, attempt)
    assert desk.said().heading == "Check stopped"
    assert desk.audited(1) == [("kiosk:PC1", "check.stopped", attempt)]
    desk.press(Button.BACK, Button.HELD)
    desk.choose(Row(0))
    assert desk.press(Button.RESUME) == StaffCommand(CommandKind.RESUME, attempt)


def test_a_check_of_another_kiosk_goes_on_there_alone(desk: Desk) -> None:
    """It is listed with where, and nothing is offered."""
    begun(desk, "PC2")
    desk.enter()
    desk.press(Button.HELD)
    desk.choose(Row(0))
    page = desk.menu.shown
    assert isinstance(page, HeldListView)
    assert (page.offered, page.message) == (frozenset(), staff_words.only_there("PC2", only_stop=False))
    assert desk.press(Button.STOP) is None
    assert isinstance(desk.menu.shown, HeldListView)


def test_a_restart_drops_the_held_check_from_the_screen(desk: Desk) -> None:
    """It never goes on, so the screen is for the next pupil."""
    attempt = begun(desk)
    desk.enter(attempt)
    desk.press(Button.BACK, Button.RESTART)
    desk.choose(Row(0))
    desk.choose(ListedCode("ITI"))
    assert desk.press(Button.GIVE) == StaffCommand(CommandKind.DROP, attempt)
    assert desk.said().heading == "Restart given"


def test_what_is_done_for_another_pupil_leaves_the_held_check(desk: Desk) -> None:
    """It stays on the screen, and the menu stays open over it."""
    attempt = begun(desk)
    desk.enter(attempt)
    desk.press(Button.BACK, Button.REASON)
    desk.choose(Row(2))
    desk.choose(ListedCode("ABSNT"))
    assert desk.press(Button.GIVE) is None
    assert desk.said().heading == "Reason given"


@pytest.mark.parametrize("can_resume", [True, False])
def test_the_held_check_on_the_screen_is_in_the_list_too(desk: Desk, *, can_resume: bool) -> None:
    """It is offered what it is offered on its own page; no other check is, while it is there."""
    attempt, _ = begun(desk), begun(desk, pupil=2)
    desk.menu.open(("why",), can_resume=can_resume, attempt_id=attempt)
    desk.type(SECRET, "Enter")
    desk.press(Button.BACK, Button.HELD)
    desk.choose(Row(1))
    page = desk.menu.shown
    assert isinstance(page, HeldListView)
    names = [row.name for row in page.rows]
    mine = names.index("Testerly, Amy 1")
    desk.choose(Row(1 - mine))
    other = desk.menu.shown
    assert isinstance(other, HeldListView)
    assert (other.offered, other.message) == (frozenset(), staff_words.ON_SCREEN_FIRST)
    desk.choose(Row(mine))
    own = desk.menu.shown
    assert isinstance(own, HeldListView)
    assert own.offered == {Button.STOP} | ({Button.RESUME, Button.SET_ASIDE} if can_resume else set())
    command = desk.press(Button.SET_ASIDE)
    assert command == (StaffCommand(CommandKind.SET_ASIDE, attempt) if can_resume else None)


def test_a_check_that_ended_meanwhile_does_not_go_on(desk: Desk) -> None:
    """Another program gave a restart while the check was held here."""
    attempt = begun(desk)
    desk.enter(attempt)
    desk.school.restart(1)
    assert desk.press(Button.RESUME) == StaffCommand(CommandKind.DROP, attempt)
    assert desk.said() == StaffDoneView("The check cannot carry on", staff_words.ALREADY_ENDED)


def test_the_exit_is_asked_for_and_kept(desk: Desk) -> None:
    """A second press leaves the kiosk."""
    desk.enter()
    assert desk.press(Button.EXIT) is None
    assert desk.press(Button.EXIT) == StaffCommand(CommandKind.EXIT)
    assert desk.audited(1) == [("kiosk:PC1", "kiosk.left", "PC1")]


def test_a_database_that_refuses_is_told_and_shuts_nobody_in(desk: Desk) -> None:
    """Every page says why; the exit works."""
    desk.enter()
    desk.school.db.execute("pragma query_only = on")
    desk.press(Button.PINS)
    assert desk.said().heading == staff_words.NOT_SHOWN
    desk.press(Button.BACK)
    assert isinstance(desk.menu.shown, StaffMenuView)
    assert desk.press(Button.EXIT, Button.EXIT) == StaffCommand(CommandKind.EXIT)
    desk.school.db.execute("pragma query_only = off")


def test_a_refusal_is_headed_by_what_was_not_done(desk: Desk) -> None:
    """Set aside, stop, give, take back: staff read which of them the database refused, and it has not happened."""
    attempt = begun(desk, pupil=2)
    desk.enter(attempt)
    desk.school.db.execute("pragma query_only = on")
    assert desk.press(Button.SET_ASIDE) is None
    assert desk.said().heading == "Check not set aside"
    desk.press(Button.BACK, Button.HELD)
    desk.choose(Row(0))
    assert desk.press(Button.STOP, Button.STOP) is None
    assert desk.said().heading == "Check not stopped"
    give_a_reason(desk)
    assert desk.said().heading == "Reason not given"
    assert desk.school.status(1).status is Status.NOT_STARTED
    desk.school.db.execute("pragma query_only = off")
    give_a_reason(desk)
    desk.press(Button.BACK, Button.REASON)
    desk.choose(Row(0))
    desk.school.db.execute("pragma query_only = on")
    desk.press(Button.TAKE_BACK)
    assert desk.said().heading == "Reason not taken back"
    desk.school.db.execute("pragma query_only = off")
    assert desk.school.status(1).status is Status.REASON


def give_a_reason(desk: Desk) -> None:
    """From a page with Back to the menu: a reason for the first pupil."""
    desk.press(Button.BACK, Button.REASON)
    desk.choose(Row(0))
    desk.choose(ListedCode("ABSNT"))
    desk.press(Button.GIVE)


def test_pages_that_nobody_touches_close_themselves(desk: Desk) -> None:
    """After two minutes, to the nanosecond."""
    desk.menu.rest(0)
    desk.enter()
    desk.press(Button.PINS)
    desk.menu.rest(OPEN_FOR_NS - 1)
    assert desk.menu.shown is not None
    desk.menu.rest(OPEN_FOR_NS)
    assert desk.menu.shown is None


# -- on the screen


def by_keyboard(bench: Bench, control: Control) -> None:
    """Tab to a control, then Enter, once the page has been there for a moment."""
    bench.pass_ms(600)
    while bench.sight.focus != control:
        bench.tap(keyboard.TAB)
    bench.tap(keyboard.ENTER)


PRESSES: dict[Source, Callable[[Bench, Control], None]] = {
    Source.KEYBOARD: by_keyboard,
    Source.MOUSE: lambda bench, control: bench.point(control, Source.MOUSE),
    Source.TOUCH: lambda bench, control: bench.point(control, Source.TOUCH),
}


@contextlib.contextmanager
def with_menu(bench: Bench) -> Iterator[ASchool]:
    """The kiosk has a staff room over a school with two pupils."""
    with contextlib.closing(ASchool(bench.home.database)) as school:
        school.running.add(KIOSK)
        school.pupils(2)
        room = staff_room(school, bench.home, KIOSK)
        bench.kiosk.state.staff = StaffMenu(lambda typed: typed == SECRET, room)
        yield school


def into_staff(bench: Bench) -> None:
    """The chord for three seconds, and the passcode."""
    chord = (keyboard.CTRL, keyboard.SHIFT, keyboard.F12)
    for key in chord:
        bench.down(key)
    bench.pass_ms(3_000)
    for key in chord:
        bench.up(key)
    bench.tap(*(keyboard.letter(text) for text in SECRET), keyboard.ENTER)


@pytest.mark.parametrize("source", list(PRESSES))
def test_every_page_is_reached_by_one_thing_to_press_with(bench: Make, source: Source) -> None:
    """Behind the passcode the keyboard alone, the mouse alone or a finger alone is enough."""
    kiosk, press = bench(passcode=SECRET), PRESSES[source]
    with with_menu(kiosk) as school:
        into_staff(kiosk)
        for control in (
            *(Button.PINS, Button.BACK, Button.HELD, Button.BACK),
            *(Button.REASON, Row(1), ListedCode("ABSNT"), Button.GIVE, Button.BACK),
            *(Button.REASON, Row(1), Button.TAKE_BACK, Button.BACK),
            *(Button.RESTART, Row(0), ListedCode("ITI"), Button.GIVE, Button.BACK),
            *(Button.EXIT, Button.EXIT),
        ):
            press(kiosk, control)
        actions = [action for _, action, _ in school.audited()]
        assert actions == ["pins.shown", "reason.set", "reason.removed", "kiosk.left"]
    assert kiosk.kiosk.state.exit_code == 3


def test_a_name_is_typed_on_the_page_itself(bench: Make) -> None:
    """No box has to be pressed; Escape is Back."""
    kiosk = bench(passcode=SECRET)
    with with_menu(kiosk):
        into_staff(kiosk)
        kiosk.point(Button.REASON)
        kiosk.tap(keyboard.TAB, keyboard.letter("y"), keyboard.top_row("2"))
        assert [one.what for one in kiosk.sight.controls if isinstance(one.what, Row)] == [Row(0)]
        kiosk.tap(keyboard.ENTER)
        assert kiosk.sight.find(Row(0)) is not None, "what is typed takes the focus away"
        kiosk.tap(keyboard.ESCAPE)
        assert kiosk.sight.find(Button.PINS) is not None


def test_a_check_is_set_aside_and_taken_up_again_from_the_list(bench: Make) -> None:
    """The next pupil's page comes, and later the check goes on."""
    kiosk = bench(passcode=SECRET)
    kiosk.reach(Place.QUESTION, 1)
    kiosk.focus_away(3_000)
    with with_menu(kiosk):
        into_staff(kiosk)
        kiosk.point(Button.SET_ASIDE)
        assert kiosk.at(Place.WELCOME)
        assert len(kiosk.every(SetAside)) == 1
        into_staff(kiosk)
        kiosk.point(Button.HELD)
        kiosk.point(Row(0))
        kiosk.point(Button.RESUME)
        assert kiosk.at(Place.PAUSE)
        assert len(kiosk.every(Released)) == 1
        kiosk.reach(Place.QUESTION, 2)


def test_a_check_that_was_set_aside_is_stopped_where_it_lies(bench: Make) -> None:
    """The screen stays the next pupil's."""
    kiosk = bench(passcode=SECRET)
    kiosk.reach(Place.QUESTION, 1)
    kiosk.focus_away(3_000)
    with with_menu(kiosk):
        into_staff(kiosk)
        kiosk.point(Button.SET_ASIDE)
        into_staff(kiosk)
        for control in (Button.HELD, Row(0), Button.STOP, Button.STOP, Button.BACK, Button.BACK):
            kiosk.point(control)
        assert kiosk.at(Place.WELCOME)
        assert len(kiosk.every(Stopped)) == 1
        assert kiosk.rows("select outcome from attempt") == [("stopped",)]


def test_a_check_held_since_another_day_says_the_day(desk: Desk) -> None:
    """A time of day alone would be read as today's."""
    begun(desk)
    assert [one.row.since for one in desk.room.held()] == ["10:00"]
    desk.school.later(days=1)
    assert [one.row.since for one in desk.room.held()] == ["7 June 10:00"]
