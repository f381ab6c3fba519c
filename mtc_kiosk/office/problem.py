"""A problem: what is wrong, as a sentence for people and a code for programs. Every refusal becomes such problems."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtc_kiosk.shown_text import in_a_line

MOST_LINES = 100
"""How many mistakes of one file are listed."""


@dataclass(frozen=True)
class Candidate:
    """One of those that could be meant: ``line`` for a person, ``data`` for programs."""

    line: str
    data: Mapping[str, object] = dataclasses.field(hash=False)

    def __str__(self) -> str:
        """One line for a person."""
        return in_a_line(self.line)


@dataclass(frozen=True)
class Problem:
    """One thing wrong, as a sentence; ``line`` counts from 1. ``code`` is for programs.

    ``candidates`` are what could be meant instead, to choose from. ``field`` is the detail that is wrong, for a form.
    """

    message: str
    code: str = "refused"
    file: str | None = None
    line: int | None = None
    candidates: tuple[Candidate, ...] = ()
    field: str | None = None

    def __str__(self) -> str:
        """One line for a person, with file and line before it."""
        where = [str(part) for part in (self.file, self.line) if part is not None]
        return in_a_line(f"{':'.join(where)}: {self.message}" if where else self.message)

    def to_json(self) -> dict[str, object]:
        """The shape of one of ``errors``: ``{file, line, code, message}``, and ``candidates`` where there are some."""
        shape: dict[str, object] = {"message": self.message, "code": self.code, "file": self.file, "line": self.line}
        return shape | ({"candidates": [dict(each.data) for each in self.candidates]} if self.candidates else {})


class OfficeRefused(Exception):
    """The office refused, or did only part of it; ``problems`` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


def first_of(problems: Sequence[Problem], most: int, what: str) -> tuple[Problem, ...]:
    """The problems to list: at most the first ``most``, and then a sentence with their total."""
    if len(problems) <= most:
        return tuple(problems)
    sentence = f"The first {most} of {len(problems)} {what} are named."
    return (*problems[:most], Problem(sentence, "more_errors"))
