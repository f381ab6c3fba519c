"""The usable PINs: list them, cancel them. ``office.sessions`` makes PINs, ``office.pin_slips`` prints them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office.chosen import pupils_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.school.alphabet import group_order
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import Named
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.pin_cancel import Cancelled, cancel_pins
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.sessions import IssuedPin, pins_of_day


@dataclass(frozen=True)
class PupilPin:
    """A pupil's PIN in a session; ``apart`` tells the pupil from a namesake, "" if there is none."""

    pupil: Pupil
    issued: IssuedPin
    apart: str


@dataclass(frozen=True)
class PinsOfDay:
    """The PINs of one day; ``password`` is None without a session.

    They are in the order in which slips are handed out: by group and then by name, those without a group last.
    """

    password: str | None
    pins: tuple[PupilPin, ...]


@dataclass(frozen=True)
class PinsToMake:
    """The pupils who can be given a new PIN of this kind; ``day`` is None for today."""

    kind: Kind
    day: date | None
    pupils: tuple[Pupil, ...]


@dataclass(frozen=True)
class PinsCancelled:
    """The cancelled PINs, each with its pupil, and how to make new ones."""

    cancelled: tuple[tuple[Pupil, Cancelled], ...]
    again: tuple[PinsToMake, ...]


def of_day(home: OpenHome) -> PinsOfDay:
    """The PINs usable today, or on the next day with a session, of pupils who have not left.

    Only those that the account may see: a teacher's own groups, a cover account's one session.
    """
    day = pins_of_day(home.db, home.now, home.timetable)
    found = with_pupils(home.db, day.pins)
    mine = {pupil.id for pupil in in_scope(home, May.SEE_SLIPS, (one.pupil for one in found))}
    staff = home.staff
    only = staff.session_id if staff.roles == {Role.COVER} else None
    seen = (one for one in found if one.pupil.id in mine and only in (None, one.issued.session_id))
    return PinsOfDay(day.password, tuple(sorted(seen, key=_by_group)))


def with_pupils(db: Database, issued: Iterable[IssuedPin]) -> tuple[PupilPin, ...]:
    """PINs with their pupils."""
    register = {pupil.id: pupil for pupil in pupils(db, with_left=True)}
    apart = told_apart(pupil for pupil in register.values() if not pupil.has_left)
    return tuple(PupilPin(register[one.pupil_id], one, apart.get(one.pupil_id, "")) for one in issued)


def cancel(home: OpenHome, who: Named) -> PinsCancelled:
    """Cancel every PIN that these pupils can still use. Refused if one of them has none; then none is cancelled."""
    chosen = {pupil.id: pupil for pupil in pupils_chosen(home.db, who)}
    refuse_out_of_scope(home, May.START_SESSIONS, chosen.values())
    cancelled = cancel_pins(home.db, home.context(), list(chosen))
    with_pupil = tuple((chosen[each.pupil_id], each) for each in cancelled)
    return PinsCancelled(with_pupil, _again(home, with_pupil))


def _again(home: OpenHome, cancelled: Sequence[tuple[Pupil, Cancelled]]) -> tuple[PinsToMake, ...]:
    found: dict[tuple[Kind, date | None], list[Pupil]] = {}
    for pupil, each in cancelled:
        day = home.timetable.day(each.pin.ended_at)
        found.setdefault((each.pin.kind, day if day > home.today else None), []).append(pupil)
    return tuple(PinsToMake(kind, day, tuple(those)) for (kind, day), those in found.items())


def _by_group(one: PupilPin) -> tuple[object, ...]:
    return group_order(one.pupil.group_name), one.pupil.order, one.issued.kind, one.issued.session_id
