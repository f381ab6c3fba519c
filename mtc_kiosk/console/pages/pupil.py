"""One pupil: how things are with the check, what happened, and what can be done about it."""

from typing import Any

from flask import Blueprint, current_app, g, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField

from mtc_kiosk.console import listing
from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done
from mtc_kiosk.office import assistants, notes, reasons, restarts
from mtc_kiosk.office.arrangement_words import in_words, whence
from mtc_kiosk.office.not_taking import MEANINGS
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupil_story import PupilStory, story
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.results import release_obstacle
from mtc_kiosk.office.words import assistant_named
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.permissions import May, may, may_for
from mtc_kiosk.school.rules import ReasonCode, RestartCode
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.status import Status
from mtc_kiosk.school.words import date_in_words, time_in_words

pages = Blueprint("pupil", __name__)

_CHOOSE = "Choose one of these."

Page = str | tuple[str, int] | Response


class ReasonForm(ConsoleForm):
    """A reason for not taking the check."""

    reason = RadioField("Why?")

    def offer(self, codes: tuple[ReasonCode, ...]) -> "ReasonForm":
        """Offer these reasons."""
        self.reason.choices = {one.code: one.label for one in codes}
        return self


class RestartForm(ConsoleForm):
    """A reason for a restart."""

    restart = RadioField("Why?")

    def offer(self, codes: tuple[RestartCode, ...]) -> "RestartForm":
        """Offer these reasons."""
        self.restart.choices = {one.code: one.label for one in codes}
        return self


class NoteForm(ConsoleForm):
    """A note."""

    text = TextAreaField("Note")


class AssistantForm(ConsoleForm):
    """Who typed for a pupil, named after the check."""

    forename = StringField("Their first name")
    surname = StringField("Their last name")
    why = TextAreaField("Why was it not set up before the check?")


class AnnulForm(ReasonForm):
    """An annulment, confirmed by the pupil's number."""

    number = StringField("Type the pupil's number to confirm")


@pages.get("/pupils/<int:pupil_id>")
@needs(May.SEE_PUPILS)
def pupil(pupil_id: int) -> Page:
    """Everything about one pupil."""
    return _shown(pupil_id)


@pages.post("/pupils/<int:pupil_id>/reason")
@needs(May.GIVE_REASONS)
def give_reason(pupil_id: int) -> Page:
    """Give a reason for not taking the check."""
    form = ReasonForm().offer(reasons.codes(g.home))
    if not form.reason.data:
        form.reason.errors = [_CHOOSE]
        return _shown(pupil_id, reason=form)
    given = reasons.give(g.home, ById((pupil_id,)), form.reason.data)
    cancelled = " The unused PIN was cancelled." if given.without_pin else ""
    undo = url_for("pupil.take_back_reason", pupil_id=pupil_id)
    return done(_url(pupil_id), f"{given.pupils[0].called} does not take the check: {given.label}.{cancelled}", undo)


@pages.post("/pupils/<int:pupil_id>/reason/take-back")
@needs(May.GIVE_REASONS)
def take_back_reason(pupil_id: int) -> Page:
    """Take back a reason."""
    found = story(g.home, pupil_id).reason
    removed = reasons.remove(g.home, pupil_id)
    more = " Start a session for a new PIN." if removed.needs_pin else ""
    undo = url_for("pupil.give_reason", pupil_id=pupil_id) if found is not None and not found.annuls else ""
    fields = {"reason": found.code} if undo and found is not None else {}
    return done(_url(pupil_id), f"{removed.pupil.called} no longer has a reason.{more}", undo, **fields)


