"""Expands the words of a command line as other systems' shells do: Windows' own leaves ``*.mtc`` to the program."""

import glob
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_PATTERN = frozenset("*?")  # no file's name there may have these


def with_files(arguments: Sequence[str]) -> list[str]:
    """The words, each pattern replaced by the matching files in order; a pattern without a match stays as it is.

    A ``~`` is the account's own folder. One with a name stays as it is: for any name at all, click would take it for a
    folder beside this account's own.
    """
    return [word for argument in arguments for word in _files(argument)]


def _files(argument: str) -> Iterator[str]:
    if sys.platform == "win32" and argument.startswith(("~\\", "~/")):
        argument = str(Path(argument).expanduser())
    found = sorted(glob.glob(argument)) if sys.platform == "win32" and _PATTERN & set(argument) else []  # noqa: PTH207
    yield from found or [argument]
