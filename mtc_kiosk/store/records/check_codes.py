"""Check codes: issued with PINs, and recognised again where a restored backup has lost the PIN.

A code hides which pupil it is for, by UPN or ref, in a form that only this home's secret opens. So the record of a
check finds its pupil though an enrolled kiosk knows no UPN, and though sessions and PINs are those of a backup. It is
never found by the pupil's number in the database: after a restore another child may have that.
"""

import hashlib
import hmac
import secrets
import uuid
from collections import defaultdict

from mtc_kiosk.school.pupil_ref import ref_key
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.record_indexes import CHECK_CODE

_HALF = 8
_READ = "select secret from code_secret where id = 1"
_NUMBER = "select coalesce(upn, ref) from pupil where id = ?"
_NUMBERS = (
    "select id, upn, 0 from pupil where upn is not null union select id, ref, 0 from pupil where ref is not null"
    " union select pupil_id, number, 1 from earlier_number"
)
_IS_KNOWN = "select 1 from pin where check_code = :code union select 1 from earlier_code where check_code = :code"
_KEEP = "insert into earlier_code (check_code, pupil_id) values (?, ?)"
_UNKNOWN = f"""
    select distinct {CHECK_CODE} as code from {{table}} where {CHECK_CODE} is not null
    and not exists (select 1 from pin where pin.check_code = {CHECK_CODE})
    and not exists (select 1 from earlier_code where earlier_code.check_code = {CHECK_CODE})
"""  # noqa: S608 - ours


_UNKNOWN_AWAY = """
    select distinct check_code from away_attempt where pupil_id is null and check_code is not null
    and not exists (select 1 from earlier_code where earlier_code.check_code = away_attempt.check_code)
"""
_FOUND_AWAY = """
    update away_attempt set pupil_id = earlier_code.pupil_id from earlier_code
    where away_attempt.pupil_id is null and earlier_code.check_code = away_attempt.check_code
"""


def new_code(db: Database, pupil_id: int) -> str:
    """A new check code for a pupil of the register; no two are the same."""
    secret = _secret(db)
    (number,) = db.execute(_NUMBER, (pupil_id,)).fetchone()
    half = secrets.token_bytes(_HALF)
    return str(uuid.UUID(bytes=half + _masked(secret, half, _tag(secret, number))))


def recognise(db: Database, code: str | None) -> None:
    """Store whose code this is, within the caller's transaction; nothing if it is known, or no pupil's for certain."""
    if code is not None and not _is_known(db, code):
        _recognise(db, code, _owners(db))


def is_issued_here(db: Database, code: str) -> bool:
    """Whether this home issued the code, to a pupil who is on the register now."""
    return _is_known(db, code) or bool(_found(db, code, _owners(db)))


def recognise_all(db: Database) -> None:
    """The same for the codes of all records here, and of checks at kiosks, after the register changed."""
    queries = (*(_UNKNOWN.format(table=table) for table in ("inbox", "conflict")), _UNKNOWN_AWAY)
    unknown = {code for query in queries for (code,) in db.execute(query)}
    if unknown:
        owners = _owners(db)
        for code in sorted(unknown):
            _recognise(db, code, owners)
        db.execute(_FOUND_AWAY)


def _is_known(db: Database, code: str) -> bool:
    return db.execute(_IS_KNOWN, {"code": code}).fetchone() is not None


def _recognise(db: Database, code: str, owners: dict[bytes, set[int]]) -> None:
    found = _found(db, code, owners)
    if len(found) == 1:
        db.execute(_KEEP, (code, *found))


def _found(db: Database, code: str, owners: dict[bytes, set[int]]) -> set[int]:
    """The pupils whose number the code hides: none, one, or in an odd register several."""
    try:
        read = uuid.UUID(code).bytes
    except ValueError:  # another version's, or a stranger's
        return set()
    half, hidden = read[:_HALF], read[_HALF:]
    return owners.get(_masked(_secret(db), half, hidden), set())


def _owners(db: Database) -> dict[bytes, set[int]]:
    """Each pupil by the tag of every number that they have or had; a number that is in use is its owner's alone."""
    secret = _secret(db)
    now: dict[bytes, set[int]] = defaultdict(set)
    before: dict[bytes, set[int]] = defaultdict(set)
    for pupil_id, number, is_earlier in db.execute(_NUMBERS).fetchall():
        (before if is_earlier else now)[_tag(secret, number)].add(pupil_id)
    return {**before, **now}


def _secret(db: Database) -> bytes:
    (secret,) = db.execute(_READ).fetchone()
    return bytes.fromhex(secret)


def _tag(secret: bytes, number: str) -> bytes:
    return hmac.digest(secret, b"pupil\n" + ref_key(number).encode(), "sha256")[:_HALF]


def _masked(secret: bytes, half: bytes, tag: bytes) -> bytes:
    """The tag hidden under the code's other half, or found again under it."""
    mask = hmac.digest(secret, b"code\n" + half, hashlib.sha256)[:_HALF]
    return bytes(one ^ other for one, other in zip(tag, mask, strict=True))
