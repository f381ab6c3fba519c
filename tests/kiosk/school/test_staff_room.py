"""The staff room at a kiosk asks the office: as a teacher, at the time of each call, in sentences that name pupils."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom
from mtc_kiosk.kiosk.staff.port import StaffRefused
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from tests.kiosk.rooms import staff_room
from tests.store.a_school import ASchool

Kiosk = tuple[SchoolStaffRoom, ASchool]


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """PC1 of a school with two pupils of one name."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
        school.db.execute("update pupil set forename = 'Amy'")
        school.db.execute("update pupil set date_of_birth = '2018-03-15' where id = 2")
        yield staff_room(school, home, "PC1"), school


def test_a_heads_reason_is_refused_though_its_code_is_known(kiosk: Kiosk) -> None:
    """Not by a list that leaves it out: whoever asks with the code is refused too, and nothing is changed."""
    room, school = kiosk
    assert "ANLLH" not in [code.code for code in room.codes(Grant.REASON)]
    with pytest.raises(StaffRefused, match="Only a head may give the reason ANLLH"):
        room.give(Grant.REASON, 1, "ANLLH")
    assert not room.has(Grant.REASON, 1)
    assert school.audited() == []


def test_a_refusal_names_the_pupil_as_lists_do(kiosk: Kiosk) -> None:
    """Namesakes told apart, without the number that a screen in a classroom should not show."""
    room, school = kiosk
    room.give(Grant.REASON, 2, "ABSNT")
    with pytest.raises(StaffRefused) as refused:
        room.give(Grant.REASON, 2, "ABSNT")
    (sentence,) = refused.value.sentences
    assert sentence.startswith("Testerly, Amy (born 15 March 2018) ")
    number = school.db.execute("select upn from pupil where id = 2").fetchone()[0]
    assert number not in sentence


def test_each_act_is_at_its_own_time(kiosk: Kiosk) -> None:
    """The menu stays open for minutes; the audit has when each thing was done."""
    room, school = kiosk
    room.give(Grant.REASON, 1, "ABSNT")
    school.later(minutes=3)
    room.take_back(Grant.REASON, 1)
    rows = school.db.execute("select account, at from audit where action like 'reason.%' order by id").fetchall()
    assert [tuple(row) for row in rows] == [
        ("kiosk:PC1", "2027-06-07T09:00:00.000Z"),
        ("kiosk:PC1", "2027-06-07T09:03:00.000Z"),
    ]


def test_pupils_are_found_by_any_part_of_their_names(kiosk: Kiosk) -> None:
    """And listed so that namesakes can be told apart."""
    room, _ = kiosk
    assert [(found.pupil_id, found.row.name) for found in room.pupils("lyam")] == [
        (1, "Testerly, Amy (born 14 March 2018)"),
        (2, "Testerly, Amy (born 15 March 2018)"),
    ]
    assert room.pupils("bo") == ()
