"""Types commands at a made-up school and writes down everything that comes of them.

A command goes through the program's own entry, in this process, with chance and time pinned (``pinned``). A transcript
has what was typed, the exit code, both streams, and every file that is new or has changed. All that is normalised: the
scenario's folder is written ``<folder>``, and the PC's own time in the name of a file that was set aside.
"""

import contextlib
import hashlib
import io
import json
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from mtc_kiosk.cli import main

from .database import dump
from .pinned import NOW, key_file, pinned
from .written import changes, files_in, visible

_OF_THE_PC = (
    (re.compile(r"(\.damaged)-\d{8}-\d{6}"), r"\1-<the PC's time>"),
    (re.compile(r" +\d+ (bytes|kB|MB)  \d+ \w+ \d{4} at \d\d:\d\d  "), "  <size>  <the PC's time>  "),
    (re.compile(r"(made on) \d+ \w+ \d{4} at \d\d:\d\d"), r"\1 <the PC's time>"),
    (re.compile(r'("size"): \d+'), r"\1: <size>"),
    (re.compile(r"(earlier cop(y|ies) of the data), \d+ (bytes|kB|MB)\."), r"\1, <size>."),
    (re.compile(r'("changed_at"): "[^"]+"'), r"\1: <the PC's time>"),
)
"""What differs from PC to PC: the times and sizes of files, and the clock's zone."""


class Terminal:
    """A terminal in a folder of its own. With ``as_json`` each command is typed with ``--json``."""

    def __init__(self, name: str, folder: Path, *, as_json: bool) -> None:
        self.folder = folder
        self.now = NOW
        self._name, self._as_json = name, as_json
        self._lines: list[str] = []
        self._steps = 0
        self._files = files_in(folder)

    @property
    def transcript(self) -> str:
        """Everything so far."""
        return "\n".join(self._lines) + "\n"

    def database(self, name: str) -> None:
        """Write down a whole database; with ``--json``, where it is the same one, its hash alone."""
        lines = dump(self.folder / name / "mtc.db")
        told = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        self._lines += ["", f"# {name}/mtc.db: SHA-256 of what follows {told}"]
        self._lines += [] if self._as_json else [self._normal(line) for line in lines]

    def note(self, text: str) -> None:
        """Write down what the next commands are about."""
        self._lines += ["", f"# {text}"]

    def type(self, words: str, stdin: str = "") -> dict[str, Any]:
        """Type a command line behind ``mtc-kiosk``; what ``--json`` says, or nothing."""
        given = shlex.split(words) + (["--json"] if self._as_json else [])
        out, err, code = self._run(given, stdin)
        self.show(given, code, out, err)
        return self._report(out)

    def ask(self, words: str) -> dict[str, Any]:
        """What a command says with ``--json``, which is not written down: scenarios take numbers from it."""
        out, _, _ = self._run([*shlex.split(words), "--json"], "")
        return self._report(out)

    def show(self, given: list[str], code: int, out: str, err: str) -> None:
        """Write down what came of a command, and of the files meanwhile."""
        after = files_in(self.folder)
        lines = ["", f"$ mtc-kiosk {visible(shlex.join(given))}".rstrip(), f"exit {code}"]
        lines += [f"out| {line}".rstrip() for line in self._out(out)]
        lines += [f"err| {visible(line)}".rstrip() for line in _lines_of(err)]
        lines += [f"files| {line}".rstrip() for line in changes(self._files, after)]
        self._lines += [self._normal(line) for line in lines]
        self._files = after

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file by hand; it is in the transcript, unless it is not text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        self._files.pop(name, None)
        self._seen(f"written by hand: {name}")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file by hand."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} has no {old!r}"
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
        self._seen(f"changed by hand: {name}")

    def remove(self, name: str) -> None:
        """Remove a file by hand."""
        (self.folder / name).unlink()
        self._seen(f"removed by hand: {name}")

    def made_up_home(self, name: str = "home", key: int = 1) -> None:
        """Make an empty made-up home with a known key, on a PC with a known name."""
        self._run(["simulate", "--pupils", "0", "--home", name], "")
        (self.folder / name / "device.key").write_bytes(key_file(key))
        self._files = files_in(self.folder)
        self.edit(f"{name}/config/kiosk.yaml", "name: auto", "name: OFFICE")

    def copy_home(self, name: str, other: str, key: int) -> None:
        """Copy a home to another PC, which has a key of its own."""
        shutil.copytree(self.folder / name, self.folder / other)
        (self.folder / other / "device.key").write_bytes(key_file(key))
        self._files = files_in(self.folder)
        self._lines += ["", f"# {name} copied to {other}, with another key"]

    def _seen(self, what: str) -> None:
        after = files_in(self.folder)
        lines = ["", f"# {what}", *(f"#{line}".rstrip() for line in changes(self._files, after)[1:])]
        self._lines += [self._normal(line) for line in lines]
        self._files = after

    def _run(self, given: list[str], stdin: str) -> tuple[str, str, int]:
        self._steps += 1
        step = f"{self._name}/{self._steps}"
        out, err = _stream(), _stream()
        with pinned(step, self.now, self.folder / "default"), contextlib.chdir(self.folder), _streams(stdin, out, err):
            try:
                main(given)
            except SystemExit as left:
                code = left.code if isinstance(left.code, int) else -1
        return _text(out), _text(err), code

    def _out(self, out: str) -> Iterator[str]:
        """Standard output by lines; JSON indented, which is the same JSON."""
        report = self._report(out)
        if report and json.dumps(report, ensure_ascii=False) + "\n" == out:
            out = json.dumps(report, ensure_ascii=False, indent=1)
        return map(visible, _lines_of(out))

    @staticmethod
    def _report(out: str) -> dict[str, Any]:
        try:
            report = json.loads(out)
        except json.JSONDecodeError:
            return {}
        return report if isinstance(report, dict) else {}

    def _normal(self, line: str) -> str:
        for found, written in _OF_THE_PC:
            line = found.sub(written, line)
        return line.replace(str(self.folder), "<folder>")


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    held = stream.buffer
    assert isinstance(held, io.BytesIO)
    return held.getvalue().decode("utf-8")


def _lines_of(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


@contextlib.contextmanager
def _streams(stdin: str, out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    with (
        mock.patch.object(sys, "stdin", typed),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
    ):
        yield
