"""Today: the five steps of a school's first run, and after it what must hold for the day's check."""

from dataclasses import dataclass

from flask import Blueprint, g, render_template, url_for

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.console.guard import needs
from mtc_kiosk.office import rehearsal
from mtc_kiosk.office.first_run import NEEDS, FirstRun, Step, first_run, is_over
from mtc_kiosk.office.read_aloud import script
from mtc_kiosk.office.readiness import About, Point, readiness
from mtc_kiosk.school.permissions import May, may, who_may
from mtc_kiosk.school.words import number_in_words

pages = Blueprint("today", __name__)


@dataclass(frozen=True)
class ShownStep:
    """A step as the page draws it. ``who``: the roles that may take it, "" if this account may; ``now``: it is open."""

    number: int
    step: Step
    who: str
    now: bool


@pages.get("/")
@needs(May.SIGNED_IN)
def today() -> str:
    """What is next, and is everything ready."""
    return _morning() if is_over(g.home) else _first_run(first_run(g.home))


def _first_run(steps: FirstRun) -> str:
    mine = [step for step in steps.left if _may(step)]
    now = mine[0].name if mine else None
    count = number_in_words(len(steps.left)).capitalize()
    return render_template(
        "today/first_run.html",
        heading=f"{count} {'step' if len(steps.left) == 1 else 'steps'} to your first check",
        minutes=number_in_words(steps.minutes).capitalize(),
        steps=[
            ShownStep(number, step, "" if _may(step) else _who(step), step.name == now)
            for number, step in enumerate(steps.steps, 1)
        ],
        left=len(steps.left),
        mine=len(mine),
        rehearsal=rehearsal.state(g.home),
    )


def _morning() -> str:
    found = readiness(g.home)
    return render_template(
        "today/morning.html",
        found=found,
        day=found.day,
        ways={point.about: _way(point) for point in found.points},
        beginning=script(g.home, Kind.OFFICIAL).beginning,
        rehearsal=rehearsal.state(g.home),
    )


def _way(point: Point) -> tuple[str, str]:
    """Where a point can be looked at or changed, as far as the account may; empty if nowhere."""
    url, words, what = _WAYS[point.about]
    if point.about is About.SESSION and point.title.startswith("No session"):
        url, words, what = "start.start", "Start a session", May.START_SESSIONS
    if not what or not may(g.staff, what):
        return "", ""
    return (url_for(url) if "." in url else url), words


_WAYS: dict[About, tuple[str, str, May | None]] = {
    About.SESSION: ("slips.slips", "Print the slips", May.SEE_SLIPS),
    About.NEED_YOU: ("/room", "Go to the room", May.RUN_ROOM),
    About.NO_PIN: ("start.start", "Make PINs", May.START_SESSIONS),
    About.KIOSKS: ("/school", "See the PCs", May.SEE_SCHOOL),
    About.KIOSK_RECORDS: ("/school/waiting", "See what waits", May.SEE_SCHOOL),
    About.KIOSK_CLOCKS: ("/school/kiosks", "See the kiosks", May.SEE_SCHOOL),
    About.ARRANGEMENTS: ("/pupils/arrangements", "See who", May.SEE_ARRANGEMENTS),
    About.NOT_TAKING: ("/pupils/not-taking", "Change", May.GIVE_REASONS),
    About.SOUND: ("", "", None),
    About.DISK: ("/school", "See the PC", May.SEE_SCHOOL),
    About.BACKUP: ("/school/backups", "Back up", May.BACK_UP),
}


def _may(step: Step) -> bool:
    return any(may(g.staff, what) for what in NEEDS[step.name])


def _who(step: Step) -> str:
    """``a head or a teacher``."""
    roles = list(dict.fromkeys(str(role) for what in NEEDS[step.name] for role in who_may(what)))
    named = [f"{'an' if role[0] in 'aeio' else 'a'} {role}" for role in roles]
    return " or ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
