"""The rules of accounts: names, roles together, the last owner, when one ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.school.accounts import (
    Account,
    AccountWanted,
    change_obstacle,
    end_of,
    last_owner_obstacle,
    name_key,
    name_obstacle,
    roles_obstacle,
)
from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.permissions import MEANING
from mtc_kiosk.school.staff import COMMAND_LINE, Role, kiosk_staff
from mtc_kiosk.school.timetable import Timetable

MADE = datetime(2027, 6, 7, 9, tzinfo=UTC)


def account(number: int, *roles: Role) -> Account:
    """An account with these roles."""
    return Account(number, f"person {number}", frozenset(roles), frozenset(), None, None, MADE, "cli", False, MADE, 1)


def wanted(*roles: Role, groups: tuple[str, ...] = (), session_id: int | None = None) -> AccountWanted:
    """Roles, as somebody asks for them."""
    return AccountWanted(frozenset(roles), frozenset(groups), session_id)


@pytest.mark.parametrize("name", ["f.adeyemi", "Farida Adeyemi", "Mr O'Neill-Żak", "adeyemi@school.example", "ΑΒ"])
def test_names_as_people_type_them(name: str) -> None:
    """Also an address of electronic mail, and any script."""
    assert name_obstacle(name) is None


@pytest.mark.parametrize(
    "name", ["", "x" * 61, "a\u200bb", "kiosk:PC1", "CLI", "cli", "Command Line", "staff at PC1", "?"]
)
def test_a_name_that_the_audit_could_mistake_is_refused(name: str) -> None:
    """Who acts is named in the audit, so nobody may be called like a kiosk or the command line."""
    obstacle = name_obstacle(name)
    assert obstacle is not None
    assert obstacle.code is ObstacleCode.NOT_A_NAME


def test_every_account_of_the_program_itself_is_kept_from_people() -> None:
    """Whatever the program calls itself in the audit."""
    for staff in (COMMAND_LINE, kiosk_staff("PC1")):
        assert name_obstacle(staff.account) is not None


def test_names_are_told_apart_without_capitals() -> None:
    """And however an accent was typed."""
    assert name_key("F.Adeyemi ") == name_key("f.adeyemi")
    assert name_key("Zoe\u0301") == name_key("ZOÉ") != name_key("Zoe")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (wanted(), ObstacleCode.NO_ROLE),
        (wanted(Role.TEACHER, Role.COVER, session_id=1), ObstacleCode.COVER_ALONE),
        (wanted(Role.COVER), ObstacleCode.NO_SESSION),
        (wanted(Role.TEACHER, session_id=1), ObstacleCode.NO_SESSION),
        (wanted(Role.HEAD, groups=("4A",)), ObstacleCode.NOT_A_TEACHER),
        (wanted(Role.COVER, session_id=1), None),
        (wanted(Role.OWNER, Role.TEACHER, groups=("4A",)), None),
        (wanted(*(set(Role) - {Role.COVER})), None),
    ],
)
def test_which_roles_go_together(asked: AccountWanted, code: ObstacleCode | None) -> None:
    """All but one for cover, which ends that night."""
    obstacle = roles_obstacle(asked)
    assert (obstacle.code if obstacle is not None else None) is code


def test_the_last_owner_stays_an_owner() -> None:
    """Another owner lets the first go; somebody who is none does not."""
    first, second, teacher = account(1, Role.OWNER), account(2, Role.OWNER, Role.HEAD), account(3, Role.TEACHER)
    obstacle = last_owner_obstacle(first, [first, teacher])
    assert obstacle is not None
    assert obstacle.code is ObstacleCode.LAST_OWNER
    assert change_obstacle(first, wanted(Role.TEACHER), [first, teacher]) == obstacle
    assert change_obstacle(first, wanted(Role.TEACHER), [first, second]) is None
    assert change_obstacle(first, wanted(Role.OWNER, Role.TEACHER), [first]) is None
    assert last_owner_obstacle(teacher, [first, teacher]) is None


def test_a_cover_account_is_made_and_removed_and_never_changed() -> None:
    """Neither into another nor out of another."""
    for before, after in (
        (account(1, Role.COVER), wanted(Role.TEACHER)),
        (account(1, Role.TEACHER), wanted(Role.COVER)),
    ):
        obstacle = change_obstacle(before, after, [])
        assert obstacle is not None
        assert obstacle.code is ObstacleCode.COVER_ALONE


def test_a_cover_account_ends_that_night_at_the_school() -> None:
    """At 23:59:59 by the school's clock, in summer an hour before the end of the day in UTC; others do not end."""
    london = Timetable(zone=ZoneInfo("Europe/London"))
    assert end_of({Role.COVER}, MADE, london) == datetime(2027, 6, 7, 22, 59, 59, tzinfo=UTC)
    late = datetime(2027, 6, 7, 23, 30, tzinfo=UTC)  # half past midnight at the school
    assert end_of({Role.COVER}, late, london) == datetime(2027, 6, 8, 22, 59, 59, tzinfo=UTC)
    assert end_of(set(Role) - {Role.COVER}, MADE, london) is None


def test_every_role_says_what_it_may_do() -> None:
    """For the page on which somebody chooses."""
    assert set(MEANING) == set(Role)
