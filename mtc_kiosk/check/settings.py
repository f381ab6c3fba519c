"""The settings one check runs by, as kept in ``attempt.settings``: timings, practice, voids, arrangements.

All times are int microseconds. The defaults are the national ones (assessment framework; pupil client, section 2).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from mtc_kiosk.check.form import Item

RULES = 1
"""The number of the machine's behaviour. A change of behaviour raises it and keeps the old one for old journals."""

SECOND = 1_000_000


class InterruptedQuestion(StrEnum):
    """What becomes of a question that a fault spoilt."""

    SPARE = "spare"
    FORFEIT = "forfeit"  # the national rule: stored blank, the check goes on


@dataclass(frozen=True)
class Timings:
    """How long things last, in microseconds."""

    question: int = 6 * SECOND
    pause: int = 3 * SECOND
    next_after: int = 2 * SECOND  # the Next button of the pause arrangement (NBQ) comes up after this
    whole_check: int = 30 * 60 * SECOND  # from the first real pause, held time apart
    reading_margin: int = SECOND // 10  # between the end of a spoken question and its sum
    failure_after: int = SECOND  # away or stalled for this long is a failure
    slow_disk: int = 2 * SECOND  # an answer not on the disk this long after its pause holds the check


@dataclass(frozen=True)
class Clips:
    """The lengths of the recordings that the script waits for, in microseconds; audio version (QNR) only."""

    questions: Mapping[str, int] = field(default_factory=dict)  # "7x8" -> length
    pauses: Mapping[str, int] = field(default_factory=dict)  # "7", or "p2" in practice -> length


@dataclass(frozen=True)
class Arrangements:
    """What of a pupil's access arrangements changes the script; the rest only changes the theme."""

    codes: tuple[str, ...] = ()
    next_button: bool = False
    clips: Clips | None = None


@dataclass(frozen=True)
class Settings:
    """Everything the machine needs beside the form, so that a journal can be replayed from its own attempt row."""

    rules: int = RULES
    timings: Timings = Timings()
    practice: tuple[Item, ...] = (Item(1, 12), Item(2, 2), Item(10, 10))
    voids_replaced: int = 3
    interrupted_question: InterruptedQuestion = InterruptedQuestion.SPARE
    arrangements: Arrangements = Arrangements()
    changed_rules: bool = False

    def to_json(self) -> dict[str, Any]:
        """The shape kept in ``attempt.settings``; ints, strings, lists and booleans alone."""
        shape = asdict(self)
        shape["practice"] = [[item.factor1, item.factor2] for item in self.practice]
        shape["interrupted_question"] = str(self.interrupted_question)
        shape["arrangements"]["codes"] = list(self.arrangements.codes)
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> "Settings":
        """The settings that ``to_json`` described; KeyError, TypeError or ValueError where the shape is another."""
        arrangements = shape["arrangements"]
        clips = arrangements["clips"]
        return cls(
            rules=shape["rules"],
            timings=Timings(**shape["timings"]),
            practice=tuple(Item(f1, f2) for f1, f2 in shape["practice"]),
            voids_replaced=shape["voids_replaced"],
            interrupted_question=InterruptedQuestion(shape["interrupted_question"]),
            arrangements=Arrangements(
                codes=tuple(arrangements["codes"]),
                next_button=arrangements["next_button"],
                clips=Clips(**clips) if clips is not None else None,
            ),
            changed_rules=shape["changed_rules"],
        )
