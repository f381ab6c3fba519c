"""Draw the page that has the screen, and act on the flip that shows it."""

import gc
from collections.abc import Callable

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import HeldView
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.open_page import OpenPage
from mtc_kiosk.kiosk.input.focus import PageFocus
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.system.window_canvas import WindowCanvas
from mtc_kiosk.kiosk.view.scene import Scene, Shown


class Screen:
    """``rested`` is called after drawing ahead, so that its time is not taken for a stall."""

    def __init__(
        self,
        journey: Journey,
        page: OpenPage,
        focus: PageFocus,
        canvas: WindowCanvas,
        picture: PictureOfScene,
        clock: Clock,
        rested: Callable[[], None],
    ) -> None:
        self._journey, self._state, self._page, self._focus = journey, journey.state, page, focus
        self._canvas, self._picture, self._clock, self._rested = canvas, picture, clock, rested
        self._warmed: tuple[str, Look | None] | None = None

    def renewed(self) -> None:
        """The window has another size: discard what was drawn ahead."""
        self._warmed = None

    def draw(self) -> None:
        """Paint what changed, and tell the machine of the flip that first shows a sum."""
        if self._canvas.lost:
            return
        scene = self._scene(self._clock.now_ns())
        changed = self._canvas.show(scene)
        self._page.flipped(self._clock.now_ns())
        if self._state.attempt is not None:
            self._flipped(self._state.attempt, changed=changed)
        self._canvas.set_pointer(scene)
        self._state.current.narrator.page(scene)

    def _flipped(self, attempt: RunningAttempt, *, changed: bool) -> None:
        """After the flip: report a sum first shown, collect garbage in a pause, or draw ahead for the questions."""
        machine, current = attempt.machine, self._state.current
        wanted = attempt.id, current.look
        if attempt.waits_for_flip:
            self._state.advance(events.Shown(attempt.at(self._clock.now_ns())))
        elif isinstance(machine.step, Pause) and changed and wanted == self._warmed:
            gc.collect(1)
        elif wanted != self._warmed and not current.is_choosing and not _in_question(machine):
            self._warmed = wanted
            self._picture.warm_for(machine, self._state.label, current.look)
            self._rested()

    def _scene(self, now_ns: int) -> Scene:
        page = self._journey.on_screen
        shown = page.shown(now_ns)
        if self._page.turn(shown):
            self._focus.turn_page(page.first_focus())
        return whole_scene(shown, self._journey, self._focus)


def whole_scene(shown: Shown, journey: Journey, focus: PageFocus) -> Scene:
    """The page and what is drawn on top of it. Without a passcode, anybody may act on a held check."""
    state = journey.state
    has_passcode, in_page = state.staff.has_passcode, state.page is not None
    held_open = isinstance(shown, HeldView) and not has_passcode
    having = state.current.arrangements
    return Scene(
        shown,
        state.label,
        focus.focus,
        focus.pressed,
        held_open=held_open,
        look=journey.look,
        no_pad=having.no_pad,
        changes=journey.changes if in_page else (),
        not_the_check=having.own_time_limit,
        not_mine=in_page and journey.may_back_out,
        can_leave=not state.setup.loops and not has_passcode,
        remedy=journey.remedy if held_open else (),
    )


def _in_question(machine: Machine) -> bool:
    """Whether a question is open or being read, so that there is no time to draw ahead."""
    return machine.held is None and machine.outcome is None and isinstance(machine.step, Asking | Reading)
