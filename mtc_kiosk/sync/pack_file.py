"""A kiosk's pack as a file in its home, for its owner only; and what its desk last said, which has no pupil in it."""

import contextlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.record.pack import LARGEST, SpentCodes
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import write_whole

PACK, WORD = "pack.mtcpack", "desk-word.json"
_LARGEST_WORD = 2_000_000
_CODES: TypeAdapter[SpentCodes] = TypeAdapter(SpentCodes)


@dataclass(frozen=True)
class DeskWord:
    """What the desk last said: its time, and the PINs that start no check, with their list's version."""

    at: datetime
    spent: str | None = None
    codes: SpentCodes = field(default_factory=dict)


def pack_path(home: Home) -> Path:
    """The file of this kiosk's pack, there or not."""
    return home.root / PACK


def keep_pack(home: Home, body: bytes) -> None:
    """Keep a pack that was read and is this desk's, in place of the one before; OSError."""
    write_whole(pack_path(home), body, OWNER_ONLY_FILE)


def kept_pack(home: Home) -> bytes | None:
    """The pack that was kept; None without one. OSError."""
    try:
        return read_plain(pack_path(home), LARGEST)
    except FileNotFoundError:
        return None


def remove_pack(home: Home) -> None:
    """Remove the pack, if there is one; OSError."""
    pack_path(home).unlink(missing_ok=True)


def keep_word(home: Home, word: DeskWord) -> None:
    """Keep what the desk said, over a restart of the kiosk; OSError."""
    values = {
        "at": written(word.at),
        "spent": word.spent,
        "codes": word.codes,
    }
    write_whole(home.root / WORD, json.dumps(values).encode(), OWNER_ONLY_FILE)


def kept_word(home: Home) -> DeskWord | None:
    """What the desk last said, as it was kept; None if nothing was, or it cannot be read."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, ValidationError):
        values: Any = json.loads(read_plain(home.root / WORD, _LARGEST_WORD))
        codes = _CODES.validate_json(json.dumps(values["codes"]))
        return DeskWord(instant(values["at"]), values["spent"], codes)
    return None
