"""What must hold before the check: each point, when it needs a person, and who sees it."""

import contextlib
from datetime import date, time

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import pins, readiness, reasons, sessions
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.readiness import About, Level, Point
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.today import today
from mtc_kiosk.school.selection import ById, InGroup
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from tests.office.acting import HEAD, ONE, acting, write_arrangements
from tests.office.taking import take
from tests.office.test_rehearsal import tried
from tests.store.a_school import ASchool

OFFICIAL = SessionWanted(Kind.OFFICIAL)


def point(office: OpenHome, about: About) -> Point | None:
    """The point about this, if there is one."""
    return next((one for one in readiness.readiness(office).points if one.about is about), None)


def said(office: OpenHome, about: About) -> tuple[str, str]:
    """Its level and title."""
    found = point(office, about)
    assert found is not None, about
    return str(found.level), found.title


def heading(office: OpenHome) -> str:
    """The heading over the points."""
    return readiness.readiness(office).heading


def test_an_empty_morning_needs_no_person(home: Home) -> None:
    """Nothing is planned, so nothing can be late."""
    with acting(home) as office:
        found = readiness.readiness(office)
        assert found.to_look_at == ()
        assert found.heading == "No session is planned"
        assert said(office, About.SESSION) == ("later", "No session is planned")
        assert said(office, About.KIOSKS) == ("later", "No kiosk is open here")
        assert said(office, About.BACKUP) == ("later", "There is no backup yet")
        assert said(office, About.SOUND) == ("later", "This PC was not tried yet")
        assert point(office, About.NO_PIN) is None


def test_what_needs_a_person_comes_first(home: Home) -> None:
    """A session is open, a pupil has no PIN, and no kiosk is open: both before what is ready."""
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, InGroup("4A")))
        found = readiness.readiness(office)
    levels = [one.level for one in found.points]
    assert levels == sorted(levels, key=list(Level).index)
    assert [(one.about, one.title) for one in found.to_look_at] == [
        (About.NO_PIN, "One pupil has no PIN"),
        (About.KIOSKS, "No kiosk is open here"),
    ]
    assert found.to_look_at[0].sentence.startswith("Testerly, Amy 3. ")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2027-06-06T18:00:00Z", "Ready for Monday 7 June"),
        ("2027-06-07T08:00:00Z", "Three pupils are still to take the check"),
        ("2027-06-07T14:59:59Z", "Three pupils are still to take the check"),
        ("2027-06-07T15:00:00Z", "No session is planned"),
    ],
)
def test_the_heading_follows_the_clock_of_the_school(home: Home, at: str, expected: str) -> None:
    """The evening before, in the session, at its last second, and at 16:00."""
    with acting(home, at="2027-06-06T17:00:00Z") as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, day=date(2027, 6, 7)))
    with kiosk_lock(home, "PC1"), acting(home, at=at) as office:
        assert heading(office) == expected


def test_before_the_hour_at_which_pupils_sign_in_the_heading_says_it(home: Home) -> None:
    """With what is to look at counted."""
    (home.config_dir / "school.yaml").write_text("hours:\n  sign_in_from: 09:30\n", encoding="utf-8")
    with acting(home, at="2027-06-07T07:52:00Z") as office:
        sessions.start(office, OFFICIAL)
        assert heading(office) == "Ready for 9:30"
        office.db.execute("update pupil set group_name = '4C' where id = 1")
        sessions.start(office, SessionWanted(Kind.TRY, until=time(12, 0)))
        assert heading(office) == "Ready for 9:30"
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [QNR]}}\n")
    with acting(home, at="2027-06-07T07:52:00Z") as office:
        assert heading(office) == "Ready for 9:30, but for one thing"


def test_a_pupil_who_hears_the_check_makes_the_sound_matter(home: Home) -> None:
    """Until this PC was tried with it; a try without sound is not enough."""
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [QNR]}}\n")
    with acting(home) as office:
        assert said(office, About.SOUND) == ("look", "The sound of this PC was not tried")
        tried(home, office.configuration.kiosk.name)
        assert said(office, About.SOUND) == ("look", "The sound of this PC was not tried")
        tried(home, office.configuration.kiosk.name, Code.ATA)
        assert said(office, About.SOUND) == ("ready", "This PC was tried with its sound")
        assert said(office, About.ARRANGEMENTS) == ("ready", "One pupil has something set up")


def test_without_a_pupil_who_hears_it_a_silent_try_is_enough(home: Home) -> None:
    """It says that the sound was not tried."""
    with acting(home) as office:
        tried(home, office.configuration.kiosk.name)
        assert said(office, About.SOUND) == ("ready", "This PC was tried, without its sound")


def test_a_school_in_which_nothing_is_set_up_reads_as_one(home: Home) -> None:
    """Neither a plural of none, nor the same sentence twice."""
    with acting(home) as office:
        assert said(office, About.ARRANGEMENTS) == ("ready", "No pupil has anything set up")


