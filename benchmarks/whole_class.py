"""A whole class: the real desk, real kiosks with robots in front of them, and a faulty network in between.

``python -m benchmarks.whole_class [--kiosks 30] [--seed 1]``. Desk and kiosks are killed at random and started again.
Exit code 1 unless every check that a robot took is at the desk once, as its diary says, and so is every reason.
"""

import argparse
import contextlib
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.light_class import MadeDesk, made_desk
from benchmarks.real_desk import HOST, RealDesk
from benchmarks.robot_kiosk import RobotKiosk
from benchmarks.school_of_700 import NOW
from mtc_kiosk.office import reasons
from mtc_kiosk.office.open import configuration_of, opened
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.made_up import NOW as NOW_IS
from mtc_kiosk.store.records.rows import Table, rows
from mtc_kiosk.sync.certificate import desk_certificate
from tools.network.byte_proxy import ByteProxy
from tools.network.event_loop import EventLoop
from tools.network.faults import EVERY_BYTE_FAULT, EVERY_MESSAGE_FAULT, Faults
from tools.network.message_proxy import MessageProxy

LOOKS_EVERY_S = 0.1
COUNTED = ("enter", "timeout")


@dataclass(frozen=True)
class Size:
    """How large the class is, and how much goes wrong."""

    kiosks: int
    pupils: int
    reasons: int
    kiosk_kills: int
    desk_kills: int
    patience_s: float = 900.0


@dataclass
class Outcome:
    """What happened, and what should not have."""

    seconds: float
    faults: Faults
    proxy: MessageProxy
    checks: int
    wrong: list[str]


def run(folder: Path, seed: int, size: Size) -> Outcome:
    """Let the class take the check, and compare."""
    desk = made_desk(folder / "desk", size.pupils)
    absent = _reasons(desk, size.reasons)
    certificate = str(desk_certificate(desk.home, (HOST,), datetime.now(UTC)).path)
    faults = Faults(seed, {**EVERY_MESSAGE_FAULT, **EVERY_BYTE_FAULT})
    began = time.monotonic()
    with RealDesk(desk.home.root) as running, EventLoop() as loop:
        messages = MessageProxy(loop, (HOST, running.port), certificate, certificate, faults)
        network = ByteProxy(loop, (HOST, messages.port), faults)
        kiosks = [RobotKiosk(folder, f"hall-{number + 1}") for number in range(size.kiosks)]
        try:
            for kiosk in kiosks:
                kiosk.enrol(desk.home, f"https://{HOST}:{network.port}")
                kiosk.start()
            slips = [Slip(desk.password, pin.pin) for pin in desk.pins if pin.pupil_id not in absent]
            came = Room(running, kiosks, random.Random(seed), size).take(slips)
        finally:
            codes = [kiosk.stop() for kiosk in kiosks]
    wrong = [] if came else [f"not through after {size.patience_s:.0f} s: {running.checks()} checks came"]
    wrong += [f"{one.name} ended with {code}: {one.errors()}" for one, code in zip(kiosks, codes, strict=True) if code]
    wrong += [*differences(desk, kiosks, absent)]
    return Outcome(time.monotonic() - began, faults, messages, running.checks(), wrong)


class Room:
    """The room from the first slip to the last record, and what is killed meanwhile."""

    def __init__(self, desk: RealDesk, kiosks: Sequence[RobotKiosk], chance: random.Random, size: Size) -> None:
        self._desk, self._kiosks, self._chance, self._size = desk, kiosks, chance, size
        self._give_up_at = time.monotonic() + size.patience_s

    def take(self, slips: Sequence[Slip]) -> bool:
        """Give each slip out, and wait until every check is at the desk; False if that takes too long."""
        left, kills = list(reversed(slips)), self._moments(len(slips))
        while self._desk.checks() < len(slips) or left:
            if time.monotonic() > self._give_up_at:
                return False
            for kiosk in self._kiosks:
                if kiosk.is_free and left:
                    kiosk.give(left.pop())
            while kills and kills[-1][0] <= self._desk.checks():
                self._kill(kills.pop()[1])
            time.sleep(LOOKS_EVERY_S)
        return True

    def _moments(self, checks: int) -> list[tuple[int, str]]:
        """After how many checks something is killed, the last first."""
        what = ["kiosk"] * self._size.kiosk_kills + ["desk"] * self._size.desk_kills
        return sorted(((self._chance.randrange(checks), one) for one in what), reverse=True)

    def _kill(self, what: str) -> None:
        if what == "desk":
            self._desk.kill()
            self._desk.start()
            return
        busy = [kiosk for kiosk in self._kiosks if not kiosk.is_free] or list(self._kiosks)
        kiosk = self._chance.choice(busy)
        kiosk.kill()
        kiosk.start()


