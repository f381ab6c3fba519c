"""The pages about the school's PCs and backups: who sees them, and what happens to a backup that cannot be made."""

import io
import zipfile
from pathlib import Path

import pytest

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.backup import BACKED_UP
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.backup_file import read_backup
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from tests.console.desk import Visitor, console_of, hidden
from tests.office.with_results import WithResults, points

AT = "2027-06-07T14:00:00Z"
BACKUPS, DOWNLOAD = "/school/backups", "/school/backups/download"


@pytest.fixture
def school(tmp_path: Path) -> WithResults:
    """One pupil of four took a check at hall-1."""
    school = WithResults(tmp_path / "home")
    school.take(1, points(3))
    return school


def console(school: WithResults, *roles: Role) -> Visitor:
    """The console in the afternoon."""
    return console_of(school.home, *(roles or (Role.OWNER,)), at=AT)


def test_the_page_says_which_kiosks_run(school: WithResults) -> None:
    """By the locks that running ones hold, with when each was used last."""
    with kiosk_lock(school.home, "hall-2"):
        page = console(school).get("/school").text
    assert "<h1>One kiosk runs on this PC now</h1>" in page
    assert page.index("hall-1") < page.index("Not running") < page.index("hall-2") < page.index("Runs now")
    assert "1 check; last used Monday 7 June, 10:10" in page
    assert "<h1>No kiosk runs on this PC now</h1>" in console(school).get("/school").text


def test_the_page_says_where_the_data_is(school: WithResults) -> None:
    """The folder, its files, and how old the newest backup is."""
    page = console(school).get("/school").text
    assert str(school.root) in page
    assert "access_arrangements.yaml" in page
    assert "<dt>Newest backup</dt><dd>never</dd>" in page


@pytest.mark.parametrize(
    ("role", "sees", "backs_up"),
    [
        (Role.OWNER, 200, 200),
        (Role.HEAD, 200, 403),
        (Role.TEACHER, 200, 403),
        (Role.ADMIN, 200, 403),
        (Role.SENCO, 403, 403),
        (Role.COVER, 403, 403),
    ],
)
def test_who_sees_the_pcs_and_who_backs_up(school: WithResults, role: Role, sees: int, backs_up: int) -> None:
    """Whoever sees the page and may not back up reads who may."""
    visitor = console(school, role)
    answer = visitor.get("/school")
    assert (answer.status_code, visitor.get(BACKUPS).status_code) == (sees, backs_up)
    if (sees, backs_up) == (200, 403):
        assert "The owner can make a backup." in answer.text
        assert BACKUPS not in answer.text


def test_a_backup_is_downloaded(school: WithResults, tmp_path: Path) -> None:
    """Whole, without a name of school or person, and noted; the page then knows of it."""
    visitor = console(school)
    assert "<h1>There is no backup yet</h1>" in visitor.get(BACKUPS).text
    answer = visitor.send(BACKUPS, {}, DOWNLOAD)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'filename="mtc-kiosk-backup-2' in answer.headers["Content-Disposition"]
    (tmp_path / "b.zip").write_bytes(answer.data)
    assert read_backup(tmp_path / "b.zip", FILES).manifest.counts["pupils"] == 4
    assert school.audited(BACKED_UP) == [("a.adeyemi", "mtc.db", '{"downloaded":true}')]
    assert "The newest backup was made" in visitor.get(BACKUPS).text


def test_a_backup_is_written_into_a_folder(school: WithResults, tmp_path: Path) -> None:
    """The page says which file, what is in it, and that it is on the same disk."""
    (tmp_path / "stick").mkdir()
    visitor = console(school)
    answer = visitor.send(BACKUPS, {"folder": f" {tmp_path / 'stick'} "})
    assert (answer.status_code, answer.headers["Location"]) == (303, BACKUPS)
    (file,) = (tmp_path / "stick").iterdir()
    assert zipfile.ZipFile(io.BytesIO(file.read_bytes())).testzip() is None
    page = visitor.get(BACKUPS).text
    assert f"{file} is a backup with 4 pupils, 1 check." in page
    assert "It is on the same disk as the data" in page


@pytest.mark.parametrize("folder", ["", "   ", "stick", "{tmp}/missing", "{home}", "{home}/config", "x" * 1001, "\x00"])
def test_a_folder_that_will_not_do_is_named_at_its_field(school: WithResults, tmp_path: Path, folder: str) -> None:
    """What was typed stays, nothing is written, and the home knows of no backup."""
    typed = folder.format(tmp=tmp_path, home=school.root)
    before = sorted(path for path in tmp_path.rglob("*") if "mtc.db" not in path.name)
    answer = console(school).send(BACKUPS, {"folder": typed})
    assert answer.status_code == 422
    assert 'class="bad"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert sorted(path for path in tmp_path.rglob("*") if "mtc.db" not in path.name) == before
    assert school.audited(BACKED_UP) == []


def test_a_second_press_makes_one_backup(school: WithResults, tmp_path: Path) -> None:
    """In a folder: the second is answered as the first was."""
    (tmp_path / "stick").mkdir()
    visitor = console(school)
    form = {**hidden(visitor.get(BACKUPS).text, BACKUPS), "folder": str(tmp_path / "stick")}
    assert [visitor.post(BACKUPS, form).status_code for _ in range(2)] == [303, 303]
    assert len(list((tmp_path / "stick").iterdir())) == 1


def test_a_backup_that_cannot_be_made_says_so(school: WithResults) -> None:
    """No file is downloaded, and the home knows of no backup."""
    visitor = console(school)
    fields = hidden(visitor.get(BACKUPS).text, DOWNLOAD)
    (school.root / "device.key").unlink()
    (school.root / "device.key").mkdir()
    answer = visitor.post(DOWNLOAD, fields)
    assert answer.status_code == 409
    assert "It cannot be read" in answer.text
    assert "Content-Disposition" not in answer.headers
    (school.root / "device.key").rmdir()
    assert school.audited(BACKED_UP) == []
