"""What a kiosk is given when it starts."""

from collections.abc import Callable
from dataclasses import dataclass

from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.staff.port import Guesses, StaffRoom


@dataclass(frozen=True)
class KioskSetup:
    """The kiosk's task and services. With ``loops`` it returns to the welcome page; else it ends when the pupil leaves.

    ``prepare`` makes a walk-up's new attempt; ``passcode_matches`` is None where no passcode is set. ``sign_in`` lets
    the pupils of a school sign in; None where only "try it out" runs. ``staff_room`` is what the staff menu works with;
    without one the passcode leads out of the kiosk, or to the held check. ``guesses`` stores wrong tries at the
    passcode; ``place`` says where the home is, such as ``drive C:``; ``console`` brings commands
    from a console that shares the home, or from the desk; ``waiting_checks`` is how many checks wait for that desk.
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
    console: ConsoleCommands | None = None
    waiting_checks: Callable[[], int] = lambda: 0
