"""The staff page: the passcode, and guesses that are slowed."""

from mtc_kiosk.config.passcode import LONGEST_PASSCODE
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.passcode import TRIES, WAIT_NS, PasscodePage
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.scene import StaffView

PASSCODE = "chalk-and-cheese"


def desk() -> PasscodePage:
    """A desk whose passcode is known to the test, with its page open over a held check."""
    desk = PasscodePage(lambda typed: typed == PASSCODE)
    desk.open(("The PC went to sleep.",), can_resume=True)
    return desk


def type_on(desk: PasscodePage, text: str, *, now_ns: int = 0, enter: bool = True) -> None:
    """Type a passcode, and Enter."""
    for character in text:
        desk.key(KeyDown(now_ns, None, character, 0, character, shift=False), now_ns)
    if enter:
        desk.key(KeyDown(now_ns, None, "Enter", 40, "\r", shift=False), now_ns)


def test_the_passcode_opens_what_staff_may_do() -> None:
    """The right passcode shows why the check is held, and no passcode any more."""
    open_desk = desk()
    assert open_desk.locked
    type_on(open_desk, PASSCODE)
    assert open_desk.shown == StaffView(None, ("The PC went to sleep.",), can_resume=True)
    assert not open_desk.locked


def test_what_is_typed_is_never_shown() -> None:
    """Only how many characters there are."""
    open_desk = desk()
    type_on(open_desk, "abc", enter=False)
    assert open_desk.shown == StaffView(3, (), can_resume=True)
    open_desk.key(KeyDown(0, None, "Backspace", 42, "\b", shift=False), 0)
    assert open_desk.shown == StaffView(2, (), can_resume=True)


def test_a_wrong_passcode_says_so_and_begins_anew() -> None:
    """One sentence, and what was typed is cleared."""
    open_desk = desk()
    type_on(open_desk, "wrong")
    assert open_desk.shown == StaffView(0, (staff_words.WRONG_PASSCODE,), can_resume=True)


def test_how_a_running_check_goes_on_is_said_beside_every_try() -> None:
    """Who knows no passcode reads it while they type, after a wrong one, and while the page waits."""
    open_desk = PasscodePage(lambda typed: typed == PASSCODE)
    open_desk.open((), can_resume=True, always=(staff_words.CHECK_WAITS,))
    for said in (
        *(TRIES - 1) * (staff_words.WRONG_PASSCODE,),
        staff_words.too_many_tries(30),
        staff_words.too_many_tries(30),
    ):
        type_on(open_desk, "w", enter=False)
        assert open_desk.shown == StaffView(1, (staff_words.CHECK_WAITS,), can_resume=True)
        type_on(open_desk, "")
        assert open_desk.shown == StaffView(0, (said, staff_words.CHECK_WAITS), can_resume=True)


def test_guesses_are_slowed() -> None:
    """After five wrong tries even the right one waits half a minute, to the nanosecond."""
    open_desk = desk()
    for _ in range(TRIES):
        type_on(open_desk, "wrong")
    assert open_desk.shown == StaffView(0, (staff_words.too_many_tries(30),), can_resume=True)
    type_on(open_desk, PASSCODE, now_ns=WAIT_NS - 1)
    assert open_desk.shown == StaffView(0, (staff_words.too_many_tries(1),), can_resume=True)
    type_on(open_desk, PASSCODE, now_ns=WAIT_NS)
    assert not open_desk.locked


def test_escape_closes_the_page_and_forgets() -> None:
    """A page left open half-way keeps nothing."""
    open_desk = desk()
    type_on(open_desk, PASSCODE, enter=False)
    open_desk.key(KeyDown(0, None, "Escape", 41, "\x1b", shift=False), 0)
    assert open_desk.shown is None
    open_desk.open((), can_resume=True)
    type_on(open_desk, "")
    assert open_desk.locked


def test_a_passcode_has_an_end() -> None:
    """A key-leaner fills no memory."""
    open_desk = desk()
    type_on(open_desk, "x" * (LONGEST_PASSCODE + 5), enter=False)
    assert open_desk.shown == StaffView(LONGEST_PASSCODE, (), can_resume=True)


def test_without_a_passcode_there_is_no_page() -> None:
    """The held page itself offers what staff may do."""
    open_desk = PasscodePage(None)
    open_desk.open((), can_resume=True)
    assert open_desk.shown is None
