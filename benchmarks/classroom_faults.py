"""A class of kiosks delivers to the real desk through a faulty network, until so many faults have happened.

``python -m benchmarks.classroom_faults [--faults 10000] [--seed 1] [--kills 20]``. Exit code 1 if a record is lost, is
at the desk twice, or has no receipt. Outboxes, delivery and desk are the real ones, and so are the proxies' connections
and TLS; the checks were written by the journal's own writer. The desk is killed and started again meanwhile.
"""

import argparse
import contextlib
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.light_class import MadeDesk, RecordMaker, made_desk, received
from benchmarks.light_kiosks import PROGRAM
from benchmarks.real_desk import HOST, RealDesk, enrolled
from benchmarks.school_of_700 import NOW
from mtc_kiosk.record.signing import DeviceKey, fingerprint
from mtc_kiosk.store.classroom.receipts import DeskId, waiting_for_desk
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NOW as NOW_IS
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.rows import Table, insert
from mtc_kiosk.sync.certificate import desk_certificate
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.delivery import deliver_waiting
from mtc_kiosk.sync.https import HttpsRoad
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import Beat, Sound
from tools.network.byte_proxy import ByteProxy
from tools.network.event_loop import EventLoop
from tools.network.faults import EVERY_BYTE_FAULT, ByteFault, Fault, Faults, MessageFault
from tools.network.message_proxy import MessageProxy, Traffic

KIOSKS, CHECKS, FEEDBACK = 30, 10, 29
MESSAGE_FAULT_CHANCE = 0.045
PATIENCE_S = 3600.0
"""After so long something is stuck."""


