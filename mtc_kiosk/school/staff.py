"""A member of staff: the account named in the audit, and what it may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; a head may do all that a teacher may."""

    TEACHER = "teacher"
    HEAD = "head"


@dataclass(frozen=True)
class Staff:
    """One account: ``cli``, ``kiosk:NAME`` or a person's, and its role."""

    account: str
    role: Role

    @property
    def is_head(self) -> bool:
        """Whether this account may do what only a head may."""
        return self.role is Role.HEAD


_KIOSK = "kiosk:"

COMMAND_LINE = Staff("cli", Role.HEAD)
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
    return Staff(f"{_KIOSK}{kiosk}", Role.TEACHER)


class AuditAction(StrEnum):
    """What staff do at a kiosk that only the audit records; the values are the audit's actions."""

    HELD = "check.held"
    RESUMED = "check.resumed"
    SET_ASIDE = "check.set_aside"
    STOPPED = "check.stopped"
    PINS_SHOWN = "pins.shown"
    LEFT = "kiosk.left"
