"""An enrolled kiosk asks the desk whether a PIN may start a check there."""

import contextlib
import threading
import uuid
from collections.abc import Iterator

import pytest

from mtc_kiosk.office import claims
from mtc_kiosk.office.pins import cancel
from mtc_kiosk.school.selection import ById
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.wire import Claim, Claimed
from tests.office.away_kiosk import AwayKiosk
from tests.office.desk import HEAD, Desk
from tests.store.a_school import ASchool


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


def ask(desk: Desk, kiosk: AwayKiosk, check_code: str) -> Claimed:
    """The desk's answer."""
    with desk.console() as office:
        return claims.claim(office, kiosk, Claim(check_code=check_code))


def no(why: str, kiosk: str = "") -> Claimed:
    """A refusal."""
    return Claimed.model_validate({"may": False, "why": why, "kiosk": kiosk})


YES = Claimed(may=True, why=None, kiosk="")


def test_a_pin_starts_a_check_at_one_kiosk_and_asking_twice_is_the_same(desk: Desk) -> None:
    """The first one gets the pupil, even before its first beat tells of the check."""
    first, second = desk.kiosk("PC7"), desk.kiosk("PC8")
    (pin,) = desk.school.start([1]).pins
    desk.beat(first, second)
    assert ask(desk, first, pin.check_code) == YES
    assert ask(desk, first, pin.check_code) == YES
    assert ask(desk, second, pin.check_code) == no("elsewhere", "PC7")
    attempt = first.sign_in(pin)
    desk.beat(first, second)
    assert ask(desk, second, pin.check_code) == no("elsewhere", "PC7")
    first.begin(attempt)
    desk.beat(first, second)
    assert ask(desk, second, pin.check_code) == no("used")


def test_of_two_kiosks_at_once_only_one_gets_the_pupil(desk: Desk) -> None:
    """Each asks on a thread and a connection of its own, as two requests do."""
    kiosks = [desk.kiosk(f"PC{number}") for number in (7, 8)]
    (pin,) = desk.school.start([1]).pins
    desk.beat(*kiosks)
    together, answers = threading.Barrier(2), []

    def press(kiosk: AwayKiosk) -> None:
        together.wait()
        answers.append(ask(desk, kiosk, pin.check_code))

    threads = [threading.Thread(target=press, args=(kiosk,)) for kiosk in kiosks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.may for answer in answers) == [False, True]
    assert {answer.why for answer in answers} == {None, "elsewhere"}


def test_a_pin_that_staff_have_taken_back_starts_none(desk: Desk) -> None:
    """Each with its own reason; a code that the desk does not know counts as cancelled."""
    kiosk = desk.kiosk()
    cancelled, absent = desk.school.start([1, 2]).pins
    desk.beat(kiosk)
    with desk.console(HEAD) as office:
        cancel(office, ById((1,)))
    desk.school.reason(2)
    assert ask(desk, kiosk, cancelled.check_code) == no("cancelled")
    assert ask(desk, kiosk, absent.check_code) == no("not_taking")
    assert ask(desk, kiosk, str(uuid.UUID(int=7))) == no("cancelled")
    desk.school.unreason(2)
    desk.school.end()
    assert ask(desk, kiosk, absent.check_code) == no("cancelled")


def test_the_list_of_spent_pins_says_the_same_as_a_claim(desk: Desk) -> None:
    """A kiosk that cannot ask goes by it."""
    kiosk, other = desk.kiosk("PC7"), desk.kiosk("PC8")
    started = desk.school.start([1, 2, 3])
    running, used, free = started.pins
    kiosk.sign_in(running)
    kiosk.begin(kiosk.sign_in(used))
    desk.beat(kiosk, other)
    with desk.console() as office:
        listed = claims.spent(office, [started.session.id])
    assert listed.codes == {running.check_code: ("elsewhere", "PC7"), used.check_code: ("used", "")}
    for pin in started.pins:
        answer = ask(desk, other, pin.check_code)
        assert listed.codes.get(pin.check_code, (None, "")) == (answer.why, answer.kiosk)
    assert free.check_code not in listed.codes


def test_the_list_is_made_anew_once_a_second_and_at_once_after_staff_changed_something(desk: Desk) -> None:
    """Thirty kiosks ask every second; its version changes only with what it says."""
    kiosk, passed = desk.kiosk(), 0.0
    started = desk.school.start([1, 2])
    desk.beat(kiosk)

    def listed() -> dict[str, tuple[str, str]]:
        with desk.console() as office:
            return dict(claims.spent(office, [started.session.id], lambda: passed).codes)

    assert listed() == {}
    desk.school.begin(desk.school.sign_in(started.pins[0]))
    assert listed() == {}, "no second has passed"
    passed = claims.LISTED_EVERY_S
    assert list(listed()) == [started.pins[0].check_code]
    desk.school.reason(2)
    assert len(listed()) == 2
