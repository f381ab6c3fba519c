"""Match records with pupils on the register. Records have no names, but a check code, a UPN or a ref.

``find`` returns the pupil of one record; ``RECORDS_OF`` is the reverse, for a query: every record that ``find`` may
match with one of some pupils. Nothing else does this.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mtc_kiosk.school.pupil_ref import ref_key
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.record_indexes import CHECK_CODE, OWN_NUMBER, REF, UPN

if TYPE_CHECKING:  # a kiosk's first screen does not import the record types
    from mtc_kiosk.record.content import Content
    from mtc_kiosk.record.detail import Detail

_THESE = "(select value from json_each(:ids))"

RECORDS_OF = f"""
    select rowid from {{table}} where {CHECK_CODE} in (select +check_code from pin where pupil_id in {_THESE})
    union select rowid from {{table}} where {CHECK_CODE} in
        (select +check_code from earlier_code where pupil_id in {_THESE})
    union select rowid from {{table}} where record_id in (select id from attempt where pupil_id in {_THESE})
    union select rowid from {{table}} where {OWN_NUMBER} in {_THESE}
    union select rowid from {{table}} where {UPN} in (select +upn from pupil where id in {_THESE})
    union select rowid from {{table}} where {REF} in (select upper(ref) from pupil where id in {_THESE})
"""  # noqa: S608 - all ours
"""SQL: the rowids in ``inbox`` or ``conflict`` of records that may be of the pupils in ``:ids`` (a JSON array) or of
their attempts, and perhaps of a few others. Each line has an index (``store.db.record_indexes``), which SQLite uses
only if the value looked up has no column affinity: hence the ``+``."""

_LARGEST_ID = 2**63 - 1

_CODES = "select check_code, pupil_id from pin union all select check_code, pupil_id from earlier_code"
_CODE_OF_CHECK = f"""
    select {CHECK_CODE} from inbox where record_id = :id and type = 'check'
    union all select {CHECK_CODE} from conflict where record_id = :id and type = 'check' and state <> 'waiting'
    union all select check_code from away_attempt where id = :id
"""  # noqa: S608 - ours
_ATTEMPTS = "select id, pupil_id from attempt where pupil_id is not null"
_NUMBERS = """
    select upn from pupil where id = :id and upn is not null
    union select ref from pupil where id = :id and ref is not null
    union select number from earlier_number where pupil_id = :id
"""

_Lookup = Callable[[Any], int | None]
_CodeOf = Callable[[str], str | None]


class PupilFinder:
    """Finds pupils. A device without a row is this home's own.

    A pupil's number is only one database's: the same home and key may have had another before (one that was renewed,
    or an older copy), which gave the number to another child. So a number counts only with a UPN or ref that agrees.

    The register is read once, when the finder is made. For ``few`` records, each pupil is looked up by an index
    instead.
    """

    def __init__(self, db: Database, *, few: bool = False) -> None:
        self._others = {device for (device,) in db.execute("select fingerprint from device").fetchall()}
        self._register = _one_at_a_time(db) if few else _all_at_once(db)

    def pupil_of(self, content: "Content", detail: "Detail | None") -> int | None:
        """The pupil's id, None if the register has no such pupil."""
        code = getattr(content, "check_code", None)  # only a check has one
        attempt_id = getattr(content, "attempt_id", content.id)  # a check has the id of its attempt
        return self.find(code, content.device, detail.model_dump() if detail is not None else {}, attempt_id)

    def find(
        self, check_code: str | None, device: str, about: Mapping[str, Any], attempt_id: str | None = None
    ) -> int | None:
        """The pupil's id from a record, its detail and the attempt it is of; None if it is not certain who that is.

        First by check code, which was issued to one pupil here; then by the attempt, if it was taken here, or by the
        check code of its record; then by the home's own number, which outlives a corrected UPN; then by UPN; then by
        ref.
        """
        register = self._register
        found = register.by_code(check_code) if check_code is not None else None
        if found is None and attempt_id is not None:
            found = register.by_attempt(attempt_id)
        if found is None and check_code is None and attempt_id is not None:
            found = register.by_code(register.code_of(attempt_id))
        if found is None and device not in self._others:
            found = self._by_number(about)
        if found is None and about.get("upn") is not None:
            found = register.by_upn(about["upn"])
        if found is None and about.get("ref"):
            found = register.by_ref(ref_key(about["ref"]))
        return found

    def _by_number(self, about: Mapping[str, Any]) -> int | None:
        """The pupil with the number of a record made here, who has or had its UPN or ref."""
        found = self._register.by_id(about.get("pupil"))
        if found is None:
            return None
        said = {ref_key(number) for number in (about.get("upn"), about.get("ref")) if number}
        return None if said.isdisjoint(map(ref_key, self._register.numbers_of(found))) else found


