"""Signing in and out, locking, running out of time: who can go on, and what is left of who was there."""

from http.cookies import SimpleCookie

import pytest
from flask import Flask

from mtc_kiosk.office import accounts
from mtc_kiosk.school.accounts import AccountWanted
from mtc_kiosk.school.staff import COMMAND_LINE, Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import HOST, Visitor, hidden
from tests.console.staff_desk import OTHER, PASSWORD, Staffroom, heading, press, sign_in
from tests.office.acting import acting

PAGE = "/school/people"
ALMOST, AFTER = "2027-06-07T09:14:59Z", "2027-06-07T09:15:00Z"


@pytest.fixture
def staffroom(home: Home) -> Staffroom:
    """A console with an owner and a head."""
    made = Staffroom(home)
    made.account("o.owner", Role.OWNER)
    made.account("h.head", Role.HEAD, Role.OWNER)
    return made


def is_in(visitor: Visitor) -> bool:
    """Whether a page of the console is shown."""
    answer = visitor.get(PAGE)
    assert answer.status_code == 200 or answer.location.startswith("/sign-in")
    return answer.status_code == 200


def cookie(visitor: Visitor) -> str:
    """The name of the session in the browser's cookie."""
    found = visitor.client.get_cookie("mtc_console_8425", domain="127.0.0.1")
    return found.value if found is not None else ""


def test_nobody_is_let_in_without_signing_in(staffroom: Staffroom) -> None:
    """The page asked for comes after the password."""
    visitor = staffroom.browser()
    asked = visitor.get(f"{PAGE}/add")
    assert (asked.status_code, asked.location) == (303, "/sign-in?next=%2Fschool%2Fpeople%2Fadd")
    answer = sign_in(visitor, "o.owner", page=asked.location)
    assert answer.location == f"{PAGE}/add"
    assert heading(visitor.get(answer.location)) == "Add a person"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://attacker.example/",
        "//attacker.example/",
        "/\\attacker.example",
        "javascript:alert(1)",
        "/a\r\nX: y",
        "/idle",
        "/sign-in",
    ],
)
def test_signing_in_leads_nowhere_else(staffroom: Staffroom, elsewhere: str) -> None:
    """An address in the link cannot send anybody off this console, nor round in a circle."""
    visitor = staffroom.browser()
    form = hidden(visitor.get("/sign-in").text, "/sign-in")
    answer = visitor.post("/sign-in", {**form, "next": elsewhere, "name": "o.owner", "password": PASSWORD})
    assert answer.location == "/"


def test_a_wrong_name_and_a_wrong_password_look_the_same(staffroom: Staffroom) -> None:
    """But for the name, which is still there; the password is not."""
    pages = []
    for name in ("o.owner", "x.nobody"):
        answer = sign_in(staffroom.browser(), name, "not it, certainly")
        assert answer.status_code == 422
        assert "not it, certainly" not in answer.text
        form = hidden(answer.text, "/sign-in")
        pages.append(answer.text.replace(name, "NAME").replace(form["once"], "").replace(form["csrf_token"], ""))
    assert pages[0] == pages[1]
    assert "This name and password do not go together." in pages[0]


def test_tries_wait_and_the_right_password_signs_in_after_it(staffroom: Staffroom) -> None:
    """And at a browser in which the person signed in before, without waiting."""
    own = staffroom.signed_in("o.owner")
    press(own, PAGE, "/sign-out")
    other = staffroom.browser()
    for _ in range(5):
        assert "do not go together" in sign_in(other, "o.owner", "wrong, wrong").text
    assert "Wait 5 seconds" in sign_in(other, "o.owner").text
    assert sign_in(own, "o.owner").status_code == 303
    staffroom.clock.now += 5
    assert sign_in(other, "o.owner").status_code == 303


def test_the_cookie_is_of_no_use_to_a_script_a_page_elsewhere_or_who_saw_it_before(staffroom: Staffroom) -> None:
    """HttpOnly, SameSite=Strict, a new name at sign-in and at unlocking, and the old one opens nothing."""
    visitor = staffroom.browser()
    visitor.get("/sign-in")
    before = cookie(visitor)
    answer = sign_in(visitor, "o.owner")
    for each in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in each
        assert "SameSite=Strict" in each
    after = cookie(visitor)
    press(visitor, PAGE, "/lock")
    sign_in(visitor, "o.owner")
    assert len({before, after, cookie(visitor)}) == 3
    assert len(after) == 43
    for old in (before, after):
        thief = staffroom.browser()
        thief.client.set_cookie("mtc_console_8425", old, domain="127.0.0.1")
        assert not is_in(thief)
    assert is_in(visitor)


