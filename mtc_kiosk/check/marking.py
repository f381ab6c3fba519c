"""Marking, kept apart from all code that a pupil's screen uses.

A response is right if it reads as the product. Blank is wrong; leading zeros do not matter (source:
docs/reference/pupil-client.md, "Marking").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mtc_kiosk.check.facts import Answered
from mtc_kiosk.check.form import Item


@dataclass(frozen=True)
class MarkedAnswer:
    """One question with its response, and whether the response is right."""

    number: int
    item: Item
    response: str
    right: bool


def is_right(item: Item, response: str) -> bool:
    """Whether a response is the product."""
    return response.lstrip("0") == str(item.product)


def mark(answers: Iterable[Answered]) -> tuple[MarkedAnswer, ...]:
    """Mark the answers that count, in the order given."""
    return tuple(_marked(one.number, one.factor1, one.factor2, one.response) for one in answers)


@lru_cache(maxsize=2**14)
def _marked(number: int, factor1: int, factor2: int, response: str) -> MarkedAnswer:
    """One answer; most pupils of a school give the same ones."""
    item = Item(factor1, factor2)
    return MarkedAnswer(number, item, response, is_right(item, response))


def score(marks: Iterable[MarkedAnswer]) -> int:
    """The number of right answers."""
    return sum(one.right for one in marks)
