"""The JSON shapes of the register, class lists, arrangements and settings; others are in ``as_json``."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import ArrangementSource
from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.arrangements import PupilArrangements, SchoolArrangements
from mtc_kiosk.office.class_list import ERRORS_SHOWN, ListHasErrors, ListImported
from mtc_kiosk.office.class_list_template import TemplateWritten
from mtc_kiosk.office.class_list_undo import ListUndone
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.pupils import LeaversMarked, PupilAdded, PupilEdited
from mtc_kiosk.office.settings import SettingsChecked
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.home.home import Home


def problems(found: Iterable[Problem]) -> list[dict[str, object]]:
    """Problems, as they are in ``errors``."""
    return [problem.to_json() for problem in found]


def pupil(found: Pupil) -> dict[str, object]:
    """A pupil: the columns of the table, dates as year-month-day."""
    return {"id": found.id, **asdict(found), "date_of_birth": found.date_of_birth.isoformat(), "sex": str(found.sex)}


def pupils(found: Iterable[Pupil]) -> dict[str, object]:
    """A list of pupils."""
    return {"pupils": [pupil(each) for each in found]}


def added(done: PupilAdded) -> dict[str, object]:
    """The pupil who was added."""
    return {"pupil": pupil(done.pupil), **_warnings(done.warnings)}


def edited(done: PupilEdited) -> dict[str, object]:
    """The pupil as they are now, and which columns changed."""
    return {"pupil": pupil(done.pupil), "changed": list(done.change.values), **_warnings(done.warnings)}


def leavers(done: LeaversMarked) -> dict[str, object]:
    """Those who have left, or are back."""
    return {**pupils(done.pupils), "unchanged": done.unchanged}


def list_undone(done: ListUndone) -> dict[str, object]:
    """What undoing an import did."""
    return {**pupils(done.left), "staying": done.staying}


def imported(done: ListImported) -> dict[str, object]:
    """What an import did."""
    return {
        "file": done.name,
        "added": len(done.added),
        "changed": len(done.changed),
        "unchanged": len(done.unchanged),
        "pupils": [
            {"id": each.id, "upn": each.upn, "ref": each.ref, "done": how}
            for how, those in (("added", done.added), ("changed", done.changed))
            for each in those
        ],
        "columns": {str(field): heading for field, heading in done.headings.items()},
        "not_used": list(done.unused),
        "notes": [
            *({"line": n.line, "code": str(n.fault.code), "message": f"{n.fault.sentence}."} for n in done.notes),
            *({"line": None, "code": "file", "message": said} for said in done.file_notes),
        ],
        **({"numbered": [{"id": each.id, "ref": each.ref} for each in done.numbered]} if done.numbered else {}),
        **_warnings(done.warnings),
    }


def template(done: TemplateWritten) -> dict[str, object]:
    """An empty class list that was written."""
    return {"file": str(done.path), "headings": list(done.headings)}


def list_with_errors(name: str, errors_file: str | None, refused: ListHasErrors) -> dict[str, object]:
    """A class list that was not imported; ``errors_file`` is the copy with its errors, None if there is none."""
    return {
        "file": name,
        "errors_file": errors_file,
        "lines": list(refused.lines[:ERRORS_SHOWN]),
        "wrong_lines": len(refused.lines),
        "all_errors": refused.total,
    }


def pupil_arrangements(found: PupilArrangements) -> dict[str, object]:
    """A pupil's arrangements, and their last choice if it was asked for."""
    chosen = {} if found.last_choice is None else {"last_choice": asdict(found.last_choice)}
    return {
        "pupil_id": found.pupil.id,
        "upn": found.pupil.upn,
        "ref": found.pupil.ref,
        "arrangements": [str(code) for code in found.granted.codes],
        "gets": [_source(each) for each in found.sources],
        **chosen,
    }


def school_arrangements(found: SchoolArrangements) -> dict[str, object]:
    """Everybody's arrangements."""
    return {
        "everybody": [_source(each) for each in found.everybody],
        "pupils": [pupil_arrangements(each) for each in found.pupils],
        "warnings": problems(found.warnings),
    }


def settings_checked(home: Home, checked: SettingsChecked) -> dict[str, object]:
    """The result of checking the settings files."""
    return {
        "folder": str(home.config_dir),
        "files": list(FILES),
        "changed_rules": list(checked.configuration.check.changes()),
        "staff_passcode": checked.configuration.kiosk.staff_passcode is not None,
        "warnings": problems(checked.warnings),
    }


def renewed(home: Home, name: str) -> dict[str, object]:
    """A file that was begun anew."""
    return {"file": name, "folder": str(home.root)}


def passcode_set(path: Path) -> dict[str, object]:
    """The file with the passcode's hash."""
    return {"file": str(path)}


def _warnings(found: tuple[Problem, ...]) -> dict[str, object]:
    """The key ``warnings``, only if there are any."""
    return {"warnings": problems(found)} if found else {}


def _source(got: ArrangementSource) -> dict[str, object]:
    """A code or setting with its line; a code's value is the code itself, so that programs read both alike."""
    return {
        "what": got.what,
        "value": got.written,
        "file": ARRANGEMENTS,
        "line": got.line,
        "from": str(got.source),
        "profile": got.name if got.source == "profile" else None,
    }
