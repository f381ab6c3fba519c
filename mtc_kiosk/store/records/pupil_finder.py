"""Match records with pupils on the register. Records have no names, but a check code, a UPN or a ref.

``find`` returns the pupil of one record; ``RECORDS_OF`` is the reverse, for a query: every record that ``find`` may
match with one of some pupils. Nothing else does this.
"""

from collections.abc import Callable, Mapping
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
    union select rowid from {{table}} where record_id in (select id from attempt where pupil_id in {_THESE})
    union select rowid from {{table}} where {OWN_NUMBER} in {_THESE}
    union select rowid from {{table}} where {UPN} in (select +upn from pupil where id in {_THESE})
    union select rowid from {{table}} where {REF} in (select upper(ref) from pupil where id in {_THESE})
"""  # noqa: S608 - all ours
"""SQL: the rowids in ``inbox`` or ``conflict`` of records that may be of the pupils in ``:ids`` (a JSON array) or of
their attempts, and perhaps of a few others. Each line has an index (``store.db.record_indexes``), which SQLite uses
only if the value looked up has no column affinity: hence the ``+``."""

_LARGEST_ID = 2**63 - 1

_Lookup = Callable[[Any], int | None]


class PupilFinder:
    """Finds pupils. A device without a row is this home's own.

    The register is read once, when the finder is made. For ``few`` records, each pupil is looked up by an index
    instead.
    """

    def __init__(self, db: Database, *, few: bool = False) -> None:
        self._others = {device for (device,) in db.execute("select fingerprint from device").fetchall()}
        self._by_code, self._by_id, self._by_upn, self._by_ref = _one_at_a_time(db) if few else _all_at_once(db)

    def pupil_of(self, content: "Content", detail: "Detail | None") -> int | None:
        """The pupil's id, None if the register has no such pupil."""
        code = getattr(content, "check_code", None)  # only a check has one
        return self.find(code, content.device, detail.model_dump() if detail is not None else {})

    def find(self, check_code: str | None, device: str, about: Mapping[str, Any]) -> int | None:
        """The pupil's id from a record and its detail, None if the register has no such pupil.

        First by check code, which was issued to one pupil here; then by the home's own id, which outlives a corrected
        UPN; then by UPN, then by ref.
        """
        found = self._by_code(check_code) if check_code is not None else None
        if found is None and device not in self._others:
            found = self._by_id(about.get("pupil"))
        if found is None and about.get("upn") is not None:
            found = self._by_upn(about["upn"])
        if found is None and about.get("ref"):
            found = self._by_ref(ref_key(about["ref"]))
        return found


def _all_at_once(db: Database) -> tuple[_Lookup, _Lookup, _Lookup, _Lookup]:
    """Look-ups by check code, the home's own id, UPN and ``ref_key``, from dictionaries of all pupils."""
    pupils = db.execute("select id, upn, ref from pupil").fetchall()
    by_code: dict[Any, int] = dict(db.execute("select check_code, pupil_id from pin").fetchall())
    by_id: dict[Any, int] = {pupil_id: pupil_id for pupil_id, _, _ in pupils}
    by_upn: dict[Any, int] = {upn: pupil_id for pupil_id, upn, _ in pupils if upn is not None}
    by_ref: dict[Any, int] = {ref_key(ref): pupil_id for pupil_id, _, ref in pupils if ref is not None}
    return by_code.get, by_id.get, by_upn.get, by_ref.get


def _one_at_a_time(db: Database) -> tuple[_Lookup, _Lookup, _Lookup, _Lookup]:
    """The same four look-ups, each as a query. A value of the wrong type matches no pupil."""

    def by(query: str, kind: type) -> _Lookup:
        def look_up(value: Any) -> int | None:
            hash(value)  # TypeError for a list or an object, as a dictionary raises
            if not isinstance(value, kind) or (isinstance(value, int) and abs(value) > _LARGEST_ID):
                return None
            found = db.execute(query, (value,)).fetchone()
            return int(found[0]) if found is not None else None

        return look_up

    return (
        by("select pupil_id from pin where check_code = ?", str),
        by("select id from pupil where id = ?", int),
        by("select id from pupil where upn = ?", str),
        by("select id from pupil where upper(ref) = ? order by id desc limit 1", str),
    )
