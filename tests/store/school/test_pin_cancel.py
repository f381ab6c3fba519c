"""PINs that are cancelled, alone or by a reason, and what a pupil who is given one again finds."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.sign_in import AskTeacher, AskWhy, SignedIn
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school import sign_in as signing_in
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from mtc_kiosk.store.school.reasons import set_reasons
from mtc_kiosk.store.school.sessions import IssuedPin, pins_of_day
from tests.store.a_school import ASchool, rows


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school of three pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(3)
        yield made


def tried(school: ASchool, issued: IssuedPin, password: str) -> object:
    """The answer to the slip at PC1 now."""
    kiosk = signing_in.Kiosk("PC1", school.running, school.rules.timetable.zone)
    return signing_in.sign_in(school.db, kiosk, password, issued.pin, school.now)


def listed(school: ASchool) -> list[int]:
    """The pupils who have a PIN on today's list."""
    return sorted(one.pupil_id for one in pins_of_day(school.db, school.now, school.rules.timetable).pins)


def test_one_pin_is_cancelled_and_the_others_work(school: ASchool) -> None:
    """The session of the others goes on; the slip opens nothing, and the list, the status and the audit say so."""
    started = school.start([1, 2, 3])
    (cancelled,) = cancel_pins(school.db, school.doing(), [2])
    assert (cancelled.pupil_id, cancelled.pin.pin, cancelled.signed_in_on) == (2, started.pins[1].pin, None)
    assert listed(school) == [1, 3]
    assert school.status(2).status is Status.NOT_STARTED
    assert tried(school, started.pins[1], started.session.password) == AskTeacher(AskWhy.USED)
    assert isinstance(tried(school, started.pins[0], started.session.password), SignedIn)
    assert school.audited()[-1] == ("cli", "pin.cancelled", "2")


def test_a_reason_for_one_child_cancels_that_childs_pin_alone(school: ASchool) -> None:
    """In the same transaction; the others' session need not end."""
    started = school.start([1, 2, 3])
    assert set_reasons(school.db, school.doing(), [1, 2], "ABSNT") == (1, 2)
    assert [action for _, action, _ in school.audited()][-4:] == ["reason.set", "pin.cancelled"] * 2
    assert listed(school) == [3]
    assert tried(school, started.pins[1], started.session.password) == AskTeacher(AskWhy.NOT_TAKING)
    school.unreason(2)
    assert tried(school, started.pins[1], started.session.password) == AskTeacher(AskWhy.USED)
    assert set_reasons(school.db, school.doing(), [2], "ABSNT") == ()


def test_after_the_reason_is_taken_back_a_new_pin_works_while_the_session_goes_on(school: ASchool) -> None:
    """With the day's password; the old slip stays dead, and a PIN never comes twice."""
    started = school.start([1, 2, 3])
    school.reason(2)
    school.unreason(2)
    again = school.start([2])
    assert again.session.password == started.session.password
    assert again.pins[0].pin not in {one.pin for one in started.pins}
    assert isinstance(tried(school, again.pins[0], again.session.password), SignedIn)
    assert tried(school, started.pins[1], started.session.password) == AskTeacher(AskWhy.USED)
    assert listed(school) == [1, 2, 3]


def test_a_pin_that_a_check_began_with_is_not_cancelled(school: ASchool) -> None:
    """Nor is one that is no more there; nothing is changed where one of several is refused."""
    attempt = school.sign_in(school.start([1, 2]).pins[0])
    school.begin(attempt)
    before = rows(school.db)
    with pytest.raises(Refused) as refused:
        cancel_pins(school.db, school.doing(), [1, 2, 3])
    assert [(one.pupil_id, one.obstacle.code) for one in refused.value.obstacles] == [
        (1, ObstacleCode.HAS_BEGUN),
        (3, ObstacleCode.NO_PIN),
    ]
    assert "Hold or stop the check at its kiosk" in refused.value.obstacles[0].obstacle.sentence
    assert rows(school.db) == before
    school.finish(attempt)
    with pytest.raises(Refused) as refused:
        cancel_pins(school.db, school.doing(), [1])
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.HAS_BEGUN
    assert "kiosk" not in refused.value.obstacles[0].obstacle.sentence, "a check that is over cannot be stopped"


def test_both_kinds_are_cancelled_and_a_pupil_who_practises_is_named(school: ASchool) -> None:
    """The kiosk where the check will not begin."""
    issued = school.start([1]).pins[0]
    school.start([1], Kind.TRY)
    school.practise(school.sign_in(issued, "PC2"))
    cancelled = cancel_pins(school.db, school.doing(), [1])
    assert [(one.pin.kind, one.signed_in_on) for one in cancelled] == [(Kind.OFFICIAL, "PC2"), (Kind.TRY, None)]
    assert listed(school) == []


def test_a_restart_whose_pin_is_cancelled_waits_again(school: ASchool) -> None:
    """Nothing of it is lost."""
    school.take(school.start([1]).pins[0])
    school.restart(1)
    school.start([1])
    cancel_pins(school.db, school.doing(), [1])
    assert school.status(1).status is Status.RESTART
    school.unrestart(1)
    assert school.status(1).status is Status.COMPLETE
