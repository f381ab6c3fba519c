"""The staff room of an enrolled kiosk: its held checks, the date, and leaving. The rest is done at the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.kiosk.school.pack_keeper import DateInDoubt, PackKeeper
from mtc_kiosk.kiosk.school.pack_sign_in import PackSignIn
from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom, held_found
from mtc_kiosk.kiosk.staff.port import HeldFound, PinSheet, PupilFound, StaffRefused
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.rows import CodeRow
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.office import held_checks
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.school.words import date_in_words


@dataclass(frozen=True)
class EnrolledStaffRoom:
    """``kiosk.staff.port.StaffRoom``; what it shares with a kiosk of one PC is ``school``'s."""

    school: SchoolStaffRoom
    keeper: PackKeeper
    sign_in: PackSignIn
    clock: Callable[[], datetime]

    @property
    def at_desk(self) -> bool:
        """Whether PINs, restarts and reasons are the desk's: they are."""
        return True

    def date_in_doubt(self) -> tuple[str, ...]:
        """What staff read before they confirm the date; empty if it can be relied on."""
        doubt = self.keeper.in_doubt()
        return staff_words.date_to_confirm(*_in_words(doubt)) if doubt is not None else ()

    def confirm_date(self) -> None:
        """Staff say that it is the session's day: in the audit, and in the journal of each check from now on."""
        doubt = self.keeper.in_doubt()
        if doubt is None:
            return
        self.school.note(AuditAction.DATE_CONFIRMED)
        pc, day = _in_words(doubt)
        self.sign_in.date_confirmed(f"staff confirmed that it is {day}; the clock of this PC said {pc}")

    def held(self) -> tuple[HeldFound, ...]:
        """Every held check of this kiosk; a pupil who signed in before its last start has no name here."""
        with self.school.sentences():
            home = self.school.opened.at(self.clock())
            return tuple(held_found(home, one, self._name(one)) for one in held_checks.waiting(home))

    def is_over(self, attempt_id: str) -> bool:
        """Whether an attempt has ended."""
        return self.school.is_over(attempt_id)

    def note(self, what: AuditAction, attempt_id: str | None = None) -> None:
        """Write an audit row of what staff did to an attempt, or else to the kiosk."""
        self.school.note(what, attempt_id)

    def pins(self) -> tuple[PinSheet, ...]:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def pupils(self, text: str) -> tuple[PupilFound, ...]:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def codes(self, grant: Grant) -> tuple[CodeRow, ...]:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def has(self, grant: Grant, pupil_id: int) -> bool:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def give(self, grant: Grant, pupil_id: int, code: str) -> bool:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def take_back(self, grant: Grant, pupil_id: int) -> None:
        """At the desk."""
        raise StaffRefused(staff_words.REST_AT_DESK)

    def _name(self, waits: held_checks.WaitingCheck) -> str:
        if waits.check.pupil_id is None:
            return words.TRY_TAG
        return self.sign_in.name_of(waits.check.attempt_id) or staff_words.A_PUPIL


def _in_words(doubt: DateInDoubt) -> tuple[str, str]:
    return f"{date_in_words(doubt.pc.date())}, {doubt.pc:%H:%M}", date_in_words(doubt.day)
