"""The attempts that insight takes, read in one snapshot, and the context in which each pupil's is seen.

A pupil is seen beside their own group, whoever looks and whatever page it is on, so that the same records give the same
words; a pupil without a group beside the whole school. A program that runs for long keeps attempts and contexts
(``store.db.opened``): an attempt by its record's hash, a context for as long as it would be made of the same attempts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.marking import is_right
from mtc_kiosk.export.derived import Derived
from mtc_kiosk.insight.attempts import Attempt, attempt_from
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.pupil import ClassContext, PupilInsight, context_of, pupil_insight
from mtc_kiosk.office import notes
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.opened import Database, remembered
from mtc_kiosk.store.home.device_key import own_fingerprint
from mtc_kiosk.store.records.journals import Key, journals
from mtc_kiosk.store.school.assistants import assistants
from mtc_kiosk.store.school.received_assistants import received_assistants

MOST_EARLIER = 60
"""Of so many pupils outside the group, answers say how hard facts are; more make it hardly surer, and slower."""

MOST_KEPT = 1024
"""How many attempts are kept in memory at least; more in a school that has more."""

_ATTEMPTS, _CONTEXTS = "attempts of insight", "contexts of insight"

_Known = tuple[str, str, bool]
"""An attempt in memory: its id, its record's hash, and whether somebody typed for the pupil."""


@dataclass(frozen=True)
class Taken:
    """One finished attempt, and when it was finished."""

    at: datetime
    attempt: Attempt


@dataclass
class _Kept:
    """A context, what it was made of, and the insights made in it, each with what else it was made of."""

    made_of: object
    context: ClassContext
    insights: dict[int, tuple[object, PupilInsight]] = field(default_factory=dict)


