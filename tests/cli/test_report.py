"""``mtc-kiosk report``, as it is typed at a made-up school on the afternoon of the check."""

import json
import os
import re
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.insight.national import COLUMNS
from mtc_kiosk.school.upn import looks_like_upn
from mtc_kiosk.store.home.home import Home
from tests.console.after_the_check import AT, CLASS_4A, CLASS_4B, LAST_DAY, PUPIL, after_the_check
from tests.school.made_up import upn

DAY = "2027-06-11"


class Typed:
    """What a command typed at the school's PC came to."""

    def __init__(self, home: Home, capsys: pytest.CaptureFixture[str], words: tuple[object, ...]) -> None:
        with pytest.raises(SystemExit) as left:
            main(["report", *map(str, words), "--home", str(home.root)])
        self.code = left.value.code
        self.out, self.err = capsys.readouterr()

    @property
    def data(self) -> dict[str, Any]:
        """What ``--json`` says."""
        data: dict[str, Any] = json.loads(self.out)["data"]
        return data


Typing = Callable[..., Typed]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The school, which no test changes but by audit rows and files in its exports folder."""
    return after_the_check(tmp_path_factory.mktemp("reports") / "home")


@pytest.fixture
def typed(school: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Type words behind ``mtc-kiosk report``."""
    monkeypatch.setenv("MTC_KIOSK_NOW", AT)
    return lambda *words: Typed(school, capsys, words)


def audited(school: Home) -> list[tuple[str, str, dict[str, Any]]]:
    """Action, subject and what each row of the audit says of reports and results."""
    db = sqlite3.connect(school.database)
    try:
        query = "select action, subject, after from audit where action in ('results.shown', 'report.made') order by id"
        return [(action, subject, json.loads(after)) for action, subject, after in db.execute(query)]
    finally:
        db.close()


def read(path: Path) -> str:
    """What can be read on a page, without its style and its pictures."""
    text = re.sub("<(head|svg)\\b.*?</\\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", text).replace("&#39;", "'").split())


def test_a_class_is_one_file_and_one_audit_row(school: Home, typed: Typing, tmp_path: Path) -> None:
    """Every pupil of the class is in it by name, and no other; the audit has those with a score."""
    before = len(audited(school))
    came = typed("class", "--group", "4a", "--out", tmp_path / "class.html")
    assert (came.code, came.err) == (0, "")
    assert came.out == f"(made-up pupils) The report is written to {tmp_path / 'class.html'}. Open it in a browser.\n"
    text = read(tmp_path / "class.html")
    for said in ("Łukaszewska, Zofia", "O'Brien-Featherstonehaugh, Maximiliana", "Davies, Siân", MADE_UP, OWN_CHECK):
        assert said in text
    assert "Iqbal" not in text
    assert "Thompson, Grace took two checks and only one can count. This waits for a head, who must choose" in text
    (row,) = audited(school)[before:]
    without = {PUPIL["Achterberg"], PUPIL["Reid"], PUPIL["Thompson"]}
    assert row[:2] == ("results.shown", "report")
    assert set(row[2]["scores"]) == set(range(1, len(CLASS_4A) + 1)) - without


def test_no_file_is_named_after_a_pupil_and_none_is_replaced(school: Home, typed: Typing) -> None:
    """Two pupils' reports of a day have two names, in the exports folder or another one."""
    first = Path(typed("pupil", upn(PUPIL["Evans"]), "--json").data["out"])
    second = Path(typed("pupil", "Siân Davies", "--json").data["out"])
    assert [first.name, second.name] == [f"pupil-report-{DAY}.html", f"pupil-report-{DAY}-2.html"]
    assert first.parent == school.exports
    assert "Tom Evans had 19" in read(first)
    assert "Siân Davies had" in read(second)
    assert sorted(school.exports.glob("*.tmp")) == []


