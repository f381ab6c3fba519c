"""Writes the page that lists every sound with its text and its lengths: ``docs/sounds.md``.

The lengths are read from the files.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.kiosk.audio.recordings import BEEPS, BEEPS_FOLDER, SUFFIX, ogg_length_us

_ABOUT = """# Sounds

Every sound of the kiosk: the two beeps of the time alert, and what the audio version says, at three rates. The list is
written by the command that makes the recordings; a test compares it with the files.

The voice is SVOX Pico, British English, at 75 % (slow), 95 % (normal) and 120 % (quick) of its own speed; nothing is
stretched. A sentence with the national numbers is recorded whole. With other numbers it is put together: "There are",
"40", "questions, with", "6", "point", "five", "seconds for each". A comma at the end of a text means that a number
follows, so the voice stays up.

## To replace one by a person's recording

1. Say the text of the list, in a quiet room, and save it as Ogg Vorbis, mono or stereo, at any sample rate. Leave no
   more than 20 ms of silence before the first sound. Speak about as fast as the recording that is replaced.
2. Put the file in the place of the one it replaces: `assets/sounds/normal/question-7x8.ogg`. Do the same at the other
   rates, or one voice changes into another when a pupil's rate changes.
3. That is all. The program reads the length from the file. In the audio version the sum is shown when the recording is
   over, so a longer recording gives no less time to answer.

To make all the others again, and this list:

```sh
pip install '.[voice]'
python -m tools.recordings.make assets/sounds
```

It never touches a person's recording: `made.json` keeps a hash of each file that it wrote itself, and a file with
another hash stays and is named at the end. It writes nothing that is up to date.
"""


def sound_list(folder: Path, texts: Mapping[str, str], persons: Sequence[str]) -> str:
    """The whole page. ``texts`` are the spoken texts by name; ``persons`` are the files recorded by people."""
    return "\n".join((_ABOUT, *_persons(persons), *_beeps(folder, texts), *_recordings(folder, texts))) + "\n"


def _persons(persons: Sequence[str]) -> Iterator[str]:
    if persons:
        yield from ("## Recorded by a person", "", *(f"- `{name}`" for name in persons), "")


def _beeps(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    yield from ("## The beeps", "", "| file | sound | seconds |", "|---|---|---|")
    for name in BEEPS:
        file = f"{BEEPS_FOLDER}/{name}{SUFFIX}"
        yield f"| `{file}` | {texts[name]} | {_seconds(folder / file)} |"
    yield ""


def _recordings(folder: Path, texts: Mapping[str, str]) -> Iterator[str]:
    yield from ("## The recordings", "", f"Each is a file `RATE/NAME{SUFFIX}`; the lengths are in seconds.", "")
    yield from (f"| name | text | {' | '.join(Rate)} |", "|---|---|---|---|---|")
    for name, text in texts.items():
        if name not in BEEPS:
            lengths = (_seconds(folder / str(rate) / f"{name}{SUFFIX}") for rate in Rate)
            yield f"| `{name}` | {text} | {' | '.join(lengths)} |"


def _seconds(path: Path) -> str:
    return f"{ogg_length_us(path) / 1_000_000:.2f}"
