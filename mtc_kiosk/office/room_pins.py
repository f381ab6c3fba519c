"""One pupil's PIN, at the PC: show it again, or take it back because the pupil is not here."""

from dataclasses import dataclass

from mtc_kiosk.office import pins
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.pins import PinsCancelled, PupilPin
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.room_scope import refuse_outside_room
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import ById, OnePupil
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.school.held_checks import note_act


@dataclass(frozen=True)
class ShownPin:
    """A pupil's PINs that can be used today, and the password that goes with them."""

    pupil: Pupil
    password: str
    pins: tuple[PupilPin, ...]


def one_pupil(home: OpenHome, who: OnePupil) -> Pupil:
    """A pupil of this account's room. Refused for any other."""
    pupil = pupil_chosen(home.db, who)
    refuse_outside_room(home, (pupil,))
    return pupil


def note(home: OpenHome, who: OnePupil) -> None:
    """Note in the audit that the pupil's PIN is shown. Refused if there is none that can be used."""
    found = pin_of(home, who)
    note_act(home.db, home.context(), AuditAction.PINS_SHOWN, str(found.pupil.id))


def pin_of(home: OpenHome, who: OnePupil) -> ShownPin:
    """The pupil's PIN, once ``note`` has noted that it is shown. Refused if there is none that can be used."""
    pupil = one_pupil(home, who)
    day = pins.of_day(home)
    found = tuple(one for one in day.pins if one.pupil.id == pupil.id)
    if not found or day.password is None:
        raise OfficeRefused(Problem("This pupil has no PIN that can be used now.", "no_pin"))
    return ShownPin(pupil, day.password, found)


def take_back(home: OpenHome, who: OnePupil) -> PinsCancelled:
    """Take back every PIN that the pupil can still use."""
    pupil = one_pupil(home, who)
    return pins.cancel(home, ById((pupil.id,)))