def test_cookies_are_for_https_alone_where_there_is_https(home: Home) -> None:
    """Both of them."""
    staffroom = Staffroom(home)
    staffroom.account("o.owner", Role.OWNER)
    staffroom.app.config["PREFERRED_URL_SCHEME"] = "https"
    visitor = staffroom.browser()
    shown = visitor.client.get("/sign-in", base_url=f"https://{HOST}")
    form = {**hidden(shown.text, "/sign-in"), "name": "o.owner", "password": PASSWORD}
    answer = visitor.client.post(
        "/sign-in", data=form, base_url=f"https://{HOST}", headers={"Referer": f"https://{HOST}/"}
    )
    assert answer.status_code == 303
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all(morsel["secure"] for each in cookies for morsel in SimpleCookie(each).values())


def test_signing_out_ends_the_session_here_and_leaves_the_others(staffroom: Staffroom) -> None:
    """And the old cookie opens nothing."""
    one, other = staffroom.signed_in("o.owner"), staffroom.signed_in("o.owner")
    kept = cookie(one)
    assert press(one, PAGE, "/sign-out").location == "/sign-in"
    one.client.set_cookie("mtc_console_8425", kept, domain="127.0.0.1")
    assert not is_in(one)
    assert is_in(other)


def test_a_double_click_on_sign_in_is_no_error(staffroom: Staffroom) -> None:
    """The second press comes with the cookie of before: it gets the sign-in page or the console, never an error."""
    visitor = staffroom.browser()
    form = {**hidden(visitor.get("/sign-in").text, "/sign-in"), "name": "o.owner", "password": PASSWORD}
    assert visitor.post("/sign-in", form).status_code == 303
    again = visitor.post("/sign-in", form)
    assert (again.status_code, again.location) == (303, "/")
    stranger = staffroom.browser()
    answer = stranger.post("/sign-in", form)
    assert answer.status_code == 422
    assert "Please sign in once more" in answer.text
    assert PASSWORD not in answer.text


def test_lock_is_on_every_page_and_only_the_same_person_unlocks(staffroom: Staffroom) -> None:
    """Back on the page that they locked; a wrong password shows nothing of it."""
    visitor = staffroom.signed_in("o.owner")
    answer = press(visitor, f"{PAGE}/add", "/lock")
    assert not is_in(visitor)
    page = visitor.get(answer.location)
    assert heading(page) == "Locked"
    assert "Only o.owner can go on here." in page.text
    form = hidden(page.text, "/sign-in")
    assert form["name"] == "o.owner"
    assert visitor.post("/sign-in", {**form, "password": "wrong, wrong"}).status_code == 422
    assert not is_in(visitor)
    assert visitor.post("/sign-in", {**form, "password": PASSWORD}).location == f"{PAGE}/add"
    assert is_in(visitor)


def test_somebody_else_signs_in_at_a_locked_console_and_finds_nothing_of_the_first(staffroom: Staffroom) -> None:
    """Not the answer to a form of theirs, nor what took place."""
    visitor = staffroom.signed_in("o.owner")
    form = hidden(visitor.get(f"{PAGE}/add").text, f"{PAGE}/add")
    sent = {**form, "name": "n.new", "roles": "teacher"}
    assert visitor.post(f"{PAGE}/add", sent).location == f"{PAGE}/password"
    press(visitor, PAGE, "/lock")
    page = visitor.get("/sign-in?else=1")
    assert heading(page) == "Hello"
    assert sign_in(visitor, "h.head", page="/sign-in?else=1").status_code == 303
    shown = visitor.get(f"{PAGE}/password")
    assert (shown.status_code, shown.location) == (303, PAGE)
    assert visitor.post(f"{PAGE}/add", sent).status_code == 400  # the token was the first person's


def test_an_unused_console_locks_to_the_second(staffroom: Staffroom) -> None:
    """After a quarter of an hour; a page asked for in time begins the time anew."""
    visitor = staffroom.signed_in("o.owner")
    visitor.at(ALMOST)
    assert is_in(visitor)
    visitor.at("2027-06-07T09:29:58Z")
    assert is_in(visitor)
    visitor.at("2027-06-07T09:44:58Z")
    assert not is_in(visitor)
    assert heading(visitor.get("/sign-in")) == "Locked"


