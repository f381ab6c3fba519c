"""Files that would make a program run out of memory or time, and files that are none, each given to a real command."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hostile_cases import CASES, Case
from benchmarks.hostile_files import measure, run
from mtc_kiosk.class_list.limits import NotAClassListFile
from mtc_kiosk.class_list.read import read_class_list_file

AS_PROCESSES = {
    "empty cells",
    "empty rows",
    "styles",
    "a row number of 1,000,000,000",
    "20 MB of newlines",
    "9,999 rows of 45 wrong cells",
    "200 MB as a form",
    "accents on accents",
    "a record of {},{},",
}
READ = ("as many", "a workbook")
"""Workbooks that are just not too much begin so: they are read."""

WORKBOOKS = [case for case in CASES if case.file.endswith(".xlsx") and not case.name.startswith(READ)]
posix_alone = pytest.mark.posix_only("this kind of file is only on POSIX systems")
WITHIN_S = 60
"""Seconds in which a command that waits for nothing has ended, on a busy machine."""

READERS = (
    ("verify", "FILE"),
    ("forms", "check", "FILE"),
    ("try", "--form", "FILE"),
    ("pupils", "import", "FILE"),
)


@pytest.mark.posix_only("time and memory are measured with calls of POSIX systems")
@pytest.mark.parametrize("case", [case for case in CASES if case.name in AS_PROCESSES], ids=lambda case: case.name)
def test_a_hostile_file_takes_bounded_time_and_memory(case: Case, tmp_path: Path) -> None:
    """The real command ends within its bars, with a sentence and no traceback."""
    measured = run(case, tmp_path)
    assert not measured.misses(case), measured


@pytest.mark.parametrize(
    "case", [case for case in WORKBOOKS if case.name not in AS_PROCESSES], ids=lambda case: case.name
)
@pytest.mark.posix_only("time and memory are measured with calls of POSIX systems")
def test_every_kind_of_hostile_workbook_is_refused(case: Case, tmp_path: Path) -> None:
    """It is refused before openpyxl believes it; the benchmark measures each as a process."""
    path = tmp_path / case.file
    case.make(path)
    with pytest.raises(NotAClassListFile):
        read_class_list_file(path.read_bytes())


def test_every_hostile_file_is_in_the_table() -> None:
    """The page of measurements has a row for each."""
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    for case in CASES:
        assert f"| {case.name} |" in page, case.name


def special(kind: str, folder: Path) -> Path:
    """Something that can be opened and is no plain file."""
    path = folder / "odd"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "link to a pipe":
            os.mkfifo(folder / "pipe")
            path.symlink_to(folder / "pipe")
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                os.chdir(folder)
                bound.bind("odd")
    return path


@posix_alone
@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "device", "folder", "socket"])
@pytest.mark.parametrize("command", READERS, ids=lambda command: " ".join(command[:2]))
def test_only_plain_files_are_opened(
    command: tuple[str, ...], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe without a writer does not block a command; each says in one line what it was given."""
    monkeypatch.chdir(tmp_path)
    path = special(kind, tmp_path)
    program = [sys.executable, "-m", "mtc_kiosk", "--home", str(tmp_path / "home")]
    program += [part.replace("FILE", str(path)) for part in command]
    done = subprocess.run(program, capture_output=True, text=True, timeout=WITHIN_S, check=False)
    assert done.returncode == 1
    assert "this is a" in done.stderr
    assert ", not a " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.posix_only("time and memory are measured with calls of POSIX systems")
def test_the_measure_counts_the_command_alone(tmp_path: Path) -> None:
    """The peak is the command's, whatever the process that asks for it holds."""
    held = bytearray(400_000_000)
    assert measure(["--version"], tmp_path).peak < 100
    assert len(held) == 400_000_000
