"""Robot pupils who press other keys too, hold keys down, point with a mouse or fingers, or lose their PC."""

import random
from collections.abc import Callable

from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.view.controls import Control, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place, Sight
from mtc_kiosk.robots.hands import Hands, OnKeyboard, OnPointer
from mtc_kiosk.robots.pupil import SLACK_NS, Pupil

_MODIFIERS = (keyboard.CTRL, keyboard.ALT, keyboard.WIN, keyboard.ALT_GR)
_MEANINGLESS = (
    *(keyboard.letter(text) for text in "abcdefghijklmnopqrstuvwxyz"),
    *(keyboard.function_key(number) for number in range(1, 13)),
    keyboard.KEYPAD_POINT,
    keyboard.COMMA,
    keyboard.TAB,
    keyboard.SPACE,
    keyboard.ESCAPE,
)
_HARMLESS_ON_PAGES = _MEANINGLESS[: 26 + 12]
_LAST_PAGE_DIES = 55  # a whole check has a few more pages, pauses and questions than this


class KeyMasher(Pupil):
    """Both hands flat on the keyboard: letters, chords, function keys, digits without end, in pauses as well."""

    def given_hands(self) -> Hands:
        """The keyboard."""
        self._fists = OnKeyboard(self.chance, self.agenda)
        return self._fists

    def on_page(self, sight: Sight, control: Control, now_ns: int) -> None:
        """Press keys that pages ignore, then the button."""
        at_ns = now_ns + self.some_ms(300, 900)
        for key in self.chance.choices(_HARMLESS_ON_PAGES, k=self.chance.randrange(8)):
            at_ns = self._fists.tap(key, at_ns) + self.some_ms(10, 150)
        self.hands.press(sight, control, at_ns + self.some_ms(200, 900))

    def on_pause(self, sight: Sight, now_ns: int) -> None:
        """Mash on, or mash anew."""
        if self.agenda.empty:
            self._mash(sight, now_ns + self.some_ms(100, 600), now_ns + self.some_ms(700, 2_600))

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Mash, with the answer somewhere in it or not at all."""
        self.agenda.stop(now_ns)
        # A modifier still down from before would turn what is typed now into a chord.
        free_ns = max(self._fists.free_ns(modifier) for modifier in _MODIFIERS)
        at_ns = max(now_ns + self.some_ms(150, 800), free_ns)
        at_ns = self._mash(sight, at_ns, now_ns + self.some_ms(900, 3_500))
        if self.chance.random() < 0.5:
            at_ns = self.type_out(sight, ("Backspace",) * 5 + (*answer, "Enter"), at_ns, ends_ns, gap=(30, 120))
        self._mash(sight, at_ns, min(at_ns + self.some_ms(0, 2_000), ends_ns - SLACK_NS))

    def _mash(self, sight: Sight, at_ns: int, until_ns: int) -> int:
        while at_ns < until_ns:
            at_ns = self._mash_one(sight, at_ns) + self.some_ms(5, 160)
        return at_ns

    def _mash_one(self, sight: Sight, at_ns: int) -> int:
        lot = self.chance.random()
        if lot < 0.5:
            return self.hands.strike(sight, self.chance.choice("0123456789"), at_ns)
        if lot < 0.6:
            return self.hands.strike(sight, self.chance.choice(("Backspace", "Delete", "Enter")), at_ns)
        if lot < 0.7:
            keys = (*_MEANINGLESS[:26], *(keyboard.top_row(digit) for digit in "0123456789"))
            return self._fists.chord(self.chance.choice(_MODIFIERS), self.chance.choice(keys), at_ns)
        return self._fists.tap(self.chance.choice(_MEANINGLESS), at_ns)


class KeyLeaner(Pupil):
    """Leans on keys: Enter stays down from Next into the question, and the last digit into the next one."""

    def given_hands(self) -> Hands:
        """The keyboard."""
        self._leaning = OnKeyboard(self.chance, self.agenda)
        return self._leaning

    def on_page(self, sight: Sight, control: Control, now_ns: int) -> None:
        """Press Enter, if the button has the focus, and keep it down."""
        at_ns = now_ns + self.some_ms(500, 2_000)
        if sight.focus == control:
            self._leaning.hold(keyboard.ENTER, at_ns, self.some_ms(900, 7_000))
        else:
            self._leaning.press(sight, control, at_ns)

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Hold every key until long after the next; one that is still down cannot be pressed again in time."""
        at_ns = now_ns + self.some_ms(500, 2_000)
        for name in (*answer, "Enter"):
            key = keyboard.ENTER if name == "Enter" else keyboard.top_row(name)
            at_ns = max(at_ns, self._leaning.free_ns(key))
            if at_ns > ends_ns - SLACK_NS:
                break
            self._leaning.hold(key, at_ns, self.some_ms(400, 4_500), name)
            at_ns += self.some_ms(100, 500)


