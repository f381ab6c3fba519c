"""What comes out of the loudspeaker of a real kiosk: SDL's disk driver keeps the samples that a device would play."""

import itertools
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.heard import delays_ms
from benchmarks.screen import Injector, RunningKiosk, kiosk
from mtc_kiosk.kiosk.audio.speaker import CHANNELS, FREQUENCY
from mtc_kiosk.store.home.home import open_home

TITLE = "mtc_kiosk"
WINDOW_S = 0.02
FRAMES = int(FREQUENCY * WINDOW_S)
LOUD = 0.1
FRAME_BYTES = 2 * CHANNELS


def played(path: Path) -> NDArray[np.float64]:
    """The samples so far, one channel, from -1 to 1."""
    raw = np.frombuffer(path.read_bytes()[: path.stat().st_size // FRAME_BYTES * FRAME_BYTES], dtype="<i2")
    return raw[::CHANNELS].astype(np.float64) / 32768


def held(samples: NDArray[np.float64], pitch: int, least_s: float) -> list[float]:
    """When a tone of this pitch begins that is held for so long, in seconds, whatever is heard beside it."""
    window = np.hanning(FRAMES)
    turning = np.exp(-2j * np.pi * pitch * np.arange(FRAMES) / FREQUENCY) * window
    pieces = samples[: len(samples) // FRAMES * FRAMES].reshape(-1, FRAMES)
    strengths = 2 * np.abs(pieces @ turning) / window.sum()
    begins, at = [], 0
    for is_held, same in itertools.groupby(strengths > LOUD):
        count = len(list(same))
        if is_held and count * WINDOW_S >= least_s:
            begins.append(at * WINDOW_S)
        at += count
    return begins


def go_on(running: RunningKiosk, fingers: Injector, until: str) -> tuple[str, int]:
    """Press Enter on pages until an event of this type; the attempt and the row."""
    attempt, seq = str(running.wait_for("select id from attempt")[0][0]), 0
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        if kind == until:
            return attempt, seq
        if kind == "StepBegan" and data["page"] is not None:
            fingers.turn_page()


def test_a_question_is_heard_and_both_beeps_at_their_time(display: str, fingers: Injector, tmp_path: Path) -> None:
    """In real time: read out before it is shown, a beep at 2.000 s left and another, longer one at the end."""
    home, sound = tmp_path / "home", tmp_path / "played.raw"
    arrangements = open_home(home).config_dir / "access_arrangements.yaml"
    arrangements.write_text("school:\n  arrangements: [ATA, QNR]\n", encoding="utf-8")
    device = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(sound)}
    with kiosk(display, home, "try", more=device) as running:
        fingers.wait_for_window(TITLE)
        attempt, _ = go_on(running, fingers, "Shown")
        running.wait_for("select 1 from event where type = 'PauseEnded' and json_extract(data, '$.number') = 2")
        began = {data["sound"]: at_us for at_us, data in running.events(attempt, "SoundBegan")}
        rows = running.rows("select at_us, type, data from event where attempt_id = ? order by seq", (attempt,))
        ((shown_us, _),) = running.events(attempt, "Shown")
        ((alerted_us, _),) = running.events(attempt, "Alerted")
    assert alerted_us - shown_us == 4_000_000
    assert began["question-1x12"] < shown_us

    samples = played(sound)
    short, *_ = held(samples, 1000, 0.2)
    long = next(at for at in held(samples, 500, 0.6) if at > short)
    assert 1.95 <= long - short <= 2.25, "the disk driver takes samples up to a twentieth faster than a loudspeaker"
    reading_s = short - (began["beep-two-seconds"] - began["question-1x12"]) / 1e6
    heard = samples[int(reading_s * FREQUENCY) : int((reading_s + 1.2) * FREQUENCY)]
    assert np.abs(heard).max() > 0.05, "the question is in what was played"
    delays = delays_ms((at_us, kind, json.loads(data)) for at_us, kind, data in rows)
    assert len(delays) >= 3
    assert max(delays) < 500, "how quick it is, is measured by benchmarks/real_window.py"
