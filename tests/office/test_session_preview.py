"""A session before it is started: the preview says what the start will do, and saves nothing."""

from collections.abc import Sequence
from datetime import date, time

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import pins, reasons, session_preview, sessions
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.selection import AsWritten, ById, InGroup, Selection, WholeRegister
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, acting, audited, under_the_national_scheme, write_arrangements

OFFICIAL = SessionWanted(Kind.OFFICIAL)
OWN_4A = Staff("t.own", frozenset({Role.TEACHER}), groups=frozenset({"4A"}))


def ids(found: session_preview.Preview) -> tuple[list[int], list[int]]:
    """Who would get a PIN, and who would not."""
    return [pupil.id for pupil in found.with_pin], [each.pupil.id for each in found.without_pin]


def rows(office: OpenHome) -> int:
    """How many rows a session could have added."""
    (count,) = office.db.execute("select (select count(*) from session) + (select count(*) from pin)").fetchone()
    return int(count)


@pytest.mark.parametrize("who", [WholeRegister(), InGroup("4a"), InGroup("4B"), ById((1, 3)), AsWritten((ONE,))])
def test_the_start_does_what_the_preview_said(home: Home, who: Selection) -> None:
    """The same pupils with and without a PIN, the same times."""
    with acting(home) as office:
        reasons.give(office, ById((2,)), "ABSNT")
        before = rows(office)
        seen = session_preview.preview(office, SessionWanted(Kind.OFFICIAL, who))
        assert rows(office) == before
        assert audited(office) == [("h.head", "reason.set", "2")]
        assert seen.may_start
        started = sessions.start(office, SessionWanted(Kind.OFFICIAL, who))
    without = [one.obstacle.pupil_id for one in started.without_pin]
    assert ids(seen) == ([pin.pupil.id for pin in started.pins], without)
    assert (seen.opens_at, seen.closes_at) == (started.session.opens_at, started.session.closes_at)


@pytest.mark.parametrize("who", [InGroup("4C"), ById((1, 99)), AsWritten((ONE, "X1"))])
def test_the_preview_says_why_the_start_would_refuse(home: Home, who: Selection) -> None:
    """In the same sentences."""
    with acting(home) as office:
        seen = session_preview.preview(office, SessionWanted(Kind.OFFICIAL, who))
        with pytest.raises(OfficeRefused) as refused:
            sessions.start(office, SessionWanted(Kind.OFFICIAL, who))
    assert seen.why_not == refused.value.problems
    assert not seen.may_start


def test_who_gets_no_pin_is_named_with_the_reason(home: Home) -> None:
    """Whom the start would refuse too; with a PIN of today for everybody nothing can be started again."""
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
        reasons.give(office, ById((2,)), "BLSTD")
        seen = session_preview.preview(office, OFFICIAL)
        assert ids(seen) == ([3], [1, 2])
        assert [each.sentence for each in seen.without_pin] == [
            "Already has a PIN, which works until 16:00 on 7 June.",
            "Does not take the check (Working below expectation). Take back the reason first.",
        ]
        sessions.start(office, OFFICIAL)
        again = session_preview.preview(office, OFFICIAL)
        assert not again.may_start
        with pytest.raises(Refused):
            sessions.start(office, OFFICIAL)


@pytest.mark.parametrize(
    ("at", "day", "until", "closes"),
    [
        ("2027-06-07T14:59:00Z", None, None, "2027-06-07 16:00"),
        ("2027-06-07T15:00:00Z", None, None, "2027-06-07 23:59"),
        ("2027-06-06T19:00:00Z", date(2027, 6, 7), time(11, 30), "2027-06-07 11:30"),
        ("2027-12-06T15:30:00Z", None, None, "2027-12-06 16:00"),
        ("2027-06-06T23:30:00Z", None, None, "2027-06-07 16:00"),
    ],
)
def test_times_are_those_at_the_school(home: Home, at: str, day: date | None, until: time | None, closes: str) -> None:
    """16:00 in summer and winter, after it until midnight, the evening before for the next day; past UTC's midnight."""
    with acting(home, at=at) as office:
        seen = session_preview.preview(office, SessionWanted(Kind.OFFICIAL, day=day, until=until))
    assert seen.closes_at is not None
    assert f"{seen.closes_at:%Y-%m-%d %H:%M}" == closes


@pytest.mark.parametrize(
    ("at", "day", "until", "sentence"),
    [
        ("2027-06-07T09:00:00Z", date(2027, 6, 6), None, "6 June 2027 is past."),
        ("2027-06-07T09:00:00Z", None, time(9, 0), "cannot end at 09:00"),
        ("2027-06-07T09:00:00Z", date(2029, 6, 8), None, "8 June 2029 is too far ahead."),
        ("2027-06-07T09:00:00Z", date(9999, 12, 31), None, "31 December 9999 is too far ahead."),
    ],
)
def test_a_time_that_cannot_be_says_why(
    home: Home, at: str, day: date | None, until: time | None, sentence: str
) -> None:
    """In the words of the start."""
    with acting(home, at=at) as office:
        seen = session_preview.preview(office, SessionWanted(Kind.OFFICIAL, day=day, until=until))
    assert sentence in seen.why_not[0].message
    assert (seen.may_start, seen.opens_at, ids(seen)) == (False, None, ([], []))


