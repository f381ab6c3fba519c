"""Role x route, each pair: who is let in and who is not.

The table is written by hand from what each role is for, and not reckoned from what the views ask for. A route that is
new, or gone, fails here until somebody has said who may use it.
"""

import pytest

from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor, console_of
from tests.console.every_route import Route, address, every_route
from tests.console.furnished import AT, known

ALL = tuple(Role)
CARE = (Role.HEAD, Role.TEACHER)
REGISTER = (Role.HEAD, Role.TEACHER, Role.ADMIN)
SEE_PUPILS = (Role.HEAD, Role.TEACHER, Role.ADMIN, Role.SENCO)
ARRANGE = (Role.HEAD, Role.TEACHER, Role.SENCO)
ROOM = (Role.HEAD, Role.TEACHER, Role.COVER)
PCS = (Role.OWNER, Role.HEAD, Role.TEACHER, Role.ADMIN)
EXPORTS = (Role.HEAD, Role.ADMIN)
HEADS = (Role.HEAD,)
OWNERS = (Role.OWNER,)
EVERYBODY: tuple[Role, ...] | None = None


def allowed(roles: tuple[Role, ...] | None, *routes: str) -> dict[str, tuple[Role, ...] | None]:
    """These roles may use these routes. A route without a method is one page with its form: GET and POST."""
    methods = ("GET ", "POST ")
    return {name: roles for each in routes for name in ([each] if " " in each else [f"{one}{each}" for one in methods])}


WHO_MAY: dict[str, tuple[Role, ...] | None] = {
    # the look of every page, before anybody signed in too
    **allowed(EVERYBODY, "GET /static/<path:filename>", "GET /fonts/<name>"),
    # today, sessions, slips and papers
    "GET /": ALL,
    "GET /today/school": OWNERS,
    "POST /today/school": OWNERS,
    "POST /today/nobody": ARRANGE,
    "POST /today/rehearsal": (*PCS, Role.COVER),
    "GET /room/start": CARE,
    "POST /room/start": CARE,
    "GET /room/end": CARE,
    "POST /room/end": CARE,
    "GET /room/slips": ROOM,
    "POST /room/slips/take-back": CARE,
    "POST /room/slips/make-again": CARE,
    "GET /room/read-aloud": ROOM,
    # the room
    **dict.fromkeys(
        (
            "GET /room",
            "GET /room/now",
            "POST /room/command",
            "GET /room/stop",
            "GET /room/hold-all",
            "POST /room/hold-all",
            "GET /room/pin/<int:pupil_id>",
            "POST /room/pin/<int:pupil_id>",
            "GET /room/board",
            "GET /room/board/now",
        ),
        ROOM,
    ),
    "GET /print/slips": ROOM,
    "GET /print/script": ROOM,
    "GET /print/poster": ROOM,
    "GET /print/readiness": ALL,
    "GET /print/still-to-take": SEE_PUPILS,
    # the room, which somebody who covers a lesson runs too
    **allowed(
        ROOM,
        "GET /room",
        "GET /room/now",
        "GET /room/board",
        "GET /room/board/now",
        "GET /room/stop",
        "POST /room/command",
        "/room/hold-all",
        "POST /room/pin/<int:pupil_id>",
    ),
    **allowed(CARE, "/room/away/<int:pupil_id>"),
    # the register, class lists and groups
    "GET /pupils": SEE_PUPILS,
    **dict.fromkeys(
        (
            "GET /pupils/add",
            "POST /pupils/add",
            "GET /pupils/<int:pupil_id>/edit",
            "POST /pupils/<int:pupil_id>/edit",
            "GET /pupils/<int:pupil_id>/leave",
            "POST /pupils/<int:pupil_id>/leave",
            "POST /pupils/<int:pupil_id>/back",
            "GET /pupils/upload",
            "POST /pupils/upload",
            "GET /pupils/upload/<upload_id>",
            "POST /pupils/upload/<upload_id>",
            "POST /pupils/upload/<upload_id>/drop",
            "POST /pupils/upload/<upload_id>/undo",
            "GET /pupils/template.<ending>",
            "GET /pupils/groups",
            "GET /pupils/groups/new",
            "POST /pupils/groups/new",
            "GET /pupils/groups/edit",
            "POST /pupils/groups/edit",
            "POST /pupils/groups/back",
        ),
        REGISTER,
    ),
    # signing in and out, and what a page asks meanwhile
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "GET /sign-in/first": EVERYBODY,
    "POST /sign-in/first": EVERYBODY,
    "POST /sign-out": ALL,
    "POST /lock": ALL,
    "GET /idle": ALL,
    "POST /still-here": ALL,
    "POST /keep": ALL,
    "GET /kept": ALL,
    "GET /password": ALL,
    "POST /password": ALL,
    # School > People
    "GET /school/people": OWNERS,
    "GET /school/people/add": OWNERS,
    "POST /school/people/add": OWNERS,
    "GET /school/people/<int:account_id>": OWNERS,
    "POST /school/people/<int:account_id>": OWNERS,
    "GET /school/people/<int:account_id>/reset": OWNERS,
    "POST /school/people/<int:account_id>/reset": OWNERS,
    "GET /school/people/<int:account_id>/remove": OWNERS,
    "POST /school/people/<int:account_id>/remove": OWNERS,
    "GET /school/people/password": OWNERS,
    # one pupil, not taking it, access arrangements
    "GET /pupils/<int:pupil_id>": SEE_PUPILS,
    "GET /pupils/<int:pupil_id>/annul": HEADS,
    "POST /pupils/<int:pupil_id>/annul": HEADS,
    "GET /pupils/arrangements": ARRANGE,
    "POST /pupils/arrangements/nobody": ARRANGE,
    "GET /pupils/<int:pupil_id>/arrangements": ARRANGE,
    "POST /pupils/<int:pupil_id>/arrangements": ARRANGE,
    **dict.fromkeys(
        (
            "GET /pupils/not-taking",
            "POST /pupils/not-taking",
            "POST /pupils/not-taking/take-back",
            "POST /pupils/<int:pupil_id>/reason",
            "POST /pupils/<int:pupil_id>/reason/take-back",
            "POST /pupils/<int:pupil_id>/restart",
            "POST /pupils/<int:pupil_id>/restart/take-back",
            "GET /pupils/<int:pupil_id>/assistant",
            "POST /pupils/<int:pupil_id>/assistant",
            "POST /pupils/<int:pupil_id>/assistant/take-back",
            "POST /pupils/<int:pupil_id>/notes",
            "GET /pupils/<int:pupil_id>/notes/<int:last>",
            "POST /pupils/<int:pupil_id>/notes/<int:last>",
            "POST /pupils/<int:pupil_id>/notes/<int:last>/take-back",
            "POST /pupils/<int:pupil_id>/notes/<int:last>/bring-back",
        ),
        CARE,
    ),
    # results, exports, this school's PCs, backups
    **allowed(CARE, "GET /results", "GET /results/conflicts"),
    **allowed(
        HEADS,
        "/results/conflicts/<int:pupil_id>",
        "/results/conflicts/<int:pupil_id>/take-back",
        "/results/conflicts/records/<number>",
    ),
    **allowed(EXPORTS, "GET /results/exports", "POST /results/exports/<what>/<kind>"),
    # insight: what a class, a pupil and two sides know; the governors' page goes with exports
    **allowed(
        CARE,
        "GET /results/class",
        "POST /results/class/file",
        "GET /results/pupils/<int:pupil_id>",
        "POST /results/pupils/<int:pupil_id>/file",
        "GET /results/side-by-side",
        "POST /results/side-by-side/file",
    ),
    **allowed(EXPORTS, "GET /results/governors", "POST /results/governors/file"),
    **allowed(PCS, "GET /school", "GET /school/kiosks", "GET /school/waiting"),
    **allowed(
        OWNERS,
        "GET /school/kiosks/join",
        "GET /school/kiosks/join/now",
        "GET /school/kiosks/authority",
        "POST /school/kiosks/code",
        "/school/kiosks/file",
        "POST /school/kiosks/close",
        "/school/kiosks/<int:kiosk_id>",
        "/school/kiosks/<int:kiosk_id>/revoke",
        "/school/devices/<device>/withdraw",
        "/school/devices/<device>/accept",
    ),
    **allowed(OWNERS, "/school/backups", "POST /school/backups/download"),
}
"""Each method of each route -> the roles that may use it; EVERYBODY needs no account."""


