"""The answers as a file: every question of every check that can be trusted, and no score that must not be seen."""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mtc_kiosk.check.events import Stopped
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.office import restarts
from mtc_kiosk.office.answers import write_answers
from mtc_kiosk.office.conflict_list import conflicts_listed
from mtc_kiosk.office.conflicts import choose, conflicts
from mtc_kiosk.office.exports import Export, export_file
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.results import FileKind
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import Role, staff_of
from tests.check.robot import Robot
from tests.record.homes import attempt

from .as_staff import HEAD, open_as
from .with_results import AFTERNOON, OUT_OF, WithResults, points

ADMIN = staff_of("a.office", Role.ADMIN)
NAMES = [
    ("Siân", "O'Brien"),
    ("Łukasz", "Żółć"),
    ("=cmd|' /C calc'!A0", "@Ng"),
    ("Zoë", "Ní Dhomhnaill"),
    ("Thị Hồng", "Nguyễn"),
    ("שרה", "כהן"),
    ("ليلى", "حداد"),
    ("-Bo", "+Lin"),
]


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """Pupil 1 has three of four right, 2 took two checks, 3 has a reason, 4 stopped after one question."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    school.take(2, points(4))
    school.take(2, points(2), "hall-2")
    school.reason(3)
    stopped = Robot()
    stopped.reach(1)
    stopped.answer("7")
    stopped.reach(2)
    stopped.failed(stopped.now)
    stopped.hear(Stopped(stopped.now))
    school.take(4, stopped)
    return school


def named(school: WithResults) -> None:
    """Give the pupils names that are easily spoilt."""
    with school.opened() as home:
        for number, (forename, surname) in enumerate(NAMES, start=1):
            home.db.execute("update pupil set forename = ?, surname = ? where id = ?", (forename, surname, number))


def written(school: WithResults, kind: FileKind = FileKind.JSON) -> Any:
    """The file that the command writes: JSON read, else its path."""
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        path = write_answers(home, kind).path
    return json.loads(path.read_text(encoding="utf-8")) if kind is FileKind.JSON else path


def lines_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_no_answer_of_a_pupil_with_two_checks_leaves_the_school(school: WithResults) -> None:
    """Whoever has the answers has the score; until a head has chosen, the pupil is only named as left out."""
    read = written(school)
    assert {line["surname"] for line in read["answers"]} == {"Testerly-1", "Testerly-4"}
    notes = " ".join(read["about"]["notes"])
    assert "left out until a head has chosen" in notes
    assert "took two checks" in notes


def test_only_a_check_that_counts_is_marked(school: WithResults) -> None:
    """One that was stopped has no score, so none of its answers is right or wrong."""
    lines = written(school)["answers"]
    mine, stopped = ([line for line in lines if line["surname"] == name] for name in ("Testerly-1", "Testerly-4"))
    assert [(line["counts"], line["right"]) for line in mine] == [(True, True)] * 3 + [(True, False)]
    assert {(line["counts"], line["right"]) for line in stopped} == {(False, None)}
    assert stopped[0]["response"] == "7"


def test_a_reason_that_annuls_a_check_leaves_no_mark(tmp_path: Path) -> None:
    """The score is gone from the results, and may not be counted together from the answers."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    school.reason(1, "ANLLQ")
    assert {(line["counts"], line["right"]) for line in written(school)["answers"]} == {(False, None)}
    assert {line["why_not"] for line in written(school)["answers"]} == {"Maladministration"}


def test_a_row_says_how_the_question_was_answered(school: WithResults) -> None:
    """With the times of the first key and the last, and between them the typing."""
    first = written(school)["answers"][0]
    assert first["number"] == 1
    assert int(first["response"]) == first["factor1"] * first["factor2"]
    assert (first["ended_by"], first["entered_with"], first["showing"], first["voids"]) == ("Enter", "keyboard", 1, 0)
    assert first["last_key_ms"] - first["first_key_ms"] == first["typing_ms"]


