"""A member of staff: the account named in the audit, the roles it holds, and the pupils it is responsible for.

What each role may do is in ``school.permissions``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for; one person may hold several."""

    OWNER = "owner"
    """Accounts, settings, kiosks and backups; no scores."""

    HEAD = "head"
    """Everything about pupils: also conflicts, annulments and the declaration."""

    TEACHER = "teacher"
    """The pupils of their own groups."""

    ADMIN = "admin"
    """The register and the exports."""

    SENCO = "senco"
    """The access arrangements of every pupil; no exports."""

    COVER = "cover"
    """The room of one session; the account ends that night."""


@dataclass(frozen=True)
class Staff:
    """One account: ``cli``, ``kiosk:NAME`` or a person's, and its roles.

    ``groups`` are a teacher's own groups; with none, a teacher has every pupil of the school. ``session_id`` is the one
    session of a cover account.
    """

    account: str
    roles: frozenset[Role]
    groups: frozenset[str] = frozenset()
    session_id: int | None = None

    @property
    def is_head(self) -> bool:
        """Whether this account may do what only a head may."""
        return Role.HEAD in self.roles


def staff_of(account: str, *roles: Role) -> Staff:
    """An account that holds these roles, for the whole school."""
    return Staff(account, frozenset(roles))


_KIOSK = "kiosk:"

COMMAND_LINE = staff_of("cli", Role.OWNER, Role.HEAD)
"""Anybody who may write the home acts as owner and head."""


def who(account: str) -> str:
    """An account in words for people."""
    if account == COMMAND_LINE.account:
        return "command line"
    kiosk = account.removeprefix(_KIOSK)
    return account if kiosk == account else f"staff at {kiosk}"


def by_whom(account: str) -> str:
    """Who did something, for the end of a sentence such as "given ..."."""
    return f"at the {who(account)}" if account == COMMAND_LINE.account else f"by {who(account)}"


def kiosk_staff(kiosk: str) -> Staff:
    """The account of a kiosk's staff menu. The passcode is not a person's, so it acts as a teacher."""
    return staff_of(f"{_KIOSK}{kiosk}", Role.TEACHER)


class AuditAction(StrEnum):
    """What staff do at a kiosk that only the audit records; the values are the audit's actions."""

    HELD = "check.held"
    RESUMED = "check.resumed"
    SET_ASIDE = "check.set_aside"
    STOPPED = "check.stopped"
    PINS_SHOWN = "pins.shown"
    LEFT = "kiosk.left"
    DATE_CONFIRMED = "kiosk.date_confirmed"
