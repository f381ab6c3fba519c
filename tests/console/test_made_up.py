"""In a made-up home every page says so, whichever it is: pages are listed by the app itself."""

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home, open_home

from .desk import HOST, console_of

MADE_UP = "Made-up pupils. Nothing here is real."


def test_every_page_of_a_made_up_home_says_so(home: Home) -> None:
    """Also one that is not there, and one that is refused."""
    visitor = console_of(home, *Role)
    plain = [rule.rule for rule in visitor.app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    for page in (*plain, "/no-such-page"):
        answer = visitor.get(page)
        whole = answer.mimetype == "text/html" and "<html" in answer.text and answer.status_code not in (302, 303)
        assert not whole or MADE_UP in answer.text, page


def test_no_page_of_a_real_home_says_so(home: Home) -> None:
    """Nobody may take real pupils for made-up ones."""
    real = open_home(home.root.parent / "real")
    open_database(real).close()
    desk = Desk(real, frozenset({HOST}))
    answer = create_app(desk).test_client().get("/no-such-page", base_url=f"http://{HOST}")
    assert answer.status_code == 404
    assert MADE_UP not in answer.text
