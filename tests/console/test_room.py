"""The room's pages: who needs a person, updates of what changed alone, commands, one PIN, the board."""

import contextlib
import re
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Held, Voided
from mtc_kiosk.console.guard import mark_of
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.school.kiosk_command import CommandAnswer
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.made_up import open_made_up_home
from tests.console.desk import Visitor, console_of, hidden
from tests.office.acting import HEAD, acting
from tests.office.away_kiosk import PcClock, enrolled
from tests.store.a_school import ASchool

OTHERS = (Role.OWNER, Role.ADMIN, Role.SENCO)


class Classroom:
    """Three pupils, two in 4A and one in 4B, with PINs for today; the first is held at PC1."""

    def __init__(self, home: Home, school: ASchool) -> None:
        self.home, self.school = home, school
        self.session = school.start([1, 3])
        self.attempt = school.sign_in(self.session.pins[0])
        school.begin(self.attempt)
        school._write(self.attempt, Voided(5, 1, 1, Cause.KEYBOARD, 1, None, 7, 8))
        school._write(self.attempt, Held(6, Cause.KEYBOARD, only_stop=False))

    def console(self, *roles: Role, staff: Staff | None = None) -> Visitor:
        """A visitor of the console now."""
        return console_of(self.home, *roles, at=self.school.now.isoformat(), staff=staff)

    @contextlib.contextmanager
    def kiosk(self) -> Iterator[list[str]]:
        """A kiosk that does whatever it is told; the commands that it was given."""
        reader, orders, ended = CommandReader(self.home, "PC1"), list[str](), threading.Event()
        reader.look()

        def run() -> None:
            while not ended.wait(0.02):
                reader.look()
                for command in reader.news():
                    orders.append(str(command.order))
                    reader.answer(command, CommandAnswer.DONE)

        thread = threading.Thread(target=run)
        thread.start()
        yield orders
        ended.set()
        thread.join()
        reader.close()


