"""Plays sound: one channel for speech, one for beeps, on a device that is opened when first needed.

It plays files and does not decide which. The robots' speaker implements the same ``Speaker``. SDL reports a lost device
in its event queue, which only the window reads; the loop passes that on to ``device_gone``.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pygame

from mtc_kiosk.kiosk.system.native_stderr import quiet_libraries
from mtc_kiosk.kiosk.system.sound_devices import sound_connected

FREQUENCY, BITS, CHANNELS = 24_000, -16, 1
"""The format decoded and mixed: speech in one channel, which the system plays on both sides.

The recordings that ship have 16 kHz. At 44.1 kHz in two channels a check's took 20 MB, here a quarter of that.
"""

BUFFER = 512
"""Samples handed to the device at once, 21.3 ms: early enough for what must be heard in time, and the processor is
woken half as often as with 11.6 ms (docs/benchmarks.md)."""

MOST_PASSING = 4
"""How many recordings are kept that were not prepared: a page's sentences are heard once, or again at once."""

_SPEECH, _BEEP = 0, 1
_NO_SOUND = "There is no sound: this PC has no loudspeaker or headphones, or they were unplugged."
_EXACTLY_SO = 0  # the mixer converts, if the device wants another format


class SoundLost(RuntimeError):
    """There is no device to play a sound on; the message is a sentence for a person."""


class Speaker(Protocol):
    """What the kiosk needs of a speaker."""

    def ready(self) -> bool:
        """Whether sound works now; opens the device if it is not open, and again if it was lost."""

    def prepare(self, paths: Iterable[Path]) -> None:
        """Decode and keep these recordings and no others, so that nothing is decoded while a question runs.

        Does nothing without a device.
        """

    def speak(self, path: Path) -> None:
        """Play a recording at once, instead of the one that is playing; SoundLost if that fails."""

    def beep(self, path: Path) -> None:
        """Play a beep beside the speech; SoundLost if that fails."""

    def hush(self) -> None:
        """Stop the speech; a beep goes on."""

    def set_volume(self, percent: int) -> None:
        """Set the volume of everything from now on."""

    def lost(self) -> bool:
        """Whether the device has gone since it was opened."""

    def device_gone(self) -> None:
        """The system reported that the device is gone."""

    def close(self) -> None:
        """Close the device."""


class SdlSpeaker:
    """The real speaker. ``device`` is a device's name, None for the system's own choice."""

    def __init__(self, device: str | None = None) -> None:
        self._device = device
        self._open = self._lost = self._failed = False
        self._volume = 1.0
        self._sounds: dict[Path, pygame.mixer.Sound] = {}
        self._passing: OrderedDict[Path, pygame.mixer.Sound] = OrderedDict()

    def ready(self) -> bool:
        """Whether sound works now. A device that cannot be opened means no sound, never an error."""
        if self._lost:
            self.close()
        if not self._open:
            self._open = _opened(self._device)
            self._failed = not self._open
        return self._open

    def is_missing(self) -> bool:
        """Whether this PC is known to have no sound: the last try found no device, or none is connected. It opens
        nothing, and any thread may ask."""
        return self._failed or self._lost or sound_connected() is False

    @property
    def kept(self) -> frozenset[Path]:
        """The recordings that are decoded."""
        return frozenset((*self._sounds, *self._passing))

    def prepare(self, paths: Iterable[Path]) -> None:
        """Decode and keep these recordings; those of earlier pupils would fill the memory of a PC used by a class."""
        if self.ready():
            before = {**self._passing, **self._sounds}
            self._passing.clear()
            self._sounds.clear()
            for path in paths:
                self._sounds[path] = before.get(path) or self._decoded(path)

    def speak(self, path: Path) -> None:
        """Play a recording at once."""
        self._play(_SPEECH, path)

    def beep(self, path: Path) -> None:
        """Play a beep at once."""
        self._play(_BEEP, path)

    def hush(self) -> None:
        """Stop the speech."""
        if self._open:
            with contextlib.suppress(pygame.error):  # a mixer that is gone plays nothing
                pygame.mixer.Channel(_SPEECH).stop()

    def set_volume(self, percent: int) -> None:
        """Set on each recording: a channel forgets its volume with every new one that it plays."""
        self._volume = max(0, min(100, percent)) / 100
        for sound in (*self._sounds.values(), *self._passing.values()):
            sound.set_volume(self._volume)

    def lost(self) -> bool:
        """Whether the device has gone since it was opened."""
        return self._lost

    def device_gone(self) -> None:
        """Play nothing until ``ready`` finds a device again."""
        self._lost = self._open

    def close(self) -> None:
        """Close the device, and drop what was decoded for it."""
        self._sounds.clear()
        self._passing.clear()
        if self._open:
            pygame.mixer.quit()
        self._open = self._lost = False

    def _play(self, channel: int, path: Path) -> None:
        if self._lost or not self.ready():
            raise SoundLost(_NO_SOUND)
        try:
            pygame.mixer.Channel(channel).play(self._sound(path))
        except pygame.error as problem:  # something else closed the mixer
            self._lost = True
            raise SoundLost(_NO_SOUND) from problem

    def _sound(self, path: Path) -> pygame.mixer.Sound:
        sound = self._sounds.get(path) or self._passing.get(path)
        if sound is None:
            sound = self._passing[path] = self._decoded(path)
            if len(self._passing) > MOST_PASSING:
                self._passing.popitem(last=False)
        return sound

    def _decoded(self, path: Path) -> pygame.mixer.Sound:
        try:
            sound = pygame.mixer.Sound(path)
        except (pygame.error, FileNotFoundError) as problem:
            raise SoundLost(f"The recording {path.name} cannot be played. Install the program again.") from problem
        sound.set_volume(self._volume)
        return sound


def _opened(device: str | None) -> bool:
    try:
        with quiet_libraries():
            pygame.mixer.init(FREQUENCY, BITS, CHANNELS, BUFFER, devicename=device, allowedchanges=_EXACTLY_SO)
    except pygame.error:
        return False
    pygame.mixer.set_num_channels(2)
    return True
