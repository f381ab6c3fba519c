"""The accounts of staff: their names, which roles go together, and when one ends. Passwords: ``school.passwords``."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from mtc_kiosk.school.names import not_in_a_group, tidy
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.staff import COMMAND_LINE, Role, Staff
from mtc_kiosk.school.timetable import Timetable

LONGEST_ACCOUNT_NAME = 60
UNKNOWN = "?"
"""Who acts where somebody typed a wrong name or password: it is not known who that was."""
_RESERVED = frozenset((COMMAND_LINE.account, "command line", UNKNOWN))
_STAFF_AT = "staff at "
_LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True)
class Account:
    """An account that has neither been removed nor ended.

    ``ends_at`` and ``session_id`` are those of a cover account, None for others. ``must_change``: the password was
    made to be handed over; who signed in before ``password_at`` is signed in no more. ``version`` rises with every
    change of its roles and groups.
    """

    id: int
    name: str
    roles: frozenset[Role]
    groups: frozenset[str]
    session_id: int | None
    ends_at: datetime | None
    made_at: datetime
    made_by: str
    must_change: bool
    password_at: datetime
    version: int

    @property
    def staff(self) -> Staff:
        """Who acts when this account is signed in."""
        return Staff(self.name, self.roles, self.groups, self.session_id)


@dataclass(frozen=True)
class AccountWanted:
    """An account to be made, or the roles that one should have from now on."""

    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()
    session_id: int | None = None


def name_key(name: str) -> str:
    """What tells accounts apart: the name without regard to capitals and ways of writing it."""
    return unicodedata.normalize("NFKC", tidy(name)).casefold()


def name_obstacle(name: str) -> Obstacle | None:
    """Why a tidied name cannot be an account's; None if it can."""
    if not name:
        return Obstacle(ObstacleCode.NOT_A_NAME, "Give a name, such as Farida Adeyemi.")
    if len(name) > LONGEST_ACCOUNT_NAME:
        return Obstacle(ObstacleCode.NOT_A_NAME, f"A name can have at most {LONGEST_ACCOUNT_NAME} characters.")
    if ":" in name or not_in_a_group(name):
        return Obstacle(ObstacleCode.NOT_A_NAME, "A name cannot have a colon or characters that cannot be seen.")
    key = name_key(name)
    if key in _RESERVED or key.startswith(_STAFF_AT):
        return Obstacle(ObstacleCode.NOT_A_NAME, f'"{name}" is kept for the program itself. Choose another name.')
    return None


def roles_obstacle(wanted: AccountWanted) -> Obstacle | None:
    """Why nobody can have these roles, groups and session together; None if somebody can."""
    if not wanted.roles:
        return Obstacle(ObstacleCode.NO_ROLE, "Choose at least one role.")
    if Role.COVER in wanted.roles and len(wanted.roles) > 1:
        return Obstacle(
            ObstacleCode.COVER_ALONE, "A cover account ends tonight, so it can have no other role. Make two accounts."
        )
    if wanted.groups and Role.TEACHER not in wanted.roles:
        return Obstacle(ObstacleCode.NOT_A_TEACHER, "Only a teacher has groups of their own. Add the role teacher.")
    if (Role.COVER in wanted.roles) != (wanted.session_id is not None):
        return Obstacle(ObstacleCode.NO_SESSION, "A cover account is for one session of today. Choose the session.")
    return None


def change_obstacle(account: Account, wanted: AccountWanted, others: Iterable[Account]) -> Obstacle | None:
    """Why this account cannot have these roles from now on; None if it can."""
    if Role.COVER in account.roles | wanted.roles:
        return Obstacle(ObstacleCode.COVER_ALONE, "A cover account cannot be changed. Remove it, or make another.")
    demoted = last_owner_obstacle(account, others) if Role.OWNER not in wanted.roles else None
    return demoted or roles_obstacle(wanted)


def last_owner_obstacle(account: Account, others: Iterable[Account]) -> Obstacle | None:
    """Why this account cannot stop being an owner; None if there is another one."""
    if Role.OWNER not in account.roles or any(Role.OWNER in one.roles for one in others if one.id != account.id):
        return None
    return Obstacle(ObstacleCode.LAST_OWNER, f"{account.name} is the only owner. Make somebody else an owner first.")


def end_of(roles: Collection[Role], now: datetime, timetable: Timetable) -> datetime | None:
    """When an account made now ends: one for cover that night, others not by themselves."""
    return timetable.at(timetable.day(now), _LAST_SECOND) if Role.COVER in roles else None
