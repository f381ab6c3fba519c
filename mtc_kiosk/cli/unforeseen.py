"""Turn an unforeseen exception into one sentence; where it was raised goes into a log."""

import contextlib
import os
import sqlite3
from datetime import UTC, datetime

from mtc_kiosk.cli.options import Settled
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.refusals import REFUSALS, problems_of
from mtc_kiosk.store.db.sqlite_faults import Fault, OddRow, fault_of, sentence
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.home.home import Home, find_home
from mtc_kiosk.store.home.log_file import add_lines
from mtc_kiosk.store.made_up import NotAnInstant, wall_clock

_ASK = "Restore a backup with mtc-kiosk restore FILE, or ask whoever looks after this PC."
_THE_DISKS = (Fault.FULL, Fault.BROKEN)


def refusal_of(problem: Exception, settled: Settled) -> CommandFailed:
    """The refusal to print in place of a traceback, which could show data of pupils."""
    if isinstance(problem, OddRow):
        return CommandFailed(Problem(f"{problem} Nothing more was done. {_ASK}", "database_damaged"))
    if isinstance(problem, sqlite3.Error) and fault_of(problem) is Fault.DAMAGED:
        return CommandFailed(Problem(sentence(problem), "database_damaged"))
    if isinstance(problem, sqlite3.OperationalError) or fault_of(problem) in _THE_DISKS:
        return CommandFailed(Problem(sentence(problem), "database_refused"))
    if isinstance(problem, REFUSALS):
        return CommandFailed(*problems_of(problem))
    where = _written_down(problem, settled)
    return CommandFailed(Problem(f"The program has a fault and stopped. Nothing more was done. {where}", "fault"))


def _written_down(problem: Exception, settled: Settled) -> str:
    """Log where the exception was raised; return a sentence that names the log."""
    home = Home(find_home(settled.home, os.environ))
    with contextlib.suppress(OSError):
        if home.logs.is_dir():
            add_lines(home.faults_log, (f"{written(_now(home))} {trace(problem)}",))
            return f"Send {home.faults_log} to whoever looks after this PC."
    return f"Send this to whoever looks after this PC: {trace(problem)}."


def _now(home: Home) -> datetime:
    """The time in the home; the PC's if MTC_KIOSK_NOW is not an instant."""
    try:
        return wall_clock(home)()
    except NotAnInstant:
        return datetime.now(UTC)
