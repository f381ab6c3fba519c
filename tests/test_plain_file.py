"""Only plain files are opened, and nothing is waited for."""

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from mtc_kiosk.plain_file import NotAPlainFile, open_plain, read_plain

posix_alone = pytest.mark.posix_only("this kind of file is only on POSIX systems")
WITHIN_S = 10


def refusal(path: Path) -> OSError:
    """What opening it raises; a thread that still waits after some seconds fails the test instead of hanging it."""
    found: list[OSError] = []

    def read() -> None:
        try:
            read_plain(path, 10)
        except OSError as problem:
            found.append(problem)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(WITHIN_S)
    assert not reader.is_alive(), "it waits"
    assert found, "it was read"
    return found[0]


def how_many_open() -> int:
    """How many files this process has open, where the system says so."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.exists() else 0


def test_a_plain_file_is_read_as_far_as_asked(tmp_path: Path) -> None:
    """All of a short file, the beginning of a longer one."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\ntwo\x1a!")
    assert read_plain(path, 100) == b"one\r\ntwo\x1a!"
    assert read_plain(path, 3) == b"one"
    with open_plain(path) as file:
        assert file.read() == b"one\r\ntwo\x1a!"


def test_an_empty_file_is_a_file(tmp_path: Path) -> None:
    """It has no bytes, which is not the same as having nothing to give yet."""
    path = tmp_path / "empty"
    path.touch()
    assert read_plain(path, 100) == b""


def test_a_folder_is_refused_on_every_platform(tmp_path: Path) -> None:
    """Windows itself would speak of permission."""
    problem = refusal(tmp_path)
    assert isinstance(problem, IsADirectoryError)
    assert problem.strerror == "This is a folder, not a file"


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    """The error is the operating system's own."""
    assert isinstance(refusal(tmp_path / "none"), FileNotFoundError)


@posix_alone
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    """Nobody writes to it, so whoever opened it as a file would wait for ever."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    problem = refusal(path)
    assert isinstance(problem, NotAPlainFile)
    assert problem.strerror == "This is a pipe, not a plain file"
    (tmp_path / "link").symlink_to(path)
    assert isinstance(refusal(tmp_path / "link"), NotAPlainFile)


@posix_alone
def test_a_pipe_that_takes_the_place_of_a_file_is_refused_without_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exchanged between the look and the opening: what was opened is looked at again."""
    path, pipe = tmp_path / "settings.yaml", tmp_path / "pipe"
    path.write_text("name: hall")
    os.mkfifo(pipe)
    look = Path.stat

    def look_and_exchange(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = look(self, follow_symlinks=follow_symlinks)
        if self == path and stat.S_ISREG(found.st_mode):
            pipe.replace(path)
        return found

    monkeypatch.setattr(Path, "stat", look_and_exchange)
    before = how_many_open()
    assert isinstance(refusal(path), NotAPlainFile)
    assert how_many_open() == before, "what was opened stays open"


@posix_alone
def test_devices_and_sockets_are_refused(tmp_path: Path) -> None:
    """/dev/zero never ends, and a socket is no file."""
    assert refusal(Path("/dev/zero")).strerror == "This is a device, not a plain file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s").strerror == "This is a socket, not a plain file"
