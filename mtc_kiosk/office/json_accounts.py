"""The JSON shapes of accounts, for ``--json``; others are in ``as_json``, which kiosks import as well.

Keys are public: they are in the golden transcripts of the commands. No shape has a password or its hash.
"""

from collections.abc import Iterable

from mtc_kiosk.office.accounts import PasswordGiven
from mtc_kiosk.school.accounts import Account
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.db.times import written


def account(found: Account) -> dict[str, object]:
    """One account."""
    return {
        "id": found.id,
        "name": found.name,
        "roles": [str(role) for role in Role if role in found.roles],
        "groups": sorted(found.groups),
        "session_id": found.session_id,
        "ends_at": written(found.ends_at) if found.ends_at is not None else None,
        "made_at": written(found.made_at),
        "made_by": found.made_by,
        "must_change": found.must_change,
    }


def accounts(found: Iterable[Account]) -> dict[str, object]:
    """Every account."""
    return {"accounts": [account(each) for each in found]}


def given(done: PasswordGiven) -> dict[str, object]:
    """An account that was made, or has a new password."""
    return {"account": account(done.account), "unknown_groups": list(done.unknown_groups)}
