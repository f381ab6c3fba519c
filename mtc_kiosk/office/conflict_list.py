"""The conflicts as a page lists them: where and when each check was begun, which one counts. No scores.

Whoever may see results sees those of their pupils; only a head settles them (``office.conflicts``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.office.conflict_words import number_of, shown_digits, state_of
from mtc_kiosk.office.conflicts import conflicts
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.school.history import OfficialAttempt
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rivals import order
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.records.conflicts import Conflict
from mtc_kiosk.store.school.choices import Contest


@dataclass(frozen=True)
class Rival:
    """One of two checks or records. ``number`` names it; ``state`` says how it ended, or what kind of record it is.

    ``counts``: it counts now; ``is_proposed``: it would, once a head agrees; ``came_later``: after the head chose.
    """

    number: str
    kiosk: str
    at: datetime
    state: str
    counts: bool
    is_proposed: bool = False
    came_later: bool = False


@dataclass(frozen=True)
class TwoChecks:
    """A pupil with two checks. ``version`` goes with a choice, so that it is made between what was seen.

    ``lost`` counts checks that were begun and of which nothing has arrived. ``by``, ``at`` and ``why`` are of the head
    who chose. ``score_was_shown``: somebody may have seen a score of this pupil.
    """

    pupil: Pupil
    name: str
    is_open: bool
    checks: tuple[Rival, ...]
    lost: int
    by: str
    at: datetime | None
    why: str | None
    score_was_shown: bool
    version: str


@dataclass(frozen=True)
class TwoRecords:
    """Two records of one reason, restart or name of an assistant, of which one applies: the first."""

    is_open: bool
    records: tuple[Rival, ...]


@dataclass(frozen=True)
class ConflictsListed:
    """Pupils with two checks, and pairs of records; open ones first."""

    checks: tuple[TwoChecks, ...]
    records: tuple[TwoRecords, ...]

    @property
    def open_checks(self) -> int:
        """For how many pupils a head has to choose."""
        return sum(one.is_open for one in self.checks)

    @property
    def open_records(self) -> int:
        """Between how many pairs of records."""
        return sum(one.is_open for one in self.records)


def conflicts_listed(home: OpenHome) -> ConflictsListed:
    """Every conflict about pupils whose results the account may see; those of records for a head alone."""
    found = conflicts(home)
    theirs = (found.register[one.pupil_id] for one in found.checks)
    seen = {pupil.id for pupil in in_scope(home, May.SEE_RESULTS, theirs)}
    names = named_apart(found.register.values()) if seen else {}
    checks = tuple(_two_checks(one, found.register, names) for one in found.checks if one.pupil_id in seen)
    records = tuple(map(_two_records, found.records)) if may(home.staff, May.SETTLE) else ()
    return ConflictsListed(checks, tuple(sorted(records, key=lambda one: not one.is_open)))


def two_checks_of(home: OpenHome, pupil_id: int) -> TwoChecks | None:
    """The conflict of one pupil; None if there is none that the account may see."""
    return next((one for one in conflicts_listed(home).checks if one.pupil.id == pupil_id), None)


def two_records_with(home: OpenHome, number: str) -> TwoRecords | None:
    """The conflict that has the record of this number; None if there is none."""
    found = conflicts_listed(home).records
    return next((one for one in found if any(each.number == number for each in one.records)), None)


def _two_checks(contest: Contest, register: Mapping[int, Pupil], names: Mapping[int, str]) -> TwoChecks:
    choice = contest.rivals.choice
    is_chosen = choice is not None and not contest.rivals.is_open
    return TwoChecks(
        pupil=register[contest.pupil_id],
        name=names[contest.pupil_id],
        is_open=contest.rivals.is_open,
        checks=tuple(_check(contest, check) for check in contest.checks),
        lost=len(contest.rivals.lost),
        by=by_whom(choice.by) if choice is not None and is_chosen else "",
        at=choice.at if choice is not None and is_chosen else None,
        why=contest.why if is_chosen else None,
        score_was_shown=contest.shown,
        version=contest.version,
    )


def _check(contest: Contest, check: OfficialAttempt) -> Rival:
    rivals = contest.rivals
    is_first = check is rivals.first
    return Rival(
        number=number_of(check),
        kiosk=check.kiosk,
        at=order(check)[0],
        state=state_of(check),
        counts=is_first and not rivals.is_open,
        is_proposed=is_first and rivals.is_open,
        came_later=check in rivals.unseen,
    )


def _two_records(conflict: Conflict) -> TwoRecords:
    return TwoRecords(
        conflict.is_open,
        tuple(
            Rival(shown_digits(each.row.sha256), each.kiosk, instant(each.at), each.row.type, counts=place == 0)
            for place, each in enumerate(conflict.candidates)
        ),
    )
