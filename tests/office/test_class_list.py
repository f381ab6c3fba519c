"""A class list onto the register: what was done, or every mistake and the list with its errors."""

import csv
import errno
import io
import os
from pathlib import Path

import pytest

from mtc_kiosk.cli.list_words import as_options
from mtc_kiosk.office import class_list
from mtc_kiosk.office.class_list import Asked, ListHasErrors, import_bytes, import_file
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import listed
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, acting, audited, under_the_national_scheme, write_arrangements
from tests.office.as_staff import TEACHER
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn


def written(*lines: str) -> bytes:
    """A list of these lines."""
    return "\r\n".join((*lines, "")).encode()


def test_a_list_is_imported_by_whoever_acts(home: Home) -> None:
    """Everybody in it is added, and each row of the audit names the teacher's account."""
    with acting(home, TEACHER) as office:
        before = len(audited(office))
        done = import_bytes(office, written(HEADINGS, AMY, BO), "class.csv")
        assert [pupil.forename for pupil in done.added] == ["Amy", "Bo-Lin"]
        assert (done.changed, done.unchanged, done.unused, done.warnings) == ((), (), (), ())
        assert done.headings[Field.MIDDLE_NAMES] == "Middle name(s)"
        assert len(listed(office)) == 5
        rows = audited(office)[before:]
        assert [row[:2] for row in rows] == [(TEACHER.account, "pupil.added")] * 2


def test_the_same_list_again_changes_nothing(home: Home) -> None:
    """And one that says something else is refused until staff say that it is right."""
    with acting(home) as office:
        import_bytes(office, written(HEADINGS, AMY, BO), "class.csv")
        assert len(import_bytes(office, written(HEADINGS, AMY, BO), "class.csv").unchanged) == 2
        moved = written(HEADINGS, AMY.replace("Testerly", "Newname"), BO)
        with pytest.raises(ListHasErrors):
            import_bytes(office, moved, "class.csv")
        done = import_bytes(office, moved, "class.csv", Asked(update=True))
        assert ([pupil.surname for pupil in done.changed], len(done.unchanged)) == (["Newname"], 1)


def test_every_mistake_is_a_problem_and_the_list_comes_back_with_its_errors(home: Home) -> None:
    """Nothing is imported, not even the lines that are right."""
    wrong = written(HEADINGS, AMY, BO.replace(",M,", ",X,").replace("02/09", "31/09"), CY.replace("Samplé", ""))
    with acting(home) as office:
        with pytest.raises(ListHasErrors) as refused:
            import_bytes(office, wrong, "upload.csv")
        assert len(listed(office)) == 3
    found = refused.value
    assert [(each.file, each.line, each.code) for each in found.problems] == [
        ("upload.csv", 3, "birth_no_such_day"),
        ("upload.csv", 3, "sex"),
        ("upload.csv", 4, "name_missing"),
    ]
    assert (found.lines, found.total, found.ending) == ((3, 4), 3, "csv")
    errors = [row[-1] for row in csv.reader(io.StringIO(found.content.decode("utf-8-sig")))]
    assert errors == [
        "Errors",
        "",
        "Date of birth is not in the calendar, Sex must be M or F",
        "Surname is missing",
    ]


@pytest.mark.parametrize("count", [class_list.ERRORS_SHOWN, class_list.ERRORS_SHOWN + 1])
def test_of_very_many_mistakes_the_first_are_problems_and_all_are_in_the_file(home: Home, count: int) -> None:
    """The last sentence says how many there are."""
    with acting(home) as office, pytest.raises(ListHasErrors) as refused:
        import_bytes(
            office, written(HEADINGS, *(AMY.replace(",F,", ",X,").replace("1,", f"{n},") for n in [1] * count)), "c.csv"
        )
    found = refused.value
    assert len(found.problems) == min(found.total, class_list.ERRORS_SHOWN) + (found.total > class_list.ERRORS_SHOWN)
    assert found.content.count(b"Sex must be M or F") == count


