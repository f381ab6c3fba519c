"""The groups of the register: made, renamed, and pupils put in and taken out. A pupil is in one group or in none.

A group is there as long as a pupil is in it. What a name may hold is the register's rule (``school.names``).
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.school.details import read_group
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.permissions import May, may_for
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import groups as groups_of
from mtc_kiosk.store.school.accounts import rename_group
from mtc_kiosk.store.school.register import ChangedMeanwhile, pupils, set_groups


@dataclass(frozen=True)
class Groups:
    """Every group with its pupils, and those who are in none. ``version`` changes when any pupil changes group."""

    members: Mapping[str, tuple[Pupil, ...]]
    in_none: tuple[Pupil, ...]
    version: str

    @property
    def everybody(self) -> tuple[Pupil, ...]:
        """All of them, those in no group first."""
        return (*self.in_none, *(pupil for each in self.members.values() for pupil in each))


class GroupsChanged(OfficeRefused):
    """Somebody else has changed the groups since the page was opened. Nothing was moved."""


def all_groups(home: OpenHome) -> Groups:
    """The groups of those pupils whom the account may change."""
    found = in_scope(home, May.EDIT_PUPILS, pupils(home.db))
    members = {name: tuple(pupil for pupil in found if pupil.group_name == name) for name in groups_of(found)}
    said = repr(sorted((pupil.id, pupil.group_name) for pupil in found))
    version = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Groups(members, tuple(pupil for pupil in found if not pupil.group_name), version)


def put_into(home: OpenHome, name: str, pupil_ids: Collection[int], version: str) -> tuple[Pupil, ...]:
    """Put pupils into a group that there is; those who were moved. OfficeRefused, GroupsChanged, Refused."""
    groups = _unchanged(home, version)
    return _move(home, groups, pupil_ids, _there(groups, name))


def take_out(home: OpenHome, pupil_ids: Collection[int], version: str) -> tuple[Pupil, ...]:
    """Take pupils out of their groups, into none; those who were moved. OfficeRefused, GroupsChanged, Refused."""
    return _move(home, _unchanged(home, version), pupil_ids, "")


def make(home: OpenHome, name: str, pupil_ids: Collection[int], version: str) -> tuple[Pupil, ...]:
    """Make a group of these pupils, one at least; OfficeRefused, GroupsChanged, Refused."""
    groups = _unchanged(home, version)
    new = _new_name(home, groups, name, ())
    return _move(home, groups, pupil_ids, new)


def rename(home: OpenHome, name: str, new: str, version: str) -> tuple[Pupil, ...]:
    """Give a group another name; its pupils. OfficeRefused, GroupsChanged, Refused."""
    groups = _unchanged(home, version)
    there = _there(groups, name)
    wanted = _new_name(home, groups, new, (there,))
    moved = _move(home, groups, [pupil.id for pupil in groups.members[there]], wanted)
    _tell_its_teachers(home, there, wanted)
    return moved


def move_back(home: OpenHome, now: str, groups: Mapping[int, str]) -> tuple[Pupil, ...]:
    """Undo a move: put each pupil back into the group they were in. GroupsChanged if one is not in ``now`` any more."""
    moved = _set(home, groups, dict.fromkeys(groups, now))
    if len(set(groups.values())) == 1 and now:
        _tell_its_teachers(home, now, next(iter(groups.values())))
    return moved


def _tell_its_teachers(home: OpenHome, old: str, new: str) -> None:
    """Let the teachers of a group keep it under its new name; not if somebody is still in the old one."""
    if new and new != old and all(pupil.group_name != old for pupil in pupils(home.db, with_left=True)):
        rename_group(home.db, home.context(), old, new)


def _unchanged(home: OpenHome, version: str) -> Groups:
    groups = all_groups(home)
    if groups.version != version:
        raise _changed()
    return groups


def _changed() -> GroupsChanged:
    said = "Somebody has changed the groups since you opened this page. Nothing was moved. Look at them once more."
    return GroupsChanged(Problem(said, "groups_changed"))


def _move(home: OpenHome, groups: Groups, pupil_ids: Collection[int], name: str) -> tuple[Pupil, ...]:
    if not pupil_ids:
        raise OfficeRefused(Problem("Choose at least one pupil.", "nobody", field="pupils"))
    now = {pupil.id: pupil.group_name for pupil in groups.everybody}
    if not set(pupil_ids) <= set(now):
        raise OfficeRefused(Problem("A pupil who was chosen is not on the register, or not yours.", "scope"))
    return _set(home, dict.fromkeys(pupil_ids, name), {pupil_id: now[pupil_id] for pupil_id in pupil_ids})


def _set(home: OpenHome, groups: Mapping[int, str], seen: Mapping[int, str]) -> tuple[Pupil, ...]:
    if any(read_group(group) != (group, ()) for group in groups.values()):
        raise OfficeRefused(Problem("A group cannot have that name. Nothing was moved.", "group"))
    for group in {*groups.values(), *seen.values()}:
        if not may_for(home.staff, May.EDIT_PUPILS, group):
            said = "That would move a pupil into or out of a group that is not yours. Ask the head."
            raise OfficeRefused(Problem(said, "scope"))
    try:
        return set_groups(home.db, home.stamp, home.timetable, groups, seen)
    except (ChangedMeanwhile, KeyError) as refused:
        raise _changed() from refused


def _there(groups: Groups, name: str) -> str:
    found = next((each for each in groups.members if same(each, tidy(name))), None)
    if found is None:
        raise OfficeRefused(Problem("There is no such group now.", "no_such_group"))
    return found


def _new_name(home: OpenHome, groups: Groups, written: str, besides: Iterable[str]) -> str:
    """A name that a group may have and no other has; OfficeRefused."""
    name = _read_name(written)
    everywhere = {pupil.group_name for pupil in pupils(home.db) if pupil.group_name}
    taken = next((each for each in {*everywhere, *groups.members} - set(besides) if same(each, name)), None)
    if taken is not None:
        said = f"There is a group {taken} already. Choose another name."
        raise OfficeRefused(Problem(said, "group_taken", field="name"))
    return name


def _read_name(written: str) -> str:
    """A group's name by the rule that the register has for every pupil's."""
    name, wrong = read_group(written)
    if wrong:
        raise OfficeRefused(*(Problem(f"{fault.sentence}.", str(fault.code), field="name") for fault in wrong))
    if not name:
        raise OfficeRefused(Problem("Write a name for the group, such as 4A.", "group_missing", field="name"))
    return name
