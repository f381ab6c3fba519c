"""A home's whole configuration as one type, and the files it is in; ``configuration`` reads them."""

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.check_shape import CheckShape
from mtc_kiosk.config.kiosk_shape import KioskShape
from mtc_kiosk.config.mistakes import Code, Mistake
from mtc_kiosk.config.school_shape import SchoolShape
from mtc_kiosk.shown_text import printable
from mtc_kiosk.stray_names import stray_names

CHECK, KIOSK, SCHOOL = "check.yaml", "kiosk.yaml", "school.yaml"
FILES = (CHECK, KIOSK, SCHOOL, ARRANGEMENTS)
"""The names of the files in a home's config folder."""


@dataclass(frozen=True)
class Configuration:
    """The contents of one home's files; ``arrangements_written`` are the bytes that ``arrangements`` were read from."""

    check: CheckShape = field(default_factory=lambda: _as_shipped("check_file", "CheckFile"))
    kiosk: KioskShape = field(default_factory=lambda: _as_shipped("kiosk_file", "KioskFile"))
    school: SchoolShape = field(default_factory=lambda: _as_shipped("school_file", "SchoolFile"))
    arrangements: ArrangementsFile = field(default_factory=ArrangementsFile)
    arrangements_written: bytes | None = field(default=None, compare=False, repr=False)


def _as_shipped(module: str, name: str) -> Any:
    """The defaults of a file, from the module that reads it."""
    return getattr(importlib.import_module(f"mtc_kiosk.config.{module}"), name)()


def stray_files(config_dir: Path) -> tuple[Mistake, ...]:
    """Files in the folder that look like settings but are not read, each with the name it may be meant for."""
    try:
        found = stray_names(config_dir, FILES)
    except OSError:
        return ()  # each missing file is then reported by itself
    return tuple(Mistake(printable(name), None, Code.STRAY_FILE, _stray(meant)) for name, meant in found.items())


def _stray(meant: str) -> str:
    if not meant:
        return f"This file is not read: settings are in {', '.join(FILES)}. Move it out of the folder."
    return f"This file is not read: only {meant} is. Rename it, or move it out of the folder."
