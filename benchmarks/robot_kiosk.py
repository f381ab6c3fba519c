"""An enrolled kiosk of made-up pupils in a process of its own, robots in front of it, and what their diary says."""

import json
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.real_desk import enrolled
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home

COMMAND = (sys.executable, "-m", "mtc_kiosk")
PATIENCE_S = 30


class RobotKiosk:
    """A kiosk from ``start`` to ``stop``; after ``kill`` it is started again, and finishes what it began.

    ``at`` turns a command into one that runs elsewhere, such as in a network namespace.
    """

    def __init__(self, folder: Path, name: str, at: Sequence[str] = ()) -> None:
        self.name, self._at = name, at
        self.home: Home = open_made_up_home(folder / name)
        self.diary, self._errors = folder / f"{name}.diary", folder / f"{name}.errors"
        self._process: subprocess.Popen[str] | None = None
        self._read = 0
        self.notes: list[dict[str, Any]] = []
        self.given: Slip | None = None
        self.kills = 0

    def enrol(self, desk: Home, address: str) -> None:
        """Make it a kiosk of the desk."""
        open_database(self.home).close()
        keep_enrolment(self.home, Enrolment(**enrolled(desk, device_key(self.home), self.name, address)))

    def start(self) -> None:
        """Start it, or start it again."""
        command = [*self._at, *COMMAND, "run", "--robot", "mixed", "--diary", str(self.diary), "--home"]
        with self._errors.open("a") as errors:
            self._process = subprocess.Popen(
                [*command, str(self.home.root)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                text=True,
                env={**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"},
            )
        if self.given is not None:
            self._write(self.given)

    def give(self, slip: Slip) -> None:
        """Let a robot with this slip sit down."""
        self.given = slip
        self._write(slip)

    def kill(self) -> None:
        """Kill it, as a power cut would."""
        assert self._process is not None
        self.kills += 1
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()
        self._process = None

    def stop(self) -> int:
        """Give it no more slips, and wait until it has ended; its exit code."""
        if self._process is None:
            return 0
        try:
            self._process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        return self._process.returncode

    @property
    def is_free(self) -> bool:
        """Whether the robot with the last slip has gone; reads what the diary has more by now."""
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError(f"{self.name} ended: {self.errors()}")
        self._read_on()
        return self.given is None

    def errors(self) -> str:
        """What it wrote on standard error."""
        return self._errors.read_text() if self._errors.exists() else ""

    def meant(self) -> dict[str, list[dict[str, Any]]]:
        """The sums that the robots saw, by the PIN of whose check it was."""
        self._read_on()
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        pin = ""
        for note in self.notes:
            pin = (note["pin"] or pin) if note["what"] == "sits" else pin
            if note["what"] == "sum":
                found[pin].append(note)
        return found

    def surprises(self) -> list[str]:
        """What the robots saw that should not have been there."""
        return [f"{self.name}: {said}" for note in self.notes for said in note.get("surprises", ())]

    def _write(self, slip: Slip) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{slip.password} {slip.pin}\n")
        self._process.stdin.flush()

    def _read_on(self) -> None:
        text = self.diary.read_bytes() if self.diary.exists() else b""
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole[self._read :].splitlines():
            note = json.loads(line)
            self.notes.append(note)
            if note["what"] == "gone" and self.given is not None and note["pin"] == self.given.pin:
                self.given = None
        self._read = len(whole)
