"""``mtc-kiosk pupils``, as it is typed."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.store.made_up import open_made_up_home
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn

NOW = "2027-06-07T08:00:00Z"
SIX = HEADINGS.split(",")


class Typed:
    """What a command typed at the school's PC came to."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], words: tuple[object, ...]) -> None:
        with pytest.raises(SystemExit) as left:
            main(["pupils", *map(str, words), "--home", str(home)])
        self.code = left.value.code
        self.out, self.err = capsys.readouterr()

    @property
    def report(self) -> dict[str, Any]:
        """The object of ``--json``."""
        report: dict[str, Any] = json.loads(self.out)
        return report

    @property
    def said(self) -> list[str]:
        """The lines on standard error."""
        return self.err.splitlines()


Typing = Callable[..., Typed]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of made-up pupils, in which it is a morning in June."""
    monkeypatch.setenv("MTC_KIOSK_NOW", NOW)
    return open_made_up_home(tmp_path / "home").root


@pytest.fixture
def typed(home: Path, capsys: pytest.CaptureFixture[str]) -> Typing:
    """Type words behind ``mtc-kiosk pupils``."""
    return lambda *words: Typed(home, capsys, words)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write a class list of lines, in a folder of its own."""

    def write(*lines: str, name: str = "class.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / "stick" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes("\r\n".join((*lines, "")).encode(encoding))
        return path

    return write


def names(typed: Typing, *words: object) -> list[str]:
    """The first names on the register."""
    return [pupil["forename"] for pupil in typed("list", "--json", *words).report["data"]["pupils"]]


def rows(home: Path) -> tuple[int, int]:
    """How many pupils and how many rows of the audit there are."""
    db = sqlite3.connect(home / "mtc.db")
    try:
        return tuple(db.execute(f"select count(*) from {table}").fetchone()[0] for table in ("pupil", "audit"))  # type: ignore[return-value]  # two tables
    finally:
        db.close()


def test_a_class_list_is_imported(typed: Typing, file: Callable[..., Path]) -> None:
    """One line confirms it, and says that the pupils are made up."""
    done = typed("import", file(HEADINGS, AMY, BO, CY))
    assert (done.code, done.out, done.err) == (0, "(made-up pupils) 3 added.\n", "")
    assert names(typed) == ["Bo-Lin", "Cy", "Amy"]


def test_the_same_list_again_is_unchanged(typed: Typing, file: Callable[..., Path], home: Path) -> None:
    """Nothing is changed, and the message says so."""
    path = file(HEADINGS, AMY, BO)
    typed("import", path)
    before = rows(home)
    assert typed("import", path).out == "(made-up pupils) 2 unchanged.\n"
    assert rows(home) == before


def test_every_mistake_is_told_and_written_beside_the_list(
    typed: Typing, file: Callable[..., Path], home: Path
) -> None:
    """All at once, by file and line; nothing is imported, not even the lines that are right."""
    path = file(HEADINGS, AMY, BO.replace(",M,", ",X,").replace("02/09", "31/09"), CY.replace("Samplé", ""))
    refused = typed("import", path)
    errors = path.with_name("class.errors.csv")
    assert (refused.code, refused.out) == (1, "")
    assert refused.said == [
        f"{path}:3: Date of birth is not in the calendar.",
        f"{path}:3: Sex must be M or F.",
        f"{path}:4: Surname is missing.",
        "Nothing was imported.",
        f"The same list with its errors: {errors}",
        "Correct the mistakes in that file, then import it.",
    ]
    assert errors.read_text(encoding="utf-8").splitlines() == [
        f"{HEADINGS},Errors",
        f"{AMY},",
        'O\'Example,Bo-Lin,Kai,31/09/2017,X,W201100120002,"Date of birth is not in the calendar, Sex must be M or F"',
        ",Cy,,31/08/2018,M,G20110012003A,Surname is missing",
    ]
    assert rows(home) == (0, 0)


def test_the_corrected_file_of_errors_is_imported_as_it_is(typed: Typing, file: Callable[..., Path]) -> None:
    """Its column Errors, cleared or not, is passed over."""
    path = file(HEADINGS, AMY, BO.replace(",M,", ",X,"), encoding="cp1252")
    typed("import", path)
    errors = path.with_name("class.errors.csv")
    errors.write_bytes(errors.read_bytes().replace(b",X,", b",M,"))
    assert typed("import", errors).out == "(made-up pupils) 2 added.\n"


def test_a_file_of_errors_that_is_still_wrong_is_not_written_over(typed: Typing, file: Callable[..., Path]) -> None:
    """What a teacher corrected so far is kept; the errors that are left are in another file."""
    path = file(HEADINGS, AMY.replace(",F,", ",X,"), BO.replace(",M,", ",X,"))
    typed("import", path)
    errors = path.with_name("class.errors.csv")
    corrected = errors.read_bytes().replace(b"14/03/2018,X", b"14/03/2018,F")
    errors.write_bytes(corrected)
    assert f"The same list with its errors: {path.with_name('class.errors-2.csv')}" in typed("import", errors).said
    assert errors.read_bytes() == corrected


@pytest.mark.posix_only("only Linux has a folder that takes no file from anybody")
def test_where_the_folder_takes_no_file_the_errors_are_in_the_home(
    typed: Typing, file: Callable[..., Path], home: Path
) -> None:
    """A stick that is read-only."""
    with file(HEADINGS, AMY.replace(",F,", ",X,")).open("rb") as opened:
        refused = typed("import", f"/proc/self/fd/{opened.fileno()}")
        errors = home / "exports" / f"{opened.fileno()}.errors.csv"
    assert f"The same list with its errors: {errors}" in refused.said
    assert b"Sex must be M or F" in errors.read_bytes()


def test_a_workbook_is_imported_and_its_errors_are_a_workbook(typed: Typing, tmp_path: Path) -> None:
    """With dates as dates; corrected, it is imported as it is."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (SIX, AMY.split(","), BO.split(",")):
        sheet.append(row)
    sheet["E3"] = "X"
    book.save(tmp_path / "class.xlsx")
    refused = typed("import", tmp_path / "class.xlsx")
    assert refused.said[0] == f"{tmp_path / 'class.xlsx'}:3: Sex must be M or F."
    errors = openpyxl.load_workbook(tmp_path / "class.errors.xlsx")
    assert errors.worksheets[0]["G3"].value == "Sex must be M or F"
    errors.worksheets[0]["E3"] = "M"
    errors.save(tmp_path / "class.errors.xlsx")
    assert typed("import", tmp_path / "class.errors.xlsx").out == "(made-up pupils) 2 added.\n"


def test_an_import_reports_one_object(typed: Typing, file: Callable[..., Path]) -> None:
    """The counts, which column was used for what, and what staff should look at."""
    path = file("Legal Surname,Forename,DOB,Gender,UPN,Reg Group,House", f"T,Amy,14/03/2001,F,{upn(1)},4A,Elm")
    report = typed("import", path, "--json").report
    data = report["data"]
    assert (report["ok"], report["errors"], data["made_up_pupils"]) == (True, [], True)
    assert (data["added"], data["changed"], data["unchanged"], data["not_used"]) == (1, 0, 0, ["House"])
    assert data["pupils"] == [{"id": 1, "upn": upn(1), "ref": None, "done": "added"}]
    assert data["columns"]["surname"] == "Legal Surname"
    note = {"line": 2, "code": "not_year_four", "message": "Date of birth is not that of a year 4 pupil."}
    assert data["notes"] == [note]


def test_a_refused_import_reports_one_object(typed: Typing, file: Callable[..., Path]) -> None:
    """Each error with its file, line and code, and where the file of errors is."""
    path = file(HEADINGS, AMY.replace(",F,", ",X,"))
    refused = typed("import", path, "--json")
    assert (refused.code, refused.err) == (1, "")
    assert refused.report == {
        "ok": False,
        "data": {
            "made_up_pupils": True,
            "file": str(path),
            "errors_file": str(path.with_name("class.errors.csv")),
            "lines": [2],
            "wrong_lines": 1,
            "all_errors": 1,
        },
        "errors": [{"message": "Sex must be M or F.", "code": "sex", "file": str(path), "line": 2}],
    }


@pytest.mark.parametrize("count", [100, 101])
def test_of_very_many_errors_the_first_are_named_and_all_are_counted(
    typed: Typing, file: Callable[..., Path], count: int
) -> None:
    """In words and in JSON alike; the file of errors has every one."""
    path = file(HEADINGS, *(AMY.replace(",F,", ",X,").replace("G201100120001", upn(1 + n)) for n in range(count)))
    more = [f"The first 100 of {count} errors are named."] if count > 100 else []
    report = typed("import", path, "--json").report
    assert {error["code"] for error in report["errors"][:100]} == {"sex"}
    assert [error["message"] for error in report["errors"][100:]] == more
    data = report["data"]
    assert (data["lines"], data["wrong_lines"], data["all_errors"]) == (list(range(2, 102)), count, count)
    assert typed("import", path).said[100 : 101 + len(more)] == [*more, "Nothing was imported."]


def test_ages_and_letters_to_look_at_are_told_beside(typed: Typing, file: Callable[..., Path]) -> None:
    """One line for many pupils, on standard error; the list is imported."""
    done = typed("import", file(HEADINGS, AMY.replace("2018", "2001"), CY.replace("2018", "2001"), encoding="cp1252"))
    assert (done.code, len(done.said)) == (0, 2)
    assert "Samplé" in done.said[0]
    assert done.said[1] == "Look again: lines 2, 3: Date of birth is not that of a year 4 pupil."


def test_the_national_columns_in_another_order_are_refused_with_advice(
    typed: Typing, file: Callable[..., Path]
) -> None:
    """And the advice works."""
    path = file("Forename,Surname,Middle name(s),Date of birth,Sex,UPN", "Amy,T,,14/03/2018,F,G201100120001")
    refused = typed("import", path)
    assert (refused.code, len(refused.said)) == (1, 1)
    assert refused.said[0].startswith(f"{path}:1: The columns must be in this order: Surname, Forename,")
    assert '--map "Surname=Surname"' in refused.said[0]
    assert typed("import", path, "--map", "Surname=Surname").out == "(made-up pupils) 1 added.\n"
    assert not path.with_name("class.errors.csv").exists()


def test_columns_of_any_name_can_be_mapped(typed: Typing, file: Callable[..., Path]) -> None:
    """By semicolons, as a spreadsheet abroad writes them."""
    path = file("Nachname;Vorname;geboren;Geschlecht;Nr", "Muster;Anna;14.03.2018;f;kite-7")
    maps = ["Surname=Nachname", "Forename=Vorname", "dob=geboren", "Geschlecht=sex", "Pupil ref=Nr"]
    assert typed("import", path, *(word for each in maps for word in ("--map", each))).code == 0
    assert typed("list", "--json").report["data"]["pupils"][0]["ref"] == "kite-7"


def test_a_map_that_is_none_is_a_matter_of_usage(typed: Typing, file: Callable[..., Path]) -> None:
    """The columns are named."""
    refused = typed("import", file(HEADINGS, AMY), "--map", "Shoe size=UPN number plate")
    assert refused.code == 2
    assert "The columns are: Surname, Forename" in refused.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7\n\x00", "This is a PDF"),
        (b"Surname\x00", "This is neither text nor an Excel Workbook."),
        (b"PK\x03\x04...", "The file is damaged, or is not an Excel Workbook."),
        (b'Surname,Forename\r\n"T,A\r\n', "Line 2: a quotation mark"),
        (HEADINGS.encode(), "There is no pupil below the headings."),
        (AMY.encode(), "None of the first rows has the headings of a class list:"),
    ],
)
def test_a_file_that_is_no_class_list_is_told_in_one_sentence(
    typed: Typing, tmp_path: Path, home: Path, content: bytes, said: str
) -> None:
    """Whatever it is, nothing is changed."""
    path = tmp_path / "class.csv"
    path.write_bytes(content)
    refused = typed("import", path)
    assert refused.code == 1
    assert said in refused.said[0]
    assert refused.said[0].startswith(str(path))
    assert rows(home) == (0, 0)


def test_a_file_that_is_not_there_is_told(typed: Typing, tmp_path: Path) -> None:
    """Or one that is a folder."""
    assert typed("import", tmp_path / "none.csv").said == [
        f"{tmp_path / 'none.csv'}: The file cannot be read: no such file or directory. Nothing was imported."
    ]
    assert typed("import", tmp_path).code == 1


def test_a_changed_pupil_is_refused_unless_update_is_said(typed: Typing, file: Callable[..., Path]) -> None:
    """A list is not to change children's names by the way."""
    typed("import", file(HEADINGS, AMY))
    other = file(HEADINGS, AMY.replace("Amy", "Ann"))
    refused = typed("import", other)
    assert refused.code == 1
    assert "has another forename" in refused.said[0]
    assert "--update" in refused.said[0]
    assert typed("import", other, "--update").out == "(made-up pupils) 1 changed.\n"
    assert names(typed) == ["Ann"]


def test_a_pupil_is_added(typed: Typing) -> None:
    """With any date people write; the one that is added is named."""
    details = ("--surname", "O\u2019Example", "--forename", "Bo", "--date-of-birth", "2 Sep 2017", "--sex", "m")
    done = typed("add", *details, "--upn", "w201100120002", "--group", "4A")
    assert (done.code, done.out) == (0, "(made-up pupils) 1 pupil added: O'Example, Bo (W201100120002).\n")
    pupil = typed("list", "--json").report["data"]["pupils"][0]
    assert (pupil["surname"], pupil["date_of_birth"], pupil["group_name"]) == ("O'Example", "2017-09-02", "4A")


def test_a_group_is_one_whatever_its_capitals_also_by_hand(typed: Typing, file: Callable[..., Path]) -> None:
    """As an import does it: a pupil added to 4a is in 4A, and so is one who is moved there."""
    typed("import", file(f"{HEADINGS},Group", f"{AMY},4A", f"{BO},4B"))
    details = ("--surname", "T", "--forename", "Di", "--date-of-birth", "14/03/18", "--sex", "f", "--upn", upn(5))
    assert typed("add", *details, "--group", " 4a").code == 0
    assert typed("edit", "W201100120002", "--group", "4a\u200b").code == 0
    groups = [pupil["group_name"] for pupil in typed("list", "--json").report["data"]["pupils"]]
    assert groups == ["4A", "4A", "4A"]


def test_a_group_of_one_pupil_can_be_written_anew(typed: Typing, file: Callable[..., Path]) -> None:
    """Nobody else has it, so the new capitals are what is meant."""
    typed("import", file(f"{HEADINGS},Group", f"{AMY},oak"))
    assert (
        typed("edit", "G201100120001", "--group", "Oak").out
        == "(made-up pupils) Testerly, Amy (G201100120001). Changed: group.\n"
    )


def test_unseen_characters_typed_by_hand_are_dropped_or_named(typed: Typing, home: Path) -> None:
    """By the same rule as in a list."""
    details = ("--date-of-birth", "\u200e14/03/2018", "--sex", "F\u00a0", "--upn", f"{upn(5)}\ufeff", "--surname", "T")
    refused = typed("add", *details, "--forename", "Mary\u00adAnn")
    assert refused.said == ["Forename has a soft hyphen after 'Mary': type it again."]
    assert rows(home) == (0, 0)
    assert typed("add", *details, "--forename", "\u202aMary\u202c").code == 0
    assert names(typed) == ["Mary"]
    assert typed("edit", f"\u200e{upn(5)}", "--group", "4\u3164A").said == [
        "Group has a hangul filler after '4': type it again."
    ]


def test_a_ref_that_is_another_pupils_but_for_zeros_is_refused_by_hand_too(typed: Typing) -> None:
    """The next list from Excel would take them for one."""
    details = ("--surname", "T", "--forename", "Di", "--date-of-birth", "14/03/2018", "--sex", "f")
    assert typed("add", *details, "--ref", "000123").code == 0
    refused = typed("add", *details, "--ref", "123")
    assert refused.said == [
        "The pupil ref 123 and another pupil's, 000123, differ only in zeros at the front. Choose another."
    ]
    assert typed("edit", "000123", "--ref", "0123").code == 0


def test_every_mistake_of_a_pupil_is_told_at_once(typed: Typing, home: Path) -> None:
    """And no pupil is added."""
    refused = typed("add", "--surname", "T@", "--date-of-birth", "31/02/2018", "--sex", "q")
    assert (refused.code, refused.said) == (
        1,
        [
            "Surname must not have @ in it.",
            "Forename is missing.",
            "Date of birth is not in the calendar.",
            "Sex must be M or F.",
            "UPN or Pupil ref is missing.",
        ],
    )
    assert rows(home) == (0, 0)


def test_a_number_that_is_taken_is_refused(typed: Typing, file: Callable[..., Path]) -> None:
    """In one sentence."""
    typed("import", file(HEADINGS, AMY))
    again = (
        "--surname",
        "T",
        "--forename",
        "A",
        "--date-of-birth",
        "14/03/2018",
        "--sex",
        "F",
        "--upn",
        "G201100120001",
    )
    refused = typed("add", *again)
    assert refused.said == ["The UPN G201100120001 belongs to another pupil on the register."]


def test_a_pupil_is_edited(typed: Typing, file: Callable[..., Path]) -> None:
    """By UPN; the message says who changed and what, and optional details can be removed."""
    typed("import", file(HEADINGS, BO))
    done = typed("edit", "w201100120002", "--group", "4B", "--middle-names", "")
    who = "(made-up pupils) O'Example, Bo-Lin (W201100120002)."
    assert (done.code, done.out) == (0, f"{who} Changed: middle names and group.\n")
    pupil = typed("list", "--json").report["data"]["pupils"][0]
    assert (pupil["group_name"], pupil["middle_names"], pupil["forename"]) == ("4B", "", "Bo-Lin")
    again = typed("edit", "w201100120002", "--group", "4B")
    assert again.out == f"{who} The register has this already. Nothing was changed.\n"


def test_an_edit_says_what_is_to_change(typed: Typing) -> None:
    """Else it is a matter of usage."""
    assert typed("edit", "kite").code == 2


def test_a_surname_cannot_be_taken_away(typed: Typing, file: Callable[..., Path]) -> None:
    """Nothing is changed by an edit with a mistake in it."""
    typed("import", file(HEADINGS, AMY))
    assert typed("edit", "G201100120001", "--surname", " ", "--group", "4A").said == ["Surname is missing."]
    assert typed("list", "--json").report["data"]["pupils"][0]["group_name"] == ""


def test_a_upn_may_give_way_to_a_ref(typed: Typing, file: Callable[..., Path]) -> None:
    """In one edit; from then on the pupil goes by the ref."""
    typed("import", file(HEADINGS, AMY))
    done = typed("edit", "G201100120001", "--upn", "", "--ref", "kite-7", "--json")
    assert done.report["data"]["changed"] == ["upn", "ref"]
    assert typed("edit", "KITE-7", "--group", "4A").code == 0


def test_pupils_leave_and_come_back(typed: Typing, file: Callable[..., Path]) -> None:
    """Several at once; they are listed where asked for."""
    typed("import", file(HEADINGS, AMY, BO, CY))
    done = typed("leave", "G201100120001", "W201100120002", "--on", "01/06/2027")
    assert done.out.splitlines() == [
        "(made-up pupils) 2 pupils marked as having left.",
        "  Testerly, Amy (G201100120001)",
        "  O'Example, Bo-Lin (W201100120002)",
    ]
    assert names(typed) == ["Cy"]
    assert names(typed, "--left") == ["Bo-Lin", "Cy", "Amy"]
    left = typed("list", "--left", "--json").report["data"]["pupils"][0]["left_at"]
    assert left == "2027-05-31T23:00:00.000Z"
    back = typed("leave", "G201100120001", "G20110012003A", "--undo")
    assert back.out.splitlines() == [
        "(made-up pupils) 1 pupil back on the register. 1 pupil already on it.",
        "  Testerly, Amy (G201100120001)",
    ]


def test_a_group_imported_by_mistake_is_taken_off_and_brought_back(typed: Typing, file: Callable[..., Path]) -> None:
    """Each pupil is listed; names or a group, never both and never neither."""
    typed("import", file(HEADINGS, AMY, BO))
    for number in ("G201100120001", "W201100120002"):
        typed("edit", number, "--group", "5B")
    assert typed("leave", "--group", "5B").out.splitlines()[0] == "(made-up pupils) 2 pupils marked as having left."
    assert names(typed) == []
    back = typed("leave", "--group", "5B", "--undo").out.splitlines()
    assert back[0] == "(made-up pupils) 2 pupils back on the register."
    assert len(names(typed)) == 2
    assert typed("leave").code == 2
    assert typed("leave", "G201100120001", "--group", "5B").code == 2


@pytest.mark.parametrize("day", ["soon", "31/02/2027"])
def test_nobody_leaves_on_a_day_that_is_none(typed: Typing, file: Callable[..., Path], day: str) -> None:
    """The sentence shows how a date is written."""
    typed("import", file(HEADINGS, AMY))
    refused = typed("leave", "G201100120001", "--on", day)
    assert refused.said == [f"{day!r} is not a date. Write day/month/year, such as 07/06/2027."]


@pytest.mark.parametrize("day", ["08/06/2027", "2027-06-08", "8 June 2027"])
def test_nobody_leaves_on_a_day_to_come(typed: Typing, file: Callable[..., Path], day: str) -> None:
    """However the date is written, the answer has it as people write it."""
    typed("import", file(HEADINGS, AMY))
    refused = typed("leave", "G201100120001", "--on", day)
    assert refused.said == ["8 June 2027 is in the future. Mark the pupils when they have left. Nothing was changed."]


@pytest.mark.parametrize("words", [("edit", "owl", "--group", "4A"), ("leave", "owl")])
def test_a_number_that_is_nobodys_is_told(typed: Typing, words: tuple[str, ...]) -> None:
    """With the command that lists them."""
    refused = typed(*words)
    assert (refused.code, len(refused.said)) == (1, 1)
    assert "owl" in refused.said[0]
    assert "mtc-kiosk pupils list" in refused.said[0]


def test_the_list_has_columns_and_tells_namesakes_apart(typed: Typing, file: Callable[..., Path]) -> None:
    """In the order of names; the count is below."""
    twin = AMY.replace("G201100120001", upn(1)).replace("14/03", "15/03")
    typed("import", file(HEADINGS, AMY, twin, BO))
    assert typed("list").out.splitlines() == [
        "Pupil                               Date of birth  Sex  UPN            Pupil ref  Group",
        "O'Example, Bo-Lin                   02/09/2017     M    W201100120002  -          -",
        "Testerly, Amy (born 14 March 2018)  14/03/2018     F    G201100120001  -          -",
        f"Testerly, Amy (born 15 March 2018)  15/03/2018     F    {upn(1)}  -          -",
        "(made-up pupils) 3 pupils",
    ]


def test_a_group_is_listed_whatever_its_capitals(typed: Typing, file: Callable[..., Path]) -> None:
    """4a is 4A."""
    typed("import", file(f"{HEADINGS},Group", f"{AMY},4A", f"{BO},4B"))
    assert names(typed, "--group", "4a") == ["Amy"]
    assert typed("list", "--group", "none").out == "(made-up pupils) 0 pupils\n"


def test_under_the_national_scheme_its_own_rules_hold(typed: Typing, file: Callable[..., Path], home: Path) -> None:
    """No ref, no ages far from year 4, and no list once the check has closed."""
    dates = "register_opens: 2027-04-12, try_it_out_opens: 2027-04-26, check_opens: 2027-05-31"
    settings = home / "config" / "school.yaml"
    settings.write_text(
        f"scheme: national\nwindow: {{{dates}, check_closes: 2027-06-18, register_closes: 2027-07-02}}\n",
        encoding="utf-8",
    )
    assert typed("import", file(f"{HEADINGS},Pupil ref", f"{AMY},kite")).code == 1
    assert "7 to 9 years" in typed("import", file(HEADINGS, AMY.replace("2018", "2001"))).said[0]
    assert typed("import", file(HEADINGS, AMY)).code == 0
    settings.write_text(
        f"scheme: national\nwindow: {{{dates}, check_closes: 2027-06-06, register_closes: 2027-07-02}}\n",
        encoding="utf-8",
    )
    assert typed("import", file(HEADINGS, BO)).said == [
        "Class lists could be imported until 6 June 2027 (school.yaml, window)."
    ]
    assert typed("edit", "G201100120001", "--group", "4A").code == 0


def test_the_time_told_is_believed_in_a_made_up_home_alone(
    tmp_path: Path,
    typed: Typing,
    file: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a school's own home the clock of the PC holds, and nothing is called made up."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2017-06-07T08:00:00Z")
    path = file(HEADINGS, AMY)
    assert "in the future" in typed("import", path).said[0]
    assert Typed(tmp_path / "school", capsys, ("import", path)).out == "1 added.\n"


def test_a_time_that_is_none_is_refused(typed: Typing, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instant without its zone could be another."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07 08:00")
    refused = typed("list")
    assert (refused.code, "with its time zone" in refused.err) == (1, True)
