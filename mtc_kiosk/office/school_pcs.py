"""The kiosks of this PC's home, its settings, and the disk: what a page about the school's PCs shows."""

import importlib.metadata
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mtc_kiosk.config.kiosk_shape import KioskShape
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.where import Found, where
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.kiosk_lock import kiosks_known, running_kiosks

_USED = "select kiosk, count(*), max(started_at) from attempt group by kiosk"

TIGHT = 1_000_000_000
"""Bytes left on the disk below which the page asks for a look. A day of 30 checks is 15 MB."""

FULL = 1_000_000
"""Bytes left below which a disk counts as full: a record and what is written with it may not fit."""


@dataclass(frozen=True)
class KioskPC:
    """A kiosk of this home. ``used_at`` is when the last pupil began there, None if none did."""

    name: str
    runs: bool
    checks: int
    used_at: datetime | None


@dataclass(frozen=True)
class SchoolPCs:
    """The kiosks by name, this PC's settings and version, the home, and the disk that it is on in bytes."""

    kiosks: tuple[KioskPC, ...]
    settings: KioskShape
    version: str
    home: Found
    free: int | None
    size: int | None

    @property
    def running(self) -> int:
        """How many kiosks run now."""
        return sum(one.runs for one in self.kiosks)

    @property
    def is_tight(self) -> bool:
        """Whether the disk is nearly full."""
        return self.free is not None and self.free < TIGHT


def school_pcs(home: OpenHome) -> SchoolPCs:
    """What there is to see about this PC and its kiosks."""
    running = set(running_kiosks(home.home))
    used = {
        name: (checks, at)
        for name, checks, at in read(home.db, "attempt", _USED, (), lambda name, count, at: (name, count, instant(at)))
    }
    kiosks = tuple(
        KioskPC(name, name in running, *used.get(name, (0, None)))
        for name in sorted({*kiosks_known(home.home), *used, *running}, key=str.casefold)
    )
    free, size = _disk(home.home.root)
    return SchoolPCs(
        kiosks=kiosks,
        settings=home.configuration.kiosk,
        version=importlib.metadata.version("mtc-kiosk"),
        home=where(home.home.root),
        free=free,
        size=size,
    )


def is_full(folder: Path) -> bool:
    """Whether the disk has no room for another record."""
    free, _ = _disk(folder)
    return free is not None and free < FULL


def _disk(folder: Path) -> tuple[int | None, int | None]:
    try:
        disk = shutil.disk_usage(folder)
    except OSError:
        return None, None
    return disk.free, disk.total
