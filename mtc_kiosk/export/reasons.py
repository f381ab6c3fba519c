"""The reasons for not taking the check: a line for each pupil who has one, and the lines as CSV and JSON.

The columns are described in docs/exports.md.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mtc_kiosk.export.table import Table, school_time, table
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import who
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils

COLUMNS = ("UPN", "Surname", "Forename", "Reason code", "Reason", "Set by", "Set at")


@dataclass(frozen=True)
class ReasonLine:
    """A pupil and the reason in force; ``set_at`` is an aware datetime."""

    pupil: Pupil
    code: str
    label: str
    set_by: str
    set_at: datetime


def derive_reasons(db: Database, rules: Rules, running: Collection[str]) -> tuple[ReasonLine, ...]:
    """Every reason in force, in list order; those of pupils who have left too."""
    facts = load_facts(db, running)
    lines = []
    for pupil in pupils(db, with_left=True):
        reason = progress_of(facts[pupil.id]).reason
        if reason is not None:
            label = rules.reason(reason.code).label
            lines.append(ReasonLine(pupil, reason.code, label, reason.by, reason.at))
    return tuple(lines)


def reasons_table(lines: Iterable[ReasonLine], zone: tzinfo) -> Table:
    """The lines for a file that spreadsheets read."""
    return table(
        COLUMNS,
        (
            (
                line.pupil.upn,
                line.pupil.surname,
                line.pupil.forename,
                line.code,
                line.label,
                who(line.set_by),
                school_time(line.set_at, zone),
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
