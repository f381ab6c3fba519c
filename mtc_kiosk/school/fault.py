"""One thing wrong with what staff have written, in words and for programs."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Fault:
    """What is wrong, without a full stop: several may share one cell. ``code`` is for programs."""

    code: StrEnum
    sentence: str
