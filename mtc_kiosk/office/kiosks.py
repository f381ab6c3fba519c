"""A desk's kiosks for staff: list them, name one, revoke one, withdraw or accept the device that one is."""

import importlib.metadata
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mtc_kiosk.config.kiosk_shape import NAME
from mtc_kiosk.office import sync
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.record.signing import LEAST_DIGITS
from mtc_kiosk.school.kiosk_names import natural
from mtc_kiosk.store.classroom import kiosks as store
from mtc_kiosk.store.classroom.kiosk_list import Joined, joined_kiosks
from mtc_kiosk.store.classroom.seen import pc_clock
from mtc_kiosk.store.home.kiosk_lock import kiosks_known
from mtc_kiosk.store.records import devices as device_store
from mtc_kiosk.store.records.devices import Device, devices

CLOCK_FAR_OFF_MS = 120_000
"""A clock that differs by this much from the desk's needs a look; nothing in a check depends on it."""

REMEMBERED = timedelta(days=30)
"""How long after its last word a PC that is no kiosk any more is listed among what waits."""

KnownDevice = Device
"""A device that sent records, for whoever may not know the store."""

NO_KIOSK, NO_DEVICE = "no_such_kiosk", "no_such_device"
_GONE = Problem("This kiosk no longer belongs to this desk. Nothing was changed.", NO_KIOSK)
_NO_DEVICE = Problem("No such device has sent records. Nothing was changed.", NO_DEVICE)


@dataclass(frozen=True)
class Listed:
    """A kiosk as the list has it, with the program's version at the desk. ``runs``: the desk heard of it lately.

    ``heard_at`` is when it last did, by the home's time; None until then.
    """

    kiosk: Joined
    runs: bool
    heard_at: datetime | None
    desk_version: str

    @property
    def clock_is_far_off(self) -> bool:
        """Whether its clock differs so much that somebody should set it."""
        said = self.kiosk.said
        return said is not None and abs(said.clock_ms) >= CLOCK_FAR_OFF_MS

    @property
    def keeps_records(self) -> bool:
        """Whether records wait there and the desk does not hear of it, so that they do not come by themselves."""
        return self.kiosk.said is not None and self.kiosk.said.waiting > 0 and not self.runs

    def was_here_lately(self, now: datetime) -> bool:
        """Whether it was heard of in the time for which kiosks keep what they have delivered."""
        return self.kiosk.said is not None and now - self.kiosk.said.at < REMEMBERED

    @property
    def is_another_version(self) -> bool:
        """Whether it runs another version of the program than the desk."""
        return self.kiosk.said is not None and self.kiosk.said.version != self.desk_version

    @property
    def needs_look(self) -> bool:
        """Whether somebody should look at it."""
        return self.clock_is_far_off or self.keeps_records or not self.kiosk.is_accepted


@dataclass(frozen=True)
class Kiosks:
    """The desk's kiosks by name, the PCs that were a kiosk of it before, and every device that sent records."""

    now: datetime
    in_use: tuple[Listed, ...]
    before: tuple[Listed, ...]
    devices: tuple[Device, ...]

    @property
    def other_devices(self) -> tuple[Device, ...]:
        """The devices that are no kiosk of this desk now."""
        here = {one.kiosk.device for one in self.in_use}
        return tuple(each for each in self.devices if each.fingerprint not in here)

    @property
    def running(self) -> int:
        """How many run now."""
        return sum(one.runs for one in self.in_use)

    @property
    def to_look_at(self) -> tuple[Listed, ...]:
        """Those that need a look."""
        return tuple(one for one in self.in_use if one.needs_look)


def listed(home: OpenHome, clock: Callable[[], datetime] = pc_clock) -> Kiosks:
    """All there is to see of the desk's kiosks. ``clock`` is this PC's own, in UTC."""
    now = clock()
    every = _every(home, now)
    in_use = sorted((each for each in every if each.kiosk.is_in_use), key=lambda each: natural(each.kiosk.name))
    known = {each.kiosk.device for each in in_use}
    before: dict[str, Listed] = {}
    for each in reversed(every):
        if each.kiosk.device not in known and each.was_here_lately(now):
            before.setdefault(each.kiosk.device, each)
    return Kiosks(now, tuple(in_use), tuple(before.values()), devices(home.db))


def to_look_at(home: OpenHome, clock: Callable[[], datetime] = pc_clock) -> tuple[Listed, ...]:
    """The kiosks that need a look, by name."""
    found = (each for each in _every(home, clock()) if each.kiosk.is_in_use and each.needs_look)
    return tuple(sorted(found, key=lambda each: natural(each.kiosk.name)))


def one(home: OpenHome, kiosk_id: int) -> Listed:
    """One kiosk that belongs here now; OfficeRefused."""
    for each in listed(home).in_use:
        if each.kiosk.id == kiosk_id:
            return each
    raise OfficeRefused(_GONE)


