"""A real desk and real kiosks with robots, each in a network namespace, and wires that can be pulled out."""

import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from benchmarks.light_class import MadeDesk, made_desk
from benchmarks.real_desk import RealDesk
from benchmarks.robot_kiosk import RobotKiosk
from mtc_kiosk.kiosk.school.pack_keeper import PACK
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.made_up import NOW
from mtc_kiosk.store.school.sessions import IssuedPin
from tools.network.faults import Faults
from tools.network.namespaces import DESK, Hosts

EARLY, SCHOOL_DAY = "2027-06-07T08:30:00Z", "2027-06-07T09:05:00Z"
PATIENCE_S, LOOKS_EVERY_S = 90.0, 0.05
MOST_OF_A_DISK = "48m"


@contextlib.contextmanager
def clock(at: str) -> Iterator[None]:
    """The time that what is started meanwhile begins at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NOW, at)
        yield


def until(is_so: Callable[[], object], what: str) -> None:
    """Wait for what other processes do."""
    give_up_at = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < give_up_at, f"in vain: {what}"
        time.sleep(LOOKS_EVERY_S)


def rows(database: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What a database of one of the processes says."""
    with contextlib.closing(connect(database)) as db:
        return [tuple(row) for row in db.execute(query, values).fetchall()]


@dataclass
class WiredClass:
    """The class. ``disk`` is the desk's own small disk; None where this account may mount none."""

    folder: Path
    hosts: Hosts
    made: MadeDesk
    desk: RealDesk
    kiosks: dict[str, RobotKiosk]
    disk: Path | None
    pins: list[IssuedPin]

    @property
    def packs(self) -> list[Path]:
        """The file with today's pupils at each kiosk."""
        return [kiosk.home.root / PACK for kiosk in self.kiosks.values()]

    def give(self, *names: str) -> list[IssuedPin]:
        """A slip for a robot at each of these kiosks."""
        given = [self.pins.pop() for _ in names]
        for name, pin in zip(names, given, strict=True):
            self.kiosks[name].give(Slip(self.made.password, pin.pin))
        return given

    def gone(self, *names: str) -> None:
        """Wait until the robots there have gone."""
        until(lambda: all(self.kiosks[name].is_free for name in names), f"the robots at {names}")

    def take(self, *names: str) -> list[IssuedPin]:
        """Let a check be taken at each of these kiosks."""
        given = self.give(*names)
        self.gone(*names)
        return given

    def at_desk(self, pin: IssuedPin, database: Path | None = None) -> int:
        """How many complete checks of a PIN are at the desk, in the inbox or among the conflicts."""
        query = "select body from inbox where type = 'check' union all select body from conflict where type = 'check'"
        found = [json.loads(bytes(body)) for (body,) in rows(database or self.made.home.database, query)]
        contents = [one.get("content", one) for one in found]
        return sum(one["check_code"] == pin.check_code and one["outcome"] == "complete" for one in contents)

    def arrive(self, *pins: IssuedPin) -> None:
        """Wait until the check of each PIN is at the desk, once."""
        until(lambda: all(self.at_desk(pin) for pin in pins), "the checks")
        assert [self.at_desk(pin) for pin in pins] == [1] * len(pins)

    def waiting(self, name: str) -> int:
        """How many checks of a kiosk are without a receipt."""
        query = "select count(*) from outbox where type = 'check' and sha256 not in (select sha256 from receipt)"
        return int(rows(self.kiosks[name].home.database, query)[0][0])

    def command(
        self, host: str, *words: object, said: str = "", home: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command at a host, in its own home."""
        root = home or (self.made.home.root if host == "desk" else self.kiosks[host].home.root)
        command = [sys.executable, "-m", "mtc_kiosk", *map(str, words), "--home", str(root)]
        at = self.hosts.command_at(host, command)
        return subprocess.run(at, input=said, capture_output=True, text=True, check=False, timeout=60)

    def address(self, host: str = "desk") -> str:
        """Where kiosks reach a desk at this host."""
        return f"https://{self.hosts.address_of(host)}:{self.desk.port}"

    def restart_desk(self, at: str) -> None:
        """End the desk, and start it when its clock shows this."""
        self.desk.stop()
        with clock(at):
            self.desk.start()

    def restart_kiosk(self, name: str, at: str) -> None:
        """Take a kiosk's power away, and start it when its clock shows this."""
        self.kiosks[name].kill()
        with clock(at):
            self.kiosks[name].start()


@contextlib.contextmanager
def wired_class(
    folder: Path, pupils: int, names: tuple[str, ...], others: tuple[str, ...] = ()
) -> Iterator[WiredClass]:
    """A desk with a session, and running kiosks of it; ``others`` are hosts without a kiosk yet."""
    with contextlib.ExitStack() as ends, clock(SCHOOL_DAY):
        disk = ends.enter_context(own_disk(folder / "disk"))
        made = made_desk(folder / "disk" / "desk", pupils)
        hosts = ends.enter_context(Hosts(Faults(1, {}), ("desk", *names, *others)))
        desk = RealDesk(made.home.root, host=DESK, at=hosts.command_at("desk", []))
        kiosks = {name: RobotKiosk(folder, name, hosts.command_at(name, [])) for name in names}
        found = WiredClass(folder, hosts, made, desk, kiosks, disk, list(made.pins))
        ends.callback(desk.stop)
        ends.callback(lambda: [one.stop() for one in found.kiosks.values()])  # also those that came later
        for kiosk in kiosks.values():
            with clock(EARLY):
                kiosk.enrol(made.home, found.address())
            kiosk.start()
        desk.start()
        until(lambda: all(pack.exists() for pack in found.packs), "today's pupils")
        yield found


@contextlib.contextmanager
def own_disk(point: Path) -> Iterator[Path | None]:
    """A small disk at this folder, if this account may mount one."""
    point.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MOST_OF_A_DISK}", "tmpfs", str(point)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        yield None
        return
    try:
        yield point
    finally:
        subprocess.run(["umount", str(point)], check=True, timeout=20)


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Nothing more can be written to this disk."""
    filling = disk / "filling"
    with contextlib.suppress(OSError), filling.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        filling.unlink()
