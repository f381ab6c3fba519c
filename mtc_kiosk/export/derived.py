"""Every pupil's result at one time, derived from the records received and each pupil's history.

It only reads the database; ``school.results`` decides what a result is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.results import result_of
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.devices import waiting_records
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.staff_context import Moment


@dataclass(frozen=True)
class Derived:
    """A row for each pupil in list order. ``strangers`` are checks of pupils who are not on the register.

    ``waiting`` counts records of devices that are not accepted yet; ``checks`` are those that came in, by pupil, as
    ``facts`` are, and ``tries`` the whole signed-in goes of "try it out" that can be trusted, oldest first.
    """

    rows: tuple[ResultRow, ...]
    strangers: tuple[ReceivedCheck, ...]
    waiting: int
    checks: Mapping[int, Sequence[ReceivedCheck]] = field(default_factory=dict)
    tries: Mapping[int, Sequence[ReceivedCheck]] = field(default_factory=dict)
    facts: Mapping[int, PupilHistory] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what these results leave out, besides single checks of a pupil on the register."""
        sentences = [
            f"Left out: a check of a pupil who is not on the register, attempt {check.id} on the kiosk {check.kiosk}."
            for check in self.strangers
        ]
        if self.waiting:
            waiting = counted(self.waiting, "record")
            sentences.append(f"Left out: {waiting} of devices that are not accepted yet.")
        return tuple(sentences)


def derive_results(
    db: Database,
    moment: Moment,
    key: DeviceKey | None = None,
) -> Derived:
    """The results of every pupil on the register, and of those who have left if anything is known of their checks.

    ``key`` is the home's key, with which stored proofs are trusted.
    """
    facts = load_facts(db, moment.running)
    whose = {(one.id, one.record): each.pupil_id for each in facts.values() for one in each.takings}
    found: dict[int | None, list[ReceivedCheck]] = defaultdict(list)
    tries: dict[int, list[ReceivedCheck]] = defaultdict(list)
    for check in received_checks(db, key):
        if check.kind is Kind.OFFICIAL:
            found[whose.get((check.id, check.record), check.pupil_id)].append(check)
        elif check.pupil_id is not None and not check.fault and check.outcome is Outcome.COMPLETE:
            tries[check.pupil_id].append(check)
    rows = tuple(
        ResultRow(pupil, result_of(facts[pupil.id], found[pupil.id], moment.rules, moment.now))
        for pupil in pupils(db, with_left=True)
        if _has_a_row(pupil, facts[pupil.id])
    )
    strangers = tuple(found.pop(None, ()))
    checks = {pupil_id: theirs for pupil_id, theirs in found.items() if pupil_id is not None}
    goes = {pupil_id: sorted(theirs, key=lambda one: (one.finished_at, one.id)) for pupil_id, theirs in tries.items()}
    return Derived(rows, strangers, sum(1 for _ in waiting_records(db)), checks, goes, facts)


def _has_a_row(pupil: Pupil, facts: PupilHistory) -> bool:
    """Whether a pupil has a row: not one who left before anything was known of their checks."""
    return not pupil.has_left or bool(facts.takings or facts.reasons or facts.restarts)
