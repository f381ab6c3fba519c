"""Files that look like settings and are read by nothing: copies, other endings, names that some other program made.

Somebody wrote something there and believes that it holds. It looks at names alone.
"""

import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

_YAML = (".yaml", ".yml")
_SET_ASIDE = ("~", ".bak", ".old", ".orig", ".tmp", ".swp")
"""Endings of what an editor or a person put aside on purpose; no stray as long as the file itself is there."""

_TEXT = ("", ".txt", ".text", ".rtf", *_SET_ASIDE)
_ADDED = re.compile("copyof|copy|conflict(ed)?|new|final")


def stray_names(folder: Path, known: Collection[str]) -> dict[str, str]:
    """Each stray file of a folder of settings, with the name that it perhaps should have, "" where none is near.

    OSError where the folder cannot be read.
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
    """The settings file that a name may mean; "" where it is some YAML file; None where it is no settings file."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    if plain.startswith("."):  # hidden: a draft of this program, or an editor's own
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
    """Whether it is a short name itself, without an ending or with that of a text, such as ``kiosk (1).txt``."""
    ending = next((one for one in reversed(_TEXT) if one and plain.endswith(one)), "")
    return _ADDED.sub("", re.sub("[^a-z.]", "", plain.removesuffix(ending))) == stem


def _is_the_same(folder: Path, name: str, meant: str) -> bool:
    """Whether the system takes the one name for the other, as Windows does with capitals."""
    try:
        return name.casefold() == meant.casefold() and (folder / name).samefile(folder / meant)
    except OSError:
        return False
