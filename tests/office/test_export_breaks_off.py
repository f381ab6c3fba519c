"""An export that is stopped, or whose file another program has open: nothing is half written, and nothing is noted."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.office.answers import write_answers
from mtc_kiosk.office.exports import Export, export_file
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.results import FileKind, write_reasons, write_results
from mtc_kiosk.school.staff import Role, staff_of

from .as_staff import open_as
from .with_results import AFTERNOON, WithResults, points

ADMIN = staff_of("a.office", Role.ADMIN)
Write = Callable[..., Any]


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """Two pupils with a score and one with a reason."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    school.take(2, points(4))
    school.reason(3)
    return school


@pytest.mark.parametrize("kind", FileKind)
def test_ctrl_c_leaves_the_earlier_file_and_nothing_else(
    school: WithResults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: FileKind
) -> None:
    """After the first check was read: no draft, no temporary file, no row in the audit."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    path = school.home.exports / f"answers.{kind}"
    path.write_bytes(b"earlier")

    def stops(work: Iterable[Any], what: str) -> Iterator[Any]:
        for number, part in enumerate(work):
            if what == "Reading answers" and number == 1:
                raise KeyboardInterrupt
            yield part

    with open_as(school.root, ADMIN, AFTERNOON) as home, pytest.raises(KeyboardInterrupt):
        write_answers(home, kind, progress=stops)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == b"earlier"
    assert list(temporary.iterdir()) == []
    assert school.audited("results.shown") == []


@pytest.mark.parametrize("write", [write_answers, write_results, write_reasons])
def test_a_file_that_is_open_in_excel_is_named(
    school: WithResults, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    """As Windows refuses to replace it; the text beside it stays as it was, too."""
    path = school.home.exports / "report.xlsx"
    beside = path.with_name("report.about.txt")
    for file in (path, beside):
        file.write_bytes(b"earlier")
    replace = os.replace

    def open_elsewhere(source: Path, target: Path) -> None:
        if target == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    with open_as(school.root, ADMIN, AFTERNOON) as home, monkeypatch.context() as patch:
        patch.setattr(os, "replace", open_elsewhere)
        with pytest.raises(OfficeRefused, match=r"another program has the file open\. Nothing was changed"):
            write(home, FileKind.XLSX, path)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == {
        path.name: b"earlier",
        beside.name: b"earlier",
    }
    assert school.audited("results.shown") == []


def test_progress_goes_through_every_check(school: WithResults) -> None:
    """A bar that stays at nothing for as long as it takes is none."""
    seen: dict[str, int] = {}

    def counts(work: Iterable[Any], what: str) -> Iterator[Any]:
        for part in work:
            seen[what] = seen.get(what, 0) + 1
            yield part

    with open_as(school.root, ADMIN, AFTERNOON) as home:
        home.db.execute("delete from proof")
        write_answers(home, FileKind.XLSX, progress=counts)
    assert seen == {"Verifying checks": 2, "Reading answers": 2}


@pytest.mark.parametrize("write", [write_answers, write_results, write_reasons])
def test_a_disk_too_full_to_make_a_workbook_is_named(
    school: WithResults, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workbook's temporary file is on it, too; nothing is written or noted."""

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    with open_as(school.root, ADMIN, AFTERNOON) as home, monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", full)
        with pytest.raises(OfficeRefused, match=r"take the workbook: it is full\. Nothing was changed"):
            write(home, FileKind.XLSX)
    assert list(school.home.exports.iterdir()) == []
    assert school.audited("results.shown") == []


@pytest.mark.parametrize("what", Export)
def test_a_workbook_to_download_that_cannot_be_made_is_a_sentence(
    school: WithResults, monkeypatch: pytest.MonkeyPatch, what: Export
) -> None:
    """A page shows it; nothing is noted."""

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    with open_as(school.root, ADMIN, AFTERNOON) as home, monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkdtemp", full)
        with pytest.raises(OfficeRefused, match="temporary files cannot take the workbook: it is full"):
            export_file(home, what, FileKind.XLSX)
    assert [*school.audited("results.shown"), *school.audited("reasons.exported")] == []
