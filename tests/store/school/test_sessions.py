"""Sessions and their PINs: started, ended and listed, each change whole and audited."""

import concurrent.futures
import contextlib
import random
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import set_left
from mtc_kiosk.store.school.sessions import Wanted, counted_sessions, end_sessions, pins_of_day, sessions, start_session
from tests.school.known import NATIONAL, NOW, rules
from tests.store.a_school import HEAD, ASchool, rows


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school without pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        yield made


def test_everybody_gets_a_pin(school: ASchool) -> None:
    """255 pupils in one go, each with a PIN and a check code of their own."""
    ids = school.pupils(255)
    started = school.start(ids)
    assert [one.pupil_id for one in started.pins] == ids
    assert len({one.pin for one in started.pins}) == 255
    assert len({one.check_code for one in started.pins}) == 255
    assert started.obstacles == ()


def test_who_may_not_have_one_is_told_why(school: ASchool) -> None:
    """And the others get theirs."""
    one, other = school.pupils(2)
    school.reason(other)
    started = school.start([one, other])
    assert [issued.pupil_id for issued in started.pins] == [one]
    assert [(one.pupil_id, one.obstacle.code) for one in started.obstacles] == [(other, ObstacleCode.HAS_REASON)]


def test_where_nobody_may_have_one_nothing_is_changed(school: ASchool) -> None:
    """No empty session is left behind; the refusal has every pupil's obstacle."""
    (pupil,) = school.pupils(1)
    school.reason(pupil)
    before = rows(school.db)
    with pytest.raises(Refused) as refused:
        school.start([pupil])
    assert [one.obstacle.code for one in refused.value.obstacles] == [
        ObstacleCode.NOBODY,
        ObstacleCode.HAS_REASON,
    ]
    assert rows(school.db) == before


def test_outside_the_hours_nothing_is_changed(home: Home) -> None:
    """A session that may not be is refused before anything is written."""
    with contextlib.closing(ASchool(home.database, own_rules=rules(NATIONAL))) as school:
        ids = school.pupils(1)
        school.later(days=30)
        before = rows(school.db)
        with pytest.raises(Refused, match="last day"):
            school.start(ids)
        assert rows(school.db) == before


def test_a_started_session_is_audited(school: ASchool) -> None:
    """With who did it, and with no PIN, password or name."""
    school.start(school.pupils(2))
    assert school.audited() == [("cli", "session.started", "1")]
    ((after,),) = school.db.execute("select after from audit where action = 'session.started'").fetchall()
    assert after == (
        '{"closes_at":"2027-06-07T15:00:00.000Z","group":"","kind":"official","opens_at":"2027-06-07T09:00:00.000Z",'
        '"pins":2}'
    )


def test_a_day_has_one_password(home: Home) -> None:
    """Two sessions of a day share it, and no PIN of the first comes again, not even one that was ended."""
    with contextlib.closing(ASchool(home.database, durable=False)) as school:
        ids = school.pupils(250)
        first = school.start(ids)
        school.end()
        second = school.start(ids, Kind.TRY)
    assert second.session.password == first.session.password
    assert not {issued.pin for issued in first.pins} & {issued.pin for issued in second.pins}


def test_another_day_has_another_password(school: ASchool) -> None:
    """That day's word opens nothing on the next."""
    (pupil,) = school.pupils(1)
    passwords = set()
    for _ in range(20):
        passwords.add(school.start([pupil]).session.password)
        school.later(days=1)
    assert len(passwords) == 20


def test_a_password_never_comes_back(school: ASchool) -> None:
    """Not even where chance would have it so."""
    passwords = []
    for pupil in school.pupils(2):
        started = start_session(school.db, school.doing(), Wanted(Kind.OFFICIAL, (pupil,)), random.Random(5))
        passwords.append(started.session.password)
        school.later(days=1)
    assert len(set(passwords)) == 2


def test_the_day_is_that_on_which_it_opens(school: ASchool) -> None:
    """A session for tomorrow that is started today has tomorrow's password."""
    one, other = school.pupils(2)
    tomorrow = school.start([one], day=date(2027, 6, 8))
    today = school.start([other])
    assert tomorrow.session.password != today.session.password
    school.later(days=1)
    assert school.start([other]).session.password == tomorrow.session.password


def test_a_pupil_has_one_pin_of_a_kind(school: ASchool) -> None:
    """One for the check and one for trying it out may be there together."""
    (pupil,) = school.pupils(1)
    school.start([pupil])
    school.start([pupil], Kind.TRY)
    for kind in Kind:
        with pytest.raises(Refused):
            school.start([pupil], kind)


def test_a_pin_that_lapsed_makes_room_for_another(school: ASchool) -> None:
    """At four the pupil is not started again."""
    (pupil,) = school.pupils(1)
    school.start([pupil])
    assert school.status(pupil).status is Status.PIN
    school.later(hours=6)
    assert school.status(pupil).status is Status.NOT_STARTED
    assert len(school.start([pupil]).pins) == 1


