"""One desk and its kiosks, beside their bars: sign-in, delivery, beats and memory, and how far it grows.

``python -m benchmarks.classroom [--kiosks 120] [--growth 240 480 1000]``. Exit code 1 where a bar is missed. The desk
is the real one, in a process of its own. The kiosks are light (``light_kiosks``): real requests, no window and no
database. On a machine with few cores they take part of what the desk could have used; how much it used is printed.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.conditions import reckon
from benchmarks.light_class import MadeDesk, RecordMaker, made_desk
from benchmarks.light_kiosks import LightKiosk, Took, light_class
from benchmarks.real_desk import RealDesk, enrolled
from benchmarks.school_of_700 import NOW
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.made_up import NOW as NOW_IS

KIOSKS, PROCESSES = 120, 3
CLAIM_MS, DELIVERED_S, MEMORY_MB = 250.0, 5.0, 200.0
SETTLES_S, CLAIMS_S, CLAIMS = 8, 20, 5


class Figure(NamedTuple):
    """One figure, its unit, and its bar, None if it is only reported."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def missed(self) -> bool:
        """Whether it is over its bar, or no figure at all."""
        return self.bar is not None and not self.value <= self.bar

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"   at most {self.bar:g}{'   MISSED' if self.missed else ''}"
        return f"{self.name:<58}{self.value:9.1f} {self.unit:<3}{bar}"


def kiosks_of(desk: MadeDesk, address: str, folder: Path, count: int) -> list[LightKiosk]:
    """So many enrolled kiosks, each with a pupil in front of it and the record of that pupil's check."""
    maker = RecordMaker(desk, folder / "copy")
    made = []
    for number, pin in zip(range(count), desk.pins, strict=False):
        key = DeviceKey.new()
        enrolment = enrolled(desk.home, key, f"hall-{number + 1}", address)
        (row,) = maker.checks(enrolment["name"], key, [pin])
        sealed = row.sealed()
        record = folder / sealed.file_name
        record.write_bytes(sealed.to_file())
        ids = (pin.check_code, pin.session_id, pin.pupil_id, row.record_id)
        made.append(LightKiosk(enrolment, key.to_pem().decode(), *ids, str(record)))
    maker.close()
    return made


def figures(count: int, *, with_bars: bool) -> Iterator[Figure]:
    """What is measured of one desk with this many kiosks."""

    def bar(value: float) -> float | None:
        return value if with_bars else None

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        desk = made_desk(folder / "desk", count)
        with RealDesk(desk.home.root) as running:
            kiosks = kiosks_of(desk, running.address, folder, count)
            process = psutil.Process(running.pid)
            with light_class(kiosks, folder, PROCESSES) as room:
                fetched, _ = room.do("fetch")  # making it takes a twentieth of a second for each PIN, on purpose
                yield Figure("pack: p99 of getting it, all at once", reckon(fetched.ms, "p99"), "ms")
                room.do(f"rest {SETTLES_S}")
                used, began = sum(process.cpu_times()[:2]), time.monotonic()
                took, beats = room.do(f"claim {CLAIMS_S} {CLAIMS}")
                share = (sum(process.cpu_times()[:2]) - used) / (time.monotonic() - began) * 100
                yield from _answers("sign-in", took, bar(CLAIM_MS))
                yield from _answers("beats meanwhile", beats, None)
                yield Figure("of one core, used by the desk meanwhile", share, "%")
                delivered, _ = room.do("deliver")
                yield Figure(f"{len(delivered.ms)} checks delivered", max(delivered.ms) / 1000, "s", bar(DELIVERED_S))
                yield Figure("of these, troubles met on the way", delivered.troubles, "")
                yield Figure("memory of the desk, RSS", process.memory_info().rss / 1e6, "MB", bar(MEMORY_MB))
                yield Figure("checks at the desk that should be there", count - running.checks(), "off", 0.0)


def _answers(name: str, took: Took, bar: float | None) -> Iterator[Figure]:
    yield Figure(f"{name}: median of {len(took.ms)}", reckon(took.ms, "median"), "ms")
    yield Figure(f"{name}: p99", reckon(took.ms, "p99"), "ms", bar)
    yield Figure(f"{name}: troubles", took.troubles, "", 0.0 if bar is not None else None)


def main() -> int:
    """Print each figure; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kiosks", type=int, default=KIOSKS)
    options.add_argument("--growth", type=int, nargs="*", default=[], help="more numbers of kiosks, without bars")
    wanted = options.parse_args()
    os.environ[NOW_IS] = (NOW + timedelta(hours=1)).isoformat()
    missed = False
    for count in (wanted.kiosks, *wanted.growth):
        print(f"{count} kiosks, load {os.getloadavg()[0]:.1f}", flush=True)
        for figure in figures(count, with_bars=count == wanted.kiosks):
            missed |= figure.missed
            print(figure, flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