class Reading:
    """What one snapshot of the database has for insight. Mappings are by pupil."""

    def __init__(self, home: OpenHome, db: Database, derived: Derived, most_earlier: int = MOST_EARLIER) -> None:
        self._home, self._db, self._derived = home, db, derived
        self._most_earlier = most_earlier
        self._attempts: dict[_Known, Attempt] = remembered(db, _ATTEMPTS)
        self._contexts: dict[str, _Kept] = remembered(db, _CONTEXTS)
        self.counting = dict(counting_checks(derived))
        self._groups = {row.pupil.id: row.pupil.group_name for row in derived.rows}

    def attempts(self, pupils: Iterable[int]) -> Mapping[int, Attempt]:
        """The check of each of the pupils that counts; without those whose journal cannot be read now."""
        wanted = {pupil: self.counting[pupil] for pupil in pupils if pupil in self.counting}
        found = self._read(wanted.values())
        return {pupil: found[_key(check)] for pupil, check in wanted.items() if _key(check) in found}

    def tries(self, pupil: int) -> tuple[Taken, ...]:
        """The pupil's signed-in goes of "try it out", oldest first."""
        goes = self._derived.tries.get(pupil, ())
        found = self._read(goes)
        return tuple(Taken(one.finished_at, found[_key(one)]) for one in goes if _key(one) in found)

    def in_group(self, group: str) -> tuple[int, ...]:
        """The pupils of a group who have a check that counts; for "" everybody who has one."""
        return tuple(pupil for pupil in self.counting if not group or self._groups[pupil] == group)

    def insights(self, pupils: Iterable[int]) -> Mapping[int, PupilInsight]:
        """The insight of each of the pupils, beside their own group."""
        found: dict[int, PupilInsight] = {}
        kept: dict[str, _Kept] = {}
        for pupil in pupils:
            if pupil in self.counting:
                group = self._groups[pupil]
                if group not in kept:
                    kept[group] = self._kept(group)
                if pupil in kept[group].context.attempts:
                    found[pupil] = self._insight(pupil, kept[group])
        return found

    def context(self, pupils: Iterable[int]) -> ClassContext:
        """The context of any pupils together; kept where they are a whole group."""
        attempts = self.attempts(pupils)
        groups = {self._groups[pupil] for pupil in attempts}
        if len(groups) == 1 and len(attempts) == len(self.in_group(group := next(iter(groups)))):
            return self._kept(group).context
        return context_of(attempts, self.earlier(attempts))

    def _kept(self, group: str) -> _Kept:
        """The context of a group, from memory if it would be made of the same attempts."""
        attempts = self.attempts(self.in_group(group))
        earlier = self._earlier_pupils(attempts)
        made_of = (
            tuple((pupil, *_key(self.counting[pupil]), one.assisted) for pupil, one in attempts.items()),
            tuple(_key(self.counting[pupil]) for pupil in earlier),
        )
        known = self._contexts.get(group)
        if known is not None and known.made_of == made_of:
            return known
        kept = _Kept(made_of, context_of(attempts, self.earlier(attempts)))
        self._contexts[group] = kept
        return kept

    def _insight(self, pupil: int, kept: _Kept) -> PupilInsight:
        tries = self.tries(pupil)
        has_note = bool(notes.of_pupil(self._home, pupil))
        made_of = tuple(tries), has_note
        known = kept.insights.get(pupil)
        if known is None or known[0] != made_of:
            goes = [one.attempt for one in tries]
            known = made_of, pupil_insight(pupil, kept.context, tries=goes, has_note=has_note)
            kept.insights[pupil] = known
        return known[1]

    def _earlier_pupils(self, beside: Mapping[int, Attempt]) -> tuple[int, ...]:
        """The pupils of the school whose answers say how hard facts are, beside these; by attempt, which is by chance.

        Checks that did not have the national rules are left out.
        """
        others = [one for one in self.counting if one not in beside and not self.counting[one].changed_rules]
        return tuple(sorted(others, key=lambda one: self.counting[one].id)[: self._most_earlier])

    def earlier(self, beside: Mapping[int, Attempt]) -> Sequence[Marks]:
        """The marks of the school's other pupils, as far as they are taken."""
        return [marks_received(self.counting[pupil]) for pupil in self._earlier_pupils(beside)]

    def _read(self, checks: Iterable[ReceivedCheck]) -> Mapping[tuple[str, str], Attempt]:
        wanted = [(check.id, check.record, check.id in self._assisted) for check in checks]
        missing: list[Key] = [(one, record) for one, record, _ in wanted if (one, record, _) not in self._attempts]
        found = {key: self._attempts[key] for key in wanted if key in self._attempts}
        for key, journal in journals(self._db, missing).items():
            known = (*key, key[0] in self._assisted)
            found[known] = self._attempts[known] = attempt_from(journal.facts, journal.settings, assisted=known[2])
        for oldest in list(self._attempts)[: -max(MOST_KEPT, self._in_school)]:
            self._attempts.pop(oldest, None)  # another thread may have
        return {(one, record): attempt for (one, record, _), attempt in found.items()}

    @cached_property
    def _in_school(self) -> int:
        """How many attempts all pages of this school take: to keep fewer would be to read all of them each time."""
        return len(self.counting) + sum(map(len, self._derived.tries.values()))

    @cached_property
    def _assisted(self) -> set[str]:
        """The attempts in which somebody typed for the pupil."""
        named = (*assistants(self._db), *received_assistants(self._db, own_fingerprint(self._home.home)))
        return {one.attempt_id for one in named}


def marks_received(check: ReceivedCheck) -> Marks:
    """The marks of a check's answers that say anything of the pupil, as ``claims.marks_of`` has them."""
    pairs = ((Item(one.factor1, one.factor2), one) for one in check.answers if one.by is not AnsweredBy.FORFEIT)
    return [(item, is_right(item, one.response)) for item, one in pairs]


def counting_checks(derived: Derived) -> Iterator[tuple[int, ReceivedCheck]]:
    """Each pupil with a score, in list order, and the check that it is of."""
    for row in derived.rows:
        if row.result.score is None:
            continue
        wanted = row.result.attempt_id, row.result.record
        yield from ((row.pupil.id, check) for check in derived.checks.get(row.pupil.id, ()) if _key(check) == wanted)


def _key(check: ReceivedCheck) -> Key:
    return check.id, check.record
