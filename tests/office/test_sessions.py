"""Sessions through the office: whom they are for, what keeps them from starting, who started them."""

import random
from datetime import date, time

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import sessions
from mtc_kiosk.office.json_sessions import session_started, sessions_ended, sessions_listed
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sessions import NotStarted, SessionWanted
from mtc_kiosk.office.which_pupil import NotOnePupil
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.selection import AsWritten, ById, InGroup, WholeRegister
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, THREE, TWO, acting, audited, write_arrangements

OFFICIAL = SessionWanted(Kind.OFFICIAL)
UNKNOWN = f"pupils:\n  X9: {{}}\n  {ONE}: {{arrangements: [ATA]}}\n"
TWICE = f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n  r1: {{arrangements: [RON]}}\n"


def codes(refused: OfficeRefused) -> list[str]:
    """The codes of a refusal."""
    return [str(problem.code) for problem in refused.problems]


def acts(office: OpenHome) -> list[tuple[str, str]]:
    """Who did what."""
    return [(account, action) for account, action, _ in audited(office)]


@pytest.mark.parametrize(
    ("who", "pupil_ids", "group"),
    [
        (WholeRegister(), [1, 2, 3], ""),
        (InGroup(" 4b "), [3], "4B"),
        (AsWritten((THREE.lower(), ONE)), [3, 1], ""),
        (ById((2, 2, 1)), [2, 1], ""),
    ],
)
def test_a_session_is_for_whom_staff_mean(
    home: Home, who: WholeRegister | InGroup | AsWritten | ById, pupil_ids: list[int], group: str
) -> None:
    """Everybody, a group whatever its capitals, or the pupils named, each once."""
    with acting(home) as office:
        started = sessions.start(office, SessionWanted(Kind.OFFICIAL, who))
    assert [pin.pupil.id for pin in started.pins] == pupil_ids
    assert (started.session.group_name, started.session.opened_by) == (group, "h.head")


def test_whom_nobody_knows_starts_no_session(home: Home) -> None:
    """A number, an id or a group that is none; the groups there are, and the one that was perhaps meant, are named."""
    with acting(home) as office:
        with pytest.raises(NotOnePupil):
            sessions.start(office, SessionWanted(Kind.OFFICIAL, AsWritten((ONE, "X1"))))
        with pytest.raises(OfficeRefused) as gone:
            sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1, 99))))
        with pytest.raises(OfficeRefused) as group:
            sessions.start(office, SessionWanted(Kind.OFFICIAL, InGroup("4C")))
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z'")
        with pytest.raises(OfficeRefused) as empty:
            sessions.start(office, OFFICIAL)
        assert sessions.listed(office) == ()
    assert codes(gone.value) == ["not_on_the_register"]
    assert str(group.value) == "There is no group '4C'. There are: 4A, 4B."
    assert codes(empty.value) == ["nobody"]


@pytest.mark.parametrize("acknowledged", [False, True])
def test_nothing_starts_while_the_arrangements_name_a_pupil_twice(home: Home, acknowledged: bool) -> None:
    """Which line is meant is not for the program to choose, so that cannot be acknowledged."""
    write_arrangements(home, TWICE)
    with acting(home) as office:
        office.db.execute("update pupil set ref = 'R1' where id = 1")
        with pytest.raises(OfficeRefused) as refused:
            sessions.start(office, SessionWanted(Kind.TRY, acknowledged=acknowledged))
        assert sessions.listed(office) == ()
    assert codes(refused.value) == ["twice", "not_started"]


def test_nothing_starts_while_a_settings_file_is_misnamed(home: Home) -> None:
    """What somebody wrote there applies to no pupil."""
    (home.config_dir / "access_arrangements (1).yaml").write_text("pupils: {}\n", encoding="utf-8")
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, acknowledged=True))
    assert codes(refused.value) == ["stray_file", "not_started"]


def test_nothing_starts_while_the_arrangements_name_no_pupil_unless_acknowledged(home: Home) -> None:
    """The audit has who acknowledged it, with the lines."""
    write_arrangements(home, UNKNOWN)
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            sessions.start(office, OFFICIAL)
        assert codes(refused.value) == ["unknown_pupil", "not_acknowledged"]
        assert sessions.listed(office) == ()
        started = sessions.start(office, SessionWanted(Kind.OFFICIAL, acknowledged=True))
        assert started.lines == (2,)
        assert [(problem.line, str(problem.code)) for problem in started.warnings] == [(2, "unknown_pupil")]
        assert acts(office) == [
            ("h.head", "session.started"),
            ("h.head", "arrangements.unknown_acknowledged"),
        ]


def test_what_was_acknowledged_is_told_where_nobody_may_have_a_pin(home: Home) -> None:
    """The refusal carries the warnings, so that whoever shows it can show both."""
    write_arrangements(home, UNKNOWN)
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, acknowledged=True))
        with pytest.raises(NotStarted) as refused:
            sessions.start(office, SessionWanted(Kind.OFFICIAL, acknowledged=True))
    assert [problem.line for problem in refused.value.warnings] == [2]
    assert len(refused.value.obstacles) == 4


def test_a_session_is_partial_where_somebody_named_gets_no_pin(home: Home) -> None:
    """Of a group or the register those who may have one get it, as staff expect."""
    with acting(home) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
        named = sessions.start(office, SessionWanted(Kind.OFFICIAL, AsWritten((ONE, TWO))))
        everybody = sessions.start(office, OFFICIAL)
    assert [one.obstacle.pupil_id for one in named.without_pin] == [1]
    assert named.without_pin[0].problem.message.startswith(f"Testerly, Amy 1 ({ONE}) already has a PIN")
    assert named.is_partial
    assert not everybody.is_partial
    assert [one.obstacle.pupil_id for one in everybody.without_pin] == [1, 2]
    assert [one["pupil_id"] for one in session_started(everybody)["without_pin"]] == [1, 2]


def test_a_session_lasts_as_long_as_was_asked(home: Home) -> None:
    """On the day and until the hour; by the same draw the same password."""
    wanted = SessionWanted(Kind.TRY, day=date(2027, 6, 8), until=time(11, 30))
    with acting(home) as office:
        started = sessions.start(office, wanted, random.Random(1))
        (listed,) = sessions.listed(office)
    assert f"{started.session.closes_at:%Y-%m-%d %H:%M}" == "2027-06-08 10:30"
    assert (listed.session, listed.state, listed.pins, listed.used) == (started.session, SessionState.TO_COME, 3, 0)


def test_a_session_ends_once(home: Home) -> None:
    """With who ended it; a second time there is none to end."""
    with acting(home) as office:
        sessions.start(office, OFFICIAL)
        (ended,) = sessions.end(office)
        assert sessions_ended([ended])["sessions"] == [
            {
                "id": 1,
                "kind": "official",
                "group": "",
                "opens_at": "2027-06-07T09:00:00.000Z",
                "closes_at": "2027-06-07T15:00:00.000Z",
                "opened_by": "h.head",
                "closed_at": "2027-06-07T09:00:00.000Z",
            }
        ]
        (listed,) = sessions.listed(office)
        assert listed.state is SessionState.CLOSED
        (row,) = sessions_listed([listed])["sessions"]
        assert (row["state"], row["pins"], row["used"]) == ("closed", 3, 0)
        with pytest.raises(Refused):
            sessions.end(office)
        assert acts(office)[-1] == ("h.head", "session.ended")
