"""Plays recordings by name: one plays and at most one waits, timed by their lengths; and the two beeps.

It reports what began and ended, in nanoseconds of the clock. ``narrator`` decides what to speak. A lost sound shows as
``is_lost``, not as an error.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.kiosk.audio.recordings import RecordingFault, length_us, path_of
from mtc_kiosk.kiosk.audio.speaker import SoundLost, Speaker
from mtc_kiosk.kiosk.system.clock import Clock

_US = 1_000


@dataclass(frozen=True)
class Began:
    """A sound was handed to the mixer at ``at_ns``."""

    at_ns: int
    sound: str
    lasts_us: int


@dataclass(frozen=True)
class Ended:
    """A sound played to its end, or was cut."""

    at_ns: int
    sound: str
    cut: bool


SoundReport = Began | Ended


@dataclass(frozen=True)
class _Playing:
    sound: str
    until_ns: int


class SpeechQueue:
    """The speech for one pupil. ``reports`` gives what began and ended since it was last called."""

    def __init__(self, clock: Clock, speaker: Speaker | None) -> None:
        self._clock, self._speaker = clock, speaker
        self._rate = Rate.NORMAL
        self._playing: _Playing | None = None
        self._waiting: list[str] = []
        self._reports: list[SoundReport] = []
        self._failed = False

    def is_ready(self) -> bool:
        """Whether sound works now; opens the device if it is not open yet."""
        self._failed = self._speaker is None or not self._speaker.ready()
        return not self._failed

    @property
    def is_lost(self) -> bool:
        """Whether the sound went away since it was ready."""
        return self._failed or (self._speaker is not None and self._speaker.lost())

    @property
    def is_speaking(self) -> bool:
        """Whether a recording is playing."""
        return self._playing is not None

    def fail(self) -> None:
        """Treat a recording that cannot be played like a lost sound."""
        self._failed = True
        self._waiting.clear()

    def set_up(self, rate: Rate, volume_percent: int) -> None:
        """Set this pupil's speaking rate and volume."""
        self._rate = rate
        if self._speaker is not None:
            self._speaker.set_volume(volume_percent)

    def prepare(self, names: Sequence[str]) -> None:
        """Decode these before a check, so that nothing is decoded during a question."""
        if self._speaker is None:
            return
        try:
            self._speaker.prepare([path_of(self._rate, name) for name in names])
        except (SoundLost, RecordingFault):
            self.fail()

    def say(self, name: str) -> None:
        """Speak this after the recording that is playing, instead of the one that waits."""
        self.pass_time()
        self._waiting = [name]
        self.pass_time()

    def say_at_once(self, *names: str) -> None:
        """Speak these one after another, and cut what is playing."""
        self.hush()
        self._waiting = list(names)
        self.pass_time()

    def beep(self, name: str) -> None:
        """Play a beep beside the speech."""
        self._play(name, beside=True)

    def hush(self) -> None:
        """Stop speaking."""
        self.pass_time()
        self._waiting.clear()
        if self._playing is not None:
            self._reports.append(Ended(self._clock.now_ns(), self._playing.sound, cut=True))
            self._playing = None
            if self._speaker is not None:
                self._speaker.hush()

    def pass_time(self) -> None:
        """End the recording that is over, and begin the one that waits."""
        now_ns = self._clock.now_ns()
        if self._playing is not None and now_ns >= self._playing.until_ns:
            self._reports.append(Ended(self._playing.until_ns, self._playing.sound, cut=False))
            self._playing = None
        if self._playing is None and self._waiting:
            self._play(self._waiting.pop(0), beside=False)

    def wake_ns(self) -> int | None:
        """When the recording that is playing ends."""
        return self._playing.until_ns if self._playing is not None else None

    def reports(self) -> tuple[SoundReport, ...]:
        """What began and ended since the last call, in order."""
        reports, self._reports = tuple(self._reports), []
        return reports

    def _play(self, name: str, *, beside: bool) -> None:
        if self._speaker is None:
            return
        try:
            path, lasts_us = path_of(self._rate, name), length_us(self._rate, name)
            (self._speaker.beep if beside else self._speaker.speak)(path)
        except (SoundLost, RecordingFault):
            self.fail()
            return
        at_ns = self._clock.now_ns()
        self._reports.append(Began(at_ns, name, lasts_us))
        if not beside:
            self._playing = _Playing(name, at_ns + lasts_us * _US)
