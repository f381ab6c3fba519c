"""Checks at enrolled kiosks, at their desk: in the room, in every status and list, and under the console's commands.

They follow the rules of checks at this PC, until their record is here; then the record is what counts.
"""

import contextlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import held_checks, kiosk_commands, restarts, room_words, status
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupil_story import story
from mtc_kiosk.office.room import Place, needs_you
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.kiosk_command import Order, Why
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.status import Bucket, Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.office.away_kiosk import AwayKiosk
from tests.office.desk import HEAD, Desk
from tests.store.a_school import ASchool


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk with three pupils."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


@pytest.fixture
def kiosk(desk: Desk) -> AwayKiosk:
    """Its kiosk PC7."""
    return desk.kiosk()


def facts_of(desk: Desk, pupil_id: int = 1) -> PupilHistory:
    """What the desk knows of a pupil."""
    with desk.console() as office:
        return load_facts(office.db, office.context().running, [pupil_id])[pupil_id]


def test_each_pupil_from_the_slip_to_the_record(desk: Desk, kiosk: AwayKiosk) -> None:
    """Signed in, practising, question n, finishing, finished: as at a kiosk of this PC."""
    pin = desk.school.start([1, 2, 3]).pins[0]
    attempt = kiosk.sign_in(pin)
    desk.beat(kiosk)
    assert (desk.tile(1).place, desk.tile(1).words, desk.tile(1).kiosk) == (Place.GOING, "Signed in", "PC7")
    kiosk.tell(attempt, practised=True, practice=True, number=2)
    desk.beat(kiosk)
    assert desk.tile(1).words == "Practice 2 of 3"
    kiosk.begin(attempt, number=4)
    kiosk.tell(attempt, practice=False, answered=3)
    desk.beat(kiosk)
    tile = desk.tile(1)
    assert (tile.words, tile.number, tile.answered) == ("Question 4 of 25", 4, 3)
    assert desk.room().heading == "All is well: 1 is taking it"
    kiosk.finish(attempt)
    desk.beat(kiosk)
    assert (desk.tile(1).place, desk.tile(1).words) == (Place.GOING, "Finishing")
    assert desk.room() == desk.room(anew=True)


def test_who_tries_it_out_at_a_kiosk_is_in_the_room_too(desk: Desk, kiosk: AwayKiosk) -> None:
    """It says nothing about the official check."""
    attempt = kiosk.sign_in(desk.school.start([1], Kind.TRY).pins[0])
    desk.beat(kiosk)
    assert desk.tile(1).place is Place.GOING
    kiosk.finish(attempt)
    desk.beat(kiosk)
    assert desk.tile(1).words.startswith("Tried it out")
    assert facts_of(desk).takings == ()


def test_a_held_check_needs_a_person_with_what_happened_and_what_it_costs(desk: Desk, kiosk: AwayKiosk) -> None:
    """And the same things may be done from the console."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt, number=12)
    kiosk.hold(attempt, cause="keyboard", void=(12, True))
    desk.beat(kiosk)
    need = desk.need()
    assert (need.happened, need.do, need.where) == ("The keyboard came out.", "Plug it in.", "PC7, question 12")
    assert need.costs == "Question 12 is replaced, so no mark is lost."
    assert need.allowed == (Order.CARRY_ON, Order.SET_ASIDE, Order.STOP)
    kiosk.tell(attempt, is_set_aside=True)
    desk.beat(kiosk)
    assert (desk.need().happened, desk.need().allowed) == (
        "The check was set aside.",
        (Order.CARRY_ON, Order.STOP),
    )
    kiosk.hold(attempt, cause="stall", only_stop=True)
    desk.beat(kiosk)
    assert desk.need().allowed == (Order.STOP,)
    with desk.console() as office:
        assert needs_you(office) == 1


def test_an_offer_to_carry_on_is_shown_for_its_minute(desk: Desk, kiosk: AwayKiosk) -> None:
    """As at a kiosk of this PC."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    kiosk.hold(attempt, offered_at="2027-06-07T09:00:00.000Z")
    desk.beat(kiosk)
    assert desk.need().is_offered
    desk.school.later(seconds=61)
    assert not desk.need().is_offered