def test_a_void_showing_is_counted_and_the_answer_after_it_is_the_row(tmp_path: Path) -> None:
    """One row a question, with how often a fault spoilt it and which."""
    school = WithResults(tmp_path / "home")
    robot = Robot()
    robot.reach(1)
    robot.void()
    robot.reach(1, showing=2)
    robot.answer(str(robot.question.item.product))
    robot.reach_end()
    school.take(1, robot)
    first, second = written(school)["answers"][:2]
    assert (first["number"], first["showing"], first["voids"], first["right"]) == (1, 2, 1, True)
    assert first["void_because"]
    assert (second["number"], second["voids"], second["void_because"]) == (2, 0, None)


def test_no_time_is_given_where_an_assistant_typed(school: WithResults) -> None:
    """It is no time of the pupil's."""
    with school.opened() as home:
        values = home.db.execute("select id, started_at from attempt where pupil_id = 1").fetchone()
        columns = "attempt_id, at, by, forename, surname, code"
        home.db.execute(f"insert into assistant ({columns}) values (?, ?, 'hall-1', 'Ann', 'Aide', 'asked')", values)
    mine = [line for line in written(school)["answers"] if line["counts"]]
    assert all(line["assistant_typed"] for line in mine)
    assert {line[name] for line in mine for name in ("first_key_ms", "last_key_ms", "typing_ms")} == {None}
    assert "Aide" not in json.dumps(mine)


def test_a_check_that_was_altered_is_left_out_and_named(school: WithResults) -> None:
    """As in the results."""
    with school.opened() as home:
        home.db.execute("drop trigger inbox_is_not_changed")
        home.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-9') as blob)")
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        made = write_answers(home, FileKind.JSON)
    assert len(made.left_out) >= 2
    assert json.loads(made.path.read_text(encoding="utf-8"))["answers"] == []


