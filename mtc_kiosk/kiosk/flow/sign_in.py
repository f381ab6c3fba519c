"""The pages on which pupils of a school sign in: waiting for a session, the boxes, and "is this you?".

The school decides who may sign in, through ``SignInService``. Only the confirm page shows a name and a date of birth,
and for no longer than a minute.
"""

from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.check.arrangements import Colours, Granted, Look, Size
from mtc_kiosk.check.keypress import DIGITS
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.audio.recordings import RecordingFault
from mtc_kiosk.kiosk.flow.look_choice import LookPages
from mtc_kiosk.kiosk.flow.page import FocusOn, Pressed
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.flow.stage import NO_SOUND
from mtc_kiosk.kiosk.flow.text_entry import type_in_boxes
from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import ColoursView, ConfirmView, NoticeView, SignInView, SizeView, WaitView
from mtc_kiosk.school.sign_in import (
    Answer,
    AskTeacher,
    AskWhy,
    Closed,
    NoSession,
    SignedIn,
    TooEarly,
    TooLate,
    Wait,
    WrongDetails,
)

LONGEST_PASSWORD, LONGEST_PIN = 32, 4
LOOKS_EVERY_NS = 1_000_000_000
CONFIRM_WITHIN_NS = 60_000_000_000
ANSWERED_FOR_NS, TYPED_FOR_NS = 60_000_000_000, 300_000_000_000
"""How long an answer stays below the boxes, and what is typed in them, at a PC that no one touches."""

NEXT_FIELD = "Tab"


