"""What is written about children is for its owner alone, whatever the umask; and no device is written over."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.system.clock import RealClock
from mtc_kiosk.kiosk.system.staff_log import StaffLog
from mtc_kiosk.store.home.home import open_home

pytestmark = pytest.mark.posix_only("modes are those of POSIX systems")
LIST = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN\nTesterly,Amy,,14/03/2018,F,G201100120001\n"
OUT = (
    "results.csv",
    "results.about.txt",
    "results.json",
    "reasons.csv",
    "reasons.about.txt",
    "answers.xlsx",
    "answers.about.txt",
    "slips.html",
    "class.errors.csv",
)
WITHIN_S = 60


def run(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command under a umask of 0."""
    program = [sys.executable, "-m", "mtc_kiosk", "--home", str(home), *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, umask=0, timeout=WITHIN_S, check=False)


def open_to_others(folder: Path) -> list[str]:
    """The files below a folder that anybody but their owner may do anything with."""
    return [str(file) for file in folder.rglob("*") if file.is_file() and stat.S_IMODE(file.stat().st_mode) & 0o077]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one pupil, who has a PIN."""
    root = tmp_path / "home"
    (tmp_path / "class.csv").write_text(LIST, encoding="utf-8")
    for command in (("pupils", "import", tmp_path / "class.csv"), ("session", "start", "--kind", "official")):
        done = run(root, *command)
        assert done.returncode == 0, done.stderr
    (tmp_path / "class.csv").unlink()
    return root


def test_whatever_is_written_for_people_is_for_its_owner_alone(home: Path, tmp_path: Path) -> None:
    """Exports with the text beside them, slips, lists of errors, forms, and everything in the home."""
    out = tmp_path / "out"
    out.mkdir()
    wrong = out / "class.csv"
    wrong.write_text(LIST.replace(",F,", ",X,"), encoding="utf-8")
    wrong.chmod(0o600)
    commands = [
        ("export", what, "--format", form, "--out", out)
        for what, form in (("results", "csv"), ("results", "json"), ("reasons", "csv"), ("answers", "xlsx"))
    ]
    for command in (*commands, ("pins", "slips", "--out", out / "slips.html"), ("pupils", "import", wrong)):
        assert "Traceback" not in run(home, *command).stderr
    assert run(home, "forms", "make", "--count", "1", "--seed", "1", "--out", out / "forms").returncode == 0
    assert {file.name for file in out.iterdir()} == {*OUT, "class.csv", "forms"}
    assert open_to_others(out) == []
    assert open_to_others(home) == []


def test_an_export_that_others_could_read_is_no_longer(home: Path, tmp_path: Path) -> None:
    """The file that takes its place has no mode but its own."""
    path = tmp_path / "results.csv"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o666)
    assert run(home, "export", "results", "--out", path).returncode == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_kiosks_log_is_for_its_owner_alone(tmp_path: Path) -> None:
    """It names attempts, and no terminal acts on what is in it."""
    before = os.umask(0)
    try:
        home = open_home(tmp_path / "home")
        StaffLog(home, "hall", RealClock()).add(["One.", "Two \x1b[31m\u202ered\nline."])
    finally:
        os.umask(before)
    path = home.logs / "kiosk-hall.log"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [line.split(" ", 1)[1] for line in path.read_text(encoding="utf-8").splitlines()] == [
        "One.",
        "Two �[31m�red line.",
    ]


@pytest.mark.parametrize("command", [("export", "results"), ("export", "reasons"), ("pins", "slips")])
@pytest.mark.parametrize("kind", ["pipe", "link to a device"])
def test_no_pipe_or_device_is_replaced_by_a_file(
    home: Path, tmp_path: Path, command: tuple[str, ...], kind: str
) -> None:
    """``--out /dev/null``, typed by somebody who may write there, must leave the system whole."""
    path = tmp_path / "odd.csv"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/null")
    done = run(home, *command, "--out", path)
    assert done.returncode == 1
    assert "this is a pipe" in done.stderr
    assert "Traceback" not in done.stderr
    assert not stat.S_ISREG(path.stat().st_mode)
    assert path.is_symlink() == (kind != "pipe")


def test_a_link_is_replaced_and_not_followed(home: Path, tmp_path: Path) -> None:
    """Whoever may put a link into the folder does not choose what is written over."""
    theirs = tmp_path / "theirs.txt"
    theirs.write_text("keep me", encoding="utf-8")
    path = tmp_path / "slips.html"
    path.symlink_to(theirs)
    assert run(home, "pins", "slips", "--out", path).returncode == 0
    assert theirs.read_text(encoding="utf-8") == "keep me"
    assert not path.is_symlink()