def test_asking_how_long_is_left_is_not_use_and_typing_is(staffroom: Staffroom) -> None:
    """What a page asks by itself keeps nobody signed in; "I am still here" does."""
    visitor = staffroom.signed_in("o.owner")
    token = hidden(visitor.get(PAGE).text, "/lock")
    visitor.at("2027-06-07T09:10:00Z")
    assert visitor.get("/idle").json == {"left": 300}
    visitor.at(ALMOST)
    assert visitor.get("/idle").json == {"left": 1}
    assert visitor.post("/still-here", token).status_code == 204
    assert visitor.get("/idle").json == {"left": 900}
    visitor.at("2027-06-07T09:29:59Z")
    assert visitor.get("/idle").status_code == 303
    assert not is_in(visitor)


def test_the_time_is_the_schools_to_set(staffroom: Staffroom) -> None:
    """In ``school.yaml``."""
    path = staffroom.home.config_dir / "school.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("idle_minutes: 15", "idle_minutes: 5"), encoding="utf-8")
    visitor = staffroom.signed_in("o.owner")
    assert visitor.get("/idle").json == {"left": 300}
    assert 'data-seconds="300"' in visitor.get(PAGE).text


def test_an_hour_later_it_is_not_even_said_who_was_there(staffroom: Staffroom) -> None:
    """The sign-in page is that of nobody."""
    visitor = staffroom.signed_in("o.owner")
    visitor.at("2027-06-07T09:59:59Z")
    assert "o.owner" in visitor.get("/sign-in").text
    visitor.at("2027-06-07T10:00:00Z")
    page = visitor.get("/sign-in")
    assert heading(page) == "Hello"
    assert "o.owner" not in page.text


@pytest.mark.parametrize("what", ["removed", "reset"])
def test_who_is_removed_or_has_another_password_is_signed_out_at_the_next_page(staffroom: Staffroom, what: str) -> None:
    """Wherever they are signed in."""
    visitor = staffroom.signed_in("h.head")
    assert is_in(visitor)
    with acting(staffroom.home, COMMAND_LINE, "2027-06-07T09:00:01Z") as office:
        account = accounts.named(office, "h.head")
        if what == "removed":
            accounts.remove(office, account.id)
        else:
            accounts.reset(office, account.id, OTHER)
    assert not is_in(visitor)


def test_another_role_holds_from_the_next_page_on(staffroom: Staffroom) -> None:
    """Taken away and given back, without signing in again."""
    visitor = staffroom.signed_in("h.head")
    with acting(staffroom.home, COMMAND_LINE) as office:
        account = accounts.named(office, "h.head")
        accounts.change(office, account.id, AccountWanted(frozenset({Role.HEAD})))
        assert visitor.get(PAGE).status_code == 403
        accounts.change(office, account.id, AccountWanted(frozenset({Role.OWNER})))
    assert visitor.get(PAGE).status_code == 200


def test_a_form_sent_after_the_time_comes_back_to_the_same_person_alone(staffroom: Staffroom) -> None:
    """Filled in as it was, on its own page, with nothing saved; whoever else signs in sees nothing of it."""
    visitor = staffroom.signed_in("o.owner")
    page = f"{PAGE}/add"
    form = {**hidden(visitor.get(page).text, page), "name": "Niamh Newly", "roles": ["teacher", "senco"]}
    visitor.at(AFTER)
    answer = visitor.post(page, form, Referer=f"http://{HOST}{page}")
    assert answer.location == "/sign-in?next=%2Fschool%2Fpeople%2Fadd"
    other = staffroom.signed_in("h.head")
    assert "Niamh" not in other.get(page).text
    assert "Niamh" not in other.get("/kept").text
    back = sign_in(visitor, "o.owner", page=answer.location)
    assert back.location == page
    shown = visitor.get(page)
    assert 'value="Niamh Newly"' in shown.text
    assert "You were away, so nothing was saved." in shown.text
    ticked = [line for line in shown.text.splitlines() if " checked" in line]
    assert [each for each in ("teacher", "senco", "head") if any(f'value="{each}"' in line for line in ticked)] == [
        "teacher",
        "senco",
    ]
    assert "Niamh" in visitor.get("/kept").text
    with acting(staffroom.home, COMMAND_LINE) as office:
        assert len(accounts.listed(office)) == 2
    saved = visitor.send(page, {"name": "Niamh Newly", "roles": ["teacher"]})
    assert saved.location == f"{PAGE}/password"
    assert "Niamh" not in visitor.get(page).text


def test_what_is_kept_goes_after_an_hour(staffroom: Staffroom) -> None:
    """Also for the person themselves."""
    visitor = staffroom.signed_in("o.owner")
    page = f"{PAGE}/add"
    form = {**hidden(visitor.get(page).text, page), "name": "Niamh Newly"}
    visitor.at(AFTER)
    visitor.post(page, form, Referer=f"http://{HOST}{page}")
    visitor.at("2027-06-07T10:14:59Z")
    sign_in(visitor, "o.owner")
    assert "Niamh" in visitor.get("/kept").text
    visitor.at("2027-06-07T10:15:00Z")
    sign_in(visitor, "o.owner") if not is_in(visitor) else None
    assert "Niamh" not in visitor.get("/kept").text + visitor.get(page).text