@dataclass
class Sender:
    """One kiosk: its outbox, its desk, and whether everything has its receipt."""

    home: Home
    enrolment: Enrolment
    key: DeviceKey
    sent: set[tuple[str, str]]
    stop: threading.Event
    waiting: int = -1
    surprises: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Beat and deliver until told to stop, and until nothing waits."""
        client = DeskClient(self.enrolment, self.key, PROGRAM)
        road, epoch = HttpsRoad(client), None
        chance = random.Random(self.enrolment.name)
        with contextlib.closing(connect(self.home.database)) as db:
            while not (self.stop.is_set() and self.waiting == 0):
                with contextlib.suppress(TransportTrouble):
                    epoch = client.beat(self._beat()).epoch
                done = deliver_waiting(db, road, bytes.fromhex(self.enrolment.desk_key), epoch, self._stamp)
                self.waiting = done.waiting
                self.surprises += done.refused
                time.sleep(chance.uniform(0, 0.05 if done.trouble is None else 0.2))
        client.close()

    def _beat(self) -> Beat:
        return Beat(
            at=written(datetime.now(UTC)),
            started=False,
            program=PROGRAM,
            waiting=max(0, self.waiting),
            waiting_since=None,
            sound=Sound.TRIED,
            pack=None,
            spent=None,
            attempts=(),
            answers=(),
        )

    def _stamp(self) -> AuditStamp:
        return AuditStamp(written(datetime.now(UTC)), f"kiosk:{self.enrolment.name}")


@dataclass
class Outcome:
    """What happened, and what should not have."""

    sent: int
    puts: int
    faults: Faults
    traffic: Traffic
    kills: int
    seconds: float
    wrong: list[str]


def senders_of(desk: MadeDesk, address: str, folder: Path, stop: threading.Event, size: tuple[int, int, int]) -> Any:
    """The kiosks, enrolled, with their outboxes full; ``size``: kiosks, checks of each, words of feedback on each."""
    kiosks, checks, feedback = size
    maker = RecordMaker(desk, folder / "copy")
    for number in range(kiosks):
        home = open_made_up_home(folder / f"kiosk-{number}")
        key = DeviceKey.new()
        enrolment = Enrolment(**enrolled(desk.home, key, f"hall-{number + 1}", address))
        rows = maker.checks(enrolment.name, key, desk.pins[number * checks : (number + 1) * checks], feedback)
        with contextlib.closing(open_database(home)) as db, change(db):
            for row in rows:
                insert(db, Table.OUTBOX, row)
        yield Sender(home, enrolment, key, {(row.record_id, row.sha256) for row in rows}, stop)
    maker.close()


def run(folder: Path, seed: int, most: int, kills: int, size: tuple[int, int, int]) -> Outcome:
    """Let the class deliver until ``most`` faults have happened and everything has its receipt."""
    desk = made_desk(folder / "desk", size[0] * size[1])
    certificate = str(desk_certificate(desk.home, (HOST,), datetime.now(UTC)).path)
    chances: dict[Fault, float] = dict.fromkeys(MessageFault, MESSAGE_FAULT_CHANCE)
    faults = Faults(seed, {**chances, **EVERY_BYTE_FAULT}, most)
    began, stop, chance = time.monotonic(), threading.Event(), random.Random(seed)
    with RealDesk(desk.home.root) as running, EventLoop() as loop:
        messages = MessageProxy(loop, (HOST, running.port), certificate, certificate, faults)
        network = ByteProxy(loop, (HOST, messages.port), faults)
        senders = list(senders_of(desk, f"https://{HOST}:{network.port}", folder, stop, size))
        threads = [threading.Thread(target=one.run, daemon=True) for one in senders]
        for thread in threads:
            thread.start()
        killed = 0
        while any(one.waiting for one in senders) or faults.counts.total() < most:
            time.sleep(0.2)
            if killed < min(kills, kills * faults.counts.total() / most):
                time.sleep(chance.uniform(0, 0.3))
                running.kill()
                running.start()
                killed += 1
            if time.monotonic() - began > PATIENCE_S:
                break
        faults.calm()
        stop.set()
        for thread in threads:
            thread.join(60)
    wrong = list(wrong_at(desk, senders))
    puts = sum(count for (method, *_), count in messages.traffic.answers.items() if method == "PUT")
    sent = sum(len(one.sent) for one in senders)
    return Outcome(sent, puts, faults, messages.traffic, killed, time.monotonic() - began, wrong)


def wrong_at(desk: MadeDesk, senders: list[Sender]) -> Iterator[str]:
    """What is lost, twice or without a receipt."""
    with contextlib.closing(connect(desk.home.database)) as db:
        here = received(db)
    sent = set().union(*(one.sent for one in senders))
    yield from (f"lost: {one}" for one in sorted(sent - set(here)))
    yield from (f"never sent: {one}" for one in sorted(set(here) - sent))
    yield from (f"there {count} times: {one}" for one, count in here.items() if count != 1)
    for one in senders:
        yield from (f"{one.enrolment.name} was refused: {sentence}" for sentence in one.surprises)
        with contextlib.closing(connect(one.home.database)) as db:
            left = waiting_for_desk(db, DeskId(fingerprint(bytes.fromhex(one.enrolment.desk_key)), None)).records
        if left:
            yield f"{one.enrolment.name} has no receipt for {left} records"


def report(outcome: Outcome) -> Iterator[str]:
    """The figures, a line each."""
    yield f"{outcome.seconds:.0f} s, load {os.getloadavg()[0]:.1f}"
    for kind in (*MessageFault, *ByteFault):
        yield f"{kind!s:<52}{outcome.faults.counts[kind]:8}"
    yield f"{'desk killed and started again':<52}{outcome.kills:8}"
    yield f"{'all faults':<52}{outcome.faults.counts.total() + outcome.kills:8}"
    yield f"{'records to send':<52}{outcome.sent:8}"
    yield f"{'records sent, as often as they came to the desk':<52}{outcome.puts:8}"
    for verdict, count in sorted(outcome.traffic.verdicts.items()):
        yield f"{f'receipts that say {verdict}':<52}{count:8}"
    for (method, path, status), count in sorted(outcome.traffic.answers.items()):
        yield f"{f'{method} {path} answered {status}':<52}{count:8}"
    yield f"{'lost, twice, refused, or without a receipt':<52}{len(outcome.wrong):8}"


def main() -> int:
    """Print the figures; 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--faults", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--kiosks", type=int, default=KIOSKS)
    options.add_argument("--feedback", type=int, default=FEEDBACK, help="how many words of feedback on each check")
    wanted = options.parse_args()
    os.environ[NOW_IS] = (NOW + timedelta(hours=1)).isoformat()
    with tempfile.TemporaryDirectory() as folder:
        size = (wanted.kiosks, CHECKS, wanted.feedback)
        outcome = run(Path(folder), wanted.seed, wanted.faults, wanted.kills, size)
    print(*report(outcome), sep="\n")
    print(*outcome.wrong[:20], sep="\n", file=sys.stderr)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
