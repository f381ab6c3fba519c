"""Form files are made and checked by the office: all of a command's files or, where one is in the way, none."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.office.forms import LONG_WORK, check_files, form_at, make_forms
from mtc_kiosk.office.json_files import form_file
from mtc_kiosk.office.problem import OfficeRefused

RULES = FormRules()


def test_made_forms_are_official_and_made_once(tmp_path: Path) -> None:
    """The same seed finds its files there already."""
    first = make_forms(tmp_path, 2, 7, RULES)
    assert (first.kept, [each.is_official for each in first.files]) == (0, [True, True])
    again = make_forms(tmp_path, 3, 7, RULES)
    assert (again.kept, again.files[:2]) == (2, first.files)
    assert form_at(again.files[2].path, RULES).id == again.files[2].form_id


def test_where_another_file_is_in_the_way_nothing_is_written(tmp_path: Path) -> None:
    """The refusal names it."""
    (tmp_path / "form-7-0002.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(OfficeRefused) as refused:
        make_forms(tmp_path, 3, 7, RULES)
    assert [(one.code, one.file) for one in refused.value.problems] == [
        ("file_exists", str(tmp_path / "form-7-0002.csv"))
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["form-7-0002.csv"]


def test_a_form_that_breaks_a_rule_is_for_try_it_out_alone(tmp_path: Path) -> None:
    """And a file without a form is for nothing."""
    (made,) = make_forms(tmp_path, 1, 7, RULES).files
    lines = made.path.read_text(encoding="utf-8").splitlines()
    made.path.write_text("\n".join([*lines[:24], lines[0]]), encoding="utf-8")
    (tmp_path / "none.csv").write_bytes(b"\xff\xd8")
    broken, none = (form_file(each) for each in check_files([made.path, tmp_path / "none.csv"], RULES))
    assert (broken["official"], broken["try_it_out"]) == (False, True)
    assert (none["official"], none["try_it_out"], none["id"]) == (False, False, None)


@pytest.mark.parametrize(("count", "shown"), [(LONG_WORK - 1, []), (LONG_WORK, ["Drawing forms", "Writing files"])])
def test_only_long_work_shows_how_far_it_is(tmp_path: Path, count: int, shown: list[str]) -> None:
    """From a hundred forms on; no form is lost on the way."""
    asked: list[str] = []

    def progress(work: Iterable[object], what: str, /) -> Iterable[object]:
        asked.append(what)
        return work

    assert len(make_forms(tmp_path, count, 7, RULES, progress).files) == count
    assert asked == shown
