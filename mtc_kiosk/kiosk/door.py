"""The door of the kiosk: waiting for a session, signing in, and "is this you?", as one small machine of pages.

Who may come in is the school's to say, through ``Reception``. A name and a date of birth are on the screen for the
confirm page alone, and not for longer than a minute.
"""

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.orders import Prepared, Reception
from mtc_kiosk.kiosk.scene import Button, ConfirmView, Field, SignInView, WaitView, field_control
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
NEXT_FIELD = "Tab"


class Door:
    """Which of the door's pages is open, and what has been typed."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._closed: Closed | None = NoSession()
        self._look_at_ns = 0
        self._signed_in: SignedIn | None = None
        self._inside: SignedIn | None = None
        self._confirm_by_ns = 0
        self._password, self._pin, self._field = "", "", Field.PASSWORD
        self._message: tuple[str, ...] = ()

    def shown(self, now_ns: int) -> WaitView | SignInView | ConfirmView:
        """The page that is open."""
        if self._signed_in is not None and now_ns >= self._confirm_by_ns:
            self.leave()
        if self._signed_in is not None:
            return self._reception.confirm_view(self._signed_in)
        if now_ns >= self._look_at_ns:
            self._look_at_ns = now_ns + LOOKS_EVERY_NS
            self._closed = self._reception.closed()
        if self._closed is not None and not self._typed:
            return WaitView(self._why_closed(self._closed), can_try=False, has_menu=True)
        return SignInView(self._password, self._pin, self._field, self._message, can_send=self._can_send)

    def takes_text(self, now_ns: int) -> bool:
        """Whether the boxes are there to type in."""
        return isinstance(self.shown(now_ns), SignInView)

    def first_focus(self) -> str | None:
        """Where the keyboard is when a page opens; nowhere on "is this you?", so an Enter too many says nothing."""
        return None if self._signed_in is not None else field_control(self._field)

    def type(self, name: str) -> None:
        """A letter or digit, ``Backspace``, or ``Tab`` for the other box, from the keyboard or the screen."""
        if self._signed_in is not None:
            return
        if name == NEXT_FIELD:
            self._field = Field.PIN if self._field is Field.PASSWORD else Field.PASSWORD
        elif name == "Backspace":
            self._set(self._text[:-1])
        elif len(name) == 1 and (name.isdigit() if self._field is Field.PIN else name.isalnum() or name == " "):
            self._message = ()
            self._set((self._text + name)[: LONGEST_PIN if self._field is Field.PIN else LONGEST_PASSWORD])

    def go_to(self, field: Field) -> None:
        """Type here next."""
        self._field = field

    def enter(self, now_ns: int) -> None:
        """Enter in a box: from the password on to the PIN, from the PIN in."""
        if self._field is Field.PASSWORD:
            self._field = Field.PIN
        elif self._can_send:
            self._send(now_ns)

    def press(self, button: Button, now_ns: int) -> Prepared | None:
        """A button; the attempt that begins where the pupil is who they are."""
        if button is Button.SIGN_IN and self._signed_in is None and self._can_send:
            self._send(now_ns)
        elif button is Button.NOT_ME and self._signed_in is not None:
            self._reception.not_me(self._signed_in)
            self.leave()
        elif button is Button.THATS_ME and self._signed_in is not None:
            return self._come_in(self._signed_in)
        return None

    def _come_in(self, signed_in: SignedIn) -> Prepared | None:
        answer = self._reception.confirm(signed_in)
        self.leave()
        if isinstance(answer, SignedIn):
            self._inside = answer
            return self._reception.prepare(answer)
        self._message = self._why_not(answer)
        return None

    def again(self) -> Prepared | None:
        """Another attempt of the pupil who is inside, who tries it out; None where nobody signed in."""
        return self._reception.prepare(self._inside) if self._inside is not None else None

    def _send(self, now_ns: int) -> None:
        answer = self._reception.sign_in(self._password, self._pin)
        self._pin = ""
        if isinstance(answer, SignedIn):
            self._signed_in, self._confirm_by_ns = answer, now_ns + CONFIRM_WITHIN_NS
            return
        self._message = self._why_not(answer)

    def _why_not(self, answer: Answer) -> tuple[str, ...]:
        match answer:
            case Wait(seconds):
                return words.wait_seconds(seconds)
            case TooEarly():
                return words.too_early(self._reception.clock_time(answer))
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
                return words.opens_at(self._reception.clock_time(closed))
            case TooLate():
                return words.OVER
            case NoSession():
                return words.NO_SESSION

    def leave(self) -> None:
        """Nothing of who was here stays."""
        self._signed_in = self._inside = None
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
