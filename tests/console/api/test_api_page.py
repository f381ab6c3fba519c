"""``docs/api.md`` says what the desk does: every route, refusal and message."""

import re
from pathlib import Path

import pytest

from mtc_kiosk.console.api import refusals
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of
from tests.console.every_route import every_api_route
from tools.documents.api_page import PAGE, page

OFFICE = Path(__file__).parents[3] / "mtc_kiosk" / "office"


def test_the_page_is_that_of_the_program() -> None:
    """Write it anew: ``python -m tools.documents.api_page``."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_route_and_every_refusal_is_on_it(home: Home) -> None:
    """As the console itself lists them."""
    text = page()
    for route in every_api_route(console_of(home).app):
        assert f"| `{route}` |" in text
    assert all(f"| `{code}` | {status} |" in text for code, (status, _) in refusals.WORDS.items())


@pytest.mark.parametrize("module", ["enrolments", "known_kiosks"])
def test_the_codes_of_joining_are_on_it(module: str) -> None:
    """Those with which the office refuses a PC."""
    source = (OFFICE / f"{module}.py").read_text(encoding="utf-8")
    for code in re.findall(r"Problem\((?:[^()]|\([^()]*\))*?\"(\w+)\"(?:, field=[^)]*)?,?\s*\)", source):
        assert f"`{code}`" in page() or code == "number_of_kiosks", code