@dataclass(frozen=True)
class _Register:
    """Look-ups of a pupil's id by check code, attempt, number, UPN and ``ref_key``; the check code of an attempt that
    was taken elsewhere; and all UPNs and refs of an id."""

    by_code: _Lookup
    code_of: _CodeOf
    by_attempt: _Lookup
    by_id: _Lookup
    by_upn: _Lookup
    by_ref: _Lookup
    numbers_of: Callable[[int], Collection[str]]


def _all_at_once(db: Database) -> _Register:
    """Look-ups in dictionaries of all pupils."""
    pupils = db.execute("select id, upn, ref from pupil").fetchall()
    by_code: dict[Any, int] = dict(db.execute(_CODES).fetchall())
    by_attempt: dict[Any, int] = dict(db.execute(_ATTEMPTS).fetchall())
    by_id: dict[Any, int] = {pupil_id: pupil_id for pupil_id, _, _ in pupils}
    by_upn: dict[Any, int] = {upn: pupil_id for pupil_id, upn, _ in pupils if upn is not None}
    by_ref: dict[Any, int] = {ref_key(ref): pupil_id for pupil_id, _, ref in pupils if ref is not None}
    numbers: dict[int, set[str]] = defaultdict(set)
    for pupil_id, *now in pupils:
        numbers[pupil_id].update(number for number in now if number is not None)
    for pupil_id, number in db.execute("select pupil_id, number from earlier_number").fetchall():
        numbers[pupil_id].add(number)
    return _Register(
        by_code.get,
        _code_of(db),
        by_attempt.get,
        by_id.get,
        by_upn.get,
        by_ref.get,
        lambda pupil_id: numbers[pupil_id],
    )


def _code_of(db: Database) -> _CodeOf:
    """One look-up each time: only what is sealed in the course of a check asks, and few of those are here."""

    def look_up(attempt_id: str) -> str | None:
        codes = {code for (code,) in db.execute(_CODE_OF_CHECK, {"id": attempt_id}).fetchall() if code is not None}
        return codes.pop() if len(codes) == 1 else None

    return look_up


def _one_at_a_time(db: Database) -> _Register:
    """The same look-ups, each as a query. A value of the wrong type matches no pupil."""

    def by(query: str, kind: type) -> _Lookup:
        def look_up(value: Any) -> int | None:
            hash(value)  # TypeError for a list or an object, as a dictionary raises
            if not isinstance(value, kind) or (isinstance(value, int) and abs(value) > _LARGEST_ID):
                return None
            found = db.execute(query, (value,)).fetchone()
            return int(found[0]) if found is not None else None

        return look_up

    return _Register(
        by(f"select pupil_id from ({_CODES}) where check_code = ?", str),  # noqa: S608 - ours
        _code_of(db),
        by("select pupil_id from attempt where pupil_id is not null and id = ?", str),
        by("select id from pupil where id = ?", int),
        by("select id from pupil where upn = ?", str),
        by("select id from pupil where upper(ref) = ? order by id desc limit 1", str),
        lambda pupil_id: {str(number) for (number,) in db.execute(_NUMBERS, {"id": pupil_id}).fetchall()},
    )
