"""The real desk of a made-up home in a process of its own, ``mtc-kiosk console --lan``, and kiosks enrolled at it."""

import contextlib
import json
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mtc_kiosk.office import enrolments
from mtc_kiosk.office.open import configuration_of, opened
from mtc_kiosk.record.signing import ENROL_PURPOSE, DeviceKey
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import desk_certificate
from mtc_kiosk.sync.wire import Enrol, proof_of

HOST = "127.0.0.1"
_PORTS = (20_000, 30_000)
"""None of those that systems give to connections: one of them could be on the desk's port while it is off."""


class RealDesk:
    """A desk from ``start`` to ``stop``, ``with`` does both; a killed one is started again on the same ports.

    ``host`` is where kiosks reach it; ``at`` goes before its command to run it elsewhere: in a network namespace.
    """

    def __init__(self, home: Path, *, host: str = HOST, at: Sequence[str] = ()) -> None:
        self.home, self._host, self._at = home, host, at
        self.ports = free_port(), free_port()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        """The id of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def port(self) -> int:
        """The port for kiosks."""
        return self.ports[1]

    @property
    def address(self) -> str:
        """The address for kiosks."""
        return f"https://{self._host}:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens; RuntimeError if it cannot."""
        command = [*self._at, sys.executable, "-m", "mtc_kiosk", "console", "--lan", "--no-browser", "--json"]
        ports = ["--port", str(self.ports[0]), "--lan-port", str(self.ports[1]), "--home", str(self.home)]
        with (self.home.parent / f"{self.home.name}.errors").open("a") as errors:
            self._process = subprocess.Popen([*command, *ports], stdout=subprocess.PIPE, stderr=errors, text=True)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        data = json.loads(said or "{}").get("data", {})
        if "lan" not in data:
            self.stop()
            raise RuntimeError(f"The desk did not start: {said}{Path(errors.name).read_text()}")

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        self._end(signal.SIGKILL)

    def checks(self) -> int:
        """The checks that came in and may count."""
        with contextlib.closing(sqlite3.connect(f"file:{self.home / 'mtc.db'}?mode=ro", uri=True, timeout=10)) as db:
            (count,) = db.execute("select count(*) from inbox where type = 'check' and state = 'taken'").fetchone()
        return int(count)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.communicate()
            self._process = None


def free_port() -> int:
    """A port that can be had again after a kill, unlike one that the system chose: cheroot shares no such port."""
    while True:
        port = random.SystemRandom().randrange(*_PORTS)
        with contextlib.suppress(OSError), socket.create_server((HOST, port)):
            return port


def enrolled(home: Home, key: DeviceKey, name: str, address: str) -> dict[str, Any]:
    """Enrol a kiosk with this key at the desk, as its own request would; what the kiosk keeps."""
    now = datetime.now(UTC)
    certificate = desk_certificate(home, (HOST,), now)
    with opened(home, configuration_of(home), COMMAND_LINE) as desk:
        secret = enrolments.make_code(desk, 1, certificate.sha256).secret
        proof = key.sign(proof_of(secret, certificate.sha256), ENROL_PURPOSE).hex()
        asked = Enrol(secret=secret, name=name, key=key.public.hex(), proof=proof, program="0.1.0", waiting=0)
        joined = enrolments.join(desk, asked, certificate.sha256)
    kept = Enrolment(
        address=address,
        certificate=certificate.pem,
        desk_key=joined.desk_key,
        sealing_key=joined.sealing_key,
        kiosk=joined.kiosk,
        name=joined.name,
        token=joined.token,
        enrolled_at=written(now),
    )
    return asdict(kept)
