"""The routes of the API, each with who may call it. The addresses begin with the version of the messages."""

from flask import Blueprint, Response, g, request

from mtc_kiosk.console.api import answers
from mtc_kiosk.console.api.refusals import ApiRefused
from mtc_kiosk.console.api.spoken import carries, speaks
from mtc_kiosk.console.guard import for_kiosks, for_strangers
from mtc_kiosk.office import beats, claims, enrolments, greeting, packs, receiving
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.sync.wire import Beat, BeatAnswer, Claim, Claimed, Enrol, Enrolled, Hello, Names

routes = Blueprint("api", __name__)

_FORBIDDEN = 403


@routes.get("/api")
@for_strangers("a PC asks who answers, before it sends anything")
@speaks(None, Hello)
def hello() -> Hello:
    """Who the desk is, which versions it understands, and this start of it."""
    return greeting.hello(g.home, g.desk.admission.replays.boot)


@routes.post("/api/v1/enrolments")
@for_strangers("the secret of a room code or a file lets a PC in")
@speaks(Enrol, Enrolled, 201)
def join(asked: Enrol) -> Enrolled | Response:
    """Take a PC in as a kiosk: its name here, its token, and the desk's keys."""
    try:
        return enrolments.join(g.home, asked, g.desk.lan.certificate_sha256)
    except OfficeRefused as refused:
        return answers.of_office(refused, _FORBIDDEN)


@routes.post("/api/v1/beats")
@for_kiosks
@speaks(Beat, BeatAnswer)
def beat(told: Beat) -> BeatAnswer:
    """Take in that the kiosk runs and how far its pupils are; give it the desk's commands."""
    return beats.take(g.home, g.kiosk, told)


@routes.post("/api/v1/claims")
@for_kiosks
@speaks(Claim, Claimed)
def claim(asked: Claim) -> Claimed:
    """Whether a pupil who pressed "Yes, that is me" may start the check there."""
    with g.desk.admission.claims.turn():
        return claims.claim(g.home, g.kiosk, asked)


@routes.get("/api/v1/pack")
@for_kiosks
@carries(None, "the pack, as the desk signed it; 304 without a body if `If-None-Match` is its version")
def pack() -> Response:
    """The pack of today's sessions. Its version is the answer's ETag."""
    made = packs.current(g.home)
    if made is None:
        raise ApiRefused("no_pack")
    answer = Response(made.body, mimetype="application/json")
    answer.set_etag(made.version)
    answer.make_conditional(request)
    return answer


@routes.get("/api/v1/records")
@for_kiosks
@speaks(None, Names)
def names() -> Names:
    """The record files that the desk has of this kiosk."""
    return Names(names=dict(receiving.names_of(g.home, g.kiosk)))


@routes.put("/api/v1/records/<name>")
@for_kiosks
@carries("a record file", "the desk's signed receipt, given after its commit")
def keep(name: str) -> Response:
    """Take a record in, once however often it comes."""
    with g.desk.admission.records.turn():
        return Response(receiving.take(g.home, g.kiosk, name, g.body), mimetype="application/json")
