"""The room, now: every pupil of today's sessions, who needs a person, and the commands to the kiosks."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import BadRequest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.console import replies
from mtc_kiosk.console.guard import needs, of_this_request
from mtc_kiosk.console.parts import SeenParts
from mtc_kiosk.office import kiosk_commands, room_pins
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.room import Place, Room, Tile, room_now
from mtc_kiosk.school.kiosk_command import CheckNow, CommandAnswer, Order
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.session import Session

pages = Blueprint("room", __name__)
seen = SeenParts()

LONGEST_ID = 64
_PIN = "pin"


@dataclass(frozen=True)
class Shown:
    """How this page shows the room: in which order, whether with the whole register."""

    by_kiosk: bool
    whole: bool

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        given = {"order": "pc" if self.by_kiosk else "", "all": "1" if self.whole else ""}
        return urlencode({name: value for name, value in given.items() if value})


@pages.get("/room")
@needs(May.RUN_ROOM)
def room() -> ResponseReturnValue:
    """The whole page. Without a script it comes again every 10 seconds, where somebody asked for that."""
    shown, now = _shown(), room_now(g.home, whole=_shown().whole)
    tiles, parts = _tiles(now, shown), _parts(now, _shown())
    every = 10 if request.args.get("every") == "10" else 0
    page = render_template(
        "room/room.html",
        room=now,
        shown=shown,
        tiles=tiles,
        tile_of=_tile,
        token=seen.token(parts),
        heard=_clock(now.at),
        open_lines=tuple(dict.fromkeys(map(_open_line, now.open))),
        every=every,
    )
    return page, {"Refresh": str(every)} if every else {}


@pages.get("/room/now")
@needs(May.RUN_ROOM, polls=True)
def news() -> ResponseReturnValue:
    """What has changed since the state that the browser names; 204 if nothing has."""
    shown = _shown()
    now = room_now(g.home, whole=shown.whole)
    parts = _parts(now, shown)
    changed = seen.changed(request.args.get("have", ""), parts)
    heard = {"X-Room-Heard": _clock(now.at)}
    if not changed:
        return "", 204, heard
    page = render_template(
        "room/news.html",
        room=now,
        shown=shown,
        tiles=_tiles(now, shown),
        tile_of=_tile,
        news_of=_news,
        changed=frozenset(changed),
        token=seen.token(parts),
    )
    return page, 200, heard


@pages.post("/room/command")
@needs(May.RUN_ROOM)
def command() -> ResponseReturnValue:
    """Give a command to the kiosk of a check, as the page showed it, and say what became of it."""
    check, order = _check(), _order()
    here = f"/room?{_shown().query}" if _shown().query else "/room"
    try:
        found = kiosk_commands.wait_for(g.home, kiosk_commands.give(g.home, check, order))
    except OfficeRefused as refused:
        return replies.look(here, " ".join(problem.message for problem in refused.problems))
    say = replies.done if found.answer is CommandAnswer.DONE else replies.look
    return say(here, found.sentence)


@pages.get("/room/stop")
@needs(May.RUN_ROOM)
def stop() -> ResponseReturnValue:
    """Ask before a check is stopped for good."""
    check = _check()
    now = room_now(g.home)
    need = next((one for one in now.needs if one.check == check), None)
    if need is None:
        return replies.look("/room", "The check has changed since you looked. Nothing was stopped.")
    return render_template("room/stop.html", need=need)


@pages.get("/room/hold-all")
@needs(May.RUN_ROOM)
def ask_hold_all() -> str:
    """Ask before every running check is held."""
    return render_template("room/hold_all.html", room=room_now(g.home))


@pages.post("/room/hold-all")
@needs(May.RUN_ROOM)
def hold_all() -> ResponseReturnValue:
    """Hold every running check, each as soon as its open question ends."""
    return replies.done("/room", kiosk_commands.hold_all(g.home).sentence)


@pages.post("/room/pin/<int:pupil_id>")
@needs(May.SEE_SLIPS)
def note_pin(pupil_id: int) -> ResponseReturnValue:
    """Go on to one pupil's PIN. It is a POST, because the audit notes it."""
    room_pins.note(g.home, pupil_id)
    of_this_request()[_PIN] = pupil_id
    return redirect(url_for("room.pin", pupil_id=pupil_id), 303)


