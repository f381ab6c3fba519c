"""Beats of kiosks at their desk: who runs, what is written how often, and commands that go out and come back."""

import contextlib
import itertools
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.office import beats, kiosks, packs
from mtc_kiosk.office.kiosk_words import waiting_sentence
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.kiosk_command import LASTS, CheckNow, CommandAnswer, Why
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.classroom.seen import PRESENT_FOR, present_kiosks
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.school import kiosk_commands
from mtc_kiosk.sync.wire import MOST_ATTEMPTS, Answered
from tests.office.away_kiosk import AwayKiosk
from tests.office.desk import Desk
from tests.store.a_school import ASchool


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


@pytest.fixture
def office(desk: Desk) -> Iterator[OpenHome]:
    """The desk's home, as its console has it open."""
    with desk.console() as office:
        yield office


def check_of(kiosk: AwayKiosk, attempt: str) -> CheckNow:
    """An attempt as a command names it."""
    told = kiosk.attempts[attempt]
    return CheckNow(attempt, told.run, told.hold_seq)


def test_a_kiosk_runs_from_its_first_beat_until_six_seconds_after_the_last(desk: Desk, office: OpenHome) -> None:
    """To the millisecond, by the desk's own clock only."""
    kiosk = desk.kiosk()
    assert present_kiosks(office.db, desk.clock.now) == frozenset()
    kiosk.beat(office, at="2001-01-01T00:00:00.000Z")
    assert present_kiosks(office.db, desk.clock.now) == {"PC7"}
    desk.clock.later(PRESENT_FOR.total_seconds() - 0.001)
    assert present_kiosks(office.db, desk.clock.now) == {"PC7"}
    desk.clock.later(0.001)
    assert present_kiosks(office.db, desk.clock.now) == frozenset()


def test_a_beat_from_a_future_that_the_clock_has_left_counts_for_nothing(desk: Desk, office: OpenHome) -> None:
    """Or else a clock that is put back an hour would show dead kiosks as running for an hour."""
    desk.kiosk().beat(office)
    assert present_kiosks(office.db, desk.clock.now - timedelta(hours=1)) == frozenset()


def test_a_kiosk_that_was_removed_runs_no_more(desk: Desk, office: OpenHome) -> None:
    """From that moment on."""
    kiosk = desk.kiosk()
    kiosk.beat(office)
    end(office, kiosk)
    assert present_kiosks(office.db, desk.clock.now) == frozenset()


def end(office: OpenHome, kiosk: AwayKiosk) -> None:
    """A head removes a kiosk."""
    query = "update kiosk set ended_at = ?, ended_by = 'cli', why_ended = 'revoked' where id = ?"
    with change(office.db):
        office.db.execute(query, (written(kiosk.clock.now), kiosk.id))


def test_kiosks_here_and_elsewhere_run_alike(desk: Desk, office: OpenHome) -> None:
    """Staff work with both."""
    desk.kiosk().beat(office)
    with kiosk_lock(desk.home, "PC1"):
        assert office.context().running == {"PC1", "PC7"}


def test_all_kiosks_share_one_transaction_a_second(desk: Desk, office: OpenHome) -> None:
    """Thirty kiosks beat for ten seconds: ten transactions, and the last word of each is written."""
    kiosks = [desk.kiosk(f"PC{number}") for number in range(1, 31)]
    begun = itertools.count()
    office.db.conn.set_trace_callback(lambda text: next(begun) if text.casefold() == "begin immediate" else None)
    for second in range(10):
        for kiosk in kiosks:
            kiosk.beat(office, waiting=second)
        desk.clock.later(1)
    office.db.conn.set_trace_callback(None)
    kiosks[0].beat(office, waiting=10)
    assert next(begun) == 11  # with the one that begins the epoch
    rows = office.db.execute("select waiting, count(*) from kiosk_seen group by waiting order by waiting").fetchall()
    assert rows == [(9, 29), (10, 1)]


def test_a_full_disk_or_a_long_lock_does_not_lose_the_last_word(desk: Desk, office: OpenHome) -> None:
    """What could not be written is written with the next beat that may be."""
    kiosk, other = desk.kiosk(), desk.kiosk("PC8")
    kiosk.beat(office, waiting=1)
    desk.clock.later(1)
    office.db.execute("pragma query_only = on")
    with pytest.raises(Exception, match="readonly"):
        kiosk.beat(office, waiting=2)
    office.db.execute("pragma query_only = off")
    desk.clock.later(1)
    other.beat(office)
    assert office.db.execute("select waiting from kiosk_seen where kiosk_id = ?", (kiosk.id,)).fetchone() == (2,)


