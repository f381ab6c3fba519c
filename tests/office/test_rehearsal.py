"""A rehearsal on this PC: who may start one, where none can open, and how a finished one is known."""

import contextlib
import os
import random
import uuid
from datetime import UTC, datetime

import pytest

from mtc_kiosk.check.arrangements import Code, Granted, arranged
from mtc_kiosk.check.draw import QUESTIONS_IN_A_REHEARSAL, draw_rehearsal
from mtc_kiosk.check.facts import Began, Finished, Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.office import rehearsal
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from mtc_kiosk.store.journal.hooks import NoHooks
from tests.check.robot import FORM
from tests.office.acting import acting

AT = datetime(2027, 6, 7, 7, 40, tzinfo=UTC)
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
NO_DISPLAY = {name: value for name, value in os.environ.items() if name not in DISPLAYS}


def tried(home: Home, kiosk: str, *codes: Code, at: datetime = AT, outcome: Outcome | None = Outcome.COMPLETE) -> None:
    """A walk-up tries it out at a kiosk with these arrangements; None: it is still on."""
    settings = Settings(arrangements=arranged(Granted(codes), None, official=False))
    attempt = str(uuid.uuid4())
    new = NewAttempt(attempt, Kind.TRY, FORM, settings, kiosk)
    stamp = Stamp(run=1, now_us=0, wall_ms=round(at.timestamp() * 1000))
    facts = (Began(0, written(at), 1), *((Finished(9, outcome),) if outcome is not None else ()))
    with contextlib.closing(BatchWriter(connect(home.database), NoHooks())) as writer:
        writer.write([Batch(1, attempt, facts, stamp, attempt=new)])


def test_a_pc_where_no_walk_up_finished_was_not_tried(home: Home) -> None:
    """Nor by what happened at another PC, was stopped, or is still on."""
    with acting(home) as office:
        here = office.configuration.kiosk.name
        tried(home, f"{here}x")
        tried(home, here, outcome=Outcome.STOPPED)
        tried(home, here, outcome=None)
        found = rehearsal.state(office)
    assert (found.kiosk, found.tried_at, found.heard_at, found.runs, found.failed) == (here, None, None, False, ())


def test_when_it_was_tried_and_when_with_sound(home: Home) -> None:
    """At the school's time; the beep alone is sound too."""
    with acting(home) as office:
        here = office.configuration.kiosk.name
        tried(home, here, Code.ATA)
        heard = rehearsal.state(office)
        tried(home, here, at=datetime(2027, 6, 8, 7, 0, tzinfo=UTC))
        later = rehearsal.state(office)
    assert heard.tried_at is not None
    assert f"{heard.tried_at:%d %H:%M}" == "07 08:40"
    assert heard.heard_at == heard.tried_at
    assert later.tried_at is not None
    assert f"{later.tried_at:%d %H:%M}" == "08 08:00"
    assert later.heard_at == heard.heard_at


@pytest.mark.parametrize("seed", range(20))
def test_a_rehearsal_has_three_questions_of_the_tables_of_the_check(seed: int) -> None:
    """A spoilt one is asked again: there are no spares."""
    form = draw_rehearsal(random.Random(seed))
    assert len(set(form.items)) == QUESTIONS_IN_A_REHEARSAL == 3
    assert all(2 <= item.factor1 <= 12 and 2 <= item.factor2 <= 12 for item in form.items)
    assert (form.spares, form.ask_again_last) == ((), True)


def test_none_is_started_for_a_browser_on_another_pc(home: Home) -> None:
    """It would open where nobody looks."""
    with acting(home) as office, pytest.raises(OfficeRefused, match="Start it there"):
        rehearsal.start(office, from_this_pc=False)


@pytest.mark.posix_only("Windows always has a screen for whoever is signed in")
def test_without_a_screen_one_sentence_says_so(home: Home) -> None:
    """Also where the screen that is named is not there: the sentence is then the kiosk's own."""
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as none:
            rehearsal.start(office, from_this_pc=True, environ=NO_DISPLAY)
        assert [problem.code for problem in none.value.problems] == ["no_screen"]


@pytest.mark.posix_only("the name of an X server")
def test_a_rehearsal_that_cannot_open_says_why(home: Home) -> None:
    """The screen that is named is not there: the process ends at once, with the kiosk's own sentence."""
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as gone:
            rehearsal.start(office, from_this_pc=True, environ={**NO_DISPLAY, "DISPLAY": ":9876"}, patience_s=60)
        assert [problem.code for problem in gone.value.problems] == ["no_screen"]
        assert [problem.code for problem in rehearsal.state(office).failed] == ["no_screen"]
        assert not rehearsal.state(office).runs


def test_none_is_started_beside_an_open_kiosk(home: Home) -> None:
    """The kiosk has the screen, and its name is taken."""
    with acting(home) as office:
        kiosk = office.configuration.kiosk.name
        with kiosk_lock(home, kiosk), pytest.raises(OfficeRefused, match="Close it there") as refused:
            rehearsal.start(office, from_this_pc=True, environ={**NO_DISPLAY, "DISPLAY": ":9876"})
    assert [problem.code for problem in refused.value.problems] == ["kiosk_is_running"]
