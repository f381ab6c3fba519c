"""What a home has and its backup lacks, carried over into the restored database before it takes the home's place.

Records come in as received ones, each once, by ``inbox``: two checks that could both count are a conflict, and a head
chooses. Where the backup is of this very home its attempts are carried as well, row by row, with the pupils they are
of. The register, sessions and PINs are those of the backup; what of them was ended here since stays ended.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.records.carry_accounts import accounts_since
from mtc_kiosk.store.records.carry_kiosks import kiosks_since
from mtc_kiosk.store.records.devices import remember
from mtc_kiosk.store.records.inbox import ReceivingHome, Verdict, put, take_in
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert, rows

OWN_BEFORE = "this home before a restore"
"""The name of a device with a key that was once the home's own."""

_REFUSED = (Verdict.ANOTHER_SCHOOLS, Verdict.OTHER_PUPILS)
_OF_ATTEMPTS = ("answer", "feedback", "assistant", "preference")
_OF_PUPILS = ("attempt", "reason", "restart", "note")
_ENOUGH = 2
_ATTEMPTS_KNOWN = (
    "select id from attempt union select attempt_id from removal union select record_id from inbox"
    " union select record_id from conflict"
)
_NUMBERS = (
    "select id, upn from pupil where upn is not null union select id, ref from pupil where ref is not null"
    " union select pupil_id, number from earlier_number"
)
_AUDIT = "at, account, action, subject, before, after"


