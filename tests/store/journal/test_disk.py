"""Disks that are full, read-only, busy or small: what is typed waits, staff see it, and nothing is lost."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlite_utils

from mtc_kiosk.store.db.database import DatabaseRefused, connect, open_database
from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of, is_the_disks, sentence
from mtc_kiosk.store.home.home import Home, HomeRefused, open_home
from mtc_kiosk.store.journal.journal import Journal, Kept, ReadFailed, Recovered, Trouble
from tests.store.conftest import copied
from tests.store.examples import BEGAN, WALL_MS, new_attempt, stamp, typed
from tests.store.listening import LONGEST_WAIT_S, Listening
from tests.store.shaky_disk import ShakyDisk


def impatient(path: Path) -> sqlite_utils.Database:
    """A connection that waits a millisecond for a busy file instead of a second."""
    db = connect(path)
    db.execute("pragma busy_timeout = 1")
    return db


@contextlib.contextmanager
def somebody_writes(home: Home) -> Iterator[None]:
    """Another program has the write lock."""
    beside = connect(home.database)
    beside.execute("begin immediate")
    yield
    beside.close()


def fill(disk: Path) -> Path:
    """Leave no free byte on a disk; the file that took them all."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"0" * 4096):
            pass
    return filler


def events_of(loop: Listening) -> list[int]:
    """The times of what is on the disk."""
    return [fact.at for fact in loop.journal.load_attempt("a").facts]


def test_a_full_database_holds_what_is_typed_until_there_is_room(home: Home) -> None:
    """SQLITE_FULL by a limit on the file: Trouble says so, and with room everything is there in order."""
    opened: list[sqlite_utils.Database] = []

    def connect_small(path: Path) -> sqlite_utils.Database:
        opened.append(connect(path))
        opened[-1].execute("pragma max_page_count = 60")
        return opened[-1]

    with Listening(home, connect=connect_small) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        last = 0
        while not any(isinstance(news, Trouble) for news in loop.heard):
            loop.journal.keep("a", [typed(last + n) for n in range(1, 101)], stamp(last + 100))
            last += 100
            loop.journal.flush(0.1)
            loop.heard += loop.journal.news()
        assert loop.wait_for(Trouble).sentence == "The disk is full. Make room on it, then try again."
        assert not loop.journal.flush(0)
        opened[0].execute("pragma max_page_count = 100000")
        loop.wait_for(Recovered)
        assert loop.all()
        assert events_of(loop) == list(range(last + 1))
    assert len(opened) == 1


def test_a_full_disk_holds_what_is_typed_until_there_is_room(small_disk: Path, empty_home: Home) -> None:
    """A real disk without a free byte."""
    home = copied(empty_home, small_disk / "home")
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.all()
        filler = fill(small_disk)
        last = 0
        while not any(isinstance(news, Trouble) for news in loop.heard):
            loop.journal.keep("a", [typed(last + n) for n in range(1, 101)], stamp(last + 100))
            last += 100
            loop.journal.flush(0.1)
            loop.heard += loop.journal.news()
        assert loop.wait_for(Trouble).sentence == "The disk is full. Make room on it, then try again."
        filler.unlink()
        loop.wait_for(Recovered)
        loop.all()
        assert events_of(loop) == list(range(last + 1))
        assert loop.journal.load_attempt("a").broken_at is None


def test_a_full_disk_refuses_a_new_home_in_a_sentence(small_disk: Path) -> None:
    """Before a window opens."""
    fill(small_disk)
    with pytest.raises((HomeRefused, DatabaseRefused), match=r"no space left|disk is full"):
        open_database(open_home(small_disk / "home"))


def may_write_anywhere() -> bool:
    """Whether no mode of a file keeps this account out."""
    return os.name == "posix" and os.geteuid() == 0


@pytest.fixture
def read_only_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """A home that has turned read-only: its disk where this account may write to any file, else its files."""
    root = request.getfixturevalue("small_disk") if may_write_anywhere() else tmp_path
    home = open_home(root / "home")
    open_database(home).close()
    if may_write_anywhere():
        subprocess.run(["mount", "-o", "remount,ro", str(root)], check=True, timeout=20)
    else:
        home.database.chmod(0o400)
        home.root.chmod(0o500)
    yield home
    if not may_write_anywhere():
        home.root.chmod(0o700)


