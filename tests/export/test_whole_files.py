"""Whole files: all of it or nothing, whichever call fails; files that belong together are replaced together."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.store.home.whole_files import what_is_wrong, write_together, write_whole
from tests.sync.stick import Stick


def test_a_file_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    """No draft stays beside it."""
    write_whole(tmp_path / "a.csv", b"one")
    write_whole(tmp_path / "a.csv", b"two")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.csv": b"two"}


def test_a_disk_that_writes_a_little_at_a_time_gets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write may take less than it was given."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content)[:3]))
    write_whole(tmp_path / "a.csv", b"0123456789")
    assert (tmp_path / "a.csv").read_bytes() == b"0123456789"


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_where_a_call_fails_the_old_file_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """And no draft of the new one is left."""
    path = tmp_path / "a.csv"
    write_whole(path, b"old")
    _fail(monkeypatch, call, errno.ENOSPC)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    monkeypatch.undo()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.csv": b"old"}


def _fail(monkeypatch: pytest.MonkeyPatch, call: str, kind: int) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError(kind, os.strerror(kind))

    monkeypatch.setattr(os, call, fails)


@pytest.mark.parametrize("there_before", [True, False])
def test_files_that_belong_together_are_all_new_or_all_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there_before: bool
) -> None:
    """Whichever operation the disk fails at, and whether there were files before."""
    before, operations = 0, 0
    while True:
        with monkeypatch.context() as patch:
            disk = Stick(tmp_path / f"disk-{before}", patch)
            pair = {disk.root / "r.csv": b"new results", disk.root / "r.about.txt": b"new about"}
            if there_before:
                for path in pair:
                    path.write_bytes(b"old")
            disk.pull_before(before)
            try:
                write_together(pair)
            except OSError:
                operations += 1
            if not disk.is_out:
                break
            disk.put_in()
            found = {file.name: file.read_bytes() for file in disk.root.iterdir() if not file.name.startswith(".")}
            old = {"r.csv": b"old", "r.about.txt": b"old"} if there_before else {}
            new = {path.name: content for path, content in pair.items()}
            assert found in (old, new) or _gone_between(found, old, new)
        before += 1
    assert operations > 8


def _gone_between(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """The disk went away between the two renames and could not be put right: each file is still whole."""
    return all(content in (old.get(name), new.get(name)) for name, content in found.items())


def test_a_second_file_that_cannot_be_replaced_puts_the_first_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A teacher may have one of them open in a program that locks it."""
    first, second = tmp_path / "r.csv", tmp_path / "r.about.txt"
    first.write_bytes(b"old")
    replace = os.replace

    def locked(source: Path, target: Path) -> None:
        if target == second:
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(PermissionError):
        write_together({first: b"new", second: b"new"})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"r.csv": b"old"}


def test_a_network_drive_that_cannot_sync_a_folder_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps names at once; only a real failure is one."""
    fsync = os.fsync

    def no_such_call(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112 - a descriptor, not a path
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", no_such_call)
    write_whole(tmp_path / "a.csv", b"all of it")
    assert (tmp_path / "a.csv").read_bytes() == b"all of it"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (errno.ENOSPC, "it is full"),
        (errno.EROFS, "it is read-only"),
        (errno.EACCES, "this account has no permission, or another program has the file open"),
        (errno.ENOENT, "it is missing"),
        (errno.EIO, "it does not answer: it may have been pulled out"),
        (errno.ENAMETOOLONG, "file name too long"),
    ],
)
def test_what_is_wrong_is_said_in_words(kind: int, said: str) -> None:
    """A teacher need not know numbers."""
    assert what_is_wrong(OSError(kind, os.strerror(kind))) == said
