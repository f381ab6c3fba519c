"""The voice (SVOX Pico, British English) and the two beeps: text in, the bytes of an Ogg Vorbis file out.

The three rates are the engine's own; nothing is stretched. Only making recordings needs the libraries, never a school's
PC: ``pip install 'mtc-kiosk[voice]'``. The same text gives the same samples every time.
"""

import io
import math
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.kiosk.audio.recordings import BEEP_TIME_OUT, BEEP_TWO_SECONDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]

ENGINE, VOICE = "ttspico 0.3.2 (SVOX Pico)", "en-GB"
RATES = {Rate.SLOW: 75, Rate.NORMAL: 95, Rate.QUICK: 120}
"""Percent of the engine's own speed."""

SPELT = {"finish": "finnish"}
"""Words that the engine mispronounces as they are written ("finisher"), and the spelling to give it."""

SAMPLE_RATE = 16_000
LEAD_S, TAIL_S = 0.015, 0.060
LOUDNESS, LOUDEST = 0.12, 0.85  # the mean of what is spoken, and the highest peak; 1 is full scale

BEEPS = {BEEP_TWO_SECONDS: (1000.0, 0.25), BEEP_TIME_OUT: (500.0, 0.75)}
"""Hertz and seconds. Source: docs/reference/pupil-client.md; the second one is lower here, to sound different."""

BEEP_LOUDNESS = 0.2
BEEP_RISE_S, BEEP_FALL_S = 0.008, 0.060
OVERTONE = 0.3  # an octave above, for loudspeakers too small for a low tone

_ENGINE_VOLUME = 50  # at its own volume the engine clips
_SURE, _FAINT = 0.01, 0.0035  # of the loudest sample: certainly speech; possibly an f or s beside it
_MOST_FAINT_S = 0.200
_STEP_S = 0.010
_PAUSE = 0.02  # of the loudest stretch's power: below this is not speech
_FRAME_S = 0.020
_COMPRESSION = 0.7  # soundfile's, 0 to 1; smaller files than these lose the f of "five" (test_recognised)
_MADE_WITH = (
    _ENGINE_VOLUME,
    _SURE,
    _FAINT,
    _MOST_FAINT_S,
    _STEP_S,
    LEAD_S,
    TAIL_S,
    LOUDNESS,
    LOUDEST,
    BEEP_LOUDNESS,
    BEEP_RISE_S,
    BEEP_FALL_S,
    OVERTONE,
)


def recipe() -> dict[str, Any]:
    """Everything else that a file depends on besides text and rate; every recording is made again if it changes."""
    return {
        "engine": ENGINE,
        "voice": VOICE,
        "rates": {str(rate): percent for rate, percent in RATES.items()},
        "beeps": {name: list(beep) for name, beep in BEEPS.items()},
        "sample_rate": SAMPLE_RATE,
        "compression": _COMPRESSION,
        "spelt": SPELT,
        "shape": list(_MADE_WITH),
    }


def spoken_file(text: str, rate: Rate) -> bytes:
    """A text in the named voice."""
    return encoded(normalised(trimmed(_speech(text, rate))), f"{rate} {text}")


def beep_file(name: str) -> bytes:
    """One of the two beeps."""
    import numpy as np

    hertz, seconds = BEEPS[name]
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * math.pi * hertz * at)
    if name == BEEP_TIME_OUT:
        tone = (tone + OVERTONE * np.sin(4 * math.pi * hertz * at)) / (1 + OVERTONE)
    return encoded(_softened(BEEP_LOUDNESS * tone, BEEP_RISE_S, BEEP_FALL_S), name)


def _speech(text: str, rate: Rate) -> "Samples":
    """The engine's samples for a text. A new engine each time: one that has spoken before speaks differently."""
    import numpy as np
    import ttspico

    engine = ttspico.TtsEngine(VOICE)
    engine.rate, engine.volume = RATES[rate], _ENGINE_VOLUME
    written = re.sub(r"\w+", lambda word: SPELT.get(word[0].lower(), word[0]), text)
    ended = written if written[-1] in ".,?!" else f"{written}."
    return np.frombuffer(engine.speak(ended), "<i2").astype(np.float64) / 32768


def trimmed(samples: "Samples") -> "Samples":
    """The samples without the engine's silence, except for a short lead and tail."""
    begins = max(0, _first_of_speech(samples) - round(LEAD_S * SAMPLE_RATE))
    ends = len(samples) - _first_of_speech(samples[::-1]) + round(TAIL_S * SAMPLE_RATE)
    return _softened(samples[begins:ends], LEAD_S / 2, TAIL_S / 2)


def _first_of_speech(samples: "Samples") -> int:
    """Where speech begins. The f of "five" is no louder than the engine's noise, but it goes on into the vowel."""
    import numpy as np

    loud, step = np.abs(samples), round(_STEP_S * SAMPLE_RATE)
    first = int(np.flatnonzero(loud > _SURE * loud.max())[0])
    earliest = max(0, first - round(_MOST_FAINT_S * SAMPLE_RATE))
    while first - step >= earliest and loud[first - step : first].max() > _FAINT * loud.max():
        first -= step
    return first


def normalised(samples: "Samples") -> "Samples":
    """The samples at the loudness of every other recording while speaking, never clipped."""
    import numpy as np

    frame = round(_FRAME_S * SAMPLE_RATE)
    power = (samples[: len(samples) // frame * frame].reshape(-1, frame) ** 2).mean(axis=1)
    spoken = math.sqrt(float(power[power > _PAUSE * power.max()].mean()))
    return samples * min(LOUDNESS / spoken, LOUDEST / float(np.abs(samples).max()))


def _softened(samples: "Samples", rise_s: float, fall_s: float) -> "Samples":
    """The samples with a rise and a fall, so that neither end clicks."""
    import numpy as np

    rise, fall = round(rise_s * SAMPLE_RATE), round(fall_s * SAMPLE_RATE)
    shape = np.ones(len(samples))
    shape[:rise] = (1 - np.cos(np.linspace(0, math.pi, rise))) / 2
    shape[-fall:] = (1 + np.cos(np.linspace(0, math.pi, fall))) / 2
    softened: Samples = samples * shape
    return softened


def encoded(samples: "Samples", known_as: str) -> bytes:
    """The samples as Ogg Vorbis; ``known_as`` gives the stream its number, which the library would choose at random."""
    import numpy as np
    import soundfile

    file = io.BytesIO()
    soundfile.write(
        file, samples.astype(np.float32), SAMPLE_RATE, format="OGG", subtype="VORBIS", compression_level=_COMPRESSION
    )
    return _numbered(file.getvalue(), zlib.crc32(known_as.encode()))


def _numbered(ogg: bytes, serial: int) -> bytes:
    """The same stream with another serial number, and each page's checksum to match."""
    out, at, table = bytearray(ogg), 0, _checksums()
    while at < len(out):
        count = out[at + 26]
        end = at + 27 + count + sum(out[at + 27 : at + 27 + count])
        struct.pack_into("<I", out, at + 14, serial)
        struct.pack_into("<I", out, at + 22, 0)
        checksum = 0
        for byte in out[at:end]:
            checksum = (checksum << 8 & 0xFFFFFFFF) ^ table[checksum >> 24 ^ byte]
        struct.pack_into("<I", out, at + 22, checksum)
        at = end
    return bytes(out)


def _checksums() -> list[int]:
    """Ogg's own checksum, byte by byte (RFC 3533)."""
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        table.append(value)
    return table
