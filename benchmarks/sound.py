"""How long it takes from the call to the first sound that the device is handed, in SDL's real mixer, beside its bar.

``python -m benchmarks.sound [--count 300] [--busy]``. Exit code 1 when the bar is missed. The mixer's own hook reports
when each buffer goes to the device; a sample's place in its buffer is added, as it is played that much later. What the
device itself adds (its driver's buffers and the loudspeaker) is not in the figures. Without a sound card SDL's dummy
device is used, which takes buffers at a real one's pace.
"""

import argparse
import ctypes
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pygame

from benchmarks.conditions import busy_cores, reckon
from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.check.form import Item
from mtc_kiosk.kiosk.audio.recordings import BEEP_TIME_OUT, BEEP_TWO_SECONDS, digit, path_of, question
from mtc_kiosk.kiosk.audio.speaker import CHANNELS, FREQUENCY, SdlSpeaker

COUNT = 300
BAR_MS = 50.0
SILENT = 32  # of 32,768: 60 dB below the loudest
TIMEOUT_S = 2.0
MOST_APART_S = 0.025  # between two sounds, drawn at random, so that they fall anywhere in a buffer

_HOOK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint8), ctypes.c_int)


class NoMixer(RuntimeError):
    """Pygame's own SDL_mixer is not where its wheels put it; the message is a sentence for a person."""


class Ear:
    """Detects the first sound in what the mixer hands to the device."""

    def __init__(self) -> None:
        self.heard_ns: int | None = None
        self._listening = False
        self._hook = _HOOK(self._buffer)  # kept alive: the mixer calls it
        self._mixer = ctypes.CDLL(str(_mixer_library()))
        self._mixer.Mix_SetPostMix(self._hook, None)

    def listen(self) -> None:
        """Wait for the next sound."""
        self.heard_ns, self._listening = None, True

    def close(self) -> None:
        """Stop listening."""
        self._mixer.Mix_SetPostMix(None, None)

    def _buffer(self, _: object, stream: "ctypes._Pointer[ctypes.c_uint8]", length: int) -> None:
        now_ns = time.perf_counter_ns()
        if not self._listening:
            return
        samples = np.frombuffer(ctypes.string_at(stream, length), "<i2").reshape(-1, CHANNELS)
        sounding = np.flatnonzero(np.abs(samples.astype(np.int32)).max(axis=1) > SILENT)
        if len(sounding):
            self._listening = False
            self.heard_ns = now_ns + int(sounding[0]) * 1_000_000_000 // FREQUENCY


@dataclass(frozen=True)
class Figure:
    """One line of the table, in milliseconds."""

    name: str
    values: Sequence[float]

    @property
    def met(self) -> bool:
        """Whether 95 of 100 were in time."""
        return reckon(self.values, "p95") <= BAR_MS

    def __str__(self) -> str:
        numbers = " | ".join(f"{reckon(self.values, measure):.1f}" for measure in ("median", "p95", "max"))
        return f"| {self.name} | {len(self.values)} | {numbers} | {BAR_MS:.0f}{'' if self.met else ' **missed**'} |"


def _mixer_library() -> Path:
    package = Path(pygame.__file__).parent
    places = [*package.parent.glob("pygame_ce.libs/libSDL2_mixer*.so*"), package / "SDL2_mixer.dll"]
    for path in (*places, *package.glob(".dylibs/libSDL2_mixer*.dylib")):
        if path.is_file():
            return path
    raise NoMixer("Pygame's own SDL_mixer was not found, so nothing can be measured.")


def measured(ear: Ear, play: Callable[[Path], None], paths: Sequence[Path], count: int) -> list[float]:
    """From the call of ``play`` to the first sound, in milliseconds."""
    chance, taken = random.Random(1), []
    for number in range(count):
        pygame.mixer.stop()
        time.sleep(0.03 + chance.random() * MOST_APART_S)
        ear.listen()
        called_ns = time.perf_counter_ns()
        play(paths[number % len(paths)])
        until = time.monotonic() + TIMEOUT_S
        while ear.heard_ns is None and time.monotonic() < until:
            time.sleep(0.001)
        taken.append((ear.heard_ns - called_ns) / 1e6 if ear.heard_ns is not None else float("inf"))
    return taken


def main() -> None:
    """Measure speech and beeps, print the table, and end with 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="how many sounds of each kind")
    parser.add_argument("--busy", action="store_true", help="with every core busy")
    parser.add_argument("--dummy", action="store_true", help="on SDL's dummy device, though there is a real one")
    wanted = parser.parse_args()
    if wanted.dummy:
        os.environ["SDL_AUDIODRIVER"] = "dummy"
    speaker = SdlSpeaker()
    if not speaker.ready():
        os.environ["SDL_AUDIODRIVER"] = "dummy"
        if not speaker.ready():
            print("There is no sound here, not even SDL's dummy device.")
            sys.exit(1)
    kinds = {
        "a question": (speaker.speak, [path_of(Rate.NORMAL, question(Item(7, n))) for n in range(2, 13)]),
        "a digit that was typed": (speaker.speak, [path_of(Rate.NORMAL, digit(figure)) for figure in "0123456789"]),
        "a beep": (speaker.beep, [path_of(Rate.NORMAL, beep) for beep in (BEEP_TWO_SECONDS, BEEP_TIME_OUT)]),
    }
    began_ns = time.perf_counter_ns()
    speaker.prepare(path for _, paths in kinds.values() for path in paths)
    each_ms = (time.perf_counter_ns() - began_ns) / 1e6 / sum(len(paths) for _, paths in kinds.values())
    ear = Ear()
    with busy_cores(wanted.busy):
        figures = [Figure(name, measured(ear, play, paths, wanted.count)) for name, (play, paths) in kinds.items()]
        load = os.getloadavg()[0]
    ear.close()
    speaker.close()
    print("| from the call to the first sound handed to the device (ms) | n | median | p95 | max | bar (p95) |")
    print("|---|---|---|---|---|---|")
    for figure in figures:
        print(figure)
    driver = os.environ.get("SDL_AUDIODRIVER", "the system's")
    print(f"device: {driver}; {each_ms:.1f} ms to decode a recording beforehand; load (1 minute): {load:.1f}")
    sys.exit(0 if all(figure.met for figure in figures) else 1)


if __name__ == "__main__":
    main()
