"""An enrolled kiosk in a real window, with its desk in another process and a network between them that goes away."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from Xlib import X
from Xlib.display import Display

from benchmarks.real_desk import RealDesk, enrolled
from benchmarks.screen import Injector, RunningKiosk, kiosk
from mtc_kiosk.config import passcode
from mtc_kiosk.kiosk.school.desk_link import SHOWN_AFTER_S
from mtc_kiosk.office import kiosk_commands
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.waiting import what_waits
from mtc_kiosk.school.kiosk_command import CommandAnswer, Order
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school.kiosk_commands import check_now
from mtc_kiosk.store.school.sessions import Started
from tests.office.as_staff import TEACHER, open_as
from tests.realtime.test_sign_in import TITLE
from tests.realtime.test_staff_hold import until_shown, wait_for_count
from tests.store.a_school import ASchool
from tools.network.byte_proxy import ByteProxy
from tools.network.event_loop import EventLoop
from tools.network.faults import Faults

NOW = "2027-06-07T09:00:00Z"
WITHIN_S = 2.0
SHORT = {
    "easy_questions: 3 to 7": "easy_questions: 0 to 3",
    "questions: 25": "questions: 3",
    "question_seconds: 6": "question_seconds: 3",
    "pause_seconds: 3": "pause_seconds: 1",
    "practice: [1x12, 2x2, 10x10]": "practice: []",
}
IN_THE_BOX, WHITE, DARK = (120, 310), b"\xff\xff\xff", 100
"""Where the sign-in page has an empty box, at 1366 x 768; its colour; and how dark writing is."""


class Room:
    """The desk's room, and the kiosk hall-1 that it commands."""

    def __init__(self, desk: OpenHome, running: RunningKiosk) -> None:
        self.desk, self.running = desk, running

    def tells(self, attempt: str, order: Order) -> None:
        """A command reaches the kiosk, and its answer the desk, within two seconds."""
        self.answered(lambda: kiosk_commands.give(self.desk, check_now(self.desk.db, attempt), order))

    def holds_all(self) -> None:
        """So does "hold all"."""
        self.answered(lambda: kiosk_commands.hold_all(self.desk).ids[0])

    def answered(self, give: Callable[[], int]) -> None:
        """The kiosk does it in time."""
        began = time.monotonic()
        found = kiosk_commands.wait_for(self.desk, give(), WITHIN_S)
        assert found.answer is CommandAnswer.DONE, found
        assert time.monotonic() - began < WITHIN_S

    def until(self, is_so: Callable[[], object], most_s: float = 20) -> None:
        """Wait for something at the desk or on the screen."""
        give_up_at = time.monotonic() + most_s
        while not is_so():
            assert time.monotonic() < give_up_at
            time.sleep(0.05)

    def has(self, outcome: str) -> list[tuple[Any, ...]]:
        """The checks at the desk that ended so."""
        found = "json_extract(cast(body as text), '$.content.outcome') = ?"
        return self.desk.db.execute(
            f"select record_id from inbox where type = 'check' and {found}", (outcome,)
        ).fetchall()


@contextlib.contextmanager
def network(desk: RealDesk) -> Iterator[ByteProxy]:
    """What is between the two."""
    with EventLoop() as loop:
        yield ByteProxy(loop, ("127.0.0.1", desk.port), Faults(1, {}))


def enrol(home: Path, desk: Path, port: int) -> None:
    """A PC with a passcode joins the desk, which it reaches at this port."""
    pc = open_made_up_home(home)
    passcode.keep(pc.config_dir / "kiosk.yaml", passcode.hashed("chalk-and-cheese"))
    kept = enrolled(open_home(desk), device_key(pc), "hall-1", f"https://127.0.0.1:{port}")
    keep_enrolment(pc, Enrolment(**kept))


class Screen:
    """What can be told of the screen from its pixels."""

    def __init__(self, display: str) -> None:
        self._display = Display(display)
        self._root = self._display.screen().root

    def close(self) -> None:
        """Give the connection back."""
        self._display.close()

    def pixels(self, left: int, top: int, width: int, height: int) -> list[bytes]:
        """The three colours of each pixel of an area."""
        data = self._root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data
        return [data[at : at + 3] for at in range(0, len(data), 4)]

    def shows_boxes(self) -> bool:
        """Whether the sign-in page is there, with nothing typed."""
        return set(self.pixels(*IN_THE_BOX, 300, 2)) == {WHITE}

    def tells_staff(self) -> bool:
        """Whether it has a line below its boxes."""
        return self.shows_boxes() and any(max(pixel) < DARK for pixel in self.pixels(300, 675, 766, 50))


