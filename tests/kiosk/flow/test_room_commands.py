"""Commands from the console's room, on the real kiosk with a virtual clock: a check never goes on by itself."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.events import Cause, HoldAsked, Noted, Released, SetAside, Stopped
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, Shown, Voided
from mtc_kiosk.check.replay import replay
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.kiosk.staff.checks import ASKS_FOR_NS
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.school.kiosk_command import CheckNow, CommandAnswer, Order, Why
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.times import instant_of, iso
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.school import kiosk_commands
from tests.kiosk.breaking import Make, held_chord
from tests.kiosk.virtual import KIOSK, Bench

SECRET = "secret"
TEACHER = "made-up.teacher"


class Room:
    """A kiosk, and a console that shares its home. The reader's turns are the test's, by the virtual clock."""

    def __init__(self, bench: Make, **wanted: object) -> None:
        self.reader: CommandReader
        self.desk: Bench = bench(passcode=SECRET, console=self._reader, **wanted)
        self.db = connect(self.desk.home.database)

    def _reader(self, desk: Bench) -> CommandReader:
        self.reader = CommandReader(desk.home, KIOSK, lambda: instant_of(desk.clock.wall_ms()))
        self.reader.look()
        return self.reader

    @property
    def check(self) -> CheckNow:
        """The latest check, as the console reads it from the journal."""
        self.desk.flush()
        return kiosk_commands.check_now(self.db, self.desk.ids[-1])

    def give(self, order: Order, check: CheckNow | None = None) -> int:
        """A command, given now."""
        stamp = AuditStamp(iso(self.desk.clock.wall_ms()), TEACHER)
        return kiosk_commands.give(self.db, KIOSK, check or self.check, order, stamp)

    def became(self, command_id: int) -> tuple[CommandAnswer | None, Why | None]:
        """The answer to a command."""
        found = kiosk_commands.given(self.db, command_id)
        assert found is not None
        return found.answer, found.why

    def turn(self) -> None:
        """The reader reads, the loop acts, the reader writes."""
        self.reader.look()
        self.desk.pass_ms(1)
        self.reader.look()

    def tell(self, order: Order, check: CheckNow | None = None) -> tuple[CommandAnswer | None, Why | None]:
        """Give a command and see what becomes of it."""
        command_id = self.give(order, check)
        self.turn()
        return self.became(command_id)

    def hold(self) -> CheckNow:
        """A held check: question 1 was answered meanwhile, and nothing else happened."""
        self.desk.reach(Place.QUESTION, 1)
        assert self.tell(Order.HOLD) == DONE
        self.desk.end_question()
        return self.check

    def audited(self) -> list[tuple[object, ...]]:
        """What the audit has of checks."""
        return self.desk.rows("select account, action, subject from audit where action like 'check.%' order by id")


DONE = (CommandAnswer.DONE, None)


@pytest.fixture
def room(bench: Make) -> Iterator[Room]:
    """A kiosk and its console."""
    made = Room(bench)
    yield made
    made.db.close()


def refused(why: Why) -> tuple[CommandAnswer, Why]:
    """A refusal."""
    return CommandAnswer.REFUSED, why


def test_hold_takes_effect_when_the_open_question_ends_and_voids_none(room: Room) -> None:
    """Its keys and all its time stay the pupil's."""
    room.desk.reach(Place.QUESTION, 1)
    room.desk.type_in("5")
    assert room.tell(Order.HOLD) == DONE
    assert room.desk.at(Place.QUESTION)
    room.desk.type_in("6")
    room.desk.end_question()
    assert words.HELD in room.desk.sight.texts
    answer, shown = room.desk.every(Answered)[-1], room.desk.every(Shown)[-1]
    assert (answer.response, answer.by, answer.at - shown.at) == ("56", AnsweredBy.TIMEOUT, 6_000_000)
    assert [held.cause for held in room.desk.every(Held)] == [Cause.STAFF]
    assert room.desk.every(Voided) == []
    assert room.audited() == [(TEACHER, "check.held", room.desk.ids[-1])]


def test_a_second_hold_asks_for_nothing_new(room: Room) -> None:
    """Two consoles, one question."""
    room.desk.reach(Place.QUESTION, 1)
    assert room.tell(Order.HOLD) == room.tell(Order.HOLD) == DONE
    assert len(room.desk.every(HoldAsked)) == 1


def test_carry_on_waits_for_the_pupil_to_press(room: Room) -> None:
    """Nothing runs until then, however long it takes within the minute; then the check goes on with a whole pause."""
    room.hold()
    assert room.tell(Order.CARRY_ON) == DONE
    assert words.READY in room.desk.sight.texts
    room.desk.tap(keyboard.ENTER, keyboard.SPACE)
    room.desk.pass_ms(55_000)
    assert room.desk.every(Released) == []
    room.desk.point(Button.RESUME)
    assert room.desk.at(Place.PAUSE)
    released = room.desk.every(Released)[-1]
    room.desk.reach(Place.QUESTION, 2)
    assert room.desk.every(Shown)[-1].at - released.at == pytest.approx(3_000_000, abs=20_000)
    stored = room.desk.journal.load_attempt(room.desk.ids[-1])
    assert replay(stored.form, stored.settings, stored.facts).missing == ()
    assert room.audited()[-1] == (TEACHER, "check.resumed", room.desk.ids[-1])


