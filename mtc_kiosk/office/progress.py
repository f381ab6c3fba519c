"""How long work shows how far it is: whoever asks for the work hands in a function that sees each part pass."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

Each = TypeVar("Each")


class Progress(Protocol):
    """Hand on each part of the work, and show how far it is; ``what`` says what is being done."""

    def __call__(self, work: Iterable[Each], what: str, /) -> Iterable[Each]:
        """The same parts, in the same order."""


def no_progress(work: Iterable[Each], _: str, /) -> Iterable[Each]:
    """Show nothing."""
    return work
