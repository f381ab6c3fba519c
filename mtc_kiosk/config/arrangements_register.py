"""``access_arrangements.yaml`` held against the register: who is named there and is nobody, and who is named twice.

It is handed the register, and reads none. It names no pupil, not by number either: a line of the file is enough.
"""

from collections.abc import Iterable
from typing import Protocol

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, number_key
from mtc_kiosk.config.mistakes import Code, Mistake


class Numbered(Protocol):
    """Who has a UPN, a ref or both."""

    @property
    def upn(self) -> str | None:
        """The UPN."""

    @property
    def ref(self) -> str | None:
        """The ref."""


def unknown_pupils(file: ArrangementsFile, register: Iterable[Numbered]) -> tuple[Mistake, ...]:
    """What stands under ``pupils`` and is nobody's UPN or ref, by line."""
    known = {number_key(number) for pupil in register for number in (pupil.upn, pupil.ref) if number is not None}
    sentence = "No pupil on the register has this UPN or ref. Put it right, or take it out."
    return tuple(
        Mistake(ARRANGEMENTS, said.line, Code.UNKNOWN_PUPIL, sentence)
        for said in file.pupils
        if number_key(said.name) not in known
    )


def named_twice(file: ArrangementsFile, register: Iterable[Numbered]) -> tuple[Mistake, ...]:
    """The pupils who stand there both by UPN and by ref, by the later line of each."""
    pairs = (sorted(said.line for said in file.named(pupil.upn, pupil.ref)) for pupil in register)
    return tuple(
        Mistake(
            ARRANGEMENTS,
            later,
            Code.TWICE,
            f"This pupil is here twice, by UPN and by ref (first on line {earlier}). Keep one of them.",
        )
        for earlier, later in sorted((pair[0], pair[1]) for pair in pairs if len(pair) > 1)
    )
