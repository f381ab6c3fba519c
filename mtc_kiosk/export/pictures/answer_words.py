"""A pupil's answers in order, in words: what the picture of them says to who cannot see it, and its table."""

from collections.abc import Mapping
from statistics import median

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.export.pictures.picture import SameAsTable
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.mistakes import HEADINGS, Kind, Mistake
from mtc_kiosk.insight.timing import in_seconds
from mtc_kiosk.school.words import counted, number_in_words, number_of

ASSISTED = "Somebody typed for this pupil, so no time is the pupil's own and none is drawn."


def was_again(answer: Answer) -> bool:
    """Whether a fault spoilt an earlier showing."""
    return answer.showing > 1 or bool(answer.voids)


def showing_in_words(answer: Answer) -> str:
    """``2nd``: which showing counts."""
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(answer.showing, f"{answer.showing}th")


def in_words(answer: Answer, *, timed: bool = True) -> str:
    """One answer; without its time unless it is ``timed``."""
    outcome = "right" if answer.right else "not right" if answer.counts else "lost to a fault"
    times = f", thinking {in_seconds(answer.think_ms)}" if timed and answer.think_ms is not None else ""
    return f"Question {answer.number}: {_asked(answer)} = {answer.response or 'nothing typed'}, {outcome}{times}"


def _asked(answer: Answer) -> str:
    return f"{answer.item.factor1} × {answer.item.factor2}"


def _notes(answer: Answer, mistake: Mistake | None) -> str:
    """What else is to be said of an answer: the kind of mistake, and what a fault did."""
    notes = []
    if answer.by is AnsweredBy.FORFEIT:
        notes.append("lost to a fault" if answer.shown else "lost to a fault before it was shown")
    if mistake is not None:
        notes.append(HEADINGS[mistake.kind].lower())
    if mistake is not None and mistake.kind is Kind.UNFINISHED:
        notes.append("may have known it")
    elif answer.ran_out and (mistake is None or mistake.kind is not Kind.NOTHING):
        notes.append("time ran out")
    if was_again(answer):
        notes.append(f"showing {answer.showing}, after {counted(max(1, len(answer.voids)), 'fault')}")
    if answer.in_doubt:
        notes.append("times uncertain")
    return "; ".join(notes)


def table_of(attempt: Attempt, mistakes: Mapping[int, Mistake]) -> SameAsTable:
    """The same figures as the picture."""
    heads = ["Question", "Sum", "Typed", "Right", "Thinking", "Typing", "Last digit", "What else"]
    rows = []
    for answer in attempt.answers:
        times = ("", "", "") if attempt.assisted else _times_in_words(answer)
        right = "yes" if answer.right else "no" if answer.counts else "–"
        row = (
            str(answer.number),
            _asked(answer),
            answer.response or "–",
            right,
            *times,
            _notes(answer, mistakes.get(answer.number)),
        )
        rows.append(row[:4] + row[7:] if attempt.assisted else row)
    if attempt.assisted:
        heads = heads[:4] + heads[7:]
    caption = "Answers in order" + (
        f". {ASSISTED}" if attempt.assisted else ", with the times from when the sum was shown"
    )
    return SameAsTable(caption, tuple(heads), tuple(rows))


def _times_in_words(answer: Answer) -> tuple[str, str, str]:
    return in_seconds(answer.think_ms), in_seconds(answer.typing_ms), in_seconds(answer.last_key_ms)


def sentence_of(attempt: Attempt, mistakes: Mapping[int, Mistake]) -> str:
    """What the picture shows, in a few sentences."""
    if not attempt.answers:
        return "No question was answered."
    said = f"{counted(len(attempt.answers), 'answer')} in order, {attempt.score} of them right."
    ran_out = sum(answer.ran_out for answer in attempt.answers)
    if ran_out:
        said += f" The time ran out {_times_over(ran_out)}."
    known = sum(mistake.may_have_known for mistake in mistakes.values())
    if known:
        said += f" {number_of(known, 'answer was', 'answers were')} right so far then: the pupil may have known "
        said += "it." if known == 1 else "them."
    if attempt.assisted:
        return f"{said} {ASSISTED}"
    thinks = [answer.think_ms for answer in attempt.counting if answer.think_ms is not None]
    return said + (f" The middle thinking time is {in_seconds(round(median(thinks)))}." if thinks else "")


def _times_over(count: int) -> str:
    """``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(count, f"{number_in_words(count)} times")