def test_headings_that_are_not_those_of_a_class_list(home: Home) -> None:
    """Each a problem with the line of the headings; the last says what to do. A mapped column is understood."""
    lines = written("Family,Forename,Middle name(s),Date of birth,Sex,UPN", AMY)
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            import_bytes(office, lines, "c.csv", Asked(words=as_options))
        assert not isinstance(refused.value, ListHasErrors)
        assert {(each.file, each.line) for each in refused.value.problems} == {("c.csv", 1)}
        assert "--map" in refused.value.problems[-1].message
        done = import_bytes(office, lines, "c.csv", Asked(maps=["Surname=Family"]))
        assert done.headings[Field.SURNAME] == "Family"
        with pytest.raises(class_list.NotAColumn, match="'Surname' is not COLUMN=HEADING"):
            import_bytes(office, lines, "c.csv", Asked(maps=["Surname"]))


@pytest.mark.parametrize("content", [b"", b"<html><table>", b"PK\x03\x04 not a workbook"])
def test_a_file_that_is_no_class_list(home: Home, content: bytes) -> None:
    """One problem with the file's name."""
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        import_bytes(office, content, "c.csv")
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("not_a_class_list", "c.csv")


def test_notes_are_said_once_with_their_lines(home: Home) -> None:
    """Of many lines the first twelve are named."""
    young = [AMY.replace("2018", "2012").replace("Amy", name).replace("G201100120001", upn(n)) for n, name in NAMED]
    with acting(home) as office:
        done = import_bytes(office, written(HEADINGS, *young[:13]), "c.csv")
        all_named = import_bytes(office, written(HEADINGS, *young[13:25]), "c.csv")
        one = import_bytes(office, written(HEADINGS, young[25]), "c.csv")
    assert done.sentences == (
        "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 1 more: Date of birth is not that of a year 4 pupil.",
    )
    assert all_named.sentences == (
        "lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13: Date of birth is not that of a year 4 pupil.",
    )
    assert one.sentences == ("line 2: Date of birth is not that of a year 4 pupil.",)


