"""Hostile settings files: the answer of ``mtc-kiosk config check`` to each, and the time and memory it takes.

    python -m benchmarks.hostile_settings

Each file is read by a process of its own. Time is the processor's, so that other work on the PC does not count.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

from mtc_kiosk.store.home.home import open_home

MOST_SECONDS, MOST_MB = 10, 300
"""What each file may take."""

GIVES_UP_AFTER_S = 120

_MEASURE = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[3:], timeout=float(sys.argv[2]))
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w", encoding="utf-8") as figures:
    json.dump([code, used.ru_utime + used.ru_stime, used.ru_maxrss], figures)
"""
"""A small process starts the command: a child's peak counts what its parent held when it began."""


@dataclass(frozen=True)
class Case:
    """A file to be read in the place of ``file``; ``make`` puts it at a path."""

    name: str
    file: str
    make: Callable[[Path], None]


@dataclass(frozen=True)
class Taken:
    """What reading it took, and the first and last line of output. ``mb`` is 0 if it cannot be measured."""

    seconds: float
    mb: float
    code: int
    said: tuple[str, ...]


def cases() -> Iterator[Case]:
    """Every file."""
    arrangements = "access_arrangements.yaml"
    yield Case("2,000 pupils", arrangements, _text(_pupils(2_000)))
    yield Case("5,000 pupils", arrangements, _text(_pupils(5_000)))
    yield Case("90,000 unknown settings", "kiosk.yaml", _text("".join(f"s{n}: 1\n" for n in range(90_000))))
    yield Case("20,000 pupils with an unknown setting", arrangements, _text(_unknown(20_000)))
    yield Case("30,000 pupils with an unknown profile", arrangements, _text(_profiles(30_000)))
    yield Case("one name 150,000 times", "kiosk.yaml", _text("a: 1\n" * 150_000))
    yield Case("a list of 450,000 items", arrangements, _text(f"school: {{arrangements: [{'a,' * 450_000}]}}"))
    yield Case("one arrangement 60,000 times", arrangements, _text(f"school: {{arrangements: [{'ATA, ' * 60_000}]}}"))
    yield Case("a bomb of references", "school.yaml", _text(_bomb()))
    yield Case("80,000 references", "school.yaml", _text("".join(f"a{n}: *a\n" for n in range(80_000))))
    yield Case("900,000 brackets", "check.yaml", _text("[" * 900_000))
    yield Case("400,000 lists in lists", "check.yaml", _text("- " * 400_000))
    yield Case("1,300 steps to the right", "check.yaml", _text("".join(f"{' ' * n}a:\n" for n in range(1_300))))
    yield Case("a value of 900,000 letters", "school.yaml", _text(f"scheme: {'n' * 900_000}\n"))
    yield Case("900,000 quotation marks", "school.yaml", _text("name: " + "'" * 900_001))
    yield Case("900,000 spaces before a colon", "school.yaml", _text("name" + " " * 900_000 + ": x\nname: '"))
    yield Case("100 MB", "check.yaml", _large)
    yield Case("a folder", "kiosk.yaml", lambda path: path.mkdir())
    if sys.platform != "win32":
        yield Case("a pipe", "kiosk.yaml", os.mkfifo)
        yield Case("a device that never ends", "kiosk.yaml", lambda path: path.symlink_to("/dev/zero"))
        yield Case("a terminal", "kiosk.yaml", lambda path: path.symlink_to("/dev/ptmx"))


def take(case: Case, folder: Path) -> Taken:
    """Read the file in a process of its own."""
    home = open_home(folder / "home")
    path = home.config_dir / case.file
    path.unlink()
    case.make(path)
    command = [sys.executable, "-m", "mtc_kiosk", "config", "check", "--home", str(home.root)]
    errors, output = folder / "errors", folder / "output"
    with errors.open("wb") as err, output.open("wb") as out:
        code, seconds, mb = _await(command, folder / "figures", _Streams(stdout=out, stderr=err))
    said = errors.read_text(encoding="utf-8").splitlines() or output.read_text(encoding="utf-8").splitlines()
    return Taken(seconds, mb, code, tuple(said))


class _Streams(TypedDict):
    stdout: IO[bytes]
    stderr: IO[bytes]


def _await(command: list[str], figures: Path, said: _Streams) -> tuple[int, float, float]:
    """Run it; exit code, seconds of the processor, and the peak in MB."""
    begun = time.monotonic()
    if sys.platform == "win32":
        code = subprocess.call(command, stdin=subprocess.DEVNULL, timeout=GIVES_UP_AFTER_S, **said)
        return code, time.monotonic() - begun, 0.0
    starter = [sys.executable, "-c", _MEASURE, str(figures), str(GIVES_UP_AFTER_S)]
    subprocess.run([*starter, *command], stdin=subprocess.DEVNULL, check=True, **said)
    code, seconds, peak = json.loads(figures.read_text(encoding="utf-8"))
    return int(code), float(seconds), peak / (1024 if sys.platform == "darwin" else 1) / 1024


def _text(text: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return make


def _large(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"a: 1\n" * 200_000)


def _pupils(count: int) -> str:
    entries = (
        f"  G2011001{n:05d}:\n    profile: Reads\n    arrangements: [ATA, NBQ]\n    size: XLG\n" for n in range(count)
    )
    return "profiles:\n  Reads:\n    arrangements: [QNR]\npupils:\n" + "".join(entries)


def _unknown(count: int) -> str:
    return "pupils:\n" + "".join(f"  G{n}: {{sise: XLG}}\n" for n in range(count))


def _profiles(count: int) -> str:
    return "profiles:\n  Reads: {}\npupils:\n" + "".join(f"  G{n}: Raeds\n" for n in range(count))


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table."""
    print("| file | seconds | MB | what is said last |\n|---|---|---|---|")
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            taken = take(case, Path(folder))
        last = taken.said[-1] if taken.said else ""
        shown = last.replace(folder, "").replace("|", " ")
        print(f"| {case.name} | {taken.seconds:.1f} | {taken.mb:.0f} | {shown[:150]} |", flush=True)


if __name__ == "__main__":
    main()
