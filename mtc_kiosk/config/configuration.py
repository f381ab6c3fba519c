"""Reads a home's whole configuration, and reports the mistakes in all files at once.

It knows which files there are; each has a module of its own for its contents.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.arrangements_file import read_arrangements
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake
from mtc_kiosk.config.reading import read_as
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.settings import CHECK, FILES, KIOSK, SCHOOL, Configuration, stray_files
from mtc_kiosk.config.yaml_text import parse, read
from mtc_kiosk.config.yaml_tree import Document

File = TypeVar("File", bound=Group)


def load_check(path: Path) -> CheckFile:
    """Read the check.yaml at ``path``; ConfigMistakes with every mistake in it."""
    return _load(CheckFile, path)


def load_kiosk(path: Path) -> KioskFile:
    """Read the kiosk.yaml at ``path``; ConfigMistakes with every mistake in it."""
    return _load(KioskFile, path)


def load_school(path: Path) -> SchoolFile:
    """Read the school.yaml at ``path``; ConfigMistakes with every mistake in it."""
    return _load(SchoolFile, path)


def load_arrangements(path: Path) -> ArrangementsFile:
    """Read the access_arrangements.yaml at ``path``; ConfigMistakes with every mistake in it."""
    arrangements, mistakes = read_arrangements(read(path))
    if arrangements is None:
        raise ConfigMistakes(mistakes)
    return arrangements


def load_all(config_dir: Path) -> Configuration:
    """Read all the files in the folder; ConfigMistakes with every mistake in any of them."""
    return _all(lambda name: read(config_dir / name))


def read_all(written: Mapping[str, bytes]) -> Configuration:
    """Read the bytes of all the files, by name; ConfigMistakes as from ``load_all``."""
    return replace(_all(lambda name: parse(written[name], name)), arrangements_written=written[ARRANGEMENTS])


def _all(document: Callable[[str], Document]) -> Configuration:
    check, in_check = read_as(CheckFile, document(CHECK))
    kiosk, in_kiosk = read_as(KioskFile, document(KIOSK))
    school, in_school = read_as(SchoolFile, document(SCHOOL))
    arrangements, in_arrangements = read_arrangements(document(ARRANGEMENTS))
    if check is None or kiosk is None or school is None or arrangements is None:
        raise ConfigMistakes((*in_check, *in_kiosk, *in_school, *in_arrangements))
    return Configuration(check, kiosk, school, arrangements)


def _load(model: type[File], path: Path) -> File:
    mistakes: tuple[Mistake, ...]
    settings, mistakes = read_as(model, read(path))
    if settings is None:
        raise ConfigMistakes(mistakes)
    return settings


__all__ = [
    "ARRANGEMENTS",
    "CHECK",
    "FILES",
    "KIOSK",
    "SCHOOL",
    "Configuration",
    "load_all",
    "load_arrangements",
    "load_check",
    "load_kiosk",
    "load_school",
    "read_all",
    "stray_files",
]
