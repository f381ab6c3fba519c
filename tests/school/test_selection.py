"""Which pupils are meant: a group whatever its capitals, a name whatever its accents."""

from mtc_kiosk.school.selection import by_name, groups, in_group
from tests.school.made_up import pupil

AMY = pupil(1, surname="O'Brien-Smith", forename="Amy", group_name="4A")
ZOE = pupil(2, surname="Testerly", forename="Zoë", alias_forename="Zo", group_name="4B")
ALAN = pupil(3, surname="Testerly", forename="Alan")
ALL = (AMY, ZOE, ALAN)


def test_a_group_is_found_whatever_its_capitals_and_spaces() -> None:
    """A group without pupils is empty, and "" is the pupils without one."""
    assert in_group(ALL, " 4a ") == (AMY,)
    assert in_group(ALL, "4") == ()
    assert in_group(ALL, "") == (ALAN,)


def test_the_groups_there_are() -> None:
    """Each once, in order, without the pupils who have none."""
    assert groups((ZOE, AMY, ZOE, ALAN)) == ["4A", "4B"]


def test_a_name_is_found_by_any_part_of_it() -> None:
    """As lists write it and as the pupil goes by it; marks, accents, capitals and spaces aside."""
    assert by_name(ALL, "obriensm") == (AMY,)
    assert by_name(ALL, "zoe") == (ZOE,)
    assert by_name(ALL, "zo test") == (ZOE,)
    assert by_name(ALL, "TESTERLY") == (ZOE, ALAN)
    assert by_name(ALL, "testerlyal") == (ALAN,)
    assert by_name(ALL, "") == ALL
    assert by_name(ALL, "bo") == ()
