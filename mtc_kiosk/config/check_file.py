"""Reads ``check.yaml``, the rules of the check: timings, practice, form rules, faults, restarts and reasons.

The defaults are those of the file that ships with the program: the national rules, as far as there are any.
"""

import random
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, field_validator, model_validator

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import LARGEST_FACTOR, SMALLEST_FACTOR, Item
from mtc_kiosk.check.framework import TABLES, UNORDERED_FACTS, FormRules, NoFormFits, impossible
from mtc_kiosk.check.settings import InterruptedQuestion
from mtc_kiosk.config.check_shape import (
    CheckShape,
    FaultsShape,
    FormShape,
    ReasonShape,
    RestartReasonShape,
    RestartsShape,
    SetBy,
    TablesShape,
    TimingsShape,
)
from mtc_kiosk.config.group import Group, refuse, several
from mtc_kiosk.config.mistakes import Code, quoted
from mtc_kiosk.config.shape import Span
from mtc_kiosk.config.written import choice, decimal, from_text, one_line, span, whole, yes_no

MOST_PRACTICE = 10


def _item() -> BeforeValidator:
    allowed = f"Write two numbers from {SMALLEST_FACTOR} to {LARGEST_FACTOR}, such as 7x8."

    def read(text: str) -> Item:
        factors = re.fullmatch("([0-9]{1,2}) ?[xX\u00d7*] ?([0-9]{1,2})", text)
        if not factors or not all(SMALLEST_FACTOR <= int(factor) <= LARGEST_FACTOR for factor in factors.groups()):
            raise refuse(Code.NOT_A_QUESTION, f"{quoted(text)} is not a question of the check. {allowed}")
        return Item(int(factors[1]), int(factors[2]))

    return from_text(read, allowed)


class Timings(Group, TimingsShape):
    """How long things last."""

    question_seconds: Annotated[Decimal, decimal(1, 60, 6, "seconds")] = Decimal(6)
    pause_seconds: Annotated[Decimal, decimal(1, 5, 6, "seconds")] = Decimal(3)
    next_button_after_seconds: Annotated[Decimal, decimal(0, 60, 6, "seconds")] = Decimal(2)
    whole_check_minutes: Annotated[int, whole(10, 90)] = 30


TableSpan = Annotated[Span, span(0, len(TABLES))]


class Tables(Group, TablesShape):
    """How many questions come from each times table, by first number; in the file each has its number as its name."""

    model_config = ConfigDict(alias_generator=lambda name: name.removeprefix("table_"))

    # Source: docs/reference/framework.md, "The form".
    table_2: TableSpan = Span(0, 2)
    table_3: TableSpan = Span(1, 3)
    table_4: TableSpan = Span(1, 3)
    table_5: TableSpan = Span(1, 3)
    table_6: TableSpan = Span(2, 4)
    table_7: TableSpan = Span(2, 4)
    table_8: TableSpan = Span(2, 4)
    table_9: TableSpan = Span(2, 4)
    table_10: TableSpan = Span(0, 2)
    table_11: TableSpan = Span(1, 3)
    table_12: TableSpan = Span(2, 4)


class FormSettings(Group, FormShape):
    """The rules for the questions of one check, drawn or read from a file."""

    questions: Annotated[int, whole(1, UNORDERED_FACTS)] = 25
    tables: Tables = Tables()
    second_number_tolerance: Annotated[int, whole(0, 12)] = 1
    easy_tables: tuple[Annotated[int, whole(TABLES[0], TABLES[-1])], ...] = (2, 5, 10)
    easy_questions: Annotated[Span, span(0, UNORDERED_FACTS)] = Span(3, 7)
    spares_for_each_table: Annotated[int, whole(0, 6)] = 2
    shared_at_most: Annotated[int, whole(0, UNORDERED_FACTS)] = 7
    try_outs_remembered: Annotated[int, whole(0, 50)] = 5

    @model_validator(mode="after")
    def _can_be_kept(self) -> "FormSettings":
        rules = self.rules()
        if sentence := impossible(rules):
            raise refuse(Code.NO_FORM_FITS, sentence)
        if rules != FormRules():  # the national rules are known to work, and trying them delays every start
            try:
                draw(random.Random(0), rules)
            except NoFormFits as none:
                raise refuse(Code.NO_FORM_FITS, str(none)) from none
        return self


