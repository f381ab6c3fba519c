"""Made-up scenes of signing in and of the staff's menu, each screen in every state worth a picture.

All schools and pupils are invented.
"""

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Field, ListedCode, Row, ScreenKey
from mtc_kiosk.kiosk.view.rows import HELD_A_PAGE, PINS_A_PAGE, CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import (
    CodeListView,
    ConfirmView,
    Grant,
    HeldListView,
    PinListView,
    PupilListView,
    Scene,
    SignInView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    WaitView,
)

SCHOOL = "Made-up Primary School"
LONGEST_SCHOOL = "The Blessed Saint Bartholomew-by-the-Water Church of England Voluntary Aided Primary School"
_NAMES = (
    *("Abara, Chidi", "Ćosić, Željko", "Dunne, Órla Mae", "Evans, Tom", "Ibáñez Ruiz, Sofía", "Khan, Amina"),
    *("Łukaszewska, Zofia", "Ng, Wei", "O’Brien-Featherstonehaugh, Maximiliana Clementine", "Őry, Ágnes"),
    *("Popescu, Ștefan", "Smith, Jo (born 2 May 2017)", "Smith, Jo (born 9 July 2017)"),
)
_STATES = ("PIN generated", "Practising", "Check in progress", "Complete", "Overdue: signed in, check not started")
_REASONS = (
    CodeRow("ABSNT", "Absent during check window"),
    CodeRow("INCRG", "Incorrect registration"),
    CodeRow("JSTAR", "Just arrived and unable to establish abilities"),
    CodeRow("LEFTT", "Left school"),
    CodeRow("NOACC", "Unable to access"),
    CodeRow("BLSTD", "Working below expectation"),
)
_RESTARTS = (
    CodeRow("LOI", "Loss of internet"),
    CodeRow("ITI", "IT issues"),
    CodeRow("CLD", "Classroom disruption"),
    CodeRow("DNC", "Did not complete"),
)


def school_scenes() -> dict[str, Scene]:
    """Every scene by name."""
    return {**_signing_in(), **_confirming(), **_menu(), **_choosing()}