@pages.route("/pupils/<int:pupil_id>/annul", methods=["GET", "POST"])
@needs(May.ANNUL)
def annul(pupil_id: int) -> Page:
    """Take a pupil's score away, after the number was typed."""
    found = story(g.home, pupil_id)
    form = AnnulForm()
    form.offer(found.annulments)
    if form.is_submitted():
        if not form.reason.data:
            form.reason.errors = [_CHOOSE]
        if (form.number.data or "").strip().upper() != found.pupil.number.upper():
            form.number.errors = [f"This is not the number of {found.pupil.called}. It is under the name above."]
        if not form.mistakes:
            given = reasons.give(g.home, ById((pupil_id,)), form.reason.data)
            undo = url_for("pupil.take_back_reason", pupil_id=pupil_id)
            return done(_url(pupil_id), f"The check of {found.pupil.called} is annulled: {given.label}.", undo)
    page = render_template("pupil/annul.html", form=form, found=found, meanings=MEANINGS)
    return (page, 422) if form.mistakes else page


@pages.post("/pupils/<int:pupil_id>/restart")
@needs(May.GIVE_RESTARTS)
def give_restart(pupil_id: int) -> Page:
    """Let a pupil take the check again."""
    form = RestartForm().offer(restarts.codes(g.home))
    if not form.restart.data:
        form.restart.errors = [_CHOOSE]
        return _shown(pupil_id, restart=form)
    given = restarts.give(g.home, ById((pupil_id,)), form.restart.data)
    undo = url_for("pupil.take_back_restart", pupil_id=pupil_id)
    said = f"{given.pupils[0].called} may take the check again. Start a session for a new PIN."
    return done(_url(pupil_id), said, undo)


@pages.post("/pupils/<int:pupil_id>/restart/take-back")
@needs(May.GIVE_RESTARTS)
def take_back_restart(pupil_id: int) -> Page:
    """Take back an unused restart."""
    found = story(g.home, pupil_id).restart
    removed = restarts.remove(g.home, pupil_id)
    fields = {"restart": found.code} if found is not None else {}
    undo = url_for("pupil.give_restart", pupil_id=pupil_id) if fields else ""
    return done(_url(pupil_id), f"{removed.called} no longer has a restart.", undo, **fields)


@pages.route("/pupils/<int:pupil_id>/assistant", methods=["GET", "POST"])
@needs(May.NAME_ASSISTANTS)
def assistant(pupil_id: int) -> Page:
    """Name who typed for a pupil, after the check."""
    found, form = story(g.home, pupil_id), AssistantForm()
    if form.is_submitted():
        try:
            assistants.add(g.home, pupil_id, form.forename.data or "", form.surname.data or "", form.why.data or "")
        except Refused as refused:
            form.show(problems_of(refused, g.home.db), {"not_a_text": "why", "not_a_name": "forename"})
        else:
            undo = url_for("pupil.take_back_assistant", pupil_id=pupil_id)
            return done(_url(pupil_id), f"It is kept who typed for {found.pupil.called}.", undo)
    page = render_template("pupil/assistant.html", form=form, found=found)
    return (page, 422) if form.mistakes else page


@pages.post("/pupils/<int:pupil_id>/assistant/take-back")
@needs(May.NAME_ASSISTANTS)
def take_back_assistant(pupil_id: int) -> Page:
    """Take back who was named after the check."""
    removed = assistants.remove(g.home, pupil_id)
    return done(_url(pupil_id), f"The name of who typed for {removed.called} is taken back.")


@pages.post("/pupils/<int:pupil_id>/notes")
@needs(May.WRITE_NOTES)
def write_note(pupil_id: int) -> Page:
    """Write a note."""
    form = NoteForm()
    try:
        last = notes.add(g.home, pupil_id, form.text.data or "")
    except OfficeRefused as refused:
        form.show(refused.problems, {"no_text": "text", "too_long": "text"})
        return _shown(pupil_id, note=form)
    undo = url_for("pupil.take_back_note", pupil_id=pupil_id, last=last)
    return done(_url(pupil_id, "notes"), "The note is kept.", undo)


