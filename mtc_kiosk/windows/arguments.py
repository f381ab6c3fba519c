"""The words of a command line as other systems' shells hand them over: Windows' own leaves ``*.mtc`` to the program."""

import glob
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_PATTERN = frozenset("*?")  # no file's name there may have these


def with_files(arguments: Sequence[str]) -> list[str]:
    """The words, each pattern replaced by the files that fit it, in order; one that none fits stays as it is.

    A ``~`` is the account's own folder. One with a name stays as it is: click would take it for a folder beside this
    account's own, for any name at all.
    """
    return [word for argument in arguments for word in _files(argument)]


def _files(argument: str) -> Iterator[str]:
    if sys.platform == "win32" and argument.startswith(("~\\", "~/")):
        argument = str(Path(argument).expanduser())
    found = sorted(glob.glob(argument)) if sys.platform == "win32" and _PATTERN & set(argument) else []  # noqa: PTH207
    yield from found or [argument]