def _signing_in() -> dict[str, Scene]:
    typing = SignInView("cat47sun", "473", Field.PIN)
    pin = Field.PIN
    ready = SignInView("cat47sun", "4738", Field.PIN, can_send=True)
    views = {
        "sign_in": SignInView("", "", Field.PASSWORD),
        "sign_in_checks_wait": SignInView("", "", Field.PASSWORD, (words.checks_wait(3),)),
        "sign_in_wrong": SignInView("cat47sun", "", Field.PIN, words.WRONG_PAIR),
        "sign_in_wait": SignInView("cat47sun", "", Field.PIN, words.wait_seconds(20)),
        "sign_in_early": SignInView("cat47sun", "", Field.PIN, words.too_early("09:30")),
        "sign_in_late": SignInView("cat47sun", "", Field.PIN, words.SESSION_OVER),
        "sign_in_no_session": SignInView("cat47sun", "", Field.PIN, words.SESSION_GONE),
        "sign_in_used": SignInView("cat47sun", "", Field.PIN, words.ask_teacher(False, "")),
        "sign_in_waiting": SignInView("cat47sun", "4738", Field.PIN, can_send=True, waiting=True),
        "sign_in_longest": SignInView("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "9999", Field.PASSWORD),
    }
    fault = (*words.PC_NEEDS_HELP, words.for_staff(words.SEE_THE_LOG))
    pressed = frozenset({ScreenKey("g"), ScreenKey("Tab")})
    return {
        **{name: Scene(view, Kind.OFFICIAL, focus=view.field) for name, view in views.items()},
        "sign_in_typing": Scene(typing, Kind.OFFICIAL, focus=pin, pressed=pressed),
        "sign_in_ready": Scene(ready, Kind.OFFICIAL, focus=Button.SIGN_IN),
        "wait": Scene(WaitView(words.NO_SESSION, can_try=False, has_menu=True), Kind.OFFICIAL),
        "fault": Scene(WaitView(fault, can_try=False, has_menu=True), Kind.OFFICIAL),
        "wait_early": Scene(WaitView(words.opens_at("09:30"), can_try=False), Kind.OFFICIAL),
        "wait_try": Scene(WaitView(words.OVER, True), Kind.OFFICIAL, focus=Button.TRY_IT_OUT),
    }


def _confirming() -> dict[str, Scene]:
    pupil = ConfirmView("Zofia", "Łukaszewska", "5 March 2016", SCHOOL, "4A")
    long = ConfirmView("Maximiliana Clementine", "O’Brien-Featherstonehaugh Ñuñez", "28 September 2016", SCHOOL, "")
    longest = ConfirmView("Žofie-Ștefania " * 8, "Ő" * 128, "28 September 2016", LONGEST_SCHOOL, "Oak and Ash, Mondays")
    return {
        "confirm": Scene(pupil, Kind.OFFICIAL, focus=Button.THATS_ME),
        "confirm_try": Scene(pupil, Kind.TRY),
        "confirm_long": Scene(long, Kind.OFFICIAL),
        "confirm_longest": Scene(longest, Kind.OFFICIAL, focus=Button.NOT_ME),
    }


def _menu() -> dict[str, Scene]:
    rows = tuple(
        PinRow(name, "4A" if index % 3 else "4B", str(4738 + 111 * (index % 5)), _STATES[index % len(_STATES)])
        for index, name in enumerate(_NAMES[:PINS_A_PAGE])
    )
    held = (
        HeldRow("Khan, Amina", "PC-07", staff_words.CAUSES[Cause.SUSPEND], "10:42"),
        HeldRow(_NAMES[8], "LIBRARY-PC-WINDOW-SIDE-11", staff_words.CAUSES[Cause.JOURNAL], "10:51"),
        HeldRow("Evans, Tom", "PC-12", staff_words.CAUSES[Cause.STAFF], "11:03"),
        HeldRow("Popescu, Ștefan", "PC-03", " ".join(staff_words.why_held(Cause.KEYBOARD, only_stop=True)), "11:20"),
    )
    every = frozenset({Button.RESUME, Button.SET_ASIDE, Button.STOP})
    official, stop = PinListView(Kind.OFFICIAL, "cat47sun", rows, 2, 6), frozenset({Button.STOP})
    return {
        "menu": Scene(StaffMenuView(2, can_hold=False), Kind.OFFICIAL, focus=Button.PINS),
        "menu_unread": Scene(StaffMenuView(None, can_hold=False), Kind.OFFICIAL),
        "menu_enrolled": Scene(StaffMenuView(2, can_hold=True, at_desk=True, asks_date=True), Kind.OFFICIAL),
        "menu_hold": Scene(StaffMenuView(0, can_hold=True), Kind.OFFICIAL, focus=Button.HOLD),
        "pins": Scene(official, Kind.OFFICIAL, focus=Button.FOLLOWING),
        "pins_try": Scene(PinListView(Kind.TRY, "map62hen", rows[:4]), Kind.OFFICIAL),
        "pins_none": Scene(PinListView(Kind.OFFICIAL, "", ()), Kind.OFFICIAL, focus=Button.BACK),
        "held_checks": Scene(HeldListView(held[:HELD_A_PAGE], page=1, pages=2), Kind.OFFICIAL, focus=Row(1)),
        "held_checks_chosen": Scene(HeldListView(held[:2], 0, every), Kind.OFFICIAL, focus=Row(0)),
        "held_checks_stop": Scene(
            HeldListView(held[1:], 2, stop),
            Kind.OFFICIAL,
            focus=Button.STOP,
        ),
        "held_checks_elsewhere": Scene(
            HeldListView(held[1:], 2, frozenset(), staff_words.only_there("PC-03", only_stop=True)),
            Kind.OFFICIAL,
            focus=Row(2),
        ),
        "held_checks_none": Scene(HeldListView(()), Kind.OFFICIAL),
    }


def _choosing() -> dict[str, Scene]:
    pupils = tuple(PupilRow(name, "4A" if index % 3 else "Oak and Ash") for index, name in enumerate(_NAMES[:12]))
    smiths = tuple(PupilRow(name, "4A") for name in _NAMES if "Smith" in name)
    reasons = CodeListView(Grant.REASON, "Łukaszewska, Zofia", _REASONS, chosen="JSTAR")
    ask = StaffAskView(
        staff_words.ASK[Button.STOP], ("Khan, Amina", staff_words.STAFF_CHOICES[Button.STOP]), Button.STOP
    )
    done = StaffDoneView(staff_words.GIVEN[Grant.RESTART], staff_words.given(Grant.RESTART, "Łukaszewska, Zofia"))
    refused = StaffDoneView(
        staff_words.NOT_GIVEN[Grant.RESTART], ("Evans, Tom has had 2 checks, which is the maximum.",)
    )
    return {
        "pupils": Scene(PupilListView(Grant.RESTART, "", pupils, 1, 5), Kind.OFFICIAL, focus=Row(3)),
        "pupils_typed": Scene(PupilListView(Grant.REASON, "smi", smiths), Kind.OFFICIAL, focus=Row(0)),
        "pupils_none": Scene(PupilListView(Grant.REASON, "smithereens and more", ()), Kind.OFFICIAL),
        "restart_codes": Scene(
            CodeListView(Grant.RESTART, "Evans, Tom", _RESTARTS), Kind.OFFICIAL, focus=ListedCode("LOI")
        ),
        "reason_codes": Scene(reasons, Kind.OFFICIAL, focus=Button.GIVE),
        "ask": Scene(ask, Kind.OFFICIAL),
        "done": Scene(done, Kind.OFFICIAL, focus=Button.BACK),
        "refused": Scene(refused, Kind.OFFICIAL, focus=Button.BACK),
    }
