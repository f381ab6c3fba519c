"""What all robot pupils share: they go through the pages, work out sums, and notice what should not be there.

A robot uses only what is on the screen, its own hands and its own clock. How a kind of pupil answers is in ``typists``
and ``odd_pupils``.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.check.events import Source
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling
from mtc_kiosk.robots.acts import InputAction, PlugPulled
from mtc_kiosk.robots.agenda import Agenda
from mtc_kiosk.robots.clock import MS, SECOND, US
from mtc_kiosk.robots.diary import Diary, Stroke, meant, typed_by
from mtc_kiosk.robots.eyes import Place, Sight
from mtc_kiosk.robots.hands import Hands, OnKeyboard, OnPointer


@dataclass(frozen=True)
class Slip:
    """What a teacher gives a pupil: the school's password of the day and the pupil's own PIN."""

    password: str
    pin: str


HELPER = ("sam", "reed")
"""The name of a robot's input assistant."""

SLACK_NS = 120 * MS
"""A pupil that means to be in time presses its last key at least this long before the end."""

_STOPS_NS = 100 * MS  # typing goes on for this long after another page comes
_FLIP_NS = 40 * MS  # a picture is at most this old when it is seen


class Pupil:
    """An ordinary pupil: answers each sum as well as it can. ``left`` is True once it has gone.

    ``surprises`` are sentences about what the screen should not have shown. With ``alone`` no robot plays the teacher:
    it sits in front of a held check, ``held``, until somebody lets it go on. ``hardness`` says how hard a fact is: 1
    for one that it knows as often as ``knows`` says.
    """

    def __init__(self, chance: random.Random) -> None:
        self.diary = Diary()
        self.left = False
        self.slip: Slip | None = None
        self.turned_away = False
        self.surprises: list[str] = []
        self.alone = self.held = False
        self.hardness: Callable[[tuple[int, int]], float] = lambda _: 1.0
        self.chance = chance
        self.agenda = Agenda()
        self.hands: Hands = self.given_hands()
        self.lasts_ns = 6 * SECOND
        self.knows = chance.uniform(0.55, 1.0)
        self._teacher = OnPointer(chance, self.agenda, Source.MOUSE)
        self._sight: Sight | None = None
        self._counted = False  # whether it has seen a question that counts
        self._finished = False
        self._ends_ns = 0
        self._chose: Place | None = None
        self._was: Place | None = None  # the place before the one it sees

    # -- what kinds of pupils override

    def given_hands(self) -> Hands:
        """What it presses with: a keyboard, half of the time with the number pad."""
        return OnKeyboard(self.chance, self.agenda, on_keypad=self.chance.random() < 0.5)

    def on_page(self, sight: Sight, control: Control, now_ns: int) -> None:
        """On a page with a button: read it, and go on."""
        self.hands.press(sight, control, now_ns + self.some_ms(800, 3_000))

    def on_pause(self, sight: Sight, now_ns: int) -> None:
        """In the wait before a sum: do nothing."""

    def on_turned(self, sight: Sight, now_ns: int) -> None:
        """On any new page, before acting on it."""

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """On a sum, to be answered before ``ends_ns``: plan the strokes."""
        self.type_out(sight, (*answer, "Enter"), now_ns + self.some_ms(700, 2_500), ends_ns, gap=(120, 400))

    def on_held(self, sight: Sight, now_ns: int) -> None:
        """On a held check: a teacher comes, and lets it carry on, or stops it where it can only be stopped.

        A page without Stop asks the pupil whether to carry on.
        """
        self.held = self.alone and sight.find(Button.STOP) is not None
        if self.held:
            return
        choice = Button.RESUME if sight.find(Button.RESUME) is not None else Button.STOP
        within = (1_000, 10_000) if self.alone else (5_000, 90_000)  # the question to a pupil stays for a minute
        self._teacher.press(sight, choice, now_ns + self.some_ms(*within))

    def knows_it(self, factors: tuple[int, int]) -> bool:
        """Whether it knows this fact."""
        return self.chance.random() < float(self.knows ** self.hardness(factors))

    @property
    def gone(self) -> bool:
        """Whether it has left and every key is up."""
        return self.left and self.agenda.empty

    @property
    def sees(self) -> tuple[str, ...]:
        """The words that it last saw on the screen."""
        return self._sight.texts if self._sight is not None else ()

    # -- called by the window

    def look(self, sight: Sight, now_ns: int) -> None:
        """Look at a changed picture."""
        turned = self._sight is None or sight.page != self._sight.page
        self._sight = sight
        if turned:
            self.on_turned(sight, now_ns)
            self._turned(sight, now_ns)
            self._was = sight.place
        elif sight.place is Place.QUESTION:
            self._notice(sight, now_ns)

    def next_act(self, until_ns: int) -> InputAction | None:
        """The next act up to this time."""
        return self.agenda.next_act(until_ns)

    def pc_died(self, now_ns: int) -> None:
        """The screen went dark: mark the open sum as spoilt, and drop all plans."""
        self.diary.pc_died(now_ns)
        self.agenda.clear()
        self.hands.let_go()
        self._teacher.let_go()
        self._sight = None

    # -- used by kinds of pupils

    def some_ms(self, low: int, high: int) -> int:
        """A random time between ``low`` and ``high`` milliseconds, in nanoseconds."""
        return self.chance.randrange(low * 1_000, high * 1_000) * US

    def type_out(self, sight: Sight, names: tuple[str, ...], at_ns: int, ends_ns: int, *, gap: tuple[int, int]) -> int:
        """Strike keys, ``gap`` milliseconds apart, as far as they are in time; return when the next would be (ns)."""
        for name in names:
            if at_ns > ends_ns - SLACK_NS:
                break
            at_ns = self.hands.strike(sight, name, at_ns) + self.some_ms(*gap)
        return at_ns

    def power_fails(self, at_ns: int, off_ns: int | None = None) -> None:
        """Plan that the PC loses its power, for ``off_ns`` or for some minutes."""
        self.agenda.add(PlugPulled(at_ns, self.some_ms(20_000, 900_000) if off_ns is None else off_ns))

    # -- the journey

    def _turned(self, sight: Sight, now_ns: int) -> None:  # noqa: C901, PLR0912 - one line a kind of page
        self.held = False
        if sight.place not in (Place.PAUSE, Place.QUESTION, Place.LISTENING):
            self.agenda.stop(now_ns + _STOPS_NS)
        match sight.place:
            case Place.SIGN_IN | Place.WELCOME if self._finished:
                self.left = True
            case Place.SIGN_IN:
                self._sign_in(sight, now_ns)
            case Place.CONFIRM:
                self.hands.press(sight, Button.THATS_ME, now_ns + self.some_ms(1_000, 4_000))
            case Place.WELCOME:
                self.on_page(sight, Button.TRY_IT_OUT, now_ns)
            case Place.PAGE:
                self._finished = self._counted
                self.lasts_ns = _seconds_on_card(sight) or self.lasts_ns
                self.on_page(sight, Button.NEXT, now_ns)
            case Place.PAUSE:
                self._pause(sight, now_ns)
            case Place.QUESTION:
                self._question(sight, now_ns)
            case Place.HOW_WAS_IT:
                self._say_how_it_was(sight, now_ns)
            case Place.AGAIN:
                self.hands.press(sight, Button.LEAVE, now_ns + self.some_ms(500, 2_000))
            case Place.HELD:
                self.on_held(sight, now_ns)
            case Place.LISTENING:
                self.agenda.stop(now_ns)  # a digit already on its way ends the reading, and counts
                self.agenda.given.clear()
            case Place.SIZE | Place.COLOURS | Place.ASSISTANT | Place.KEYBOARD:
                self._arrange(sight, now_ns)
            case Place.MOMENT:
                pass
            case _:
                self.surprises.append(f"A page that no robot knows: {' / '.join(sight.texts)}.")

    def _sign_in(self, sight: Sight, now_ns: int) -> None:
        """Type the password and PIN of the slip; one that is turned away leaves, one whose check is set aside waits."""
        if self.alone and self._counted:
            self.held = True
            return
        if sight.turned_away or self.slip is None:
            self.turned_away = self.left = True
            return
        at_ns = now_ns + self.some_ms(1_000, 3_000)
        if sight.find(Button.SIGN_IN) is not None:
            self.hands.send(sight, Button.SIGN_IN, at_ns)
            return
        for character in self.slip.password:
            at_ns = self.hands.write(sight, character, at_ns) + self.some_ms(150, 500)
        at_ns = self.hands.press_key(sight, "Tab", at_ns) + self.some_ms(300, 800)
        for character in self.slip.pin:
            at_ns = self.hands.write(sight, character, at_ns) + self.some_ms(150, 500)

    def _arrange(self, sight: Sight, now_ns: int) -> None:
        """On the pages of arrangements: choose, type the assistant's name, press any key; then Next."""
        at_ns = now_ns + self.some_ms(800, 2_500)
        choices = [seen.what for seen in sight.controls if isinstance(seen.what, Size | Colours)]
        next_is_there = sight.find(Button.NEXT) is not None
        if choices and self.chance.random() < 0.5 and not self._has_chosen(sight.place):
            self.hands.press(sight, self.chance.choice(choices), at_ns)
        elif sight.place is Place.ASSISTANT and not next_is_there:
            for box in HELPER:
                for character in box:
                    at_ns = self.hands.write(sight, character, at_ns) + self.some_ms(150, 500)
                at_ns = self.hands.press_key(sight, "Tab", at_ns) + self.some_ms(300, 800)
        elif sight.place is Place.KEYBOARD and not next_is_there:
            self.hands.press_key(sight, "Tab", at_ns)
        else:
            self.on_page(sight, Button.NEXT, now_ns)

    def _has_chosen(self, place: Place) -> bool:
        """Whether it has chosen on this page before; note that it has now."""
        chose, self._chose = self._chose is place, place
        return chose

    def _pause(self, sight: Sight, now_ns: int) -> None:
        self.agenda.given.clear()
        if sight.find(Button.NEXT) is not None:
            self.on_page(sight, Button.NEXT, now_ns)
        else:
            self.on_pause(sight, now_ns)

    def _question(self, sight: Sight, now_ns: int) -> None:
        assert sight.sum is not None
        assert sight.number is not None, "a question on the screen has its number there"
        self._counted = self._counted or not sight.practice
        before = self._typed_while_listening()
        self.agenda.given[:] = before
        self._ends_ns = now_ns + self.lasts_ns
        self.on_sum(sight, self._thinks(sight.sum), now_ns, self._ends_ns)
        strokes = [*before, *self.agenda.strokes_to_come()]
        entry = meant(sight.number, sight.sum, strokes, practice=sight.practice, seen_ns=now_ns, lasts_ns=self.lasts_ns)
        self.diary.write(entry)
        self._notice(sight, now_ns)

    def _typed_while_listening(self) -> list[Stroke]:
        """The first digit pressed while the question was read out, which brought the sum."""
        if self._was is not Place.LISTENING:
            return []
        return [stroke for stroke in self.agenda.given if stroke.key.isdigit()][:1]

    def _thinks(self, factors: tuple[int, int]) -> str:
        """The answer, or a typical mistake: a multiple too many, one too many, digits turned round, a guess."""
        left, right = factors
        if self.knows_it(factors):
            return str(left * right)
        mistakes = (left * (right + 1), left * right + 1, int(str(left * right)[::-1]), self.chance.randrange(145))
        return str(self.chance.choice(mistakes))

    def _notice(self, sight: Sight, now_ns: int) -> None:
        """Check that the box shows what was typed, and the count-down the time left."""
        typed = typed_by(self.agenda.given)
        if sight.typed != typed:
            self.surprises.append(f"Question {sight.number} shows {sight.typed!r} where {typed!r} was typed.")
        left_ns = self._ends_ns - now_ns
        counted = {max(1, -(-left_ns // SECOND)), -(-(left_ns + _FLIP_NS) // SECOND)}
        if sight.seconds_left is not None and sight.seconds_left not in counted:
            self.surprises.append(f"Question {sight.number} counts {sight.seconds_left} with {left_ns // MS} ms left.")

    def _say_how_it_was(self, sight: Sight, now_ns: int) -> None:
        at_ns = now_ns + self.some_ms(600, 3_000)
        send, skip = Button.SEND, Button.SKIP
        if sight.find(send) is not None:
            self.hands.press(sight, send, at_ns)
        elif self.chance.random() < 0.3:
            self.hands.press(sight, skip, at_ns)
        else:
            self.hands.press(sight, self.chance.choice(tuple(Feeling)), at_ns)


def _seconds_on_card(sight: Sight) -> int | None:
    """How long each question lasts (ns), if the page has a card that says so."""
    for written, below in pairwise(sight.texts):
        if below == words.seconds(written) and written.replace(".", "", 1).isdigit():
            return int(Decimal(written) * SECOND)
    return None