NAMED = [(50 + place, f"Amy {letter}") for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")]


def test_a_number_that_a_list_changes_takes_the_entry_of_the_arrangements_along(home: Home) -> None:
    """As an edit does."""
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set ref = 'R-1' where id = 1")
        (one,) = listed(office)[:1]
        row = f"{one.surname},{one.forename},,{one.date_of_birth:%d/%m/%Y},{one.sex},{upn(7)},R-1"
        done = import_bytes(office, written(f"{HEADINGS},Pupil ref", row), "c.csv", Asked(update=True))
        assert ([pupil.upn for pupil in done.changed], done.warnings) == ([upn(7)], ())
    assert upn(7) in (home.config_dir / "access_arrangements.yaml").read_text(encoding="utf-8")


def test_a_file_is_imported_or_its_errors_are_written_beside_it(home: Home, tmp_path: Path) -> None:
    """Or into the home's exports; one that is not there is a problem with its name."""
    path = tmp_path / "class.csv"
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            import_file(office, path)
        assert [(each.code, each.file) for each in refused.value.problems] == [("unreadable", str(path))]
        path.write_bytes(written(HEADINGS, AMY.replace(",F,", ",X,")))
        with pytest.raises(ListHasErrors) as wrong:
            import_file(office, path)
        assert class_list.write_errors(office, path, wrong.value) == tmp_path / "class.errors.csv"
        elsewhere = class_list.write_errors(office, tmp_path / "gone" / "class.csv", wrong.value)
        assert elsewhere == home.exports / "class.errors.csv"
        assert elsewhere.read_bytes() == wrong.value.content
        path.write_bytes(written(HEADINGS, AMY))
        assert [pupil.forename for pupil in import_file(office, path).added] == ["Amy"]


def test_where_no_folder_takes_the_errors_that_is_a_refusal(home: Home, tmp_path: Path) -> None:
    """The mistakes themselves are still reported."""
    with acting(home) as office:
        with pytest.raises(ListHasErrors) as wrong:
            import_bytes(office, written(HEADINGS, AMY.replace(",F,", ",X,")), "c.csv")
        home.exports.rmdir()
        with pytest.raises(OfficeRefused) as refused:
            class_list.write_errors(office, tmp_path / "gone" / "class.csv", wrong.value)
    assert [each.code for each in refused.value.problems] == ["unwritable"]


def test_lists_are_not_taken_once_the_check_is_over(home: Home) -> None:
    """Under the national scheme, whoever acts, though single pupils still are."""
    under_the_national_scheme(home)
    with acting(home, at="2027-06-18T22:59:00Z") as office:
        assert len(import_bytes(office, written(HEADINGS, AMY), "c.csv").added) == 1
        before = audited(office)
    with acting(home, at="2027-06-18T23:01:00Z") as office:
        with pytest.raises(Refused):
            import_bytes(office, written(HEADINGS, BO), "c.csv")
        assert audited(office) == before


def test_rows_hidden_in_excel_wait_for_staff_to_choose(home: Home) -> None:
    """Nothing is imported until then, and the choice is named with what was done."""
    content = (Path(__file__).parents[1] / "class_list" / "workbooks" / "hidden_row.xlsx").read_bytes()
    with acting(home) as office:
        before = audited(office)
        with pytest.raises(OfficeRefused) as refused:
            import_bytes(office, content, "c.xlsx")
        (problem,) = refused.value.problems
        assert (problem.code, problem.file) == ("hidden", "c.xlsx")
        assert audited(office) == before
        done = import_bytes(office, content, "c.xlsx", Asked(hidden="skip"))
        assert [pupil.forename for pupil in done.added] == ["Ann"]
        assert "left out" in done.file_notes[0]
        done = import_bytes(office, content, "c.xlsx", Asked(hidden="take"))
        assert [pupil.forename for pupil in done.added] == ["Bob"]


def test_the_file_that_excel_keeps_while_a_list_is_open_is_not_the_list(home: Home, tmp_path: Path) -> None:
    """It lies beside the list with almost its name."""
    path = tmp_path / "~$class.xlsx"
    path.write_bytes(b"\x05Staff" + bytes(159))
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        import_file(office, path)
    (problem,) = refused.value.problems
    assert (
        problem.message
        == "Excel keeps this file while class.xlsx is open. Import that file instead. Nothing was imported."
    )


def test_a_refusal_also_says_how_the_file_was_read(home: Home) -> None:
    """Letters in a wrong encoding, or another sheet, may be all that is wrong with it."""
    said: list[str] = []
    polish = written(HEADINGS, AMY.replace("Testerly", "\u017baneta")).decode().encode("cp1250")
    with acting(home) as office:
        with pytest.raises(ListHasErrors):
            import_bytes(office, polish, "c.csv", before_saving=said.extend)
        with pytest.raises(OfficeRefused):
            import_bytes(office, polish.replace(b"UPN", b"Nr"), "c.csv", before_saving=said.extend)
    assert [sentence.startswith("The file's letters were read as Windows writes them") for sentence in said] == [
        True
    ] * 2


@pytest.mark.parametrize("path", ["none.csv", ".", "~$class.xlsx", "closed.csv", "headings.csv", "kind.csv"])
def test_every_refusal_says_that_nothing_was_imported(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """A file that is not there, a folder, one that is open in Excel, other headings, another kind of file."""
    (tmp_path / "headings.csv").write_text("Shoe size\n4\n")
    (tmp_path / "kind.csv").write_bytes(b"%PDF-")
    (tmp_path / "closed.csv").write_text(HEADINGS)
    opened = os.open

    def refuse(name: Path, *flags: int) -> int:
        if Path(name).name == "closed.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(name))
        return opened(name, *flags)

    monkeypatch.setattr(os, "open", refuse)
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        import_file(office, tmp_path / path)
    said = refused.value.problems[-1].message
    assert said.endswith("Nothing was imported.")
    assert ("If it is open in Excel, close it there, then import it again." in said) == (path == "closed.csv")
