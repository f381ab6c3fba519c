"""Wrong tries at the passcode: the wait grows, outlives a restart, and no wall clock shortens or lengthens it."""

import contextlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.passcode import LONGEST_WAIT_NS, TRIES, WAIT_NS, PasscodePage, wait_after
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.school.passcode_tries import KeptGuesses

PASSCODE = "chalk-and-cheese"
SECOND = 1_000_000_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a database."""
    made = open_home(tmp_path / "home")
    open_database(made).close()
    return made


def kept(home: Home, now: datetime = datetime(2027, 6, 7, 9, tzinfo=UTC), kiosk: str = "hall") -> KeptGuesses:
    """What a kiosk of this home keeps, by a wall clock that says ``now``."""
    return KeptGuesses(home, f"kiosk:{kiosk}", kiosk, lambda: now)


def start(guesses: KeptGuesses, now_ns: int = 0) -> PasscodePage:
    """The staff page of a kiosk that has just started, opened."""
    desk = PasscodePage(lambda typed: typed == PASSCODE, guesses, now_ns)
    desk.open((), can_resume=False)
    return desk


def tried(desk: PasscodePage, text: str, now_ns: int) -> bool:
    """Whether this passcode opens the page now."""
    for name, written in [*((one, one) for one in text), ("Enter", "\r")]:
        desk.key(KeyDown(now_ns, None, name, 0, written, shift=False), now_ns)
    return not desk.locked


def audited(home: Home) -> list[tuple[str, str, dict[str, int] | None]]:
    """Account, action and what is there since, of every try that is kept."""
    with contextlib.closing(connect(home.database)) as db:
        rows = db.execute("select account, action, after from audit order by id").fetchall()
    return [(account, action, json.loads(after) if after else None) for account, action, after in rows]


def test_the_wait_grows_to_five_minutes_and_no_further() -> None:
    """Four are free; then half a minute, and twice as long each time."""
    seconds = [wait_after(wrong) // SECOND for wrong in range(12)]
    assert seconds == [0, 0, 0, 0, 0, 30, 60, 120, 240, 300, 300, 300]
    assert wait_after(10**9) == LONGEST_WAIT_NS


def test_every_wrong_try_is_audited_with_its_wait(home: Home) -> None:
    """And the right one that ends them; what was typed is nowhere."""
    desk = start(kept(home))
    for _ in range(TRIES):
        assert not tried(desk, "guess-work", 0)
    assert tried(desk, PASSCODE, WAIT_NS)
    rows = audited(home)
    assert [(action, after) for _, action, after in rows] == [
        *(("passcode.wrong", {"tries": tries, "wait_seconds": 0}) for tries in range(1, TRIES)),
        ("passcode.wrong", {"tries": TRIES, "wait_seconds": 30}),
        ("passcode.right", None),
    ]
    assert {account for account, _, _ in rows} == {"kiosk:hall"}
    assert b"guess-work" not in home.database.read_bytes()


def test_a_restart_of_the_kiosk_gives_no_new_tries(home: Home) -> None:
    """The wait is served again from the start, under another kiosk's name too, and grows on from there."""
    desk = start(kept(home))
    for _ in range(TRIES):
        tried(desk, "guess", 0)
    again = start(kept(home, kiosk="another"), now_ns=0)
    assert not tried(again, PASSCODE, WAIT_NS - 1)
    assert not tried(again, "guess", WAIT_NS)
    assert not tried(again, PASSCODE, WAIT_NS + 2 * WAIT_NS - 1)
    assert tried(again, PASSCODE, WAIT_NS + 2 * WAIT_NS)
    assert tried(start(kept(home)), PASSCODE, 0), "the right one gives the tries back"


@pytest.mark.parametrize("days", [-4000, -1, 1, 4000])
def test_a_wall_clock_that_is_set_neither_ends_the_wait_nor_makes_it_endless(home: Home, days: int) -> None:
    """Whatever it says at the restart, the wait is the same."""
    desk = start(kept(home))
    for _ in range(TRIES + 1):
        tried(desk, "guess", desk._wait_until_ns)
    again = start(kept(home, datetime(2027, 6, 7, 9, tzinfo=UTC) + timedelta(days=days)))
    assert not tried(again, PASSCODE, wait_after(TRIES + 1) - 1)
    assert tried(again, PASSCODE, wait_after(TRIES + 1))


def test_kept_tries_cannot_be_deleted(home: Home) -> None:
    """The audit is only ever added to; with a new passcode they count no more."""
    desk = start(kept(home))
    for _ in range(TRIES):
        tried(desk, "guess", 0)
    with contextlib.closing(connect(home.database)) as db, pytest.raises(Exception, match="kept"):
        db.execute("delete from audit")
    assert kept(home).count() == TRIES
    kept(home).renewed()
    assert kept(home).count() == 0


def test_a_database_that_takes_no_row_keeps_nobody_out(home: Home) -> None:
    """The page counts on by itself, and the right passcode opens it."""
    home.database.unlink()
    desk = start(kept(home))
    for _ in range(TRIES):
        assert not tried(desk, "guess", 0)
    assert not tried(desk, PASSCODE, WAIT_NS - 1)
    assert tried(desk, PASSCODE, WAIT_NS)
