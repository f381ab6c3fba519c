"""What a pupil hears: one recording plays and at most one waits, counted by their lengths; and the two beeps.

It turns names of recordings into sounds and tells what began and ended, with the clock's nanoseconds. What is to be
said when is ``hearing``'s to know; a sound that is lost ends here as ``is_lost``, not as an error.
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
    """It is over by its length, or was cut."""

    at_ns: int
    sound: str
    cut: bool


Heard = Began | Ended


@dataclass(frozen=True)
class _Playing:
    sound: str
    until_ns: int


class SpeechQueue:
    """One pupil's voice at a time. ``told`` is what began and ended since it was last asked."""

    def __init__(self, clock: Clock, speaker: Speaker | None) -> None:
        self._clock, self._speaker = clock, speaker
        self._rate = Rate.NORMAL
        self._playing: _Playing | None = None
        self._waiting: list[str] = []
        self._told: list[Heard] = []
        self._failed = False

    def is_ready(self) -> bool:
        """Whether there is sound now; opens the device where it is not open yet."""
        self._failed = self._speaker is None or not self._speaker.ready()
        return not self._failed

    @property
    def is_lost(self) -> bool:
        """Whether the sound went away since it was ready."""
        return self._failed or (self._speaker is not None and self._speaker.lost())

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said."""
        return self._playing is not None

    def fail(self) -> None:
        """What should be heard cannot be: to the pupil that is sound that is lost."""
        self._failed = True
        self._waiting.clear()

    def set_up(self, rate: Rate, volume_percent: int) -> None:
        """How fast and how loud this pupil hears."""
        self._rate = rate
        if self._speaker is not None:
            self._speaker.set_volume(volume_percent)

    def prepare(self, names: Sequence[str]) -> None:
        """Decode these before a check, so that nothing is decoded in a question."""
        if self._speaker is None:
            return
        try:
            self._speaker.prepare([path_of(self._rate, name) for name in names])
        except (SoundLost, RecordingFault):
            self.fail()

    def say(self, name: str) -> None:
        """Say this behind what is being said, in the place of what waits."""
        self.pass_time()
        self._waiting = [name]
        self.pass_time()

    def say_at_once(self, *names: str) -> None:
        """Say these one after another, whatever was being said."""
        self.hush()
        self._waiting = list(names)
        self.pass_time()

    def beep(self, name: str) -> None:
        """A sound beside what is being said."""
        self._play(name, beside=True)

    def hush(self) -> None:
        """Say nothing any more."""
        self.pass_time()
        self._waiting.clear()
        if self._playing is not None:
            self._told.append(Ended(self._clock.now_ns(), self._playing.sound, cut=True))
            self._playing = None
            if self._speaker is not None:
                self._speaker.hush()

    def pass_time(self) -> None:
        """End what is over by its length, and begin what waits for it."""
        now_ns = self._clock.now_ns()
        if self._playing is not None and now_ns >= self._playing.until_ns:
            self._told.append(Ended(self._playing.until_ns, self._playing.sound, cut=False))
            self._playing = None
        if self._playing is None and self._waiting:
            self._play(self._waiting.pop(0), beside=False)

    def wake_ns(self) -> int | None:
        """When what is being said is over."""
        return self._playing.until_ns if self._playing is not None else None

    def told(self) -> tuple[Heard, ...]:
        """What began and ended since the last call, in order."""
        told, self._told = tuple(self._told), []
        return told

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
        self._told.append(Began(at_ns, name, lasts_us))
        if not beside:
            self._playing = _Playing(name, at_ns + lasts_us * _US)
