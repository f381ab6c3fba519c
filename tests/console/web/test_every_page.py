"""Every page of the console in Chromium: axe finds nothing, and none is wider than its window."""

import pytest
from playwright.sync_api import Page

from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.home.home import Home
from tests.console.crawl import every_form, every_page, looks
from tests.console.desk import Visitor, console_of
from tests.console.furnished import AT
from tests.console.markup import within
from tests.console.web.conftest import Open
from tests.console.web.looking import too_wide, violations

_SEND_EMPTY = """action => {
  const form = [...document.forms].find(f => f.method === "post"
    && new URL(f.action).pathname + new URL(f.action).search === action);
  if (!form) return false;
  form.noValidate = true;
  for (const one of form.elements) {
    if (one.type === "checkbox" || one.type === "radio") one.checked = false;
    else if (one.type !== "hidden" && one.type !== "submit") one.value = "";
  }
  setTimeout(() => form.submit());
  return true;
}"""
"""Send the form with this address as somebody does who fills in nothing and whose browser does not mind. False where
the page has it no more, as another form was done meanwhile."""


def test_every_page_of_a_school_in_the_middle_of_its_day(
    everyone: Visitor, furnished: Home, console: Open, page: Page
) -> None:
    """With somebody to help, a held check, two checks, a restart and the rest."""
    _look_at(page, console(furnished), looks(every_page(everyone, furnished)))


def test_every_page_of_an_empty_home(home: Home, console: Open, page: Page) -> None:
    """What a newcomer sees: nothing is there, and each page says how it gets there."""
    visitor = console_of(home, *Role, at=AT)
    _look_at(page, console(home), [url for url in every_page(visitor, home) if "?" not in url])


@pytest.mark.parametrize("role", [Role.OWNER, Role.TEACHER, Role.COVER])
def test_what_others_see(furnished: Home, console: Open, page: Page, role: Role) -> None:
    """Pages with parts that not everybody has, and the page that says who else may."""
    _look_at(
        page, console(furnished, role), ["/", "/pupils", "/pupils/4", "/room", "/results", "/school", "/no-such-page"]
    )


def test_every_form_with_mistakes(everyone: Visitor, furnished: Home, console: Open, page: Page) -> None:
    """Each form that complains when it is sent with nothing filled in: what it says then is as easy to use."""
    base, found, looked_at = console(furnished), [], 0
    for url, form in list(every_form(every_page(everyone, furnished))):
        hidden = {name: one.values for name, one in form.fields.items() if one.kind == "hidden"}
        if everyone.ask(within(form.action), "POST", data=hidden).status_code != 422:
            continue
        page.goto(base + url.lstrip("/"))
        if not page.evaluate(_SEND_EMPTY, within(form.action)):
            continue
        page.wait_for_selector(".summary, .err")
        looked_at += 1
        found += [f"{url} {form.action}: {one}" for one in violations(page) + too_wide(page)]
    assert looked_at > 5
    assert "\n".join(found) == ""


def _look_at(page: Page, base: str, urls: list[str]) -> None:
    """Open each page; report all that is wrong with any of them at once."""
    found, errors = [], []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for url in urls:
        page.goto(base + url.lstrip("/"))
        found += [f"{url}: {one}" for one in violations(page) + too_wide(page)]
    assert "\n".join(found) == ""
    assert [each for each in errors if "status of 40" not in each] == []
