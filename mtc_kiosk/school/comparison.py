"""Compare a class list with the register: which pupils it adds, changes or leaves unchanged.

Nothing is changed here. A pupil is found by UPN, else by ref.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mtc_kiosk.school.class_list import Listed, Remark, namesake_key
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.names import same
from mtc_kiosk.school.next_step import NextStep, Step
from mtc_kiosk.school.pupil import DETAILS, Pupil, PupilDetails
from mtc_kiosk.school.pupil_ref import ref_key, ref_without_zeros

_ZEROS_ADVICE = "write it as on the register or choose another ref"

WORDS = {
    "surname": "surname",
    "forename": "forename",
    "middle_names": "middle names",
    "date_of_birth": "date of birth",
    "sex": "sex",
    "upn": "UPN",
    "ref": "pupil ref",
    "alias_forename": "first name also known as",
    "alias_surname": "last name also known as",
    "group_name": "group",
}
"""The details, as sentences name them."""


@dataclass(frozen=True)
class Change:
    """A pupil on the register, and their new values by column. ``returns``: a pupil who had left is back."""

    pupil: Pupil
    values: Mapping[str, object]
    returns: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether there is any change."""
        return bool(self.values) or self.returns

    @property
    def words(self) -> str:
        """The changed details, for a sentence."""
        return " and ".join(WORDS[name] for name in self.values)