def test_the_national_scheme_keeps_its_hours_in_the_preview_too(home: Home) -> None:
    """PINs from 06:00 at the school until 16:00, on the day itself."""
    under_the_national_scheme(home)
    for at, day, may_start in (
        ("2027-06-07T04:59:00Z", None, False),
        ("2027-06-07T05:00:00Z", None, True),
        ("2027-06-07T14:59:00Z", None, True),
        ("2027-06-07T15:00:00Z", None, False),
        ("2027-06-06T18:00:00Z", date(2027, 6, 7), False),
    ):
        with acting(home, at=at) as office:
            assert session_preview.preview(office, SessionWanted(Kind.OFFICIAL, day=day)).may_start is may_start, at


def test_doubtful_lines_are_shown_before_and_acknowledged_with_the_start(home: Home) -> None:
    """A line of no pupil may be acknowledged; a pupil with two lines stops every session."""
    write_arrangements(home, f"pupils:\n  X9: {{}}\n  {ONE}: {{arrangements: [ATA]}}\n")
    with acting(home) as office:
        seen = session_preview.preview(office, OFFICIAL)
        assert [problem.line for problem in seen.to_acknowledge] == [2]
        assert (seen.may_start, seen.arranged) == (True, 1)
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n  r1: {{arrangements: [RON]}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set ref = 'R1' where id = 1")
        seen = session_preview.preview(office, OFFICIAL)
    assert [str(problem.code) for problem in seen.why_not] == ["twice"]
    assert not seen.may_start


def test_a_teacher_starts_for_their_own_groups_only(home: Home) -> None:
    """Everybody means everybody of theirs; another group or pupil is refused, in the preview and in the start."""
    with acting(home, OWN_4A) as office:
        mine, groups = session_preview.choices(office)
        assert (list(mine), groups) == ([1, 2], (session_preview.Choice("4A", 2),))
        for who in (InGroup("4B"), ById((1, 3)), AsWritten((ONE, "Amy 3"))):
            wanted = SessionWanted(Kind.OFFICIAL, who)
            assert [each.code for each in session_preview.preview(office, wanted).why_not] == ["scope"], who
            with pytest.raises(OfficeRefused, match="not in your groups"):
                sessions.start(office, wanted)
        started = sessions.start(office, OFFICIAL)
    assert [pin.pupil.id for pin in started.pins] == [1, 2]


def test_a_teacher_without_a_pupil_of_their_own_starts_nothing(home: Home) -> None:
    """And reads whom to ask."""
    with acting(home, Staff("t.none", frozenset({Role.TEACHER}), groups=frozenset({"9Z"}))) as office:
        with pytest.raises(OfficeRefused, match="No pupil of the register is in your groups"):
            sessions.start(office, OFFICIAL)
        assert session_preview.choices(office) == ({}, ())


def seen_by(office: OpenHome) -> list[int]:
    """Whose PINs the account sees."""
    return [one.pupil.id for one in pins.of_day(office).pins]


def test_a_teacher_sees_cancels_and_ends_within_their_own_groups(home: Home) -> None:
    """Of another group nothing is seen, cancelled or ended."""
    with acting(home) as office:
        all_of_them = sessions.start(office, OFFICIAL).session.id
        only_4a = sessions.start(office, SessionWanted(Kind.TRY, InGroup("4A"))).session.id
    with acting(home, OWN_4A) as office:
        assert seen_by(office) == [1, 1, 2, 2]
        for refused in (
            lambda: pins.cancel(office, ById((1, 3))),
            lambda: sessions.end(office, all_of_them),
            lambda: sessions.end(office),
        ):
            with pytest.raises(OfficeRefused, match="not in your groups"):
                refused()
        assert audited(office)[-1][1] == "session.started"
        assert [one.id for one in sessions.end(office, only_4a)] == [only_4a]
        assert seen_by(office) == [1, 2]
        pins.cancel(office, ById((1,)))
        assert seen_by(office) == [2]


def test_a_cover_account_sees_the_pins_of_its_one_session(home: Home) -> None:
    """And no other's; with another role of the same person, what that role allows."""
    with acting(home) as office:
        first = sessions.start(office, SessionWanted(Kind.OFFICIAL, InGroup("4A"))).session.id
        sessions.start(office, SessionWanted(Kind.OFFICIAL, InGroup("4B")))
    for roles, expected in (((Role.COVER,), [1, 2]), ((Role.COVER, Role.TEACHER), [1, 2, 3])):
        with acting(home, _cover(first, roles)) as office:
            assert seen_by(office) == expected


def _cover(session_id: int, roles: Sequence[Role]) -> Staff:
    return Staff("c.cover", frozenset(roles), session_id=session_id)
