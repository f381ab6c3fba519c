"""The pages that arrangements bring into one attempt: settings, the assistant's name, the keyboard, colours and size.

It holds what the pupil and the assistant have typed and chosen on them. It has no clock and no journal: the caller
stores what must last. The assistant's name is cleared as soon as the caller has it.
"""

from mtc_kiosk.check.arrangements import Arrangements, Look
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView
from mtc_kiosk.kiosk.flow.look_choice import LookPages
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Field
from mtc_kiosk.kiosk.view.scene import Arranging, AssistantView, KeyboardView, SettingsView
from mtc_kiosk.record.assistant_name import AssistantName

LONGEST_NAME = 128
IN_ORDER = tuple(words.ARRANGEMENTS)
"""The arrangements as the settings page lists them (docs/reference/pupil-client.md)."""


class ArrangementPages:
    """The pages of one attempt."""

    takes_spaces, takes_digits = True, False

    def __init__(self, having: Arrangements, *, can_change_between: bool) -> None:
        self._having, self._can_change_between = having, can_change_between
        self.looks = LookPages(having.look, colours=having.chooses_colours, size=having.chooses_size)
        self._names = {Field.FORENAME: "", Field.SURNAME: ""}
        self._field = Field.FORENAME
        self._message: tuple[str, ...] = ()
        self._key_pressed = False

    @property
    def look(self) -> Look:
        """The attempt's look, with a choice that is being tried."""
        return self.looks.look

    def shown(self, view: PageView) -> Arranging | PageView:
        """The view for a page of the check: one of these pages where it has one, else the check's own."""
        if self.looks.shown is not None:
            return self.looks.shown
        match view.page:
            case Page.SETTINGS:
                codes = tuple(code for code in IN_ORDER if code in self._having.codes)
                return SettingsView(codes, self._having.chooses_colours, self._having.chooses_size)
            case Page.ASSISTANT:
                return AssistantView(
                    self._names[Field.FORENAME],
                    self._names[Field.SURNAME],
                    self._field,
                    self._message,
                    can_go_on=self._can_go_on,
                )
            case Page.KEYBOARD:
                return KeyboardView(self._key_pressed)
            case _:
                return view

    def changes(self, page: Page) -> tuple[Button, ...]:
        """The buttons of a page of "try it out" that lead to colours and size."""
        own = (Page.SETTINGS, Page.ASSISTANT, Page.KEYBOARD)
        if not self._can_change_between or page in own or self.looks.shown is not None:
            return ()
        return tuple(
            button
            for button, may in (
                (Button.COLOURS, self._having.chooses_colours),
                (Button.SIZE, self._having.chooses_size),
            )
            if may
        )

    def first_focus(self, page: Page) -> Control | None:
        """Where the keyboard is when the page opens."""
        if self.looks.shown is not None:
            return self.looks.first_focus()
        if page is Page.ASSISTANT:
            return self._field
        if page is Page.KEYBOARD and not self._key_pressed:
            return None
        return Button.NEXT

    def may_go_on(self, page: Page) -> bool:
        """Whether Next ends the page. If a name is not valid, show a message instead."""
        if page is Page.KEYBOARD:
            return self._key_pressed
        if page is not Page.ASSISTANT:
            return True
        if any(_read(name)[1] for name in self._names.values()):
            self._message = words.ASSISTANT_WRONG
            return False
        return True

    def assistant(self) -> AssistantName:
        """The assistant's names, tidied; clear them here."""
        forename, surname = (_read(self._names[field])[0] for field in (Field.FORENAME, Field.SURNAME))
        self._names = dict.fromkeys(self._names, "")
        return AssistantName(forename, surname)

    def write(self, name: str) -> None:
        """Type a character, ``Backspace``, or ``Tab`` for the other box, from the keyboard or the screen."""
        text = self._names[self._field]
        if name == "Tab":
            self._field = Field.SURNAME if self._field is Field.FORENAME else Field.FORENAME
        elif name == "Backspace":
            self._set(text[:-1])
        elif name == "Space":
            self._set(text + " ")
        elif len(name) == 1 and name.isprintable():
            self._set(text + name)

    def press_screen(self, name: str) -> None:
        """Type with a key on the screen. Its letters are small; the first of each part of a name becomes a capital."""
        text = self._names[self._field]
        begins = not text or text[-1] in " -'"
        self.write(name.upper() if len(name) == 1 and begins else name)

    @property
    def box(self) -> Field:
        """The box that takes typing."""
        return self._field

    def go_to(self, field: Field) -> None:
        """Move typing to this box."""
        self._field = field

    def enter(self, now_ns: int) -> Control | None:
        """Handle Enter in a box: move from the first to the second, and from there to Next, without pressing it."""
        if self._field is Field.FORENAME:
            self._field = Field.SURNAME
            return Field.SURNAME
        return Button.NEXT if self._can_go_on else Field.SURNAME

    def find_keyboard(self, name: str) -> bool:
        """Note a key; True if it is the first. A modifier alone does not count, as another device may send one."""
        if self._key_pressed or name in ("Ctrl", "Alt", "Win", "Shift"):
            return False
        self._key_pressed = True
        return True

    @property
    def _can_go_on(self) -> bool:
        return all(name.strip() for name in self._names.values())

    def _set(self, text: str) -> None:
        self._message = ()
        self._names[self._field] = text[:LONGEST_NAME]


def _read(written: str) -> tuple[str, str]:
    """A name as it is stored, and what is wrong with it ("" if nothing)."""
    from mtc_kiosk.school.assistant import read_name  # noqa: PLC0415 - "try it out" starts without the school

    return read_name(written, words.ASSISTANT_FORENAME)
