"""Nobody is given a form that they have met: neither a pupil who signs in, nor a kiosk's next walk-up.

Chance is pinned in the standard library, so that the same form would be drawn again but for what was met.
"""

import contextlib
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.check.draw import draw_tables
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.kiosk_loop import _walk_up
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.robots.clock import FIRST_DAY_MS, VirtualClock
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.journal import Journal, Stamp
from tests.kiosk.flow.test_prepare import signed_in


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with an empty database, in which chance brings the same again and again."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    monkeypatch.setattr(secrets, "randbits", lambda _: 7)
    return home


def begun(journal: Journal, prepared: PreparedAttempt) -> PreparedAttempt:
    """The same, once it is in the journal."""
    journal.begin(prepared.new, (), Stamp(run=1, now_us=0, wall_ms=FIRST_DAY_MS))
    assert journal.flush(20)
    return prepared


def prepares(home: Home, journal: Journal) -> Callable[[SignedIn | None], PreparedAttempt]:
    """What prepares the next attempt on this kiosk, of a pupil or of a walk-up."""

    def prepare(who: SignedIn | None) -> PreparedAttempt:
        if who is None:
            return _walk_up(journal, Configuration(), "hall-1", None, lambda _: None, aloud=False)
        with contextlib.closing(connect(home.database)) as db:
            return SchoolSignIn(home, Configuration(), "hall-1", db, utc(VirtualClock())).prepare(who, Granted())

    return prepare


@pytest.mark.parametrize("who", [None, signed_in(Kind.TRY)], ids=["walk-up", "pupil"])
def test_a_form_that_was_met_is_not_given_again(home: Home, who: SignedIn | None) -> None:
    """Not even though chance brings it first."""
    journal = Journal(home)
    prepare = prepares(home, journal)
    first = prepare(who)
    assert prepare(who).new.form == first.new.form
    begun(journal, first)
    assert prepare(who).new.form.items != first.new.form.items
    assert journal.close()


def test_the_form_that_was_asked_for_is_given_again_and_again(home: Home) -> None:
    """``try --form`` is asked for by a person."""
    journal, form = Journal(home), draw_tables(secrets.SystemRandom(), (7,))
    for _ in range(2):
        prepared = _walk_up(journal, Configuration(), "hall-1", form, lambda _: None, aloud=False)
        assert begun(journal, prepared).new.form == form
    assert journal.close()