@pytest.fixture
def classroom(tmp_path) -> Iterator[Classroom]:  # type: ignore[no-untyped-def]  # pytest's own type
    """With PC1's kiosk running."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school, kiosk_lock(home, "PC1"):
        school.pupils(2, "4A")
        school.pupils(1, "4B")
        yield Classroom(home, school)


def token(page: str) -> str:
    """The state that a page shows, as its next question names it."""
    found = re.search(r"have=([0-9a-f]+)", page)
    assert found is not None
    return found[1]


def test_the_heading_is_the_answer_and_needs_come_first(classroom: Classroom) -> None:
    """What happened, what to do, what it costs; then everybody with a PIN of today."""
    page = classroom.console().get("/room").text
    assert "One pupil needs you" in page
    assert "The keyboard came out.</b> Plug it in. Question 1 is replaced, so no mark is lost." in page
    assert page.index('class="needs"') < page.index('id="tiles"')
    assert re.findall(r'<li id="p(\d+)"', page) == ["1", "3"]
    assert re.findall(r'<li id="p(\d+)"', classroom.console().get("/room?all=1").text) == ["1", "2", "3"]


def test_two_sessions_alike_are_one_line(classroom: Classroom) -> None:
    """A second session for a late pupil says nothing new; a cover, who sees slips, reads the password too."""
    classroom.school.start([2])
    page = classroom.console().get("/room").text
    assert page.count("Everybody, the check, open until") == 1
    assert classroom.session.session.password in page


def test_nothing_is_sent_while_nothing_changes(classroom: Classroom) -> None:
    """The answer has no body, and the time of the news all the same."""
    visitor = classroom.console()
    shown = token(visitor.get("/room").text)
    again = visitor.get(f"/room/now?have={shown}")
    assert (again.status_code, again.data) == (204, b"")
    assert re.fullmatch(r"\d\d:\d\d:\d\d", again.headers["X-Room-Heard"])


def test_only_what_has_changed_is_sent(classroom: Classroom) -> None:
    """A pupil signs in: their tile, the counts; not the needs, and no other tile."""
    visitor = classroom.console()
    shown = token(visitor.get("/room").text)
    classroom.school.sign_in(classroom.session.pins[1], kiosk="PC1")
    answer = visitor.get(f"/room/now?have={shown}")
    assert answer.status_code == 200
    swapped = re.findall(r'<(?:li|div|ul|span)[^>]*\bid="([\w-]+)"[^>]*hx-swap-oob', answer.text)
    swapped += re.findall(r'<li hx-swap-oob="true" id="(p\d+)"', answer.text)
    assert sorted(swapped) == ["counts", "flag", "news", "p3", "room-acts"]
    assert visitor.get(f"/room/now?have={token(answer.text)}").status_code == 204


def test_a_browser_with_an_unknown_state_gets_everything(classroom: Classroom) -> None:
    """The console was started again meanwhile."""
    text = classroom.console().get("/room/now?have=0").text
    assert all(f'id="{part}"' in text for part in ("room-heading", "counts", "needs", "tiles", "p1", "p3"))


def test_the_room_that_asks_by_itself_keeps_nobody_signed_in(classroom: Classroom) -> None:
    """A forgotten browser must lock in time."""
    app = classroom.console().app
    assert mark_of(app, "room.news").polls
    assert mark_of(app, "board.news").polls


def test_a_command_names_what_the_page_showed_and_says_what_became_of_it(classroom: Classroom) -> None:
    """Carry on, once; the same form sent again gives no second command."""
    visitor = classroom.console()
    with classroom.kiosk() as orders:
        form = hidden(visitor.get("/room").text, "/room/command")
        assert (form["attempt"], form["order_to_give"]) == (classroom.attempt, "carry_on")
        for _ in range(2):
            assert visitor.post("/room/command", form).status_code == 303
    assert orders == ["carry_on"]
    assert "once they press Carry on at PC1" in visitor.get("/room").text


def test_a_page_that_is_out_of_date_commands_nothing(classroom: Classroom) -> None:
    """The check went on in the meantime: the strip says so, in yellow, and no kiosk hears of it."""
    visitor = classroom.console()
    form = hidden(visitor.get("/room").text, "/room/command")
    classroom.school.release(classroom.attempt)
    classroom.school.hold(classroom.attempt)
    assert visitor.post("/room/command", form).status_code == 303
    assert "has changed since you looked" in visitor.get("/room").text
    assert classroom.school.db.execute("select count(*) from kiosk_command").fetchone() == (0,)


@pytest.mark.parametrize(
    "wrong", [{"run": "x"}, {"hold": "-1"}, {"attempt": ""}, {"order_to_give": "explode"}, {"run": "9" * 30}]
)
def test_a_form_that_no_page_made_is_refused(classroom: Classroom, wrong: dict[str, str]) -> None:
    """Without a fault of the program."""
    visitor = classroom.console()
    form = hidden(visitor.get("/room").text, "/room/command") | wrong
    assert visitor.post("/room/command", form).status_code == 400


def test_stop_asks_first_on_a_page_of_its_own(classroom: Classroom) -> None:
    """The room has no button that stops; the page's button says the verb."""
    visitor = classroom.console()
    page = visitor.get("/room").text
    assert 'value="stop"' not in page
    (link,) = re.findall(r'href="(/room/stop[^"]*)"', page)
    asked = visitor.get(link.replace("&amp;", "&")).text
    assert "Stop the check of" in asked
    with classroom.kiosk() as orders:
        visitor.post("/room/command", hidden(asked, "/room/command"))
    assert orders == ["stop"]
    classroom.school.release(classroom.attempt)
    assert visitor.get(link.replace("&amp;", "&")).status_code == 303


def test_hold_all_asks_and_holds_what_runs(classroom: Classroom) -> None:
    """The held one is held already."""
    classroom.school.begin(classroom.school.sign_in(classroom.session.pins[1], kiosk="PC1"))
    visitor = classroom.console()
    assert "Hold this check?" in visitor.get("/room/hold-all").text
    with classroom.kiosk():
        assert visitor.send("/room/hold-all", {}).status_code == 303
    assert "1 check will be held" in visitor.get("/room").text