@dataclass(frozen=True)
class CarryOver:
    """From the home as it is now (``present``) into the database of a backup (``restored``)."""

    present: Database
    restored: Database

    def is_one_register(self) -> bool:
        """Whether every pupil id is the same pupil's in both, so that ids in records stay valid."""
        restored = {row[0]: row[1:] for row in _pupils(self.restored)}
        missing = {row[0] for row in self._missing_pupils()}
        taken = {number for row in restored.values() for number in row[:2] if number is not None}
        for pupil_id, *row in _pupils(self.present):
            if pupil_id in restored and not _is_same(row, restored[pupil_id]):
                return False
            if pupil_id in missing and not taken.isdisjoint(row[:2]):
                return False
        return True

    def only_here(self) -> dict[str, int]:
        """How many pupils and attempts the backup lacks."""
        numbers = {number for row in _pupils(self.restored) for number in row[1:3] if number is not None}
        pupils = sum(numbers.isdisjoint(row[1:3]) for row in _pupils(self.present))
        ended = "select id from attempt where outcome is not null"
        attempts = {row[0] for row in self.present.execute(ended).fetchall()}
        attempts -= {row[0] for row in self.restored.execute(ended).fetchall()}
        return {"pupils": pupils, "attempts": len(attempts)}

    def rows_of_attempts(self) -> int:
        """Carry over attempts, with their events, notes, and the pupils of both; return the number of pupils."""
        with change(self.restored):
            missing = list(self._missing_pupils())
            for row in missing:
                _insert(self.restored, "pupil", row)
            for row in self._numbers_since():
                _insert(self.restored, "earlier_number", row)
            for row in self.present.execute("select * from attempt order by started_at, id").fetchall():
                self._attempt(row)
            for row in self.present.execute("select * from note order by id").fetchall():
                _insert(self.restored, "note", row)
            used = self.present.execute("select used_at, check_code from pin where used_at is not null").fetchall()
            for values in used:
                self.restored.execute("update pin set used_at = ? where check_code = ? and used_at is null", values)
        return len(missing)

    def ended(self) -> None:
        """End again what staff ended here since: a session, or a PIN. No slip opens a check once more."""
        with change(self.restored):
            ends = "select closed_at, password, opens_at from session where closed_at is not null"
            end = "update session set closed_at = ? where password = ? and opens_at = ? and closed_at is null"
            for values in self.present.execute(ends).fetchall():
                self.restored.execute(end, values)
            codes = {row[0] for row in self.restored.execute("select check_code from pin").fetchall()}
            for row in self.present.execute("select * from cancelled_pin").fetchall():
                if row[0] in codes:
                    _insert(self.restored, "cancelled_pin", row)
            accounts_since(self.present, self.restored)

    def devices(self, *own: DeviceKey, stamp: AuditStamp) -> None:
        """Carry the devices that staff accepted here, and kiosks; ``own`` are keys that were a home's own until now."""
        with change(self.restored):
            for row in self.present.execute("select * from device").fetchall():
                _insert(self.restored, "device", row)
            query = "select accepted_at, accepted_by, fingerprint from device where accepted_at is not null"
            accepted = self.present.execute(query).fetchall()
            for key in own:
                remember(self.restored, key.public, OWN_BEFORE, stamp.at)
                accepted.append((stamp.at, stamp.account, key.fingerprint))
            for values in accepted:
                self.restored.execute(
                    "update device set accepted_at = ?, accepted_by = ? where fingerprint = ? and accepted_at is null",
                    values,
                )
            kiosks_since(self.present, self.restored)

    def records(self, here: ReceivingHome, stamp: AuditStamp) -> tuple[Counter[str], int]:
        """Carry records: how many of each type came in, and how many could not."""
        carried: Counter[str] = Counter()
        left = 0
        for table in (Table.INBOX, Table.CONFLICT):
            known = self._known()
            for row in _readable(self.present, table):
                if row is None:
                    left += 1
                elif (row.record_id, row.sha256) not in known:
                    came = self._record(table, row, here, stamp)
                    left += not came
                    carried[row.type] += came
        self._proofs()
        self._outbox()
        return +carried, left

    def attempts_left(self) -> int:
        """How many ended attempts the restored database has neither as rows nor as records."""
        query = "select count(*) from attempt where outcome is not null and id not in (select value from json_each(?))"
        ids = [row[0] for row in self.restored.execute(_ATTEMPTS_KNOWN).fetchall()]
        return int(self.present.execute(query, (json.dumps(ids),)).fetchone()[0])

    def removals(self) -> None:
        """Remove again what was removed here since: an erasure order outlives a backup."""
        with change(self.restored):
            gone = {row[0] for row in self.restored.execute("select attempt_id from removal").fetchall()}
            for row in self.present.execute("select * from removal").fetchall():
                if row[0] not in gone:
                    _insert(self.restored, "removal", row)
            for table in Table:
                erased = self.present.execute(f"select record_id, sha256 from {table} where detail is null").fetchall()  # noqa: S608 - ours
                for key in erased:
                    query = f"update {table} set detail = null where record_id = ? and sha256 = ?"  # noqa: S608 - ours
                    self.restored.execute(query + " and detail is not null", key)

    def audit(self) -> None:
        """Append this home's later audit rows to those of the backup."""
        with change(self.restored):
            query = f"select {_AUDIT} from audit order by id"  # noqa: S608 - ours
            had = Counter(map(tuple, self.restored.execute(query).fetchall()))
            for row in map(tuple, self.present.execute(query).fetchall()):
                if had[row]:
                    had[row] -= 1
                else:
                    self.restored.execute(f"insert into audit ({_AUDIT}) values (?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - ours

    def _record(self, table: Table, row: RecordRow, here: ReceivingHome, stamp: AuditStamp) -> bool:
        """Carry one record: as sealed here where it was, else as received; whether it came in."""
        try:
            sealed = row.sealed()
        except NotARecord:
            return False
        if table is Table.INBOX and sealed.content.device == here.device:
            with change(self.restored):
                put(self.restored, replace(row, state=State.TAKEN, said=None), sealed.content)
            return True
        return take_in(self.restored, sealed, here, stamp).verdict not in _REFUSED

    def _proofs(self) -> None:
        """Carry over stored proofs: they are sealed with the home's key, and trusted only under that key."""
        with change(self.restored):
            for row in self.present.execute("select * from proof").fetchall():
                _insert(self.restored, "proof", row)

    def _missing_pupils(self) -> Iterator[tuple[Any, ...]]:
        """The pupils with an attempt, a reason, a restart or a note whom the backup has under no number."""
        wanted = " union ".join(f"select pupil_id from {table}" for table in _OF_PUPILS)  # noqa: S608 - ours
        there = {row[0] for row in _pupils(self.restored)}
        for row in self.present.execute(f"select * from pupil where id in ({wanted})").fetchall():  # noqa: S608 - ours
            if row[0] not in there:
                yield tuple(row)

    def _numbers_since(self) -> Iterator[tuple[int, str]]:
        """The UPNs and refs that a pupil of the backup has or had here only: records have them."""
        known = set(map(tuple, self.restored.execute(_NUMBERS).fetchall()))
        there = {row[0] for row in _pupils(self.restored)}
        for pupil_id, number in self.present.execute(_NUMBERS).fetchall():
            if pupil_id in there and (pupil_id, number) not in known:
                yield pupil_id, number

    def _attempt(self, row: tuple[Any, ...]) -> None:
        """Carry one attempt, or go on with it where the backup has its beginning."""
        attempt_id = row[0]
        found = self.restored.execute("select outcome from attempt where id = ?", (attempt_id,)).fetchone()
        if (found is not None and found[0] is not None) or self._is_removed(attempt_id):
            return
        if found is None:
            _insert(self.restored, "attempt", row)
        (last,) = self.restored.execute(
            "select coalesce(max(seq), 0) from event where attempt_id = ?", (attempt_id,)
        ).fetchone()
        events = "select * from event where attempt_id = ? and seq > ? order by seq"
        for event in self.present.execute(events, (attempt_id, last)).fetchall():
            _insert(self.restored, "event", event)
        for table in _OF_ATTEMPTS:
            query = f"select * from {table} where attempt_id = ?"  # noqa: S608 - ours
            for each in self.present.execute(query, (attempt_id,)).fetchall():
                _insert(self.restored, table, each)
        if found is not None:
            query = "select finished_at, outcome, id from attempt where id = ? and outcome is not null"
            for end in self.present.execute(query, (attempt_id,)).fetchall():
                self.restored.execute("update attempt set finished_at = ?, outcome = ? where id = ?", end)

    def _is_removed(self, attempt_id: str) -> bool:
        query = "select 1 from removal where attempt_id = ?"
        return self.restored.execute(query, (attempt_id,)).fetchone() is not None

    def _known(self) -> set[tuple[str, str]]:
        query = "select record_id, sha256 from inbox union select record_id, sha256 from conflict where state <> ?"
        return set(map(tuple, self.restored.execute(query, (str(State.WAITING),)).fetchall()))

    def _outbox(self) -> None:
        """Carry what is still to be sent; of what came in, ``outbox.gather`` sends all there is."""
        with change(self.restored):
            known = {row[0] for row in self.restored.execute("select record_id from outbox").fetchall()}
            for row in _readable(self.present, Table.OUTBOX):
                if row is not None and row.record_id not in known:
                    insert(self.restored, Table.OUTBOX, row)


def _readable(db: Database, table: Table) -> Iterator[RecordRow | None]:
    """The rows of a table; None for one that cannot be read."""
    for record_id, sha256 in db.execute(f"select record_id, sha256 from {table} order by at, record_id").fetchall():  # noqa: S608 - ours
        try:
            yield from rows(db, table, "record_id = ? and sha256 = ?", (record_id, sha256))
        except OddRow:
            yield None


def _pupils(db: Database) -> list[tuple[Any, ...]]:
    query = "select id, upn, ref, surname, forename, date_of_birth from pupil"
    return [tuple(row) for row in db.execute(query).fetchall()]


def _is_same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two rows are of one pupil: one UPN, or the forename and two of ref, surname and date of birth.

    A ref is not enough: a home that begins anew may give it to another child, perhaps to the twin.
    """
    upn, *others = (mine == theirs is not None for mine, theirs in zip(one, other, strict=True))
    ref, surname, forename, born = others
    return bool(upn or (forename and ref + surname + born >= _ENOUGH))


def _insert(db: Database, table: str, row: tuple[Any, ...]) -> None:
    """Insert a whole row; one whose key or number is taken is passed over."""
    marks = ", ".join("?" * len(row))
    try:
        db.execute(f"insert into {table} values ({marks})", tuple(row))  # noqa: S608 - ours
    except sqlite3.IntegrityError:
        return
