"""A rehearsal that the console starts: a real process on a real screen, one at a time, and its own process group."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.office import rehearsal
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from tests.office.as_staff import open_as

pytestmark = pytest.mark.posix_only("an X server and process groups")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home; a rehearsal that was started in it is ended."""
    made = open_home(tmp_path / "home")
    open_database(made).close()
    yield made
    started = rehearsal._started.pop(made.root, None)
    if started is not None and started.runs:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.process.pid, signal.SIGTERM)
        started.process.wait(30)


def test_one_opens_on_the_screen_and_no_second_beside_it(home: Home, display: str) -> None:
    """It is the kiosk of this PC, on three questions read aloud; it ends when it is told, and another may start."""
    environ = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
    with open_as(home.root) as office:
        rehearsal.start(office, from_this_pc=True, environ=environ)
        assert rehearsal.state(office).runs
        with pytest.raises(OfficeRefused, match="open on this PC already"):
            rehearsal.start(office, from_this_pc=True, environ=environ)
        started = rehearsal._started[home.root]
        assert os.getpgid(started.process.pid) != os.getpgid(0)
        until = time.monotonic() + 30
        while not office.db.execute("select count(*) from attempt").fetchone()[0]:
            assert started.runs
            assert time.monotonic() < until, "the rehearsal shows no page"
            time.sleep(0.05)
        assert running_kiosks(home) == (office.configuration.kiosk.name,)
        row = office.db.execute(
            "select kind, pupil_id, json_array_length(form, '$.items'),"
            " json_extract(settings, '$.arrangements.codes') from attempt"
        ).fetchone()
        assert tuple(row) == ("try", None, 3, '["ATA","QNR"]')
        started.process.terminate()
        started.process.wait(30)
        assert (rehearsal.state(office).runs, running_kiosks(home)) == (False, ())
