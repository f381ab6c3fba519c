"""Whatever is wrong with an old attempt, the kiosk starts, and reports it to staff."""

from pathlib import Path

import pytest

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Cause, Noted, Resumed
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.journal import Journal, NewAttempt, Stamp
from tests.check.robot import FORM, PLAIN, Robot

LONGEST_WAIT_S = 20.0
WALL_MS = 1_812_358_800_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with an empty database."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    return home


def left(home: Home, attempt_id: str, robot: Robot, *, second: int = 0, kind: Kind = Kind.OFFICIAL) -> None:
    """An attempt that was left as this robot left it, begun so many seconds into the day."""
    journal = Journal(home)
    stamp = Stamp(run=1, now_us=0, wall_ms=WALL_MS + 1000 * second)
    journal.begin(NewAttempt(attempt_id, kind, FORM, PLAIN, "kiosk"), robot.journal, stamp)
    assert journal.close()


def open_question() -> Robot:
    """The plug was pulled in a question."""
    robot = Robot()
    robot.reach(1)
    return robot


def set_aside() -> Robot:
    """Staff set the held check aside."""
    robot = open_question()
    robot.failed(robot.now)
    robot.hear(events.SetAside(robot.now))
    return robot


def alter(home: Home, sql: str) -> None:
    """Change a table past every guard."""
    db = connect(home.database)
    for row in list(db.query("select name from sqlite_master where type = 'trigger'")):
        db.execute(f"drop trigger {row['name']}")
    db.execute(sql)
    db.close()


def started(home: Home) -> tuple[str | None, tuple[str, ...]]:
    """Which attempt a kiosk that starts goes on with, and what it tells."""
    journal = Journal(home)
    taken = take_up(journal, "kiosk", VirtualClock())
    if taken.attempt is not None:
        assert taken.attempt.machine.held is not None
    assert journal.close()
    return (taken.attempt.id if taken.attempt else None), taken.sentences


def test_a_kiosk_without_an_unfinished_attempt_has_nothing_to_tell(home: Home) -> None:
    """Its first morning."""
    assert started(home) == (None, ())


def test_the_attempt_that_was_on_the_screen_is_held(home: Home) -> None:
    """Its open question is void, the cause unknown; the new run is on the disk."""
    left(home, "a", open_question())
    assert started(home) == ("a", ())
    stored = Journal(home).load_attempt("a")
    assert [fact for fact in stored.facts if isinstance(fact, Resumed)]
    assert stored.last_run == 2


def test_the_newest_goes_before_the_older(home: Home) -> None:
    """An old one that could not go on then must not take the screen from today's."""
    left(home, "old", open_question())
    left(home, "new", open_question(), second=1)
    assert started(home) == ("new", ())


def test_what_was_set_aside_comes_behind_what_was_on_the_screen(home: Home) -> None:
    """Set aside for later, it waits; where nothing else is left, it comes back."""
    left(home, "screen", open_question())
    left(home, "aside", set_aside(), second=1)
    assert started(home) == ("screen", ())
    alter(home, "update attempt set outcome = 'stopped', finished_at = started_at where id = 'screen'")
    assert started(home) == ("aside", ())


def test_try_it_out_that_was_set_aside_is_in_nobodys_way(home: Home) -> None:
    """It waits in the list of held checks; one that was on the screen comes back, and so does a check."""
    left(home, "try", set_aside(), kind=Kind.TRY)
    assert started(home) == (None, ())
    left(home, "aside", set_aside())
    assert started(home) == ("aside", ())
    left(home, "on the screen", open_question(), kind=Kind.TRY, second=2)
    assert started(home) == ("on the screen", ())


def test_what_was_set_aside_and_taken_up_again_was_on_the_screen(home: Home) -> None:
    """The last word counts."""
    again = set_aside()
    again.resumed()
    left(home, "aside", set_aside(), second=1)
    left(home, "again", again)
    assert started(home) == ("again", ())


@pytest.mark.parametrize(
    "damage",
    [
        "update event set data = replace(data, 'number\":1', 'number\":2') where attempt_id = 'bad' and type = 'Shown'",
        "update attempt set settings = replace(settings, '\"rules\": 3', '\"rules\": 99') where id = 'bad'",
        "update attempt set settings = replace(settings, '6000000', '\"soon\"') where id = 'bad'",
        'update attempt set form = \'{"id":"x","items":[],"spares":[]}\' where id = \'bad\'',
        "delete from event where attempt_id = 'bad' and seq = 2",
        "delete from event where attempt_id = 'bad'",
        "update event set type = 'Nothing' where attempt_id = 'bad' and seq = 2",
    ],
)
def test_an_attempt_that_cannot_go_on_is_told_and_stays(home: Home, damage: str) -> None:
    """The kiosk goes on with the next; not a row of the other is written or lost."""
    left(home, "good", open_question())
    left(home, "bad", open_question(), second=1)
    alter(home, damage)
    db = connect(home.database)
    before = db.execute("select * from event where attempt_id = 'bad'").fetchall()
    attempt_id, (sentence,) = started(home)
    assert attempt_id == "good"
    assert "(bad) cannot" in sentence
    assert db.execute("select * from event where attempt_id = 'bad'").fetchall() == before
    db.close()


def test_an_altered_attempt_goes_on_and_staff_are_told(home: Home) -> None:
    """A pupil does not lose a check to it, and its record shows it."""
    robot = open_question()
    left(home, "a", robot)
    last = len(robot.journal)
    alter(home, f"update event set hash = '{'0' * 64}' where seq = {last}")
    attempt_id, (sentence,) = started(home)
    assert attempt_id == "a"
    assert f"row {last} was altered" in sentence
    notes = [fact for fact in Journal(home).load_attempt("a").facts if isinstance(fact, Noted)]
    assert [(note.what, note.detail) for note in notes] == [("chain", f"broken at row {last}")]


def test_a_database_that_cannot_be_read_is_told(home: Home) -> None:
    """The kiosk starts; its first write tells the rest."""
    home.database.write_bytes(b"nonsense" * 1000)
    journal = Journal(home)
    taken = take_up(journal, "kiosk", VirtualClock())
    journal.close()
    assert taken.attempt is None
    assert "cannot be read" in taken.sentences[0]


def test_a_cause_in_the_journal_stays_the_cause(home: Home) -> None:
    """Held by a full disk before the plug was pulled: it is that which staff read."""
    robot = open_question()
    robot.failed(robot.now, Cause.JOURNAL)
    left(home, "a", robot)
    journal = Journal(home)
    taken = take_up(journal, "kiosk", VirtualClock())
    journal.close()
    assert taken.attempt is not None
    assert taken.attempt.machine.held.cause is Cause.JOURNAL
