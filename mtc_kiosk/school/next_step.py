"""What staff can do next about a class list, without the words of any one place.

The command line names an option and a page a control: each adds its own words to the sentence, through ``Words``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Something that staff can do."""

    SAY_ENCODING = "say_encoding"
    """Say how the letters are saved; ``about`` are the encodings there are."""

    OTHER_ENCODING = "other_encoding"
    """Read the letters in another way."""

    CHOOSE_SHEET = "choose_sheet"
    """Choose one of the hidden sheets."""

    OTHER_SHEET = "other_sheet"
    """Choose another sheet than the one that was read."""

    SETTLE_HIDDEN = "settle_hidden"
    """Say what becomes of what is hidden; ``about`` is ``it`` or ``them``."""

    NAME_COLUMN = "name_column"
    """Say which column is the one in ``about``."""

    NAME_COLUMNS = "name_columns"
    """Say which column is which; ``about`` is an example: a column and its heading."""

    TRY_COLUMNS = "try_columns"
    """Say which columns hold what; ``about`` are pairs of a column and its heading."""

    USE_COLUMN = "use_column"
    """Use a column that was not used; ``about`` is a column and its heading."""

    DROP_COLUMN = "drop_column"
    """Leave a column out of the list."""

    NUMBER = "number"
    """Give each pupil a ref."""

    TAKE_LINE = "take_line"
    """Change the pupil on the register to what the line says."""

    CORRECT_NAME = "correct_name"
    """Correct the name on the register, or write a ref into the list."""

    MARK_LEFT = "mark_left"
    """Mark single pupils as having left."""


@dataclass(frozen=True)
class NextStep:
    """A step and what it is about."""

    step: Step
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hint:
    """A sentence or the beginning of one, and what staff can do."""

    sentence: str
    next_step: NextStep | None = None


Words = Callable[[str, NextStep | None], str]
"""Adds to a sentence what staff can do, in the words of one place."""


def without_step(sentence: str, _next_step: NextStep | None) -> str:
    """The sentence alone: for a place that shows the step in another way, such as a list to choose from."""
    return sentence
