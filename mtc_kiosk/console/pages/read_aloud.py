"""The words to read to the class, on the screen."""

from flask import Blueprint, g, render_template, request

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.console.guard import needs
from mtc_kiosk.office.read_aloud import script
from mtc_kiosk.school.permissions import May

pages = Blueprint("read_aloud", __name__)


@pages.get("/room/read-aloud")
@needs(May.RUN_ROOM)
def read_aloud() -> str:
    """The script for the check, or for trying it out. Alone in its module, as it is a tab of its own."""
    return render_template("read_aloud/read_aloud.html", script=script(g.home, kind_asked()))


def kind_asked() -> Kind:
    """Which of the two the address asks for; the check unless it says otherwise."""
    return Kind.TRY if request.args.get("kind") == Kind.TRY else Kind.OFFICIAL
