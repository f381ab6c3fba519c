"""The routes of the API, each with who may call it. The addresses begin with the version of the messages."""

from flask import Blueprint, Response, g, request

from mtc_kiosk.console.api import answers
from mtc_kiosk.console.api.admission import LARGEST_MESSAGE
from mtc_kiosk.console.guard import for_kiosks, for_strangers
from mtc_kiosk.office import beats, claims, enrolments, greeting, packs, receiving
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.sync.wire import Beat, Claim, Enrol, Names

routes = Blueprint("api", __name__)

NO_PACK = "No session is open or planned at the desk now, or what kiosks need for it is still being prepared."
_FORBIDDEN = 403


@routes.get("/api")
@for_strangers("a PC asks who answers, before it sends anything")
def hello() -> Response:
    """Who the desk is, which versions it understands, and this start of it."""
    return answers.said(greeting.hello(g.home, g.desk.admission.replays.boot))


@routes.post("/api/v1/enrolments")
@for_strangers("the secret of a room code or a file lets a PC in")
def join() -> Response:
    """Take a PC in as a kiosk: its name here, its token, and the desk's keys."""
    asked = answers.message_of(Enrol, answers.body_of(LARGEST_MESSAGE))
    try:
        return answers.said(enrolments.join(g.home, asked, g.desk.lan.certificate_sha256), 201)
    except OfficeRefused as refused:
        return answers.of_office(refused, _FORBIDDEN)


@routes.post("/api/v1/beats")
@for_kiosks
def beat() -> Response:
    """Take in that the kiosk runs and how far its pupils are; give it the desk's commands."""
    return answers.said(beats.take(g.home, g.kiosk, answers.message_of(Beat, g.body)))


@routes.post("/api/v1/claims")
@for_kiosks
def claim() -> Response:
    """Whether a pupil who pressed "Yes, that is me" may start the check there."""
    return answers.said(claims.claim(g.home, g.kiosk, answers.message_of(Claim, g.body)))


@routes.get("/api/v1/pack")
@for_kiosks
def pack() -> Response:
    """The pack of today's sessions, signed by the desk; 304 if it is the version that the kiosk has."""
    made = packs.current(g.home)
    if made is None:
        raise answers.ApiRefused(404, "no_pack", NO_PACK)
    answer = Response(made.body, mimetype="application/json")
    answer.set_etag(made.version)
    answer.make_conditional(request)
    return answer


@routes.get("/api/v1/records")
@for_kiosks
def names() -> Response:
    """The record files that the desk has of this kiosk."""
    return answers.said(Names(names=dict(receiving.names_of(g.home, g.kiosk))))


@routes.put("/api/v1/records/<name>")
@for_kiosks
def keep(name: str) -> Response:
    """Take a record in, once however often it comes. The answer is the signed receipt, given after the commit."""
    with g.desk.admission.records.turn():
        return Response(receiving.take(g.home, g.kiosk, name, g.body), mimetype="application/json")
