"""The robots' speaker: it plays nothing and notes what would have been heard, each with its virtual time.

It implements ``kiosk.audio.speaker.Speaker``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.kiosk.audio.speaker import SoundLost
from mtc_kiosk.kiosk.system.clock import Clock


@dataclass(frozen=True)
class Played:
    """One sound: ``kind`` is ``speak``, ``beep`` or ``hush``; ``name`` is the recording's, "" for hush."""

    kind: str
    name: str
    at_ns: int


class RobotSpeaker:
    """Set ``works`` to False to remove the device."""

    def __init__(self, clock: Clock) -> None:
        self.works = True
        self.played: list[Played] = []
        self.prepared: list[Path] = []
        self.volume_percent = 100
        self._clock = clock
        self._opened = self._gone = False

    def ready(self) -> bool:
        """Whether the robot's PC has sound now."""
        if self.works:
            self._opened, self._gone = True, False
        return self.works

    def prepare(self, paths: Iterable[Path]) -> None:
        """Note which recordings were prepared."""
        if self.ready():
            self.prepared += paths

    def speak(self, path: Path) -> None:
        """Note that a recording was spoken."""
        self._play("speak", path)

    def beep(self, path: Path) -> None:
        """Note that a sound was played."""
        self._play("beep", path)

    def hush(self) -> None:
        """Note that speech was stopped."""
        self.played.append(Played("hush", "", self._clock.now_ns()))

    def set_volume(self, percent: int) -> None:
        """Note the volume."""
        self.volume_percent = percent

    def lost(self) -> bool:
        """Whether the device has gone since it was opened."""
        return self._gone or (self._opened and not self.works)

    def device_gone(self) -> None:
        """The system reported that the device is gone."""
        self._gone = self._opened

    def close(self) -> None:
        """Close the device."""
        self._opened = self._gone = False

    def _play(self, kind: str, path: Path) -> None:
        if self.lost() or not self.ready():
            raise SoundLost("A robot's PC no longer has sound.")
        self.played.append(Played(kind, path.stem, self._clock.now_ns()))
