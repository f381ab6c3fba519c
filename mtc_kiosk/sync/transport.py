"""One road on which files go between a kiosk and its desk: a folder, a stick, or HTTPS.

Above it everything is the same whatever the road: which records wait, when to try again, what counts as delivered, and
the words for people. A road moves bytes under a name and decides nothing.
"""

from collections.abc import Mapping
from typing import Protocol

OTHER_NAME = "other_name"
"""The code for a file that is named like another record than it has."""


class TransportTrouble(OSError):
    """The road cannot be used now, and nothing was moved; the message is a sentence for people.

    ``again``: trying later may help, as with a network that is away. Otherwise a person has to do something first.
    ``again_s``: the far end is there, and says after how many seconds it will have room.
    """

    def __init__(self, sentence: str, *, again: bool = True, again_s: float | None = None) -> None:
        super().__init__(sentence)
        self.again, self.again_s = again, again_s


class FileRefused(TransportTrouble):
    """The far end refused this one file; others may go. The message is its sentence for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, again=False)


class Transport(Protocol):
    """A road. ``place`` names it in sentences, such as ``the stick at E:`` or ``the desk``.

    Every method raises TransportTrouble if the road cannot be used.
    """

    @property
    def place(self) -> str:
        """The road's name in sentences."""

    def names(self) -> Mapping[str, int]:
        """The files there by name, each with its size in bytes."""

    def read(self, name: str) -> bytes:
        """A file's bytes."""

    def keep(self, name: str, content: bytes) -> bytes | None:
        """Bring a file there, whole or not at all; the desk's signed receipt where the road leads to the desk itself.

        Doing so again changes nothing. FileRefused if only this file is refused.
        """

    def is_there(self, name: str, content: bytes) -> bool:
        """Whether the whole of this file is there already."""
