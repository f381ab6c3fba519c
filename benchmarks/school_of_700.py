"""A school of 700 pupils who all took the check: how long exports, status and sign-in take, and who holds the lock.

``python -m benchmarks.school_of_700 [--pupils 700]``. Exit code 1 where a bar is missed. The school is made anew each
time: its journals are those of a quick pupil, re-stamped, sealed and proven like real ones. The commands run in this
process, so that the start of Python, which is given beside, is no part of their figures.
"""

import argparse
import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

import sqlite_utils

from benchmarks.class_list import ACT, TODAY, as_csv, made_up
from benchmarks.quick_pupil import SETTINGS, form, whole_check
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.class_list.read import read_class_list_file
from mtc_kiosk.cli import group
from mtc_kiosk.cli.options import Settled
from mtc_kiosk.record.school import School
from mtc_kiosk.school.class_list import read_class_list
from mtc_kiosk.school.details import ReadingRules
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.inbox import ReceivingHome, take_in
from mtc_kiosk.store.records.proofs import prove_missing
from mtc_kiosk.store.records.rows import Table, rows
from mtc_kiosk.store.records.sealer import Sealer
from mtc_kiosk.store.school.journal_hooks import SchoolHooks
from mtc_kiosk.store.school.register_import import import_list
from mtc_kiosk.store.school.sessions import IssuedPin, Wanted, start_session
from mtc_kiosk.store.school.sign_in import Kiosk, sign_in
from mtc_kiosk.store.school.staff_context import StaffContext

RUNS = 5
IMPORTS = 7
SEEDS = 4
NOW = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
SCHOOL = School(name="Made-up Primary School", la=None, estab=None, urn=None)


class Took(NamedTuple):
    """Milliseconds by the clock, and of them those of the processor; None where another process spent them."""

    wall: float
    processor: float | None = None


Figure = tuple[str, Took, float | None]


def timed(work: Callable[[], object], runs: int = RUNS) -> Took:
    """The medians of several runs."""
    walls, processors = [], []
    for _ in range(runs):
        began, spent = time.perf_counter(), time.process_time()
        work()
        walls.append((time.perf_counter() - began) * 1000)
        processors.append((time.process_time() - spent) * 1000)
    return Took(median(walls), median(processors))


def sealer_of(home: Home) -> Sealer:
    """A home's sealer."""
    return Sealer(device_key(home), "hall-1", SCHOOL, made_up=True, into_inbox=True, into_outbox=True)


def register(db: sqlite_utils.Database, count: int) -> None:
    """Add the pupils."""
    file = read_class_list_file(as_csv(made_up(count)))
    import_list(db, ACT, Timetable(), read_class_list(file.rows, (), ReadingRules(TODAY)), update=False)


def issue(db: sqlite_utils.Database, count: int) -> tuple[str, tuple[IssuedPin, ...]]:
    """Start a session for everybody: its password and PINs."""
    doing = StaffContext(now=NOW, rules=Rules(), running=frozenset(), staff=COMMAND_LINE)
    started = start_session(db, doing, Wanted(Kind.OFFICIAL, tuple(range(1, count + 1))), random.Random(1))
    return started.session.password, started.pins