def test_a_password_is_never_kept(staffroom: Staffroom) -> None:
    """Whatever else is, and however it is sent."""
    visitor = staffroom.signed_in("o.owner")
    form = {**hidden(visitor.get("/password").text, "/password"), "old": PASSWORD, "new": OTHER, "again": OTHER}
    visitor.at(AFTER)
    visitor.post("/password", form, Referer=f"http://{HOST}/password")
    kept = str(vars(staffroom.desk.kept))
    assert PASSWORD not in kept
    assert OTHER not in kept


def test_what_a_script_sends_when_the_warning_runs_out_is_kept(staffroom: Staffroom) -> None:
    """The same, without the form having been sent; it is no use of the console."""
    visitor = staffroom.signed_in("o.owner")
    page = f"{PAGE}/add"
    token = hidden(visitor.get(page).text, "/lock")
    visitor.at(ALMOST)
    fields = {**token, "f.name": "Niamh Newly", "f.csrf_token": "x"}
    assert visitor.post("/keep", fields, Referer=f"http://{HOST}{page}").status_code == 204
    assert visitor.post("/lock", token, Referer=f"http://{HOST}{page}").status_code == 303
    assert not is_in(visitor)
    sign_in(visitor, "o.owner")
    assert 'value="Niamh Newly"' in visitor.get(page).text


def test_a_page_elsewhere_cannot_leave_a_form_behind(staffroom: Staffroom) -> None:
    """Without the token of the session nothing is kept, nor a form that is too long."""
    visitor = staffroom.signed_in("o.owner")
    page = f"{PAGE}/add"
    form = {**hidden(visitor.get(page).text, page), "name": "x" * 200_000}
    visitor.at(AFTER)
    visitor.post(page, form, Referer=f"http://{HOST}{page}")
    visitor.post(page, {"csrf_token": "forged", "name": "Mallory"}, Referer=f"http://{HOST}{page}")
    sign_in(visitor, "o.owner")
    assert heading(visitor.get("/kept")) == "Nothing is kept for you"


def test_a_form_of_a_locked_session_is_done_when_it_is_sent_again(staffroom: Staffroom) -> None:
    """It was not done before, so its second press must not be answered as if it had been."""
    visitor = staffroom.signed_in("o.owner")
    page = f"{PAGE}/add"
    form = {**hidden(visitor.get(page).text, page), "name": "n.new", "roles": "teacher"}
    visitor.at(AFTER)
    visitor.post(page, form, Referer=f"http://{HOST}{page}")
    sign_in(visitor, "o.owner")
    token = hidden(visitor.get(page).text, page)["csrf_token"]
    assert visitor.post(page, {**form, "csrf_token": token}).location == f"{PAGE}/password"
    with acting(staffroom.home, COMMAND_LINE) as office:
        assert accounts.named(office, "n.new")


def test_everything_that_changes_something_is_a_post(staffroom: Staffroom) -> None:
    """Opening an address locks, signs out and removes nobody."""
    visitor = staffroom.signed_in("o.owner")
    assert [visitor.get(url).status_code for url in ("/lock", "/sign-out", "/still-here", "/keep")] == [405] * 4
    assert is_in(visitor)


@pytest.mark.parametrize("url", ["/lock", "/sign-out", "/still-here", f"{PAGE}/add", f"{PAGE}/1/remove", "/password"])
def test_no_form_is_taken_without_its_token(staffroom: Staffroom, url: str) -> None:
    """A page elsewhere that posts here changes nothing."""
    visitor = staffroom.signed_in("o.owner")
    assert visitor.post(url, {"once": "1", "name": "x"}).status_code == 400
    assert is_in(visitor)


def test_no_page_of_somebody_signed_in_stays_in_the_browser(staffroom: Staffroom) -> None:
    """After signing out, "back" has nothing to show."""
    visitor = staffroom.signed_in("o.owner")
    for url in (PAGE, f"{PAGE}/add", "/password", "/kept", "/sign-in"):
        assert visitor.get(url).headers["Cache-Control"] == "no-store"


def test_the_app_has_the_pages(staffroom: Staffroom) -> None:
    """None of them is missing from the app that is served."""
    app: Flask = staffroom.app
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/sign-in", "/sign-in/first", "/lock", "/sign-out", "/password", PAGE} <= rules
