"""The room: everybody once, as ``status`` says; who needs a person, what happened and what may be done. No score."""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from mtc_kiosk.check.events import Cause, Noted
from mtc_kiosk.check.facts import Held, Outcome, Voided
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import room as rooms
from mtc_kiosk.office import room_words, status
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.room import Place, Room, Tile, needs_you, room_now
from mtc_kiosk.school.kiosk_command import OFFERED_FOR, Order
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.school.status import Bucket
from mtc_kiosk.store.db.opened import Memory
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from tests.office.as_staff import open_as
from tests.store.a_school import ASchool

TEACHER = staff_of("t.teacher", Role.TEACHER)


class Classroom:
    """A school whose pupils take the check at PC1 and PC2, and a console that watches."""

    def __init__(self, home: Home, school: ASchool) -> None:
        self.home, self.school = home, school
        self.memory: Memory = {}

    @contextlib.contextmanager
    def console(self, staff: Staff = TEACHER) -> Iterator[OpenHome]:
        """The home as the console has it open, with what it remembers."""
        with open_as(self.home.root, staff, self.school.now.isoformat()) as office:
            office.db.remembers = self.memory
            yield office

    def room(self, staff: Staff = TEACHER, *, whole: bool = False) -> Room:
        """The room now."""
        with self.console(staff) as office:
            return room_now(office, whole=whole)

    def tile(self, pupil_id: int) -> Tile:
        """One pupil's tile."""
        return next(tile for tile in self.room(whole=True).tiles if tile.pupil_id == pupil_id)


@pytest.fixture
def classroom(home: Home) -> Iterator[Classroom]:
    """Three pupils; the kiosks PC1 and PC2 run."""
    with contextlib.closing(ASchool(home.database)) as school, kiosk_lock(home, "PC1"), kiosk_lock(home, "PC2"):
        yield Classroom(home, school)


def test_without_a_session_nobody_is_in_the_room(classroom: Classroom) -> None:
    """The whole register is there when asked for."""
    assert (classroom.room().tiles, classroom.room().heading) == ((), "No pupil is taking it now")
    assert [tile.words for tile in classroom.room(whole=True).tiles] == ["No PIN yet"] * 3


def test_each_pupil_from_the_slip_to_the_end(classroom: Classroom) -> None:
    """Not started, signed in, practising, question n, finished."""
    school = classroom.school
    pin = school.start([1, 2, 3]).pins[0]
    assert (classroom.tile(1).place, classroom.tile(1).words) == (Place.WAITING, "Has a PIN")
    assert classroom.room().heading == "No pupil has started yet"
    attempt = school.sign_in(pin)
    assert (classroom.tile(1).place, classroom.tile(1).words) == (Place.GOING, "Signed in")
    school.practise(attempt)
    assert classroom.tile(1).words == "Practice 1 of 1"
    school.begin(attempt)
    tile = classroom.tile(1)
    assert (tile.words, tile.number, tile.answered, tile.kiosk) == ("Question 1 of 4", 1, 0, "PC1")
    assert classroom.room().heading == "All is well: 1 is taking it"
    school.finish(attempt)
    tile = classroom.tile(1)
    assert (tile.place, tile.words[:8]) == (Place.FINISHED, "Finished")
    assert classroom.room().heading == "Two have not started yet"


