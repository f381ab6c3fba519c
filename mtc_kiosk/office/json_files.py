"""The JSON shapes of files: form files and record files that were checked, exports that were written.

The keys are public.
"""

from mtc_kiosk.office.forms import FormFile
from mtc_kiosk.office.results import Written
from mtc_kiosk.office.verify import VerifiedFile


def form_file(checked: FormFile) -> dict[str, object]:
    """A form file, and what its form may be used for."""
    return {
        "file": str(checked.path),
        "id": checked.form_id,
        "official": checked.is_official,
        "try_it_out": checked.can_be_tried,
    }


def verified(one: VerifiedFile) -> dict[str, object]:
    """A record file: whether it is sound, and its record if it has one."""
    record = one.verified.sealed if one.verified is not None else None
    if record is None:
        return {"file": str(one.file), "ok": False}
    content = record.content
    return {
        "file": str(one.file),
        "ok": one.problem is None,
        "record_id": content.id,
        "type": content.type,
        "sha256": record.sha256,
        "at": content.at,
        "kiosk": content.kiosk,
        "device": content.device,
        "made_up_pupils": content.made_up,
        "detail": "there" if record.detail is not None else "erased",
    }


def written(export: Written) -> dict[str, object]:
    """Where an export went, and how many rows it has."""
    return {"out": str(export.path), "rows": export.rows}
