"""Groups: make one, rename one, and move pupils in and out. A pupil is in one group or in none."""

from collections.abc import Callable, Sequence

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from mtc_kiosk.console.forms import ConsoleForm, row_number
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done, look
from mtc_kiosk.office import groups as office
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import names
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.words import counted

pages = Blueprint("groups", __name__)
Answer = str | Response | tuple[str, int]

_MOST_UNDONE = 1_000
"""How many pupils an undo can move back."""


class GroupForm(ConsoleForm):
    """A group's name and the pupils who are ticked; ``version`` is of the groups that the page shows."""

    name = StringField("Name of the group")
    version = HiddenField()

    @property
    def ticked(self) -> list[int]:
        """The ids of the pupils who are ticked."""
        found = map(row_number, request.form.getlist("pupils"))
        return [each for each in found if each is not None]


@pages.get("/pupils/groups")
@needs(May.EDIT_PUPILS)
def groups() -> Answer:
    """Every group, and who is in none."""
    return render_template("groups/groups.html", found=office.all_groups(g.home))


@pages.route("/pupils/groups/new", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def new() -> Answer:
    """Make a group of pupils."""
    found = office.all_groups(g.home)
    if request.method == "GET":
        return _new_page(GroupForm(data={"version": found.version}), found, (), 200)
    form = GroupForm()
    if not form.validate_on_submit():
        return _new_page(form, found, form.ticked, 422)
    name = form.name.data or ""
    try:
        moved = office.make(g.home, name, form.ticked, form.version.data or "")
    except office.GroupsChanged as refused:
        form.version.data = found.version
        form.show(refused.problems)
        return _new_page(form, found, form.ticked, 409)
    except OfficeRefused as refused:
        form.show(refused.problems)
        return _new_page(form, found, form.ticked, 422)
    return _moved(found, moved, tidy(name), f"Group {tidy(name)} has {counted(len(moved), 'pupil')}.")


@pages.route("/pupils/groups/edit", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def edit() -> Answer:
    """Rename a group, move pupils into it, or take some out."""
    found = office.all_groups(g.home)
    wanted = request.args.get("group", "")
    name = next((each for each in found.members if same(each, tidy(wanted))), None)
    if name is None:
        return look("/pupils/groups", "There is no such group now. A group is there as long as a pupil is in it.")
    if request.method == "GET":
        return _edit_page(GroupForm(data={"name": name, "version": found.version}), found, name, 200)
    form = GroupForm()
    if not form.validate_on_submit():
        return _edit_page(form, found, name, 422)
    try:
        return _do(form, found, name)
    except office.GroupsChanged as refused:
        form.version.data = found.version
        form.show(refused.problems)
        return _edit_page(form, found, name, 409)
    except OfficeRefused as refused:
        form.show(refused.problems)
        return _edit_page(form, found, name, 422)


@pages.post("/pupils/groups/back")
@needs(May.EDIT_PUPILS)
def back() -> Answer:
    """Undo a move: each pupil goes back to the group they were in."""
    was: dict[int, str] = {}
    for pair in request.form.get("was", "").split("\n")[:_MOST_UNDONE]:
        pupil_id, _, group = pair.strip("\r").partition(" ")
        if pupil_id.isascii() and pupil_id.isdecimal() and len(pupil_id) < 12:
            was[int(pupil_id)] = group
    moved = office.move_back(g.home, request.form.get("now", ""), was)
    return done("/pupils/groups", f"{counted(len(moved), 'pupil')} moved back.")


def _do(form: GroupForm, found: office.Groups, name: str) -> Answer:
    """What the pressed button says."""
    version, pressed = form.version.data or "", request.form.get("do", "")
    new_name = tidy(form.name.data or "")
    act: Callable[[], tuple[Pupil, ...]] = {
        "in": lambda: office.put_into(g.home, name, form.ticked, version),
        "out": lambda: office.take_out(g.home, form.ticked, version),
    }.get(pressed, lambda: office.rename(g.home, name, new_name, version))
    moved = act()
    who = counted(len(moved), "pupil")
    match pressed:
        case "in":
            return _moved(found, moved, name, f"{who} moved into {name}.")
        case "out":
            return _moved(found, moved, "", f"{who} taken out of {name}.")
        case _:
            return _moved(
                found, moved, new_name, f"{name} is now called {new_name}." if moved else "Nothing was changed."
            )


def _moved(before: office.Groups, moved: Sequence[Pupil], now: str, message: str) -> Answer:
    """Say what took place, with the way back."""
    if not moved:
        return done("/pupils/groups", message)
    was = {pupil.id: pupil.group_name for pupil in before.everybody}
    pairs = "\n".join(f"{pupil.id} {was[pupil.id]}" for pupil in moved)
    return done("/pupils/groups", message, "/pupils/groups/back", was=pairs, now=now)


def _new_page(form: GroupForm, found: office.Groups, ticked: Sequence[int], code: int) -> Answer:
    page = render_template("groups/new.html", form=form, found=found, ticked=set(ticked), names=names(g.home))
    return page, code


def _edit_page(form: GroupForm, found: office.Groups, name: str, code: int) -> Answer:
    page = render_template(
        "groups/edit.html", form=form, found=found, name=name, ticked=set(form.ticked), names=names(g.home)
    )
    return page, code
