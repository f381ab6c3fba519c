"""The room for a wall: pupils with today's PIN and how far each is. No causes, no password, no scores."""

from collections.abc import Hashable, Mapping

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.parts import SeenParts
from mtc_kiosk.office.room import Room, room_now
from mtc_kiosk.school.permissions import May

pages = Blueprint("board", __name__)
seen = SeenParts()


@pages.get("/room/board")
@needs(May.RUN_ROOM)
def board() -> str:
    """The board."""
    now = room_now(g.home)
    return render_template("board/board.html", room=now, token=seen.token(_parts(now)), heard=_clock(now))


@pages.get("/room/board/now")
@needs(May.RUN_ROOM, polls=True)
def news() -> ResponseReturnValue:
    """The board again, if anything on it has changed; 204 if nothing has."""
    now = room_now(g.home)
    parts = _parts(now)
    heard = {"X-Room-Heard": _clock(now)}
    if not seen.changed(request.args.get("have", ""), parts):
        return "", 204, heard
    return render_template("board/news.html", room=now, token=seen.token(parts)), 200, heard


def _parts(now: Room) -> Mapping[str, Hashable]:
    return {"board": now.tiles}


def _clock(now: Room) -> str:
    return f"{now.at.astimezone(g.home.timetable.zone):%H:%M:%S}"
