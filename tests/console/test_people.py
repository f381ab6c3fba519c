"""School > People: who may sign in, and as what; one's own password; the first account."""

import re

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.console.pages.people import _FIELDS
from mtc_kiosk.office import accounts, sessions
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.permissions import MEANING
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import COMMAND_LINE, Role, staff_of
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of, hidden
from tests.console.furnished import AT
from tests.console.staff_desk import OTHER, PASSWORD, Staffroom, heading, press, sign_in
from tests.office.acting import HEAD, acting, audited
from tests.store.a_school import ASchool

PAGE = "/school/people"


@pytest.fixture
def staffroom(home: Home) -> Staffroom:
    """A console with one owner, and three pupils in two groups."""
    made = Staffroom(home)
    school = ASchool(home.database)
    school.pupils(2, "4A")
    school.pupils(1, "4B")
    school.close()
    made.account("o.owner", Role.OWNER)
    return made


def one_time(page: str) -> str:
    """The password on the page that hands it over."""
    (found,) = re.findall(r"[b-z2-9]{4}-[b-z2-9]{4}-[b-z2-9]{4}", page)
    return str(found)


def add(staffroom: Staffroom, name: str, *roles: Role, **more: object) -> str:
    """Add a person as the owner; the password to hand over."""
    owner = staffroom.signed_in("o.owner")
    form = {"name": name, "roles": [str(role) for role in roles], **more}
    answer = owner.send(f"{PAGE}/add", form)
    assert answer.location == f"{PAGE}/password", answer.text
    return one_time(owner.get(answer.location).text)


def test_a_person_is_added_and_chooses_a_password_of_their_own(staffroom: Staffroom) -> None:
    """The first is shown once, opens nothing but the page on which it is changed, and then nothing at all."""
    given = add(staffroom, "Farida Adeyemi", Role.TEACHER, groups=["4A"])
    visitor = staffroom.browser()
    assert sign_in(visitor, "farida adeyemi", given).location == "/password"
    for url in (PAGE, "/kept", "/"):
        assert visitor.get(url).location == "/password" or visitor.get(url).status_code == 404
    page = visitor.get("/password")
    assert heading(page) == "First, choose a password of your own"
    changed = {"old": given, "new": PASSWORD, "again": PASSWORD}
    assert visitor.post("/password", {**hidden(page.text, "/password"), **changed}).location == "/"
    assert visitor.get("/kept").status_code == 200
    assert sign_in(staffroom.browser(), "Farida Adeyemi", given).status_code == 422
    with acting(staffroom.home, COMMAND_LINE) as office:
        account = accounts.named(office, "Farida Adeyemi")
        assert (account.groups, account.must_change) == (frozenset({"4A"}), False)
        assert ("o.owner", "account.added", str(account.id)) in audited(office)
        assert ("Farida Adeyemi", "account.password_changed", str(account.id)) in audited(office)


def test_a_password_to_hand_over_is_shown_once(staffroom: Staffroom) -> None:
    """Neither a reload nor "back" shows it again, nor the next person at this PC."""
    owner = staffroom.signed_in("o.owner")
    given = one_time(owner.get(owner.send(f"{PAGE}/add", {"name": "n", "roles": ["head"]}).location).text)
    assert owner.get(f"{PAGE}/password").location == PAGE
    assert given not in owner.get(PAGE).text


def test_every_role_says_what_it_may_do(staffroom: Staffroom) -> None:
    """Where somebody chooses it."""
    page = staffroom.signed_in("o.owner").get(f"{PAGE}/add").text
    for role, sentence in MEANING.items():
        assert f'value="{role}"' in page
        assert sentence in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "", "roles": ["head"]}, "Give a name"),
        ({"name": "cli", "roles": ["head"]}, "is kept for the program itself"),
        ({"name": "O.Owner", "roles": ["head"]}, "There is an account with this name"),
        ({"name": "n"}, "Choose at least one role"),
        ({"name": "n", "roles": ["cover", "head"]}, "can have no other role"),
        ({"name": "n", "roles": ["head"], "groups": ["4A"]}, "Only a teacher has groups"),
        ({"name": "n", "roles": ["cover"]}, "Choose the session"),
        ({"name": "n", "roles": ["cover"], "session": "7"}, "Choose the session"),
        ({"name": "n", "roles": ["caretaker"], "groups": ["4X"], "session": "٣"}, "Choose at least one role"),
    ],
)
def test_a_mistake_is_at_its_field_and_what_was_typed_stays(
    staffroom: Staffroom, form: dict[str, object], sentence: str
) -> None:
    """On top too, with a link; and nobody is added."""
    answer = staffroom.signed_in("o.owner").send(f"{PAGE}/add", form)
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2, answer.text
    if form["name"]:
        assert f'value="{form["name"]}"' in answer.text
    with acting(staffroom.home, COMMAND_LINE) as office:
        assert len(accounts.listed(office)) == 1


