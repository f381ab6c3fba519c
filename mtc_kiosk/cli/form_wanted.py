"""The form that a person asks of "try it out": one from a file, or one drawn of some tables."""

import random
import secrets
from collections.abc import Sequence
from pathlib import Path

from mtc_kiosk.check.draw import draw_tables
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.cli.form_reading import form_at


def form_of(file: Path | None, tables: Sequence[int], rules: FormRules) -> Form:
    """The form in the file, else one of these tables; a Refusal that says what is wrong with the file."""
    if file is not None:
        return form_at(file, rules)
    return draw_tables(random.Random(secrets.randbits(128)), tuple(tables))
