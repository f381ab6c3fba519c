"""Files that look like settings but are not read: copies, other endings, names made by other programs.

Somebody wrote a setting there and believes it is in force. Only names are looked at.
"""

import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

_YAML = (".yaml", ".yml")
_SET_ASIDE = ("~", ".bak", ".old", ".orig", ".tmp", ".swp")
"""Endings of files put aside on purpose by an editor or a person; not reported while the file itself exists."""

_TEXT = ("", ".txt", ".text", ".rtf", *_SET_ASIDE)
_ADDED = re.compile("copyof|copy|conflict(ed)?|new|final")


def stray_names(folder: Path, known: Collection[str]) -> dict[str, str]:
    """Each stray file of a settings folder, with the name it should perhaps have ("" if none is close).

    OSError if the folder cannot be read.
    """
    names = sorted(entry.name for entry in os.scandir(folder) if not entry.is_dir())
    there = set(names)
    found: dict[str, str] = {}
    for name in names:
        meant = _meant(name, known)
        if meant is None or name in known or _is_the_same(folder, name, meant):
            continue
        if not (meant in there and name.endswith(_SET_ASIDE)):
            found[name] = meant
    return found


def _meant(name: str, known: Collection[str]) -> str | None:
    """The settings file that a name may mean; "" if it is some YAML file; None if it is not a settings file."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    if plain.startswith("."):  # hidden: a draft of this program or of an editor
        return None
    is_yaml = any(ending in plain for ending in _YAML)
    letters = re.sub("[^a-z]", "", plain)
    for one in known:
        stem = re.sub("[^a-z]", "", Path(one).stem)
        if stem in letters if is_yaml or len(stem) > 10 else _is_text_of(plain, stem):
            return one
    if not is_yaml:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only a stray needs it

    by_stem = {Path(one).stem: one for one in known}
    near = get_close_matches(plain.partition(".")[0], by_stem, n=1, cutoff=0.8)
    return by_stem[near[0]] if near else ""


def _is_text_of(plain: str, stem: str) -> bool:
    """Whether it is the short name itself, without an ending or with that of a text file, such as ``kiosk (1).txt``."""
    ending = next((one for one in reversed(_TEXT) if one and plain.endswith(one)), "")
    return _ADDED.sub("", re.sub("[^a-z.]", "", plain.removesuffix(ending))) == stem


def _is_the_same(folder: Path, name: str, meant: str) -> bool:
    """Whether the system treats both names as one, as Windows does with capitals."""
    try:
        return name.casefold() == meant.casefold() and (folder / name).samefile(folder / meant)
    except OSError:
        return False
