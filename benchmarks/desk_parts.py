"""An enrolled kiosk's home with its desk in a process of its own, and a backlog of records for it, for benchmarks.

The pupil signs in with a PIN of the desk's. Then the backlog is in the kiosk's outbox at once, and is delivered while
the check goes on.
"""

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.conditions import home_with
from benchmarks.light_class import RecordMaker, made_desk
from benchmarks.real_desk import RealDesk, enrolled
from benchmarks.screen import Injector, RunningKiosk
from mtc_kiosk.config import passcode
from mtc_kiosk.kiosk.school.pack_keeper import PACK
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.rows import RecordRow, Table, insert

PACK_WITHIN_S, LOOKS_EVERY_S, GAP_MS, AT_ONCE = 60.0, 0.05, 80, 500
PAGE_TURNS_S = 2.0
"""How long after the pack comes the page for signing in is surely there."""

FEEDBACK = 19
"""Words of feedback after each check of the backlog: the desk makes a pack of few PINs sooner than of many."""


@dataclass(frozen=True)
class Enrolled:
    """An enrolled PC's home, how a pupil signs in there, and the records that are to wait in its outbox."""

    home: Path
    password: str
    pin: str
    backlog: Sequence[RecordRow]

    def begin(self, running: RunningKiosk, fingers: Injector) -> None:
        """Sign in once the kiosk has today's pupils; as soon as the check has begun the backlog waits."""
        give_up_at = time.monotonic() + PACK_WITHIN_S
        while not (self.home / PACK).exists():
            if time.monotonic() > give_up_at:
                raise TimeoutError(f"No pack within {PACK_WITHIN_S} s.")
            time.sleep(LOOKS_EVERY_S)
        time.sleep(PAGE_TURNS_S)
        fingers.tap(*self.password, "Return", *self.pin, "Return", gap_ms=GAP_MS)
        fingers.turn_page("Tab", "Return")
        running.wait_for("select 1 from attempt")
        with contextlib.closing(connect(self.home / "mtc.db")) as db:
            for at in range(0, len(self.backlog), AT_ONCE):
                with change(db):
                    for row in self.backlog[at : at + AT_ONCE]:
                        insert(db, Table.OUTBOX, row)


@contextlib.contextmanager
def beside(root: Path, backlog: int, pause: str, arrangements: str) -> Iterator[Enrolled]:
    """Enrol a made-up home at a desk, which runs meanwhile; says at the end what the desk took."""
    folder = root.parent / "desk"
    open_made_up_home(folder / "home")
    made = made_desk(
        home_with(folder, priority=True, pause=pause, arrangements=arrangements), -(-backlog // (FEEDBACK + 1)) + 1
    )
    pc = open_made_up_home(root)
    passcode.keep(pc.config_dir / "kiosk.yaml", passcode.hashed("chalk-and-cheese"))
    open_database(pc).close()
    desk, key = RealDesk(made.home.root), device_key(pc)
    enrolment = Enrolment(**enrolled(made.home, key, "hall-1", desk.address))
    keep_enrolment(pc, enrolment)
    maker = RecordMaker(made, folder / "copy")
    rows = maker.checks(enrolment.name, key, made.pins[1:], FEEDBACK)[:backlog]
    maker.close()
    with desk:
        yield Enrolled(pc.root, made.password, made.pins[0].pin, rows)
        with contextlib.closing(connect(pc.database)) as db:
            ((received,),) = db.execute("select count(*) from receipt").fetchall()
            ((waiting,),) = db.execute(
                "select count(*) from outbox where sha256 not in (select sha256 from receipt)"
            ).fetchall()
    print(f"beside it: {received} records delivered, {waiting} still waiting at the end", file=sys.stderr)
