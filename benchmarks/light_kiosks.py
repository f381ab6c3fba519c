"""Light kiosks in a process of their own: no window and no database, but the real requests of an enrolled kiosk.

``python -m benchmarks.light_kiosks FILE``, a JSON list of ``LightKiosk``. Each beats as often as the desk asks. Lines
on standard input: ``fetch`` gets the pack once there is one, ``claim SECONDS TIMES`` asks for each kiosk's PIN so often
within that time, ``deliver`` sends its record, ``rest SECONDS`` only beats. Each is answered by a line of JSON: the
milliseconds of every answer, and those of all beats since the last line. It ends with its standard input.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from mtc_kiosk.kiosk.school.delivery_pace import DeliveryPace
from mtc_kiosk.kiosk.school.desk_claims import DeskClaims
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.delivery import kept
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import AttemptNow, Beat, Sound

PROGRAM = "0.1.0"
FETCHES_AGAIN_S = 2.0, 10.0


@dataclass(frozen=True)
class LightKiosk:
    """One kiosk: its enrolment, its key (PEM), the pupil in front of it, and the record of their check as a file."""

    enrolment: dict[str, Any]
    key: str
    check_code: str
    session: int
    pupil: int
    attempt: str
    record: str


@dataclass
class Took:
    """Milliseconds of each answer, and the troubles that were met."""

    ms: list[float]
    troubles: int = 0


class _Running:
    """One kiosk that beats in a thread of its own."""

    def __init__(self, kiosk: LightKiosk) -> None:
        self._kiosk = kiosk
        self.client = DeskClient(Enrolment(**kiosk.enrolment), DeviceKey.from_pem(kiosk.key.encode()), PROGRAM)
        self._claims = DeskClaims(lambda: self.client, lambda: True)
        self.beats, self.ended = Took([]), threading.Event()
        self._started = written(datetime.now(UTC))
        self._answered = 0
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    def claim(self, within_s: float, times: int, took: Took) -> None:
        """Ask for the pupil's PIN at random moments."""
        moments = sorted(random.uniform(0, within_s) for _ in range(times))
        began = time.monotonic()
        for moment in moments:
            time.sleep(max(0.0, began + moment - time.monotonic()))
            asked_at = time.perf_counter()
            if self._claims.ask(self._kiosk.check_code) is None:
                took.troubles += 1
            else:
                took.ms.append((time.perf_counter() - asked_at) * 1000)

    def deliver(self, _: float, __: int, took: Took) -> None:
        """Send the record until there is a receipt; the time is that from now to the receipt."""
        path = Path(self._kiosk.record)
        content, began, pace = path.read_bytes(), time.perf_counter(), DeliveryPace(random.Random())
        while True:
            try:
                kept(self.client, path.name, content)
                took.ms.append((time.perf_counter() - began) * 1000)
                return
            except TransportTrouble as problem:
                took.troubles += 1
                time.sleep(pace.after(0, is_left=True, again_s=problem.again_s))

    def fetch(self, _: float, __: int, took: Took) -> None:
        """Get the pack, which sign-in needs; the time is that of the request that brought it."""
        while True:
            began = time.perf_counter()
            try:
                self.client.pack(None)
                took.ms.append((time.perf_counter() - began) * 1000)
                return
            except TransportTrouble:
                took.troubles += 1
                time.sleep(random.uniform(*FETCHES_AGAIN_S))

    def _beat(self) -> None:
        next_ms, started = 1000, True
        self.ended.wait(random.uniform(0, 2))
        while not self.ended.is_set():
            beat = self._now(started=started)
            answer = _timed(partial(self.client.beat, beat), self.beats)
            if answer is not None:
                next_ms, started = answer.next_ms, False
                self._answered = min(25, self._answered + 1)
            self.ended.wait(next_ms / 1000)
        self.client.close()

    def _now(self, *, started: bool) -> Beat:
        one = self._kiosk
        attempt = AttemptNow(
            id=one.attempt,
            check_code=one.check_code,
            session=one.session,
            pupil=one.pupil,
            kind="official",
            started_at=self._started,
            begun_at=self._started,
            practised=True,
            run=1,
            hold_seq=0,
            is_set_aside=False,
            number=min(25, self._answered + 1),
            practice=False,
            answered=self._answered,
            questions=25,
            practice_questions=3,
            held=None,
            finished_at=None,
            outcome=None,
        )
        return Beat(
            at=written(datetime.now(UTC)),
            started=started,
            program=PROGRAM,
            waiting=0,
            waiting_since=None,
            sound=Sound.TRIED,
            pack=None,
            spent=None,
            attempts=(attempt,),
            answers=(),
        )


def _timed(ask: Callable[[], Any], took: Took) -> Any:
    """What was answered, and how long it took; None for a trouble."""
    began = time.perf_counter()
    try:
        answer = ask()
    except TransportTrouble:
        took.troubles += 1
        return None
    took.ms.append((time.perf_counter() - began) * 1000)
    return answer


class LightClass:
    """Processes of light kiosks, told what to do together."""

    def __init__(self, processes: Sequence["subprocess.Popen[str]"]) -> None:
        self._processes = processes

    def do(self, command: str) -> tuple[Took, Took]:
        """Let all do something; what it took, and what the beats took meanwhile."""
        for process in self._processes:
            assert process.stdin is not None
            process.stdin.write(f"{command}\n")
            process.stdin.flush()
        said = []
        for process in self._processes:
            assert process.stdout is not None
            said.append(json.loads(process.stdout.readline()))
        return _together(one["took"] for one in said), _together(one["beats"] for one in said)


@contextmanager
def light_class(kiosks: Sequence[LightKiosk], folder: Path, processes: int) -> Iterator[LightClass]:
    """The kiosks, spread over so many processes."""
    started: list[subprocess.Popen[str]] = []
    try:
        for number in range(processes):
            file = folder / f"kiosks-{number}.json"
            file.write_text(json.dumps([asdict(one) for one in kiosks[number::processes]]), encoding="utf-8")
            command = [sys.executable, "-m", "benchmarks.light_kiosks", str(file)]
            started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        yield LightClass(started)
    finally:
        for process in started:
            process.communicate()


def _together(parts: Any) -> Took:
    took = Took([])
    for part in parts:
        took.ms += part["ms"]
        took.troubles += part["troubles"]
    return took


_WORK = {"claim": _Running.claim, "deliver": _Running.deliver, "fetch": _Running.fetch}


def _main(file: Path) -> None:
    running = [_Running(LightKiosk(**values)) for values in json.loads(file.read_text(encoding="utf-8"))]
    for line in sys.stdin:
        what, within_s, times = (*line.split(), "0", "0")[:3]
        took = Took([])
        work = _WORK.get(what)
        if work is None:
            time.sleep(float(within_s))
        else:
            threads = [threading.Thread(target=work, args=(one, float(within_s), int(times), took)) for one in running]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        beats = [one.beats for one in running]
        for one in running:
            one.beats = Took([])
        both = {"took": asdict(took), "beats": asdict(_together(asdict(beat) for beat in beats))}
        print(json.dumps(both), flush=True)
    for one in running:
        one.ended.set()


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
