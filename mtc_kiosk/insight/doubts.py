"""Look twice: reasons to doubt a number, not a child.

A reason explains a result and never changes it. At most four are shown on a page of a class; ``doubts`` gives all of a
pupil's, the weightiest first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.events import Cause
from mtc_kiosk.insight.attempts import Attempt, Way
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.mistakes import Kind, mistakes
from mtc_kiosk.insight.patterns import Found, Pattern
from mtc_kiosk.school.words import CAUSE_WORDS, counted

MANY_VOIDS = 2
FASTER_THAN_READING_MS = 300
"""From the sum to the first digit: less than the time that a reader needs to see two numbers and press a key."""

FEWEST_TOO_FAST = 3
LONGEST_RUN = 4
"""As many equal answers, of one key, one after another, are a run."""

FEWEST_DOUBLED = 2


class Reason(StrEnum):
    """The reasons, the weightiest first."""

    FROZE = "froze"
    VOIDS = "voids"
    HELD = "held"
    STICKS = "sticks"
    RUN_OF_ONE_KEY = "run_of_one_key"
    TOO_FAST = "too_fast"
    GUESSES = "guesses"
    DOUBLED = "doubled"
    OTHER_WAY = "other_way"
    UNFINISHED = "unfinished"
    NOTE = "note"


@dataclass(frozen=True)
class Doubt:
    """A reason to look twice, as a sentence without a name."""

    reason: Reason
    words: str


def doubts(
    attempt: Attempt, found: Sequence[Found] = (), *, practised: Attempt | None = None, has_note: bool = False
) -> tuple[Doubt, ...]:
    """A pupil's reasons. ``practised`` is the last "try it out"; ``has_note``: staff wrote something down."""
    every = (
        *_from_patterns(found),
        *_from_faults(attempt),
        *_from_keys(attempt, found),
        *_from_the_way(attempt, practised),
        *_from_time(attempt),
        *([Doubt(Reason.NOTE, "There is a note about this pupil. Read it beside the score.")] if has_note else []),
    )
    return tuple(sorted(every, key=lambda doubt: list(Reason).index(doubt.reason)))


def _from_patterns(found: Sequence[Found]) -> list[Doubt]:
    words = {Pattern.FREEZES: Reason.FROZE, Pattern.STICKS: Reason.STICKS, Pattern.GUESSES: Reason.GUESSES}
    sure = [one for one in found if one.sure is not Sure.CANNOT_TELL and one.pattern in words]
    return [Doubt(words[one.pattern], one.words) for one in sure]


def _from_faults(attempt: Attempt) -> list[Doubt]:
    given = []
    if attempt.voids >= MANY_VOIDS:
        given.append(Doubt(Reason.VOIDS, f"{attempt.voids} questions were spoilt by faults and asked again."))
    held = [cause for cause in attempt.held if cause is not Cause.STAFF]
    if held:
        why = " ".join(CAUSE_WORDS[cause] for cause in dict.fromkeys(held))
        given.append(Doubt(Reason.HELD, f"The check was held {counted(len(held), 'time')}. {why}"))
    return given


def _from_keys(attempt: Attempt, found: Sequence[Found]) -> list[Doubt]:
    given = []
    run, digit = _longest_run(attempt)
    if run >= LONGEST_RUN:
        given.append(Doubt(Reason.RUN_OF_ONE_KEY, f"{run} answers in a row have no key but {digit}."))
    fast = [] if attempt.assisted else [one for one in attempt.counting if _is_too_fast(one.think_ms)]
    if len(fast) >= FEWEST_TOO_FAST:
        words = f"{len(fast)} answers began sooner than anyone can read the question."
        given.append(Doubt(Reason.TOO_FAST, words))
    doubled = sum(mistake.kind is Kind.DOUBLED for mistake in mistakes(attempt.answers))
    if doubled >= FEWEST_DOUBLED and all(one.pattern is not Pattern.STICKS for one in found):
        given.append(Doubt(Reason.DOUBLED, f"{doubled} answers have a digit twice and are right without it."))
    return given


def _from_the_way(attempt: Attempt, practised: Attempt | None) -> list[Doubt]:
    """Another way of entering than in practice."""
    if practised is None or Way.NOTHING in (attempt.conditions.way, practised.conditions.way):
        return []
    if attempt.conditions.way is practised.conditions.way:
        return []
    words = f"Entered by {_by(attempt.conditions.way)}; in practice it was by {_by(practised.conditions.way)}."
    return [Doubt(Reason.OTHER_WAY, words)]


def _by(way: Way) -> str:
    return "several ways" if way is Way.MIXED else str(way)


def _from_time(attempt: Attempt) -> list[Doubt]:
    cut_off = sum(mistake.may_have_known for mistake in mistakes(attempt.answers))
    if not cut_off:
        return []
    what = counted(cut_off, "answer was", "answers were")
    return [Doubt(Reason.UNFINISHED, f"{what} right so far when the time ran out: may have been known.")]


def _is_too_fast(think_ms: int | None) -> bool:
    return think_ms is not None and think_ms < FASTER_THAN_READING_MS


def _longest_run(attempt: Attempt) -> tuple[int, str]:
    """The longest run of answers typed with one and the same key alone, wrong ones only."""
    longest: Counter[str] = Counter()
    run, last = 0, ""
    for answer in attempt.answers:
        digit = answer.response[:1]
        alone = digit and set(answer.response) == {digit} and not answer.right
        run = run + 1 if alone and digit == last else int(bool(alone))
        last = digit if alone else ""
        longest[digit] = max(longest[digit], run)
    ((digit, times),) = longest.most_common(1) or [("", 0)]
    return times, digit