def test_a_check_at_a_kiosk_that_went_away_is_held_since_its_last_word(desk: Desk, kiosk: AwayKiosk) -> None:
    """In words of its own: the check may be going on there. Once the kiosk is back, all is as before."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    desk.beat(kiosk)
    desk.beat(kiosk, ago=10)
    need = desk.need()
    assert ((need.happened, need.do), need.allowed) == (room_words.NOT_HEARD, ())
    (taking,) = facts_of(desk).takings
    assert taking.held_since is not None
    assert timedelta(seconds=10) <= desk.clock.now - taking.held_since < timedelta(seconds=12)
    with desk.console() as office:
        (waiting,) = held_checks.waiting(office)
        assert (waiting.check.is_away, waiting.check.kiosk_runs, waiting.is_here) == (True, False, False)
        with pytest.raises(OfficeRefused, match="does not hear from the kiosk PC7"):
            kiosk_commands.give(office, need.check or pytest.fail("no check"), Order.HOLD, desk.clock)
    assert desk.room() == desk.room(anew=True)
    desk.beat(kiosk)
    assert desk.tile(1).place is Place.GOING


def test_a_check_that_its_kiosk_has_lost_is_told(desk: Desk, kiosk: AwayKiosk) -> None:
    """A PC that was reset runs, and no command could help."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    desk.beat(kiosk)
    kiosk.attempts.clear()
    desk.beat(kiosk)
    assert ((desk.need().happened, desk.need().do), desk.need().allowed) == (room_words.LOST, ())
    with desk.console() as office:
        assert kiosk_commands.hold_all(office, desk.clock).ids == ()


def test_a_practice_that_its_kiosk_has_lost_needs_no_restart(desk: Desk, kiosk: AwayKiosk) -> None:
    """The PIN is unused: the card says so."""
    kiosk.sign_in(desk.school.start([1]).pins[0])
    desk.beat(kiosk)
    kiosk.attempts.clear()
    desk.beat(kiosk)
    assert (desk.need().happened, desk.need().do) == room_words.LOST_BEFORE


@pytest.mark.parametrize("here", [True, False])
def test_a_practice_left_at_a_kiosk_is_over_once_the_pupil_signs_in_anew(
    desk: Desk, kiosk: AwayKiosk, *, here: bool
) -> None:
    """At another kiosk or at this PC; the kiosk hears of it, and nothing of it stays in the room."""
    pin, other = desk.school.start([1]).pins[0], desk.kiosk("PC8")
    left = kiosk.sign_in(pin)
    desk.beat(kiosk, ago=10)
    desk.school.later(minutes=1)
    with kiosk_lock(desk.home, "PC1"):
        if here:
            desk.school.begin(desk.school.sign_in(pin))
        else:
            other.begin(other.sign_in(pin))
            desk.beat(other)
        for answered in (0, 1):
            kiosk.tell(left, answered=answered)
            desk.beat(kiosk, other)
            assert (desk.tile(1).place, desk.tile(1).kiosk) == (Place.GOING, "PC1" if here else "PC8")
            assert desk.room() == desk.room(anew=True)
            with desk.console() as office:
                assert kiosk.beat(office).replaced == (left,)
                assert held_checks.waiting(office) == ()
        kiosk.begin(left)
        desk.beat(kiosk, other)
        assert desk.room().needs[0].is_conflict  # it began there all the same: both are kept, and a head decides


def test_the_record_is_what_counts_once_it_is_here(desk: Desk, kiosk: AwayKiosk) -> None:
    """Whatever the kiosk tells of the attempt then, or told last."""
    pin = desk.school.start([1]).pins[0]
    attempt = desk.school.take(pin, kiosk="PC7")
    desk.remove(attempt)
    kiosk.begin(kiosk.sign_in(pin, id=attempt))
    for _ in range(2):
        desk.beat(kiosk)
        (taking,) = facts_of(desk).takings
        assert (taking.delivered, taking.outcome) == (True, "complete")
        assert (desk.tile(1).place, desk.tile(1).check) == (Place.FINISHED, None)
        assert desk.room().needs == ()
        with desk.console() as office:
            assert held_checks.waiting(office) == ()
            assert kiosk_commands.hold_all(office).ids == ()
            said = [line.sentence for line in story(office, 1).happened if "PC7" in line.sentence]
        assert said.count("A check came in from PC7. It was finished.") == 1
        assert not [each for each in said if each.startswith("On PC7")]
        kiosk.finish(attempt, "stopped")


