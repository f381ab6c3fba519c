"""Kinds of mistake: what a wrong answer looks like.

Several kinds may fit one answer. The order of ``Kind`` is the order of precedence: what needs no arithmetic comes first
(nothing typed, the time ran out), then the kind that fewer answers fit. docs/insight.md has the rules in words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Answer

ROWS = range(1, 13)


class Kind(StrEnum):
    """The kinds, in their order of precedence."""

    NOTHING = "nothing"
    UNFINISHED = "unfinished"
    CUT_OFF = "cut_off"
    ADDED = "added"
    SWAPPED = "swapped"
    DOUBLED = "doubled"
    ONE_AWAY = "one_away"
    NEIGHBOUR = "neighbour"
    ROW = "row"
    ONE_DIGIT = "one_digit"
    OTHER_FACT = "other_fact"
    SOMETHING_ELSE = "something_else"


HEADINGS = {
    Kind.NOTHING: "Nothing typed in time",
    Kind.UNFINISHED: "Right so far when the time ran out",
    Kind.CUT_OFF: "Not finished when the time ran out",
    Kind.ADDED: "Added instead of multiplied",
    Kind.SWAPPED: "Digits the other way round",
    Kind.DOUBLED: "A digit came twice",
    Kind.ONE_AWAY: "One away",
    Kind.NEIGHBOUR: "The table next to it",
    Kind.ROW: "Another row of the table",
    Kind.ONE_DIGIT: "One digit wrong",
    Kind.OTHER_FACT: "The answer to another fact",
    Kind.SOMETHING_ELSE: "Something else",
}


@dataclass(frozen=True)
class Mistake:
    """A wrong answer with its kind. ``words`` says it for a teacher, such as ``7 × 3 = 28: that is 7 × 4``."""

    answer: Answer
    kind: Kind
    words: str

    @property
    def may_have_known(self) -> bool:
        """Whether the pupil may have known it: right so far when the time ran out."""
        return self.kind is Kind.UNFINISHED


@dataclass(frozen=True)
class OfKind:
    """All mistakes of one kind, in the order of the check."""

    kind: Kind
    heading: str
    mistakes: tuple[Mistake, ...]


def mistakes(answers: Iterable[Answer]) -> tuple[Mistake, ...]:
    """The wrong answers in order; a question that a fault took away is no mistake."""
    return tuple(mistake_of(answer) for answer in answers if answer.counts and not answer.right)


def by_kind(found: Sequence[Mistake]) -> tuple[OfKind, ...]:
    """The kinds that happened, the most frequent first, then by precedence."""
    kinds = [OfKind(kind, HEADINGS[kind], tuple(one for one in found if one.kind is kind)) for kind in Kind]
    happened = [one for one in kinds if one.mistakes]
    return tuple(sorted(happened, key=lambda one: -len(one.mistakes)))


def mistake_of(answer: Answer) -> Mistake:
    """The kind of a wrong answer, by the first rule that fits."""
    kind = kind_of(answer.item, answer.response, ran_out=answer.ran_out)
    return Mistake(answer, kind, _words(answer.item, answer.response, kind))


def kind_of(item: Item, response: str, *, ran_out: bool) -> Kind:
    """The kind of a wrong response."""
    right = str(item.product)
    typed = response if response == _swapped(right) else response.lstrip("0") or response[:1]
    if not typed:
        return Kind.NOTHING
    if ran_out and right.startswith(typed):
        return Kind.UNFINISHED
    if ran_out and len(response) < len(right):
        return Kind.CUT_OFF
    return next((kind for kind, fits in _RULES if fits(item, typed)), Kind.SOMETHING_ELSE)


def _is_doubled(item: Item, typed: str) -> bool:
    right = str(item.product)
    return any(typed in doublings(right, digit) for digit in right)


def doublings(right: str, digit: str) -> set[str]:
    """An answer with one of this digit doubled, or all of them."""
    once = {right[:place] + digit + right[place:] for place, found in enumerate(right) if found == digit}
    return {*once, right.replace(digit, digit * 2)}


def _is_one_digit_off(item: Item, typed: str) -> bool:
    right = str(item.product)
    if len(typed) == len(right):
        return sum(one != other for one, other in zip(typed, right, strict=True)) == 1
    longer, shorter = (typed, right) if len(typed) > len(right) else (right, typed)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )


def _neighbour(item: Item, answer: int) -> Item | None:
    """The fact of the table next to it that has this answer."""
    near = (Item(item.factor1 + step, item.factor2) for step in (-1, 1))
    return next((fact for fact in near if fact.product == answer and fact.factor1 > 0), None)


def _row(item: Item, answer: int) -> Item | None:
    """The other row, of the first number's table or else of the second's, that has this answer; the nearest one."""
    rows = [Item(item.factor1, row) for row in ROWS] + [Item(row, item.factor2) for row in ROWS]
    fitting = [fact for fact in rows if fact.product == answer]
    return fitting[0] if fitting else None


def _other_fact(answer: int) -> Item | None:
    facts = [Item(first, second) for first in ROWS for second in ROWS if first >= second > 1]
    fitting = [fact for fact in facts if fact.product == answer]
    return min(fitting, key=lambda fact: fact.factor1 - fact.factor2) if fitting else None


_RULES: tuple[tuple[Kind, Callable[[Item, str], bool]], ...] = (
    (Kind.ADDED, lambda item, typed: int(typed) == item.factor1 + item.factor2),
    (Kind.SWAPPED, lambda item, typed: _swapped(str(item.product)) == typed),
    (Kind.DOUBLED, _is_doubled),
    (Kind.ONE_AWAY, lambda item, typed: abs(int(typed) - item.product) == 1),
    (Kind.NEIGHBOUR, lambda item, typed: _neighbour(item, int(typed)) is not None),
    (Kind.ROW, lambda item, typed: _row(item, int(typed)) is not None),
    (Kind.ONE_DIGIT, _is_one_digit_off),
    (Kind.OTHER_FACT, lambda item, typed: _other_fact(int(typed)) is not None),
)


def _swapped(text: str) -> str:
    """The last two digits the other way round: 05 for 50, and 5 for 5."""
    return text[:-2] + text[:-3:-1]


def _words(item: Item, response: str, kind: Kind) -> str:
    asked = f"{item.factor1} × {item.factor2}"
    if kind is Kind.NOTHING:
        return asked
    if kind is Kind.UNFINISHED:
        return f"{asked}: {response} was typed. May have known it"
    if kind is Kind.CUT_OFF:
        return f"{asked}: {response} was typed"
    that = _that(item, response.lstrip("0") or "0", kind)
    return f"{asked} = {response}: {that}" if that else f"{asked} = {response}"


def _that(item: Item, typed: str, kind: Kind) -> str:
    """What else the answer is right for, or what it should have been."""
    if kind is Kind.ADDED:
        return f"that is {item.factor1} + {item.factor2}"
    if kind in (Kind.NEIGHBOUR, Kind.ROW, Kind.OTHER_FACT):
        find = {Kind.NEIGHBOUR: _neighbour, Kind.ROW: _row}.get(kind)
        fact = find(item, int(typed)) if find is not None else _other_fact(int(typed))
        return f"that is {fact.factor1} × {fact.factor2}" if fact is not None else ""
    return f"not {item.product}" if kind is not Kind.SOMETHING_ELSE else ""