def differences(desk: MadeDesk, kiosks: Sequence[RobotKiosk], absent: frozenset[int]) -> Iterator[str]:
    """Every check and reason that is not at the desk once, and every answer that is not what the robot meant."""
    meant: dict[str, list[dict[str, Any]]] = {}
    for kiosk in kiosks:
        yield from kiosk.surprises()
        for digits, sums in kiosk.meant().items():
            meant.setdefault(digits, []).extend(sums)
    with contextlib.closing(connect(desk.home.database)) as db:
        records = [json.loads(row.body) for row in rows(db, Table.INBOX)]
        rivals = [(row.record_id, row.type, str(row.state)) for row in rows(db, Table.CONFLICT)]
    yield from (f"among the conflicts: {one}" for one in rivals)
    checks = [_content(record) for record in records]
    for pin in desk.pins:
        mine = [one for one in checks if one.get("check_code") == pin.check_code and one["outcome"] != "superseded"]
        if len(mine) != (pin.pupil_id not in absent):
            yield f"{len(mine)} checks of pupil {pin.pupil_id} are at the desk"
        for check in mine:
            yield from (f"pupil {pin.pupil_id}: {said}" for said in _not_as_meant(check, meant.get(pin.pin, [])))
    given = sum(one["type"] == "reason" for one in checks)
    if given != len(absent):
        yield f"{given} reasons are at the desk, and {len(absent)} were given"


def _not_as_meant(check: dict[str, Any], sums: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What differs between a record and a diary. A process that was killed may have shown a sum twice."""
    if check["outcome"] != "complete":
        yield f"the check ended as {check['outcome']}"
    answers = [event["data"] for event in check["events"] if event["type"] == "Answered"]
    counted = [one for one in answers if one["by"] in COUNTED]
    voids = [one for one in answers if one["by"] not in COUNTED]
    said = {(one["number"], *one["sum"], one["response"], one["entered"]) for one in sums}
    for one in counted:
        if (*_sum(one), one["response"], one["by"] == "enter") not in said:
            yield f"question {one['number']} is {one['response']!r} by {one['by']}, which is not in the diary"
    seen, recorded = {(one["number"], *one["sum"]) for one in sums}, {_sum(one) for one in answers}
    yield from (f"question {one} was seen, and the record has no word of it" for one in sorted(seen - recorded))
    if len({one["number"] for one in counted} | {one["number"] for one in voids}) != 25:
        yield f"the record has answers to {len(counted)} questions"


def _sum(answer: dict[str, Any]) -> tuple[int, int, int]:
    return answer["number"], answer["factor1"], answer["factor2"]


def _content(record: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = record.get("content", record)
    return content


def _reasons(desk: MadeDesk, count: int) -> frozenset[int]:
    """Give this many pupils a reason for not taking the check; their ids."""
    ids = [pin.pupil_id for pin in desk.pins[:count]]
    if ids:
        with opened(desk.home, configuration_of(desk.home), COMMAND_LINE) as office:
            reasons.give(office, ById(tuple(ids)), "ABSNT")
    return frozenset(ids)


def main() -> int:
    """Print what happened; 1 if anything is wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kiosks", type=int, default=30)
    options.add_argument("--pupils", type=int, default=60)
    options.add_argument("--kiosk-kills", type=int, default=10)
    options.add_argument("--desk-kills", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    wanted = options.parse_args()
    os.environ[NOW_IS] = (NOW + timedelta(minutes=5)).isoformat()
    size = Size(wanted.kiosks, wanted.pupils, 3, wanted.kiosk_kills, wanted.desk_kills)
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder), wanted.seed, size)
    print(f"{outcome.checks} checks in {outcome.seconds:.0f} s, load {os.getloadavg()[0]:.1f}")
    for kind, count in sorted(outcome.faults.counts.items()):
        print(f"{kind!s:<52}{count:8}")
    for verdict, count in sorted(outcome.proxy.traffic.verdicts.items()):
        print(f"{f'receipts that say {verdict}':<52}{count:8}")
    print(f"{'differences':<52}{len(outcome.wrong):8}")
    print(*outcome.wrong[:30], sep="\n", file=sys.stderr)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
