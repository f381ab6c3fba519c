"""Accounts of staff: made, changed and removed, each in one transaction with its audit row.

``school.accounts`` has the rules. The audit names an account by its id, and holds neither password nor hash.
"""

import json
from collections.abc import Iterable
from datetime import datetime

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
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.obstacle import ObstacleCode, refuse
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.sessions import sessions
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_if

_ACCOUNTS = (
    "select a.id, a.name, r.roles, r.group_names, a.session_id, a.ends_at, a.made_at, a.made_by,"
    " p.must_change, p.set_at, r.id"
    " from account a join account_password p on p.account_id = a.id"
    " join account_roles r on r.id = (select max(id) from account_roles where account_id = a.id)"
    " where a.removed_at is null and (a.ends_at is null or a.ends_at > ?)"
)
_ADD = "insert into account (name, name_key, made_at, made_by, session_id, ends_at) values (?, ?, ?, ?, ?, ?)"
_REMOVE = "update account set removed_at = ?, removed_by = ? where id = ?"
_ROLES = "insert into account_roles (account_id, at, by, roles, group_names) values (?, ?, ?, ?, ?)"
_KEEP_HASH = (
    "insert into account_password (account_id, hash, set_at, must_change) values (?, ?, ?, ?)"
    " on conflict (account_id) do update set hash = excluded.hash, set_at = excluded.set_at,"
    " must_change = excluded.must_change"
)
_ENDED = "select id from account where name_key = ? and removed_at is null and ends_at <= ?"


def accounts(db: Database, now: datetime) -> tuple[Account, ...]:
    """Every account that has neither been removed nor ended, by name."""
    found = read(db, "account", _ACCOUNTS, (written(now),), _account)
    return tuple(sorted(found, key=lambda account: name_key(account.name)))


def account_of_id(db: Database, account_id: int, now: datetime) -> Account | None:
    """The account with this id; None once it is removed or has ended."""
    found = read(db, "account", f"{_ACCOUNTS} and a.id = ?", (written(now), account_id), _account)
    return found[0] if found else None


def account_named(db: Database, name: str, now: datetime) -> Account | None:
    """The account with this name, in capitals or not; None if there is none."""
    found = read(db, "account", f"{_ACCOUNTS} and a.name_key = ?", (written(now), name_key(name)), _account)
    return found[0] if found else None


def password_hash(db: Database, account_id: int) -> str:
    """The hash of an account's password. It goes nowhere but to who compares a password with it."""
    row = db.execute("select hash from account_password where account_id = ?", (account_id,)).fetchone()
    return str(row[0]) if row is not None else ""


def add_account(
    db: Database,
    context: StaffContext,
    name: str,
    wanted: AccountWanted,
    hashed: str,
    *,
    must_change: bool = False,
    only_first: bool = False,
) -> Account:
    """Make an account; Refused if the name, or the roles together, cannot be. ``only_first``: also if there is one."""
    name, stamp = tidy(name), context.stamp
    with change(db):
        if only_first and accounts(db, context.now):
            raise refuse(ObstacleCode.NAME_TAKEN, "There is an owner now. Sign in, or ask that person.")
        refuse_account(db, context, name, wanted)
        for (ended,) in db.execute(_ENDED, (name_key(name), stamp.at)).fetchall():
            db.execute(_REMOVE, (stamp.at, stamp.account, ended))
        ends_at = end_of(wanted.roles, context.now, context.rules.timetable)
        ends = written(ends_at) if ends_at is not None else None
        row = (name, name_key(name), stamp.at, stamp.account, wanted.session_id, ends)
        account_id = int(db.execute(_ADD, row).lastrowid or 0)
        db.execute(_ROLES, (account_id, stamp.at, stamp.account, *_as_json(wanted)))
        db.execute(_KEEP_HASH, (account_id, hashed, stamp.at, must_change))
        after = {**_noted(wanted.roles, wanted.groups), "session": wanted.session_id, "ends_at": ends}
        audit(db, stamp, "account.added", str(account_id), after=after)
        return _there(db, account_id, context.now)


def refuse_account(db: Database, context: StaffContext, name: str, wanted: AccountWanted) -> None:
    """Refused if no account with this name, these roles and this session can be made now."""
    name = tidy(name)
    refuse_if(name_obstacle(name) or roles_obstacle(wanted))
    _refuse_session(db, context, wanted)
    if account_named(db, name, context.now) is not None:
        raise refuse(ObstacleCode.NAME_TAKEN, "There is an account with this name. Choose another name.")


