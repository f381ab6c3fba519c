"""Heads' choices between two checks of one pupil: made and taken back, each in a transaction with its audit row.

``school.rivals`` decides which checks could count and which does. Scores are not known here, so that no choice can
depend on them.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from mtc_kiosk.school.history import OfficialAttempt, Pick, PupilHistory
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.rivals import LEAST_DIGITS, NotSettled, Rivals, pick_of, refuse_choice
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.records.conflicts import conflicts
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext

RESULTS_SHOWN = "results.shown"
"""The audit action for showing scores; ``after.scores`` are the pupils with a score in them."""

_KEEP = "insert into choice (pupil_id, at, by, attempt_id, record, among, why, undoes) values (?, ?, ?, ?, ?, ?, ?, ?)"
_SHOWN = (
    "select exists (select 1 from audit where action = ? and (json_type(after, '$.scores') is null"
    " or exists (select 1 from json_each(after, '$.scores') where value = ?)))"
)


@dataclass(frozen=True)
class Contest:
    """A pupil with two checks that could count, or between which a head has already chosen.

    ``rivals`` are all of them, first the one that counts or is proposed; ``why`` is the head's reason, None once
    erased. ``shown``: a score of this pupil may have been seen.
    """

    pupil_id: int
    rivals: Rivals
    why: str | None
    shown: bool

    @property
    def checks(self) -> tuple[OfficialAttempt, ...]:
        """All its checks, first the one that counts or is proposed."""
        could = self.rivals.could_count
        return (*could, *(one for one in self.rivals.standing if one not in could), *self.rivals.passed_over)

    @property
    def version(self) -> str:
        """What differs once a check came in, or somebody chose, since this was read."""
        choice = self.rivals.choice.id if self.rivals.choice is not None else ""
        seen = [choice, *self.rivals.lost, *(f"{one.id} {one.record} {one.outcome}" for one in self.checks)]
        return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()[:16]


def contests(db: Database, running: Collection[str]) -> tuple[Contest, ...]:
    """Every pupil with two checks that could count, or with a choice between them, by id."""
    with db.atomic():
        facts = load_facts(db, running)
        return tuple(_contest(db, one) for one in facts.values() if _is_contest(progress_of(one).rivals))


def open_conflicts(db: Database) -> int:
    """The number of cases in which a head has to choose: pupils with two checks, and conflicts of other records."""
    return sum(one.rivals.is_open for one in contests(db, ())) + sum(one.is_open for one in conflicts(db))


def choose(db: Database, context: StaffContext, digits: str, why: str, seen: str | None = None) -> Contest:
    """Let the check count that has a record's hash or an attempt's id beginning with ``digits``. Only a head may, with
    a reason.

    An earlier choice is taken back in the same transaction. NotSettled if it cannot be made, or if the conflict is no
    longer in the version that was ``seen``.
    """
    refuse_choice(context.staff, why)
    if len(digits) < LEAST_DIGITS:
        raise NotSettled(f"Write at least {LEAST_DIGITS} digits of its number in the list of conflicts.")
    meant, _ = _meant(contests(db, context.running), digits.casefold())
    with change(db):
        contest, chosen = _meant([_now(db, context, meant.pupil_id)], digits.casefold())
        _refuse_unseen(contest, seen)
        taken = next((one for one in contest.checks if one.is_running), None)
        if taken is not None:
            raise NotSettled(f"One of these checks is being taken on {taken.kiosk} now. Hold it there first.")
        before = _take_back(db, context, contest, None)
        among = [asdict(pick_of(one)) for one in contest.checks]
        among += [asdict(Pick("", "", code)) for code in contest.rivals.lost]
        stamp, seen = context.stamp, json.dumps(among)
        row = (contest.pupil_id, stamp.at, stamp.account, chosen.id, chosen.record, seen, why, None)
        row_id = int(db.execute(_KEEP, row).lastrowid or 0)
        after = {"choice": row_id, "counts": asdict(pick_of(chosen)), "among": among, "shown": contest.shown}
        audit(db, stamp, "choice.made", str(contest.pupil_id), before=before, after=after)
        return _now(db, context, contest.pupil_id)


def take_back(db: Database, context: StaffContext, pupil_id: int, why: str, seen: str | None = None) -> Contest:
    """Take back the choice for this pupil: until a head chooses again, none of the checks counts.

    NotSettled as in ``choose``.
    """
    refuse_choice(context.staff, why)
    with change(db):
        contest = _now(db, context, pupil_id)
        _refuse_unseen(contest, seen)
        if contest.rivals.choice is None:
            raise NotSettled("No head has chosen for this pupil, so there is nothing to take back.")
        before = _take_back(db, context, contest, why)
        after = {"shown": contest.shown}
        audit(db, context.stamp, "choice.taken_back", str(pupil_id), before=before, after=after)
        return _now(db, context, pupil_id)


def _refuse_unseen(contest: Contest, seen: str | None) -> None:
    if seen is not None and seen != contest.version:
        raise NotSettled("This changed while you looked at it. Nothing was changed. Look again, then choose.")


def _is_contest(rivals: Rivals) -> bool:
    return rivals.is_open or bool(rivals.choice is not None and rivals.passed_over)


def _now(db: Database, context: StaffContext, pupil_id: int) -> Contest:
    return _contest(db, load_facts(db, context.running, [pupil_id])[pupil_id])


def _contest(db: Database, facts: PupilHistory) -> Contest:
    weighed = progress_of(facts).rivals
    why = None
    if weighed.choice is not None:
        (why,) = db.execute("select why from choice where id = ?", (int(weighed.choice.id),)).fetchone()
    (shown,) = db.execute(_SHOWN, (RESULTS_SHOWN, facts.pupil_id)).fetchone()
    return Contest(facts.pupil_id, weighed, why, bool(shown))


def _meant(found: Iterable[Contest], digits: str) -> tuple[Contest, OfficialAttempt]:
    """The only check with a record's hash or an attempt's id that begins so; NotSettled if there are none or
    several."""
    meant = [
        (contest, check)
        for contest in found
        for check in contest.checks
        if check.record.startswith(digits) or check.id.startswith(digits)
    ]
    if len(meant) == 1:
        return meant[0]
    which = "More than one check in the list of conflicts has" if meant else "No check in the list of conflicts has"
    raise NotSettled(f"{which} a number that begins with {digits}.")


def _take_back(db: Database, context: StaffContext, contest: Contest, why: str | None) -> dict[str, object] | None:
    """Take back the choice in force, if any; return it in the form for the audit."""
    choice = contest.rivals.choice
    if choice is None or choice.counts is None:
        return None
    row = (contest.pupil_id, context.stamp.at, context.stamp.account, None, "", "[]", why, int(choice.id))
    db.execute(_KEEP, row)
    return {"choice": int(choice.id), "counts": asdict(choice.counts)}
