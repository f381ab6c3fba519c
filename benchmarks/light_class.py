"""A desk of made-up pupils and the records that a class makes, sealed like real ones, for benchmarks of the classroom.

The checks are those of a quick pupil, written by the journal's own writer and sealed with each kiosk's own key, in a
copy of the desk's home: what a kiosk sends is made beforehand, so that the benchmark measures the way to the desk.
"""

import contextlib
import random
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.quick_pupil import SETTINGS, form, whole_check
from benchmarks.school_of_700 import NOW, SCHOOL, issue, register
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from mtc_kiosk.store.journal.hooks import NoHooks
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.outbox import record_to_send
from mtc_kiosk.store.records.rows import RecordRow
from mtc_kiosk.store.records.sealer import Sealer
from mtc_kiosk.store.school.sessions import IssuedPin

SEEDS = 4
_FEEDBACK = "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', ?)"
_CHOICES = ("very_easy", "easy", "neither", "difficult", "very_difficult")


@dataclass(frozen=True)
class MadeDesk:
    """A made-up desk with a session: its home, the password of the day, and the PINs."""

    home: Home
    password: str
    pins: tuple[IssuedPin, ...]


def made_desk(folder: Path, pupils: int) -> MadeDesk:
    """A new home at ``folder`` with this many pupils and a session for all of them."""
    home = open_made_up_home(folder)
    with contextlib.closing(open_database(home)) as db:
        register(db, pupils)
        password, pins = issue(db, pupils)
    return MadeDesk(home, password, pins)


class RecordMaker:
    """Makes the records of kiosks, in a copy of a desk's home at ``folder``."""

    def __init__(self, desk: MadeDesk, folder: Path) -> None:
        shutil.copytree(desk.home.root, folder)
        self._db = connect(Home(folder).database)
        self._writer = BatchWriter(connect(Home(folder).database), NoHooks())
        self._chance = random.Random(1)

    def close(self) -> None:
        """Close the copy."""
        self._writer.close()
        self._db.close()

    def checks(self, kiosk: str, key: DeviceKey, pins: Sequence[IssuedPin], feedback: int = 0) -> list[RecordRow]:
        """A check with each of these PINs, each with so many words of feedback, as rows of the kiosk's outbox."""
        sealer = Sealer(key=key, kiosk=kiosk, school=SCHOOL, made_up=True, into_inbox=False, into_outbox=True)
        ids: list[str | None] = []
        for place, pin in enumerate(pins):
            attempt = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
            self._take(kiosk, attempt, pin, place)
            with change(self._db):
                ids.append(sealer.check(self._db, attempt))
                ids += [sealer.feedback(self._db, self._row_of_feedback(attempt, one)) for one in range(feedback)]
        return [record_to_send(self._db, one) for one in ids if one is not None]

    def _take(self, kiosk: str, attempt: str, pin: IssuedPin, place: int) -> None:
        seed = self._chance.randrange(SEEDS)
        facts = tuple(fact for turn in whole_check(seed) for fact in turn)
        new = NewAttempt(
            id=attempt,
            form=form(seed),
            settings=SETTINGS,
            pupil_id=pin.pupil_id,
            kind=pin.kind,
            check_code=pin.check_code,
            session_id=pin.session_id,
            kiosk=kiosk,
        )
        at = NOW + timedelta(minutes=10 * place)
        self._writer.write([Batch(1, attempt, facts, Stamp(1, 0, round(at.timestamp() * 1000)), attempt=new)])

    def _row_of_feedback(self, attempt: str, number: int) -> int:
        values = (attempt, written(NOW + timedelta(minutes=number)), self._chance.choice(_CHOICES))
        return int(self._db.execute(_FEEDBACK, values).lastrowid or 0)


def received(db: Database) -> dict[tuple[str, str], int]:
    """How often each record, by id and SHA-256, is at a desk: in its inbox, or among its conflicts."""
    query = (
        "select record_id, sha256, count(*) from (select record_id, sha256 from inbox"
        " union all select record_id, sha256 from conflict) group by 1, 2"
    )
    return {(record_id, sha256): count for record_id, sha256, count in db.execute(query).fetchall()}
