"""All that the screen shows at a moment, gathered into one scene: the page, and what is drawn on top of it.

It changes nothing; two equal scenes need no painting.
"""

from mtc_kiosk.check.view import HeldView
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.input.focus import PageFocus
from mtc_kiosk.kiosk.view.scene import Scene, Shown


def whole_scene(shown: Shown, journey: Journey, hands: PageFocus, orders: KioskSetup) -> Scene:
    """The scene of the page that is to be shown. Without a passcode a held check is open to whoever is there."""
    has_passcode = orders.passcode_matches is not None
    held_open = isinstance(shown, HeldView) and not has_passcode
    having = journey.seat.arrangements
    return Scene(
        shown,
        journey.label,
        hands.focus,
        hands.pressed,
        held_open=held_open,
        look=journey.look,
        no_pad=having.no_pad,
        changes=journey.changes,
        not_the_check=having.own_time_limit,
        not_mine=journey.may_back_out,
        can_leave=not orders.loops and not has_passcode,
        remedy=journey.remedy if held_open else "",
    )
