"""The reasons for not taking the check as rows: one for each pupil who has one.

The columns are described in docs/exports.md.
"""

from collections.abc import Iterable
from datetime import tzinfo

from mtc_kiosk.export.csv_text import csv_bytes, time_cell
from mtc_kiosk.export.reason_lines import ReasonLine
from mtc_kiosk.school.staff import who

COLUMNS = ("UPN", "Surname", "Forename", "Reason code", "Reason", "Set by", "Set at")


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
                time_cell(line.set_at, zone),
            )
            for line in lines
        ),
    )


def reasons_json(lines: Iterable[ReasonLine], zone: tzinfo) -> list[dict[str, object]]:
    """The same for JSON, with the pupil ref."""
    return [
        {
            **pupil_and_reason(line),
            "set_by": who(line.set_by),
            "set_at": line.set_at.astimezone(zone).isoformat(timespec="seconds"),
        }
        for line in lines
    ]


def pupil_and_reason(line: ReasonLine) -> dict[str, object]:
    """The pupil and the reason for JSON, without who gave it and when."""
    return {
        "upn": line.pupil.upn,
        "ref": line.pupil.ref,
        "surname": line.pupil.surname,
        "forename": line.pupil.forename,
        "reason_code": line.code,
        "reason": line.label,
    }
