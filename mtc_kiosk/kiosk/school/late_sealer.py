"""What is made when it is first used, such as a home's sealer: a kiosk's first screen does not wait for its import.

The key of the sealer is had at the start, so that a home without one is refused there and then.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.system.imports import import_beside
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home

if TYPE_CHECKING:
    from mtc_kiosk.store.records.sealer import Sealer

_LATER = (
    "sqlite_utils",
    "mtc_kiosk.office.sealing",
    "mtc_kiosk.store.records.proofs",
    "mtc_kiosk.config.configuration",
    "mtc_kiosk.kiosk.school.staff_room",
)
"""Modules for signing in, for a finished check, for a changed settings file and for the staff menu.

The first screen needs none.
"""

_Made = TypeVar("_Made")


class _Late:
    """Does what an object does that is made at the first call."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @cached_property
    def made(self) -> object:
        """The object itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)


def late(make: Callable[[], _Made]) -> _Made:
    """What ``make`` gives, made when it is first used."""
    return cast("_Made", _Late(make))


def late_sealer_of(home: Home, configuration: Configuration, *, made_up: bool) -> "Sealer":
    """The sealer of this home, made when it is first used; DeviceKeyRefused if its key cannot be read."""
    key = device_key(home)

    def make() -> "Sealer":
        from mtc_kiosk.office.sealing import sealer_with  # noqa: PLC0415 - no first screen waits for it

        return sealer_with(key, configuration, made_up=made_up)

    return late(make)


def import_the_rest() -> None:
    """Import, beside the loop, what the first screen did not wait for, so that no check waits for it either."""
    import_beside(_LATER)