def take_all(home: Home, pins: tuple[IssuedPin, ...], seeds: int = SEEDS, right: tuple[float, ...] = (1.0,)) -> None:
    """Let everybody take the check, written and sealed by the journal's own writer.

    There are so many ``seeds`` of forms, and in turn pupils have these shares ``right``.
    """
    writer = BatchWriter(connect(home.database), SchoolHooks(sealer_of(home)))
    for number, pin in enumerate(pins):
        seed, share = number % seeds, right[number % len(right)]
        facts = tuple(fact for turn in whole_check(seed, share) for fact in turn)
        new = NewAttempt(
            id=str(uuid.UUID(int=number + 1, version=4)),
            form=form(seed),
            settings=SETTINGS,
            pupil_id=pin.pupil_id,
            kind=pin.kind,
            check_code=pin.check_code,
            session_id=pin.session_id,
            kiosk=f"hall-{number % 30}",
        )
        at = NOW + timedelta(minutes=10 * (number // 30))
        stamp = Stamp(run=1, now_us=0, wall_ms=round(at.timestamp() * 1000))
        writer.write([Batch(1, new.id, facts, stamp, attempt=new)])
    writer.close()


def receive_all(of: Home, home: Home) -> None:
    """Let another home receive every record of the first, as from a stick."""
    key = device_key(home)
    with contextlib.closing(connect(of.database)) as source, contextlib.closing(connect(home.database)) as db:
        row = (device_key(of).fingerprint, device_key(of).public, "hall-1", ACT.at, ACT.at)
        db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        for record in rows(source, Table.INBOX, "type = 'check'"):
            take_in(db, record.sealed(), ReceivingHome(SCHOOL, made_up=True, device=key.fingerprint, key=key), ACT)


def command(home: Home, *arguments: str) -> Callable[[], object]:
    """A command as it is typed, in this process, with what it prints thrown away."""

    def run() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            code = group.main([*arguments, "--home", str(home.root)], standalone_mode=False, obj=Settled())
        assert code in (None, 0), (arguments, code)

    return run


def looking(name: str, home: Home) -> Iterator[Figure]:
    """The commands that look at everybody."""
    yield f"{name}: status", timed(command(home, "status")), 500
    for what in ("results", "reasons", "answers"):
        for kind in ("csv", "xlsx", "json"):
            said = f"{name}: export {what}" if kind == "csv" else f"{name}: export {what}, {kind}"
            yield said, timed(command(home, "export", what, "--format", kind)), 2000
    yield f"{name}: sync conflicts", timed(command(home, "sync", "conflicts")), 2000
    with contextlib.closing(connect(home.database)) as db:
        kiosk = Kiosk("hall-1", frozenset(), Timetable().zone)
        password, pin = db.execute(
            "select password, pin from pin join session on session.id = session_id order by pupil_id limit 1"
        ).fetchone()
        at = NOW + timedelta(minutes=5)
        yield f"{name}: what a sign-in comes to", timed(lambda: sign_in(db, kiosk, password, pin, at)), 50


@contextmanager
def probed(database: Path) -> Iterator[list[float]]:
    """How long another program had to wait for the write lock meanwhile, at most; filled in at the end."""
    waited: list[float] = []
    asks = [sys.executable, "-m", "benchmarks.lock_probe", str(database)]
    with subprocess.Popen(asks, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as probe:
        assert probe.stdout is not None
        assert probe.stdout.readline() == "ready\n"
        yield waited
        said, _ = probe.communicate()
        waited.append(float(said))


def backing_up(home: Home) -> Iterator[Figure]:
    """Backups of a home, seen by a kiosk that wants to write."""
    waits, took = [], []
    for number in range(RUNS):
        with probed(home.database) as waited:
            took.append(timed(command(home, "backup", str(home.root.parent / f"{number}.zip")), runs=1).wall)
        waits += waited
    yield "backup", Took(median(took)), None
    yield "backup: a kiosk waits for the lock, at most", Took(median(waits)), 50


def importing(folder: Path, count: int) -> Iterator[Figure]:
    """An import into an empty home, seen by a kiosk that wants to write."""
    waits = []
    for number in range(IMPORTS):
        home = open_home(folder / f"import-{number}")
        with contextlib.closing(open_database(home)) as db, probed(home.database) as waited:
            register(db, count)
        waits += waited
    yield "import: a kiosk waits for the lock, at most", Took(median(waits)), 50


def figures(folder: Path, count: int) -> Iterator[Figure]:
    """What is measured, in milliseconds, and its bar."""
    yield from importing(folder, count)
    apart, desk = folder / "one-pc", folder / "desk"
    one = open_made_up(apart, count)
    with contextlib.closing(connect(one.database)) as db:
        anew = timed(lambda: prove_missing(db, device_key(one)), runs=1)
    yield "proving every check anew", anew, None
    yield from looking("one PC", one)
    yield from backing_up(one)
    other = open_made_up_home(desk)
    with contextlib.closing(open_database(other)) as db:
        register(db, count)
        issue(db, count)
    receive_all(one, other)
    yield from looking("records from a stick", other)
    start = [sys.executable, "-m", "mtc_kiosk", "--version"]
    yield "the start of Python", timed(lambda: subprocess.run(start, check=True, capture_output=True)), None


def open_made_up(root: Path, count: int, seeds: int = SEEDS, right: tuple[float, ...] = (1.0,)) -> Home:
    """A home in which everybody has taken the check (``take_all``)."""
    home = open_made_up_home(root)
    with contextlib.closing(open_database(home)) as db:
        register(db, count)
        _, pins = issue(db, count)
    take_all(home, pins, seeds, right)
    return home


def main() -> int:
    """Print each figure; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=700)
    count = options.parse_args().pupils
    os.environ["MTC_KIOSK_NOW"] = (NOW + timedelta(hours=8)).isoformat()
    missed = False
    print(f"{count} pupils, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for name, took, bar in figures(Path(folder), count):
            missed |= bar is not None and took.wall > bar
            beside = "" if bar is None else f"   at most {bar:.0f} ms{'   MISSED' if took.wall > bar else ''}"
            processor = "" if took.processor is None else f"{took.processor:8.1f} of the processor"
            print(f"{name:<46}{took.wall:8.1f} ms{processor:<26}{beside}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
