"""Whatever standard output is, a command does what it does: code pages, closed pipes, full disks, odd names."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from mtc_kiosk.cli.streams import NEAREST
from mtc_kiosk.shown_text import escaped, in_a_line

posix_alone = pytest.mark.posix_only("made with calls of POSIX systems")
ADD = ("--surname", "Wiśniewska", "--forename", "Şebnem", "--date-of-birth", "14/03/2018", "--sex", "F", "--ref")
CODE_PAGES = ("cp1252", "cp437", "ascii:strict", "latin-1", "utf-8")
WITHIN_S = 60


def program(home: Path, *arguments: str) -> list[str]:
    """A command as it is started."""
    return [sys.executable, "-m", "mtc_kiosk", "--home", str(home), *arguments]


def environment(encoding: str | None = None, **more: str) -> dict[str, str]:
    """The environment with this encoding of the streams."""
    ours = ("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, **({"PYTHONIOENCODING": encoding} if encoding else {}), **more}


def run(home: Path, arguments: Sequence[str], **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command; what it wrote as bytes."""
    done = subprocess.run(
        program(home, *arguments), capture_output=True, env=environment(**environ), timeout=WITHIN_S, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
    return done


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a pupil whose name few code pages can write."""
    root = tmp_path_factory.mktemp("streams") / "home"
    assert run(root, ("pupils", "add", *ADD, "1"), encoding="cp1252").returncode == 0
    return root


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_a_name_that_a_code_page_lacks_breaks_no_command(home: Path, encoding: str) -> None:
    """The message has the nearest letters; the pupil is added once, and the exit code is 0."""
    done = run(home, ("pupils", "add", *ADD, f"ref-{CODE_PAGES.index(encoding)}"), encoding=encoding)
    can_write_all = encoding in ("utf-8", "ascii:strict")  # plain ASCII is taken for a system that was never set up
    said = done.stdout.decode("utf-8" if can_write_all else encoding)
    assert done.returncode == 0
    assert ("Wiśniewska, Şebnem" if can_write_all else "Wisniewska, Sebnem") in said


def test_a_class_of_names_beyond_the_code_page_is_listed(tmp_path: Path) -> None:
    """Import, then status, as in a Windows console or a file made of it."""
    path = tmp_path / "class.csv"
    rows = ("Łukaszewicz,Zoë,,14/03/2018,F,J201100118001", "Nguyễn,Ọlájídé,,14/03/2018,F,Y201100118002")
    text = "\r\n".join(("Surname,Forename,Middle name(s),Date of birth,Sex,UPN", *rows, ""))
    path.write_bytes(text.encode("utf-8-sig"))
    assert run(tmp_path / "home", ("pupils", "import", str(path)), encoding="cp1252").returncode == 0
    done = run(tmp_path / "home", ("status",), encoding="cp1252")
    assert done.returncode == 0
    for name in ("Lukaszewicz, Zoë", "Nguyen, Olájídé"):
        assert name in done.stdout.decode("cp1252")


def test_a_refusal_is_said_in_a_code_page_too(home: Path) -> None:
    """Standard error is as steady as standard output."""
    done = run(home, ("pupils", "leave", "Ġorġ-\u200b-☃"), encoding="cp1252")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Gorg" in done.stderr


@pytest.mark.parametrize("environ", [{"encoding": "cp1252"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0"}])
def test_json_is_utf_8_whatever_the_streams_are(home: Path, environ: dict[str, str]) -> None:
    """A program reads the names as they are."""
    done = run(home, ("pupils", "list", "--json"), **environ)
    listed = json.loads(done.stdout.decode("utf-8"))
    assert listed["data"]["pupils"][0]["surname"].casefold() == "wiśniewska"


@posix_alone
def test_json_is_utf_8_on_a_terminal_too(home: Path) -> None:
    """The terminal of a code page included."""
    ours, theirs = os.openpty()
    with open(theirs, "wb") as terminal, open(ours, "rb") as seen:  # noqa: PTH123 - numbers, not paths
        command = program(home, "pupils", "list", "--json")
        done = subprocess.run(command, stdout=terminal, env=environment("cp1252"), timeout=WITHIN_S, check=False)
        terminal.close()
        assert done.returncode == 0
        assert "Wiśniewska".casefold() in seen.readline().decode("utf-8").casefold()


@posix_alone
def test_a_closed_pipe_ends_no_command(home: Path) -> None:
    """As with ``| head``: the command finishes its work, without a message about the reader."""
    reading, writing = os.pipe()
    os.close(reading)
    command = program(home, "pupils", "add", *ADD, "piped")
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, env=environment(), timeout=WITHIN_S, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"piped" in run(home, ("pupils", "list")).stdout


@posix_alone
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [("pupils", "list"), ("pupils", "list", "--json"), ("--version",)])
def test_a_full_disk_at_standard_output_is_said(home: Path, arguments: tuple[str, ...]) -> None:
    """One sentence on standard error, and the exit code of something not done."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program(home, *arguments), stdout=full, stderr=subprocess.PIPE, timeout=WITHIN_S, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"Part of the output was lost. The disk it goes to cannot be written: it is full.\n"


@posix_alone
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_keep_no_command_from_its_work(home: Path, closed: str) -> None:
    """Nor does the database take the number of a closed stream."""
    ref = f"closed-{closed.count('-')}-{closed[0] == '2'}"
    command = program(home, "pupils", "add", *ADD, ref)
    quoted = " ".join(f"'{part}'" for part in command)
    done = subprocess.run(["sh", "-c", f"{quoted} {closed}"], capture_output=True, timeout=WITHIN_S, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert ref.encode() in run(home, ("pupils", "list")).stdout


@posix_alone
def test_a_file_name_acts_on_no_terminal(home: Path, tmp_path: Path) -> None:
    """Neither colours, nor a line of its own, nor letters turned round, nor the one-byte escape of old terminals."""
    path = tmp_path / "a\x1b[31m\nDone.\u202egpj\x9b2J.mtc"
    path.write_bytes(b"no record")
    ours, theirs = os.openpty()
    with open(theirs, "wb") as terminal, open(ours, "rb") as seen:  # noqa: PTH123 - numbers, not paths
        subprocess.run(program(home, "verify", str(path)), stderr=terminal, timeout=WITHIN_S, check=False)
        terminal.close()
        said = seen.readline().decode("utf-8")
    assert "a�[31m�Done.�gpj�2J.mtc: It is not a record of a check." in said
    answered = run(home, ("verify", str(path), "--json")).stdout
    assert json.loads(answered)["errors"][0]["file"] == str(path)
    assert answered.isascii()


@posix_alone
def test_a_name_that_is_no_text_is_shown_and_is_json(home: Path, tmp_path: Path) -> None:
    """A file's name may be bytes that no encoding has."""
    path = tmp_path / os.fsdecode(b"caf\xe9.mtc")
    assert run(home, ("verify", str(path))).returncode == 1
    answered = run(home, ("verify", str(path), "--json")).stdout
    assert json.loads(answered.decode("utf-8"))["errors"][0]["file"].startswith(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "shown"), [("ŁÓDŹ ½", "LODZ 1?2"), ("Ñuñez’s", "Nunez's"), ("李", "?"), ("\udce9", "?"), ("a×b", "axb")]
)
def test_the_nearest_letters_stand_for_what_an_encoding_lacks(name: str, shown: str) -> None:
    """Readable where it can be, a question mark where not."""
    assert name.encode("ascii", NEAREST).decode() == shown


def test_a_line_stays_a_line() -> None:
    """And what JSON leaves alone is escaped, with the same value."""
    assert in_a_line("a\nb\tc\x1b[0m") == "a�b c�[0m"
    text = json.dumps("a\x9b\u202eé", ensure_ascii=False)
    assert json.loads(escaped(text)) == "a\x9b\u202eé"
    assert escaped(text) == '"a\\u009b\\u202eé"'


@posix_alone
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_progress_bar_is_drawn_on_the_terminal_of_a_code_page(tmp_path: Path, encoding: str) -> None:
    """It may move the cursor, as nothing else may, and it breaks nothing."""
    ours, theirs = os.openpty()
    with open(theirs, "wb") as terminal, open(ours, "rb") as seen:  # noqa: PTH123 - numbers, not paths
        command = program(tmp_path / "home", "forms", "make", "--count", "100", "--seed", "1", "--out", str(tmp_path))
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=terminal,
            env=environment(encoding, TERM="xterm", COLUMNS="80"),
            timeout=WITHIN_S,
            check=False,
        )
        terminal.close()
        drawn = seen.read1(100_000)
    assert (done.returncode, b"Made 100 forms" in done.stdout) == (0, True)
    assert b"Drawing forms" in drawn
    assert b"\x1b[" in drawn
    assert b"Traceback" not in drawn