def test_an_offer_that_nobody_takes_up_ends_after_a_minute(room: Room) -> None:
    """The pupil went away; the page of the held check is back, and the console may offer it again."""
    room.hold()
    room.tell(Order.CARRY_ON)
    offered = room.desk.now
    room.desk.until(offered + 59_990 * MS)
    assert words.READY in room.desk.sight.texts
    room.desk.until(offered + 60_010 * MS)
    assert words.HELD in room.desk.sight.texts
    assert room.desk.every(Released) == []
    assert room.tell(Order.CARRY_ON) == DONE
    assert words.READY in room.desk.sight.texts


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("differs", ["attempt", "run", "hold"])
def test_a_command_with_another_attempt_run_or_hold_is_refused(room: Room, order: Order, differs: str) -> None:
    """Each of the three alone; nothing happens on the screen."""
    check = room.hold()
    other = {
        "attempt": replace(check, attempt_id="another"),
        "run": replace(check, run=check.run + 1),
        "hold": replace(check, hold_seq=check.hold_seq - 1),
    }[differs]
    before = len(room.desk.facts)
    assert room.tell(order, other) == refused(Why.BUSY if differs == "attempt" else Why.CHANGED)
    assert (len(room.desk.facts), words.HELD in room.desk.sight.texts) == (before, True)
    assert len(room.audited()) == 1


@pytest.mark.parametrize(("ms", "expired"), [(9_998, False), (10_000, True)])
def test_a_command_expires_after_ten_seconds(room: Room, ms: int, expired: bool) -> None:
    """It waited, perhaps for a PC that stood still; at ten seconds exactly it is too late."""
    room.hold()
    command_id = room.give(Order.STOP)
    room.desk.pass_ms(ms)
    room.turn()
    assert room.became(command_id) == ((CommandAnswer.EXPIRED, Why.LATE) if expired else DONE)
    assert len(room.desk.every(Stopped)) == (0 if expired else 1)


def test_of_two_consoles_the_second_acts_on_what_it_saw_or_not_at_all(room: Room) -> None:
    """Stop, after the pupil has carried on: refused. Carry on, after the other one set the check aside: refused."""
    held = room.hold()
    room.tell(Order.CARRY_ON, held)
    assert room.tell(Order.CARRY_ON, held) == DONE
    room.desk.point(Button.RESUME)
    assert room.tell(Order.STOP, held) == refused(Why.CHANGED)
    assert room.desk.every(Stopped) == []
    room.desk.reach(Place.QUESTION, 2)
    room.tell(Order.HOLD)
    room.desk.end_question()
    again = room.check
    assert room.tell(Order.SET_ASIDE, again) == DONE
    assert room.tell(Order.CARRY_ON, again) == refused(Why.CHANGED)
    assert room.desk.at(Place.WELCOME)


def test_no_command_survives_a_restart_of_the_kiosk(room: Room) -> None:
    """The power failed within the ten seconds. The run is another one as well."""
    held = room.hold()
    command_id = room.give(Order.STOP)
    room.desk.power_cut(off_ms=1_000)
    room.turn()
    assert room.became(command_id) == (CommandAnswer.EXPIRED, Why.RESTARTED)
    assert room.check.run == held.run + 1
    assert room.tell(Order.STOP, held) == refused(Why.CHANGED)
    assert words.HELD in room.desk.sight.texts
    assert room.tell(Order.STOP) == DONE


def test_a_hold_meets_a_check_that_something_else_has_held(room: Room) -> None:
    """The keyboard came out between the press and the kiosk: one hold, with its own cause."""
    room.desk.reach(Place.QUESTION, 1)
    running = room.check
    room.desk.focus_away(1_500)
    assert words.HELD in room.desk.sight.texts
    assert room.tell(Order.HOLD, running) == refused(Why.CHANGED)
    assert [held.cause for held in room.desk.every(Held)] == [Cause.FOCUS]


def test_a_fault_takes_an_offer_back(room: Room) -> None:
    """The PC slept for an hour: whoever sits there now was not the one in front of it."""
    room.hold()
    room.tell(Order.CARRY_ON)
    assert words.READY in room.desk.sight.texts
    room.desk.clock.sleep(3_600_000 * MS)
    room.desk.pass_ms(300)
    assert words.HELD in room.desk.sight.texts
    assert room.desk.every(Released) == []


def test_after_the_fourth_fault_only_stop_is_left(room: Room) -> None:
    """Carry on and set aside are refused."""
    room.desk.reach(Place.QUESTION, 1)
    for _ in range(3):
        room.desk.focus_away(1_500)
        assert room.tell(Order.CARRY_ON) == DONE
        room.desk.point(Button.RESUME)
        room.desk.reach(Place.QUESTION)
    room.desk.focus_away(1_500)
    assert room.check.allowed == (Order.STOP,)
    assert room.tell(Order.CARRY_ON) == room.tell(Order.SET_ASIDE) == refused(Why.ONLY_STOP)
    assert room.tell(Order.STOP) == DONE
    assert room.desk.rows("select outcome from attempt") == [("stopped",)]