def test_no_beat_waits_while_another_writes(desk: Desk, office: OpenHome) -> None:
    """A disk that is slow for a moment would else hold up every thread of the desk, and with them pupils' sign-ins."""
    writing, meanwhile = desk.kiosk(), desk.kiosk("PC8")
    writing.beat(office, waiting=1)
    meanwhile.beat(office, waiting=1)
    desk.clock.later(1)
    with desk.console() as beside, change(desk.school.db):
        waits = threading.Thread(target=writing.beat, args=(office,), kwargs={"waiting": 2})
        waits.start()
        while not beats_of(office).is_writing:
            time.sleep(0.001)
        meanwhile.beat(beside, waiting=2)
        assert waits.is_alive()
    waits.join()
    assert not beats_of(office).is_writing
    desk.clock.later(1)
    writing.beat(office, waiting=3)
    rows = office.db.execute("select waiting from kiosk_seen order by kiosk_id").fetchall()
    assert rows == [(3,), (2,)]


def beats_of(office: OpenHome) -> beats._Desk:
    """What the desk keeps of beats."""
    assert office.db.remembers is not None
    found: beats._Desk = office.db.remembers["beats"]["desk"]
    return found


def test_with_more_kiosks_each_beats_less_often() -> None:
    """A second where there are few, 1.7 with a hundred and twenty, and presence outlasts two beats that are lost."""
    waits = [beats.next_ms(count) for count in (0, 1, 30, 60, 90, 120, 1000)]
    assert waits == [1000, 1000, 1000, 1000, 1350, 1700, 1700]
    assert timedelta(milliseconds=2 * beats.LONGEST_MS) + timedelta(seconds=beats.WRITES_EVERY_S) < PRESENT_FOR


def test_a_command_goes_out_with_its_age_until_it_is_answered(desk: Desk, office: OpenHome) -> None:
    """Once for each beat; the answer is written and audited under the account that gave it."""
    kiosk = desk.kiosk()
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    command = desk.command(kiosk, check_of(kiosk, attempt))
    desk.clock.later(1.5)
    (sent,) = kiosk.beat(office).commands
    assert (sent.id, sent.attempt, sent.run, sent.hold_seq, sent.order) == (command, attempt, 1, 0, "hold")
    assert sent.age_ms == 1500
    assert [one.id for one in kiosk.beat(office).commands] == [command]
    assert kiosk.beat(office, Answered(command=command, answer="done", why=None)).commands == ()
    given = kiosk_commands.given(office.db, command)
    assert given is not None
    assert given.answer is CommandAnswer.DONE
    rows = office.db.execute("select account, action, subject from audit where action like 'check.%'").fetchall()
    assert rows == [("t.teacher", "check.held", attempt)]
    kiosk.beat(office, Answered(command=command, answer="refused", why="changed"))  # a repeated beat changes nothing
    assert kiosk_commands.given(office.db, command) == given


def test_a_command_older_than_ten_seconds_is_not_sent(desk: Desk, office: OpenHome) -> None:
    """Half open, by the desk's clock; set back, it is not sent either."""
    kiosk = desk.kiosk()
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    desk.command(kiosk, check_of(kiosk, attempt))
    desk.clock.later(LASTS.total_seconds() - 0.001)
    assert len(kiosk.beat(office).commands) == 1
    desk.clock.later(0.001)
    assert kiosk.beat(office).commands == ()
    desk.clock.later(-3600)
    assert kiosk.beat(office).commands == ()


def test_no_command_survives_a_kiosk_s_restart(desk: Desk, office: OpenHome) -> None:
    """Its first beat ends what was given before, and only its own."""
    kiosk, other = desk.kiosk(), desk.kiosk("PC8")
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    mine, theirs = (desk.command(one, check_of(kiosk, attempt)) for one in (kiosk, other))
    assert kiosk.beat(office, started=True).commands == ()
    given = kiosk_commands.given(office.db, mine)
    assert given is not None
    assert (given.answer, given.why) == (CommandAnswer.EXPIRED, Why.RESTARTED)
    assert [one.id for one in other.beat(office).commands] == [theirs]


