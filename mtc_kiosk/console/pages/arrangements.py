"""Access arrangements: who has which, and a form for one pupil."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField

from mtc_kiosk.config.arrangement_choice import Choice
from mtc_kiosk.console import listing
from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done
from mtc_kiosk.office import arrangements as office
from mtc_kiosk.office import pupils
from mtc_kiosk.office.arrangement_edit import ArrangementsChanged, Editable, editable, save
from mtc_kiosk.office.arrangement_texts import OPTIONS, TICK, TICKS, choice_from, options_with, texts_of
from mtc_kiosk.office.arrangement_words import in_words, whence
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.words import number_of

pages = Blueprint("arrangements", __name__)

Page = str | tuple[str, int] | Response

_MORE = tuple(name for name in OPTIONS if name not in ("colours", "size"))
"""The settings beside the seven."""


class ArrangementsForm(ConsoleForm):
    """What one pupil has: the seven, and the settings beside them; its fields are ``TICKS`` and ``OPTIONS``."""

    version = HiddenField()

    def offer(self, choice: Choice) -> "ArrangementsForm":
        """Offer what can be chosen, with what the file says now."""
        for name in OPTIONS:
            self[name].choices = dict(options_with(choice, name))
        return self

    def fill(self, editing: Editable) -> None:
        """Show what the file says."""
        for name, text in texts_of(editing.choice).items():
            self[name].data = text == TICK if name in TICKS else text
        self.version.data = editing.version

    @property
    def texts(self) -> dict[str, str]:
        """What was typed."""
        ticks = {name: TICK if self[name].data else "" for name in TICKS}
        return ticks | {name: self[name].data for name in OPTIONS if self[name].data}


for _name, _words in TICKS.items():
    setattr(ArrangementsForm, _name, BooleanField(_words[0]))
for _name, _setting in OPTIONS.items():
    setattr(ArrangementsForm, _name, SelectField(_setting[0]))


@pages.get("/pupils/arrangements")
@needs(May.SEE_ARRANGEMENTS)
def arrangements() -> Page:
    """Who has which."""
    wanted = request.args.get("pupil", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10:
        return redirect(url_for("arrangements.of_pupil", pupil_id=int(wanted)), 303)
    found = office.of_school(g.home)
    names = pupils.names(g.home)
    listing.keep(url_for("arrangements.arrangements"), [each.pupil.id for each in found.pupils])
    with_entry = {each.pupil.id for each in found.pupils}
    return render_template(
        "arrangements/arrangements.html",
        found=found,
        having=[each for each in found.pupils if each.sources],
        names=names,
        others=[(pupil_id, name) for pupil_id, name in names.items() if pupil_id not in with_entry],
        settled=office.is_settled(g.home),
        arrangement=in_words,
        whence=whence,
        number_of=number_of,
    )


@pages.post("/pupils/arrangements/nobody")
@needs(May.ARRANGE)
def nobody() -> Page:
    """Keep that nobody needs anything."""
    office.nobody_needs_any(g.home)
    return done(
        url_for("arrangements.arrangements"), "It is kept that no pupil needs anything. You can add one at any time."
    )


@pages.route("/pupils/<int:pupil_id>/arrangements", methods=["GET", "POST"])
@needs(May.ARRANGE)
def of_pupil(pupil_id: int) -> Page:
    """The form for one pupil."""
    try:
        before = editable(g.home, pupil_id)
    except OfficeRefused as refused:
        return render_template("arrangements/not_now.html", problems=refused.problems, pupil_id=pupil_id), 409
    form = ArrangementsForm().offer(before.choice)
    now: Editable | None = None
    if form.is_submitted():
        try:
            after = save(g.home, pupil_id, choice_from(form.texts, before.choice), form.version.data or "")
        except ArrangementsChanged as changed:
            form.show(changed.problems)
            now, form.version.data = changed.now, changed.now.version
        except OfficeRefused as refused:
            form.show(refused.problems, {"silent": "volume_percent"})
        else:
            return _saved(before, after)
    else:
        form.fill(before)
    page = render_template(
        "arrangements/of_pupil.html",
        form=form,
        before=before,
        now=now,
        arrangement=in_words,
        whence=whence,
        ticks=TICKS,
        more=_MORE,
    )
    return (page, 422) if form.mistakes else page


def _saved(before: Editable, after: Editable) -> Page:
    url = url_for("pupil.pupil", pupil_id=after.pupil.id)
    if after.version == before.version:
        return done(url, f"Nothing was changed for {after.pupil.called}.")
    fields = {name: value for name, value in texts_of(before.choice).items() if value}
    said = f"Saved for {after.pupil.called}. It holds from the next time the pupil signs in."
    undo = url_for("arrangements.of_pupil", pupil_id=after.pupil.id)
    return done(url, said, undo, version=after.version, **fields)