def test_names_are_intact_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    """In any letters; in CSV with an apostrophe before what a spreadsheet would evaluate, in a workbook as text."""
    school = WithResults(tmp_path / "home", len(NAMES))
    for number in range(1, len(NAMES) + 1):
        school.take(number, points(1))
    named(school)
    lines = lines_of(written(school, FileKind.CSV))
    guarded = {tuple(f"'{name}" if name[0] in "=@-+" else name for name in both) for both in NAMES}
    assert {(line["Forename"], line["Surname"]) for line in lines} == guarded
    sheet = load_workbook(written(school, FileKind.XLSX))["Answers"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {row[1::-1] for row in sheet.iter_rows(min_row=2, values_only=True)} == set(NAMES)
    assert all(cell.data_type != "f" for cell in cells)
    found = written(school)["answers"]
    assert {(line["forename"], line["surname"]) for line in found} == set(NAMES)
    assert [line["surname"] for line in found] == [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]


def counting(school: WithResults) -> dict[str, set[tuple[bool, str | None, bool]]]:
    """By attempt, whether it counts, why not, and whether any of its answers is marked."""
    found: dict[str, set[tuple[bool, str | None, bool]]] = {}
    for line in written(school)["answers"]:
        found.setdefault(line["attempt_id"], set()).add((line["counts"], line["why_not"], line["right"] is not None))
    return found


def test_a_restarted_check_stays_and_says_whether_the_restart_is_taken(tmp_path: Path) -> None:
    """Each attempt has its rows; until the restart is taken none counts, and then the later one does."""
    school = WithResults(tmp_path / "home")
    first = school.take(1, points(3))
    assert counting(school) == {first: {(True, None, True)}}
    with open_as(school.root, HEAD, AFTERNOON) as home:
        restarts.give(home, ById((1,)), "ITI")
    assert counting(school) == {first: {(False, "Restart not taken yet", False)}}
    second = school.take(1, points(2))
    assert counting(school) == {first: {(False, "Restarted", False)}, second: {(True, None, True)}}


def test_the_check_that_a_head_did_not_choose_says_so(school: WithResults) -> None:
    """From then on both are in the file, and one counts."""
    with open_as(school.root, HEAD, AFTERNOON) as home:
        (contest,) = conflicts(home).checks
        one, other = contest.rivals.could_count
        choose(home, other.record, "She had the wrong slip.")
    found = counting(school)
    assert found[one.id] == {(False, "A head chose another check", False)}
    assert found[other.id] == {(True, None, True)}


def test_why_a_check_does_not_count_is_in_every_kind_of_file(school: WithResults) -> None:
    """The one that was stopped; of one that counts the cell is empty."""
    said = {(line["Counts"], line["Why it does not count"]) for line in lines_of(written(school, FileKind.CSV))}
    assert said == {("Yes", ""), ("No", "Not finished")}
    header, *rows = load_workbook(written(school, FileKind.XLSX))["Answers"].iter_rows(values_only=True)
    place = header.index("Why it does not count")
    assert {row[place] for row in rows} == {None, "Not finished"}


def test_try_it_out_is_in_no_file_of_answers(tmp_path: Path) -> None:
    """It is practice, and the file says that it is left out."""
    school = WithResults(tmp_path / "home")
    with school.opened() as home:
        home.seal(home.take(attempt(1, 1, kind=Kind.TRY)))
    read = written(school)
    assert read["answers"] == []
    assert any('"Try it out" is not here' in note for note in read["about"]["notes"])


def test_every_kind_of_file_has_the_same_rows(school: WithResults) -> None:
    """And says whose check it is."""
    found = written(school)["answers"]
    csv_lines = lines_of(written(school, FileKind.CSV))
    book = load_workbook(written(school, FileKind.XLSX))
    assert book.sheetnames == ["Answers", "Summary", "About this file"]
    header, *rows = book["Answers"].iter_rows(values_only=True)
    assert list(header) == list(csv_lines[0])
    last = book["Answers"].cell(1, len(header) - 1).column_letter
    assert (header[-1], book["Answers"].print_area) == ("Attempt", f"'Answers'!$A$1:${last}${len(rows) + 1}")
    keys = ("Question", "Response", "Showing")
    assert [[line[key] for key in keys] for line in csv_lines] == [
        [str(one["number"]), one["response"], str(one["showing"])] for one in found
    ]
    assert [row[header.index("Question")] for row in rows] == [one["number"] for one in found]
    about = [cell for (cell,) in book["About this file"].iter_rows(values_only=True)]
    assert about[2:] == written(school)["about"]["notes"]
    assert about[2:4] == [MADE_UP, OWN_CHECK]
    assert OWN_CHECK in (school.home.exports / "answers.about.txt").read_text(encoding="utf-8-sig")


def test_answers_wait_for_the_release_of_results(school: WithResults) -> None:
    """Nothing is written or noted before it."""
    text = "window: {check_closes: 2027-06-18}\nresults: after_window\n"
    (school.home.config_dir / "school.yaml").write_text(text, encoding="utf-8")
    with open_as(school.root, ADMIN, AFTERNOON) as home, pytest.raises(Refused):
        write_answers(home, FileKind.CSV)
    assert school.audited("results.shown") == []
    assert not (school.home.exports / "answers.csv").exists()


def test_the_audit_names_whose_scores_are_in_the_file(school: WithResults) -> None:
    """By command and by download; the score of nobody else can be read from it."""
    written(school)
    with open_as(school.root, ADMIN, AFTERNOON) as home:
        assert export_file(home, Export.ANSWERS, FileKind.CSV).rows == OUT_OF + 1
    noted = [(subject, json.loads(after)) for _, subject, after in school.audited("results.shown")]
    assert noted == [(f"answers.{kind}", {"pupils": 4, "scores": [1]}) for kind in ("json", "csv")]


def test_answers_of_a_check_that_does_not_count_show_its_score(tmp_path: Path) -> None:
    """Whoever has them can count: if that check later counts beside another, a head is told that it was seen."""
    school = WithResults(tmp_path)
    school.take(1, points(3))
    with open_as(school.root, HEAD, AFTERNOON) as home:
        restarts.give(home, ById((1,)), "ITI")
        write_answers(home, FileKind.CSV)
        restarts.remove(home, 1)
    school.take(1, points(1), "hall-2")
    with open_as(school.root, HEAD, AFTERNOON) as home:
        assert [each.score_was_shown for each in conflicts_listed(home).checks] == [True]


@pytest.mark.parametrize("kind", FileKind)
def test_a_disk_that_fails_midway_leaves_the_earlier_file(
    school: WithResults, kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half of a file, no draft, and no row in the audit."""
    path = school.home.exports / f"answers.{kind}"
    path.write_bytes(b"earlier")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_as(school.root, ADMIN, AFTERNOON) as home, monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fails)
        with pytest.raises(OfficeRefused, match="it is full"):
            write_answers(home, kind)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == b"earlier"
    assert school.audited("results.shown") == []
