"""The reasons for not taking the check as rows: one for each pupil who has one. It gives none and knows no file.

The columns are described in docs/exports.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.times import in_a_cell
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.staff import who

COLUMNS = ("UPN", "Surname", "Forename", "Reason code", "Reason", "Set by", "Set at")


@dataclass(frozen=True)
class ReasonLine:
    """A pupil and the reason that holds; ``set_at`` is an instant with its zone."""

    pupil: Pupil
    code: str
    label: str
    set_by: str
    set_at: datetime


def reasons_csv(lines: Iterable[ReasonLine], zone: tzinfo) -> bytes:
    """The bytes of the CSV file."""
    return csv_bytes(
        COLUMNS,
        (
            (
                line.pupil.upn,
                line.pupil.surname,
                line.pupil.forename,
                line.code,
                line.label,
                who(line.set_by),
                in_a_cell(line.set_at, zone),
            )
            for line in lines
        ),
    )


def reasons_json(lines: Iterable[ReasonLine], zone: tzinfo) -> list[dict[str, object]]:
    """The same for JSON, with the pupil ref."""
    return [
        {
            "upn": line.pupil.upn,
            "ref": line.pupil.ref,
            "surname": line.pupil.surname,
            "forename": line.pupil.forename,
            "reason_code": line.code,
            "reason": line.label,
            "set_by": who(line.set_by),
            "set_at": line.set_at.astimezone(zone).isoformat(timespec="seconds"),
        }
        for line in lines
    ]
