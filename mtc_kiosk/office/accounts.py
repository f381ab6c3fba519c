"""Add accounts of staff, list them, change their roles, reset their passwords, remove them; change one's own password.

Only who may manage accounts does so, wherever it is asked. Passwords are shown once, when the program made one.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.password_hash import HASHING
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.tries import Tries
from mtc_kiosk.school.accounts import Account, AccountWanted, name_key
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.passwords import RULE, is_allowed, one_time
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.selection import groups as groups_of
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.school import accounts as store
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.sessions import sessions

NOT_ALLOWED = Problem("Only an owner manages accounts. Ask an owner.", "not_allowed")
NO_ACCOUNT = "no_account"
WRONG_PASSWORD = Problem("That is not your password now. Nothing was changed.", "wrong_password")


@dataclass(frozen=True)
class PasswordGiven:
    """An account with a new password. ``one_time`` is shown once, to hand over; None if somebody chose it.

    ``unknown_groups`` are groups that no pupil is in.
    """

    account: Account
    one_time: str | None = field(default=None, repr=False)
    unknown_groups: tuple[str, ...] = ()


def none_yet(home: OpenHome) -> bool:
    """Whether there is no account: then the first start makes an owner."""
    return not store.accounts(home.db, home.now)


def listed(home: OpenHome) -> tuple[Account, ...]:
    """Every account, by name; ended and removed ones are in the audit alone."""
    _refuse_others(home)
    return store.accounts(home.db, home.now)


def one(home: OpenHome, account_id: int) -> Account:
    """One account; OfficeRefused if it is gone."""
    _refuse_others(home)
    found = store.account_of_id(home.db, account_id, home.now)
    if found is None:
        raise OfficeRefused(Problem("There is no longer such an account. Nothing was changed.", NO_ACCOUNT))
    return found


def named(home: OpenHome, name: str) -> Account:
    """The account with this name; OfficeRefused if there is none."""
    _refuse_others(home)
    found = store.account_named(home.db, name, home.now)
    if found is None:
        raise OfficeRefused(Problem(f"There is no account {tidy(name)!r}. Nothing was changed.", NO_ACCOUNT))
    return found


def signed_in(home: OpenHome, account_id: int) -> Account | None:
    """The account as it is now, with its roles of now; None once it is removed or has ended."""
    return store.account_of_id(home.db, account_id, home.now)


def groups_to_choose(home: OpenHome) -> tuple[str, ...]:
    """The groups of the register."""
    return tuple(groups_of(pupils(home.db)))


def sessions_to_cover(home: OpenHome) -> tuple[Session, ...]:
    """Today's sessions that are not over."""
    return tuple(
        each
        for each in sessions(home.db)
        if each.state(home.now) is not SessionState.CLOSED and home.timetable.day(each.opens_at) == home.today
    )


def add(
    home: OpenHome,
    name: str,
    wanted: AccountWanted,
    password: str | None = None,
    chance: random.Random | None = None,
) -> PasswordGiven:
    """Make an account; Refused, OfficeRefused. Without ``password`` it is given one to hand over.

    A cover account without a session is for the only one of today.
    """
    _refuse_others(home)
    wanted = _completed(home, wanted)
    made = one_time(chance or random.SystemRandom()) if password is None else None
    if password is not None:
        refuse_password(home, password, name, "No account was made.")
    hashed = HASHING.hashed(made or password or "")
    account = store.add_account(home.db, home.context(), name, wanted, hashed, must_change=made is not None)
    return PasswordGiven(account, made, _unknown(home, account.groups))


def refuse_before_password(home: OpenHome, name: str, wanted: AccountWanted) -> None:
    """Refused where an account cannot be made whatever its password is, so that none is typed in vain."""
    _refuse_others(home)
    store.refuse_account(home.db, home.context(), name, _completed(home, wanted))


def change(home: OpenHome, account_id: int, wanted: AccountWanted, version: int | None = None) -> PasswordGiven:
    """Give an account other roles and groups, from its next page on; Refused, OfficeRefused."""
    _refuse_others(home)
    account = store.change_roles(home.db, home.context(), account_id, _completed(home, wanted), version)
    return PasswordGiven(account, None, _unknown(home, account.groups))


def reset(
    home: OpenHome, account_id: int, password: str | None = None, chance: random.Random | None = None
) -> PasswordGiven:
    """Give an account a new password: this one, or one to hand over that must be changed. Refused, OfficeRefused."""
    account = one(home, account_id)
    made = one_time(chance or random.SystemRandom()) if password is None else None
    if password is not None:
        refuse_password(home, password, account.name)
    hashed = HASHING.hashed(made or password or "")
    account = store.set_password(home.db, home.context(), account_id, hashed, must_change=made is not None, reset=True)
    return PasswordGiven(account, made)


def remove(home: OpenHome, account_id: int) -> Account:
    """Remove an account; its person is signed out at the next page. Refused if it is the last owner's."""
    _refuse_others(home)
    return store.remove_account(home.db, home.context(), account_id)


def change_own_password(home: OpenHome, tries: Tries, account_id: int, browser: str, old: str, new: str) -> Account:
    """Change the password of the person who acts; OfficeRefused, also for too many wrong tries at the old one."""
    account = store.account_of_id(home.db, account_id, home.now)
    if account is None or account.name != home.staff.account:
        raise OfficeRefused(NOT_ALLOWED)
    refuse_password(home, new, account.name)
    tried = tries.begin(name_key(account.name), browser)
    if isinstance(tried, int):
        raise OfficeRefused(wait(tried))
    if not HASHING.matches(old, store.password_hash(home.db, account_id)):
        raise OfficeRefused(WRONG_PASSWORD)
    tries.right(tried)
    if HASHING.matches(new, store.password_hash(home.db, account_id)):
        raise OfficeRefused(Problem("That is the password you have now. Choose another one.", "same_password"))
    hashed = HASHING.hashed(new)
    return store.set_password(home.db, home.context(), account_id, hashed, must_change=False, reset=False)


def wait(seconds: int) -> Problem:
    """The refusal of a try that comes too early."""
    return Problem(f"Too many wrong tries. Wait {seconds} seconds, then try again.", "wait")


def refuse_password(home: OpenHome, password: str, name: str, outcome: str = "The password was not set.") -> None:
    """OfficeRefused unless this may be the password of somebody with this name."""
    if not is_allowed(password, name, home.configuration.school.name):
        raise OfficeRefused(Problem(f"{outcome} {RULE}", "not_a_password"))


def _refuse_others(home: OpenHome) -> None:
    if not may(home.staff, May.MANAGE_ACCOUNTS):
        raise OfficeRefused(NOT_ALLOWED)


def _completed(home: OpenHome, wanted: AccountWanted) -> AccountWanted:
    """The same with groups as the register writes them, and the session where only one can be meant."""
    written = groups_to_choose(home)
    groups = frozenset(
        next((group for group in written if same(group, tidy(each))), tidy(each))
        for each in wanted.groups
        if tidy(each)
    )
    session_id = wanted.session_id
    if Role.COVER in wanted.roles and session_id is None:
        today = sessions_to_cover(home)
        session_id = today[0].id if len(today) == 1 else None
    return AccountWanted(wanted.roles, groups, session_id)


def _unknown(home: OpenHome, groups: Iterable[str]) -> tuple[str, ...]:
    written = groups_to_choose(home)
    return tuple(sorted(group for group in groups if group not in written))
