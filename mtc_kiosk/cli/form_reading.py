"""Read the form file named on the command line."""

from pathlib import Path

from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.office import forms
from mtc_kiosk.office.problem import OfficeRefused


def form_at(path: Path, rules: FormRules) -> Form:
    """The form in a file. CommandFailed names the file and each wrong line."""
    try:
        return forms.form_at(path, rules)
    except OfficeRefused as refusal:
        raise CommandFailed(*refusal.problems) from refusal
