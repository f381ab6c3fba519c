"""What a kiosk is handed when it starts."""

from collections.abc import Callable
from dataclasses import dataclass

from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.staff.port import Guesses, StaffRoom


@dataclass(frozen=True)
class KioskSetup:
    """What this kiosk is to do. ``loops`` sends it back to the welcome page; else it ends when the pupil leaves.

    ``prepare`` makes a walk-up's new attempt; ``passcode_matches`` is None where no passcode is set. ``sign_in`` lets
    the pupils of a school sign in; None where only "try it out" runs. ``staff_room`` is what the staff menu works with;
    without one the passcode leads out of the kiosk, or to the held check. ``guesses`` keeps wrong tries at it, and
    ``place`` is where the home lies, such as ``drive C:``.
    """

    prepare: Callable[[], PreparedAttempt]
    passcode_matches: Callable[[str], bool] | None
    loops: bool
    about: str
    keyboard_needed: bool = False
    sign_in: SignInService | None = None
    staff_room: StaffRoom | None = None
    guesses: Guesses | None = None
    place: str = "this PC"
