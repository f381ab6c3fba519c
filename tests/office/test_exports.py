"""Exports that a person downloads: whole files in memory, with what each must say about itself, and noted."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.office.exports import Export, export_file, exports
from mtc_kiosk.office.results import FileKind
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.staff import Role, staff_of

from .as_staff import open_as
from .with_results import AFTERNOON, WithResults, points

ADMIN = staff_of("a.office", Role.ADMIN)
NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """One pupil has three of four right, one took two checks, one has a reason, one has done nothing."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    school.take(2, points(4))
    school.take(2, points(2), "hall-2")
    school.reason(3)
    return school


def in_zip(content: bytes) -> dict[str, str]:
    """The texts in a ZIP file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


def test_a_csv_comes_with_its_text(school: WithResults) -> None:
    """Both in one ZIP file, whose name has the time and no pupil."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        file = export_file(home, Export.RESULTS, FileKind.CSV)
    assert (file.name, file.kind, file.rows) == ("results-2027-06-07-1500.zip", "application/zip", 4)
    texts = in_zip(file.content)
    assert list(texts) == ["results.csv", "results.about.txt"]
    lines = list(csv.DictReader(io.StringIO(texts["results.csv"])))
    assert [line["Score"] for line in lines] == ["3", "", "", ""]
    assert OWN_CHECK in texts["results.about.txt"]
    assert MADE_UP in texts["results.about.txt"]
    assert "took two checks" in texts["results.about.txt"]


def test_a_workbook_has_its_text_on_a_second_sheet(school: WithResults) -> None:
    """So that it is one file to open."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        file = export_file(home, Export.RESULTS, FileKind.XLSX)
    book = load_workbook(io.BytesIO(file.content))
    assert book.sheetnames == ["Results", "Summary", "About this file"]
    texts = [cell.value for (cell,) in book["About this file"].iter_rows()]
    assert OWN_CHECK in texts
    assert any("took two checks" in text for text in texts)


def test_json_begins_with_its_text(school: WithResults) -> None:
    """As the command writes it."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        results = json.loads(export_file(home, Export.RESULTS, FileKind.JSON).content)
        reasons = json.loads(export_file(home, Export.REASONS, FileKind.JSON).content)
    assert results["about"]["own_check"]
    assert [line["score"] for line in results["results"]] == [3, None, None, None]
    assert [line["reason_code"] for line in reasons["reasons"]] == ["ABSNT"]


def test_names_in_any_letters_are_intact_in_every_file(tmp_path: Path) -> None:
    """Accents, from right to left, and what a spreadsheet would evaluate, which has an apostrophe in CSV alone."""
    names = [("Siân", "O'Brien"), ("Łukasz", "Żółć"), ("Thị", "Nguyễn"), ("שרה", "כהן"), ("ليلى", "حداد"), ("=1", "@A")]
    school = WithResults(tmp_path / "home", len(names))
    for number in range(1, len(names) + 1):
        school.take(number, points(1))
        school.reason(number, "ANLLQ")
    with school.opened() as home:
        for number, (forename, surname) in enumerate(names, start=1):
            home.db.execute("update pupil set forename = ?, surname = ? where id = ?", (forename, surname, number))
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        for what in Export:
            packed = in_zip(export_file(home, what, FileKind.CSV).content)
            lines = csv.DictReader(io.StringIO(packed[f"{what}.csv"], newline=""))
            guarded = {(forename, surname) for forename, surname in [*names[:-1], ("'=1", "'@A")]}
            assert {(line["Forename"], line["Surname"]) for line in lines} == guarded
            read = json.loads(export_file(home, what, FileKind.JSON).content)[what]
            assert {(line["forename"], line["surname"]) for line in read} == set(names)
            sheet = load_workbook(io.BytesIO(export_file(home, what, FileKind.XLSX).content)).worksheets[0]
            header, *rows = sheet.iter_rows(values_only=True)
            places = header.index("Forename"), header.index("Surname")
            assert {tuple(row[place] for place in places) for row in rows} == set(names)


def test_nothing_is_written_on_this_pc(school: WithResults) -> None:
    """No file of the home but the database changes."""
    before = sorted(path for path in school.root.rglob("*") if "mtc.db" not in path.name)
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        for what in Export:
            for kind in FileKind:
                export_file(home, what, kind)
    assert sorted(path for path in school.root.rglob("*") if "mtc.db" not in path.name) == before


def test_each_download_is_noted(school: WithResults) -> None:
    """With who, what kind of file, and of whom there was a score."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        for _ in range(2):
            export_file(home, Export.RESULTS, FileKind.XLSX)
        export_file(home, Export.REASONS, FileKind.CSV)
    noted = [(account, subject, json.loads(after)) for account, subject, after in school.audited("results.shown")]
    assert noted == [("a.office", "xlsx", {"pupils": 4, "scores": [1]})] * 2
    assert school.audited("reasons.exported") == [("a.office", "csv", '{"pupils":1}')]


def test_the_list_of_exports_says_what_each_leaves_out(school: WithResults) -> None:
    """In numbers, and leaves no row: it shows no score."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        results, reasons, answers = exports(home)
    assert (results.what, results.rows, results.refused) == (Export.RESULTS, 4, "")
    assert results.left_out == ("Left out: the scores of 1 pupil with two checks, until a head has chosen.",)
    assert (reasons.what, reasons.rows) == (Export.REASONS, 1)
    assert (answers.what, answers.rows) == (Export.ANSWERS, 1)
    assert answers.left_out == ("Left out: 1 pupil with two checks, until a head has chosen.",)
    assert school.audited("results.shown") == []


def test_before_their_release_no_results_can_be_downloaded(school: WithResults) -> None:
    """Reasons can; nothing is noted of what was refused."""
    (school.home.config_dir / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        results, _, answers = exports(home)
        assert "Results can be seen on Monday 21 June 2027" in results.refused
        assert answers.refused == results.refused
        for what in (Export.RESULTS, Export.ANSWERS):
            with pytest.raises(Refused):
                export_file(home, what, FileKind.CSV)
        export_file(home, Export.REASONS, FileKind.CSV)
    assert school.audited("results.shown") == []


def test_a_file_is_read_from_the_disk_anew(school: WithResults) -> None:
    """What a console remembers for its pages is not what leaves the school."""
    memory: dict[str, dict[object, object]] = {}
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        home.db.remembers = memory  # type: ignore[attr-defined]  # of our own class
        exports(home)
        assert memory
        home.db.execute("drop trigger inbox_is_not_changed")
        home.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-9') as blob)")
        exports(home)
        file = export_file(home, Export.RESULTS, FileKind.CSV)
    lines = list(csv.DictReader(io.StringIO(in_zip(file.content)["results.csv"])))
    assert [line["Score"] for line in lines] == ["", "", "", ""]