def test_ending_a_session_ends_its_pins(school: ASchool) -> None:
    """Once, audited; a second time there is none to end."""
    (pupil,) = school.pupils(1)
    school.start([pupil])
    (ended,) = end_sessions(school.db, school.doing())
    assert ended.closed_at == NOW
    assert school.status(pupil).status is Status.NOT_STARTED
    assert school.audited()[1:] == [("cli", "session.ended", "1")]
    with pytest.raises(Refused, match="No session is open"):
        school.end()


def test_ending_without_a_number_leaves_sessions_to_come(school: ASchool) -> None:
    """Those are ended by their number, and then they are over before they opened."""
    one, other = school.pupils(2)
    school.start([one])
    coming = school.start([other], day=date(2027, 6, 8)).session
    school.end()
    assert [each.state(school.now) for each in sessions(school.db)] == [SessionState.CLOSED, SessionState.TO_COME]
    end_sessions(school.db, school.doing(), coming.id)
    assert sessions(school.db)[1].state(school.now) is SessionState.CLOSED
    with pytest.raises(Refused, match="Session 2 is not open or planned"):
        end_sessions(school.db, school.doing(), coming.id)


def test_the_pins_of_the_day_are_those_that_can_be_used(school: ASchool) -> None:
    """A used one is gone, one for trying it out stays, and practice uses none."""
    one, other, third = school.pupils(3)
    started = school.start([one, other, third])
    trying = school.start([third], Kind.TRY)
    school.take(started.pins[0])
    school.practise(school.sign_in(started.pins[1]))
    school.take(trying.pins[0])
    day = pins_of_day(school.db, school.now, school.rules.timetable)
    assert day.password == started.session.password
    assert {(issued.pupil_id, issued.kind) for issued in day.pins} == {
        (other, Kind.OFFICIAL),
        (third, Kind.OFFICIAL),
        (third, Kind.TRY),
    }


def test_the_pins_of_the_next_day_are_listed_where_today_has_none(school: ASchool) -> None:
    """So that slips can be printed the evening before; those of today come first."""
    one, other = school.pupils(2)
    tomorrow = school.start([one], day=date(2027, 6, 8))
    assert pins_of_day(school.db, school.now, school.rules.timetable).pins == tomorrow.pins
    today = school.start([other])
    assert pins_of_day(school.db, school.now, school.rules.timetable).pins == today.pins
    school.end()
    assert pins_of_day(school.db, school.now, school.rules.timetable).pins == tomorrow.pins
    school.later(days=2)
    assert pins_of_day(school.db, school.now, school.rules.timetable).password is None


def test_pupils_who_do_not_take_the_check_are_not_listed(school: ASchool) -> None:
    """An annulled one, and one who left; no slip is printed for them."""
    annulled, left, there = school.pupils(3)
    school.start([annulled, left, there])
    school.reason(annulled, "ANLLQ")
    set_left(school.db, school.doing().stamp, school.rules.timetable, [left], "2027-06-07T09:00:00.000Z")
    day = pins_of_day(school.db, school.now, school.rules.timetable)
    assert [issued.pupil_id for issued in day.pins] == [there]


def test_two_programs_at_once_make_one_pin_a_pupil(home: Home) -> None:
    """Each asks who may have a PIN in the very transaction that makes it."""
    at_once = threading.Barrier(4)

    def start(_: int) -> None:
        with contextlib.closing(ASchool(home.database)) as school:
            at_once.wait()
            with contextlib.suppress(Refused):
                school.start(range(1, 11))

    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(10)
        with concurrent.futures.ThreadPoolExecutor(4) as programs:
            list(programs.map(start, range(4)))
        assert school.db.execute("select count(*), count(distinct pupil_id) from pin").fetchone() == (10, 10)


def test_sessions_are_counted(school: ASchool) -> None:
    """How many PINs, and how many of them a check began with."""
    started = school.start(school.pupils(3))
    school.take(started.pins[0])
    (counted,) = counted_sessions(school.db)
    assert (counted.session, counted.pins, counted.used) == (started.session, 3, 1)


def test_a_signed_declaration_ends_it_all_under_the_national_scheme(home: Home) -> None:
    """PINs, restarts and reasons stay as they are; a school's own check goes on."""
    with contextlib.closing(ASchool(home.database, own_rules=rules(NATIONAL))) as school:
        ids = school.pupils(1)
        school.db.execute("insert into declaration (at, by, code) values ('2027-06-07T09:00:00.000Z', 'cli', 'YES')")
        for change in (lambda: school.start(ids), lambda: school.restart(ids[0]), lambda: school.reason(ids[0])):
            with pytest.raises(Refused, match="declaration is signed"):
                change()
        school.rules = rules()
        assert school.start(ids).pins


def test_whoever_started_a_session_stands_in_its_row(school: ASchool) -> None:
    """As the account, not as a person's name."""
    assert school.start(school.pupils(1)).session.opened_by == HEAD.account
