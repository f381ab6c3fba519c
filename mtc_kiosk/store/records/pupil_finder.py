"""Which pupil of the register a record is of. Records carry no name: a check code, a UPN or a ref has to do.

It reads the register once, and does not notice what is changed there afterwards.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mtc_kiosk.school.pupil_ref import ref_key
from mtc_kiosk.store.db.opened import Database

if TYPE_CHECKING:  # a kiosk's first screen waits for no type of a record
    from mtc_kiosk.record.content import Content
    from mtc_kiosk.record.detail import Detail


class PupilFinder:
    """Finds pupils as the register has them when it is made. A device that has no row is this home's own."""

    def __init__(self, db: Database) -> None:
        self._others = {device for (device,) in db.execute("select fingerprint from device").fetchall()}
        self._by_code: dict[str, int] = dict(db.execute("select check_code, pupil_id from pin").fetchall())
        pupils = db.execute("select id, upn, ref from pupil").fetchall()
        self._ids = {pupil_id for pupil_id, _, _ in pupils}
        self._by_upn: dict[str, int] = {upn: pupil_id for pupil_id, upn, _ in pupils if upn is not None}
        self._by_ref: dict[str, int] = {ref_key(ref): pupil_id for pupil_id, _, ref in pupils if ref is not None}

    def pupil_of(self, content: "Content", detail: "Detail | None") -> int | None:
        """The pupil's id, None where the register has no such pupil."""
        code = getattr(content, "check_code", None)  # a check alone has one
        return self.find(code, content.device, detail.model_dump() if detail is not None else {})

    def find(self, check_code: str | None, device: str, about: Mapping[str, Any]) -> int | None:
        """The pupil's id by what a record and its detail say, None where the register has no such pupil.

        A check code was issued to one pupil here. After it the home's own number, which outlives a corrected UPN; then
        UPN, then ref.
        """
        if check_code in self._by_code:
            return self._by_code[check_code]
        if device not in self._others and about.get("pupil") in self._ids:
            return int(about["pupil"])
        upn, ref = about.get("upn"), about.get("ref")
        if upn is not None and upn in self._by_upn:
            return self._by_upn[upn]
        return self._by_ref.get(ref_key(ref)) if ref else None