def test_every_refusal_of_an_account_has_its_field() -> None:
    """Each names a field of the form."""
    assert set(_FIELDS.values()) <= {"name", "roles", "groups", "session"}


def test_cover_is_for_a_session_of_today(staffroom: Staffroom) -> None:
    """Which is there to choose; in the list it says until when."""
    with acting(staffroom.home, HEAD) as office:
        session = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,)))).session
    add(staffroom, "supply", Role.COVER, session=str(session.id))
    page = staffroom.signed_in("o.owner").get(PAGE).text
    assert "until 7 June 2027 at 23:59" in page
    assert f"Session {session.id}" in page


def test_roles_are_changed_by_one_and_not_overwritten_by_another(staffroom: Staffroom) -> None:
    """The second, who had the page open from before, is told, and their choice is still there."""
    account = staffroom.account("h.head", Role.HEAD)
    url = f"{PAGE}/{account.id}"
    one, two = staffroom.signed_in("o.owner"), staffroom.signed_in("o.owner")
    forms = [hidden(each.get(url).text, url) for each in (one, two)]
    done = one.post(url, {**forms[0], "roles": ["teacher"], "groups": ["4B"]})
    assert done.location == PAGE
    assert "h.head is teacher from the next page on." in one.get(PAGE).text
    refused = two.post(url, {**forms[1], "roles": ["senco"]})
    assert refused.status_code == 422
    assert "Somebody else changed h.head meanwhile" in refused.text
    assert heading(refused) == "h.head is teacher"
    with acting(staffroom.home, COMMAND_LINE) as office:
        assert accounts.named(office, "h.head").groups == frozenset({"4B"})


def test_the_last_owner_stays(staffroom: Staffroom) -> None:
    """Neither demoted nor removed; the page says why."""
    owner = staffroom.signed_in("o.owner")
    answer = owner.send(f"{PAGE}/1", {"roles": ["head"]})
    assert answer.status_code == 422
    assert "o.owner is the only owner." in answer.text
    answer = press(owner, f"{PAGE}/1/remove", f"{PAGE}/1/remove")
    assert answer.status_code == 422
    assert "Make somebody else an owner first." in answer.text
    assert owner.get(PAGE).status_code == 200


def test_an_account_is_removed_on_a_page_of_its_own(staffroom: Staffroom) -> None:
    """A question first, then one press; a second press changes nothing and is no error."""
    account = staffroom.account("h.head", Role.HEAD)
    url = f"{PAGE}/{account.id}/remove"
    owner = staffroom.signed_in("o.owner")
    page = owner.get(url)
    assert heading(page) == "Remove the account of h.head?"
    form = hidden(page.text, url)
    assert [owner.post(url, form).location for _ in range(2)] == [PAGE, PAGE]
    shown = owner.get(PAGE)
    assert heading(shown) == "One person can sign in"
    assert "The account of h.head is removed." in shown.text
    assert [owner.get(f"{PAGE}/{account.id}{what}").status_code for what in ("", "/reset", "/remove")] == [404] * 3


def test_to_look_at_the_head_of_a_page_is_not_to_press_its_button(staffroom: Staffroom) -> None:
    """A browser may ask for a page's head alone, without a token: nobody is removed, and no password is made."""
    account = staffroom.account("h.head", Role.HEAD)
    owner = staffroom.signed_in("o.owner")
    for what in ("", "/reset", "/remove"):
        answer = owner.ask(f"{PAGE}/{account.id}{what}", "HEAD")
        assert (answer.status_code, answer.data) == (200, b"")
    with acting(staffroom.home, COMMAND_LINE) as office:
        assert accounts.one(office, account.id) == account


def test_a_number_that_no_account_can_have_leads_nowhere(staffroom: Staffroom) -> None:
    """Also one that is larger than any row's."""
    owner = staffroom.signed_in("o.owner")
    assert [owner.get(f"{PAGE}/{number}").status_code for number in (0, 99, 2**63 - 1, 2**63, 10**30)] == [404] * 5


def test_a_password_is_reset_to_one_to_hand_over(staffroom: Staffroom) -> None:
    """Whoever was signed in with the old one is out."""
    account = staffroom.account("h.head", Role.OWNER)
    theirs = staffroom.signed_in("h.head")
    owner = staffroom.signed_in("o.owner")
    owner.at("2027-06-07T09:01:00Z")
    url = f"{PAGE}/{account.id}/reset"
    given = one_time(owner.get(press(owner, url, url).location).text)
    assert theirs.get(PAGE).location.startswith("/sign-in")
    assert sign_in(theirs, "h.head").status_code == 422
    assert sign_in(theirs, "h.head", given).location == "/password"