def test_a_doubtful_line_of_the_arrangements_is_shown(home: Home) -> None:
    """With its line, as the start of a session would."""
    write_arrangements(home, "pupils:\n  X9: {}\n")
    with acting(home) as office:
        found = point(office, About.ARRANGEMENTS)
    assert found is not None
    assert (found.level, found.title) == (Level.LOOK, "Look at 1 line of the arrangements")
    assert found.sentence.startswith("access_arrangements.yaml:2: ")


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("2027-06-07T10:00:00Z", ("ready", "There is a backup")),
        ("2027-06-14T09:00:00Z", ("ready", "There is a backup")),
        ("2027-06-14T09:00:01Z", ("look", "The newest backup is old")),
    ],
)
def test_a_backup_is_old_after_a_week(home: Home, later: str, expected: tuple[str, str]) -> None:
    """To the second."""
    with acting(home) as office:
        office.db.execute("insert into audit (at, account, action, subject) values (?, ?, ?, ?)", _BACKED_UP)
    with acting(home, at=later) as office:
        assert said(office, About.BACKUP) == expected


_BACKED_UP = ("2027-06-07T09:00:00.000Z", "cli", "home.backed_up", "mtc.db")


def test_kiosks_that_run_are_named(home: Home) -> None:
    """By the locks they have."""
    with kiosk_lock(home, "Hall"), acting(home) as office:
        assert said(office, About.KIOSKS) == ("ready", "Kiosk Hall is open")
        with kiosk_lock(home, "PC1"):
            assert said(office, About.KIOSKS) == ("ready", "Kiosks Hall and PC1 are open")


def test_those_who_finished_or_have_a_reason_are_not_still_to_take_it(home: Home) -> None:
    """When all are settled, the heading says so; somebody with a restart is not."""
    with acting(home) as office:
        started = sessions.start(office, OFFICIAL)
        reasons.give(office, ById((2,)), "ABSNT")
        with contextlib.closing(ASchool(home.database)) as school:
            school.take(started.pins[0].issued)
            day = today(office)
            school.take(started.pins[2].issued)
        assert [one.pupil.id for one in day.still_to_take] == [3]
        assert ([one.pupil.id for one in day.finished], [one.pupil.id for one in day.not_taking]) == ([1], [2])
        assert said(office, About.NOT_TAKING) == ("ready", "One pupil does not take it")
        assert heading(office) == "Every pupil is settled"


def test_a_pin_taken_back_is_not_counted_and_one_of_a_second_session_is(home: Home) -> None:
    """Of three PINs one is taken back; it is made again in a session of its own."""
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
        assert said(office, About.SESSION) == ("ready", "3 pupils have a PIN")
        pins.cancel(office, ById((2,)))
        assert today(office).with_pin == 2
        assert said(office, About.SESSION) == ("ready", "2 pupils have a PIN")
        sessions.start(office, SessionWanted(Kind.TRY))
        assert said(office, About.SESSION) == ("ready", "2 pupils have a PIN")
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((2,))))
        assert said(office, About.SESSION) == ("ready", "3 pupils have a PIN")


def test_one_reason_reads_as_one_and_several_as_several(home: Home) -> None:
    """The sentence under "does not take it"."""
    with acting(home) as office:
        reasons.give(office, ById((1,)), "ABSNT")
        found = point(office, About.NOT_TAKING)
        assert found is not None
        assert found.sentence == "Testerly, Amy 1, with a reason."
        reasons.give(office, ById((2,)), "ABSNT")
        found = point(office, About.NOT_TAKING)
        assert found is not None
        assert found.sentence == "Testerly, Amy 1; Testerly, Amy 2, each with a reason."


def test_a_pupil_who_needs_a_person_is_first(home: Home) -> None:
    """Here one who ran out of time."""
    with acting(home) as office:
        started = sessions.start(office, OFFICIAL)
        take(home, started.pins[0], Outcome.OUT_OF_TIME)
        found = readiness.readiness(office).points[0]
    assert (found.about, found.title, found.sentence) == (About.NEED_YOU, "One pupil needs you", "Testerly, Amy 1.")


@pytest.mark.parametrize(
    ("staff", "abouts"),
    [
        (staff_of("o", Role.OWNER), {About.KIOSKS, About.SOUND, About.DISK, About.BACKUP}),
        (staff_of("s", Role.SENCO), {About.ARRANGEMENTS}),
        (staff_of("c", Role.COVER), {About.SESSION, About.KIOSKS}),
        (HEAD, set(About) - {About.NEED_YOU, About.NOT_TAKING, About.KIOSK_RECORDS, About.KIOSK_CLOCKS}),
    ],
)
def test_an_account_sees_what_it_may_do_something_about(home: Home, staff: Staff, abouts: set[About]) -> None:
    """An owner sees no pupil."""
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, InGroup("4A")))
    with acting(home, staff) as office:
        found = readiness.readiness(office)
    assert {one.about for one in found.points} == abouts
    if Role.OWNER in staff.roles:
        assert not any("Testerly" in one.sentence for one in found.points)
        assert found.heading == "Nothing needs you here" if not found.to_look_at else "One thing to look at"


def test_a_teacher_sees_the_pupils_of_their_own_groups(home: Home) -> None:
    """In the counts, too."""
    own = Staff("t.own", frozenset({Role.TEACHER}), groups=frozenset({"4B"}))
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
    with acting(home, own) as office:
        assert [one.pupil.id for one in today(office).still_to_take] == [3]
        assert heading(office) == "One pupil is still to take the check"
        assert today(office).with_pin == 1
