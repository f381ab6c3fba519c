"""The checks that wait for staff, through the office: whose, where they can go on, and who acted on them."""

import contextlib
from dataclasses import replace

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import held_checks, sessions
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited
from tests.store.a_school import ASchool


@pytest.fixture
def held(home: Home) -> str:
    """A check of the first pupil, held at PC1; the second has the same name."""
    with acting(home) as office:
        office.db.execute("update pupil set forename = 'Amy' where id in (1, 2)")
        office.db.execute("update pupil set date_of_birth = '2018-03-15' where id = 2")
        (pin,) = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,)))).pins
    with contextlib.closing(ASchool(home.database)) as school:
        attempt = school.sign_in(pin.issued)
        school.begin(attempt)
        school.hold(attempt)
    return attempt


def test_a_waiting_check_says_whose_it_is(home: Home, held: str) -> None:
    """As lists name pupils, those who have left as well; the console has the same answer as the kiosk."""
    with acting(home) as office:
        (found,) = held_checks.waiting(office)
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = 1")
        (left,) = held_checks.waiting(office)
    assert (found.check.attempt_id, found.name) == (held, "Testerly, Amy (born 14 March 2018)")
    assert left.name == "Testerly, Amy (born 14 March 2018)"


@pytest.mark.parametrize(("kiosk", "is_here"), [("PC1", True), ("PC2", False), ("", False)])
def test_a_check_goes_on_at_its_own_kiosk_alone(home: Home, held: str, kiosk: str, is_here: bool) -> None:
    """At another kiosk, and at the command line, which is none, it only waits."""
    with acting(home) as office:
        (found,) = held_checks.waiting(replace(office, kiosk=kiosk))
    assert (found.check.attempt_id, found.is_here) == (held, is_here)


def test_no_check_waits_where_none_is_held(home: Home) -> None:
    """In a home without a session there is nothing to wait for."""
    with acting(home) as office:
        assert held_checks.waiting(office) == ()


def test_the_audit_says_who_acted_on_which_attempt_or_kiosk(home: Home, held: str) -> None:
    """Under the account of whoever acts, whatever program they use."""
    with acting(home) as office:
        before = len(audited(office))
        held_checks.note(replace(office, kiosk="PC2"), AuditAction.STOPPED, held)
        held_checks.note(replace(office, kiosk="PC2"), AuditAction.LEFT)
        assert audited(office)[before:] == [("h.head", "check.stopped", held), ("h.head", "kiosk.left", "PC2")]


def test_a_check_is_over_once_it_has_an_outcome(home: Home, held: str) -> None:
    """Another program may have ended it."""
    with acting(home) as office, contextlib.closing(ASchool(home.database)) as other:
        assert not held_checks.is_over(office, held)
        other.db.execute("update attempt set outcome = 'stopped', finished_at = started_at where id = ?", (held,))
        assert held_checks.is_over(office, held)
        assert held_checks.waiting(office) == ()