def test_ones_own_password(staffroom: Staffroom) -> None:
    """With the old one; this browser stays signed in, every other is out."""
    staffroom.account("t.teacher", Role.TEACHER)
    one, other = staffroom.signed_in("t.teacher"), staffroom.signed_in("t.teacher")
    one.at("2027-06-07T09:01:00Z")
    for form, sentence in (
        ({"old": "wrong, wrong", "new": OTHER, "again": OTHER}, "That is not your password now."),
        ({"old": PASSWORD, "new": OTHER, "again": "another"}, "Type the same password twice."),
        ({"old": PASSWORD, "new": "password1", "again": "password1"}, "Use at least 8 characters"),
    ):
        answer = one.send("/password", form)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert OTHER not in answer.text
    assert one.send("/password", {"old": PASSWORD, "new": OTHER, "again": OTHER}).location == "/"
    assert one.get("/kept").status_code == 200
    assert other.get("/kept").location.startswith("/sign-in")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OWNER, Role.COVER)])
def test_only_an_owner_manages_people(staffroom: Staffroom, role: Role) -> None:
    """Others may change their own password, and are told who may do the rest."""
    staffroom.account("x", role)
    visitor = staffroom.signed_in("x")
    for url in (PAGE, f"{PAGE}/add", f"{PAGE}/1", f"{PAGE}/1/reset", f"{PAGE}/1/remove", f"{PAGE}/password"):
        answer = visitor.get(url)
        assert answer.status_code == 403
        assert "owner" in answer.text
    assert visitor.get("/password").status_code == 200


def first_secret(staffroom: Staffroom) -> str:
    """The code in the link that the terminal shows."""
    link = staffroom.desk.first_link("http://127.0.0.1:8425/")
    assert link is not None
    return link.partition("/sign-in/first#")[2]


def test_the_first_account_is_made_by_the_link_of_the_terminal(home: Home) -> None:
    """Once: signed in at once, as owner and what was ticked; then the page is gone, and no link is printed."""
    staffroom = Staffroom(home)
    visitor = staffroom.browser()
    assert "There is no account yet." in visitor.get("/sign-in").text
    page = visitor.get("/sign-in/first")
    assert heading(page) == "Make your account"
    form = {
        **hidden(page.text, "/sign-in/first"),
        "name": "f.adeyemi",
        "password": PASSWORD,
        "again": PASSWORD,
        "also": ["teacher", "head"],
    }
    wrong = visitor.post("/sign-in/first", {**form, "code": "AAAAAAAAAAAAAAAAAAAAAA"})
    assert wrong.status_code == 422
    assert PASSWORD not in wrong.text
    secret = first_secret(staffroom)
    answer = visitor.post("/sign-in/first", {**form, "code": secret})
    assert (answer.status_code, answer.location) == (303, "/")
    assert visitor.get(PAGE).status_code == 200
    assert visitor.post("/sign-in/first", {**form, "code": secret}).location == "/sign-in"
    assert staffroom.browser().get("/sign-in/first").location == "/sign-in"
    assert staffroom.desk.first_link("http://127.0.0.1:8425/") is None
    with acting(home, COMMAND_LINE) as office:
        (owner,) = accounts.listed(office)
    assert owner.staff == staff_of("f.adeyemi", Role.OWNER, Role.TEACHER, Role.HEAD)


def test_the_link_is_used_by_post_alone_and_ends_after_ten_minutes(home: Home) -> None:
    """Opening any address with it does nothing; it is never in an answer."""
    staffroom = Staffroom(home)
    secret, visitor = first_secret(staffroom), staffroom.browser()
    assert secret not in visitor.get(f"/sign-in/first?code={secret}").text
    staffroom.clock.now = 600
    form = {"code": secret, "name": "f.adeyemi", "password": PASSWORD, "again": PASSWORD}
    answer = visitor.send("/sign-in/first", form)
    assert answer.status_code == 422
    assert "This link no longer works." in answer.text
    with acting(home, COMMAND_LINE) as office:
        assert accounts.none_yet(office)


def test_the_first_page_ticks_teacher(home: Home) -> None:
    """An owner alone sees no pupils."""
    page = Staffroom(home).browser().get("/sign-in/first").text
    ticked = re.findall(r"<input checked[^>]*>", page)
    assert len(ticked) == 1
    assert 'value="teacher"' in ticked[0]


@pytest.mark.parametrize("number", ["9" * 25, "9" * 5000, "٣", "²"])
def test_a_number_that_no_row_has_is_no_fault(furnished: Home, number: str) -> None:
    """In a hidden field or a choice, which a program may fill in with anything."""
    visitor = console_of(furnished, *Role, at=AT)
    add = {"name": "c.cover", "roles": "cover", "session": number}
    assert visitor.send("/school/people/add", add).status_code == 422  # two sessions are open, so one must be named
    assert visitor.send("/school/people/2", {"version": number, "roles": "teacher"}).status_code == 422
    page = visitor.get("/pupils/groups/new")
    sent = {**hidden(page.text, "/pupils/groups/new"), "name": "4Z", "pupils": number}
    assert visitor.post("/pupils/groups/new", sent).status_code == 422
