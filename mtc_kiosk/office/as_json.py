"""The JSON shapes of what the office returns: one function a type, for ``--json`` and for the console's pages alike.

Keys are public: they are in the golden transcripts of the commands. Sessions and PINs: ``json_sessions``.
"""

from collections.abc import Iterable

from mtc_kiosk.export.reasons import pupil_and_reason
from mtc_kiosk.office.assistants import PupilAssistant
from mtc_kiosk.office.reasons import ReasonRemoved, Reasons, ReasonsGiven
from mtc_kiosk.office.restarts import RestartsGiven
from mtc_kiosk.office.status import RegisterStatus
from mtc_kiosk.store.db.times import written


def restarts_given(given: RestartsGiven) -> dict[str, object]:
    """The pupils who may take the check once more."""
    return {"pupil_ids": [pupil.id for pupil in given.pupils], "reason": given.code}


def register_status(found: RegisterStatus) -> dict[str, object]:
    """Where every pupil is, and the counts of the five groups."""
    return {
        "total": len(found.pupils),
        "counts": {str(bucket): count for bucket, count in found.counts.items()},
        "pupils": [
            {
                "pupil_id": one.pupil.id,
                "upn": one.pupil.upn,
                "ref": one.pupil.ref,
                "surname": one.pupil.surname,
                "forename": one.pupil.forename,
                "group": one.pupil.group_name,
                "status": str(one.status.status),
                "label": one.status.label,
                "bucket": str(one.status.bucket),
                "kiosk": one.status.kiosk,
            }
            for one in found.pupils
        ],
    }


def reasons_given(given: ReasonsGiven) -> dict[str, object]:
    """The pupils who do not take the check, and those among them with a cancelled unused PIN."""
    return {
        "pupil_ids": [pupil.id for pupil in given.pupils],
        "reason_code": given.code,
        "reason": given.label,
        "pins_cancelled": [pupil.id for pupil in given.without_pin],
    }


def reason_removed(removed: ReasonRemoved) -> dict[str, object]:
    """The pupil of the reason that was taken back."""
    return {"pupil_id": removed.pupil.id, "needs_pin": removed.needs_pin}


def reasons(found: Reasons) -> dict[str, object]:
    """The pupils with a reason, and the reasons that the school gives."""
    return {
        "pupils": [
            {
                "pupil_id": line.pupil.id,
                **pupil_and_reason(line),
                "set_by": line.set_by,
                "set_at": written(line.set_at),
            }
            for line in found.given
        ],
        "reasons": [
            {"code": code.code, "label": code.label, "head_only": code.head_only, "annuls": code.annuls}
            for code in found.offered
        ],
    }


def assistants(found: Iterable[PupilAssistant]) -> dict[str, object]:
    """Who typed for which pupil, and who named them when."""
    return {
        "assistants": [
            {
                "pupil_id": one.pupil.id,
                "attempt_id": one.assistant.attempt_id,
                "at": one.assistant.at,
                "by": one.assistant.by,
                "code": one.assistant.code,
                "forename": one.assistant.forename,
                "surname": one.assistant.surname,
                "why": one.assistant.why,
            }
            for one in found
        ]
    }