def test_a_kiosk_answers_only_its_own_commands(desk: Desk, office: OpenHome) -> None:
    """And neither sees another's."""
    kiosk, other = desk.kiosk(), desk.kiosk("PC8")
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    command = desk.command(kiosk, check_of(kiosk, attempt))
    assert other.beat(office, Answered(command=command, answer="done", why=None)).commands == ()
    given = kiosk_commands.given(office.db, command)
    assert given is not None
    assert given.answer is None
    other.beat(office, Answered(command=999, answer="done", why=None))


def test_an_attempt_is_known_by_its_pin_and_by_nothing_else(desk: Desk, office: OpenHome) -> None:
    """Another pupil's number in a message changes nothing; an unknown PIN is nobody's here."""
    kiosk, pin = desk.kiosk(), desk.school.start([1]).pins[0]
    known = kiosk.sign_in(pin, pupil=2, session=77)
    unknown = kiosk.sign_in(pin, check_code="00000000-0000-4000-8000-000000000000")
    kiosk.beat(office)
    found = {one.id: (one.pupil_id, one.session_id) for one in away.unfinished(office.db)}
    assert found == {known: (1, pin.session_id), unknown: (None, None)}


def test_a_check_that_began_elsewhere_has_used_its_pin(desk: Desk, office: OpenHome) -> None:
    """Practice does not use it."""
    kiosk, pin = desk.kiosk(), desk.school.start([1]).pins[0]
    attempt = kiosk.sign_in(pin, practised=True, number=1, practice=True)
    used = "select used_at from pin where check_code = ?"
    kiosk.beat(office)
    assert office.db.execute(used, (pin.check_code,)).fetchone() == (None,)
    desk.clock.later(1)
    kiosk.begin(attempt)
    kiosk.beat(office)
    assert office.db.execute(used, (pin.check_code,)).fetchone() == (written(desk.school.now),)


def test_another_kiosk_cannot_tell_of_an_attempt_that_is_not_its_own(desk: Desk, office: OpenHome) -> None:
    """Unless the one that had it is enrolled no more: a PC that was enrolled again goes on with its checks."""
    kiosk, other = desk.kiosk(), desk.kiosk("PC8")
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.beat(office)
    other.attempts = dict(kiosk.attempts)
    other.finish(attempt, "stopped")
    desk.clock.later(1)
    other.beat(office)
    assert [(one.kiosk, one.outcome) for one in away.unfinished(office.db)] == [("PC7", None)]
    end(office, kiosk)
    desk.clock.later(1)
    other.tell(attempt, answered=1)
    other.beat(office)
    assert away.unfinished(office.db) == ()


def test_a_kiosk_that_runs_without_an_attempt_has_lost_it(desk: Desk, office: OpenHome) -> None:
    """A PC that was reset; should it have the attempt after all, it is as before. A full list leaves others open."""
    kiosk, pins = desk.kiosk(), desk.school.start([1, 2]).pins
    attempt = kiosk.sign_in(pins[0])
    kiosk.beat(office)
    told = kiosk.attempts.pop(attempt)
    for _ in range(MOST_ATTEMPTS):
        kiosk.finish(kiosk.sign_in(pins[1]))
    gone = []
    for attempts in (kiosk.attempts, {}, {attempt: told}):
        kiosk.attempts = dict(attempts)
        desk.clock.later(1)
        kiosk.beat(office)
        gone += [one.is_gone for one in away.unfinished(office.db)]
    assert gone == [False, True, False]


def test_a_restart_ends_the_attempt_that_it_replaces_and_the_kiosk_hears_of_it(desk: Desk, office: OpenHome) -> None:
    """Whatever the kiosk says then; one that has ended there keeps its own end."""
    kiosk = desk.kiosk()
    attempt = kiosk.sign_in(desk.school.start([1]).pins[0])
    kiosk.begin(attempt)
    kiosk.hold(attempt)
    assert kiosk.beat(office).replaced == ()
    query = "insert into restart (pupil_id, at, by, code, origin_attempt, by_head) values (1, ?, 'cli', 'ITI', ?, 1)"
    with change(office.db):
        office.db.execute(query, (written(desk.clock.now), attempt))
    desk.clock.later(1)
    kiosk.tell(attempt, answered=3)
    assert kiosk.beat(office).replaced == (attempt,)
    assert [one.outcome for one in away.every_of_pupil(office.db, 1)] == [Outcome.SUPERSEDED]
    kiosk.finish(attempt)
    desk.clock.later(1)
    assert kiosk.beat(office).replaced == ()
    assert [one.outcome for one in away.every_of_pupil(office.db, 1)] == [Outcome.COMPLETE]


