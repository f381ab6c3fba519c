"""What the console's forms share: one base class, and refusals of the office shown at their field."""

import secrets
from collections.abc import Iterable

from flask import g, request
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from mtc_kiosk.console.guard import of_this_request
from mtc_kiosk.office.problem import Problem


def new_once() -> str:
    """A new value for a form that may be done only once."""
    return secrets.token_urlsafe(12)


def row_number(written: str | None) -> int | None:
    """The number of a row as a form has it; None for what is none, or longer than any."""
    is_one = written and written.isascii() and written.isdecimal() and len(written) < 16
    return int(written) if written and is_one else None


class Ticks(SelectMultipleField):  # type: ignore[misc]  # WTForms ships no types
    """Several choices, each with a box to tick; ``macros.picks`` draws them. What is no choice is left out."""

    option_widget = CheckboxInput()

    def pre_validate(self, form: FlaskForm) -> None:
        """Keep the choices alone: no page offers anything else."""
        offered = {each.value for each in self.iter_choices()}
        self.data: list[str] = [each for each in self.data or () if each in offered]


class ConsoleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with its CSRF token and its ``once`` value; ``others`` are mistakes that belong to no field.

    Somebody whose time ran out finds on it what they had typed (``kept_forms``).
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the same
        """How the form is filled in."""

        def wrap_formdata(self, form: FlaskForm, formdata: object) -> object:
            """What was sent; else what was kept of this page for this person."""
            sent = super().wrap_formdata(form, formdata)
            return _kept_for(form) if sent is None and request.method == "GET" else sent

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


def _kept_for(form: FlaskForm) -> ImmutableMultiDict[str, str] | None:
    """What was kept of this form; None if nothing was, or if it was another form."""
    account = of_this_request().account
    kept = g.desk.kept.of(account.id) if account is not None and "home" in g else None
    names = {field.name for field in form}
    if kept is None or kept.page != request.full_path.rstrip("?") or not {name for name, _ in kept.fields} <= names:
        return None
    return ImmutableMultiDict(kept.fields)
