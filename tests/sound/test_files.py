"""The sound files themselves: all there, as long as they say, neither silent nor clipped, and all of them listed."""

import re
from pathlib import Path

import numpy as np
import pytest

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.kiosk.audio.recordings import BEEP_TIME_OUT, BEEP_TWO_SECONDS, length_us, ogg_length_us, path_of
from tests.sound.known import FILES, SOUNDS, TEXTS, Samples, files_below, samples_of
from tools.recordings.make import BEEP_TEXTS, every_recording, manifest_of, persons_files
from tools.recordings.sound_list import sound_list
from tools.recordings.voice import SAMPLE_RATE

PAGE = Path(__file__).parents[2] / "docs" / "sounds.md"
QUIETEST, LOUDEST = 0.06, 0.98  # of a stretch that is heard, and of the highest peak; 1 is full scale
MOST_LEAD_S, MOST_TAIL_S = 0.05, 0.15
MOST_BYTES = 12_000_000
HEARD = 0.01
FAINT_S = 0.2
"""An f or a p at either end is not yet, or no more, as loud as ``HEARD``."""


def loudness(samples: Samples, sample_rate: int) -> float:
    """The mean of the stretches in which something is heard."""
    frame = sample_rate // 50
    power = (samples[: len(samples) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    return float(np.sqrt(power[power > power.max() / 50].mean()))


def test_every_recording_is_there_and_nothing_else() -> None:
    """The files, the manifest and what is needed are the same list, with the same texts."""
    wanted = {each.file: each.text for each in every_recording()}
    assert set(files_below()) == set(wanted)
    assert {name: known["text"] for name, known in manifest_of(SOUNDS)["files"].items()} == wanted


def test_a_file_is_what_was_written_or_listed_as_a_persons() -> None:
    """The manifest holds the hash of every file; one with another hash is named on the page as a person's recording."""
    assert re.findall(r"^- `(.+\.ogg)`$", PAGE.read_text(encoding="utf-8"), re.MULTILINE) == persons_files(SOUNDS)


def test_the_page_lists_every_sound_with_its_length() -> None:
    """``docs/sounds.md`` is what the command would write today."""
    assert PAGE.read_text(encoding="utf-8") == sound_list(SOUNDS, {**BEEP_TEXTS, **TEXTS}, persons_files(SOUNDS))


def test_lengths_are_those_of_the_decoded_samples() -> None:
    """The length read from the file is that of what is heard, to the millisecond."""
    for path in FILES:
        samples, sample_rate = samples_of(path)
        assert abs(ogg_length_us(path) - len(samples) * 1_000_000 / sample_rate) < 1000, path.name


def test_no_recording_is_silent_clipped_or_padded() -> None:
    """All are about as loud as each other, begin at once and end soon after the last sound."""
    for path in FILES:
        samples, sample_rate = samples_of(path)
        peak, heard = np.abs(samples).max(), np.flatnonzero(np.abs(samples) > HEARD)
        assert QUIETEST < loudness(samples, sample_rate) < 0.25, path.name
        assert peak < LOUDEST, path.name
        assert heard[0] / sample_rate < MOST_LEAD_S + FAINT_S, path.name
        assert (len(samples) - heard[-1]) / sample_rate < MOST_TAIL_S + FAINT_S, path.name


def test_no_recording_is_longer_than_its_text_asks_for() -> None:
    """A letter takes between 30 and 160 ms; no question lasts longer than two seconds, or a pause than its three."""
    for rate in Rate:
        for name, text in TEXTS.items():
            seconds = length_us(rate, name) / 1_000_000
            written = re.sub(r"\d+", "forty five", text)
            assert 0.03 < seconds / len(written) < 0.17 or seconds < 1, f"{rate} {name} {seconds}"
            if name.startswith(("question-", "coming-", "delete-", "digit-")):
                assert seconds < (2.5 if name.startswith("coming-") else 2), f"{rate} {name} {seconds}"


def test_the_rates_are_three_real_ones() -> None:
    """Each recording is longer when spoken slowly; and its voice keeps its pitch, which a stretched one would not."""
    for name in TEXTS:
        assert length_us(Rate.SLOW, name) > length_us(Rate.NORMAL, name) > length_us(Rate.QUICK, name), name
    assert len({round(voice_hertz(path_of(rate, "question-7x9")) / 30) for rate in Rate}) == 1


def voice_hertz(path: Path) -> float:
    """The pitch of a voice: the distance after which its middle is most like itself."""
    samples, sample_rate = samples_of(path)
    middle = samples[len(samples) // 8 : len(samples) // 3]
    alike = np.correlate(middle, middle, "full")[len(middle) - 1 :]
    shortest, longest = sample_rate // 350, sample_rate // 90
    return sample_rate / (shortest + int(np.argmax(alike[shortest:longest])))


@pytest.mark.parametrize(("name", "hertz", "seconds"), [(BEEP_TWO_SECONDS, 1000, 0.25), (BEEP_TIME_OUT, 500, 0.75)])
def test_the_beeps_are_two_clear_tones_without_a_click(name: str, hertz: int, seconds: float) -> None:
    """One short and high, one long and low; both begin and end softly."""
    samples, sample_rate = samples_of(path_of(Rate.NORMAL, name))
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * sample_rate / len(samples) == pytest.approx(hertz, abs=5)
    assert length_us(Rate.NORMAL, name) == pytest.approx(seconds * 1e6, abs=1000)
    assert np.abs(samples[:8]).max() < 0.03
    assert np.abs(samples[-16:]).max() < 0.03
    assert 0.1 < np.abs(samples).max() < 0.3


def test_what_was_made_is_mono_and_small() -> None:
    """What ships stays small enough for a slow school's network. A person's recording may be of any kind."""
    persons = set(persons_files(SOUNDS))
    made = [path for name, path in files_below().items() if name not in persons]
    assert {samples_of(path)[0].ndim for path in made} == {1}
    assert {samples_of(path)[1] for path in made} == {SAMPLE_RATE}
    assert sum(path.stat().st_size for path in FILES) < MOST_BYTES
