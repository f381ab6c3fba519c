"""What the command line asks of a kiosk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.store.home.home import Home

if TYPE_CHECKING:
    from mtc_kiosk.check.form import Form


@dataclass(frozen=True)
class Wanted:
    """What the command line asks of the kiosk."""

    name: str | None
    windowed: str | None
    loops: bool
    form: "Callable[[Home, Configuration, str], Form | None]"