def admit(room: Room, fingers: Injector, password: str, pin: str, before: int) -> str:
    """A pupil signs in; the id of the check that begins."""
    fingers.tap(*password, "Return", *pin, "Return", gap_ms=80)
    fingers.turn_page("Tab", "Return")
    return str(room.running.wait_for("select id from attempt order by started_at limit 1 offset ?", (before,))[0][0])


def open_desk(root: Path) -> Started:
    """A school of two pupils with an open session of three questions of three seconds."""
    home = open_made_up_home(root)
    check = home.config_dir / "check.yaml"
    text = re.sub(r"(?m)^( {4}\d+): \d to \d", r"\1: 0 to 3", check.read_text(encoding="utf-8"))
    for was, now in SHORT.items():
        text = text.replace(was, now)
    check.write_text(text, encoding="utf-8")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2)
        return school.start([1, 2])


def test_a_check_goes_on_without_the_network_and_arrives_once(
    display: str, fingers: Injector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room's commands reach the kiosk; a check ends offline, its page says that it waits, and then no longer."""
    desk_home, home = tmp_path / "desk", tmp_path / "kiosk"
    monkeypatch.setenv("MTC_KIOSK_NOW", NOW)
    started = open_desk(desk_home)
    first, second = (pin.pin for pin in started.pins)
    with RealDesk(desk_home) as desk, network(desk) as between, contextlib.ExitStack() as opened:
        enrol(home, desk_home, between.port)
        running = opened.enter_context(kiosk(display, home, "run"))
        room = Room(opened.enter_context(open_as(desk_home, TEACHER, NOW)), running)
        fingers.wait_for_window(TITLE)
        screen = opened.enter_context(contextlib.closing(Screen(display)))
        room.until(screen.shows_boxes)

        attempt = admit(room, fingers, started.session.password, first, 0)
        until_shown(running, fingers, attempt, 1)
        fingers.tap("4")
        room.until(lambda: check_is_told(room, attempt))
        room.tells(attempt, Order.HOLD)
        assert running.events(attempt, "Held") == [], "the question that is open ends first"
        fingers.tap("2", "Return")
        wait_for_count(running, attempt, "Held", 1)
        room.until(lambda: check_now(room.desk.db, attempt).hold_seq)
        room.tells(attempt, Order.CARRY_ON)
        fingers.turn_page("Tab", "Return")
        wait_for_count(running, attempt, "Released", 1)
        room.until(lambda: not check_now(room.desk.db, attempt).hold_seq)
        room.holds_all()
        wait_for_count(running, attempt, "Held", 2)
        room.until(lambda: check_now(room.desk.db, attempt).hold_seq)
        room.tells(attempt, Order.STOP)
        room.until(lambda: room.has("stopped") == [(attempt,)])
        leave(fingers, screen)

        attempt = admit(room, fingers, started.session.password, second, 1)
        until_shown(running, fingers, attempt, 1)
        between.away()
        fingers.tap("4", "2", "Return")
        for number in (2, 3):
            until_shown(running, fingers, attempt, number)
            fingers.tap("7", "Return")
        running.wait_for("select 1 from attempt where outcome = 'complete'")
        leave(fingers, screen)
        assert room.has("complete") == []
        with open_as(home, now=NOW) as here:
            waits = what_waits(here).here
        assert waits is not None
        assert waits.waiting.checks == 1
        room.until(screen.tells_staff, SHOWN_AFTER_S + 20)
        between.back()
        room.until(lambda: not screen.tells_staff())
        assert room.has("complete") == [(attempt,)]
        assert room.desk.db.execute("select count(*) from inbox where type = 'check'").fetchone() == (2,)


def leave(fingers: Injector, screen: Screen) -> None:
    """Press on, until the next pupil can sign in."""
    while not screen.shows_boxes():
        fingers.turn_page("Tab", "Return")


def check_is_told(room: Room, attempt: str) -> bool:
    """Whether the desk has heard that this check has begun."""
    query = "select 1 from away_attempt where id = ? and begun_at is not null"
    return room.desk.db.execute(query, (attempt,)).fetchone() is not None
