"""Objects made at first use, such as a home's sealer, so that a kiosk's first screen does not wait for their imports.

The sealer's key is read at the start, so that a home without one is refused at once.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.system.imports import import_beside
from mtc_kiosk.store.home.desk_file import enrolment_of
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
"""Modules for signing in, finished checks, changed settings and the staff menu; the first screen needs none."""

_Made = TypeVar("_Made")


class _Late:
    """Stands in for an object, which it makes at the first use."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    @cached_property
    def made(self) -> object:
        """The object itself."""
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.made, name)


def late(make: Callable[[], _Made]) -> _Made:
    """The result of ``make``, called at first use."""
    return cast("_Made", _Late(make))


class _Anew:
    """Stands in for an object that is made anew at each use."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


def late_sealer_of(home: Home, configuration: Configuration, *, made_up: bool) -> "Sealer":
    """The sealer of this home, made at first use; an enrolled kiosk's follows its name and school at the desk.

    DeviceKeyRefused or DeskFileRefused at once if its key, or its desk's file, cannot be read.
    """
    key, enrolment = device_key(home), enrolment_of(home)

    def make() -> "Sealer":
        from mtc_kiosk.office.sealing import sealer_with  # noqa: PLC0415 - no first screen waits for it

        now = enrolment_of(home) if enrolment is not None else None
        return sealer_with(key, configuration, now, made_up=made_up)

    return late(make) if enrolment is None else cast("Sealer", _Anew(make))


def import_the_rest() -> None:
    """Import the rest in a thread beside the loop, so that no check waits for it either."""
    import_beside(_LATER)