@dataclass(frozen=True)
class Comparison:
    """The result of comparing a list; with ``faults``, nothing may be imported."""

    added: tuple[PupilDetails, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: tuple[Pupil, ...] = ()
    faults: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


class _Register:
    """The pupils on the register, found by the details of a line."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        pupils = tuple(pupils)
        self._by_upn = {pupil.upn: pupil for pupil in pupils if pupil.upn is not None}
        self._by_ref = {ref_key(pupil.ref): pupil for pupil in pupils if pupil.ref is not None}
        self._by_ref_without_zeros = {ref_without_zeros(pupil.ref): pupil for pupil in pupils if pupil.ref is not None}
        self._pupils = pupils
        self._groups = {pupil.group_name.casefold(): pupil.group_name for pupil in reversed(pupils)}

    def found(self, details: PupilDetails) -> tuple[Pupil, ...]:
        """The pupils with this UPN or ref: none, one, or two if the UPN and the ref disagree."""
        by_upn = self._by_upn.get(details.upn) if details.upn is not None else None
        by_ref = self._by_ref.get(ref_key(details.ref)) if details.ref is not None else None
        return tuple(dict.fromkeys(pupil for pupil in (by_upn, by_ref) if pupil is not None))

    def but_for_zeros(self, details: PupilDetails) -> Pupil | None:
        """Another pupil whose ref is this one but for zeros at the front."""
        if details.ref is None or ref_key(details.ref) in self._by_ref:
            return None
        return self._by_ref_without_zeros.get(ref_without_zeros(details.ref))

    def namesake(self, details: PupilDetails) -> Pupil | None:
        """A pupil of the same names and date of birth under another number."""
        return self._by_names.get(namesake_key(details))

    @cached_property
    def _by_names(self) -> Mapping[tuple[object, ...], Pupil]:
        # Only new pupils are looked up by name; normalising names is slow.
        return {namesake_key(pupil): pupil for pupil in self._pupils}

    def in_its_group(self, details: PupilDetails) -> PupilDetails:
        """The same with the group as first written: 4a and 4A are one group."""
        group = self._groups.setdefault(details.group_name.casefold(), details.group_name)
        return details if group == details.group_name else replace(details, group_name=group)


def compare(listed: Sequence[Listed], given: Iterable[Field], pupils: Iterable[Pupil], *, update: bool) -> Comparison:
    """Compare a list with the register; ``given`` are the list's columns, other details stay as they are.

    Without ``update``, a line that differs from the register is a fault. A pupil on the list who has left has come
    back, which is a change like any other. A blank UPN or ref removes none.
    """
    register = _Register(pupils)
    added: list[PupilDetails] = []
    changed: list[Change] = []
    unchanged: list[Pupil] = []
    faults: list[Remark] = []
    notes: list[Remark] = []
    for one, verdict in _verdicts(listed, given, register):
        match verdict:
            case Remark() as fault:
                faults.append(fault)
            case Change(pupil=pupil) as change if not change.changes_something:
                unchanged.append(pupil)
            case Change() as change if update:
                changed.append(change)
            case Change() as change:
                faults.append(_remark(one, RowFault.ON_REGISTER, _differs(change), step=Step.TAKE_LINE))
            case PupilDetails() as details:
                added.append(details)
                notes.extend(_doubtful(one, register))
    return Comparison(tuple(added), tuple(changed), tuple(unchanged), tuple(faults), tuple(notes))


Verdict = PupilDetails | Change | Remark
"""What a line means: a new pupil, a pupil on the register with or without changes, or a fault."""


def verdicts(
    listed: Sequence[Listed], given: Iterable[Field], pupils: Iterable[Pupil]
) -> Iterator[tuple[Listed, Verdict, tuple[Remark, ...]]]:
    """What each line means if the register is to say what it says, and what staff should look at in it."""
    register = _Register(pupils)
    for one, verdict in _verdicts(listed, given, register):
        yield one, verdict, tuple(_doubtful(one, register)) if isinstance(verdict, PupilDetails) else ()


def _verdicts(
    listed: Sequence[Listed], given: Iterable[Field], register: _Register
) -> Iterator[tuple[Listed, Verdict]]:
    columns = [str(field) for field in given]
    lines: dict[int, int] = {}
    for one in listed:
        yield one, _verdict(one, register, columns, lines)


def _verdict(one: Listed, register: _Register, columns: Sequence[str], lines: dict[int, int]) -> Verdict:
    """What a line means; ``lines`` has the line of each pupil found so far, by id."""
    found = register.found(one.details)
    if len(found) > 1:
        return _remark(one, RowFault.TWO_PUPILS, "UPN and Pupil ref are those of two pupils")
    details = register.in_its_group(one.details)
    near = register.but_for_zeros(details)
    if near is not None and near not in found:
        refs = f"Pupil refs {details.ref} and {near.ref} (on the register)"
        return _remark(one, RowFault.REF_ZEROS, f"{refs} differ only in zeros at the front: {_ZEROS_ADVICE}", Field.REF)
    if not found:
        return details
    if lines.setdefault(found[0].id, one.line) != one.line:
        return _remark(one, RowFault.TWO_PUPILS, f"This pupil is on line {lines[found[0].id]} too")
    return _listed_change(found[0], details, columns)


def in_known_group(details: PupilDetails, others: Iterable[Pupil]) -> PupilDetails:
    """The same with the group as others of it have it: 4a and 4A are one group."""
    return _Register(others).in_its_group(details)


def change_to(pupil: Pupil, details: PupilDetails, columns: Iterable[str]) -> Change:
    """The change if ``columns`` are taken from ``details``; an alias equal to the name is dropped."""
    old = {name: getattr(pupil, name) for name in DETAILS}
    new = {**old, **{name: getattr(details, name) for name in columns}}
    for alias, name in (("alias_forename", "forename"), ("alias_surname", "surname")):
        new[alias] = "" if new[alias] == new[name] else new[alias]
    return Change(pupil, {name: new[name] for name in DETAILS if new[name] != old[name]})


def _listed_change(pupil: Pupil, details: PupilDetails, columns: Iterable[str]) -> Change:
    taken = [name for name in columns if not _says_the_same(name, getattr(details, name), getattr(pupil, name))]
    return replace(change_to(pupil, details, taken), returns=pupil.has_left)


def _says_the_same(name: str, one: object, other: object) -> bool:
    """Whether a list's value counts as no change: a blank number, or other capitals in a group or a ref."""
    if name in (Field.UPN, Field.REF) and one is None:
        return True
    if name in (Field.GROUP, Field.REF) and isinstance(one, str) and isinstance(other, str):
        return same(one, other)
    return one == other


def _differs(change: Change) -> str:
    other = f"has another {change.words}" if change.values else ""
    told = " and ".join(part for part in ("has left" if change.returns else "", other) if part)
    return f"On the register this pupil {told}"


def _doubtful(one: Listed, register: _Register) -> Iterator[Remark]:
    if namesake := register.namesake(one.details):
        sentence = f"A pupil of these names and this date of birth is on the register already as {namesake.number}"
        yield _remark(one, RowFault.NAMESAKE, sentence)


def _remark(
    one: Listed, code: RowFault, sentence: str, column: Field | None = None, *, step: Step | None = None
) -> Remark:
    return Remark(one.line, Fault(code, sentence, column, NextStep(step) if step else None))
