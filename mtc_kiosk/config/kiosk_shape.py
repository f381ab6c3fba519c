"""The contents of ``kiosk.yaml`` as types; ``kiosk_file`` reads the file."""

from decimal import Decimal

from mtc_kiosk.config.shape import Shape

NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,31}"
"""The names that a kiosk may have; the name is part of file names and of ``kiosk:NAME``."""


class DisplayShape(Shape):
    """The screen. ``screen`` counts from 1, the main one; the diagonal relates millimetres to pixels."""

    diagonal_inches: Decimal
    screen: int


class SoundShape(Shape):
    """The loudspeaker or headphones: the name of a device, or None for the computer's own choice."""

    device: str | None
    volume_percent: int


class LockdownShape(Shape):
    """What keeps a pupil in the check."""

    full_screen: bool
    keyboard_grab: bool
    allow_second_display: bool


class KioskShape(Shape):
    """The whole of ``kiosk.yaml``. ``desk`` None: this PC is its own desk; ``staff_passcode`` None: not set."""

    name: str
    desk: str | None
    display: DisplayShape
    sound: SoundShape
    lockdown: LockdownShape
    staff_passcode: str | None
    raise_priority: bool
