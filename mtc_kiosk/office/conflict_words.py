"""Conflicts between checks or records, in sentences for people. No scores are known here."""

from collections.abc import Iterator
from datetime import tzinfo

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.office.conflicts import Conflicts
from mtc_kiosk.school.history import OfficialAttempt
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rivals import RULE, order
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted, time_in_words
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.records.conflicts import Conflict
from mtc_kiosk.store.school.choices import Contest

SHOWN_DIGITS = 12
"""How much of a record's hash people see."""

SHOWN_BEFORE = "This pupil's score was shown before this choice. The audit has a note of it."
_ENDED = {
    Outcome.COMPLETE: "complete",
    Outcome.OUT_OF_TIME: "out of time",
    Outcome.STOPPED: "stopped",
    Outcome.SUPERSEDED: "ended by a restart",
}


def head_has_to_choose(conflicts: int) -> Iterator[str]:
    """A sentence that a head has to choose in so many cases; none for 0."""
    if conflicts:
        yield f"A head must choose in {counted(conflicts, 'case')}."


def conflict_sentences(found: Conflicts, zone: tzinfo) -> Iterator[str]:
    """Every conflict, open ones first, and which check is proposed."""
    for one in found.checks:
        yield from _contest_lines(one, found.register[one.pupil_id], zone)
    if any(one.rivals.is_open for one in found.checks):
        yield RULE
    for other in found.records:
        yield from _record_lines(other, zone)
    if not found.checks and not found.records:
        yield "No pupil has two checks that could count."


def number_of(check: OfficialAttempt) -> str:
    """The number that names a check: the first digits of its record's hash, or of its attempt's id without a record."""
    return shown_digits(check.record or check.id)


def shown_digits(number: str) -> str:
    """The first digits of a number, as people see and type it."""
    return number[:SHOWN_DIGITS]


def state_of(check: OfficialAttempt) -> str:
    """The state of a check, in words."""
    if not check.sound:
        return "not proved by its journal"
    if check.outcome is None:
        return "held" if check.held_since is not None else "in progress"
    return _ENDED[check.outcome] + ("" if check.delivered else ", its record has not been received yet")


def _contest_lines(contest: Contest, pupil: Pupil, zone: tzinfo) -> Iterator[str]:
    name, choice = f"{pupil.listed} ({pupil.number})", contest.rivals.choice
    if contest.rivals.is_open or choice is None:
        yield f"{name} took {counted(len(contest.checks), 'check')} but may have only one. A head must choose:"
    else:
        why = f": {contest.why}" if contest.why else ""
        yield f"{name}: chosen {by_whom(choice.by)} on {time_in_words(choice.at, zone)}{why}"
    for check in contest.checks:
        begun = order(check)[0].astimezone(zone)
        when = f"begun {begun.day} {begun:%B %Y at %H:%M:%S}"
        standing = _whether_it_counts(contest, check)
        after = f": {standing}" if standing else ""
        yield f"  {number_of(check)}  {check.kiosk}, {when}, {state_of(check)}{after}"
    for _ in contest.rivals.lost:
        yield "  One more, begun with another PIN of this pupil, has not been received. Choose one of the others."


def _whether_it_counts(contest: Contest, check: OfficialAttempt) -> str:
    is_first = check is contest.rivals.first
    if contest.rivals.is_open:
        return "proposed" if is_first else ""
    if is_first:
        return "counts"
    return "does not count; received after a head chose" if check in contest.rivals.unseen else "does not count"


def _record_lines(conflict: Conflict, zone: tzinfo) -> Iterator[str]:
    looked = "no head has chosen yet" if conflict.is_open else "a head chose"
    yield f"Two records have the same number but are different, and {looked}:"
    for number, each in enumerate(conflict.candidates):
        standing = "counts" if number == 0 else "does not count"
        what = f"{each.row.type} from {each.kiosk}, {time_in_words(instant(each.at), zone)}"
        yield f"  {each.row.sha256[:SHOWN_DIGITS]}  {what}: {standing}"
