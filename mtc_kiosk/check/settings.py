"""The settings of one check, as kept in ``attempt.settings``: timings, practice, voids, arrangements.

All times are int microseconds. The defaults are the national ones (docs/reference/pupil-client.md, "Timing").
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.form import Item

RULES = 3
"""The version of the machine's behaviour. A change of behaviour raises it and keeps the old one for old journals.

2: Tab repeats a spoken question, a pause waits for digits that are still being spoken, and a question is read out from
when the loop acts on the end of its pause.

3: a spoken question can be repeated until its first digit, even if that was deleted; before the first question a pupil
may press "this is not me".
"""

SECOND = 1_000_000


class InterruptedQuestion(StrEnum):
    """How to treat a question that a fault spoilt."""

    SPARE = "spare"
    FORFEIT = "forfeit"  # the national rule: stored blank, the check goes on


@dataclass(frozen=True)
class Timings:
    """How long things last, in microseconds. ``question`` None is no limit, for "try it out" only."""

    question: int | None = 6 * SECOND
    pause: int = 3 * SECOND
    next_after: int = 2 * SECOND  # the Next button of the pause arrangement (NBQ) appears after this
    whole_check: int = 30 * 60 * SECOND  # from the first real pause, held time excluded
    reading_margin: int = SECOND // 10  # between the end of a spoken question and its sum
    failure_after: int = SECOND  # away or stalled for this long is a failure
    slow_disk: int = 2 * SECOND  # an answer not on the disk this long after its pause holds the check
    alert_left: int = 2 * SECOND  # the time alert (ATA) sounds when this much is left
    gentle_after: int = 30 * SECOND  # with the next button, a pause this long shows the time left of the whole check


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
        """The shape kept in ``attempt.settings``; ints, strings, lists and booleans only."""
        shape = asdict(self)
        shape["practice"] = [[item.factor1, item.factor2] for item in self.practice]
        shape["interrupted_question"] = str(self.interrupted_question)
        shape["arrangements"] = self.arrangements.to_json(self.rules)
        if self.rules == 1:
            for since_rules_2 in ("alert_left", "gentle_after"):
                del shape["timings"][since_rules_2]
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> "Settings":
        """Read the settings that ``to_json`` wrote; KeyError, TypeError or ValueError if the shape is different."""
        return cls(
            rules=shape["rules"],
            timings=Timings(**shape["timings"]),
            practice=tuple(Item(f1, f2) for f1, f2 in shape["practice"]),
            voids_replaced=shape["voids_replaced"],
            interrupted_question=InterruptedQuestion(shape["interrupted_question"]),
            arrangements=Arrangements.from_json(shape["arrangements"]),
            changed_rules=shape["changed_rules"],
        )
