"""What ``kiosk.yaml`` says, for whoever reads it; how it is written is known to ``kiosk_file``."""

from decimal import Decimal

from mtc_kiosk.config.shape import Shape

NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}"
"""What a kiosk may be called; the name stands in file names and in ``kiosk:NAME``."""


class DisplayShape(Shape):
    """The screen. ``screen`` counts from 1, the main one; the diagonal is what tells millimetres from pixels."""

    diagonal_inches: Decimal
    screen: int


class SoundShape(Shape):
    """The loudspeaker or headphones: None is the computer's own choice, else the name of a device."""

    device: str | None
    volume_percent: int


class LockdownShape(Shape):
    """What keeps a pupil in the check."""

    full_screen: bool
    keyboard_grab: bool
    allow_second_display: bool


class KioskShape(Shape):
    """What ``kiosk.yaml`` says. ``desk`` is None where this PC is its own; ``staff_passcode`` where none is set."""

    name: str
    desk: str | None
    display: DisplayShape
    sound: SoundShape
    lockdown: LockdownShape
    staff_passcode: str | None
    raise_priority: bool