class MouseOnly(Pupil):
    """Points at everything, and often begins or ends a press beside what it means."""

    def given_hands(self) -> Hands:
        """The mouse."""
        self._mouse = OnPointer(self.chance, self.agenda, Source.MOUSE)
        return self._mouse

    def on_page(self, sight: Sight, control: Control, now_ns: int) -> None:
        """A press begun outside the button, one ended outside it, and one that is right."""
        rect, at_ns = sight.find(control), now_ns + self.some_ms(600, 2_000)
        if rect is not None and self.chance.random() < 0.5:
            outside, inside = (rect.x - 20, rect.y - 20), rect.middle
            at_ns = self._mouse.drag(outside, inside, at_ns) + self.some_ms(300, 800)
            at_ns = self._mouse.drag(inside, outside, at_ns) + self.some_ms(300, 800)
        self._mouse.press(sight, control, at_ns)

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """The keys of the pad, some missed: a press begun beside a key and ended on it is none."""
        at_ns = now_ns + self.some_ms(600, 1_800)
        for name in (*answer, "Enter"):
            rect = sight.find(ScreenKey(name))
            if rect is not None and self.chance.random() < 0.15:
                at_ns = self._mouse.drag((2, 2), rect.middle, at_ns) + self.some_ms(200, 500)
            at_ns = self.type_out(sight, (name,), at_ns, ends_ns, gap=(250, 700))


class TouchOnly(Pupil):
    """Fingers on the glass, sometimes two at a time."""

    def given_hands(self) -> Hands:
        """Ten fingers."""
        return OnPointer(self.chance, self.agenda, Source.TOUCH)

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Quick fingers, which overlap."""
        self.type_out(sight, (*answer, "Enter"), now_ns + self.some_ms(600, 2_000), ends_ns, gap=(40, 300))


class PcDies(Pupil):
    """Answers like any pupil, but its PC loses its power: once or twice, anywhere, mostly in a question."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(chance)
        first = chance.randrange(2, _LAST_PAGE_DIES)
        again = first + chance.choice((1, 1, chance.randrange(1, _LAST_PAGE_DIES)))
        self._dies_from = [first, again] if chance.random() < 0.5 else [first]
        self._in_question = chance.random() < 0.7
        self._pages = 0

    def on_turned(self, sight: Sight, now_ns: int) -> None:
        """Count the pages, and lose the power from a randomly drawn page on."""
        self._pages += 1
        if not self._dies_from or self._pages < self._dies_from[0]:
            return
        if sight.place is Place.QUESTION or not self._in_question:
            del self._dies_from[0]
            self._in_question = self.chance.random() < 0.7
            self.power_fails(now_ns + self.some_ms(1, 700 if sight.place is Place.QUESTION else 2_900))


class LosesPower(Pupil):
    """Its PC loses its power once, in the question ``number`` of the check, for as long as ``off_ns`` says then."""

    def __init__(self, chance: random.Random, number: int, off_ns: Callable[[], int]) -> None:
        super().__init__(chance)
        self._number, self._off_ns = number, off_ns
        self._lost = False

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Answer, or sit in the dark before it can."""
        if sight.number == self._number and not sight.practice and not self._lost:
            self._lost = True
            self.power_fails(now_ns + self.some_ms(200, 600), self._off_ns())
            return
        super().on_sum(sight, answer, now_ns, ends_ns)
