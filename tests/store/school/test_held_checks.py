"""The checks that wait for staff, and what staff do at a kiosk."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.school.status import Bucket, Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.held_checks import Hold, held_checks, is_over, note_act
from tests.store.a_school import TEACHER, ASchool


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with a pupil."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(1)
        yield made


def test_a_held_check_waits_until_it_is_released(school: ASchool) -> None:
    """With its pupil, its kiosk, why and since when."""
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    assert held_checks(school.db, school.running) == ()
    school.later(minutes=1)
    school.hold(attempt)
    (held,) = held_checks(school.db, school.running)
    assert (held.attempt_id, held.pupil_id, held.kiosk, held.kind, held.kiosk_runs) == (
        attempt,
        1,
        "PC1",
        "official",
        True,
    )
    assert held.hold == Hold(school.now, "staff", only_stop=False)
    school.release(attempt)
    assert held_checks(school.db, school.running) == ()


def test_a_check_whose_kiosk_does_not_run_waits_since_its_last_event(school: ASchool) -> None:
    """Nothing could say why: a power cut, perhaps. It needs somebody at once."""
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    stopped = school.now
    school.running.clear()
    school.later(minutes=2)
    (held,) = held_checks(school.db, school.running)
    assert (held.hold, held.kiosk_runs) == (Hold(stopped, "unknown", only_stop=False), False)
    assert (school.status(1).status, school.status(1).bucket) == (Status.HELD, Bucket.ACTION)


def test_an_ended_check_waits_for_nobody(school: ASchool) -> None:
    """Whatever its journal says last."""
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    assert not is_over(school.db, attempt)
    school.restart(1)
    assert held_checks(school.db, school.running) == ()
    assert is_over(school.db, attempt)


@pytest.mark.parametrize("what", list(AuditAction))
def test_what_staff_do_at_a_kiosk_is_audited(school: ASchool, what: AuditAction) -> None:
    """As the kiosk's own account."""
    note_act(school.db, school.doing(TEACHER), what, "PC1")
    assert school.audited() == [("kiosk:PC1", str(what), "PC1")]