def test_a_held_check_needs_a_person_at_once(classroom: Classroom) -> None:
    """With what happened, what it costs, and what may be done now."""
    school = classroom.school
    attempt = school.sign_in(school.start([1, 2]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    room = classroom.room()
    (need,) = room.needs
    assert room.heading == "One pupil needs you"
    assert (need.happened, need.where, need.allowed) == (
        "A teacher asked for it.",
        "PC1, question 1",
        (Order.CARRY_ON, Order.SET_ASIDE, Order.STOP),
    )
    assert (need.check is not None and need.check.attempt_id, need.tile.words) == (attempt, "Held at 1")
    with classroom.console() as office:
        assert needs_you(office) == 1


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_has_words(cause: Cause) -> None:
    """Two sentences at most, and no name of the program."""
    happened, do = room_words.HAPPENED[cause]
    assert happened.endswith(".")
    assert str(cause) not in {happened, do}


@pytest.mark.parametrize(
    ("factor", "says"), [(7, "is replaced, so no mark is lost"), (None, "it counts without an answer")]
)
def test_a_void_question_says_what_it_costs(classroom: Classroom, factor: int | None, says: str) -> None:
    """Replaced by a spare, or forfeited."""
    school = classroom.school
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    school._write(attempt, Voided(5, 1, 1, Cause.KEYBOARD, 1, None, factor, factor))
    school._write(attempt, Held(6, Cause.KEYBOARD, only_stop=False))
    (need,) = classroom.room().needs
    assert (need.happened, need.do) == ("The keyboard came out.", "Plug it in.")
    assert says in need.costs


def test_after_the_fourth_fault_only_stop_and_why(classroom: Classroom) -> None:
    """Carry on is not offered."""
    school = classroom.school
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    school._write(attempt, Held(6, Cause.STALL, only_stop=True))
    (need,) = classroom.room().needs
    assert (need.do, need.allowed) == (room_words.ONLY_STOP, (Order.STOP,))


def test_an_offer_is_shown_for_its_minute(classroom: Classroom) -> None:
    """Then the card asks again."""
    school = classroom.school
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    school._write(attempt, Noted(7, "room", "carry on offered"))
    assert classroom.room().needs[0].is_offered
    assert "press Carry on at PC1" in classroom.room().needs[0].do
    school.now += OFFERED_FOR + timedelta(seconds=1)
    assert not classroom.room().needs[0].is_offered


def test_a_check_whose_kiosk_stopped_says_to_start_it(home: Home) -> None:
    """No command could reach it."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.begin(school.sign_in(school.start([1]).pins[0]))
        (need,) = Classroom(home, school).room().needs
    assert (need.happened, need.allowed) == ("The kiosk is not running.", ())


def test_who_tries_it_out_is_in_the_room_too(classroom: Classroom) -> None:
    """Their status is that of the attempt; it says nothing about the official check."""
    school = classroom.school
    attempt = school.sign_in(school.start([1, 2], Kind.TRY).pins[0])
    assert [tile.place for tile in classroom.room().tiles] == [Place.GOING, Place.WAITING]
    school.hold(attempt)
    assert classroom.room().needs[0].allowed[0] is Order.CARRY_ON
    school.release(attempt)
    school.finish(attempt)
    assert classroom.tile(1).words.startswith("Tried it out")


def test_a_pupil_who_signed_in_long_ago_and_has_not_begun(classroom: Classroom) -> None:
    """The PIN may be shown, or taken back."""
    school = classroom.school
    school.sign_in(school.start([1]).pins[0])
    school.later(minutes=31)
    (need,) = classroom.room().needs
    assert (need.happened, need.may_show_pin, need.since) == ("The check has not begun.", True, "for 31 minutes")


def test_a_pin_that_ends_is_none_although_nothing_was_written(classroom: Classroom) -> None:
    """Time alone changes it, for a program that remembers, too."""
    classroom.school.start([1])
    assert classroom.tile(1).words == "Has a PIN"
    classroom.school.later(hours=5)
    assert classroom.tile(1).words == "Has a PIN"
    classroom.school.later(hours=2)
    assert classroom.tile(1).words == "No PIN yet"


def test_teachers_see_their_groups_and_covers_their_session(classroom: Classroom) -> None:
    """Pupils 1 and 2 are in 4A, pupil 3 in 4B."""
    school = classroom.school
    first, second = school.start([1, 3]).session.id, school.start([2]).session.id
    of_4b = replace(TEACHER, groups=frozenset({"4B"}))
    assert [tile.pupil_id for tile in classroom.room(of_4b).tiles] == [3]
    cover = staff_of("c.cover", Role.COVER)
    for session, seen in ((first, [1, 3]), (second, [2])):
        room = classroom.room(replace(cover, session_id=session), whole=True)
        assert [tile.pupil_id for tile in room.tiles] == seen
        assert [one.id for one in room.sessions] == [session]


def test_the_order_by_kiosk_reads_numbers_as_numbers(classroom: Classroom) -> None:
    """PC-9 before PC-10, those without a PC last."""
    tiles = tuple(
        replace(tile, kiosk=kiosk)
        for tile, kiosk in zip(classroom.room(whole=True).tiles, ("PC-10", "", "PC-9"), strict=True)
    )
    room = replace(classroom.room(), tiles=tiles)
    assert [tile.kiosk for tile in room.by_kiosk()] == ["PC-9", "PC-10", ""]


def test_no_field_of_the_room_holds_a_score() -> None:
    """Answered is how many, not how many were right."""
    names = {field.name for kind in (rooms.Room, rooms.Tile, rooms.Need) for field in fields(kind)}
    assert not {name for name in names if "score" in name or "mark" in name or "right" in name}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_room_remembers_nothing_wrong(classroom: Classroom, seed: int) -> None:
    """After every step: the same as read anew, the counts sum to the pupils, and ``status`` says the same."""
    chance, school = random.Random(seed), classroom.school
    school.start([1, 2, 3])
    going: dict[str, int] = {}
    for _ in range(14):
        _anything(chance, school, going)
        kept, anew = classroom.room(whole=True), _anew(classroom)
        assert kept == anew
        assert sum(kept.counts.values()) == len(kept.tiles) == 3
        assert kept.counts[Place.NEEDS] == len(kept.needs)
        with classroom.console() as office:
            told = status.of_register(office)
        assert kept.counts[Place.NEEDS] == told.counts[Bucket.ACTION]
        assert kept.counts[Place.WAITING] == told.counts[Bucket.NOT_STARTED]


def _anew(classroom: Classroom) -> Room:
    return Classroom(classroom.home, classroom.school).room(whole=True)


def _anything(chance: random.Random, school: ASchool, going: dict[str, int]) -> None:
    """One thing of a morning."""
    act = chance.choice(["sign in", "begin", "hold", "release", "finish", "reason", "unreason", "restart", "later"])
    attempt = chance.choice(sorted(going)) if going else None
    pupil_id = chance.choice([1, 2, 3])
    match act:
        case "sign in":
            with contextlib.suppress(Exception):  # not everybody may have a PIN now
                (pin,) = school.start([pupil_id]).pins
                going[school.sign_in(pin, kiosk=chance.choice(["PC1", "PC2"]))] = pupil_id
        case "reason" | "unreason" | "restart":
            with contextlib.suppress(Exception):
                getattr(school, act)(pupil_id)
        case "later":
            school.later(minutes=chance.choice([1, 20]))
        case "finish" if attempt is not None:
            with contextlib.suppress(Exception):
                school.finish(attempt, chance.choice([Outcome.COMPLETE, Outcome.STOPPED]))
            going.pop(attempt)
        case _ if attempt is not None:
            with contextlib.suppress(Exception):
                getattr(school, act)(attempt)


def test_how_long_is_said_without_seconds() -> None:
    """A teacher in a hurry reads minutes."""
    said = [room_words.for_how_long(timedelta(**by).total_seconds()) for by in ({"seconds": 59}, {"minutes": 1})]
    assert said == ["for less than a minute", "for 1 minute"]
    assert room_words.for_how_long(timedelta(hours=3).total_seconds()) == "for 3 hours"