def test_while_a_teacher_has_the_menu_open_at_the_pc_it_is_theirs(room: Room) -> None:
    """Two people at one check would surprise each other."""
    room.hold()
    held_chord(room.desk)
    assert staff_words.STAFF in room.desk.sight.texts
    for order in (Order.CARRY_ON, Order.SET_ASIDE, Order.STOP):
        assert room.tell(order) == refused(Why.STAFF)


def test_a_check_held_from_the_room_stays_held_after_a_chord_at_the_pc(room: Room) -> None:
    """The chord alone lets a check go on when its pages close; the room's hold does not."""
    room.desk.reach(Place.QUESTION, 1)
    room.tell(Order.HOLD)
    held_chord(room.desk)
    room.desk.end_question()
    assert staff_words.STAFF in room.desk.sight.texts
    room.desk.pass_ms(ASKS_FOR_NS // MS * 5)
    assert words.HELD in room.desk.sight.texts
    assert room.desk.every(Released) == []
    room.tell(Order.CARRY_ON)
    room.desk.point(Button.RESUME)
    room.desk.reach(Place.QUESTION, 2)
    held_chord(room.desk)
    room.desk.end_question()
    room.desk.pass_ms(ASKS_FOR_NS // MS + 1_000)
    assert len(room.desk.every(Released)) == 2, "the next chord is a chord alone again"


def test_set_aside_frees_the_pc_and_carry_on_brings_the_check_back(room: Room) -> None:
    """Only while nobody else is there; and again with a page to press."""
    room.hold()
    assert room.tell(Order.SET_ASIDE) == DONE
    assert room.desk.at(Place.WELCOME)
    first = room.check
    assert first.is_set_aside
    room.desk.tap(keyboard.ENTER)
    room.desk.reach(Place.QUESTION, 1)
    for order in (Order.CARRY_ON, Order.STOP):
        assert room.tell(order, first) == refused(Why.BUSY)
    room.tell(Order.HOLD)
    room.desk.end_question()
    room.tell(Order.STOP)
    room.desk.point(Button.LEAVE)
    assert room.tell(Order.CARRY_ON, first) == DONE
    assert words.READY in room.desk.sight.texts
    room.desk.point(Button.RESUME)
    room.desk.reach(Place.QUESTION, 2)


def test_a_check_that_was_set_aside_is_stopped_from_the_room(room: Room) -> None:
    """At a PC where nobody sits."""
    room.hold()
    room.tell(Order.SET_ASIDE)
    assert len(room.desk.every(SetAside)) == 1
    assert room.tell(Order.STOP) == DONE
    assert room.desk.rows("select outcome from attempt") == [("stopped",)]
    assert room.audited()[-1] == (TEACHER, "check.stopped", room.desk.ids[-1])


def test_a_check_that_has_ended_takes_no_command(room: Room) -> None:
    """Stopped by one console, and then by another."""
    held = room.hold()
    assert room.tell(Order.STOP, held) == DONE
    assert room.tell(Order.STOP, held) == refused(Why.ENDED)


ACTS = st.sampled_from([*Order, "press", "wait", "chord", "away"])


@given(st.lists(ACTS, min_size=1, max_size=6))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_from_the_room_no_question_comes_without_a_press(
    tmp_path_factory: pytest.TempPathFactory, acts: list[Order | str]
) -> None:
    """Between a hold and the next question there is always a press of "Carry on" on this PC, or no console at all."""
    with contextlib.ExitStack() as ended:

        def bench(**wanted: object) -> Bench:
            made = Bench(open_home(Path(tmp_path_factory.mktemp("home"))), **wanted)  # type: ignore[arg-type]
            ended.callback(made.close)
            return made

        room = Room(bench)
        ended.callback(room.db.close)
        room.hold()
        pressed = False
        for act in acts:
            pressed = _do(room, act) or pressed
            assert pressed or room.desk.every(Released) == []
        assert pressed or len(room.desk.every(Shown)) == 2, "one of the practice, and question 1"


def _do(room: Room, act: Order | str) -> bool:
    """Do one thing; True if it was the press."""
    match act:
        case Order():
            room.tell(act)
        case "press" if words.READY in room.desk.sight.texts:
            room.desk.point(Button.RESUME)
            return True
        case "chord":
            held_chord(room.desk)
        case "away":
            room.desk.focus_away(1_500)
        case _:
            room.desk.pass_ms(20_000)
    return False


def test_noted_in_the_journal(room: Room) -> None:
    """Who looks at the journal later sees that the console let the pupil carry on."""
    room.hold()
    room.tell(Order.CARRY_ON)
    assert ("room", "carry on offered") in [(note.what, note.detail) for note in room.desk.every(Noted)]