@pages.route("/pupils/<int:pupil_id>/notes/<int:last>", methods=["GET", "POST"])
@needs(May.WRITE_NOTES)
def correct_note(pupil_id: int, last: int) -> Page:
    """Correct a note."""
    found, form = story(g.home, pupil_id), NoteForm()
    there = next((note for note in notes.of_pupil(g.home, pupil_id) if note.last == last), None)
    if form.is_submitted():
        try:
            notes.correct(g.home, pupil_id, last, form.text.data or "")
        except OfficeRefused as refused:
            form.show(refused.problems, {"no_text": "text", "too_long": "text"})
        else:
            return done(_url(pupil_id, "notes"), "The note is corrected.")
    elif there is not None:
        form.text.data = there.text or ""
    latest = notes.of_pupil(g.home, pupil_id) if there is None else ()
    page = render_template("pupil/note.html", form=form, found=found, there=there, latest=latest, **_words())
    return (page, 422) if form.mistakes else page


@pages.post("/pupils/<int:pupil_id>/notes/<int:last>/take-back")
@needs(May.WRITE_NOTES)
def take_back_note(pupil_id: int, last: int) -> Page:
    """Take back a note."""
    taken = notes.take_back(g.home, pupil_id, last)
    undo = url_for("pupil.bring_back_note", pupil_id=pupil_id, last=taken)
    return done(_url(pupil_id, "notes"), "The note is taken back.", undo)


@pages.post("/pupils/<int:pupil_id>/notes/<int:last>/bring-back")
@needs(May.WRITE_NOTES)
def bring_back_note(pupil_id: int, last: int) -> Page:
    """Bring back a note that was taken back."""
    notes.bring_back(g.home, pupil_id, last)
    return done(_url(pupil_id, "notes"), "The note is there again.")


def _shown(
    pupil_id: int, note: NoteForm | None = None, reason: ReasonForm | None = None, restart: RestartForm | None = None
) -> Page:
    """The page; with a form that has a mistake, as typed."""
    found = story(g.home, pupil_id)
    around = listing.around(pupil_id, tuple(found.names))
    forms: list[ConsoleForm] = [form for form in (note, reason, restart) if form is not None]
    page = render_template(
        "pupil/pupil.html",
        found=found,
        notes=notes.of_pupil(g.home, pupil_id),
        around=around,
        note=note or NoteForm(formdata=None),
        reason=(reason or ReasonForm(formdata=None)).offer(found.reasons),
        restart=(restart or RestartForm(formdata=None)).offer(found.restarts),
        mistaken=next(iter(forms), None),
        meanings=MEANINGS,
        step=_step(found),
        start=_address("start.start"),
        edit=_address("register.edit", pupil_id=pupil_id),
        room=_address("room.room"),
        conflicts=_address("conflicts.conflicts"),
        insight=_address("insight.a_pupil", pupil_id=pupil_id) if _has_insight(found) else "",
        **_words(),
    )
    return (page, 422) if forms else page


def _has_insight(found: PupilStory) -> bool:
    """Whether a score of the pupil is shown to this account, and so insight."""
    sees = may_for(g.staff, May.SEE_RESULTS, found.pupil.group_name) and release_obstacle(g.home) is None
    return sees and found.status.status is Status.COMPLETE


def _step(found: PupilStory) -> str:
    """Which of the page's buttons is the next thing most teachers do: "restart", "start" or "" for none."""
    if found.pupil.has_left or found.reason is not None:
        return ""
    if str(found.status.status) in {"stopped", "out_of_time", "error"}:
        return "" if found.restart_obstacle else "restart"
    return "start" if str(found.status.status) in {"not_started", "restart"} else ""


def _words() -> dict[str, object]:
    zone = g.home.timetable.zone
    return {
        "when": lambda moment: time_in_words(moment, zone),
        "day": date_in_words,
        "typed": lambda row: assistant_named(row, zone),
        "arrangement": in_words,
        "whence": whence,
    }


def _url(pupil_id: int, anchor: str | None = None) -> str:
    return url_for("pupil.pupil", pupil_id=pupil_id, _anchor=anchor)


def _address(endpoint: str, **values: Any) -> str:
    """The address of a page, "" for one that the console does not have or the account may not see."""
    view = current_app.view_functions.get(endpoint)
    mark = getattr(view, "mark", None)
    if view is None or mark is None or not any(may(g.staff, what) for what in mark.permissions):
        return ""
    return url_for(endpoint, **values)