def test_one_kiosk_s_odd_message_stops_no_other(desk: Desk, office: OpenHome) -> None:
    """An end without an outcome, an outcome without an end, a cause that this version does not know."""
    odd, other, pins = desk.kiosk(), desk.kiosk("PC8"), desk.school.start([1, 2, 3]).pins
    odd.sign_in(pins[0], finished_at="2027-01-01T00:00:00.000Z")
    odd.sign_in(pins[1], outcome="complete")
    odd.hold(odd.sign_in(pins[2]), cause="flood")
    odd.beat(office)
    desk.clock.later(1)
    other.beat(office)
    assert present_kiosks(office.db, desk.clock.now) == {"PC7", "PC8"}
    causes = [one.held.cause for one in away.unfinished(office.db) if one.held is not None]
    assert (len(away.unfinished(office.db)), causes) == (2, ["unknown"])


@pytest.mark.parametrize("at", [None, "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
@pytest.mark.parametrize("odd", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])
def test_times_that_no_calendar_reaches_break_no_page(desk: Desk, office: OpenHome, at: str | None, odd: str) -> None:
    """A kiosk with such a clock, or one that pretends to: they count as the time of its word."""
    kiosk, pins = desk.kiosk(), desk.school.start([1, 2, 3]).pins
    kiosk.sign_in(pins[0], started_at=odd, begun_at=odd)
    kiosk.hold(kiosk.sign_in(pins[1], started_at=odd), since=odd, offered_at=odd)
    kiosk.sign_in(pins[2], started_at=odd, begun_at=odd, finished_at=odd, outcome="complete")
    kiosk.beat(office, waiting=2, waiting_since=odd, **({"at": at} if at is not None else {}))
    zone, now = office.timetable.zone, office.now
    (listed,) = kiosks.listed(office, desk.clock).in_use
    assert listed.kiosk.said is not None
    assert listed.kiosk.said.waiting_since is not None
    assert abs(listed.kiosk.said.waiting_since - now) < timedelta(hours=1)
    assert str(now.year) in waiting_sentence(listed, zone)
    assert {abs(one.started_at - now) < timedelta(hours=1) for one in away.unfinished(office.db)} == {True}
    assert [tile.is_held for tile in desk.room().tiles if tile.is_held] == [True]


def test_the_desk_s_epoch_is_one_for_all_and_stays(desk: Desk, office: OpenHome) -> None:
    """Kiosks offer everything again where it is another."""
    kiosks = [desk.kiosk(), desk.kiosk("PC8")]
    assert len({kiosk.beat(office).epoch for kiosk in kiosks * 2}) == 1


def test_without_a_memory_every_beat_is_written(desk: Desk) -> None:
    """A program that runs once, such as a command."""
    kiosk = desk.kiosk()
    with desk.console() as office:
        office.db.remembers = None
        kiosk.beat(office, waiting=1)
        kiosk.beat(office, waiting=2)
        assert office.db.execute("select waiting from kiosk_seen").fetchall() == [(2,)]


def test_a_beat_says_which_pack_to_have_and_which_pins_are_spent(desk: Desk, office: OpenHome) -> None:
    """The list of PINs only if the kiosk does not have it; neither without a session."""
    kiosk = desk.kiosk()
    without = kiosk.beat(office)
    assert (without.pack, without.spent) == (None, None)
    (pin,) = desk.school.start([1]).pins
    pack = packs.settled(office)
    assert pack is not None
    first = kiosk.beat(office)
    assert first.pack == pack.version
    assert first.spent is not None
    assert first.spent.codes == {}
    assert kiosk.beat(office, spent=first.spent.version).spent is None
    desk.school.reason(1)
    again = kiosk.beat(office, spent=first.spent.version)
    assert again.spent is not None
    assert again.spent.codes == {pin.check_code: ("not_taking", "")}
