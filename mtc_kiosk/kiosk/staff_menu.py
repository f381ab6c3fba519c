"""The staff's pages on a kiosk as one small machine: the passcode first, then the menu and what stands behind it.

What the school knows and keeps comes through ``StaffRoom``; without one there is the passcode alone. What is to become
of an attempt is only wished for here: the journey does it.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.happenings import KeyDown
from mtc_kiosk.kiosk.orders import HeldFound, StaffRefused, StaffRoom
from mtc_kiosk.kiosk.scene import (
    Button,
    CodeListView,
    Errand,
    HeldListView,
    PinListView,
    PupilListView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    StaffShown,
    StaffView,
)
from mtc_kiosk.kiosk.staff import StaffDesk
from mtc_kiosk.kiosk.staff_errand import StaffErrand
from mtc_kiosk.kiosk.staff_lists import held_on, held_view, pins_view
from mtc_kiosk.kiosk.staff_wish import DEEDS, Deed, Wish
from mtc_kiosk.store.held_checks import StaffAct

OPEN_FOR_NS = 120_000_000_000
"""Pages that nobody touches for so long close themselves: PINs and names are not for the next pupil."""

LONGEST_TEXT = 40


_TURNS = {Button.PREVIOUS: -1, Button.FOLLOWING: 1}
_ERRANDS = {Button.RESTART: Errand.RESTART, Button.REASON: Errand.REASON}


class StaffMenu:
    """Which staff page is open; ``shown`` is None while none is."""

    def __init__(self, matches: Callable[[str], bool] | None, room: StaffRoom | None) -> None:
        self._desk, self._room = StaffDesk(matches), room
        self._page: StaffShown | None = None
        self._on_screen: str | None = None
        self._can_resume = False
        self._held: HeldFound | None = None
        self._errand: StaffErrand | None = None
        self._acted_ns = 0

    @property
    def shown(self) -> StaffShown | None:
        """The page that is open."""
        return self._page if self._page is not None else self._desk.shown

    @property
    def locked(self) -> bool:
        """Whether the page still asks for the passcode."""
        return self._page is None and self._desk.locked

    def open(self, why: str, *, can_resume: bool, attempt_id: str | None = None) -> None:
        """Staff held the chord; ``attempt_id`` is the held check on the screen, None where there is none."""
        if self.shown is None:
            self._on_screen, self._can_resume = attempt_id, can_resume
            self._desk.open(why, can_resume=can_resume)

    def close(self) -> None:
        """Back to what was on the screen before; nothing of what staff looked at stays."""
        self._desk.close()
        self._page = self._held = self._errand = None

    def rest(self, now_ns: int) -> None:
        """Time goes on; pages that nobody touches close."""
        if self.shown is None:
            self._acted_ns = now_ns
        elif now_ns - self._acted_ns >= OPEN_FOR_NS:
            self.close()

    def refuse(self, sentence: str) -> None:
        """What staff wished for could not be done."""
        self._page = StaffDoneView(done=False, sentences=(sentence,))

    def key(self, key: KeyDown, now_ns: int) -> Wish | None:
        """A key while the passcode is asked for. Behind it is the held check, else the menu, else the way out."""
        self._acted_ns = now_ns
        self._desk.key(key, now_ns)
        if self._desk.shown is None or self._desk.locked or self._on_screen is not None:
            return None
        if self._room is None:
            return Wish(Deed.EXIT)
        self._show_menu(self._room)
        return None

    def type(self, key: KeyDown, now_ns: int) -> bool:
        """A key on a page behind the passcode that needs no control: a name, or Escape for Back; whether it was one."""
        if self.shown is None or self.locked:
            return False
        self._acted_ns = now_ns
        if key.name == "Escape":
            self._tried(self._back)
            return True
        errand = self._errand
        if errand is None or not isinstance(self._page, PupilListView):
            return False
        typed = self._page.typed
        if key.name == "Backspace":
            typed = typed[:-1]
        elif len(key.text) == 1 and key.text.isprintable() and key.name != "Space":
            typed = (typed + key.text)[:LONGEST_TEXT]
        else:
            return False
        self._tried(lambda: self._show(errand.pupils(typed=typed, page=1)))
        return True

    def act(self, control: str, now_ns: int) -> Wish | None:
        """A control was pressed; what the journey must do for it."""
        self._acted_ns = now_ns
        return self._tried(lambda: self._act(control))

    def _tried(self, do: Callable[[], Wish | None]) -> Wish | None:
        try:
            return do()
        except StaffRefused as refused:
            self._page = StaffDoneView(done=False, sentences=refused.sentences)
            return None

    # -- what a control does

    def _act(self, control: str) -> Wish | None:
        kind, _, name = control.partition(":")
        if kind == "button":
            return self._button(Button(name))
        if self._room is not None:
            self._choose(self._room, kind, name)
        return None

    def _button(self, button: Button) -> Wish | None:
        if button is Button.BACK:
            return self._back()
        if self._page is None:
            return self._over_held(button) if not self.locked and button in DEEDS else None
        if self._room is None:
            return None
        match self._page:
            case StaffMenuView():
                self._from_menu(self._room, button)
            case PinListView() | HeldListView() | PupilListView() | CodeListView() if button in _TURNS:
                self._turn(self._room, self._page, _TURNS[button])
            case HeldListView(offered=offered) if button in offered:
                return self._held_button(self._room, button)
            case CodeListView(chosen=str(code)) if button is Button.GIVE and self._errand is not None:
                return self._done(self._errand.give(code))
            case StaffAskView(button=asked) if button is asked:
                return self._said_yes(self._room, button)
            case _:
                pass
        return None

    def _over_held(self, button: Button) -> Wish:
        """Over the held check on the screen, with or without a passcode, staff say at once what becomes of it."""
        deed, act = DEEDS[button]
        if self._room is not None and self._on_screen is not None:
            wish = self._wish(self._room, deed, act, self._on_screen)
            if wish.deed is Deed.DROP:
                return wish
        self.close()
        return Wish(deed)

    def _from_menu(self, room: StaffRoom, button: Button) -> None:
        match button:
            case Button.PINS:
                self._page = pins_view(room.pins(), 1)
                room.note(StaffAct.PINS_SHOWN)
            case Button.HELD:
                self._show_held(room)
            case Button.RESTART | Button.REASON:
                self._errand = StaffErrand(_ERRANDS[button], room)
                self._page = self._errand.pupils()
            case Button.EXIT:
                self._page = StaffAskView(words.ASK[Button.EXIT], words.EXIT_KEEPS, Button.EXIT)
            case _:
                pass

    def _turn(self, room: StaffRoom, page: PinListView | HeldListView | PupilListView | CodeListView, by: int) -> None:
        match page:
            case PinListView():
                self._page = pins_view(room.pins(), page.page + by)
            case HeldListView():
                self._held = None
                self._page = held_view(room.held(), page.page + by)
            case PupilListView() if self._errand is not None:
                self._page = self._errand.pupils(page=page.page + by)
            case CodeListView() if self._errand is not None:
                self._page = self._errand.codes(page.page + by)
            case _:
                pass

    def _choose(self, room: StaffRoom, kind: str, name: str) -> None:
        """A row or a code of a list."""
        match self._page:
            case HeldListView(page=page) if kind == "row":
                self._page, self._held = self._chosen_check(room, page, int(name))
            case PupilListView() if kind == "row" and self._errand is not None:
                self._page = self._errand.choose(int(name))
            case CodeListView() if kind == "code":
                self._page = replace(self._page, chosen=name)
            case _:
                pass

    def _chosen_check(self, room: StaffRoom, page: int, index: int) -> tuple[HeldListView, HeldFound | None]:
        found = room.held()
        there = held_on(found, page)
        view = held_view(found, page, index, self._on_screen, can_resume=self._can_resume)
        return view, there[index] if index < len(there) else None

    def _held_button(self, room: StaffRoom, button: Button) -> Wish | None:
        held = self._held
        if held is None:
            return None
        if button is Button.STOP:
            said = (held.row.name, words.STAFF_CHOICES[Button.STOP])
            self._page = StaffAskView(words.ASK[Button.STOP], said, Button.STOP)
            return None
        wish = self._wish(room, *DEEDS[button], held.attempt_id)
        if wish.deed is Deed.RESUME:
            self.close()
        elif wish.deed is not Deed.DROP:
            self._done(words.check_of(held.row.name, button))
        return wish

    def _said_yes(self, room: StaffRoom, button: Button) -> Wish | None:
        if button is Button.EXIT:
            with contextlib.suppress(StaffRefused):  # staff must get out of a kiosk whose disk takes nothing
                room.note(StaffAct.LEFT)
            return Wish(Deed.EXIT)
        if button is Button.STOP and self._held is not None:
            held = self._held
            wish = self._wish(room, *DEEDS[button], held.attempt_id)
            return wish if wish.deed is Deed.DROP else (self._done(words.check_of(held.row.name, button)) or wish)
        return self._done(self._errand.take_back()) if self._errand is not None else None

    def _wish(self, room: StaffRoom, deed: Deed, act: StaffAct, attempt_id: str) -> Wish:
        """Wish it and keep it in the audit, unless a restart has ended the attempt meanwhile."""
        if room.is_over(attempt_id):
            self._page = StaffDoneView(done=False, sentences=words.OVER_ALREADY)
            return self._dropped(attempt_id)
        room.note(act, attempt_id)
        if deed is not Deed.RESUME and attempt_id == self._on_screen:
            self._on_screen = None
        return Wish(deed, attempt_id)

    def _dropped(self, attempt_id: str) -> Wish:
        self._on_screen = None if attempt_id == self._on_screen else self._on_screen
        self._desk.close()
        return Wish(Deed.DROP, attempt_id)

    def _done(self, sentences: tuple[str, ...]) -> Wish | None:
        """Say so; where it ended the held check on the screen, as a restart does, that one is to go."""
        self._page = StaffDoneView(done=True, sentences=sentences)
        if self._room is not None and self._on_screen is not None and self._room.is_over(self._on_screen):
            return self._dropped(self._on_screen)
        return None

    # -- which page comes

    def _back(self) -> Wish | None:
        match self._page:
            case None if self._room is not None and not self.locked and isinstance(self._desk.shown, StaffView):
                self._show_menu(self._room)
            case None | StaffMenuView():
                self.close()
            case CodeListView() | StaffAskView(button=Button.TAKE_BACK) if self._errand is not None:
                self._page = self._errand.pupils()
            case StaffAskView(button=Button.STOP) if self._room is not None:
                self._show_held(self._room)
            case _ if self._room is not None:
                self._show_menu(self._room)
            case _:
                self.close()
        return None

    def _show_menu(self, room: StaffRoom) -> None:
        held = 0
        with contextlib.suppress(Exception):  # whatever keeps the count from them must not shut staff in
            held = len(room.held())
        self._desk.close()
        self._page = StaffMenuView(held, can_hold=False)

    def _show_held(self, room: StaffRoom) -> None:
        self._held = None
        self._page = held_view(room.held(), 1)

    def _show(self, page: StaffShown) -> None:
        self._page = page
