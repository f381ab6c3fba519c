"""School: the kiosks of this PC, its settings, the disk, and where the data is."""

from typing import cast

from flask import Blueprint, g, render_template

from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.shown import age, size
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.school_pcs import SchoolPCs, school_pcs
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import number_in_words

pages = Blueprint("school", __name__)


@pages.get("/school")
@needs(May.SEE_SCHOOL)
def school() -> str:
    """This PC and its kiosks."""
    found = school_pcs(cast(OpenHome, g.home))
    return render_template("school/school.html", found=found, heading=_heading(found), size=size, age=age)


def _heading(found: SchoolPCs) -> str:
    count = found.running
    if not count:
        return "No kiosk runs on this PC now"
    return f"{number_in_words(count).capitalize()} {'kiosk runs' if count == 1 else 'kiosks run'} on this PC now"
