"""The real speaker on SDL's own devices: what comes out of it, when it is hushed, and when there is none."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.check.form import Item
from mtc_kiosk.kiosk.audio.recordings import BEEP_TIME_OUT, coming, delete, digit, path_of, question
from mtc_kiosk.kiosk.audio.speaker import CHANNELS, FREQUENCY, MOST_PASSING, SdlSpeaker, SoundLost, Speaker
from mtc_kiosk.kiosk.input.events import SoundDeviceGone
from mtc_kiosk.kiosk.input.keys import translate
from mtc_kiosk.robots.clock import MS, VirtualClock
from mtc_kiosk.robots.speaker import Played, RobotSpeaker

QUESTION, DIGIT = (path_of(Rate.NORMAL, name) for name in ("question-7x8", "digit-5"))
BEEP = path_of(Rate.NORMAL, BEEP_TIME_OUT)
SAMPLE_BYTES = 2 * CHANNELS  # 16 bits each

PLAY = """
import sys
from pathlib import Path
import pygame
from mtc_kiosk.kiosk.audio.speaker import SdlSpeaker

question, digit, beep, raw, what = *map(Path, sys.argv[1:5]), sys.argv[5]
speaker = SdlSpeaker()
speaker.prepare([question, digit, beep])
for path in (question, digit, beep):
    (raw / path.stem).write_bytes(pygame.mixer.Sound(path).get_raw())

def until_silent():
    while pygame.mixer.get_busy():
        pygame.time.wait(1)

match what:
    case "speech":
        speaker.speak(question)
    case "both":
        speaker.speak(question)
        speaker.beep(beep)
    case "hush":
        speaker.speak(question)
        speaker.beep(beep)
        while not pygame.mixer.Channel(1).get_busy():
            pygame.time.wait(1)
        speaker.hush()
    case "another":
        speaker.speak(question)
        speaker.speak(digit)
    case "quiet":
        speaker.set_volume(25)
        speaker.speak(question)
until_silent()
pygame.time.wait(20)
speaker.close()
"""


@pytest.fixture
def speaker() -> Iterator[SdlSpeaker]:
    """A real one, on SDL's device that nobody hears."""
    made = SdlSpeaker()
    yield made
    made.close()