class Faults(Group, FaultsShape):
    """What happens to a question spoilt by a fault, such as a power cut."""

    interrupted_question: Annotated[InterruptedQuestion, choice(InterruptedQuestion)] = InterruptedQuestion.SPARE
    voids_replaced: Annotated[int, whole(0, 25)] = 3


_Code = Annotated[str, one_line(8, pattern="[A-Z]{2,8}", allowed="Write 2 to 8 capital letters, such as ABSNT.")]
_Label = Annotated[str, one_line(80)]


class RestartReason(Group, RestartReasonShape):
    """Why a pupil begins again; ``restart give --reason`` takes the code."""

    name_is = "code"

    code: _Code
    label: _Label


class Restarts(Group, RestartsShape):
    """How often a pupil may begin again, and for what reasons."""

    allowed: Annotated[int, whole(0, 10)] = 2
    # Source: docs/reference/school-side.md, "Restarts", in its order.
    reasons: Annotated[tuple[RestartReason, ...], several("code", "label")] = (
        RestartReason(code="LOI", label="Loss of internet"),
        RestartReason(code="ITI", label="IT issues"),
        RestartReason(code="CLD", label="Classroom disruption"),
        RestartReason(code="DNC", label="Did not complete"),
    )


class Reason(Group, ReasonShape):
    """Why a pupil does not take the check. ``ctf`` takes the place of a score in exports.

    One that ``annuls`` overrides a score. One that is not ``offered`` cannot be given; those given before keep their
    name.
    """

    name_is = "code"

    code: _Code
    label: _Label
    ctf: Annotated[str, one_line(3, pattern="[A-Z]{1,3}", allowed="Write 1 to 3 capital letters, such as A.")]
    set_by: Annotated[SetBy, choice(SetBy)] = SetBy.TEACHER
    annuls: Annotated[bool, yes_no()] = False
    offered: Annotated[bool, yes_no()] = True


NATIONAL_REASONS = (
    # Source: docs/reference/school-side.md, in its order; a teacher may not give the last three.
    Reason(code="ABSNT", label="Absent during check window", ctf="A"),
    Reason(code="INCRG", label="Incorrect registration", ctf="Z"),
    Reason(code="JSTAR", label="Just arrived and unable to establish abilities", ctf="J"),
    Reason(code="LEFTT", label="Left school", ctf="L"),
    Reason(code="NOACC", label="Unable to access", ctf="U"),
    Reason(code="BLSTD", label="Working below expectation", ctf="B"),
    Reason(code="NOABA", label="Not able to administer", ctf="NAA", set_by=SetBy.HEAD),
    Reason(code="ANLLH", label="Pupil cheating", ctf="H", set_by=SetBy.HEAD, annuls=True),
    Reason(code="ANLLQ", label="Maladministration", ctf="Q", set_by=SetBy.HEAD, annuls=True),
)


class CheckFile(Group, CheckShape):
    """The whole of ``check.yaml``."""

    timings: Timings = Timings()
    practice: tuple[Annotated[Item, _item()], ...] = (Item(1, 12), Item(2, 2), Item(10, 10))
    form: FormSettings = FormSettings()
    faults: Faults = Faults()
    restarts: Restarts = Restarts()
    reasons: Annotated[tuple[Reason, ...], several("code")] = NATIONAL_REASONS

    @field_validator("practice")
    @classmethod
    def _is_short(cls, practice: tuple[Item, ...]) -> tuple[Item, ...]:
        if len(practice) > MOST_PRACTICE:
            raise refuse(Code.TOO_MANY, f"There are {len(practice)} practice questions. Write {MOST_PRACTICE} at most.")
        return practice


__all__ = [
    "MOST_PRACTICE",
    "NATIONAL_REASONS",
    "CheckFile",
    "Faults",
    "FormSettings",
    "Reason",
    "RestartReason",
    "Restarts",
    "SetBy",
    "Span",
    "TableSpan",
    "Tables",
    "Timings",
]
