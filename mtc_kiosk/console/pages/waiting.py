"""School > What waits where: records on kiosks, for destinations and for a person, since when, and what to do."""

from flask import Blueprint, g, render_template

from mtc_kiosk.console.guard import needs
from mtc_kiosk.office.waiting import At, WhatWaits, what_waits
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import number_in_words

pages = Blueprint("waiting", __name__)


@pages.get("/school/waiting")
@needs(May.SEE_SCHOOL)
def waiting() -> str:
    """The same as ``mtc-kiosk sync status``."""
    found = what_waits(g.home)
    return render_template("waiting/waiting.html", found=found, heading=_heading(found), At=At)


def _heading(found: WhatWaits) -> str:
    count = found.asking
    if not count:
        return "Nothing waits for a person"
    return f"{number_in_words(count).capitalize()} {'thing waits' if count == 1 else 'things wait'} for a person"