class Heard:
    """What a process that spoke left behind: its output, and the recordings as the mixer decoded them."""

    def __init__(self, folder: Path, what: str) -> None:
        out = folder / "out.raw"
        environment = {
            **os.environ,
            "SDL_AUDIODRIVER": "disk",
            "SDL_DISKAUDIOFILE": str(out),
            "SDL_DISKAUDIODELAY": "2",  # milliseconds a buffer: six times as fast as a real device
            "PYGAME_HIDE_SUPPORT_PROMPT": "1",
        }
        arguments = [sys.executable, "-c", PLAY, str(QUESTION), str(DIGIT), str(BEEP), str(folder), what]
        subprocess.run(arguments, env=environment, check=True, timeout=60)
        self.out = self._samples(out)
        self.question, self.digit, self.beep = (self._samples(folder / path.stem) for path in (QUESTION, DIGIT, BEEP))

    def _samples(self, path: Path) -> NDArray[np.int32]:
        content = path.read_bytes()
        content = content[: len(content) // SAMPLE_BYTES * SAMPLE_BYTES]
        return np.frombuffer(content, "<i2").reshape(-1, CHANNELS)[:, 0].astype(np.int32)

    def place_of(self, clip: NDArray[np.int32]) -> int:
        """Where the output is most like a recording."""
        size = 1 << (len(self.out) + len(clip)).bit_length()
        alike = np.fft.irfft(np.fft.rfft(self.out, size) * np.conj(np.fft.rfft(clip, size)), size)
        return int(np.argmax(alike[: len(self.out)]))

    def without(self, clip: NDArray[np.int32]) -> NDArray[np.int32]:
        """The output less a recording where it is."""
        at = self.place_of(clip)
        left = self.out.copy()
        left[at : at + len(clip)] -= clip[: len(left) - at]
        return left


def test_what_is_said_comes_out_sample_by_sample(tmp_path: Path) -> None:
    """The whole recording and nothing else."""
    heard = Heard(tmp_path, "speech")
    assert np.abs(heard.out).max() > 5000
    assert np.abs(heard.without(heard.question)).max() == 0


def test_a_beep_and_speech_are_heard_at_once(tmp_path: Path) -> None:
    """Neither takes the other's place: the output is the sum of both."""
    heard = Heard(tmp_path, "both")
    assert abs(heard.place_of(heard.question) - heard.place_of(heard.beep)) < FREQUENCY // 10
    heard.out = heard.without(heard.question)
    assert np.abs(heard.without(heard.beep)).max() <= 2


def test_hush_stops_speech_and_no_beep(tmp_path: Path) -> None:
    """Speech ends at once; the beep is heard to its end."""
    heard = Heard(tmp_path, "hush")
    left = np.flatnonzero(np.abs(heard.without(heard.beep)) > 2)
    assert len(left) == 0 or left[-1] - left[0] < len(heard.question) * 3 // 4


def test_what_is_said_next_takes_the_place_of_what_is_being_said(tmp_path: Path) -> None:
    """The newer recording is heard whole, the older one is not."""
    heard = Heard(tmp_path, "another")
    assert np.count_nonzero(heard.out) < len(heard.question) * 3 // 4
    at = heard.place_of(heard.digit)
    assert np.array_equal(heard.out[at : at + len(heard.digit)], heard.digit)


def test_the_volume_is_that_of_everything(tmp_path: Path) -> None:
    """A quarter of the loudness, from the first sample on."""
    heard = Heard(tmp_path, "quiet")
    assert np.abs(heard.out).max() == pytest.approx(np.abs(heard.question).max() / 4, rel=0.02)


def test_no_device_is_no_sound_and_no_error(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """A PC without a sound card says so when asked; only playing is an error, and the libraries keep quiet."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonsense")
    speaker: Speaker = SdlSpeaker()
    assert not speaker.ready()
    assert not speaker.lost()
    speaker.prepare([QUESTION])
    speaker.hush()
    speaker.set_volume(50)
    for play in (speaker.speak, speaker.beep):
        with pytest.raises(SoundLost):
            play(QUESTION)
    speaker.close()
    assert capfd.readouterr().err == ""


def test_a_pc_is_known_to_have_no_sound_once_a_try_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is opened to find out; and a device that is there again is found by the next try."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "nonsense")
    speaker = SdlSpeaker()
    assert not speaker.is_missing()
    assert (speaker.ready(), speaker.is_missing()) == (False, True)
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    assert (speaker.ready(), speaker.is_missing()) == (True, False)
    speaker.device_gone()
    assert speaker.is_missing()
    speaker.close()


def test_a_device_of_another_name_is_no_device() -> None:
    """The settings name a device; where that is not there, nothing else is used in its place."""
    speaker = SdlSpeaker("No such loudspeaker")
    assert not speaker.ready()


def test_a_lost_device_plays_nothing_until_it_is_asked_for_again(speaker: SdlSpeaker) -> None:
    """What plays after that comes from a device opened anew."""
    speaker.speak(QUESTION)
    assert not speaker.lost()
    speaker.device_gone()
    assert speaker.lost()
    with pytest.raises(SoundLost):
        speaker.beep(BEEP)
    assert speaker.ready()
    assert not speaker.lost()
    speaker.speak(QUESTION)


def test_a_mixer_that_is_gone_is_sound_that_is_lost(speaker: SdlSpeaker) -> None:
    """Whatever closed it, a beep and a word are lost sound, and hushing it is nothing."""
    speaker.speak(QUESTION)
    pygame.mixer.quit()
    speaker.hush()
    with pytest.raises(SoundLost):
        speaker.beep(BEEP)
    assert speaker.lost()
    assert speaker.ready()
    speaker.speak(QUESTION)


def test_a_device_that_was_never_opened_is_not_lost(speaker: SdlSpeaker) -> None:
    """Without the time alert and the audio version a headset may come and go."""
    speaker.device_gone()
    assert not speaker.lost()


def test_what_the_pupil_before_needed_is_not_kept(speaker: SdlSpeaker) -> None:
    """A PC serves pupil after pupil, and everything that can be said takes more memory than a kiosk may have."""
    speaker.prepare([QUESTION])
    speaker.speak(DIGIT)
    speaker.prepare([QUESTION, BEEP])
    assert speaker.kept == {QUESTION, BEEP}
    assert pygame.mixer.Channel(0).get_busy()


def test_what_was_not_made_ready_is_kept_for_a_while_only(speaker: SdlSpeaker) -> None:
    """The sentences of page after page do not add up; what was made ready stays."""
    speaker.prepare([QUESTION])
    said = [path_of(Rate.NORMAL, digit(figure)) for figure in "0123456789"]
    for path in said:
        speaker.speak(path)
    assert speaker.kept == {QUESTION, *said[-MOST_PASSING:]}
    speaker.prepare([said[-1]])
    assert speaker.kept == {said[-1]}


def test_a_check_with_sound_takes_little_memory(speaker: SdlSpeaker) -> None:
    """All that a check with the audio version makes ready, at the slow rate: eight megabytes are more than enough."""
    names = [question(Item(first, second)) for first in range(2, 9) for second in range(6, 12)]
    names += [name(figure) for figure in "0123456789" for name in (digit, delete)]
    names += [coming(number, practice=False) for number in range(1, 26)]
    paths = [path_of(Rate.SLOW, name) for name in names]
    speaker.prepare(paths)
    assert sum(len(pygame.mixer.Sound(path).get_raw()) for path in paths) < 8_000_000


def test_a_broken_recording_is_told_before_the_check(speaker: SdlSpeaker, tmp_path: Path) -> None:
    """Preparing finds a person's file that nothing can play, and a file that is not there."""
    broken = tmp_path / "question-7x8.ogg"
    with pytest.raises(SoundLost, match="question-7x8"):
        speaker.prepare([broken])
    broken.write_bytes(b"no sound")
    with pytest.raises(SoundLost, match="question-7x8"):
        speaker.prepare([broken])


@pytest.mark.parametrize(
    ("which", "iscapture", "gone"), [(2, 0, True), (0, 0, False), (2, 1, False)], ids=["ours", "unopened", "microphone"]
)
def test_only_the_device_that_plays_is_missed(which: int, iscapture: int, gone: bool) -> None:
    """SDL tells of devices that nobody opened with the number 0, and of microphones."""
    event = pygame.event.Event(pygame.AUDIODEVICEREMOVED, which=which, iscapture=iscapture)
    assert translate(event, 7, None, (1366, 768)) == (SoundDeviceGone(7) if gone else None)


def test_the_robots_speaker_keeps_what_was_played_and_when() -> None:
    """On the virtual clock."""
    clock = VirtualClock()
    robot = RobotSpeaker(clock)
    speaker: Speaker = robot
    began = clock.now_ns()
    speaker.speak(QUESTION)
    clock.pass_by(20 * MS)
    speaker.beep(BEEP)
    speaker.hush()
    assert robot.played == [
        Played("speak", "question-7x8", began),
        Played("beep", "beep-time-out", began + 20 * MS),
        Played("hush", "", began + 20 * MS),
    ]


def test_the_robots_speaker_can_break() -> None:
    """Unplugged it is lost and raises; plugged in again it is ready."""
    robot = RobotSpeaker(VirtualClock())
    assert robot.ready()
    robot.works = False
    assert robot.lost()
    assert not robot.ready()
    with pytest.raises(SoundLost):
        robot.speak(QUESTION)
    robot.works = True
    assert robot.ready()
    assert not robot.lost()
