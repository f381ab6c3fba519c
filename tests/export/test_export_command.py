"""``mtc-kiosk export``: every pupil has a row, checks left out are named, and a refused export changes nothing."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mtc_kiosk.check.events import Stopped
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.results import NOT_COUNTED
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.inbox import take_in
from tests.check.robot import Robot
from tests.record.examples import WALL_MS, check, detail, finished_robot, key, record_id
from tests.record.homes import ACT, SchoolHome, attempt, school_home, upn
from tests.sync.commands import answered, run

AT = "2027-06-07T10:00:00.000Z"
Filled = Callable[[SchoolHome], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the home is."""
    return tmp_path / "home"


def fill(root: Path, filled: Filled) -> None:
    """Make a home, in which this happens."""
    with school_home(root) as home:
        filled(home)


def exported(root: Path, *arguments: object) -> list[dict[str, str]]:
    """The rows of the results."""
    assert run("export", "results", "--home", root, *arguments) in (0, 1)
    return rows_of(root / "exports" / "results.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def stopped() -> Robot:
    """A robot with a check that staff stop at the second question."""
    robot = Robot()
    robot.reach(2)
    robot.failed(robot.now)
    robot.hear(Stopped(robot.now))
    return robot


def one_pupil(home: SchoolHome) -> None:
    """Nobody but Amy, who has done nothing yet."""
    home.add_pupil()


def whole_class(home: SchoolHome) -> None:
    """Complete, stopped, nothing, a reason, tampered with, left without a trace."""
    for number in range(1, 7):
        home.add_pupil(number)
    home.seal(home.take(attempt(1, 1)))
    home.seal(home.take(attempt(2, 2), stopped()))
    home.db.execute("insert into reason (pupil_id, at, by, code) values (4, ?, 't.admin', 'ABSNT')", (AT,))
    home.seal(home.take(attempt(5, 5)))
    home.db.execute("drop trigger inbox_is_not_changed")
    home.db.execute("update inbox set sha256 = ? where record_id = ?", ("0" * 64, attempt(5).id))
    home.db.execute("update pupil set left_at = ? where id = 6", (AT,))


def test_every_pupil_has_a_row_whatever_happened(root: Path) -> None:
    """In the order of lists; who left before anything was known of them is no longer on the register."""
    fill(root, whole_class)
    rows = exported(root)
    assert [(row["UPN"], row["Score"], row["Out of"], row["Status"], row["Checks taken"]) for row in rows] == [
        (upn(1), "4", "4", "Complete", "1"),
        (upn(2), "", "25", "Incomplete", "1"),
        (upn(3), "", "25", "Not started", "0"),
        (upn(4), "", "25", "Absent during check window", "0"),
        (upn(5), "", "25", "Incomplete", "1"),
    ]
    assert rows[0]["Completed at"].startswith("07/06/2027 10:")


def test_a_check_that_cannot_be_believed_is_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error with exit code 1, and in the text beside the file."""
    fill(root, whole_class)
    assert run("export", "results", "--home", root) == 1
    said = f"attempt {attempt(5).id}. {NOT_COUNTED}"
    assert capsys.readouterr().err.splitlines() == [f"Left out: a check of {upn(5)}, {said}"]
    about = (root / "exports" / "results.about.txt").read_text(encoding="utf-8-sig")
    assert f"Left out: a check of Testerly-5, Amy ({upn(5)}), {said}" in about


def test_who_left_after_a_check_or_with_a_reason_keeps_the_row(root: Path) -> None:
    """Their parents need a result too."""

    def left(home: SchoolHome) -> None:
        for number in (1, 2, 3):
            home.add_pupil(number)
        home.seal(home.take(attempt(1, 1)))
        home.db.execute("insert into reason (pupil_id, at, by, code) values (2, ?, 'cli', 'LEFTT')", (AT,))
        home.db.execute("update pupil set left_at = ?", (AT,))

    fill(root, left)
    assert [(row["UPN"], row["Status"]) for row in exported(root)] == [(upn(1), "Complete"), (upn(2), "Left school")]


def test_a_try_is_in_no_result(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither its score nor what is wrong with it."""

    def tried(home: SchoolHome) -> None:
        home.add_pupil()
        home.seal(home.take(attempt(1, 1, kind=Kind.TRY)))
        home.db.execute("drop trigger inbox_is_not_changed")
        home.db.execute("update inbox set sha256 = ?", ("0" * 64,))

    fill(root, tried)
    assert run("export", "results", "--home", root) == 0
    assert capsys.readouterr().err == ""
    (found,) = rows_of(root / "exports" / "results.csv")
    assert (found["Score"], found["Status"], found["Checks taken"]) == ("", "Not started", "0")


def test_what_a_file_must_say_about_itself_is_beside_it_or_in_it(root: Path) -> None:
    """The school's own check, beside CSV and inside JSON."""
    fill(root, one_pupil)
    run("export", "results", "--home", root)
    run("export", "results", "--format", "json", "--home", root)
    own = "This is the school's own check. It is not the statutory check, and it is not sent to the DfE."
    assert own in (root / "exports" / "results.about.txt").read_text(encoding="utf-8-sig")
    told = json.loads((root / "exports" / "results.json").read_text(encoding="utf-8"))
    assert own in told["about"]["notes"]
    assert [row["upn"] for row in told["results"]] == [upn(1)]


def test_made_up_pupils_are_said_to_be(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In what the command prints, beside the CSV and in the JSON."""
    open_made_up_home(root)
    with school_home(root, made_up=True) as home:
        home.add_pupil()
    run("export", "results", "--home", root)
    assert capsys.readouterr().out.startswith("(made-up pupils) 1 row written to ")
    assert "made-up pupils" in (root / "exports" / "results.about.txt").read_text(encoding="utf-8-sig")
    assert answered(capsys, "export", "results", "--home", root)["data"]["made_up_pupils"] is True


def test_reasons_are_those_that_hold(root: Path) -> None:
    """One taken back is not there."""

    def two_reasons(home: SchoolHome) -> None:
        for number in (1, 2):
            home.add_pupil(number)
            row = (number, AT)
            home.db.execute("insert into reason (pupil_id, at, by, code) values (?, ?, 't.admin', 'LEFTT')", row)
        home.db.execute("insert into reason (pupil_id, at, by, code, undoes) values (2, ?, 'cli', 'LEFTT', 2)", (AT,))

    fill(root, two_reasons)
    assert run("export", "reasons", "--home", root) == 0
    (found,) = rows_of(root / "exports" / "reasons.csv")
    assert found == {
        "UPN": upn(1),
        "Surname": "Testerly-1",
        "Forename": "Amy",
        "Reason code": "LEFTT",
        "Reason": "Left school",
        "Set by": "t.admin",
        "Set at": "07/06/2027 11:00",
    }
    assert (root / "exports" / "reasons.about.txt").exists()


def test_a_check_taken_on_another_pc_counts_like_one_of_this(root: Path) -> None:
    """Found by its UPN; one of a pupil who is not on the register is named."""

    def from_elsewhere(home: SchoolHome) -> None:
        home.add_pupil()
        row = (key(1).fingerprint, key(1).public, "pc-1", AT, AT)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        for number, pupil in ((71, 1), (72, 9)):
            about = detail(upn=upn(pupil), by=None)
            record = check(finished_robot(), about=about, id=record_id(number), check_code=f"code-{number}")
            take_in(home.db, record, home.here, ACT)

    fill(root, from_elsewhere)
    (found,) = exported(root)
    assert (found["Score"], found["Status"]) == ("4", "Complete")
    about = (root / "exports" / "results.about.txt").read_text(encoding="utf-8-sig")
    assert f"a pupil who is not on the register, attempt {record_id(72)} on the kiosk hall-1." in about


def test_results_wait_for_the_end_of_the_window_where_the_school_says_so(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a minute before 06:00 on the Monday after; reasons do not wait."""
    open_made_up_home(root)
    with school_home(root, made_up=True) as home:
        home.add_pupil()
    settings = "window: {check_closes: 2027-06-18}\nresults: after_window\n"
    (root / "config" / "school.yaml").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-21T04:59:59Z")
    assert run("export", "results", "--home", root) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Results can be seen on Monday 21 June 2027 at 06:00 (school.yaml, results)."
    ]
    assert list((root / "exports").iterdir()) == []
    assert run("export", "reasons", "--home", root) == 0
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-21T05:00:00Z")
    assert run("export", "results", "--home", root) == 0


@pytest.mark.parametrize(
    ("out", "why"), [("elsewhere/r.csv", "its folder is missing"), ("r.csv/r.csv", "its folder is missing")]
)
def test_a_file_that_cannot_be_written_is_a_sentence(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str, why: str
) -> None:
    """And no audit row says that results were shown."""
    fill(root, one_pupil)
    (tmp_path / "r.csv").write_bytes(b"a file")
    assert run("export", "results", "--out", tmp_path / out, "--home", root) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path / out}: It cannot be written: {why}. Nothing was changed."
    ]
    with school_home(root) as home:
        assert home.count("audit", "action = 'results.shown'") == 0


