"""The staff room of this kiosk: what the menu shows and changes in the school, through ``office``.

It acts as a teacher under the kiosk's own account; ``office`` and ``school`` decide what that may do.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.staff.port import HeldFound, PinSheet, PupilFound, StaffRefused
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.office import held_checks, pins, pupils, reasons, restarts, status
from mtc_kiosk.office.held_checks import WaitingCheck
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.refusals import REFUSALS, problems_of
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.db.sqlite_faults import OddRow, sentence


@dataclass(frozen=True)
class SchoolStaffRoom:
    """``opened`` is the home on the loop's own connection, used between checks only; ``clock`` gives the UTC time."""

    opened: OpenHome
    clock: Callable[[], datetime]

    @property
    def at_desk(self) -> bool:
        """Whether PINs, restarts and reasons are another PC's: not here."""
        return False

    def date_in_doubt(self) -> tuple[str, ...]:
        """Nothing to confirm: the date of this PC is the school's."""
        return ()

    def confirm_date(self) -> None:
        """Nothing to confirm."""

    def pins(self) -> tuple[PinSheet, ...]:
        """Today's PINs, or those of the next day that has some."""
        with self.sentences():
            home = self._home()
            day = pins.of_day(home)
            found = status.of_register(home).pupils
        sheets = (_pin_sheet(kind, day, found) for kind in Kind)
        return tuple(sheet for sheet in sheets if sheet.rows)

    def held(self) -> tuple[HeldFound, ...]:
        """Every held check of the home."""
        with self.sentences():
            home = self._home()
            found = held_checks.waiting(home)
        return tuple(held_found(home, one, one.name or words.TRY_TAG) for one in found)

    def is_over(self, attempt_id: str) -> bool:
        """Whether an attempt has ended."""
        with self.sentences():
            return held_checks.is_over(self.opened, attempt_id)

    def pupils(self, text: str) -> tuple[PupilFound, ...]:
        """The pupils with this text in their names; capitals, accents and spaces are ignored."""
        with self.sentences():
            found, names = pupils.with_name(self.opened, text), pupils.names(self.opened)
        return tuple(PupilFound(pupil.id, PupilRow(names[pupil.id], pupil.group_name)) for pupil in found)

    def codes(self, grant: Grant) -> tuple[CodeRow, ...]:
        """The codes that a teacher may give."""
        home = self._home()
        if grant is Grant.RESTART:
            return tuple(CodeRow(one.code, one.label) for one in restarts.codes(home))
        return tuple(CodeRow(one.code, one.label) for one in reasons.codes(home))

    def has(self, grant: Grant, pupil_id: int) -> bool:
        """Whether the pupil has one that can be taken back."""
        has_one = restarts.has_one if grant is Grant.RESTART else reasons.has_one
        with self.sentences():
            return has_one(self._home(), pupil_id)

    def give(self, grant: Grant, pupil_id: int, code: str) -> bool:
        """Give a pupil a restart or a reason; True if a reason cancelled an unused PIN."""
        with self.sentences():
            if grant is Grant.REASON:
                return bool(reasons.give(self._home(), ById((pupil_id,)), code).without_pin)
            restarts.give(self._home(), ById((pupil_id,)), code)
        return False

    def take_back(self, grant: Grant, pupil_id: int) -> None:
        """Take a pupil's restart or reason back."""
        with self.sentences():
            if grant is Grant.RESTART:
                restarts.remove(self._home(), pupil_id)
            else:
                reasons.remove(self._home(), pupil_id)

    def note(self, what: AuditAction, attempt_id: str | None = None) -> None:
        """Write an audit row of what staff did to an attempt, or else to the kiosk."""
        with self.sentences():
            held_checks.note(self._home(), what, attempt_id)

    def _home(self) -> OpenHome:
        return self.opened.at(self.clock())

    @contextlib.contextmanager
    def sentences(self) -> Iterator[None]:
        """Turn refusals and database errors into sentences for staff."""
        try:
            yield
        except REFUSALS as refusal:
            names = pupils.names(self.opened, with_left=True)
            problems = problems_of(refusal, self.opened.db, lambda pupil: names[pupil.id])
            raise StaffRefused(*(problem.message for problem in problems)) from refusal
        except (sqlite3.Error, OddRow) as problem:
            raise StaffRefused(sentence(problem)) from problem


def held_found(home: OpenHome, waits: WaitingCheck, name: str) -> HeldFound:
    """A held check as the staff's list shows it, under this name."""
    held = waits.check
    local = held.hold.since.astimezone(home.timetable.zone)
    since = f"{local:%H:%M}" if local.date() == home.today else f"{local.day} {local:%B %H:%M}"
    why = " ".join(staff_words.why_held(held.hold.cause, only_stop=held.hold.only_stop))
    row = HeldRow(name, held.kiosk, why, since)
    return HeldFound(held.attempt_id, row, waits.is_here, held.hold.only_stop)


def _pin_sheet(kind: Kind, day: pins.PinsOfDay, register: Sequence[status.PupilWithStatus]) -> PinSheet:
    """The PINs of one kind in list order. A status is about the official check, so "try it out" shows none."""
    found = {one.pupil.id: one.issued.pin for one in day.pins if one.issued.kind is kind}
    rows = tuple(
        PinRow(
            one.name,
            one.pupil.group_name,
            found[one.pupil.id],
            one.status.label if kind is Kind.OFFICIAL else "",
        )
        for one in register
        if one.pupil.id in found
    )
    return PinSheet(kind, day.password or "", rows)
