"""Stored proofs of checks: made when a record comes in, trusted while the record's bytes are unchanged.

A proof is sealed with the home's own key, so that nobody can write a score into the database file. A proof by another
prover, of other bytes or with another home's seal is ignored, and the check is proven anew. ``verify`` does not use
stored proofs.

A program that runs for long keeps the findings that it has read and trusted (``known``): a record never changes, and
reading and hashing 700 of them takes half a second. What is changed in the file later then makes no difference to it.
"""

import contextlib
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from mtc_kiosk.record.content import Check
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.opened import Database, remembered
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.records.findings import PROVER, Findings, body_hash, found_from
from mtc_kiosk.store.records.prover import found_in
from mtc_kiosk.store.records.rows import RecordRow, Table, rows, rows_not_known

BATCH = 20
"""How many proofs to store in one transaction."""

_KEEP = (
    "insert or replace into proof (record_id, sha256, check_code, body_sha256, prover, found, seal)"
    " values (?, ?, ?, ?, ?, ?, ?)"
)
_KEPT = """
    select cast(body_sha256 as blob), prover, cast(found as blob), cast(seal as blob)
    from proof where record_id = ? and sha256 = ?
"""
"""As bytes: damaged text must be ignored, not stop the reading."""

_ALL = "type = 'check' and state not in ('waiting')"
_NOT_TWICE = {Table.INBOX: _ALL, Table.CONFLICT: f"{_ALL} and state <> 'taken'"}

KNOWN = "trusted findings of checks"
"""The subject in the memory of a program: a record's id and SHA-256, and its ``Findings``."""

Key = tuple[str, str]
Progress = Callable[[list[Key]], Iterable[Key]]


@dataclass(frozen=True)
class Proofs:
    """The stored proofs that are sealed with this key; without a key none is trusted."""

    db: Database
    key: DeviceKey | None

    def of(self, row: RecordRow) -> Findings | None:
        """The findings of a record with unchanged bytes; None if it must be proven."""
        if self.key is None:
            return None
        kept = self.db.execute(_KEPT, (row.record_id, row.sha256)).fetchone()
        digest = body_hash(row.body)
        if kept is None or kept[:2] != (digest.encode(), PROVER):
            return None
        with contextlib.suppress(ValueError, KeyError, TypeError):
            found = kept[2].decode()
            if kept[3] == _seal(self.key, (row.record_id, row.sha256, digest, str(PROVER), found)).encode():
                return found_from(found)
        return None


def keep(db: Database, row: RecordRow, found: Findings, key: DeviceKey) -> None:
    """Store the findings of a record, within the caller's transaction."""
    text, digest = found.to_text(), body_hash(row.body)
    seal = _seal(key, (row.record_id, row.sha256, digest, str(PROVER), text))
    db.execute(_KEEP, (row.record_id, row.sha256, found.check_code, digest, PROVER, text, seal))


def prove_missing(db: Database, key: DeviceKey, progress: Progress = iter) -> int:
    """Prove the checks without a trusted proof, store the proofs, return how many. Proving holds no lock."""
    proofs, known = Proofs(db, key), remembered(db, KNOWN)
    if known.keys() >= set(_keys(db)):
        return 0
    missing = [_key(row) for row in _checks(db, known) if _key(row) not in known and proofs.of(row) is None]
    waiting: list[tuple[RecordRow, Findings]] = []
    count = 0
    for record_id, sha256 in progress(missing) if missing else ():
        found = _prove(db, record_id, sha256)
        if found is not None:
            waiting.append(found)
            count += 1
        if len(waiting) == BATCH:
            _keep_all(db, waiting, key)
    _keep_all(db, waiting, key)
    return count


def prove_one(db: Database, record_id: str, key: DeviceKey) -> None:
    """Prove the check that was just sealed here, and store the proof."""
    for (sha256,) in db.execute("select sha256 from inbox where record_id = ?", (record_id,)).fetchall():
        found = _prove(db, record_id, sha256)
        _keep_all(db, [found] if found is not None else [], key)


def _prove(db: Database, record_id: str, sha256: str) -> tuple[RecordRow, Findings] | None:
    """Prove a record now; None if it is unreadable, or its row has another record's content."""
    for table in _NOT_TWICE:
        for row in rows(db, table, "record_id = ? and sha256 = ?", (record_id, sha256)):
            with contextlib.suppress(NotARecord):
                sealed = row.sealed()
                if isinstance(sealed.content, Check) and (sealed.content.id, sealed.sha256) == _key(row):
                    return row, found_in(sealed.content)
    return None


def _keep_all(db: Database, waiting: list[tuple[RecordRow, Findings]], key: DeviceKey) -> None:
    if waiting:
        with change(db):
            for row, found in waiting:
                keep(db, row, found, key)
        waiting.clear()


def _checks(db: Database, known: Container[Key]) -> Iterator[RecordRow]:
    for table, where in _NOT_TWICE.items():
        yield from rows_not_known(db, table, where, known)


def _keys(db: Database) -> Iterator[Key]:
    for table, where in _NOT_TWICE.items():
        yield from db.execute(f"select record_id, sha256 from {table} where {where}")  # noqa: S608 - ours


def _key(row: RecordRow) -> Key:
    return row.record_id, row.sha256


def _seal(key: DeviceKey, parts: tuple[str, ...]) -> str:
    return key.seal_of("\n".join(parts).encode())
