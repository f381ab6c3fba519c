"""What can be wrong with the headings of a class list, and the refusal that says so with what to do."""

from collections.abc import Iterable
from enum import StrEnum

from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.next_step import Hint


class ColumnFault(StrEnum):
    """What can be wrong with the headings."""

    MISSING = "column_missing"
    TWICE = "column_twice"
    UNKNOWN = "column_unknown"
    SPELLING = "column_spelling"
    ORDER = "column_order"
    NOT_MAPPED = "column_not_mapped"
    PASSED_OVER = "column_passed_over"


class NotColumns(ValueError):
    """The headings are those of no class list; ``faults`` say each thing wrong with them, ``advice`` what to do.

    The sentences of the advice have no full stops. ``missing`` are the columns that were not found.
    """

    def __init__(self, faults: Iterable[Fault], advice: Iterable[Hint], missing: Iterable[Field] = ()) -> None:
        self.faults = tuple(faults)
        self.advice = tuple(advice)
        self.missing = tuple(missing)
        super().__init__(
            " ".join(
                f"{sentence}."
                for sentence in (*(fault.sentence for fault in self.faults), *(hint.sentence for hint in self.advice))
            )
        )