@pages.get("/room/pin/<int:pupil_id>")
@needs(May.SEE_SLIPS)
def pin(pupil_id: int) -> ResponseReturnValue:
    """Show one pupil's PIN, once after each press; an address alone shows none."""
    if of_this_request().pop(_PIN, None) != pupil_id:
        return redirect("/room", 303)
    return render_template("room/pin.html", found=room_pins.pin_of(g.home, pupil_id))


@pages.get("/room/away/<int:pupil_id>")
@needs(May.START_SESSIONS)
def ask_away(pupil_id: int) -> str:
    """Ask before the PIN of a pupil who is not here is taken back."""
    return render_template("room/away.html", pupil=room_pins.one_pupil(g.home, pupil_id))


@pages.post("/room/away/<int:pupil_id>")
@needs(May.START_SESSIONS)
def away(pupil_id: int) -> ResponseReturnValue:
    """Take the PIN back."""
    found = room_pins.take_back(g.home, pupil_id)
    pupil = found.cancelled[0][0]
    return replies.done("/room", f"The PIN of {pupil.called} was taken back. The slip opens nothing now.")


def _shown() -> Shown:
    return Shown(request.values.get("order") == "pc", request.values.get("all") == "1")


def _check() -> CheckNow:
    """The check as the page showed it: its attempt, run and hold."""
    given = request.values
    attempt, run, hold = given.get("attempt", ""), given.get("run", ""), given.get("hold", "")
    if not (0 < len(attempt) <= LONGEST_ID and _counts(run) and _counts(hold)):
        raise BadRequest
    return CheckNow(
        attempt, int(run), int(hold), given.get("only_stop") == "1", is_set_aside=given.get("set_aside") == "1"
    )


def _counts(text: str) -> bool:
    return 0 < len(text) <= 9 and text.isascii() and text.isdigit()


def _order() -> Order:
    try:
        return Order(request.form.get("order_to_give", ""))
    except ValueError:
        raise BadRequest from None


def _open_line(session: Session) -> str:
    """One session that is open; two that read the same are one line."""
    what = "the check" if session.kind is Kind.OFFICIAL else "try it out"
    until = session.closes_at.astimezone(g.home.timetable.zone)
    return f"{session.group_name or 'Everybody'}, {what}, open until {until:%H:%M}."


def _clock(at: datetime) -> str:
    return f"{at.astimezone(g.home.timetable.zone):%H:%M:%S}"


def _tiles(now: Room, shown: Shown) -> tuple[Tile, ...]:
    return now.by_kiosk() if shown.by_kiosk else now.tiles


def _parts(now: Room, shown: Shown) -> Mapping[str, Hashable]:
    """The parts of the page with what each shows; the tiles one by one, and their order."""
    tiles = _tiles(now, shown)
    return {
        "heading": now.heading,
        "counts": tuple(now.counts[place] for place in Place),
        "needs": now.needs,
        "acts": now.running > 0,
        "tiles": tuple(tile.pupil_id for tile in tiles),
        **{f"p{tile.pupil_id}": tile for tile in tiles},
    }


def _tile(tile: Tile) -> Markup:
    return _drawn(tile, may(g.staff, May.SEE_PUPILS))


def _news(tile: Tile) -> Markup:
    """The same, to be put in the place of the earlier one."""
    return Markup(str(_tile(tile)).replace("<li id=", '<li hx-swap-oob="true" id=', 1))  # noqa: S704 - escaped before


@lru_cache(maxsize=4096)
def _drawn(tile: Tile, is_link: bool) -> Markup:
    """One tile as HTML. Most do not change from one look to the next."""
    macro = current_app.jinja_env.get_template("room/tile.html").module.tile  # type: ignore[attr-defined]
    return Markup(macro(tile, is_link))  # noqa: S704 - the template has escaped it
