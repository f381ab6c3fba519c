"""A rehearsal on this PC: the kiosk's "try it out" in a process of its own, with three questions read aloud.

Whether this PC was tried is known from the database: a walk-up's attempt that was finished at this PC's kiosk.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.school.walk_ups import last_walk_up

NOT_THIS_PC = Problem("A rehearsal opens on the PC that runs the console. Start it there.", "not_this_pc")
NO_SCREEN = Problem(
    "This PC has no screen for the check to open on. Start the rehearsal on a PC where pupils take it.", "no_screen"
)
RUNNING = Problem("A rehearsal is open on this PC already. Finish it, or close it there.", "rehearsal_runs")

FAILS_WITHIN_S = 2.0
"""Seconds: how long to wait for a rehearsal that cannot open. After that, ``state`` says whether it ended."""


@dataclass(frozen=True)
class RehearsalState:
    """``tried_at`` is when a walk-up last finished at this PC, at the school's time; ``heard_at`` when with sound.

    ``runs``: one is open now. ``failed`` says why the last one that was started from here did not open.
    """

    kiosk: str
    tried_at: datetime | None
    heard_at: datetime | None
    runs: bool
    failed: tuple[Problem, ...] = ()


class _Started:
    """A process that was started from here, and what it prints."""

    def __init__(self, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
        self.process, self._said = process, said
        self._why: tuple[Problem, ...] | None = None

    @property
    def runs(self) -> bool:
        """Whether it is still open."""
        return self.process.poll() is None

    def problems(self) -> tuple[Problem, ...]:
        """Why it ended; empty while it runs, and if somebody finished or left it."""
        if self.runs:
            return ()
        if self._why is None:
            self._why = _why_it_ended(self.process.returncode, self._printed())
        return self._why

    def _printed(self) -> bytes:
        with self._said:
            self._said.seek(0)
            return self._said.read()


def _why_it_ended(code: int, printed: bytes) -> tuple[Problem, ...]:
    if code in (0, _STAFF_EXIT) or code < 0:
        return ()
    try:
        errors = json.loads(printed.splitlines()[0])["errors"]
        return tuple(Problem(str(one["message"]), str(one["code"]), one["file"], one["line"]) for one in errors)
    except (ValueError, KeyError, TypeError, IndexError):
        return (_ENDED,)


_STAFF_EXIT = 3
_GROUP_OF_ITS_OWN = 0x200
"""CREATE_NEW_PROCESS_GROUP: Ctrl+C in the console's window is not for the rehearsal."""

_ENDED = Problem("The rehearsal ended before it was finished. Start it again.", "rehearsal_ended")
_starting = threading.Lock()
_started: dict[Path, _Started] = {}


def state(home: OpenHome) -> RehearsalState:
    """Whether this PC was tried, and whether a rehearsal is open on it now."""
    kiosk = home.configuration.kiosk.name
    tried, heard = last_walk_up(home.db, kiosk), last_walk_up(home.db, kiosk, with_sound=True)
    mine = _started.get(home.home.root)
    zone = home.timetable.zone
    return RehearsalState(
        kiosk,
        tried.finished_at.astimezone(zone) if tried is not None else None,
        heard.finished_at.astimezone(zone) if heard is not None else None,
        runs=mine is not None and mine.runs,
        failed=mine.problems() if mine is not None else (),
    )


def start(
    home: OpenHome,
    *,
    from_this_pc: bool,
    environ: Mapping[str, str] = os.environ,
    patience_s: float = FAILS_WITHIN_S,
) -> None:
    """Open a rehearsal on this PC's screen, one at a time; OfficeRefused with one sentence where none can open.

    The process goes on if the console ends. It takes the kiosk's lock, so that no second one opens beside it.
    """
    if not from_this_pc:
        raise OfficeRefused(NOT_THIS_PC)
    if not _has_screen(environ):
        raise OfficeRefused(NO_SCREEN)
    with _starting:
        _refuse_while_one_runs(home)
        started = _started[home.home.root] = _open(home, environ)
    with contextlib.suppress(subprocess.TimeoutExpired):
        started.process.wait(patience_s)
        if problems := started.problems():
            raise OfficeRefused(*problems)


def _refuse_while_one_runs(home: OpenHome) -> None:
    mine = _started.get(home.home.root)
    if mine is not None and mine.runs:
        raise OfficeRefused(RUNNING)
    kiosk = home.configuration.kiosk.name
    if kiosk in running_kiosks(home.home):
        sentence = f"The kiosk {kiosk} is open on this PC. Close it there, then start the rehearsal."
        raise OfficeRefused(Problem(sentence, "kiosk_is_running"))


def _open(home: OpenHome, environ: Mapping[str, str]) -> _Started:
    command = [sys.executable, "-m", "mtc_kiosk", "try", "--rehearse", "--json", "--home", str(home.home.root)]
    said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
    process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.DEVNULL,
        env=dict(environ),
        start_new_session=sys.platform != "win32",
        creationflags=_GROUP_OF_ITS_OWN if sys.platform == "win32" else 0,
    )
    return _Started(process, said)


def _has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can open; Windows and macOS always have a screen for whoever is signed in there."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
