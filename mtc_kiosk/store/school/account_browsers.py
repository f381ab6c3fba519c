"""Sign-ins of staff in the audit, and the browsers that each account signed in from, as hashes of their marks."""

from mtc_kiosk.school.accounts import UNKNOWN, Account
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.school.staff_context import StaffContext

MOST_BROWSERS = 20
"""How many are kept for an account; then the oldest is forgotten."""

_KNOWN = "select 1 from account_browser where account_id = ? and sha256 = ?"
_KEEP = "insert into account_browser (account_id, sha256, first_at) values (?, ?, ?) on conflict do nothing"
_FORGET = (
    "delete from account_browser where account_id = ? and sha256 not in"
    " (select sha256 from account_browser where account_id = ? order by first_at desc, sha256 limit ?)"
)


def is_known(db: Database, account_id: int, sha256: str) -> bool:
    """Whether the account signed in before from this browser."""
    return db.execute(_KNOWN, (account_id, sha256)).fetchone() is not None


def note_right(db: Database, context: StaffContext, account: Account, sha256: str) -> None:
    """Somebody signed in: an audit row in their name, and their browser is known from now on."""
    stamp = AuditStamp(context.stamp.at, account.name)
    with change(db):
        db.execute(_KEEP, (account.id, sha256, stamp.at))
        db.execute(_FORGET, (account.id, account.id, MOST_BROWSERS))
        audit(db, stamp, "account.signed_in", str(account.id))


def note_wrong(db: Database, context: StaffContext, account_id: int | None) -> None:
    """A wrong try, at an account or at a name that nobody has. What was typed is kept nowhere."""
    subject = str(account_id) if account_id is not None else UNKNOWN
    with change(db):
        audit(db, AuditStamp(context.stamp.at, UNKNOWN), "account.wrong_password", subject)
