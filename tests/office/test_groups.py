"""Groups made, renamed, filled and emptied; a pupil is in one of them or in none, and two tabs do no harm."""

from collections.abc import Callable

import pytest

from mtc_kiosk.office import accounts, groups
from mtc_kiosk.office.groups import GroupsChanged, all_groups
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.accounts import AccountWanted
from mtc_kiosk.school.staff import COMMAND_LINE, Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited

OWN = Staff("t.own", frozenset({Role.TEACHER}), frozenset({"4A"}))


def members(office: OpenHome) -> dict[str, int]:
    """How many pupils each group has; "" for those in none."""
    found = all_groups(office)
    return {"": len(found.in_none), **{name: len(those) for name, those in found.members.items()}}


def ids(office: OpenHome, group: str) -> list[int]:
    """The pupils of a group."""
    return [pupil.id for pupil in all_groups(office).members[group]]


def version(office: OpenHome) -> str:
    """The version of the groups now."""
    return all_groups(office).version


def test_pupils_are_moved_all_or_none_with_one_audit_row_each(home: Home) -> None:
    """One group to another, out of one, and a new one."""
    with acting(home) as office:
        moved = groups.put_into(office, " 4b ", ids(office, "4A")[:1], version(office))
        assert ([pupil.group_name for pupil in moved], members(office)) == (["4B"], {"": 0, "4A": 1, "4B": 2})
        groups.take_out(office, ids(office, "4B"), version(office))
        assert members(office) == {"": 2, "4A": 1}
        groups.make(office, "Oak & Ash", [pupil.id for pupil in all_groups(office).in_none], version(office))
        assert members(office) == {"": 0, "4A": 1, "Oak & Ash": 2}
        assert [row[1] for row in audited(office)] == ["pupil.changed"] * 5


def test_a_group_is_renamed_with_everybody_in_it(home: Home) -> None:
    """Other capitals are another name for it, too."""
    with acting(home) as office:
        assert len(groups.rename(office, "4A", "4a", version(office))) == 2
        assert len(groups.rename(office, "4a", "Oak", version(office))) == 2
        assert members(office) == {"": 0, "4B": 1, "Oak": 2}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "group_missing"),
        (" - ", "group_missing"),
        ("x" * 36, "group"),
        ("4\ufffdA", "group"),
        ("4b", "group_taken"),
    ],
)
def test_a_name_that_no_group_may_have_is_refused_at_its_field(home: Home, name: str, code: str) -> None:
    """By the register's rule; another group's name would make the two one."""
    with acting(home) as office:
        for change in (
            lambda: groups.rename(office, "4A", name, version(office)),
            lambda: groups.make(office, name, ids(office, "4A"), version(office)),
        ):
            with pytest.raises(OfficeRefused) as refused:
                change()
            assert {(each.code, each.field) for each in refused.value.problems} == {(code, "name")}
        assert audited(office) == []


def test_the_longest_name_is_taken(home: Home) -> None:
    """35 characters, as in a class list."""
    with acting(home) as office:
        groups.rename(office, "4A", "x" * 35, version(office))
        assert "x" * 35 in members(office)


@pytest.mark.parametrize(
    "change",
    [
        lambda office, old: groups.put_into(office, "4B", ids(office, "4A"), old),
        lambda office, old: groups.take_out(office, ids(office, "4A"), old),
        lambda office, old: groups.make(office, "New", ids(office, "4A"), old),
        lambda office, old: groups.rename(office, "4A", "New", old),
    ],
)
def test_the_second_of_two_tabs_moves_nobody(home: Home, change: Callable[[OpenHome, str], object]) -> None:
    """It shows groups that are no longer so."""
    with acting(home) as office:
        old = version(office)
        groups.put_into(office, "4B", ids(office, "4A")[:1], old)
        before = members(office)
        with pytest.raises(GroupsChanged):
            change(office, old)
        assert members(office) == before


def test_a_move_is_undone_unless_somebody_moved_them_again(home: Home) -> None:
    """Each goes back to where they were."""
    with acting(home) as office:
        was = {pupil.id: pupil.group_name for pupil in all_groups(office).everybody}
        groups.make(office, "Oak", list(was), version(office))
        groups.move_back(office, "Oak", was)
        assert members(office) == {"": 0, "4A": 2, "4B": 1}
        with pytest.raises(GroupsChanged):
            groups.move_back(office, "Oak", was)
        with pytest.raises(GroupsChanged):
            groups.move_back(office, "4A", {999: "4B"})
        for name in ("x" * 36, "4\ufffdA", " 4A", "-"):
            with pytest.raises(OfficeRefused, match="cannot have that name"):
                groups.move_back(office, "4A", {next(iter(was)): name})


def test_somebody_must_be_chosen_and_on_the_register(home: Home) -> None:
    """Nothing is made of nobody."""
    with acting(home) as office:
        for chosen, code in (([], "nobody"), ([999], "scope")):
            with pytest.raises(OfficeRefused) as refused:
                groups.make(office, "Oak", chosen, version(office))
            assert refused.value.problems[0].code == code
        with pytest.raises(OfficeRefused, match="no such group"):
            groups.put_into(office, "9Z", ids(office, "4A"), version(office))


def test_a_teacher_of_some_groups_moves_nobody_in_or_out(home: Home) -> None:
    """Another's pupils are not even listed; their own would be out of reach afterwards."""
    with acting(home, OWN) as office:
        assert members(office) == {"": 0, "4A": 2}
        for change in (
            lambda: groups.take_out(office, ids(office, "4A"), version(office)),
            lambda: groups.make(office, "Oak", ids(office, "4A"), version(office)),
            lambda: groups.rename(office, "4A", "Oak", version(office)),
        ):
            with pytest.raises(OfficeRefused) as refused:
                change()
            assert refused.value.problems[0].code == "scope"


def test_the_teachers_of_a_group_keep_it_under_its_new_name(home: Home) -> None:
    """Else they would see nobody after it; taken back, they have the old one. Moving everybody is no new name."""
    with acting(home, COMMAND_LINE) as office:
        wanted = AccountWanted(frozenset({Role.TEACHER}), frozenset({"4A"}))
        teacher = accounts.add(office, "t.own", wanted, "seven cups of tea").account

        def own() -> frozenset[str]:
            return accounts.one(office, teacher.id).groups

        four_a = ids(office, "4A")
        groups.rename(office, "4A", "5A", version(office))
        assert own() == {"5A"}
        groups.move_back(office, "5A", dict.fromkeys(four_a, "4A"))
        assert own() == {"4A"}
        groups.put_into(office, "4B", four_a, version(office))
        assert own() == {"4A"}
        groups.move_back(office, "4B", dict.fromkeys(four_a, "4A"))
        assert own() == {"4A"}
