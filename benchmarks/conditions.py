"""The shared parts of the benchmarks of whole kiosks: load, settings, the way through the pages, and statistics."""

import contextlib
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.screen import Injector, RunningKiosk

BUSY = "while True: pass"


def reckon(values: Sequence[float], measure: str) -> float:
    """A statistic of the values; percentiles by nearest rank."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    rank = {"median": 0.5, "p95": 0.95, "p99": 0.99}.get(measure)
    if rank is not None:
        return ordered[min(len(ordered) - 1, -int(-rank * len(ordered) // 1) - 1)]
    match measure:
        case "least":
            return ordered[0]
        case "max":
            return ordered[-1]
        case "mean":
            return statistics.fmean(ordered)
        case _:
            return statistics.pstdev(ordered)


@contextlib.contextmanager
def busy_cores(busy: bool) -> Iterator[None]:
    """Keep every core busy with an ordinary process."""
    burning = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)] if busy else []
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


def home_with(folder: Path, *, priority: bool, pause: str, question: str = "6.000", arrangements: str = "") -> Path:
    """A home with or without raised priority in its settings; ``arrangements`` are everybody's."""
    home = folder / "home"
    subprocess.run(
        [sys.executable, "-m", "mtc_kiosk", "config", "check", "--home", str(home)], check=True, capture_output=True
    )
    _set(home / "config" / "kiosk.yaml", "raise_priority", "yes" if priority else "no")
    _set(home / "config" / "check.yaml", "pause_seconds", pause)
    _set(home / "config" / "check.yaml", "question_seconds", question)
    if arrangements:
        file = home / "config" / "access_arrangements.yaml"
        file.write_text(f"school:\n  arrangements: [{arrangements}]\n", encoding="utf-8")
    return home


def _set(path: Path, name: str, value: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [number for number, line in enumerate(lines) if line.strip().startswith(f"{name}:")]
    if len(found) != 1:
        raise RuntimeError(f"{path.name} has not one line {name}.")
    indent = lines[found[0]][: len(lines[found[0]]) - len(lines[found[0]].lstrip())]
    lines[found[0]] = f"{indent}{name}: {value}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def through_pages(
    running: RunningKiosk, fingers: Injector, attempt: str, seq: int
) -> tuple[int, dict[str, object] | None]:
    """Press Enter on pages until a sum is shown (its row and data), or the attempt is finished (None)."""
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq, timeout_s=30)
        if kind == "Shown":
            return seq, data
        if kind == "Finished":
            return seq, None
        if kind == "Held":
            raise RuntimeError(f"The check was held: {data}")
        if data["page"] is not None:
            fingers.turn_page()
