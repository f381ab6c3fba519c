"""The robots' PC: the same seed the same rows, a plug pulled at any moment, and a robot that cannot go on."""

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.draw import draw_tables
from mtc_kiosk.check.facts import Answered, AnsweredBy, Outcome
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.replay import replay
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.robots.clock import FIRST_DAY_MS, VirtualClock
from mtc_kiosk.robots.eyes import Sight
from mtc_kiosk.robots.pc import LONGEST_SITTING_MS, RobotPC, RobotStuck, Sitting
from mtc_kiosk.robots.pupil import Pupil
from mtc_kiosk.robots.typists import Quick, Silent
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.journal import Journal, NewAttempt, Stamp
from tests.check.robot import FORM, PLAIN, Robot

from .conftest import taken_in

TABLES = "attempt", "event", "answer", "feedback"


def rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the tables that the robots fill."""
    connection = sqlite3.connect(home.database)
    try:
        return {table: connection.execute(f"select * from {table} order by 1, 2, 3").fetchall() for table in TABLES}
    finally:
        connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for homes."""
    return tmp_path


def test_the_same_seed_leaves_the_same_rows(folder: Path) -> None:
    """Ids, times, keys and hashes: all of it comes from the seed."""
    first, second = (open_home(folder / name) for name in ("first", "second"))
    taken_in(first, 5, seed=11)
    taken_in(second, 5, seed=11)
    assert rows(first) == rows(second)
    assert len(rows(first)["attempt"]) == 5


def test_another_seed_or_another_day_leaves_others(folder: Path) -> None:
    """Neither ids nor forms are shared."""
    homes = [open_home(folder / str(number)) for number in range(3)]
    taken_in(homes[0], 1, seed=11)
    taken_in(homes[1], 1, seed=12)
    taken_in(homes[2], 1, seed=11, day=2)
    ids = [rows(home)["attempt"][0][0] for home in homes]
    forms = [rows(home)["attempt"][0][5] for home in homes]
    assert len(set(ids)) == len(set(forms)) == 3


class Unlucky(Quick):
    """Its PC dies at these moments, in nanoseconds from a page, one page after another."""

    def __init__(self, chance: random.Random, deaths: list[tuple[int, int]]) -> None:
        super().__init__(chance)
        self._deaths = deaths
        self._pages = 0

    def on_turned(self, sight: Sight, now_ns: int) -> None:
        """Count pages."""
        self._pages += 1
        if self._deaths and self._pages >= self._deaths[0][0]:
            self.power_fails(now_ns + self._deaths.pop(0)[1])


def sitting(home: Home, pupil: Pupil, *, settles: bool, patience_ms: int = LONGEST_SITTING_MS) -> Sitting:
    """One pupil's check of six questions, on a PC of its own."""
    open_database(home).close()
    chance = random.Random(1)

    def prepare() -> PreparedAttempt:
        plain = Settings(practice=(Item(2, 2),))
        form = draw_tables(chance, (7,))
        return PreparedAttempt(NewAttempt(str(chance.getrandbits(64)), Kind.TRY, form, plain, "pc"))

    chance_of_flips = random.Random(2)
    pc = RobotPC(home, "pc", prepare, chance_of_flips, VirtualClock(), settles=settles, patience_ms=patience_ms)
    try:
        return pc.sit(pupil)
    finally:
        pc.close()


DEATHS = st.lists(st.tuples(st.integers(2, 30), st.integers(0, 3_000_000).map(lambda us: us * 1_000)), max_size=3)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEATHS, st.booleans())
def test_whenever_the_power_fails_the_check_is_taken_up(
    tmp_path_factory: pytest.TempPathFactory, deaths: list[tuple[int, int]], settles: bool
) -> None:
    """With the disk up to date or not: one attempt, a journal that replays, and one answer that counts a question."""
    pupil = Unlucky(random.Random(3), sorted(deaths))
    sat = sitting(open_home(tmp_path_factory.mktemp("cut") / "home"), pupil, settles=settles)
    last = sat.attempts[-1]
    assert last.outcome == Outcome.COMPLETE
    assert last.broken_at is None
    assert replay(last.form, last.settings, last.facts).missing == ()
    counting = [fact.number for fact in last.facts if isinstance(fact, Answered) and fact.by is not AnsweredBy.VOID]
    assert sorted(counting) == list(range(1, len(last.form.items) + 1))
    assert sum(fact.by is AnsweredBy.VOID for fact in last.facts if isinstance(fact, Answered)) <= len(deaths)


class Asleep(Silent):
    """Never even presses Next."""

    def on_page(self, sight: Sight, control: Control, now_ns: int) -> None:
        """Zzz."""


def test_a_robot_that_goes_nowhere_is_said_to(folder: Path) -> None:
    """After hours without getting to the end, one sentence says what was on the screen."""
    with pytest.raises(RobotStuck, match=r"got no further than: .*Times tables check"):
        sitting(open_home(folder / "home"), Asleep(random.Random(1)), settles=True, patience_ms=60_000)


def left_on_the_screen(home: Home, name: str, second: int = 0) -> None:
    """An attempt that was in its first question when the power failed, so many seconds into the day."""
    robot = Robot()
    robot.reach(1)
    journal = Journal(home)
    begun = Stamp(run=1, now_us=0, wall_ms=FIRST_DAY_MS + 1_000 * second)
    journal.begin(NewAttempt(name, Kind.TRY, FORM, PLAIN, "pc"), robot.journal, begun)
    assert journal.close()


def test_a_robots_pc_goes_on_with_what_a_real_kiosk_would(folder: Path) -> None:
    """The newest attempt that was on the screen; the older one waits."""
    home = open_home(folder / "home")
    open_database(home).close()
    left_on_the_screen(home, "old")
    left_on_the_screen(home, "new", second=1)
    sitting(home, Quick(random.Random(3)), settles=True)
    outcomes = {row[0]: row[-1] for row in rows(home)["attempt"]}
    assert outcomes == {"old": None, "new": Outcome.COMPLETE}


def test_what_the_kiosk_reports_when_it_starts_is_a_surprise(folder: Path) -> None:
    """Robots are to find faults: a chain that does not hold is one, though the pupil goes on."""
    home = open_home(folder / "home")
    open_database(home).close()
    left_on_the_screen(home, "altered")
    db = sqlite3.connect(home.database, isolation_level=None)
    for (trigger,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.execute(f"drop trigger {trigger}")
    db.execute("update event set hash = ? where seq = 1", ("0" * 64,))
    db.close()
    (surprise,) = sitting(home, Quick(random.Random(3)), settles=True).surprises
    assert "its row 1 was altered" in surprise