def test_a_named_file_is_replaced(typed: Typing, tmp_path: Path) -> None:
    """Whoever names it wants it there."""
    out = tmp_path / "leo.html"
    out.write_text("earlier", encoding="utf-8")
    assert typed("pupil", "Leo Marsh", "--out", out).code == 0
    assert "Leo Marsh had 21, and may know two more" in read(out)
    if sys.platform != "win32":
        assert out.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["class", "--group", "4Z"], "There is no group '4Z'. There are: 4A, 4B."),
        (
            ["class", "--year", "1999"],
            "no national figures of 1999 here. Choose from: 2022, 2023, 2024, 2025.",
        ),
        (["governors", "--year", "1999"], "There are no national figures of 1999 here."),
        (["pupil", "Jo Smith"], "2 pupils are called 'Jo Smith'."),
        (["pupil", "Callum Reid"], "has no score, so there is nothing to say about answers."),
        (
            ["pupil", "Grace Thompson"],
            "took two checks, and only one can count. A head chooses which: mtc-kiosk",
        ),
        (["compare", "official/all/4A", "official/all/4Z"], "One of the two sides is not there."),
        (["compare", "official/all/4A", "official/all/4A"], "This is the same side twice. Choose two."),
    ],
)
def test_what_cannot_be_said_is_refused(
    school: Home, typed: Typing, tmp_path: Path, words: list[str], said: str
) -> None:
    """In one sentence; there is no file, not even a part of one, and no audit row."""
    before = audited(school)
    came = typed(*words, "--out", tmp_path / "report.html")
    assert came.code == 1
    assert said in came.err
    assert list(tmp_path.iterdir()) == []
    assert audited(school) == before


@pytest.mark.parametrize("words", [["class"], ["pupil", "Tom Evans"], ["governors"]])
def test_a_file_that_cannot_be_written_leaves_no_audit_row(
    school: Home, typed: Typing, tmp_path: Path, words: list[str]
) -> None:
    """As no report was made: the row is written once the file has its place on the disk."""
    before = audited(school)
    came = typed(*words, "--out", tmp_path / "missing" / "report.html")
    assert (came.code, "its folder is missing. Nothing was changed." in came.err) == (1, True)
    assert audited(school) == before


