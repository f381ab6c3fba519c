"""A home's whole configuration: its files read, and every mistake in any of them at once.

It knows which files there are; what each may say is in a module of its own. It keeps nothing between two readings.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.mistakes import Code, ConfigMistakes, Mistake, printable
from mtc_kiosk.config.reading import read_as
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.stray_names import stray_names
from mtc_kiosk.config.yaml_text import read

CHECK, KIOSK, SCHOOL = "check.yaml", "kiosk.yaml", "school.yaml"
FILES = (CHECK, KIOSK, SCHOOL, ARRANGEMENTS)
"""The names of the files in a home's config folder."""

File = TypeVar("File", bound=Group)


@dataclass(frozen=True)
class Configuration:
    """What the files of one home say."""

    check: CheckFile = field(default_factory=CheckFile)
    kiosk: KioskFile = field(default_factory=KioskFile)
    school: SchoolFile = field(default_factory=SchoolFile)
    arrangements: ArrangementsFile = field(default_factory=ArrangementsFile)


def load_check(path: Path) -> CheckFile:
    """What the check.yaml at ``path`` says; ConfigMistakes with every mistake in it."""
    return _load(CheckFile, path)


def load_kiosk(path: Path) -> KioskFile:
    """What the kiosk.yaml at ``path`` says; ConfigMistakes with every mistake in it."""
    return _load(KioskFile, path)


def load_school(path: Path) -> SchoolFile:
    """What the school.yaml at ``path`` says; ConfigMistakes with every mistake in it."""
    return _load(SchoolFile, path)


def load_arrangements(path: Path) -> ArrangementsFile:
    """What the access_arrangements.yaml at ``path`` says; ConfigMistakes with every mistake in it."""
    arrangements, mistakes = read_arrangements(read(path))
    if arrangements is None:
        raise ConfigMistakes(mistakes)
    return arrangements


def load_all(config_dir: Path) -> Configuration:
    """What all the files in the folder say; ConfigMistakes with every mistake in any of them."""
    check, in_check = read_as(CheckFile, read(config_dir / CHECK))
    kiosk, in_kiosk = read_as(KioskFile, read(config_dir / KIOSK))
    school, in_school = read_as(SchoolFile, read(config_dir / SCHOOL))
    arrangements, in_arrangements = read_arrangements(read(config_dir / ARRANGEMENTS))
    if check is None or kiosk is None or school is None or arrangements is None:
        raise ConfigMistakes((*in_check, *in_kiosk, *in_school, *in_arrangements))
    return Configuration(check, kiosk, school, arrangements)


def stray_files(config_dir: Path) -> tuple[Mistake, ...]:
    """The files in the folder that look like settings and are read by nothing, each with what it may be meant for."""
    try:
        found = stray_names(config_dir, FILES)
    except OSError:
        return ()  # each file of the folder is then a mistake of its own
    return tuple(Mistake(printable(name), None, Code.STRAY_FILE, _stray(meant)) for name, meant in found.items())


def _stray(meant: str) -> str:
    if not meant:
        return f"This file is not read: settings are in {', '.join(FILES)}. Take it out of the folder."
    return f"This file is not read: only the one called {meant} is. Rename it, or take it out of the folder."


def _load(model: type[File], path: Path) -> File:
    mistakes: tuple[Mistake, ...]
    settings, mistakes = read_as(model, read(path))
    if settings is None:
        raise ConfigMistakes(mistakes)
    return settings