@pytest.mark.not_under_wine("its account may write to a read-only file")
def test_a_home_that_turned_read_only_is_refused_in_a_sentence(read_only_home: Home) -> None:
    """As Linux makes a disk that fails, or a backup put back by another account: nothing starts, nothing changes."""
    with pytest.raises(DatabaseRefused, match="cannot be opened"):
        open_database(read_only_home)
    if may_write_anywhere():
        with pytest.raises(HomeRefused, match="You may not write to the folder"):
            open_home(read_only_home.root)


def test_a_file_that_turned_read_only_is_opened_anew(home: Home) -> None:
    """Told as what it is; with the right to write again, nothing is missing."""
    first = iter([True])

    def connect_read_only(path: Path) -> sqlite_utils.Database:
        if next(first, False):
            return sqlite_utils.Database(
                sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
            )
        return connect(path)

    with Listening(home, connect=connect_read_only) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        assert "read-only" in loop.wait_for(Trouble).sentence
        loop.wait_for(Recovered)
        assert loop.kept() == [1]


@pytest.mark.parametrize("failures", [1, 2, 3, 5])
def test_a_sync_that_fails_doubles_nothing(home: Home, failures: int) -> None:
    """The commit may be whole in the log although it failed: written again, each fact is there once."""
    with ShakyDisk() as disk, Listening(home, connect=disk.connect) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, typed(1), typed(2)), stamp())
        loop.journal.flush(LONGEST_WAIT_S)
        disk.failures = failures
        loop.journal.keep("a", (typed(3), typed(4)), stamp())
        loop.journal.keep_feedback("a", "easy", WALL_MS)
        loop.wait_for(Recovered)
        loop.journal.keep("a", (typed(5),), stamp())
        assert loop.kept() == [1, 2, 3, 4]
    with Listening(home) as loop:
        assert events_of(loop) == [0, 1, 2, 3, 4, 5]
        assert loop.journal.load_attempt("a").broken_at is None
    with contextlib.closing(sqlite3.connect(home.database)) as db:
        assert db.execute("select choice from feedback").fetchall() == [("easy",)]


def test_a_moment_of_another_program_is_no_trouble(home: Home) -> None:
    """A console's transaction holds the lock for 50 ms at most: the write waits, and nothing is reported."""
    with Listening(home) as loop:
        with somebody_writes(home):
            loop.journal.begin(new_attempt(), (BEGAN,), stamp())
            assert not loop.journal.flush(0.05)
        assert [type(news) for news in loop.all()] == [Kept]


def test_one_busy_timeout_is_no_trouble_and_two_are(home: Home) -> None:
    """The first write that finds the file busy to the end of its patience is tried again in silence."""
    tries: list[str] = []
    tried_when_told: list[int] = []

    def connect_and_trace(path: Path) -> sqlite_utils.Database:
        db = impatient(path)
        db.conn.set_trace_callback(tries.append)
        return db

    told = threading.Event()

    def wake() -> None:
        tried_when_told.append(tries.count("begin immediate"))
        told.set()

    with somebody_writes(home):
        journal = Journal(home, connect=connect_and_trace, wake=wake)
        journal.begin(new_attempt(), (BEGAN,), stamp())
        assert told.wait(LONGEST_WAIT_S)
    assert journal.close()
    assert tried_when_told[0] == 2


def test_a_program_that_keeps_the_database_is_trouble(home: Home) -> None:
    """Told as what it is; when it lets go, nothing is missing."""
    with Listening(home, connect=impatient) as loop:
        with somebody_writes(home):
            loop.journal.begin(new_attempt(), (BEGAN,), stamp())
            assert "Another program" in loop.wait_for(Trouble).sentence
        loop.wait_for(Recovered)
        assert loop.kept() == [1]


def test_a_database_that_is_kept_by_another_program_is_not_opened(home: Home) -> None:
    """A sentence after a second, not a program that waits for ever."""
    with somebody_writes(home), pytest.raises(DatabaseRefused, match="Another program is using the database"):
        open_database(home)


PAGE = 4096


