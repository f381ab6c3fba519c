"""The contents of ``check.yaml`` as types, and what the core makes of them; ``check_file`` reads the file."""

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from mtc_kiosk.check import settings as core
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES, FormRules, TableLimits
from mtc_kiosk.check.settings import InterruptedQuestion
from mtc_kiosk.config.shape import Shape, Span


class SetBy(StrEnum):
    """Who may give a reason for not taking the check."""

    TEACHER = "teacher"
    HEAD = "head"


def _microseconds(seconds: Decimal) -> int:
    return int(seconds * core.SECOND)


class TimingsShape(Shape):
    """How long things last."""

    question_seconds: Decimal
    pause_seconds: Decimal
    next_button_after_seconds: Decimal
    whole_check_minutes: int


class TablesShape(Shape):
    """How many questions come from each times table, by first number."""

    table_2: Span
    table_3: Span
    table_4: Span
    table_5: Span
    table_6: Span
    table_7: Span
    table_8: Span
    table_9: Span
    table_10: Span
    table_11: Span
    table_12: Span

    def limits(self) -> tuple[TableLimits, ...]:
        """The same as the core's type, in the order of the tables."""
        spans: dict[int, Span] = {table: getattr(self, f"table_{table}") for table in TABLES}
        return tuple(TableLimits(table, kept.least, kept.most) for table, kept in spans.items())


class FormShape(Shape):
    """The rules for the questions of one check."""

    questions: int
    tables: TablesShape
    second_number_tolerance: int
    easy_tables: tuple[int, ...]
    easy_questions: Span
    spares_for_each_table: int
    shared_at_most: int
    try_outs_remembered: int

    def rules(self) -> FormRules:
        """The same as the core's type."""
        return FormRules(
            tables=self.tables.limits(),
            second_factor_tolerance=self.second_number_tolerance,
            easy_tables=tuple(sorted(set(self.easy_tables))),
            easy_minimum=self.easy_questions.least,
            easy_maximum=self.easy_questions.most,
            questions=self.questions,
            spares_per_table=self.spares_for_each_table,
            shared_at_most=self.shared_at_most,
            try_outs_remembered=self.try_outs_remembered,
        )


class FaultsShape(Shape):
    """What happens to a question spoilt by a fault, such as a power cut."""

    interrupted_question: InterruptedQuestion
    voids_replaced: int


class RestartReasonShape(Shape):
    """Why a pupil begins again; ``restart give --reason`` takes the code."""

    code: str
    label: str


class RestartsShape(Shape):
    """How often a pupil may begin again, and for what reasons."""

    allowed: int
    reasons: tuple[RestartReasonShape, ...]


class ReasonShape(Shape):
    """Why a pupil does not take the check."""

    code: str
    label: str
    ctf: str
    set_by: SetBy
    annuls: bool
    offered: bool


class CheckShape(Shape):
    """The whole of ``check.yaml``."""

    timings: TimingsShape
    practice: tuple[Item, ...]
    form: FormShape
    faults: FaultsShape
    restarts: RestartsShape
    reasons: tuple[ReasonShape, ...]

    def settings(self) -> core.Settings:
        """The settings the core runs a check with; the pupil's arrangements are added at sign-in."""
        return core.Settings(
            timings=self._timings(),
            practice=self.practice,
            voids_replaced=self.faults.voids_replaced,
            interrupted_question=self.faults.interrupted_question,
            changed_rules=bool(self.changes()),
        )

    def form_rules(self) -> FormRules:
        """The rules for every official form."""
        return self.form.rules()

    def changes(self) -> tuple[str, ...]:
        """Which of timings, practice and form differ from the national check's; empty if none does.

        The number of spares and the number of try-outs remembered are not rules of the national check.
        """
        national = core.Settings()
        form = replace(
            self.form_rules(),
            spares_per_table=FormRules().spares_per_table,
            try_outs_remembered=FormRules().try_outs_remembered,
        )
        differs = {
            "timings": self._timings() != national.timings,
            "practice": self.practice != national.practice,
            "form": form != FormRules(),
        }
        return tuple(name for name, changed in differs.items() if changed)

    def _timings(self) -> core.Timings:
        return core.Timings(
            question=_microseconds(self.timings.question_seconds),
            pause=_microseconds(self.timings.pause_seconds),
            next_after=_microseconds(self.timings.next_button_after_seconds),
            whole_check=self.timings.whole_check_minutes * 60 * core.SECOND,
        )
