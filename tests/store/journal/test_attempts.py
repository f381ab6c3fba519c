"""Attempts read back from the journal: whole if they can be read, and reported if they cannot."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.batch import Stamp
from mtc_kiosk.store.journal.journal import Journal, ReadFailed, Unreadable
from tests.check.golden_checks import GOLDEN_CHECKS
from tests.check.robot import AUDIO, FORM, NEXT_BUTTON, PLAIN
from tests.store.examples import BEGAN, WALL_MS, new_attempt, stamp, typed
from tests.store.listening import LONGEST_WAIT_S


def begin(home: Home, *attempts: object, facts: tuple[object, ...] = (BEGAN, typed(7_000), typed(9_000))) -> None:
    """Attempts that began one second after the other, each with these facts."""
    journal = Journal(home)
    for second, attempt in enumerate(attempts):
        journal.begin(attempt, facts, Stamp(run=1, now_us=0, wall_ms=WALL_MS + 1000 * second))
    assert journal.close()


def alter(home: Home, sql: str) -> None:
    """Change a table as a fault of the disk would: past every guard."""
    db = connect(home.database)
    for row in list(db.query("select name from sqlite_master where type = 'trigger'")):
        db.execute(f"drop trigger {row['name']}")
    db.execute("pragma ignore_check_constraints = on")
    db.execute(sql)
    db.close()


@pytest.mark.parametrize("settings", [PLAIN, AUDIO, NEXT_BUTTON, *(make().settings for make in GOLDEN_CHECKS.values())])
def test_settings_and_form_come_back_as_they_were(home: Home, settings: Settings) -> None:
    """With clips, arrangements, spares and all."""
    form = replace(FORM, ask_again_last=True)
    begin(home, new_attempt(settings=settings, form=form))
    stored = Journal(home).load_attempt("a")
    assert (stored.settings, stored.form) == (settings, form)


def test_an_attempt_says_where_a_new_run_goes_on(home: Home) -> None:
    """Its last run, the last time of the check, and the wall clock of its last row, even one that stepped back."""
    journal = Journal(home)
    journal.begin(new_attempt(), (BEGAN, typed(7_000)), stamp(7_000))
    journal.keep("a", (typed(9_000),), Stamp(run=3, now_us=9_000, wall_ms=WALL_MS - 60_000))
    journal.flush(LONGEST_WAIT_S)
    stored = journal.load_attempt("a")
    assert (stored.last_run, stored.last_at_us, stored.last_wall_ms) == (3, 9_000, WALL_MS - 60_000)
    assert (stored.started_at, stored.outcome) == ("2027-06-07T09:00:00.000Z", None)
    journal.close()


def test_an_attempt_without_a_row_goes_on_from_its_beginning(home: Home) -> None:
    """It began, and nothing else is known of it."""
    begin(home, new_attempt(), facts=())
    stored = Journal(home).load_attempt("a")
    assert (stored.last_run, stored.last_at_us, stored.last_wall_ms) == (0, 0, WALL_MS)


def test_there_is_no_attempt_of_another_name(home: Home) -> None:
    """KeyError, as of a dictionary."""
    with pytest.raises(KeyError):
        Journal(home).load_attempt("nobody")


def test_a_kiosk_finds_its_own_unfinished_attempts(home: Home) -> None:
    """The oldest first; not those of another kiosk, nor those that are over."""
    begin(home, new_attempt("c"), new_attempt("b"), new_attempt("other", kiosk="hall"), new_attempt("a"))
    db = connect(home.database)
    db.execute("update attempt set outcome = 'stopped', finished_at = started_at where id = 'b'")
    db.close()
    assert [stored.id for stored in Journal(home).unfinished("kiosk").attempts] == ["c", "a"]
    assert [stored.id for stored in Journal(home).unfinished(None).attempts] == ["c", "other", "a"]


DAMAGES = {
    "type": "update event set type = 'Nothing' where attempt_id = 'bad' and seq = 2",
    "data": "update event set data = '[]' where attempt_id = 'bad' and seq = 2",
    "no object": "update event set type = 'Released', data = '[]' where attempt_id = 'bad' and seq = 2",
    "text": "update event set data = '{' where attempt_id = 'bad' and seq = 2",
    "value": "update event set data = replace(data, 'keyboard', 'voice') where attempt_id = 'bad' and seq = 2",
    "time": "update event set wall_time = 'noon' where attempt_id = 'bad' and seq = 3",
    "form": "update attempt set form = '{}' where id = 'bad'",
    "form list": "update attempt set form = '[]' where id = 'bad'",
    "form text": "update attempt set form = '' where id = 'bad'",
    "settings": "update attempt set settings = '{}' where id = 'bad'",
    "settings list": "update attempt set settings = '[1]' where id = 'bad'",
    "settings null": "update attempt set settings = 'null' where id = 'bad'",
    "settings more": "update attempt set settings = replace(settings, 'question', 'riddle') where id = 'bad'",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_attempt_hides_no_other(home: Home, name: str) -> None:
    """It is named in a sentence, and stays in the database; the others are found."""
    begin(home, new_attempt("bad"), new_attempt("good"))
    alter(home, DAMAGES[name])
    journal = Journal(home)
    left = journal.unfinished("kiosk")
    assert [stored.id for stored in left.attempts] == ["good"]
    (sentence,) = left.unreadable
    assert "(bad) cannot be read" in sentence
    with pytest.raises(Unreadable):
        journal.load_attempt("bad")
    journal.close()


def test_an_altered_attempt_says_where(home: Home) -> None:
    """Where it can still be read, it may go on; the first row that is not what it was is named."""
    begin(home, new_attempt())
    alter(home, """update event set data = replace(data, '"7"', '"8"') where seq = 3""")
    assert Journal(home).load_attempt("a").broken_at == 3


# -- forms met before


def form(number: int) -> Form:
    """A form with a name of its own."""
    return Form(f"form-{number}", (Item(7, number),))


def test_a_pupil_has_met_their_own_forms(home: Home) -> None:
    """On any kiosk, by kind, the oldest first; a walk-up has met those of this kiosk's walk-ups."""
    begin(
        home,
        new_attempt("1", form=form(1), pupil_id=5, kind=Kind.OFFICIAL),
        new_attempt("2", form=form(2), pupil_id=5, kiosk="hall"),
        new_attempt("3", form=form(3), pupil_id=6),
        new_attempt("4", form=form(4)),
        new_attempt("5", form=form(5), kiosk="hall"),
        new_attempt("6", form=form(6), pupil_id=5),
    )
    journal = Journal(home)
    assert journal.earlier_forms(5, "kiosk") == Met((form(1),), (form(2), form(6)))
    assert journal.earlier_forms(None, "kiosk") == Met((), (form(4),))
    assert journal.earlier_forms(7, "kiosk") == Met()
    journal.close()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"id":"x","items":[[99,1]],"spares":[]}'])
def test_a_form_that_cannot_be_read_is_left_out(home: Home, text: str) -> None:
    """The others still count."""
    begin(home, new_attempt("bad", form=form(1)), new_attempt("good", form=form(2)))
    alter(home, f"update attempt set form = '{text}' where id = 'bad'")
    assert Journal(home).earlier_forms(None, "kiosk") == Met((), (form(2),))


# -- a database that cannot be read


def gone(home: Home) -> None:
    """Take the file away."""
    home.database.unlink()


def spoilt(home: Home) -> None:
    """Write nonsense over it."""
    home.database.write_bytes(b"nonsense" * 1000)


@pytest.mark.parametrize("fault", [gone, spoilt])
def test_a_database_that_cannot_be_read_is_told_in_a_sentence(home: Home, fault: Callable[[Home], None]) -> None:
    """Not by whatever SQLite raises; and a check may begin without knowing the forms met before."""
    fault(home)
    journal = Journal(home)
    for reading in (journal.unfinished, journal.load_attempt):
        with pytest.raises(ReadFailed) as failed:
            reading("kiosk")
        assert not isinstance(failed.value, sqlite3.Error)
    assert journal.earlier_forms(None, "kiosk") == Met()
    journal.close()
