"""Marking, apart from everything that a pupil's screen reaches.

Source: the national marker: right where the response read as a whole number is the product; blank is wrong; leading
zeros do not matter (pupil client, section 6.3).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mtc_kiosk.check.facts import Answered
from mtc_kiosk.check.form import Item


@dataclass(frozen=True)
class MarkedAnswer:
    """One question with its response, and whether that is right."""

    number: int
    item: Item
    response: str
    right: bool


def is_right(item: Item, response: str) -> bool:
    """Whether a response is the product."""
    return response.lstrip("0") == str(item.product)


def mark(answers: Iterable[Answered]) -> tuple[MarkedAnswer, ...]:
    """The marks of the answers that count, in the order given."""
    marks = []
    for answered in answers:
        item = Item(answered.factor1, answered.factor2)
        marks.append(MarkedAnswer(answered.number, item, answered.response, is_right(item, answered.response)))
    return tuple(marks)


def score(marks: Iterable[MarkedAnswer]) -> int:
    """How many are right."""
    return sum(one.right for one in marks)
