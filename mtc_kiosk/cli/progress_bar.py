"""A progress bar on standard error for long work, where that is a terminal."""

import sys
from collections.abc import Iterable
from typing import IO, TypeVar, cast

from mtc_kiosk.cli.streams import AsItIs

Each = TypeVar("Each")


def with_bar(work: Iterable[Each], said: str, total: float | None = None) -> Iterable[Each]:
    """Yield each part of the work, with a progress bar if standard error is a terminal."""
    if not sys.stderr.isatty():
        return work
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a terminal needs it
    from rich.progress import track  # noqa: PLC0415 - the same

    return track(work, said, total, console=Console(file=cast(IO[str], AsItIs(sys.stderr))), transient=True)