def test_the_story_tells_what_the_kiosk_told(desk: Desk, kiosk: AwayKiosk) -> None:
    """Before the record is here: it has not come in, and it is not said to have."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    kiosk.hold(attempt, cause="keyboard")
    desk.beat(kiosk)

    def told() -> list[str]:
        with desk.console() as office:
            return [line.sentence for line in story(office, 1).happened if "PC7" in line.sentence]

    assert told()[:2] == ["Signed in on PC7 for the check.", "Began the check on PC7."]
    assert told()[2].startswith("Held on PC7.")
    kiosk.finish(attempt, "stopped")
    desk.beat(kiosk)
    assert told()[2:] == ["On PC7, the check ended before its last question."]


@pytest.mark.parametrize("outcome", ["complete", "stopped", "out_of_time"])
def test_an_ended_check_without_its_record_has_no_score_and_keeps_the_pin_used(
    desk: Desk, kiosk: AwayKiosk, outcome: str
) -> None:
    """The status is that of a check of this PC whose record is not here."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    kiosk.finish(attempt, outcome)
    desk.beat(kiosk)
    with desk.console(HEAD) as office:
        found = {one.pupil.id: one.status.status for one in status.of_register(office).pupils}
    wanted = {"complete": Status.PROCESSING, "stopped": Status.STOPPED, "out_of_time": Status.OUT_OF_TIME}
    assert found[1] is wanted[outcome]
    assert facts_of(desk).pins[0].used_at is not None


def test_a_restart_of_a_check_at_a_kiosk_that_went_away(desk: Desk, kiosk: AwayKiosk) -> None:
    """Is refused while the check runs; afterwards the check is over here, and the kiosk hears of it."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    desk.beat(kiosk)
    with desk.console(HEAD) as office, pytest.raises(Refused, match="is taking the check on PC7 now"):
        restarts.give(office, ById((1,)), "ITI")
    desk.beat(kiosk, ago=10)
    with desk.console(HEAD) as office:
        restarts.give(office, ById((1,)), "ITI")
    assert (desk.tile(1).place, desk.tile(1).is_held, desk.tile(1).check) == (Place.WAITING, False, None)
    with desk.console() as office:
        desk.clock.running_s += 1
        assert kiosk.beat(office).replaced == (attempt,)
        assert held_checks.waiting(office) == ()
    assert (desk.tile(1).place, desk.room()) == (Place.WAITING, desk.room(anew=True))


def test_a_command_names_the_check_as_its_kiosk_told_it(desk: Desk, kiosk: AwayKiosk) -> None:
    """Another run or another hold is refused at once, by the rules of a check of this PC."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    kiosk.hold(attempt, hold_seq=41)
    desk.beat(kiosk)
    check = desk.need().check
    assert check is not None
    with desk.console() as office:
        for other in (replace(check, run=2), replace(check, hold_seq=0)):
            with pytest.raises(OfficeRefused) as refused:
                kiosk_commands.give(office, other, Order.CARRY_ON, desk.clock)
            assert refused.value.problems[0].code == Why.CHANGED
        command = kiosk_commands.give(office, check, Order.CARRY_ON, desk.clock)
        (sent,) = kiosk.beat(office).commands
    assert (sent.id, sent.attempt, sent.run, sent.hold_seq, sent.order) == (command, attempt, 1, 41, "carry_on")


def test_hold_all_reaches_every_running_check_in_one_transaction(desk: Desk) -> None:
    """Here and at every kiosk that is heard from; also a pupil whom this desk does not know, not those held already."""
    school = desk.school
    pins = school.start([1, 2, 3]).pins
    school.begin(school.sign_in(pins[0]))
    kiosks = [desk.kiosk(f"PC{number}") for number in (7, 8, 9, 10)]
    # The pupil of PC8 is at no other kiosk: the room shows one place for each.
    attempts = [kiosk.sign_in(pins[2 if kiosk is kiosks[1] else 1]) for kiosk in kiosks]
    kiosks[2].hold(attempts[2])
    kiosks[3].attempts = {attempts[3]: kiosks[3].attempts[attempts[3]].model_copy(update={"check_code": attempts[3]})}
    desk.beat(kiosks[0], *kiosks[2:])
    desk.beat(kiosks[1], ago=10)
    begun = []
    with kiosk_lock(desk.home, "PC1"), desk.console() as office:
        office.db.conn.set_trace_callback(lambda text: begun.append(text) if text == "begin immediate" else None)
        held = kiosk_commands.hold_all(office, desk.clock)
        office.db.conn.set_trace_callback(None)
        rows = office.db.execute("select kiosk from kiosk_command order by kiosk").fetchall()
    assert (rows, len(held.ids), len(begun)) == ([("PC1",), ("PC10",), ("PC7",)], 3, 1)
    assert held.sentence.startswith("3 checks will be held")
    assert held.sentence.endswith("This desk does not hear from PC8: go there.")


