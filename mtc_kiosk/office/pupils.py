"""The register, one pupil at a time: list, find, add, edit, and mark who has left. Class lists: ``office.class_list``.

``school.details`` decides what a pupil's details may be; the store decides, inside its transaction, whether the
register may be changed now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from mtc_kiosk.office.arrangement_carry import carry_numbers
from mtc_kiosk.office.chosen import leavers_selected, pupil_chosen, pupils_selected
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.own_desk import refuse_at_a_kiosk
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.school.birth import not_a_day, read_day
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.comparison import Change
from mtc_kiosk.school.details import ReadDetails, ReadingRules, read_details, written_of
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.permissions import May, may_for
from mtc_kiosk.school.pupil import Pupil, PupilDetails
from mtc_kiosk.school.selection import InGroup, Named, OnePupil, by_name, in_group
from mtc_kiosk.school.words import date_in_words
from mtc_kiosk.store.db import times
from mtc_kiosk.store.school import register


@dataclass(frozen=True)
class PupilAdded:
    """``notes`` are sentences about the pupil's details, ``warnings`` are lines of the arrangements to look at."""

    pupil: Pupil
    notes: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class PupilEdited:
    """The pupil on the register now, and what changed; ``notes`` and ``warnings`` as in ``PupilAdded``."""

    pupil: Pupil
    change: Change
    notes: tuple[str, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True)
class LeaversMarked:
    """The pupils newly marked as left, or as back; ``unchanged`` counts those marked so before."""

    pupils: tuple[Pupil, ...]
    unchanged: int


class EditedMeanwhile(OfficeRefused):
    """Somebody else has changed the pupil since the page was opened; ``now`` is how the pupil is on the register."""

    def __init__(self, now: Pupil) -> None:
        said = "Somebody else has changed this pupil since you opened the page. Nothing was overwritten."
        super().__init__(Problem(said, "edited_meanwhile"))
        self.now = now


def listed(home: OpenHome, *, group: str | None = None, with_left: bool = False) -> tuple[Pupil, ...]:
    """The pupils of the register, or of one group, in list order."""
    found = in_scope(home, May.SEE_PUPILS, register.pupils(home.db, with_left=with_left))
    return found if group is None else in_group(found, group)


def with_name(home: OpenHome, text: str) -> tuple[Pupil, ...]:
    """The pupils who have not left with this text in their names; capitals, accents and spaces are ignored."""
    return by_name(listed(home), text)


def names(home: OpenHome, *, with_left: bool = False) -> Mapping[int, str]:
    """Every pupil's name in lists by id, with what tells namesakes apart."""
    return named_apart(listed(home, with_left=with_left))


def add(home: OpenHome, written: Mapping[Field, str]) -> PupilAdded:
    """Add one pupil with these details, as typed; OfficeRefused, NumberTaken, Refused."""
    refuse_at_a_kiosk(home.home)
    read = read_details(written, _rules(home))
    details = _details(read)
    _refuse_group(home, details)
    pupil = register.add_pupil(home.db, home.stamp, home.timetable, details)
    return PupilAdded(pupil, _notes(read), carry_numbers(home))


def edit(home: OpenHome, pupil: OnePupil, written: Mapping[Field, str], version: str | None = None) -> PupilEdited:
    """Change these details of a pupil; "" removes one that is not required.

    ``version`` is the pupil's as somebody saw it (``school.pupil.version_of``). NotOnePupil, OfficeRefused,
    NumberTaken, Refused; EditedMeanwhile where somebody else has changed the pupil since.
    """
    before = pupil_chosen(home.db, pupil)
    refuse_out_of_scope(home, May.EDIT_PUPILS, (before,))
    read = read_details({**written_of(before), **written}, _rules(home))
    details = _details(read)
    if Field.GROUP in written:
        _refuse_group(home, details)
    edited = register.Edited(before.id, details, tuple(map(str, written)), version)
    try:
        changed = register.edit_pupil(home.db, home.stamp, home.timetable, edited)
    except register.ChangedMeanwhile as refused:
        raise EditedMeanwhile(pupil_chosen(home.db, before.id)) from refused
    notes = _notes(read) if Field.DATE_OF_BIRTH in written else ()
    return PupilEdited(pupil_chosen(home.db, before.id), changed, notes, carry_numbers(home))


def leave(home: OpenHome, leavers: Named | InGroup, day: str | None = None) -> LeaversMarked:
    """Mark pupils as having left, today or on ``day`` as typed. OfficeRefused, NotOnePupil, Refused."""
    return _mark(home, home.stamp.at if day is None else _midnight(home, day), pupils_selected(home.db, leavers))


def come_back(home: OpenHome, returned: Named | InGroup) -> LeaversMarked:
    """Mark pupils as not having left, or as back; OfficeRefused, NotOnePupil, Refused."""
    return _mark(home, None, leavers_selected(home.db, returned))


def _mark(home: OpenHome, left_at: str | None, chosen: Sequence[Pupil]) -> LeaversMarked:
    refuse_out_of_scope(home, May.EDIT_PUPILS, chosen)
    concerned = register.set_left(home.db, home.stamp, home.timetable, [pupil.id for pupil in chosen], left_at)
    return LeaversMarked(concerned, len(chosen) - len(concerned))


def _rules(home: OpenHome) -> ReadingRules:
    return ReadingRules(home.today, national_scheme=home.is_national, national_form=False)


def _details(read: ReadDetails) -> PupilDetails:
    if read.details is None:
        raise OfficeRefused(*map(_problem, read.faults))
    return read.details


def _problem(fault: Fault) -> Problem:
    return Problem(f"{fault.sentence}.", str(fault.code), field=fault.column)


def _refuse_group(home: OpenHome, details: PupilDetails) -> None:
    """OfficeRefused for a group that is not one of the account's."""
    if not may_for(home.staff, May.EDIT_PUPILS, details.group_name):
        mine = ", ".join(sorted(home.staff.groups))
        raise OfficeRefused(Problem(f"Choose one of your own groups: {mine}.", "scope", field=str(Field.GROUP)))


def _notes(read: ReadDetails) -> tuple[str, ...]:
    return tuple(f"{note.sentence}." for note in read.notes)


def _midnight(home: OpenHome, written: str) -> str:
    """The instant at which a day, as typed, begins at the school."""
    day = read_day(written)
    if not isinstance(day, date):
        raise OfficeRefused(Problem(not_a_day(written, home.today), "not_a_day"))
    if day > home.today:
        said = f"{date_in_words(day)} is in the future. Mark the pupils when they have left. Nothing was changed."
        raise OfficeRefused(Problem(said, "not_a_day"))
    return times.written(home.timetable.at(day, time.min))