def test_one_of_the_running_checks_is_held(classroom: Classroom) -> None:
    """Each has a button of its own on the page that asks about all."""
    school = classroom.school
    school.release(classroom.attempt)
    school.begin(school.sign_in(classroom.session.pins[1], kiosk="PC1"))
    visitor = classroom.console()
    page = visitor.get("/room/hold-all").text
    assert page.count('value="hold"') == 2
    with classroom.kiosk() as orders:
        assert visitor.post("/room/command", hidden(page, "/room/command")).status_code == 303
    assert orders == ["hold"]


def test_one_pin_is_shown_by_a_press_and_noted(classroom: Classroom) -> None:
    """Not by an address: looking at it changes the audit."""
    school = classroom.school
    school.sign_in(classroom.session.pins[1], kiosk="PC1")
    school.later(minutes=31)
    visitor = classroom.console(Role.TEACHER)
    form = hidden(visitor.get("/room").text, "/room/pin/3")
    assert visitor.get("/room/pin/3").status_code == 303
    for _ in range(2):  # a double press is one
        assert visitor.post("/room/pin/3", form).headers["Location"] == "/room/pin/3"
    shown = visitor.get("/room/pin/3")
    assert (shown.status_code, classroom.session.pins[1].pin in shown.text) == (200, True)
    assert shown.headers["Cache-Control"] == "no-store"
    assert visitor.get("/room/pin/3").headers["Location"] == "/room"
    assert school.db.execute("select subject from audit where action = 'pins.shown'").fetchall() == [("3",)]


def test_a_pupil_who_is_not_here_loses_the_pin(classroom: Classroom) -> None:
    """After a question; then the slip opens nothing."""
    visitor = classroom.console()
    assert "not here?" in visitor.get("/room/away/3").text
    assert visitor.send("/room/away/3", {}).status_code == 303
    assert classroom.school.db.execute("select count(*) from cancelled_pin").fetchone() == (1,)


@pytest.mark.parametrize("url", ["/room", "/room/now", "/room/board", "/room/hold-all"])
def test_who_has_nothing_to_do_with_the_room_does_not_see_it(classroom: Classroom, url: str) -> None:
    """Owner, office and SENCO; a cover does."""
    assert {classroom.console(role).get(url).status_code for role in OTHERS} == {403}
    cover = Staff("c.cover", frozenset({Role.COVER}), session_id=classroom.session.session.id)
    assert classroom.console(staff=cover).get(url).status_code == 200


def test_pupils_of_others_are_not_in_a_teachers_room(classroom: Classroom) -> None:
    """Nor can their PIN be shown or taken back by typing an address."""
    of_4b = Staff("t.teacher", frozenset({Role.TEACHER}), groups=frozenset({"4B"}))
    visitor = classroom.console(staff=of_4b)
    assert re.findall(r'<li id="p(\d+)"', visitor.get("/room?all=1").text) == ["3"]
    assert "One pupil needs you" not in visitor.get("/room").text
    assert visitor.get("/room/away/1").status_code == 409


def test_the_board_shows_no_cause_no_password_and_nobody_without_a_pin(classroom: Classroom) -> None:
    """It hangs where a class can see it."""
    visitor = classroom.console()
    page = visitor.get("/room/board").text
    assert "Wait for your teacher" in page
    for secret in ("keyboard", classroom.session.session.password, classroom.session.pins[0].pin, "Held"):
        assert secret not in page
    assert page.count("<li ") == 2
    shown = token(page)
    assert visitor.get(f"/room/board/now?have={shown}").status_code == 204
    classroom.school.sign_in(classroom.session.pins[1], kiosk="PC1")
    assert 'id="wall"' in visitor.get(f"/room/board/now?have={shown}").text


def test_the_board_tells_namesakes_apart_by_their_pc_alone(classroom: Classroom) -> None:
    """A birthday or a number is nothing for a wall; who has not signed in has no PC yet, and looks alike."""
    school = classroom.school
    school.db.execute("update pupil set forename = 'Sam', surname = 'Twin', date_of_birth = '2018-01-0' || id")
    page = classroom.console().get("/room/board").text
    assert page.count("<b>Sam</b> Twin") == 2
    assert page.count("<small>, PC1</small>") == 1
    assert "born" not in page
    school.sign_in(classroom.session.pins[1], kiosk="PC2")
    page = classroom.console().get("/room/board").text
    assert [page.count(f"<small>, {kiosk}</small>") for kiosk in ("PC1", "PC2")] == [1, 1]


