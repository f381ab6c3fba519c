"""The port of the loop to the commands from the console; ``kiosk.school`` implements it over the store.

It is alone, as ``sign_in_port`` is: both sides import it, and neither the other.
"""

from datetime import datetime
from typing import Protocol

from mtc_kiosk.school.kiosk_command import CommandAnswer, KioskCommand, Why


class ConsoleCommands(Protocol):
    """Commands from the console, read and answered on another thread: no call waits for the database."""

    def news(self) -> tuple[KioskCommand, ...]:
        """The commands that came since the last call."""

    def answer(self, command: KioskCommand, answered: CommandAnswer, why: Why | None = None) -> None:
        """Answer a command."""

    def now(self) -> datetime:
        """The PC's own clock in UTC, by which commands expire."""
