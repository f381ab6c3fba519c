"""Reads one form file that a command was given: a form, or a Refusal that says what is wrong, by line."""

from pathlib import Path

from mtc_kiosk.check.form import QUESTIONS_IN_A_FORM, Form
from mtc_kiosk.check.form_file import NotAFormFile, read_form
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.plain_file import read_plain, why

LARGEST_FILE = 10_000
"""Bytes; 25 lines need 150 at most."""


def form_at(path: Path, rules: FormRules) -> Form:
    """The form in a file; a Refusal that names the file and each line that is wrong."""
    try:
        content = read_plain(path, LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise CommandFailed(
                form_problem(path, "too_large", f"The file is too large for a form's {QUESTIONS_IN_A_FORM} lines.")
            )
        return read_form(content.decode("utf-8"), rules)
    except NotAFormFile as wrong:
        problems = [Problem(fault.sentence, str(fault.fault), str(path), fault.line) for fault in wrong.faults]
        raise CommandFailed(*problems) from wrong
    except UnicodeDecodeError as wrong:
        said = "The file is not plain text with numbers and commas."
        raise CommandFailed(form_problem(path, "not_text", said)) from wrong
    except OSError as wrong:
        raise CommandFailed(form_problem(path, "unreadable", f"The file cannot be read: {why(wrong)}.")) from wrong


def form_problem(path: Path, code: str, message: str) -> Problem:
    """What is wrong with a form file as a whole."""
    return Problem(message, code, str(path))