def test_namesakes_who_need_a_person_are_told_apart(classroom: Classroom) -> None:
    """A restart, or a stop, for the wrong one of two would be a wrong done to both."""
    db = classroom.school.db
    db.execute("update pupil set forename = 'Sam', surname = 'Twin', date_of_birth = '2018-01-0' || id")
    page = classroom.console().get("/room").text
    card = page[page.index('<article class="need"') : page.index("</article>")]
    assert "Sam Twin, born 1 January 2018" in card
    assert "Sam Twin</" not in card
    (link,) = re.findall(r'href="(/room/stop[^"]*)"', page)
    assert (
        "Stop the check of Sam Twin, born 1 January 2018?" in classroom.console().get(link.replace("&amp;", "&")).text
    )


def test_the_number_on_the_divider_is_on_every_page(classroom: Classroom) -> None:
    """While a pupil needs a person."""
    flag = re.compile(r'class="flag"[^>]*>.*?1</span>')
    visitor = classroom.console()
    assert flag.search(visitor.get("/room/hold-all").text)
    classroom.school.release(classroom.attempt)
    assert not flag.search(visitor.get("/room/hold-all").text)


def test_without_script_it_reloads_only_when_asked(classroom: Classroom) -> None:
    """A link to look again, one to look again by itself, one to stop that."""
    visitor = classroom.console()
    page, every = visitor.get("/room"), visitor.get("/room?every=10")
    assert "Refresh" not in page.headers
    assert "every=10" in page.text
    assert every.headers["Refresh"] == "10"
    assert "Stop refreshing" in every.text


def test_the_order_and_the_whole_register_stay_after_a_command(classroom: Classroom) -> None:
    """Places never move because a button was pressed."""
    visitor = classroom.console()
    with classroom.kiosk():
        form = hidden(visitor.get("/room?order=pc&all=1").text, "/room/command")
        assert visitor.post("/room/command", form).headers["Location"] == "/room?order=pc&all=1"


def test_an_empty_room_says_how_to_fill_it(tmp_path) -> None:  # type: ignore[no-untyped-def]  # pytest's own type
    """No table of nothing."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    page = console_of(home).get("/room").text
    assert "No pupil is taking it now" in page
    assert "Each pupil gets a slip with a PIN" in page


def test_names_are_written_as_text(classroom: Classroom) -> None:
    """An apostrophe is one; a tile that is kept is as safe as one that is drawn."""
    classroom.school.db.execute("update pupil set forename = ? where id = 1", ("<b>O'Neil",))
    page = classroom.console(staff=staff_of("h.head", Role.HEAD)).get("/room").text
    assert "<b>O'Neil" not in page
    assert "&lt;b&gt;O&#39;Neil" in page


def test_checks_that_are_out_of_touch_are_said_once_and_the_board_asks_no_pupil_to_wait(classroom: Classroom) -> None:
    """Where the network goes there may be thirty. Each can still be seen, and offers nothing that cannot reach it."""
    classroom.school.pupils(2, "4A")
    clock = PcClock()
    clock.now -= timedelta(seconds=30)
    pins = (classroom.session.pins[1], *classroom.school.start([4, 5]).pins)
    for name, pin in zip(("PC7", "PC8", "PC9"), pins, strict=True):
        kiosk = enrolled(classroom.school.db, name, clock, lambda: classroom.school.now)
        kiosk.begin(kiosk.sign_in(pin), 12)
        with acting(classroom.home, HEAD, classroom.school.now.isoformat()) as office:
            kiosk.beat(office)
    visitor = classroom.console(Role.HEAD)
    page = visitor.get("/room").text
    needs = page[page.index('id="needs"') : page.index('id="tiles"')]
    assert needs.count("This desk does not hear from 3 PCs") == 1
    assert needs.index("This desk does not hear from 3 PCs") < needs.index("See each of them")
    assert needs[needs.index("See each of them") :].count("This desk does not hear from that PC.") == 3
    assert "Hold<" not in needs[needs.index("See each of them") :]
    assert page.count("At 12, out of touch") == 3
    board = visitor.get("/room/board").text
    assert board.count("Taking it") == 3
    assert board.count("Wait for your teacher") == 1
