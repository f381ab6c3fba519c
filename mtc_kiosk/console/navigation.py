"""The dividers of the console and the tabs of each, and which of them an account sees."""

from dataclasses import dataclass

from flask import current_app, request

from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.staff import Staff


@dataclass(frozen=True)
class Tab:
    """One page of a divider. ``endpoint`` names its view; ``needs`` is as in ``guard.needs``."""

    name: str
    endpoint: str
    needs: tuple[May, ...]


@dataclass(frozen=True)
class Divider:
    """One of the five dividers at the left edge, with its sign and tabs."""

    name: str
    icon: str
    tabs: tuple[Tab, ...]


DIVIDERS = (
    Divider("Today", "today", (Tab("Today", "today.today", (May.SIGNED_IN,)),)),
    Divider(
        "Pupils",
        "pupils",
        (
            Tab("Register", "register.register", (May.SEE_PUPILS,)),
            Tab("Access arrangements", "arrangements.arrangements", (May.SEE_ARRANGEMENTS,)),
            Tab("Not taking it", "not_taking.not_taking", (May.GIVE_REASONS,)),
            Tab("Groups", "groups.groups", (May.EDIT_PUPILS,)),
        ),
    ),
    Divider(
        "The room",
        "room",
        (
            Tab("Now", "room.room", (May.RUN_ROOM,)),
            Tab("Start a session", "start.start", (May.START_SESSIONS,)),
            Tab("Slips", "slips.slips", (May.SEE_SLIPS,)),
            Tab("Read aloud", "read_aloud.read_aloud", (May.RUN_ROOM,)),
        ),
    ),
    Divider(
        "Results",
        "results",
        (
            Tab("Class", "insight.a_class", (May.SEE_RESULTS,)),
            Tab("Pupils", "results.results", (May.SEE_RESULTS,)),
            Tab("Side by side", "insight.side_by_side", (May.SEE_RESULTS,)),
            Tab("For governors", "insight.governors", (May.EXPORT,)),
            Tab("Two checks", "conflicts.conflicts", (May.SEE_RESULTS,)),
            Tab("Exports", "exports.exports", (May.EXPORT,)),
        ),
    ),
    Divider(
        "School",
        "school",
        (
            Tab("This room's PCs", "school.school", (May.SEE_SCHOOL,)),
            Tab("Kiosks", "kiosks.kiosks", (May.SEE_SCHOOL,)),
            Tab("What waits where", "waiting.waiting", (May.SEE_SCHOOL,)),
            Tab("People", "people.people", (May.MANAGE_ACCOUNTS,)),
            Tab("Backups", "backups.backups", (May.BACK_UP,)),
        ),
    ),
)


def shown_to(staff: Staff) -> tuple[Divider, ...]:
    """The dividers that have a page for the account, each with those pages alone."""
    found = (
        Divider(
            each.name,
            each.icon,
            tuple(
                tab
                for tab in each.tabs
                if tab.endpoint in current_app.view_functions and any(may(staff, what) for what in tab.needs)
            ),
        )
        for each in DIVIDERS
    )
    return tuple(each for each in found if each.tabs)


def present() -> tuple[str, str]:
    """The divider and tab of the request: by the endpoint, else by the blueprint, of which a tab's page is the first.

    A page that belongs to a tab of another blueprint says so: ``{% set tab = "register.register" %}``.
    """
    tabs = [(divider.name, tab.endpoint) for divider in DIVIDERS for tab in divider.tabs]
    own = (each for each in tabs if each[1] == request.endpoint)
    of_blueprint = (each for each in tabs if each[1].partition(".")[0] == request.blueprint)
    return next(own, None) or next(of_blueprint, ("", ""))


def divider_of(endpoint: str) -> str:
    """The divider that has this tab."""
    return next((each.name for each in DIVIDERS if any(tab.endpoint == endpoint for tab in each.tabs)), "")