class SignInFlow:
    """Which of these pages is open, and what has been typed. ``begin`` starts a signed-in pupil's attempt,
    ``waiting_checks`` is how many checks wait for the desk.

    ``_signed_in`` is whose password and PIN were right, ``_confirmed`` the pupil who then pressed "Yes, that is me".
    """

    takes_spaces = False

    def __init__(
        self,
        service: SignInService,
        narrator: Narrator,
        begin: Callable[[PreparedAttempt], None],
        waiting_checks: Callable[[], int] = lambda: 0,
    ) -> None:
        self._service, self._narrator, self._begin = service, narrator, begin
        self._waiting_checks = waiting_checks
        self._granted = Granted()
        self._looks = LookPages(Look(), colours=False, size=False)
        self._without_sound = False
        self._closed: Closed | None = NoSession()
        self._look_at_ns = 0
        self._signed_in: SignedIn | None = None
        self._confirmed: SignedIn | None = None
        self._confirm_by_ns = self._touched_ns = 0
        self._password, self._pin, self._field = "", "", Field.PASSWORD
        self._message: tuple[str, ...] = ()
        self._for_staff: tuple[str, ...] = ()
        self._second_screen = False

    @property
    def look(self) -> Look:
        """The look of the pages of the pupil who has signed in."""
        return self._looks.look

    def pass_time(self, now_ns: int) -> None:
        """Sign out a pupil who has not answered in time, and clear the boxes of one who went away; with no pupil, ask
        whether a session is open."""
        in_use = self._signed_in is not None or self._without_sound
        if in_use and now_ns >= self._confirm_by_ns and not self._narrator.speech.is_speaking:
            self.leave()
        elif in_use:
            return
        elif self._typed and now_ns - self._touched_ns >= (ANSWERED_FOR_NS if self._message else TYPED_FOR_NS):
            self.leave()
        if now_ns >= self._look_at_ns and not self._typed:
            self._look_at_ns = now_ns + LOOKS_EVERY_NS
            self._closed = self._service.closed()
            self._for_staff = (*self._service.for_staff(), *self._what_waits())
            self._second_screen = self._service.second_screen()

    def shown(self, now_ns: int) -> WaitView | SignInView | ConfirmView | ColoursView | SizeView | NoticeView:
        """The page that is open."""
        if self._without_sound:
            return NO_SOUND
        if self._signed_in is not None:
            if self._looks.shown is not None:
                return self._looks.shown
            return self._service.confirm_view(self._signed_in)
        if self._second_screen and not self._typed:
            return WaitView((words.SECOND_SCREEN,), can_try=False, has_menu=True)
        if self._closed is not None and not self._typed:
            return WaitView((*self._why_closed(self._closed), *self._for_staff), can_try=False, has_menu=True)
        message = self._message or self._for_staff
        return SignInView(self._password, self._pin, self._field, message, can_send=self._can_send)

    def _what_waits(self) -> tuple[str, ...]:
        count = self._waiting_checks()
        return (words.checks_wait(count),) if count else ()

    @property
    def takes_digits(self) -> bool:
        """Whether the PIN is typed now."""
        return self._field is Field.PIN

    def first_focus(self) -> Control | None:
        """The control with the focus when a page opens; none on "is this you?", where a stray Enter must not answer."""
        if self._without_sound:
            return Button.BACK
        if self._signed_in is not None and self._looks.shown is not None:
            return self._looks.first_focus()
        return None if self._signed_in is not None else self._field

    @property
    def box(self) -> Field:
        """The box that takes typing."""
        return self._field

    def write(self, name: str) -> None:
        """Type a letter or digit, ``Backspace``, or ``Tab`` for the other box, from the keyboard or the screen."""
        if self._signed_in is not None:
            return
        if name == NEXT_FIELD:
            self._field = Field.PIN if self._field is Field.PASSWORD else Field.PASSWORD
        elif name == "Backspace":
            self._set(self._text[:-1])
        elif len(name) == 1 and (name in DIGITS if self.takes_digits else name.isalnum() or name == " "):
            self._message = ()
            self._set((self._text + name)[: LONGEST_PIN if self._field is Field.PIN else LONGEST_PASSWORD])

    def enter(self, now_ns: int) -> Control | None:
        """Handle Enter in a box: move from the password to the PIN, and from the PIN sign in."""
        if self._field is Field.PASSWORD:
            self._field = Field.PIN
        elif self._can_send:
            self._send(now_ns)
        return self.first_focus()

    def press(self, control: Control, by: Pressed, now_ns: int) -> FocusOn | None:
        """Press a box, a choice or a button, or a letter on the screen."""
        match control:
            case ScreenKey(name) if isinstance(self.shown(now_ns), SignInView):
                self.write(name)
                return FocusOn(self.first_focus())
            case Field():
                self._field = control
            case Colours() | Size():
                self._looks.choose(control)
            case Button():
                self._press(control, by.at_ns)
            case _:
                pass
        return None

    def type(self, key: KeyDown, focus: Control | None, now_ns: int) -> FocusOn | None:
        """Take a key of the password or the PIN."""
        return type_in_boxes(self, key, focus, now_ns) if isinstance(self.shown(now_ns), SignInView) else None

    def _press(self, button: Button, now_ns: int) -> None:
        """Press a button; "Yes, that is me" begins the attempt."""
        if button is Button.SIGN_IN and self._signed_in is None and self._can_send:
            self._send(now_ns)
        elif button is Button.BACK and self._without_sound:
            self.leave()
        elif button is Button.NEXT and self._signed_in is not None and self._looks.shown is not None:
            self._looks.open_next()
        elif button is Button.NOT_ME and self._signed_in is not None:
            self._service.not_me(self._signed_in)
            self.leave()
        elif button is Button.THATS_ME and self._signed_in is not None:
            prepared = self._admit(self._signed_in)
            if prepared is not None:
                self._begin(prepared)

    def touch(self, now_ns: int) -> None:
        """Somebody is at the PC: a key, a press, or the focus moved."""
        self._touched_ns, self._confirm_by_ns = now_ns, now_ns + CONFIRM_WITHIN_NS

    def _admit(self, signed_in: SignedIn) -> PreparedAttempt | None:
        if self._service.second_screen():
            self.leave()
            self._message = words.SECOND_SCREEN_FOUND
            return None
        granted = replace(self._granted, look=self._looks.look)
        try:
            prepared = self._service.prepare(signed_in, granted)
        except RecordingFault:  # staff read which; the pupil sees that there is no sound
            self.leave()
            self._without_sound = True
            return None
        answer = self._service.confirm(signed_in)  # last: once it is written, no other kiosk admits this pupil
        self.leave()
        if isinstance(answer, SignedIn):
            self._confirmed, self._granted = answer, granted
            return prepared
        self._message = self._why_not(answer)
        return None

    @property
    def is_in_use(self) -> bool:
        """Whether a pupil has signed in here, or has begun to."""
        return self._confirmed is not None or self._signed_in is not None or self._without_sound or bool(self._typed)

    @property
    def has_somebody(self) -> bool:
        """Whether the pupil on this kiosk signed in here."""
        return self._confirmed is not None

    def again(self) -> PreparedAttempt | None:
        """Prepare another attempt at "try it out" of the pupil who signed in; None without one.

        It reads the pupil's arrangements anew, with their last choice of colours and size.
        """
        if self._confirmed is None:
            return None
        return self._service.prepare(self._confirmed, self._service.granted(self._confirmed))

    def _send(self, now_ns: int) -> None:
        if self._service.second_screen():
            self._pin, self._message = "", words.SECOND_SCREEN_FOUND
            return
        answer = self._service.sign_in(self._password, self._pin)
        self._pin = ""
        if isinstance(answer, SignedIn):
            self._signed_in, self._confirm_by_ns = answer, now_ns + CONFIRM_WITHIN_NS
            self._arrange(self._service.granted(answer))
            return
        self._message = self._why_not(answer)

    def _arrange(self, granted: Granted) -> None:
        """Set up the pupil's arrangements: stop if they need sound and there is none, else open what they may
        choose."""
        self._granted = granted
        this_pcs = self._service.volume_percent
        self._without_sound = granted.needs_sound and not self._narrator.can_be_heard(granted.volume_on(this_pcs))
        self._looks = LookPages(granted.look, colours=granted.chooses_colours, size=granted.chooses_size)
        self._looks.open_first()
        if not self._without_sound:
            self._narrator.welcome(granted, this_pcs)

    def _why_not(self, answer: Answer) -> tuple[str, ...]:
        match answer:
            case Wait(seconds):
                return words.wait_seconds(seconds)
            case TooEarly():
                return words.too_early(self._service.clock_time(answer))
            case TooLate():
                return words.SESSION_OVER
            case NoSession():
                return words.SESSION_GONE
            case AskTeacher(why, kiosk):
                return words.ask_teacher(why is AskWhy.ELSEWHERE, kiosk)
            case WrongDetails():
                return words.WRONG_PAIR
            case SignedIn():
                return ()

    def _why_closed(self, closed: Closed) -> tuple[str, ...]:
        match closed:
            case TooEarly():
                return words.opens_at(self._service.clock_time(closed))
            case TooLate():
                return words.OVER
            case NoSession():
                return words.NO_SESSION

    def leave(self) -> None:
        """Clear all data of this pupil."""
        self._signed_in = self._confirmed = None
        self._granted, self._without_sound = Granted(), False
        self._looks = LookPages(Look(), colours=False, size=False)
        self._narrator.clear()
        self._password, self._pin, self._field = "", "", Field.PASSWORD
        self._message = ()

    @property
    def _typed(self) -> bool:
        return bool(self._password or self._pin or self._message)

    @property
    def _can_send(self) -> bool:
        return bool(self._password.strip()) and len(self._pin) == LONGEST_PIN

    @property
    def _text(self) -> str:
        return self._pin if self._field is Field.PIN else self._password

    def _set(self, text: str) -> None:
        if self._field is Field.PIN:
            self._pin = text
        else:
            self._password = text
