"""The audio version on Windows: SDL's disk driver keeps the samples that a loudspeaker would play."""

import array
from pathlib import Path

from benchmarks.screen import kiosk
from mtc_kiosk.kiosk.audio.speaker import CHANNELS, FREQUENCY
from mtc_kiosk.store.home.home import open_home
from tests.windows import hands
from tests.windows.tries import next_sum


def loudest(samples: Path, seconds: int) -> float:
    """The loudest moment of the first so many seconds, from 0 to 1."""
    played = array.array("h", samples.read_bytes()[: seconds * FREQUENCY * CHANNELS * 2])
    return max(map(abs, played)) / 32768


def test_a_question_is_heard_before_it_is_shown_and_both_beeps_come(tmp_path: Path) -> None:
    """The mixer opens, the recordings are read, and the six seconds begin behind the voice."""
    home, sound = tmp_path / "home", tmp_path / "played.raw"
    arrangements = open_home(home).config_dir / "access_arrangements.yaml"
    arrangements.write_text("school:\n  arrangements: [ATA, QNR]\n", encoding="utf-8")
    device = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(sound)}
    with kiosk("", home, "try", more=device) as running:
        hands.wait_for_window()
        next_sum(running)
        ((attempt,),) = running.rows("select id from attempt")
        running.wait_for("select 1 from event where type = 'PauseEnded' and json_extract(data, '$.number') = 2")
        began = {data["sound"]: at_us for at_us, data in running.events(attempt, "SoundBegan")}
        ((shown_us, _),) = running.events(attempt, "Shown")
        ((alerted_us, _),) = running.events(attempt, "Alerted")
    assert loudest(sound, 2) > 0.05, "the voice is in what was played, long before the beeps"
    assert alerted_us - shown_us == 4_000_000
    assert began["question-1x12"] < shown_us <= began["beep-two-seconds"]
