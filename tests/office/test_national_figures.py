"""The DfE's file completes the national figures; any other is refused, and changes nothing."""

from pathlib import Path

import pytest

from mtc_kiosk.insight.national import YEARS
from mtc_kiosk.office.national_figures import LARGEST_FILE, figures, load
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from tests.insight.test_national import COUNTS, file
from tests.office.acting import HEAD, acting, audited
from tests.office.restoring import another_home, backed_up, put_back


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home without pupils."""
    return another_home(tmp_path / "home")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A file with made-up numbers, as Excel saves it again."""
    path = tmp_path / "mtc.csv"
    path.write_bytes(file().encode("utf-8-sig"))
    return path


def refusal(home: Home, path: Path, staff: Staff = HEAD) -> str:
    """The sentence of a refusal that changed nothing."""
    with acting(home, staff) as office:
        with pytest.raises(OfficeRefused) as refused:
            load(office, path)
        assert dict(figures(office)) == dict(YEARS)
        assert audited(office) == []
    (problem,) = refused.value.problems
    assert problem.message.endswith("Nothing was loaded.")
    return problem.message


def test_without_a_file_there_is_what_was_published(home: Home) -> None:
    """And nothing else."""
    with acting(home) as office:
        assert dict(figures(office)) == dict(YEARS)


def test_a_loaded_file_completes_its_year(home: Home, given: Path) -> None:
    """What else was published of the year stays, and the source names the file; the audit has its hash and years."""
    with acting(home) as office:
        assert load(office, given) == (2025,)
    with acting(home) as office:
        found = figures(office)
        assert [(act, len(subject)) for _, act, subject in audited(office)] == [("national.loaded", 64)]
    assert found[2025].is_whole
    assert [found[2025].scores[score] for score in range(26)] == COUNTS
    assert (found[2025].average, found[2025].source) == (YEARS[2025].average, f"{YEARS[2025].source}; mtc.csv")
    assert found[2024] == YEARS[2024]


def test_a_file_that_is_loaded_again_replaces_its_years(home: Home, given: Path) -> None:
    """The DfE revises its figures."""
    with acting(home) as office:
        load(office, given)
        given.write_text(file([score + 1 for score in range(26)]), encoding="utf-8")
        load(office, given)
        assert figures(office)[2025].scores[25] == 26


def test_they_are_in_a_backup_and_come_back_with_it(home: Home, given: Path, tmp_path: Path) -> None:
    """On another PC too."""
    with acting(home) as office:
        load(office, given)
    put_back(Home(tmp_path / "other"), backed_up(home, tmp_path / "kept.zip"))
    with acting(Home(tmp_path / "other")) as office:
        assert figures(office)[2025].scores[25] == COUNTS[25]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xd8\xff\xe0", "mtc.csv is not a CSV file that can be read (UTF-8)."),
        (b"", "mtc.csv has no column time_period"),
        (file().replace(f",{COUNTS[7]},", ",z,").encode(), "mtc.csv, line 20: a number cannot be read."),
        (file().rpartition(",")[0].encode(), "mtc.csv, line 27: a number cannot be read."),
        (f"{file()}\n202425,Total,0,{'9' * 30},9,1".encode(), "mtc.csv, line 28: a number is out of range"),
        (file(period="1066").encode(), "mtc.csv, line 2: a number is out of range"),
        (b'"' + b"a" * 200_000 + b'"\n', "mtc.csv is not a CSV file that can be read"),
        (b"a" * (LARGEST_FILE + 1), "mtc.csv is too large"),
    ],
)
def test_another_file_is_refused_in_one_sentence(home: Home, given: Path, content: bytes, said: str) -> None:
    """With its line, if one is wrong."""
    given.write_bytes(content)
    assert refusal(home, given).startswith(said)


def test_a_line_that_is_cut_off_is_no_row_of_all_pupils(home: Home, given: Path) -> None:
    """Like one of a region or a sex."""
    given.write_text(f"{file()}\n202425", encoding="utf-8")
    with acting(home) as office:
        assert load(office, given) == (2025,)


def test_a_file_that_is_not_there_is_refused(home: Home, tmp_path: Path) -> None:
    """As is a folder."""
    assert refusal(home, tmp_path / "none.csv").startswith("The file cannot be read")
    assert refusal(home, tmp_path).startswith("The file cannot be read")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.OWNER, Role.SENCO, Role.COVER])
def test_whoever_exports_may_load_them(home: Home, given: Path, role: Role) -> None:
    """A head and the office; no one else."""
    assert "Ask the head" in refusal(home, given, staff_of("a.person", role))
    with acting(home, staff_of("o.ffice", Role.ADMIN)) as office:
        assert load(office, given) == (2025,)