@pytest.fixture
def app_routes(furnished: Home) -> tuple[Route, ...]:
    """Every route of the console."""
    return every_route(console_of(furnished, Role.HEAD, at=AT).app)


def test_every_route_is_in_the_table_and_no_other(app_routes: tuple[Route, ...]) -> None:
    """So that a new page cannot be open to the wrong people unnoticed."""
    listed = {str(route) for route in app_routes}
    assert listed - set(WHO_MAY) == set(), "Say in WHO_MAY who may use these."
    assert set(WHO_MAY) - listed == set(), "These are gone."


@pytest.mark.parametrize("role", ALL)
def test_a_role_is_let_in_where_it_may_and_nowhere_else(
    furnished: Home, app_routes: tuple[Route, ...], role: Role
) -> None:
    """403 where it may not. Where it may, a page; and a form that is not complete is sent back for that alone."""
    visitor = console_of(furnished, role, at=AT)
    wrong = []
    for route in app_routes:
        allowed = WHO_MAY.get(str(route), ())
        status = _ask(visitor, route, furnished)
        if (status != 403) != (allowed is None or role in allowed):
            wrong.append(f"{route}: {status}")
    assert wrong == []


def test_who_is_not_signed_in_is_sent_to_sign_in(
    furnished: Home, app_routes: tuple[Route, ...], nobody: Visitor
) -> None:
    """From every page that is not open to everybody, whatever the method."""
    for route in app_routes:
        if WHO_MAY.get(str(route), ()) is not None:
            url = address(nobody.app, route, known(furnished))
            answer = nobody.ask(url, route.method)
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in"), str(route)


def _ask(visitor: Visitor, route: Route, home: Home) -> int:
    url = address(visitor.app, route, known(home))
    return visitor.ask(url, route.method).status_code
