"""Power cuts on a simulated disk, and whether the next start finds everything that was reported as kept."""

import contextlib
import random
import sqlite3
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from benchmarks.quick_pupil import SETTINGS, form, whole_check
from benchmarks.simulated_disk import SimulatedDisk
from benchmarks.typist import WALL_MS, attempt_id
from mtc_kiosk.check.events import Resumed
from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.machine import handle
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.store.db.database import DatabaseRefused, open_database, snapshot
from mtc_kiosk.store.db.migrations import migrations
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import Journal, Kept, NewAttempt, Stamp, StoredAttempt, Trouble

CHECKS = (11, 12)
"""The seeds of the forms of the two checks that a simulated run keeps, one after the other."""

LARGEST_GROUP = 6
FIRST_START = 130
"""About how many operations it takes to make a database."""

PATIENCE_S = 30.0


@dataclass(frozen=True)
class Found:
    """What a start after a cut found: the transitions that were acknowledged, and how many of them were lost."""

    acknowledged: int = 0
    lost: int = 0
    refused: bool = False
    faults: tuple[str, ...] = ()


def cut_power(seed: int, *, synchronous: str = "full") -> Found:
    """Keep two checks on a simulated disk, cut its power at an operation drawn by ``seed``, and start again."""
    chance = random.Random(seed)
    with temporary_folder() as folder, _simulated(folder, chance.randint(1, _operations()), seed) as disk:
        acknowledged = _keep_until_cut(disk, folder, chance, synchronous)
        for path, content in disk.survivors(chance).items():
            Path(path).write_bytes(content)
        return _start_again(Home(folder), acknowledged)


def cut_first_start(seed: int) -> bool:
    """Cut the power while a new home's database is made; whether the next start opens it."""
    chance = random.Random(seed)
    with temporary_folder() as folder, _simulated(folder, chance.randint(1, FIRST_START), seed, empty=True) as disk:
        with contextlib.suppress(sqlite3.Error), contextlib.closing(disk.connect(Home(folder).database)) as db:
            db.execute("begin immediate")
            migrations.apply(db)
            db.execute("commit")
        for path, content in disk.survivors(chance).items():
            Path(path).write_bytes(content)
        try:
            open_database(Home(folder)).close()
        except DatabaseRefused:
            return False
        return True


def _keep_until_cut(disk: SimulatedDisk, folder: Path, chance: random.Random, synchronous: str) -> int:
    """Keep transitions in groups of any size; the last ticket that the journal reported as kept."""
    heard, kept = threading.Event(), 0
    journal = Journal(Home(folder), wake=heard.set, connect=partial(disk.connect, synchronous=synchronous))
    tickets, in_trouble = iter(_tickets(journal)), False
    last: int | None = 0
    while last is not None and not in_trouble:
        for _ in range(chance.randint(1, LARGEST_GROUP)):
            last = next(tickets, None)
        while last is not None and kept < last and not in_trouble:
            heard.wait(PATIENCE_S)
            heard.clear()
            for news in journal.news():
                kept = news.ticket if isinstance(news, Kept) else kept
                in_trouble = in_trouble or isinstance(news, Trouble)
    if in_trouble:
        journal.abandon()
    else:
        journal.close(PATIENCE_S)
    return max([kept, *(news.ticket for news in journal.news() if isinstance(news, Kept))])


def _tickets(journal: Journal) -> Iterator[int]:
    """Give one turn after the other of both checks."""
    for count, seed in enumerate(CHECKS):
        new = NewAttempt(attempt_id(count), Kind.TRY, form(seed), SETTINGS, "kiosk")
        for number, turn in enumerate(whole_check(seed)):
            stamp = Stamp(run=1, now_us=turn[-1].at, wall_ms=WALL_MS + turn[-1].at // 1000)
            yield journal.begin(new, turn, stamp) if number == 0 else journal.keep(new.id, turn, stamp)


def _start_again(home: Home, acknowledged: int) -> Found:
    """Open the remains as the program does, and compare them with what was reported as kept."""
    try:
        open_database(home).close()
    except DatabaseRefused:
        return Found(acknowledged, refused=True)
    journal, here = Journal(home), 0
    faults: list[str] = []
    for count, seed in enumerate(CHECKS):
        try:
            stored = journal.load_attempt(attempt_id(count))
        except KeyError:
            break
        turns = whole_turns(stored.facts, whole_check(seed))
        here += turns or 0
        faults += faults_of(home, stored, turns)
    journal.close()
    return Found(acknowledged, lost=max(0, acknowledged - here), faults=tuple(faults))


def whole_turns(facts: Sequence[Fact], turns: Sequence[Sequence[Fact]]) -> int | None:
    """How many of the first turns these facts are; None where they are no number of whole turns."""
    left = list(facts)
    for count, turn in enumerate(turns):
        if not left:
            return count
        if left[: len(turn)] != list(turn):
            return None
        del left[: len(turn)]
    return None if left else len(turns)


def faults_of(home: Home, stored: StoredAttempt, turns: int | None) -> Iterator[str]:
    """What is wrong with an attempt that a start finds, of which it has so many whole turns."""
    if turns is None:
        yield "not a number of whole turns"
        return
    if stored.broken_at is not None:
        yield f"a chain broken at row {stored.broken_at}"
    with snapshot(home.database) as db:
        query = "select number, response, at_us from answer where attempt_id = ? and by <> 'void' order by number"
        rows = db.execute(query, (stored.id,)).fetchall()
    if rows != [(answered.number, answered.response, answered.at) for answered in counting_answers(stored.facts)]:
        yield "answers that do not follow from the events"
    machine = replay(stored.form, stored.settings, stored.facts).machine
    machine, _ = handle(machine, Resumed(machine.at, 60_000, stored.started_at, 1))
    if machine.held is None and machine.outcome is None:
        yield "a check that is neither held nor over"


@cache
def _base() -> bytes:
    """The bytes of a database without a check in it."""
    with temporary_folder() as folder:
        open_database(Home(folder)).close()
        return Home(folder).database.read_bytes()


@cache
def _operations() -> int:
    """About how many operations both checks take, to the end of the journal in good order."""
    with temporary_folder() as folder, _simulated(folder, None, 0) as disk:
        _keep_until_cut(disk, folder, random.Random(0), "full")
        return disk.operations


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="power-cut-") as folder:
        yield Path(folder)


@contextmanager
def _simulated(folder: Path, cut_at: int | None, seed: int, *, empty: bool = False) -> Iterator[SimulatedDisk]:
    disk = SimulatedDisk(f"simulated-{seed}", {str(Home(folder).database): b"" if empty else _base()}, cut_at)
    try:
        yield disk
    finally:
        disk.unplug()
