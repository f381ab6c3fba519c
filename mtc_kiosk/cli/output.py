"""What a command answers: words for a person, or one JSON object ``{ok, data, errors}`` with ``--json``.

Exit codes: 0 done, 1 refused or partly done, 2 usage, 3 staff exit, 4 environment (no screen, no sound).
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import click

from mtc_kiosk.cli.streams import escaped, in_a_line

DONE, REFUSED, USAGE, STAFF_EXIT, ENVIRONMENT = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Problem:
    """One thing wrong, as a sentence; ``line`` counts from 1."""

    message: str
    code: str = "refused"
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        where = [str(part) for part in (self.file, self.line) if part is not None]
        return in_a_line(f"{':'.join(where)}: {self.message}" if where else self.message)


def first_of(problems: Sequence[Problem], most: int, what: str) -> tuple[Problem, ...]:
    """The problems that are named, in words and in JSON; of very many the first, and how many there are."""
    if len(problems) <= most:
        return tuple(problems)
    sentence = f"The first {most} of {len(problems)} {what} are named."
    return (*problems[:most], Problem(sentence, "more_errors"))


MOST_LINES = 100
"""How many lines of one file are named."""


class CommandFailed(Exception):
    """The command did nothing, or not all: ``problems`` say why."""

    def __init__(self, *problems: Problem, exit_code: int = REFUSED) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems
        self.exit_code = exit_code


def refuse(refusal: CommandFailed, *, as_json: bool) -> int:
    """Say why nothing was done, on standard error; the exit code."""
    if as_json:
        print_json(ok=False, data={}, problems=refusal.problems)
    for problem in refusal.problems if not as_json else ():
        click.echo(str(problem), err=True)
    return refusal.exit_code


def print_json(*, ok: bool, data: Any, problems: tuple[Problem, ...] = ()) -> None:
    """Print the one object of ``--json``, in UTF-8 whatever the terminal reads."""
    errors = [asdict(problem) for problem in problems]
    text = escaped(json.dumps({"ok": ok, "data": data, "errors": errors}, ensure_ascii=False))
    sys.stdout.flush()
    # A name of a file may hold what is no character: then it is escaped, as JSON has it.
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