def rename(home: OpenHome, kiosk_id: int, name: str) -> str:
    """Give a kiosk another name, which it takes with the desk's next answer; the name before. OfficeRefused."""
    wanted = name.strip()
    if not re.fullmatch(NAME, wanted):
        said = "Write 1 to 32 letters without accents, digits, - or _, with a letter or digit first, such as hall-7."
        raise OfficeRefused(Problem(said, "not_a_name", field="name"))
    before = store.kiosk_of_id(home.db, kiosk_id)
    if before is None or before.ended_at is not None:
        raise OfficeRefused(_GONE)
    here = {*kiosks_known(home.home), *store.names_of_own_kiosks(home.db), home.configuration.kiosk.name}
    if wanted.casefold() in {each.casefold() for each in here}:
        raise OfficeRefused(_taken(f"A kiosk of this PC has the name {wanted}."))
    if not store.rename(home.db, home.stamp, kiosk_id, wanted):
        raise OfficeRefused(_taken(f"Another kiosk has the name {wanted}."))
    return before.name


def revoke(home: OpenHome, kiosk_id: int) -> str:
    """End a kiosk's membership; its name. OfficeRefused."""
    ended = store.revoke(home.db, home.stamp, kiosk_id)
    if ended is None:
        raise OfficeRefused(_GONE)
    return ended.name


def device(home: OpenHome, fingerprint: str) -> Device:
    """One device that sent records, by its whole fingerprint; OfficeRefused."""
    for each in devices(home.db):
        if each.fingerprint == fingerprint:
            return each
    raise OfficeRefused(_NO_DEVICE)


def withdraw(home: OpenHome, fingerprint: str) -> Device:
    """Withdraw a device: what it sends from now on waits, and the kiosk that it is belongs here no more."""
    found = device(home, fingerprint)
    kiosk = store.kiosk_of_device(home.db, fingerprint)
    if kiosk is not None:
        store.revoke(home.db, home.stamp, kiosk.id)
    device_store.withdraw(home.db, found, home.stamp)
    return found


def withdraw_named(home: OpenHome, written: str, *, confirmed: bool) -> Device:
    """Withdraw the device that staff name, by its kiosk's name, its own, or its fingerprint; OfficeRefused.

    Unless it is ``confirmed``, the refusal says what would be so.
    """
    found = _meant(home, written)
    kiosk = store.kiosk_of_device(home.db, found.fingerprint)
    if found.accepted_at is None and kiosk is None:
        raise OfficeRefused(Problem(f"The device {found.name} is not accepted. Nothing was changed.", "not_accepted"))
    if not confirmed:
        is_kiosk = f"{kiosk.name} is a kiosk of this desk: it is removed, and has to join again. " if kiosk else ""
        said = (
            f"{is_kiosk}What the device {found.shown} sends from now on waits until it is accepted again. What it sent"
            " before stays and counts. To go on, confirm it. Nothing was changed."
        )
        raise OfficeRefused(Problem(said, "not_confirmed"))
    return withdraw(home, found.fingerprint)


def _meant(home: OpenHome, written: str) -> Device:
    """The one device of this name or fingerprint."""
    name, digits = written.strip().casefold(), "".join(written.split()).replace("-", "").casefold()
    kiosk = store.kiosk_named(home.db, written.strip())
    every = devices(home.db)
    meant = [each for each in every if kiosk is not None and each.fingerprint == kiosk.fingerprint]
    meant = meant or [each for each in every if each.name.casefold() == name]
    if not meant and len(digits) >= LEAST_DIGITS:
        meant = [each for each in every if each.fingerprint.startswith(digits)]
    if not meant:
        raise OfficeRefused(_NO_DEVICE)
    if len(meant) > 1:
        which = " or ".join(each.shown for each in meant)
        said = (
            f"Several devices are called {written.strip()}. Name one by its fingerprint: {which}. Nothing was changed."
        )
        raise OfficeRefused(Problem(said, "several_devices"))
    return meant[0]


def accept(home: OpenHome, fingerprint: str) -> int:
    """Accept a device, and take in what waited; how many records that were. OfficeRefused."""
    device(home, fingerprint)
    return sync.devices(home, (fingerprint,)).taken_in


def _every(home: OpenHome, now: datetime) -> list[Listed]:
    version = importlib.metadata.version("mtc-kiosk")
    ahead = home.now - now  # presence is by this PC's own clock; a made-up home has a time of its own
    return [
        Listed(each, each.runs(now), each.said.at + ahead if each.said is not None else None, version)
        for each in joined_kiosks(home.db)
    ]


def _taken(sentence: str) -> Problem:
    return Problem(f"{sentence} Choose another name.", "name_taken", field="name")
