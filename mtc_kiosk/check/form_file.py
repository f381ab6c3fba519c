"""A form as text: 25 lines ``f1,f2``, the format in which the national service keeps its forms.

It reads and writes text, not files. The SHA-256 of a form's lines gives its identity and its spares, so the same file
is the same form with the same spares everywhere.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.form import LARGEST_FACTOR, QUESTIONS_IN_A_FORM, SMALLEST_FACTOR, Form, Item, NotAForm
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.spares import choose_spares

FACTORS = range(SMALLEST_FACTOR, LARGEST_FACTOR + 1)

LINE = re.compile(r"[ \t]*(\d{1,9})[ \t]*,[ \t]*(\d{1,9})[ \t]*", re.ASCII)
LINE_END = re.compile(r"\r\n|\n|\r")
BYTE_ORDER_MARK = "\ufeff"
SHOWN = 30
"""How many characters of a wrong line an error shows."""


class Fault(StrEnum):
    """The mistakes that a form file can have."""

    LINES = "line_count"
    LINE = "not_two_numbers"
    FACTOR = "factor_range"


@dataclass(frozen=True)
class FileFault:
    """One thing wrong with a form file, at a line counted from 1."""

    line: int
    fault: Fault
    sentence: str


class NotAFormFile(NotAForm):
    """The text is not a form; ``faults`` has each mistake, in the order of the lines."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__(" ".join(f"Line {fault.line}: {fault.sentence}" for fault in faults))
        self.faults = faults


def read_form(text: str, rules: FormRules) -> Form:
    """Read a form, with its spares, from text; NotAFormFile if the text is not a form.

    A byte order mark, any line ends, spaces around a number and blank lines at the end are accepted. ``broken_rules``
    checks the framework's rules; a form that breaks them is for "try it out" only.
    """
    lines = LINE_END.split(text.removeprefix(BYTE_ORDER_MARK))
    while lines and not lines[-1].strip():
        lines.pop()
    items: list[Item] = []
    faults: list[FileFault] = []
    for number, line in enumerate(lines[:QUESTIONS_IN_A_FORM], start=1):
        found = _item(number, line)
        if isinstance(found, Item):
            items.append(found)
        else:
            faults.append(found)
    faults.extend(_count_fault(len(lines)))
    if faults:
        raise NotAFormFile(tuple(faults))
    return form_of(items, rules)


def form_of(items: Sequence[Item], rules: FormRules) -> Form:
    """The form that a file with these items would be: identity and spares come from the SHA-256 of its lines."""
    return Form(form_id(items), tuple(items), choose_spares(items, rules.spares_per_table, _preferred(items)))


def form_text(items: Sequence[Item]) -> str:
    """The lines ``f1,f2`` of these items, each ended by a line feed."""
    return "".join(f"{item.factor1},{item.factor2}\n" for item in items)


def form_id(*parts: Sequence[Item]) -> str:
    """16 hex digits that name the content: the start of the SHA-256 of each part's lines, a blank line between parts.

    A form read from a file has one part, its items; a drawn form has a second, its spares.
    """
    return _sha256("\n".join(form_text(part) for part in parts)).hex()[:16]


def _item(number: int, line: str) -> Item | FileFault:
    match = LINE.fullmatch(line)
    if match is None:
        shown = line if len(line) <= SHOWN else f"{line[:SHOWN]}..."
        what = f'"{shown}" is' if line.strip() else "A blank line is"
        return FileFault(number, Fault.LINE, f"{what} not two whole numbers with a comma between them, such as 3,8.")
    factors = int(match[1]), int(match[2])
    for factor in factors:
        if factor not in FACTORS:
            sentence = f"{factor} is not allowed. Write a whole number from {FACTORS[0]} to {FACTORS[-1]}."
            return FileFault(number, Fault.FACTOR, sentence)
    return Item(*factors)


def _count_fault(lines: int) -> Iterator[FileFault]:
    if lines != QUESTIONS_IN_A_FORM:
        counted = f"{lines} line" if lines == 1 else f"{lines} lines"
        at = min(lines, QUESTIONS_IN_A_FORM) + 1 if lines > QUESTIONS_IN_A_FORM else max(lines, 1)
        yield FileFault(
            at, Fault.LINES, f"The file has {counted}. A form has {QUESTIONS_IN_A_FORM}, one for each question."
        )


def _preferred(items: Sequence[Item]) -> Sequence[Item]:
    """Every possible item in an order fixed by the lines: by the SHA-256 of the lines' SHA-256 and the item's line.

    A hash and not a seeded ``random.Random``: shuffles may differ between versions of Python.
    """
    lines = _sha256(form_text(items))
    every = [Item(factor1, factor2) for factor1 in FACTORS for factor2 in FACTORS]
    return sorted(every, key=lambda item: hashlib.sha256(lines + form_text([item]).encode()).digest())


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
