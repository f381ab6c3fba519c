"""What insight says of a class, from the checks that count; shown as results are: after their release, and audited.

A pupil for whom a head must choose between two checks has no score and so no insight; the pupil is named in ``two``.
A kiosk must not import this module.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.insight.attempts import Attempt, attempt_from
from mtc_kiosk.insight.pupil import context_of
from mtc_kiosk.insight.whole_class import ClassInsight, class_insight
from mtc_kiosk.office import notes
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import Results, show_results
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.opened import memory_of
from mtc_kiosk.store.home.device_key import device_key, own_fingerprint
from mtc_kiosk.store.records.journals import Journal, Key, journals
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.school.assistants import assistants
from mtc_kiosk.store.school.received_assistants import received_assistants


@dataclass(frozen=True)
class InsightOfClass:
    """A class with its insight, which is by pupil id, as ``pupils`` is.

    ``two`` took two checks and a head must choose; ``unread`` have a score, but their journal cannot be read now.
    ``results`` are those shown with it, with what they must say about themselves.
    """

    insight: ClassInsight
    pupils: Mapping[int, Pupil]
    two: tuple[Pupil, ...]
    unread: tuple[Pupil, ...]
    results: Results


def insight_of_class(home: OpenHome, where: str, group: str = "") -> InsightOfClass:
    """Insight into one ``group``, or all pupils that the account may see, to be shown ``where``.

    Refused before the release of results; DeviceKeyRefused. It is audited as a showing of results.
    """
    shown = show_results(home, where, group)
    counting = {
        row.pupil.id: (row.result.attempt_id or "", row.result.record)
        for row in shown.rows
        if row.result.score is not None
    }
    pupils = {row.pupil.id: row.pupil for row in shown.rows}
    with snapshot(home.home.database, memory=memory_of(home.db)) as db:
        tries: dict[int, list[Key]] = defaultdict(list)
        for check in sorted(received_checks(db, device_key(home.home)), key=lambda one: one.finished_at):
            is_whole = not check.fault and check.outcome is Outcome.COMPLETE
            if check.kind is Kind.TRY and is_whole and check.pupil_id in counting:
                tries[check.pupil_id].append((check.id, check.record))
        every = (*counting.values(), *(key for goes in tries.values() for key in goes))
        found = journals(db, every)
        named = (*assistants(db), *received_assistants(db, own_fingerprint(home.home)))
    assisted = {one.attempt_id for one in named}
    attempts = {pupil: _attempt(found[key], key, assisted) for pupil, key in counting.items() if key in found}
    goes = {pupil: _goes(keys, found, assisted) for pupil, keys in tries.items()}
    noted = {pupil for pupil in attempts if notes.of_pupil(home, pupil)}
    return InsightOfClass(
        insight=class_insight(context_of(attempts), tries=goes, noted=noted),
        pupils=pupils,
        two=tuple(row.pupil for row in shown.rows if row.result.has_two),
        unread=tuple(pupils[pupil] for pupil in counting if pupil not in attempts),
        results=shown,
    )


def _goes(keys: Iterable[Key], found: Mapping[Key, Journal], assisted: set[str]) -> tuple[Attempt, ...]:
    return tuple(_attempt(found[key], key, assisted) for key in keys if key in found)


def _attempt(journal: Journal, key: Key, assisted: set[str]) -> Attempt:
    facts, settings = journal
    return attempt_from(facts, settings, assisted=key[0] in assisted)