def test_a_kiosk_s_new_name_is_the_one_shown_and_the_one_commands_go_to(desk: Desk, kiosk: AwayKiosk) -> None:
    """From the moment it is renamed."""
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    desk.beat(kiosk)
    desk.school.db.execute("update kiosk set name = 'Hall' where id = ?", (kiosk.id,))
    assert (desk.tile(1).kiosk, desk.tile(1).place) == ("Hall", Place.GOING)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_kiosks_tell_the_room_remembers_nothing_wrong(desk: Desk, seed: int) -> None:
    """After every step: the same as read anew, everybody once, and ``status`` says the same."""
    chance, kiosks = random.Random(seed), [desk.kiosk("PC7"), desk.kiosk("PC8")]
    desk.school.start([1, 2, 3])
    for _ in range(14):
        _anything(chance, desk, chance.choice(kiosks))
        kept, anew = desk.room(), desk.room(anew=True)
        assert kept == anew
        assert sum(kept.counts.values()) == len(kept.tiles) == 3
        with desk.console() as office:
            told = status.of_register(office)
        assert kept.counts[Place.NEEDS] == told.counts[Bucket.ACTION] == len(kept.needs)
        assert kept.counts[Place.WAITING] == told.counts[Bucket.NOT_STARTED]


def _anything(chance: random.Random, desk: Desk, kiosk: AwayKiosk) -> None:
    """One thing of a morning; most of it between two looks of the room."""
    attempt = chance.choice(sorted(kiosk.attempts)) if kiosk.attempts else None
    act = chance.choice(["sign in", "begin", "hold", "finish", "lose", "away", "restart", "later", "whole"])
    pupil_id = chance.choice([1, 2, 3])
    match act:
        case "sign in" | "whole":
            with contextlib.suppress(Exception):  # not everybody may have a PIN now
                new = kiosk.sign_in(desk.school.start([pupil_id]).pins[0])
                if act == "whole":
                    kiosk.begin(new)
                    kiosk.finish(new)
        case "lose":
            kiosk.attempts.clear()
        case "away":
            desk.beat(kiosk, ago=10)
        case "restart":
            desk.school.running = set()
            with contextlib.suppress(Exception):
                desk.school.restart(pupil_id)
        case "later":
            desk.school.later(minutes=chance.choice([1, 20]))
        case _ if attempt is not None and kiosk.attempts[attempt].outcome is None:
            getattr(kiosk, act)(attempt)
    if act != "away":
        desk.beat(kiosk)


def test_many_kiosks_that_went_away_are_said_once(desk: Desk) -> None:
    """The network is the likely cause. Two are named one by one, and a check that is lost is not out of touch."""
    pins = desk.school.start([1, 2, 3]).pins
    kiosks = [desk.kiosk(f"PC{number}") for number in (7, 8, 9)]
    for kiosk, pin in zip(kiosks, pins, strict=True):
        kiosk.begin(kiosk.sign_in(pin))
    desk.beat(*kiosks)
    assert desk.room().away is None
    for kiosk in kiosks:
        assert desk.room().away is None
        desk.beat(kiosk, ago=10)
    room = desk.room()
    assert room.away == (
        "This desk does not hear from 3 PCs",
        "The network may be away. Pupils go on there, and their checks arrive when it is back. Go round once.",
    )
    assert {(tile.words, tile.is_out_of_touch, tile.is_held) for tile in room.tiles} == {
        ("At 1, out of touch", True, True)
    }
    kiosks[0].attempts.clear()
    desk.beat(kiosks[0])
    assert (desk.tile(1).words, desk.tile(1).is_out_of_touch) == ("Lost there", False)
    room = desk.room()
    assert (len(room.out_of_touch), room.unheard, room.away) == (2, "PC8 and PC9", None)
