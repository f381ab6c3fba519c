"""What became of accounts since a backup: carried into its database, so that a restore lets nobody in who was shut out.

No account that the backup lacks is carried: another school's staff may be in the home that is replaced.
"""

from mtc_kiosk.store.db.opened import Database

_ACCOUNTS = "select id, name_key, made_at, removed_at, removed_by from account"
_ROLES_SINCE = "select at, by, roles, group_names from account_roles where account_id = ? order by id"
_ADD_ROLES = (
    "insert into account_roles (account_id, at, by, roles, group_names) select ?, ?, ?, ?, ?"
    " where not exists (select 1 from account_roles where account_id = ? and at >= ?)"
)
_HASH_NOW = "select hash, set_at, must_change from account_password where account_id = ?"
_NEWER_HASH = "update account_password set hash = ?, set_at = ?, must_change = ? where account_id = ? and set_at < ?"
_REMOVE = "update account set removed_at = ?, removed_by = ? where id = ? and removed_at is null"


def accounts_since(present: Database, restored: Database) -> None:
    """Let each account of the backup be as it became here since: removed, with other roles, with a new password.

    Within the transaction of the caller. Two accounts are the same if they have one name and were made at one time.
    """
    had = {(key, made_at): account_id for account_id, key, made_at, *_ in restored.execute(_ACCOUNTS).fetchall()}
    for account_id, key, made_at, *removed in present.execute(_ACCOUNTS).fetchall():
        found = had.get((key, made_at))
        if found is None:
            continue
        for row in present.execute(_ROLES_SINCE, (account_id,)).fetchall():
            restored.execute(_ADD_ROLES, (found, *row, found, row[0]))
        for row in present.execute(_HASH_NOW, (account_id,)).fetchall():
            restored.execute(_NEWER_HASH, (*row, found, row[1]))
        if removed[0] is not None:
            restored.execute(_REMOVE, (*removed, found))
