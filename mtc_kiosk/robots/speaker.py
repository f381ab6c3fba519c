"""The robots' speaker: it plays nothing and keeps what would have been heard, with the virtual time of each.

It fulfils ``kiosk.audio.speaker.Speaker``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.kiosk.audio.speaker import SoundLost
from mtc_kiosk.kiosk.system.clock import Clock


@dataclass(frozen=True)
class Played:
    """One thing that was heard: ``kind`` is ``speak``, ``beep`` or ``hush``; ``name`` the recording's, "" for hush."""

    kind: str
    name: str
    at_ns: int


class RobotSpeaker:
    """Set ``works`` to False and there is no device any more."""

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
        """Keep which recordings were made ready."""
        if self.ready():
            self.prepared += paths

    def speak(self, path: Path) -> None:
        """Keep that it was said."""
        self._play("speak", path)

    def beep(self, path: Path) -> None:
        """Keep that it was heard."""
        self._play("beep", path)

    def hush(self) -> None:
        """Keep that speech was stopped."""
        self.played.append(Played("hush", "", self._clock.now_ns()))

    def set_volume(self, percent: int) -> None:
        """Keep how loud it is."""
        self.volume_percent = percent

    def lost(self) -> bool:
        """Whether the device has gone since it was opened."""
        return self._gone or (self._opened and not self.works)

    def device_gone(self) -> None:
        """The system said so."""
        self._gone = self._opened

    def close(self) -> None:
        """Nothing to give back."""
        self._opened = self._gone = False

    def _play(self, kind: str, path: Path) -> None:
        if self.lost() or not self.ready():
            raise SoundLost("A robot's PC has no sound any more.")
        self.played.append(Played(kind, path.stem, self._clock.now_ns()))
