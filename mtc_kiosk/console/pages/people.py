"""School > People: who may sign in, and as what; and everybody's own password."""

from collections.abc import Iterable

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, SelectField, StringField

from mtc_kiosk.console import replies
from mtc_kiosk.console.forms import ConsoleForm, Ticks, row_number
from mtc_kiosk.console.guard import needs, of_this_request
from mtc_kiosk.console.pages.sign_in import browser_of_request, role_label
from mtc_kiosk.office import accounts
from mtc_kiosk.office.accounts import NO_ACCOUNT, PasswordGiven
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.passwords import RULE
from mtc_kiosk.school.permissions import MEANING, May
from mtc_kiosk.school.staff import Role
from mtc_kiosk.school.words import time_in_words

pages = Blueprint("people", __name__)

Answer = str | Response | tuple[str, int]

_FIELDS = {
    "not_a_name": "name",
    "name_taken": "name",
    "no_role": "roles",
    "cover_alone": "roles",
    "last_owner": "roles",
    "not_a_teacher": "groups",
    "no_session": "session",
}
_LASTING = [role for role in Role if role is not Role.COVER]


class RolesForm(ConsoleForm):
    """What somebody may do. ``version`` is that of the account it was made from."""

    version = HiddenField()
    roles = Ticks("What may they do?")
    groups = Ticks("Their own groups")


class PersonForm(RolesForm):
    """Somebody new."""

    name = StringField("Name to sign in with")
    session = SelectField("The session to cover", validate_choice=False)


class OwnPasswordForm(ConsoleForm):
    """The password of who is signed in."""

    old = PasswordField("Your password now")
    new = PasswordField("The new password")
    again = PasswordField("The new password again")


@pages.get("/school/people")
@needs(May.MANAGE_ACCOUNTS)
def people() -> str:
    """Everybody with an account."""
    zone = g.home.timetable.zone
    return render_template(
        "people/people.html",
        people=accounts.listed(g.home),
        in_words=_in_words,
        until=lambda moment: time_in_words(moment, zone),
    )


@pages.route("/school/people/add", methods=["GET", "POST"])
@needs(May.MANAGE_ACCOUNTS)
def add() -> Answer:
    """Add a person, who gets a password to be handed over."""
    form = PersonForm()
    _choices(g.home, form, list(Role))
    form.session.choices = {"": "None"} | {
        str(each.id): f"Session {each.id}, until {each.closes_at.astimezone(g.home.timetable.zone):%H:%M}"
        for each in accounts.sessions_to_cover(g.home)
    }
    if form.validate_on_submit():
        wanted = _wanted(form, row_number(form.session.data))
        try:
            return _hand_over(accounts.add(g.home, form.name.data or "", wanted))
        except (OfficeRefused, Refused) as refused:
            form.show(problems_of(refused), _FIELDS)
    return _form("people/add.html", form, explained=_explained(Role))


@pages.route("/school/people/<int:account_id>", methods=["GET", "POST"])
@needs(May.MANAGE_ACCOUNTS)
def change(account_id: int) -> Answer:
    """Change what somebody may do."""
    account = _account(account_id)
    held = {"roles": [str(role) for role in account.roles], "groups": sorted(account.groups)}
    form = RolesForm(data={**held, "version": str(account.version)})
    _choices(g.home, form, _LASTING, sorted(account.groups))
    if form.validate_on_submit():
        version = row_number(form.version.data) or 0
        try:
            done = accounts.change(g.home, account_id, _wanted(form, None), version).account
            return replies.done("/school/people", f"{done.name} is {_in_words(done)} from the next page on.")
        except (OfficeRefused, Refused) as refused:
            form.show(problems_of(refused), _FIELDS)
    return _form("people/change.html", form, account=account, explained=_explained(_LASTING), now=_in_words(account))


@pages.route("/school/people/<int:account_id>/reset", methods=["GET", "POST"])
@needs(May.MANAGE_ACCOUNTS)
def reset(account_id: int) -> Answer:
    """Give somebody a new password to be handed over."""
    account = _account(account_id)
    if request.method == "POST":
        return _hand_over(accounts.reset(g.home, account_id))
    return render_template("people/reset.html", account=account)


@pages.route("/school/people/<int:account_id>/remove", methods=["GET", "POST"])
@needs(May.MANAGE_ACCOUNTS)
def remove(account_id: int) -> Answer:
    """Remove somebody's account."""
    account = _account(account_id)
    if request.method != "POST":
        return render_template("people/remove.html", account=account, problems=())
    try:
        gone = accounts.remove(g.home, account_id)
    except Refused as refused:
        return render_template("people/remove.html", account=account, problems=problems_of(refused)), 422
    return replies.done("/school/people", f"The account of {gone.name} is removed.")


@pages.get("/school/people/password")
@needs(May.MANAGE_ACCOUNTS)
def handed_over() -> str | Response:
    """The password to hand over, once."""
    given = of_this_request().pop("handed", None)
    if not isinstance(given, PasswordGiven):
        return redirect("/school/people", 303)
    return render_template("people/handed_over.html", given=given)


@pages.route("/password", methods=["GET", "POST"])
@needs(May.SIGNED_IN, first=True)
def password() -> Answer:
    """Change one's own password."""
    form, web = OwnPasswordForm(), of_this_request()
    if web.account is None:  # a made-up home that is open to every visitor
        raise NotFound
    if form.validate_on_submit():
        if form.new.data != form.again.data:
            form.again.errors = ["Type the same password twice."]
        else:
            old, new = form.old.data or "", form.new.data or ""
            try:
                changed = accounts.change_own_password(
                    g.home, g.desk.tries, web.account.id, browser_of_request(g.home, web.account.id), old, new
                )
            except OfficeRefused as refused:
                codes = {"not_a_password": "new", "same_password": "new", "wrong_password": "old", "wait": "old"}
                form.show(problems_of(refused), codes)
            else:
                g.desk.web.sign_in(web, changed)
                return replies.done(
                    "/", "Your password is changed. Wherever else you were signed in, you are no longer."
                )
    return _form("people/password.html", form, account=web.account, rule=RULE)


def _form(template: str, form: ConsoleForm, **shown: object) -> Answer:
    page = render_template(template, form=form, **shown)
    return (page, 422) if request.method == "POST" else page


def _account(account_id: int) -> Account:
    try:
        return accounts.one(g.home, account_id)
    except OfficeRefused as refused:
        if refused.problems[0].code == NO_ACCOUNT:
            raise NotFound from refused
        raise


def _choices(home: OpenHome, form: RolesForm, roles: Iterable[Role], groups: list[str] | None = None) -> None:
    form.roles.choices = {str(role): role_label(role) for role in roles}
    every = dict.fromkeys([*accounts.groups_to_choose(home), *(groups or ())])
    form.groups.choices = {group: group for group in every}


def _wanted(form: RolesForm, session_id: int | None) -> AccountWanted:
    roles = frozenset(role for role in Role if str(role) in (form.roles.data or ()))
    return AccountWanted(roles, frozenset(form.groups.data or ()), session_id)


def _hand_over(given: PasswordGiven) -> Response:
    of_this_request()["handed"] = given
    return redirect(url_for("people.handed_over"), 303)


def _explained(roles: Iterable[Role]) -> dict[str, str]:
    return {str(role): MEANING[role] for role in roles}


def _in_words(account: Account) -> str:
    held = [str(role) if role is not Role.SENCO else role_label(role) for role in Role if role in account.roles]
    return ", ".join(held[:-1]) + (" and " if len(held) > 1 else "") + held[-1]
