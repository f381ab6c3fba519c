"""Pages for paper: slips, the words to read, readiness, who is still to take it, a poster."""

import math
from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, g, render_template, url_for

from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.pages.read_aloud import kind_asked
from mtc_kiosk.console.pages.slips import asked, wanted_slips
from mtc_kiosk.export.about import MADE_UP
from mtc_kiosk.export.slips import A_SHEET
from mtc_kiosk.office import pin_slips
from mtc_kiosk.office.read_aloud import script as words_to_read
from mtc_kiosk.office.readiness import readiness as look_at_readiness
from mtc_kiosk.office.status import PupilWithStatus
from mtc_kiosk.office.today import today
from mtc_kiosk.school.alphabet import group_order
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import counted

pages = Blueprint("printed", __name__)

AFTER_LOCK_S = 5
"""Seconds after the time of the lock at which a paper on the screen asks for itself again."""

LINES_A_SHEET = 27
"""Lines of a list on a sheet. A name that is too long for one line takes two."""

_LETTERS = (34, 11, 18)
"""How many letters of name, group and status there are in a line of their columns at least."""


@pages.after_request
def go_with_the_lock(response: Response) -> Response:
    """Ask again once the console has locked: a paper has no warning, and PINs would stay on the screen."""
    if response.status_code == 200:
        response.headers["Refresh"] = str(int(g.desk.idle.total_seconds()) + AFTER_LOCK_S)
    return response


@pages.get("/print/slips")
@needs(May.SEE_SLIPS)
def slips() -> str:
    """The day's slips, all or those of one group, kind or pupil; twelve on a sheet."""
    wanted = wanted_slips()
    found = pin_slips.sheets(g.home, wanted)
    sheets = counted(math.ceil(found.count / A_SHEET), "sheet")
    return _page(
        "slips", f"{counted(found.count, 'slip')} on {sheets}", url_for("slips.slips") + asked(wanted), found=found
    )


@pages.get("/print/script")
@needs(May.RUN_ROOM, May.START_SESSIONS)
def script() -> str:
    """The words to read to the class."""
    return _page(
        "script", "What to read to the class", url_for("today.today"), script=words_to_read(g.home, kind_asked())
    )


@pages.get("/print/readiness")
@needs(May.SIGNED_IN)
def readiness() -> str:
    """What must hold, as a list to tick."""
    found = look_at_readiness(g.home)
    return _page("readiness", "Readiness list", url_for("today.today"), found=found, day=found.day.day)


@pages.get("/print/still-to-take")
@needs(May.SEE_PUPILS)
def still_to_take() -> str:
    """Who is still to take the check, by group."""
    day = today(g.home)
    left = sorted(day.still_to_take, key=lambda one: (group_order(one.pupil.group_name), one.pupil.order))
    title = f"{counted(len(left), 'pupil')} still to take the check"
    return _page("still_to_take", title, url_for("today.today"), look=day, sheets=_sheets(left))


@pages.get("/print/poster")
@needs(May.START_SESSIONS, May.RUN_ROOM)
def poster() -> str:
    """An invitation to try it out, for the classroom wall."""
    return _page("poster", "Poster for “try it out” day", url_for("start.start"), check=g.home.configuration.check)


def _page(name: str, title: str, back: str, *, day: date | None = None, **shown: object) -> str:
    moment = day or g.home.today
    return render_template(
        f"printed/{name}.html",
        title=title,
        back=back,
        made_up=MADE_UP if g.home.made_up else "",
        school=g.home.configuration.school.name,
        day=f"{moment:%A} {moment.day} {moment:%B} {moment.year}",
        **shown,
    )


def _sheets(pupils: Sequence[PupilWithStatus]) -> list[list[PupilWithStatus]]:
    """The rows of each sheet, so that none is cut and each sheet has its head and foot."""
    sheets: list[list[PupilWithStatus]] = [[]]
    used = 0
    for one in pupils:
        texts = (one.name, one.pupil.group_name, one.status.label)
        lines = max(1, *(math.ceil(len(text) / most) for text, most in zip(texts, _LETTERS, strict=True)))
        if used + lines > LINES_A_SHEET:
            sheets.append([])
            used = 0
        sheets[-1].append(one)
        used += lines
    return sheets