def test_out_may_be_a_file_or_a_folder(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder gets the usual name."""
    fill(root, one_pupil)
    (tmp_path / "office").mkdir()
    run("export", "results", "--out", tmp_path / "june.csv", "--home", root)
    run("export", "results", "--out", tmp_path / "office", "--home", root)
    assert {file.name for file in tmp_path.iterdir() if file.is_file()} == {"june.csv", "june.about.txt"}
    assert {file.name for file in (tmp_path / "office").iterdir()} == {"results.about.txt", "results.csv"}
    out = answered(capsys, "export", "results", "--out", tmp_path / "june.csv", "--home", root)["data"]
    assert out == {"out": str(tmp_path / "june.csv"), "rows": 1}


def test_an_export_leaves_a_word_that_results_were_shown(root: Path) -> None:
    """From then on a choice between two checks could depend on the scores."""
    fill(root, one_pupil)
    run("export", "results", "--home", root)
    with school_home(root) as home:
        assert home.count("audit", "action = 'results.shown'") == 1


def test_an_attempt_that_ended_without_a_record_is_caught_up_with(root: Path) -> None:
    """The database may have refused its record at the time."""

    def unsealed(home: SchoolHome) -> None:
        home.add_pupil()
        home.take(attempt(1), started_ms=WALL_MS)

    fill(root, unsealed)
    (found,) = exported(root)
    assert (found["Score"], found["Status"]) == ("4", "Complete")


def test_a_workbook_has_the_rows_of_the_csv_file(root: Path) -> None:
    """With the notes beside it and the same word in the audit, for results and for reasons."""
    fill(root, whole_class)
    rows = exported(root)
    assert run("export", "results", "--format", "xlsx", "--home", root) == 1
    assert run("export", "reasons", "--format", "xlsx", "--home", root) == 0
    lines = [*load_workbook(root / "exports" / "results.xlsx")["Results"].values]
    assert [dict(zip(map(str, lines[0]), line, strict=True))["UPN"] for line in lines[1:]] == [
        row["UPN"] for row in rows
    ]
    assert [str(line[7] if line[7] is not None else "") for line in lines[1:]] == [row["Score"] for row in rows]
    (_, reason) = load_workbook(root / "exports" / "reasons.xlsx").worksheets[0].values
    assert reason[0] == upn(4)
    assert "Left out: a check" in (root / "exports" / "results.about.txt").read_text(encoding="utf-8-sig")
    with school_home(root) as home:
        assert home.count("audit", "action = 'results.shown' and subject = 'xlsx'") == 1
