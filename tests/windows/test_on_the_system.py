"""What Windows itself says it did: priority, access lists, waits, names, streams."""

import locale
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from mtc_kiosk.class_list.error_file import write_beside
from mtc_kiosk.config.whole_file import keep_backup
from mtc_kiosk.kiosk.system.thread_priority import raise_priority
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import HomeRefused, open_home
from mtc_kiosk.store.home.log_file import add_lines
from mtc_kiosk.store.home.whole_files import write_together, write_whole
from mtc_kiosk.windows import calls
from mtc_kiosk.windows.access import access_list, closed, set_access_list
from mtc_kiosk.windows.waiting import MessageWait

HIGH = 0x80
OPEN_TO_ALL = "D:P(A;OICI;FA;;;WD)"


def mtc(*words: str, home: Path) -> "subprocess.CompletedProcess[bytes]":
    """A command of the program, its output as bytes."""
    command = [sys.executable, "-m", "mtc_kiosk", *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def test_the_priority_is_raised_and_the_system_says_so() -> None:
    """Raised by what the program calls, and read back from the system."""
    before = calls.get_priority_class(calls.current_process())
    try:
        assert raise_priority().about == "high"
        assert calls.get_priority_class(calls.current_process()) == HIGH
    finally:
        calls.set_priority_class(calls.current_process(), before)


# -- who may read a home


def lets_everybody_in(path: Path) -> bool:
    """Whether the system says that a group of everybody may come in."""
    return closed(access_list(path), "", folder=path.is_dir()) is not None


def test_a_home_in_a_folder_open_to_all_is_closed(tmp_path: Path) -> None:
    """As below ProgramData: the home, its folders, the database and the device's key."""
    above = tmp_path / "for all"
    above.mkdir()
    set_access_list(above, OPEN_TO_ALL)
    assert lets_everybody_in(above)
    home = open_home(above / "home")
    open_database(home).close()
    device_key(home)
    assert [path.name for path in (home.root, home.database, home.root / "device.key") if lets_everybody_in(path)] == []


def test_a_home_that_was_opened_to_all_is_closed_again(tmp_path: Path) -> None:
    """Made by hand, or a database put back from elsewhere with the list that it had there."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    for path in (home.root, home.database):
        set_access_list(path, OPEN_TO_ALL)
        assert lets_everybody_in(path)
    open_home(home.root)
    open_database(home).close()
    assert not lets_everybody_in(home.root)
    assert not lets_everybody_in(home.database)


def test_files_of_pupils_outside_a_home_are_closed(tmp_path: Path) -> None:
    """An export, PIN slips and the errors of a class list, in a folder of the PC that all its accounts may read."""
    (tmp_path / "for all").mkdir()
    set_access_list(tmp_path / "for all", OPEN_TO_ALL)
    given, slips, together = (tmp_path / "for all" / name for name in ("class.csv", "slips.html", "results.csv"))
    given.write_text("Surname\n", encoding="utf-8")
    write_whole(slips, b"PINs")
    write_together({together: b"marks"})
    errors = write_beside(given, "csv", b"line 2", tmp_path)
    assert errors.parent == given.parent
    assert [path.name for path in (slips, together, errors) if lets_everybody_in(path)] == []


def test_what_is_for_the_desk_keeps_the_list_of_its_folder(tmp_path: Path) -> None:
    """Sealed records in a shared folder are read by another account, on another PC."""
    record = tmp_path / "record.mtc"
    write_whole(record, b"sealed", 0o666)
    before = access_list(record)
    set_access_list(record, OPEN_TO_ALL)
    write_whole(record, b"sealed", 0o666)
    assert access_list(record) == before


@pytest.mark.not_under_wine("nothing inherits a list there")
def test_all_that_a_home_holds_is_closed(tmp_path: Path) -> None:
    """Each kind of file that is made there: settings and how they were, exports, logs, what was set of keys."""
    set_access_list(tmp_path, OPEN_TO_ALL)
    home = open_home(tmp_path / "home")
    settings = home.config_dir / "kiosk.yaml"
    keep_backup(settings, settings.read_bytes(), datetime.now(UTC))
    write_whole(home.exports / "slips.html", b"PINs")
    add_lines(home.faults_log, ["a fault"])
    open_database(home).close()
    device_key(home)
    held = list(home.root.rglob("*"))
    assert len(held) > 10
    assert [path.name for path in held if lets_everybody_in(path)] == []


# -- waiting


@pytest.mark.parametrize("ms", [1, 3, 9, 40])
def test_a_wait_is_never_shorter_than_asked_for_and_ends(ms: int) -> None:
    """Nothing comes, so the time is over; a deadline is never acted on early."""

    def waited() -> list[tuple[bool, int]]:
        waiting = MessageWait()
        try:
            return [(waiting.wait(ms * 1_000_000), time.perf_counter_ns()) for _ in range(11)]
        finally:
            waiting.close()

    with ThreadPoolExecutor(1) as thread:  # one that no message comes to
        came = thread.submit(waited).result(timeout=30)
    assert [messages for messages, _ in came] == [False] * 11
    assert min(later - sooner for (_, sooner), (_, later) in pairwise(came)) >= ms * 1_000_000 - 100_000


def test_another_thread_ends_a_wait() -> None:
    """The journal says that an answer is on the disk; also when it says so just before the wait."""
    waiting = MessageWait()
    try:
        waiting.wake()
        assert waiting.wait(10_000_000_000)
        thread = threading.Timer(0.05, waiting.wake)
        thread.start()
        began = time.perf_counter()
        assert waiting.wait(10_000_000_000)
        assert time.perf_counter() - began < 5
        thread.join()
    finally:
        waiting.close()


# -- names and output


@pytest.mark.parametrize("name", ["home ", "home.", r"a \home", r"a.\home"])
def test_a_home_whose_name_windows_does_not_keep_is_refused(tmp_path: Path, name: str) -> None:
    """In one sentence, and nothing is made."""
    with pytest.raises(HomeRefused, match="which Windows drops"):
        open_home(Path(f"{tmp_path}\\{name}"))
    assert list(tmp_path.iterdir()) == []


def test_an_export_under_such_a_name_says_why(tmp_path: Path) -> None:
    """Nothing is written under another name than the one asked for."""
    home = tmp_path / "home"
    told = mtc("export", "results", "--format", "csv", "--out", f"{tmp_path}\\results.csv.", home=home)
    assert told.returncode == 1
    assert b"ends in a space or a full stop" in told.stderr.lower()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_the_home_of_an_account_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Windows gives a folder for any name behind ``~``; none is made."""
    beside = Path("~nobody-of-this-name").expanduser()
    told = mtc("status", home=Path("~nobody-of-this-name"))
    assert (told.returncode, b"There is no folder" in told.stderr) == (1, True)
    assert not beside.exists()


def test_a_pattern_stands_for_the_files_that_fit_it(tmp_path: Path) -> None:
    """Windows' own shell leaves it to the program; a pattern that fits none is named as it was typed."""
    for name in ("a.mtc", "b.mtc", "c.txt"):
        (tmp_path / name).write_text("no record")
    told = mtc("verify", f"{tmp_path}\\*.mtc", home=tmp_path / "home").stderr
    assert [name in told for name in (b"a.mtc", b"b.mtc", b"c.txt")] == [True, True, False]
    assert b"*.csv" in mtc("verify", f"{tmp_path}\\*.csv", home=tmp_path / "home").stderr
    own = str(Path("~").expanduser()).encode()
    assert own in mtc("verify", "~\\no-such-file.mtc", home=tmp_path / "home").stderr


def test_a_folder_to_verify_is_called_a_folder(tmp_path: Path) -> None:
    """Windows says of a folder that may not be read, which is another matter."""
    told = mtc("verify", str(tmp_path), home=tmp_path / "home")
    assert told.returncode == 1
    assert b"folder" in told.stderr.replace(str(tmp_path).encode(), b"")
    assert b"written to" not in told.stderr


CLASS_LIST = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN\nŁukasz,Bo-Lin,Kai,2/9/2017,m,W201100120002\n"


def test_output_to_a_file_or_pipe_in_a_code_page_shows_every_name(tmp_path: Path) -> None:
    """Windows gives a pipe its code page: a letter that it lacks is shown by the nearest, and ``--json`` is UTF-8."""
    home, given = tmp_path / "home", tmp_path / "class.csv"
    given.write_text(CLASS_LIST, encoding="utf-8")
    imported = mtc("pupils", "import", str(given), home=home)
    listed = mtc("pupils", "list", home=home)
    as_json = mtc("pupils", "list", "--json", home=home)
    assert [told.returncode for told in (imported, listed, as_json)] == [0, 0, 0]
    assert b"Traceback" not in imported.stderr + listed.stderr
    assert "Łukasz".encode() in as_json.stdout
    code_page = locale.getencoding()
    assert "Łukasz".translate({ord("Ł"): "L"} if code_page == "cp1252" else {}) in listed.stdout.decode(code_page)
