"""Print a command's answer: text for a person, or one JSON object ``{ok, data, errors}`` with ``--json``.

Exit codes: 0 done, 1 refused or partly done, 2 usage, 3 staff exit, 4 environment (no screen, no sound).
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from mtc_kiosk.office.problem import Problem
from mtc_kiosk.shown_text import escaped

if TYPE_CHECKING:
    from mtc_kiosk.office.open import OpenHome  # the kiosk's start does not wait for it

MADE_UP = "made-up pupils"
DONE, REFUSED, USAGE, STAFF_EXIT, ENVIRONMENT = 0, 1, 2, 3, 4


class CommandFailed(Exception):
    """The command was refused or only partly done; ``problems`` say why."""

    def __init__(self, *problems: Problem, exit_code: int = REFUSED) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems
        self.exit_code = exit_code


def refuse(refusal: CommandFailed, *, as_json: bool) -> int:
    """Report a refusal, on standard error or as JSON; return the exit code."""
    if as_json:
        print_json(ok=False, data={}, problems=refusal.problems)
    for problem in refusal.problems if not as_json else ():
        click.echo(str(problem), err=True)
        for candidate in problem.candidates:
            click.echo(f"  {candidate}", err=True)
    return refusal.exit_code


def print_json(*, ok: bool, data: Any, problems: tuple[Problem, ...] = ()) -> None:
    """Print the one object of ``--json``, in UTF-8 whatever the terminal's encoding."""
    errors = [problem.to_json() for problem in problems]
    text = escaped(json.dumps({"ok": ok, "data": data, "errors": errors}, ensure_ascii=False))
    sys.stdout.flush()
    # A file name may hold bytes that are no character; they are escaped as JSON does it.
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def look_again(what: Iterable[object]) -> None:
    """Print on standard error, a line each, what staff should look at again."""
    for each in what:
        click.echo(f"Look again: {each}", err=True)


def as_typed(word: object) -> str:
    """A word of a command as it is typed here: in quotes if the shell would take it apart or read more into it."""
    if os.name != "nt":
        return shlex.quote(str(word))
    return f'"{word}"' if re.search(r"[^\w.:\\/~-]", str(word)) else str(word)


def marked(home: "OpenHome", data: Mapping[str, object]) -> dict[str, object]:
    """The data of ``--json``; in a made-up home it says so."""
    return {"made_up_pupils": True, **data} if home.made_up else dict(data)


def echo(home: "OpenHome", text: str) -> None:
    """Print a line; in a made-up home it says so."""
    click.echo(f"({MADE_UP}) {text}" if home.made_up else text)
