"""What the console's forms share: one base class, and refusals of the office shown at their field."""

import secrets
from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import HiddenField

from mtc_kiosk.office.problem import Problem


def new_once() -> str:
    """A new value for a form that may be done only once."""
    return secrets.token_urlsafe(12)


class ConsoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with its CSRF token and its ``once`` value; ``others`` are mistakes that belong to no field."""

    once = HiddenField(default=new_once)

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.others: list[str] = []

    def show(self, problems: Iterable[Problem], fields: dict[str, str] | None = None) -> None:
        """Show refusals: each at its own field or the one that ``fields`` names for its code, the rest at the top."""
        for problem in problems:
            name = problem.field if problem.field in self else (fields or {}).get(problem.code)
            if name is not None:
                field = self[name]
                field.errors = [*field.errors, problem.message]
            else:
                self.others.append(str(problem))

    @property
    def mistakes(self) -> list[tuple[str, str]]:
        """Every mistake with the id of its field ("" for none), in the order of the form."""
        found = [("", sentence) for sentence in self.others]
        return found + [(field.id, str(error)) for field in self for error in field.errors]
