"""Reads ``kiosk.yaml``, this PC's settings: its name, desk, screen, sound, lockdown, and who may leave.

The defaults are those of the file that ships with the program.
"""

import re
import socket
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field

from mtc_kiosk.config.group import Group, refuse
from mtc_kiosk.config.kiosk_shape import NAME, DisplayShape, KioskShape, LockdownShape, SoundShape
from mtc_kiosk.config.mistakes import Code, quoted
from mtc_kiosk.config.passcode import HASH
from mtc_kiosk.config.written import decimal, from_text, one_line, or_none, read_as, whole, yes_no


def computer_name() -> str:
    """This computer's name, up to the first full stop; characters that a kiosk's name may not have become dashes."""
    name = re.sub("[^A-Za-z0-9_-]", "-", socket.gethostname().partition(".")[0]).lstrip("_-")
    return name[:32] or "kiosk"


def _name() -> BeforeValidator:
    allowed = "Write up to 32 letters, digits, - or _, or 'auto' for the computer's own name."
    plain_name = one_line(32, pattern=NAME, allowed=allowed)

    def read(text: str) -> object:
        return computer_name() if text.casefold() == "auto" else read_as(plain_name, text)

    return from_text(read, allowed)


def _desk() -> BeforeValidator:
    allowed = "Write the desk's address as its console shows it, such as https://desk.example:8426, or 'none'."

    def read(text: str) -> str:
        try:
            address = urlsplit(text)
            fits = address.scheme == "https" and bool(address.hostname) and address.port != 0 and "@" not in text
        except ValueError:
            fits = False
        if not fits or not text.isprintable() or " " in text:
            raise refuse(Code.NOT_AN_ADDRESS, f"{quoted(text)} is not the address of a desk. {allowed}")
        return text.rstrip("/")

    return from_text(read, allowed)


def _passcode() -> BeforeValidator:
    def read(text: str) -> str:
        if not HASH.fullmatch(text):
            # The value may be the passcode itself, so it is not repeated on a screen or in a log.
            raise refuse(
                Code.NOT_A_HASH,
                "A passcode is not kept here as you type it. Write 'none', then set it with: mtc-kiosk passcode set",
            )
        return text

    return from_text(read, "Write 'none', then set one with: mtc-kiosk passcode set")


class Display(Group, DisplayShape):
    """The screen. ``screen`` counts from 1, the main one; the diagonal relates millimetres to pixels."""

    diagonal_inches: Annotated[Decimal, decimal(5, 120, 2, "inches")] = Decimal("15.6")
    screen: Annotated[int, whole(1, 8)] = 1


class Sound(Group, SoundShape):
    """The loudspeaker or headphones: the name of a device, or None for the computer's own choice."""

    device: Annotated[str | None, or_none(one_line(200))] = None
    volume_percent: Annotated[int, whole(0, 100)] = 100


class Lockdown(Group, LockdownShape):
    """What keeps a pupil in the check."""

    full_screen: Annotated[bool, yes_no()] = True
    keyboard_grab: Annotated[bool, yes_no()] = True
    allow_second_display: Annotated[bool, yes_no()] = False


class KioskFile(Group, KioskShape):
    """The whole of ``kiosk.yaml``. ``desk`` None: this PC is its own desk; ``staff_passcode`` None: not set."""

    name: Annotated[str, _name()] = Field(default_factory=computer_name)
    desk: Annotated[str | None, or_none(_desk())] = None
    display: Display = Display()
    sound: Sound = Sound()
    lockdown: Lockdown = Lockdown()
    staff_passcode: Annotated[str | None, or_none(_passcode())] = None
    raise_priority: Annotated[bool, yes_no()] = True


__all__ = [
    "NAME",
    "Display",
    "KioskFile",
    "Lockdown",
    "Sound",
    "computer_name",
]
