"""A console with accounts, and browsers in which nobody is signed in yet."""

import re
from collections.abc import Mapping

from werkzeug.test import TestResponse

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.office import accounts
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.staff import COMMAND_LINE, Role
from mtc_kiosk.store.home.home import Home
from tests.console.desk import HOST, MORNING, Visitor, hidden
from tests.office.acting import acting

PASSWORD, OTHER = "seven cups of tea", "a purple otter"


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


class Staffroom:
    """One console of a home. ``browser`` opens another browser at it; ``clock`` is what tries wait by."""

    def __init__(self, home: Home) -> None:
        self.home, self.clock = home, Seconds()
        self.desk = Desk(home, frozenset({HOST}), None, {"MTC_KIOSK_NOW": MORNING}, self.clock)
        self.app = create_app(self.desk)
        self.browser().at(MORNING)

    def browser(self) -> Visitor:
        """A browser without any cookie."""
        return Visitor(self.app, self.desk)

    def account(self, name: str, *roles: Role, password: str = PASSWORD, groups: tuple[str, ...] = ()) -> Account:
        """An account, made at the command line."""
        with acting(self.home, COMMAND_LINE) as office:
            wanted = AccountWanted(frozenset(roles), frozenset(groups))
            return accounts.add(office, name, wanted, password).account

    def signed_in(self, name: str, password: str = PASSWORD) -> Visitor:
        """A browser in which this person is signed in."""
        visitor = self.browser()
        assert sign_in(visitor, name, password).status_code == 303
        return visitor


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD, page: str = "/sign-in") -> TestResponse:
    """Type a name and a password on the sign-in page."""
    shown = visitor.get(page)
    assert shown.status_code == 200
    return visitor.post("/sign-in", {**hidden(shown.text, "/sign-in"), "name": name, "password": password})


def press(visitor: Visitor, page: str, action: str, form: Mapping[str, object] | None = None) -> TestResponse:
    """Press the button of the form on a page that posts to ``action``; the browser says which page it was on."""
    shown = visitor.get(page)
    assert shown.status_code == 200, shown.text
    return visitor.post(action, {**hidden(shown.text, action), **(form or {})}, Referer=f"http://{HOST}{page}")


def heading(answer: TestResponse) -> str:
    """The one heading of a page."""
    (found,) = re.findall(r"<h1>(.*?)</h1>", answer.text, re.DOTALL)
    return " ".join(str(found).split())
