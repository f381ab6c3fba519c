"""Progress of long work: the caller passes a function through which each part of the work goes."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Each = TypeVar("Each")


class Progress(Protocol):
    """Yield each part of the work and show progress; ``what`` says what is being done."""

    def __call__(self, work: Iterable[Each], what: str, /) -> Iterable[Each]:
        """The same parts, in the same order."""


def no_progress(work: Iterable[Each], _: str, /) -> Iterable[Each]:
    """Show nothing."""
    return work
