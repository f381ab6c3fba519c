"""Which pupil of the register a record is of. Records carry no name: a check code, a UPN or a ref has to do.

It reads the register once, and does not notice what is changed there afterwards.
"""

import sqlite_utils

from mtc_kiosk.record.content import Check, Content
from mtc_kiosk.record.detail import Detail
from mtc_kiosk.school.pupil_ref import ref_key


class PupilFinder:
    """Finds pupils as the register has them when it is made. ``own_device`` is this home's."""

    def __init__(self, db: sqlite_utils.Database, own_device: str) -> None:
        self._own_device = own_device
        self._by_code: dict[str, int] = dict(db.execute("select check_code, pupil_id from pin").fetchall())
        pupils = db.execute("select id, upn, ref from pupil").fetchall()
        self._ids = {pupil_id for pupil_id, _, _ in pupils}
        self._by_upn: dict[str, int] = {upn: pupil_id for pupil_id, upn, _ in pupils if upn is not None}
        self._by_ref: dict[str, int] = {ref_key(ref): pupil_id for pupil_id, _, ref in pupils if ref is not None}

    def pupil_of(self, content: Content, detail: Detail | None) -> int | None:
        """The pupil's id, None where the register has no such pupil.

        A check code was issued to one pupil here. After it the home's own number, which outlives a corrected UPN; then
        UPN, then ref.
        """
        if isinstance(content, Check) and content.check_code in self._by_code:
            return self._by_code[content.check_code]
        if detail is None:
            return None
        if content.device == self._own_device and detail.pupil in self._ids:
            return detail.pupil
        if detail.upn is not None and detail.upn in self._by_upn:
            return self._by_upn[detail.upn]
        return self._by_ref.get(ref_key(detail.ref)) if detail.ref is not None else None