def spoil_last_page_of_events(home: Home) -> None:
    """Write nonsense over the page that holds the newest event, and over no other: a start does not read it."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, *(typed(at) for at in range(1, 500))), stamp())
        loop.all()
    db = connect(home.database)
    ((newest,),) = db.execute("select hash from event where seq = 500").fetchall()
    db.close()
    place = home.database.read_bytes().index(newest.encode()) // PAGE * PAGE
    with home.database.open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * PAGE)


def write_into(loop: Listening) -> None:
    """The writer meets the damage."""
    loop.journal.keep("a", (typed(3000),), stamp())
    assert "damaged" in loop.wait_for(Trouble).sentence
    assert not loop.journal.close()


def read_from(loop: Listening) -> None:
    """A reading meets the damage."""
    with pytest.raises(ReadFailed, match="damaged"):
        loop.journal.load_attempt("a")
    loop.journal.close()


@pytest.mark.parametrize("meet", [write_into, read_from])
def test_a_database_found_damaged_is_set_aside_at_the_next_start(home: Home, meet: Callable[[Listening], None]) -> None:
    """The journal says so, and leaves a mark, so that even an end in good order does not hide it."""
    spoil_last_page_of_events(home)
    open_database(home).close()
    meet(Listening(home))
    with pytest.raises(DatabaseRefused, match=r"kept as mtc\.db\.damaged-"):
        open_database(home)
    open_database(home).close()


def coded(code: int) -> sqlite3.OperationalError:
    """An error with a code of SQLite's, as its own module makes them."""
    problem = sqlite3.OperationalError("extended")
    problem.sqlite_errorcode = code
    return problem


@pytest.mark.parametrize(
    ("problem", "fault", "disks"),
    [
        (coded(sqlite3.SQLITE_BUSY_RECOVERY), Fault.BUSY, True),
        (coded(sqlite3.SQLITE_READONLY_DBMOVED), Fault.READ_ONLY, True),
        (coded(sqlite3.SQLITE_CORRUPT_INDEX), Fault.DAMAGED, True),
        (coded(sqlite3.SQLITE_IOERR_WRITE), Fault.BROKEN, True),
        (sqlite3.DatabaseError("malformed"), Fault.OTHER, True),
        (OSError(28, "No space left on device"), Fault.FULL, True),
        (OSError(30, "Read-only file system"), Fault.READ_ONLY, True),
        (PermissionError(13, "Permission denied"), Fault.READ_ONLY, True),
        (OSError(5, "Input/output error"), Fault.BROKEN, True),
        (sqlite3.OperationalError("disk I/O error"), Fault.OTHER, True),
        (MemoryError(), Fault.OTHER, True),
        (sqlite3.IntegrityError("CHECK constraint failed"), Fault.OTHER, False),
        (sqlite3.ProgrammingError("closed"), Fault.OTHER, False),
        (ValueError("no text"), Fault.OTHER, False),
        (OverflowError("too large"), Fault.OTHER, False),
    ],
)
def test_a_fault_is_the_disks_or_the_rows(problem: Exception, fault: Fault, disks: bool) -> None:
    """A write that may succeed later is tried again; one that never will is kept apart. Each has one sentence."""
    assert (fault_of(problem), is_the_disks(problem)) == (fault, disks)
    assert sentence(problem).endswith(".")


def test_every_code_of_sqlite_that_matters_is_known(home: Home) -> None:
    """Busy, full and read-only come from SQLite itself, with its extended codes."""
    with somebody_writes(home):
        db = impatient(home.database)
        with pytest.raises(sqlite3.OperationalError) as busy:
            db.execute("begin immediate")
        db.execute("pragma query_only = on")
        with pytest.raises(sqlite3.OperationalError) as read_only:
            db.execute("delete from feedback")
        db.close()
    assert (fault_of(busy.value), fault_of(read_only.value)) == (Fault.BUSY, Fault.READ_ONLY)


def test_a_log_without_its_database_is_set_aside(new_home: Callable[[], Home]) -> None:
    """Somebody removed the one file: SQLite would throw away the other, and what is in it."""
    home = new_home()
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.all()
        shutil.copyfile(f"{home.database}-wal", home.root / "log")
    home.database.unlink()
    (home.root / "log").rename(f"{home.database}-wal")
    with pytest.raises(DatabaseRefused, match="is kept as"):
        open_database(home)
    (aside,) = home.root.glob("mtc.db.damaged-*-wal")
    assert aside.stat().st_size > 0
    open_database(home).close()