@pytest.mark.parametrize("words", [["class"], ["pupil", "Tom Evans"], ["governors"]])
def test_a_file_that_cannot_take_its_place_leaves_no_audit_row(
    school: Home, typed: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    """The report was made by then, and nobody has it."""

    def refusing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = audited(school)
    monkeypatch.setattr(os, "replace", refusing)
    came = typed(*words, "--out", tmp_path / "report.html")
    monkeypatch.undo()
    assert (came.code, "Nothing was changed." in came.err) == (1, True)
    assert audited(school) == before


@pytest.mark.posix_only("Windows has no pipe in a folder")
def test_a_pipe_is_not_written_to(school: Home, typed: Typing, tmp_path: Path) -> None:
    """It would keep the program waiting for ever."""
    os.mkfifo(tmp_path / "pipe")
    before = audited(school)
    came = typed("class", "--out", tmp_path / "pipe")
    assert (came.code, "this is a pipe or a device" in came.err) == (1, True)
    assert audited(school) == before


def test_a_file_that_another_program_has_open_is_said_so(
    school: Home, typed: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where an open file cannot be replaced; nothing is made, and the earlier file is as it was."""
    out = tmp_path / "class.html"
    out.write_text("earlier", encoding="utf-8")
    opened = Path.open

    def refusing(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if path == out and "+" in mode:
            raise PermissionError(13, "Permission denied")
        return opened(path, mode, *rest, **more)

    before = audited(school)
    monkeypatch.setattr(Path, "open", refusing)
    came = typed("class", "--out", out)
    monkeypatch.undo()
    assert (came.code, "or another program has the file open. Nothing was changed." in came.err) == (1, True)
    assert (out.read_text(encoding="utf-8"), audited(school)) == ("earlier", before)


def test_governors_get_no_name_no_upn_and_no_single_score(school: Home, typed: Typing, tmp_path: Path) -> None:
    """Not in the page's text and not in its pictures; the audit says how many pupils are in it, and no score."""
    before = len(audited(school))
    assert typed("governors", "--out", tmp_path / "g.html").code == 0
    whole = re.sub("base64,[A-Za-z0-9+/=]+", "", (tmp_path / "g.html").read_text(encoding="utf-8"))
    page = whole.partition("</style>")[2]
    words = set(re.findall(r"[^\W\d_][\w'-]+", page))
    names = {part for one in (*CLASS_4A, *CLASS_4B) for name in (one.surname, one.forename) for part in name.split()}
    assert words & names == set()
    assert not any(looks_like_upn(word) for word in re.findall(r"[A-Z0-9]{13}", page))
    bands = re.findall(r"<tr><th scope=\"row\">(\d+(?: to \d+)?)</th><td>(\d+)</td><td>\d+%</td>", page)
    assert bands
    assert all(int(pupils) >= 5 for _, pupils in bands)
    (row,) = audited(school)[before:]
    assert row == ("report.made", "governors", {"pupils": 41, "where": "report"})


def test_the_report_for_governors_waits_for_whoever_is_to_come(
    school: Home, typed: Typing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence; there is no file and no audit row."""
    before = audited(school)
    monkeypatch.setenv("MTC_KIOSK_NOW", LAST_DAY)
    came = typed("governors", "--out", tmp_path / "g.html", "--json")
    assert came.code == 1
    assert json.loads(came.out)["errors"][0]["code"] == "still_to_come"
    assert (list(tmp_path.iterdir()), audited(school)) == ([], before)


def test_two_sides_are_listed_and_compared(typed: Typing, tmp_path: Path) -> None:
    """By the keys that the list has, quoted as a shell needs them."""
    listed = typed("compare", "--list").out.splitlines()
    assert listed[0] == "(made-up pupils) These can be compared:"
    assert "  official/all/4A  4A, the check" in listed
    keys = [side["key"] for side in typed("compare", "--list", "--json").data["sides"]]
    tries = [key for key in keys if key.startswith("try/")]
    assert typed("compare", *tries[:2], "--out", tmp_path / "days.html").code == 0
    text = read(tmp_path / "days.html")
    assert "The average of “try it out on 28 May 2027” is 4.8 above that of “try it out on 14 May 2027”" in text
    assert "The gap is more than the forms and chance explain." in text
    assert re.search(
        r"The 15 pupils on both sides had \d\.\d marks more on average in “try it out on 28 May 2027” than", text
    )


@pytest.mark.parametrize(
    "words", [["compare"], ["compare", "official/all/4A"], ["compare", "--list", "official/all/4A"]]
)
def test_two_sides_or_a_list(typed: Typing, words: list[str]) -> None:
    """Not one side, and no file of a list."""
    came = typed(*words)
    assert came.code == 2
    assert "--list" in came.err


def test_results_that_are_not_released_are_in_no_report(typed: Typing, school: Home, tmp_path: Path) -> None:
    """Where a school waits for the end of the check's window, every report does."""
    settings = school.config_dir / SCHOOL
    before, rows = settings.read_bytes(), audited(school)
    settings.write_bytes(b"results: after_window\nwindow: {check_closes: 2027-06-18}\n")
    try:
        for words in (["class"], ["pupil", "Tom Evans"], ["governors"], ["compare", "--list"]):
            out = [] if "--list" in words else ["--out", tmp_path / "early.html"]
            came = typed(*words, *out)
            assert (came.code, came.out) == (1, "")
            assert "21 June 2027" in came.err
    finally:
        settings.write_bytes(before)
    assert list(tmp_path.iterdir()) == []
    assert audited(school) == rows


def test_the_dfes_file_completes_a_year(typed: Typing, tmp_path: Path, school: Home) -> None:
    """Then the whole of England is drawn; and any other file is refused whole."""
    file = tmp_path / "mtc.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    came = typed("national", file)
    assert (came.code, came.err.count("Nothing was loaded.")) == (1, 1)
    assert typed("national", tmp_path / "missing.csv").code == 1
    rows = [
        f"202425,Total,{score},2600,{100 * (26 - score)},{round(100 * (26 - score) / 26, 1)}" for score in range(26)
    ]
    file.write_text("\n".join([",".join(COLUMNS), *rows]), encoding="utf-8")
    came = typed("national", file)
    assert came.code == 0
    assert "Loaded the national scores of 2025. They are of the statutory check, which is another check." in came.out
    assert typed("national", file, "--json").data["years"] == [2025]
    assert typed("class", "--year", "2025", "--out", tmp_path / "whole.html").code == 0
    text = read(tmp_path / "whole.html")
    assert "as far as it is published" not in text
    assert "mtc.csv" in text
    db = sqlite3.connect(school.database)
    db.execute("delete from national_year")
    db.commit()
    db.close()
