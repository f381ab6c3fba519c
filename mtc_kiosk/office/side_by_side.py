"""Two classes, or two of the school's days, side by side: what can be chosen, and the report.

A side is of pupils whom the account may see by name, so a small one is not hidden; the report then says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, median

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.marking import is_right
from mtc_kiosk.export.derived import Derived
from mtc_kiosk.export.reports.content import Side, SideBySide
from mtc_kiosk.insight.class_figures import by_table, distribution
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.forms import Gap, gap_of_groups
from mtc_kiosk.insight.groups import FEWEST
from mtc_kiosk.office.attempts import counting_checks, marks_received
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.results import PAGE, about_file, note_shown, proven_results, results_seen
from mtc_kiosk.school.alphabet import group_order
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.words import counted, date_in_words

TOO_FEW = "With fewer than two pupils on a side no gap can be judged."
OTHER_LENGTHS = "The checks do not all have the same number of questions, so no gap can be judged."
OTHER_RULES = "The checks were not all taken under the same rules, so no gap can be judged."
SAME_CHECKS = "Some checks are on both sides, so no gap can be judged. Choose two sides that share no check."
SMALL_SIDE = f"A side has fewer than {FEWEST} pupils, so a child may be recognised: keep this among staff."

_Taken = tuple[int, ReceivedCheck]
"""A pupil and a check."""


@dataclass(frozen=True)
class SideChoice:
    """What can be a side: ``key`` for an address or an option, ``title`` for a person.

    ``is_of_check``: it is of the check that counts, of whatever day, and not of "try it out".
    """

    key: str
    title: str
    is_of_check: bool = True


@dataclass(frozen=True)
class _Side:
    """A choice with its checks, by pupil."""

    choice: SideChoice
    kind: Kind
    checks: Mapping[int, ReceivedCheck]


def sides(home: OpenHome) -> tuple[SideChoice, ...]:
    """What the account may put side by side: checks first, then "try it out", each whole, by group and by day.

    Refused before the release of results; DeviceKeyRefused. No score is in it.
    """
    with proven_results(home, no_progress, trusts_memory=True) as (_, derived):
        return tuple(side.choice for side in _sides(home, derived))


def side_by_side(home: OpenHome, where: str, one_key: str, other_key: str) -> SideBySide:
    """Two sides, to be shown ``where``. Refused before the release of results; DeviceKeyRefused.

    OfficeRefused where a side is not there (any more) or is chosen twice. It is audited as a showing of results, with
    the pupils whose scores are in it.
    """
    if one_key == other_key:
        raise OfficeRefused(Problem("This is the same side twice. Choose two.", "same_side"))
    with proven_results(home, no_progress, trusts_memory=where == PAGE) as (_, derived):
        known = {side.choice.key: side for side in _sides(home, derived)}
        if not known.keys() >= {one_key, other_key}:
            raise OfficeRefused(Problem("One of the two sides is not there. Choose again.", "no_such_side"))
        one, other = known[one_key], known[other_key]
        shown = results_seen(home, derived)
    scores = {pupil for side in (one, other) if side.kind is Kind.OFFICIAL for pupil in side.checks}
    rows = tuple(row for row in shown.rows if row.pupil.id in scores)
    note_shown(home, replace(shown, rows=rows), where)
    gap, why = _gap(one, other)
    same = len(one.checks.keys() & other.checks.keys())
    return SideBySide(
        about=about_file(home, "Side by side", *_notes(one, other, same, gap)),
        one=_shown(one),
        other=_shown(other),
        gap=gap,
        why_no_gap=why,
        same_pupils=same,
        change_of_same=_change_of_same(one, other),
    )


def _sides(home: OpenHome, derived: Derived) -> Iterator[_Side]:
    rows = results_seen(home, derived).rows
    seen = {row.pupil.id: row.pupil.group_name for row in rows}
    everybody = "All pupils" if len(rows) == len(derived.rows) else "All your pupils"
    checks = [(pupil, check) for pupil, check in counting_checks(derived) if pupil in seen]
    yield from _by_group(Kind.OFFICIAL, None, checks, seen, everybody)
    by_day = _by_day(home, checks)
    for day in sorted(by_day) if len(by_day) > 1 else ():
        yield from _by_group(Kind.OFFICIAL, day, by_day[day], seen, everybody)
    by_day = _by_day(home, ((pupil, check) for pupil in seen for check in derived.tries.get(pupil, ())))
    for day in sorted(by_day):
        yield from _by_group(Kind.TRY, day, by_day[day], seen, everybody)


def _by_day(home: OpenHome, taken: Iterable[_Taken]) -> Mapping[date, Sequence[_Taken]]:
    found: dict[date, list[_Taken]] = defaultdict(list)
    for pupil, check in taken:
        found[home.timetable.day(check.finished_at)].append((pupil, check))
    return found


def _by_group(
    kind: Kind, day: date | None, taken: Sequence[_Taken], groups: Mapping[int, str], everybody: str
) -> Iterator[_Side]:
    """Everybody, then each group that is not everybody. Of several goes of a pupil, which come in order, the last."""
    whole = dict(taken)
    for group in ("", *sorted({groups[pupil] for pupil in whole} - {""}, key=group_order)):
        own = {pupil: check for pupil, check in whole.items() if not group or groups[pupil] == group}
        if own and (not group or len(own) < len(whole)):
            key = f"{kind}/{day.isoformat() if day is not None else 'all'}/{group}"
            what = "the check" if kind is Kind.OFFICIAL else "try it out"
            when = f" on {date_in_words(day)}" if day is not None else ""
            title = f"{group or everybody}, {what}{when}"
            yield _Side(SideChoice(key, title, kind is Kind.OFFICIAL), kind, own)


def _shown(side: _Side) -> Side:
    checks = list(side.checks.values())
    scores = [_score(check) for check in checks]
    lengths, rules = _lengths(checks), _rules(checks)
    alike = len(lengths) == len(rules) == 1
    return Side(
        title=side.choice.title,
        pupils=len(checks),
        distribution=distribution(scores, lengths.pop()) if alike else None,
        average=fmean(scores) if alike else None,
        middle=float(median(scores)) if alike else None,
        rows=by_table([marks_received(check) for check in checks]),
    )


def _gap(one: _Side, other: _Side) -> tuple[Gap | None, str]:
    """The gap of two sides, or why there is none."""
    both = [*one.checks.values(), *other.checks.values()]
    if len(_lengths(both)) > 1:
        return None, OTHER_LENGTHS
    if len(_rules(both)) > 1:
        return None, OTHER_RULES
    if {check.id for check in one.checks.values()} & {check.id for check in other.checks.values()}:
        return None, SAME_CHECKS
    fit = fit_class([marks_received(check) for check in both])
    marks, others = ([_every_mark(check) for check in side.checks.values()] for side in (one, other))
    gap = gap_of_groups(marks, others, fit)
    return gap, TOO_FEW if gap is None else ""


def _change_of_same(one: _Side, other: _Side) -> float | None:
    """The mean of score less score over the pupils on both sides; None where that is of too few, or no change."""
    same = sorted(one.checks.keys() & other.checks.keys())
    pairs = [(one.checks[pupil], other.checks[pupil]) for pupil in same]
    both = [check for pair in pairs for check in pair]
    if len(same) < FEWEST or len(_lengths(both)) > 1 or len(_rules(both)) > 1:
        return None
    if any(first.id == second.id for first, second in pairs):
        return None
    return fmean(_score(first) - _score(second) for first, second in pairs)


def _notes(one: _Side, other: _Side, same: int, gap: Gap | None) -> Iterator[str]:
    if same and gap is None:
        yield f"On both sides: {counted(same, 'pupil')}."
    elif same:
        yield (
            f"On both sides: {counted(same, 'pupil')}. The gap is judged as if they were different pupils, which is"
            " cautious: one that is more than chance explains may be called less."
        )
    if min(len(one.checks), len(other.checks)) < FEWEST:
        yield SMALL_SIDE


def _score(check: ReceivedCheck) -> int:
    return sum(right for _, right in _every_mark(check))


def _every_mark(check: ReceivedCheck) -> Marks:
    """The marks that make up the score, with questions that were forfeited."""
    pairs = ((Item(one.factor1, one.factor2), one.response) for one in check.answers)
    return [(item, is_right(item, response)) for item, response in pairs]


def _lengths(checks: Iterable[ReceivedCheck]) -> set[int]:
    return {len(check.answers) for check in checks}


def _rules(checks: Iterable[ReceivedCheck]) -> set[bool]:
    return {check.changed_rules for check in checks}
