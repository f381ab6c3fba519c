"""What each role may do. Every page and form of the console names one of these permissions.

One person may hold several roles; then each permission of each role is theirs. ``may_for`` says for which pupils.
"""

from collections.abc import Mapping
from enum import StrEnum

from mtc_kiosk.school.staff import Role, Staff


class May(StrEnum):
    """One thing that an account may do."""

    SIGNED_IN = "signed in"
    """What every account may do: see today, lock, sign out, change the password."""

    SEE_PUPILS = "see the register"
    EDIT_PUPILS = "change the register"
    SEE_ARRANGEMENTS = "see access arrangements"
    ARRANGE = "change access arrangements"
    GIVE_REASONS = "give reasons for not taking the check"
    ANNUL = "annul a check"
    GIVE_RESTARTS = "give restarts"
    NAME_ASSISTANTS = "record who typed for a pupil"
    WRITE_NOTES = "write notes"
    START_SESSIONS = "start and end sessions"
    SEE_SLIPS = "see PINs and print slips"
    RUN_ROOM = "watch the room, and hold or carry on checks"
    SEE_RESULTS = "see results"
    SETTLE = "choose which of two checks counts"
    EXPORT = "export results, reasons and answers"
    SEE_SCHOOL = "see this school's PCs"
    RUN_KIOSKS = "let kiosks join, name and revoke them"
    MANAGE_ACCOUNTS = "manage accounts"
    CHANGE_SETTINGS = "change settings"
    BACK_UP = "back up"


_EVERY_ROLE = {May.SIGNED_IN}
_TEACHER = {
    May.SEE_PUPILS,
    May.EDIT_PUPILS,
    May.SEE_ARRANGEMENTS,
    May.ARRANGE,
    May.GIVE_REASONS,
    May.GIVE_RESTARTS,
    May.NAME_ASSISTANTS,
    May.WRITE_NOTES,
    May.START_SESSIONS,
    May.SEE_SLIPS,
    May.RUN_ROOM,
    May.SEE_RESULTS,
    May.SEE_SCHOOL,
}

ALLOWED: Mapping[Role, frozenset[May]] = {
    Role.OWNER: frozenset(
        _EVERY_ROLE | {May.SEE_SCHOOL, May.RUN_KIOSKS, May.MANAGE_ACCOUNTS, May.CHANGE_SETTINGS, May.BACK_UP},
    ),
    Role.HEAD: frozenset(_EVERY_ROLE | _TEACHER | {May.ANNUL, May.SETTLE, May.EXPORT}),
    Role.TEACHER: frozenset(_EVERY_ROLE | _TEACHER),
    Role.ADMIN: frozenset(_EVERY_ROLE | {May.SEE_PUPILS, May.EDIT_PUPILS, May.EXPORT, May.SEE_SCHOOL}),
    Role.SENCO: frozenset(_EVERY_ROLE | {May.SEE_PUPILS, May.SEE_ARRANGEMENTS, May.ARRANGE}),
    Role.COVER: frozenset(_EVERY_ROLE | {May.SEE_SLIPS, May.RUN_ROOM}),
}
"""Role -> what it may do."""

MEANING: Mapping[Role, str] = {
    Role.OWNER: "Manages accounts, settings, PCs and backups. Sees no pupils and no scores.",
    Role.HEAD: "Does everything about pupils, for the whole school: also conflicts, annulments and exports.",
    Role.TEACHER: "Runs the check, and sees the results, for their own groups. Without groups, for every pupil.",
    Role.ADMIN: "Looks after the class list and the exports. Sees no results on the pages.",
    Role.SENCO: "Sets the access arrangements of every pupil. Exports nothing.",
    Role.COVER: "Looks after the room in one session. The account ends tonight.",
}
"""Role -> what it may do, in a sentence or two."""


def may(staff: Staff, what: May) -> bool:
    """Whether one of the account's roles allows this."""
    return any(what in ALLOWED[role] for role in staff.roles)


def may_for(staff: Staff, what: May, group: str) -> bool:
    """Whether the account may do this for a pupil of this group ("" if in none).

    Own groups limit a teacher only where no other role of the same person allows it. A cover account is limited to the
    pupils of its session, which is not asked here.
    """
    by = {role for role in staff.roles if what in ALLOWED[role]}
    if by - {Role.TEACHER}:
        return True
    return bool(by) and (not staff.groups or group in staff.groups)


def who_may(what: May) -> tuple[Role, ...]:
    """The roles that may do this, for the sentence that names them to somebody who may not."""
    return tuple(role for role in Role if what in ALLOWED[role])
