"""A home's sealer that is made when the first record is: a kiosk's first screen does not wait for what makes records.

The key is had at the start, so that a home without one is refused there and then.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

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
)
"""Modules for signing in, for a finished check and for a changed settings file; the first screen needs none."""


class _LateSealer:
    """Does what the sealer does, which is made at the first call."""

    def __init__(self, make: "Callable[[], Sealer]") -> None:
        self._make = make

    @cached_property
    def sealer(self) -> "Sealer":
        """The sealer itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.sealer, name)


def late_sealer_of(home: Home, configuration: Configuration, *, made_up: bool) -> "Sealer":
    """The sealer of this home, made when it is first used; DeviceKeyRefused if its key cannot be read."""
    key = device_key(home)

    def make() -> "Sealer":
        from mtc_kiosk.office.sealing import sealer_with  # noqa: PLC0415 - no first screen waits for it

        return sealer_with(key, configuration, made_up=made_up)

    return cast("Sealer", _LateSealer(make))


def import_the_rest() -> None:
    """Import, beside the loop, what the first screen did not wait for, so that no check waits for it either."""
    import_beside(_LATER)
