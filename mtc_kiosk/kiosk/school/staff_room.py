"""The school's staff room at this kiosk, over the home's own database: what the menu shows, and what it changes.

It acts as a teacher under the kiosk's own account. What may be done is the store's and ``school``'s to say.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.staff.port import HeldFound, PinSheet, PupilFound, StaffRefused
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.school.names import sorting, tidy
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.sqlite_faults import OddRow, sentence
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.school import held_checks as waiting
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.reasons import SealsReasons, remove_reason, set_reasons
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.restarts import SealsRestarts, give_restarts, remove_restart
from mtc_kiosk.store.school.sessions import DayPins, pins_of_day
from mtc_kiosk.store.school.staff_context import StaffContext
from mtc_kiosk.store.school.statuses import statuses


class Seals(SealsRestarts, SealsReasons, Protocol):
    """What makes records of what staff do, in the same transaction."""


@dataclass(frozen=True)
class SchoolStaffRoom:
    """``now`` is the wall clock in UTC; ``db`` is the loop's own connection, used between checks alone."""

    db: Database
    home: Home
    kiosk: str
    rules: Rules
    now: Callable[[], datetime]
    seals: Seals

    def pins(self) -> tuple[PinSheet, ...]:
        """Today's PINs, or those of the next day that has some."""
        with self._answers():
            doing = self._doing()
            day = pins_of_day(self.db, doing.now, doing.rules.timetable)
            states = {pupil.id: status.label for pupil, status in statuses(self.db, doing).pupils}
            register = pupils(self.db)
        sheets = (_pin_sheet(kind, day, register, states) for kind in Kind)
        return tuple(sheet for sheet in sheets if sheet.rows)

    def held(self) -> tuple[HeldFound, ...]:
        """Every check of the home that waits for staff."""
        with self._answers():
            found = waiting.held_checks(self.db, self._doing().running)
            names = _names(pupils(self.db, with_left=True))
        return tuple(self._held(one, names) for one in found)

    def is_over(self, attempt_id: str) -> bool:
        """Whether an attempt has ended."""
        with self._answers():
            return waiting.is_over(self.db, attempt_id)

    def pupils(self, text: str) -> tuple[PupilFound, ...]:
        """The pupils whose names hold this text; capitals, accents and spaces aside."""
        with self._answers():
            register = pupils(self.db)
        names, wanted = _names(register), _plain(text)
        return tuple(
            PupilFound(pupil.id, PupilRow(names[pupil.id], pupil.group_name))
            for pupil in register
            if wanted in _plain(pupil.listed) or wanted in _plain(pupil.called_in_full)
        )

    def codes(self, errand: Grant) -> tuple[CodeRow, ...]:
        """The codes that a teacher may give."""
        if errand is Grant.RESTART:
            return tuple(CodeRow(one.code, one.label) for one in self.rules.restart_codes)
        mine = (one for one in self.rules.reason_codes if self.rules.reason_bar(one.code, is_head=False) is None)
        return tuple(CodeRow(one.code, one.label) for one in mine)

    def has(self, errand: Grant, pupil_id: int) -> bool:
        """Whether there is something to take back."""
        with self._answers():
            progress = progress_of(load_facts(self.db, self._doing().running, [pupil_id])[pupil_id])
        if errand is Grant.REASON:
            return progress.reason is not None
        return progress.pending is not None and progress.reason is None

    def give(self, errand: Grant, pupil_id: int, code: str) -> bool:
        """Give a pupil a restart or a reason; a reason cancels a PIN that was not used yet: whether there was one."""
        with self._answers():
            if errand is Grant.REASON:
                return bool(set_reasons(self.db, self._doing(), [pupil_id], code, self.seals))
            give_restarts(self.db, self._doing(), [pupil_id], code, self.seals)
        return False

    def take_back(self, errand: Grant, pupil_id: int) -> None:
        """Take a pupil's restart or reason back."""
        take_back = remove_restart if errand is Grant.RESTART else remove_reason
        with self._answers():
            take_back(self.db, self._doing(), pupil_id, self.seals)

    def note(self, what: waiting.AuditAction, attempt_id: str | None = None) -> None:
        """Keep in the audit what staff did; the subject is the kiosk where it is no attempt."""
        with self._answers():
            waiting.note_act(self.db, self._doing(), what, attempt_id if attempt_id is not None else self.kiosk)

    def _doing(self) -> StaffContext:
        running = frozenset(running_kiosks(self.home)) | {self.kiosk}
        return StaffContext(now=self.now(), rules=self.rules, running=running, staff=kiosk_staff(self.kiosk))

    @contextlib.contextmanager
    def _answers(self) -> Iterator[None]:
        """Turn what refuses into sentences for staff."""
        try:
            yield
        except Refused as refused:
            names = _names(pupils(self.db, with_left=True))
            said = (
                one.obstacle.sentence if one.pupil_id is None else f"{names[one.pupil_id]} {one.obstacle.sentence}."
                for one in refused.obstacles
            )
            raise StaffRefused(*said) from refused
        except (sqlite3.Error, OddRow) as problem:
            raise StaffRefused(sentence(problem)) from problem

    def _held(self, held: waiting.HeldCheck, names: Mapping[int, str]) -> HeldFound:
        local = held.hold.since.astimezone(self.rules.timetable.zone)
        is_today = local.date() == self._doing().now.astimezone(self.rules.timetable.zone).date()
        since = f"{local:%H:%M}" if is_today else f"{local.day} {local:%B %H:%M}"
        why = words.why_held(held.hold.cause, only_stop=held.hold.only_stop)
        name = names[held.pupil_id] if held.pupil_id is not None else words.TRY_TAG
        row = HeldRow(name, held.kiosk, why, since)
        return HeldFound(held.attempt_id, row, held.kiosk == self.kiosk, held.hold.only_stop)


def _pin_sheet(kind: Kind, day: DayPins, register: tuple[Pupil, ...], states: Mapping[int, str]) -> PinSheet:
    """The PINs of one kind in the order of lists; a status is of the official check, so trying it out has none."""
    names, pins = _names(register), {one.pupil_id: one.pin for one in day.pins if one.kind is kind}
    rows = tuple(
        PinRow(names[pupil.id], pupil.group_name, pins[pupil.id], states[pupil.id] if kind is Kind.OFFICIAL else "")
        for pupil in register
        if pupil.id in pins
    )
    return PinSheet(kind, day.password or "", rows)


def _names(register: tuple[Pupil, ...]) -> dict[int, str]:
    """Each pupil as lists name them, namesakes told apart."""
    apart = told_apart(register)
    return {
        pupil.id: f"{pupil.listed} ({apart[pupil.id]})" if pupil.id in apart else pupil.listed for pupil in register
    }


def _plain(text: str) -> str:
    return sorting(tidy(text)).replace(" ", "")
