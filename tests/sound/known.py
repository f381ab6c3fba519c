"""What the tests of sound share: the recordings as samples, every scene that may be read out, and the recogniser."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pocketsphinx
import soundfile
from numpy.typing import NDArray

from mtc_kiosk.check.arrangements import Code, Rate
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView, PauseView
from mtc_kiosk.kiosk.audio.recordings import BEEPS
from mtc_kiosk.kiosk.view.scene import Scene, SettingsView
from mtc_kiosk.resources import asset
from tools.gallery.contact_sheet import scenes
from tools.recordings.needed import needed, pages

Samples = NDArray[np.float64]

SOUNDS = asset("sounds")
SECONDS = ("", "1", "2", "5.75", "6", "6.5", "10", "12.000001", "30", "60")
FILES = sorted(path for path in SOUNDS.rglob("*.ogg"))
TEXTS: Mapping[str, str] = needed()


@cache
def samples_of(path: Path) -> tuple[Samples, int]:
    """The decoded samples of a file and its sample rate."""
    samples, sample_rate = soundfile.read(path)
    return np.asarray(samples, dtype=np.float64), int(sample_rate)


def files_below() -> dict[str, Path]:
    """Every sound by its name below the folder."""
    return {path.relative_to(SOUNDS).as_posix(): path for path in FILES}


def every_scene() -> Iterator[Scene]:
    """Each scene of the contact sheet, and the pages with every number that a school's settings allow."""
    yield from scenes().values()
    counted = [(3, questions, "6") for questions in range(1, 67)]
    counted += [(practice, 25, "6") for practice in range(11)]
    counted += [(3, 25, seconds) for seconds in SECONDS] + [(1, 1, "1"), (10, 66, "59.9"), (0, 40, "6.5")]
    for practice, questions, seconds in counted:
        yield from pages(PageView(Page.EXPECT, practice, questions, seconds))
    for minutes in range(91):
        yield Scene(PauseView(8, 25, False, next_button=True, minutes_left=minutes), Kind.OFFICIAL)
    for code, colours, size in product(Code, (False, True), (False, True)):
        yield Scene(SettingsView((code,), colours, size), Kind.OFFICIAL)


# -- the recogniser

SOUND_OF = {
    "zero": ("Z IY R OW", "Z IH R OW"),
    "one": ("W AH N",),
    "two": ("T UW",),
    "three": ("TH R IY",),
    "four": ("F AO", "F AO R"),
    "five": ("F AY V",),
    "six": ("S IH K S",),
    "seven": ("S EH V AH N",),
    "eight": ("EY T",),
    "nine": ("N AY N",),
    "ten": ("T EH N",),
    "eleven": ("IH L EH V AH N", "IY L EH V AH N"),
    "twelve": ("T W EH L V",),
    "times": ("T AY M Z",),
    "delete": ("D IH L IY T", "D IY L IY T"),
}
"""How British English says them; the recogniser's own dictionary is American."""

SILENCE_S = 0.3


class Recogniser:
    """Hears which of a grammar's sentences a recording is. ``grammar`` is the right side of a rule of JSGF."""

    def __init__(self, folder: Path, grammar: str, dictionary: Mapping[str, tuple[str, ...]]) -> None:
        words, rules = folder / "words.dict", folder / "rules.gram"
        words.write_text(_written(dictionary), encoding="utf-8")
        rules.write_text(f"#JSGF V1.0;\ngrammar heard;\npublic <heard> = {grammar};\n", encoding="utf-8")
        settings: dict[str, Any] = {"dict": str(words), "jsgf": str(rules), "lm": None, "loglevel": "FATAL"}
        self._decoder = pocketsphinx.Decoder(hmm=pocketsphinx.get_model_path("en-us/en-us"), **settings)

    def hears(self, path: Path, listen: int = 0) -> str:
        """The sentence recognised, empty if none. Each ``listen`` has other background noise."""
        samples, sample_rate = samples_of(path)
        assert sample_rate == 16_000, "the recogniser's own rate"
        silence = np.zeros(round((SILENCE_S + listen / 20) * sample_rate))
        heard = np.concatenate([silence, samples * 0.6 / np.abs(samples).max(), silence]) * 32767
        heard = heard + np.random.default_rng(listen).normal(0, 8 + 8 * listen, len(heard))
        self._decoder.reinit_feat()
        self._decoder.start_utt()
        self._decoder.process_raw(heard.astype("<i2").tobytes(), no_search=False, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return found.hypstr if found is not None else ""


def _written(dictionary: Mapping[str, tuple[str, ...]]) -> str:
    """A dictionary as the recogniser reads it: a second way to say a word is its ``(2)``."""
    return "".join(
        f"{word}{f'({count})' if count > 1 else ''} {sound}\n"
        for word, sounds in dictionary.items()
        for count, sound in enumerate(sounds, start=1)
    )


def misheard(recogniser: Recogniser, wanted: Iterable[tuple[Path, str]], listens: int = 1) -> list[str]:
    """Which recordings are never heard as their text, listened to so often."""
    wrong = []
    for path, text in wanted:
        heard = []
        while len(heard) < listens and text not in heard:
            heard.append(recogniser.hears(path, len(heard)))
        if text not in heard:
            wrong.append(f"{path.parent.name}/{path.name}: {text!r} is heard as {heard}")
    return wrong


def spoken_files(kind: str, rate: Rate) -> list[tuple[Path, str]]:
    """The recordings whose names begin with ``kind``, with their texts."""
    names = [name for name in TEXTS if name.startswith(kind) and name not in BEEPS]
    return [(SOUNDS / str(rate) / f"{name}.ogg", TEXTS[name].lower()) for name in names]