def change_roles(
    db: Database, context: StaffContext, account_id: int, wanted: AccountWanted, version: int | None = None
) -> Account:
    """Give an account these roles and groups from now on; Refused. ``version`` is what the change was made from."""
    stamp = context.stamp
    with change(db):
        account = _there(db, account_id, context.now)
        if version is not None and version != account.version:
            raise refuse(
                ObstacleCode.CHANGED_MEANWHILE,
                f"Somebody else changed {account.name} meanwhile. Nothing was changed. Look again, then change it.",
            )
        refuse_if(change_obstacle(account, wanted, accounts(db, context.now)))
        if (account.roles, account.groups) == (wanted.roles, wanted.groups):
            return account
        db.execute(_ROLES, (account_id, stamp.at, stamp.account, *_as_json(wanted)))
        before, after = _noted(account.roles, account.groups), _noted(wanted.roles, wanted.groups)
        audit(db, stamp, "account.roles_changed", str(account_id), before=before, after=after)
        return _there(db, account_id, context.now)


def set_password(
    db: Database, context: StaffContext, account_id: int, hashed: str, *, must_change: bool, reset: bool
) -> Account:
    """Replace a password's hash; Refused if there is no such account. A reset forgets where it was signed in from."""
    stamp = context.stamp
    with change(db):
        _there(db, account_id, context.now)
        db.execute(_KEEP_HASH, (account_id, hashed, stamp.at, must_change))
        if reset:
            db.execute("delete from account_browser where account_id = ?", (account_id,))
        audit(db, stamp, "account.password_reset" if reset else "account.password_changed", str(account_id))
        return _there(db, account_id, context.now)


def remove_account(db: Database, context: StaffContext, account_id: int) -> Account:
    """Remove an account with its password; Refused if it is the last owner's. The audit keeps what was done with it."""
    stamp = context.stamp
    with change(db):
        account = _there(db, account_id, context.now)
        refuse_if(last_owner_obstacle(account, accounts(db, context.now)))
        db.execute(_REMOVE, (stamp.at, stamp.account, account_id))
        before = _noted(account.roles, account.groups)
        audit(db, stamp, "account.removed", str(account_id), before=before)
        return account


def rename_group(db: Database, context: StaffContext, old: str, new: str) -> None:
    """Let the teachers of a group keep it under its new name."""
    stamp = context.stamp
    with change(db):
        for account in accounts(db, context.now):
            if old in account.groups:
                groups = account.groups - {old} | {new}
                row = _as_json(AccountWanted(account.roles, groups))
                db.execute(_ROLES, (account.id, stamp.at, stamp.account, *row))
                before, after = _noted(account.roles, account.groups), _noted(account.roles, groups)
                audit(db, stamp, "account.roles_changed", str(account.id), before=before, after=after)


def _there(db: Database, account_id: int, now: datetime) -> Account:
    account = account_of_id(db, account_id, now)
    if account is None:
        raise refuse(ObstacleCode.NO_ACCOUNT, "There is no longer such an account. Nothing was changed.")
    return account


def _refuse_session(db: Database, context: StaffContext, wanted: AccountWanted) -> None:
    if wanted.session_id is None:
        return
    timetable = context.rules.timetable
    today = timetable.day(context.now)
    chosen = next((one for one in sessions(db) if one.id == wanted.session_id), None)
    is_over = chosen is None or chosen.state(context.now) is SessionState.CLOSED
    if chosen is None or is_over or timetable.day(chosen.opens_at) != today:
        raise refuse(ObstacleCode.NO_SESSION, "A cover account is for one session of today. Choose the session.")


def _account(
    account_id: int,
    name: str,
    roles: str,
    groups: str,
    session_id: int | None,
    ends_at: str | None,
    made_at: str,
    made_by: str,
    must_change: int,
    password_at: str,
    version: int,
) -> Account:
    return Account(
        id=account_id,
        name=name,
        roles=frozenset(Role(role) for role in json.loads(roles)),
        groups=frozenset(map(str, json.loads(groups))),
        session_id=session_id,
        ends_at=instant(ends_at) if ends_at is not None else None,
        made_at=instant(made_at),
        made_by=made_by,
        must_change=bool(must_change),
        password_at=instant(password_at),
        version=version,
    )


def _as_json(wanted: AccountWanted) -> tuple[str, str]:
    return json.dumps(_ordered(wanted.roles)), json.dumps(sorted(wanted.groups), ensure_ascii=False)


def _noted(roles: Iterable[Role], groups: Iterable[str]) -> dict[str, list[str]]:
    return {"roles": _ordered(roles), "groups": sorted(groups)}


def _ordered(roles: Iterable[Role]) -> list[str]:
    held = frozenset(roles)
    return [str(role) for role in Role if role in held]
