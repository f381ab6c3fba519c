"""What insight takes: a proven check, question by question, with how long the pupil thought and typed.

Times are whole milliseconds from the flip that first showed the sum. A question whose keys have an uncertain time
stamp has no times.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.events import Cause, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, Erased, Fact, Finished, Held, OfKey, Outcome, Typed, Voided
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.marking import is_right
from mtc_kiosk.check.replay import counting_answers
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.record.proof import Proven

US_IN_A_MS = 1_000


class Way(StrEnum):
    """How answers were entered."""

    KEYBOARD = "keyboard"
    MOUSE = "mouse"
    TOUCH = "touch"
    PEN = "pen"
    MIXED = "mixed"
    NOTHING = "nothing"  # no digit was typed


@dataclass(frozen=True)
class Press:
    """A digit that was typed, or with ``input`` empty one that was taken back."""

    input: str
    at_ms: int
    source: Source = Source.KEYBOARD


@dataclass(frozen=True)
class Answer:
    """One question with the answer that counts. ``right`` means right and in time.

    ``presses`` are the digits typed and taken back in the showing that counts, in order; empty where their times are
    uncertain. ``shown`` is False for a question that was forfeited before its sum was shown. ``voids`` says why earlier
    showings of the question were void.
    """

    number: int
    item: Item
    response: str
    right: bool
    by: AnsweredBy
    presses: tuple[Press, ...] = ()
    showing: int = 1
    shown: bool = True
    in_doubt: bool = False
    voids: tuple[Cause, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it says anything of the pupil: not where a fault of the PC took the question away."""
        return self.by is not AnsweredBy.FORFEIT

    @property
    def ran_out(self) -> bool:
        """Whether the time ran out."""
        return self.by is AnsweredBy.TIMEOUT

    @property
    def digits(self) -> tuple[Press, ...]:
        """The digits typed, those taken back as well."""
        return tuple(press for press in self.presses if press.input)

    @property
    def think_ms(self) -> int | None:
        """From the sum to the first digit; None where there is none, or it came before the sum (audio version)."""
        first = self.digits[0].at_ms if self.digits else None
        return first if first is not None and first >= 0 else None

    @property
    def typing_ms(self) -> int | None:
        """From the first digit to the last one; 0 for a single digit, None where there is none."""
        return self.digits[-1].at_ms - self.digits[0].at_ms if self.digits else None

    @property
    def last_key_ms(self) -> int | None:
        """When the last digit was typed."""
        return self.digits[-1].at_ms if self.digits else None

    @property
    def gaps_ms(self) -> tuple[int, ...]:
        """The times between one digit and the next, where nothing was taken back between them."""
        pairs = zip(self.presses, self.presses[1:], strict=False)
        return tuple(after.at_ms - before.at_ms for before, after in pairs if before.input and after.input)

    @property
    def way(self) -> Way:
        """How it was entered."""
        return _way({press.source for press in self.digits})


@dataclass(frozen=True)
class Conditions:
    """What must be the same before the times of two attempts may be compared."""

    way: Way
    audio: bool
    no_pad: bool
    limit_ms: int | None

    @property
    def in_words(self) -> str:
        """``keyboard, audio version``, for a heading."""
        words = {Way.MIXED: "several ways of entering", Way.NOTHING: "nothing typed"}
        limit = "" if self.limit_ms == NATIONAL_LIMIT_MS else "no time limit" if self.limit_ms is None else "own limit"
        parts = (
            words.get(self.way, str(self.way)),
            "audio version" * self.audio,
            "no number pad" * self.no_pad,
            limit,
        )
        return ", ".join(part for part in parts if part)


NATIONAL_LIMIT_MS = 6_000


@dataclass(frozen=True)
class Attempt:
    """A proven check. ``assisted``: somebody typed for the pupil, so no time in it is the pupil's own.

    ``held`` says why it was held, each time.
    """

    answers: tuple[Answer, ...]
    conditions: Conditions
    outcome: Outcome | None = Outcome.COMPLETE
    assisted: bool = False
    held: tuple[Cause, ...] = ()
    changed_rules: bool = False

    @property
    def counting(self) -> tuple[Answer, ...]:
        """The answers that say anything of the pupil."""
        return tuple(answer for answer in self.answers if answer.counts)

    @property
    def score(self) -> int:
        """The number of right answers."""
        return sum(answer.right for answer in self.answers)

    @property
    def voids(self) -> int:
        """How many showings a fault spoilt."""
        return sum(len(answer.voids) for answer in self.answers)


def attempt_of(proven: Proven, *, assisted: bool = False) -> Attempt:
    """The attempt of a proven check; ``assisted`` comes from its assistant's record."""
    return attempt_from(proven.facts, proven.settings, assisted=assisted)


def attempt_from(facts: Sequence[Fact], settings: Settings, *, assisted: bool = False) -> Attempt:
    """The same from facts that were proven before."""
    counting = counting_answers(facts)
    keys = _keys(facts)
    voids = _voids(facts)
    answers = tuple(_answer(one, keys[one.number, one.showing], tuple(voids[one.number])) for one in counting)
    limit = settings.timings.question
    codes = settings.arrangements.codes
    return Attempt(
        answers=answers,
        conditions=Conditions(
            way=_way({press.source for answer in answers for press in answer.digits}),
            audio=Code.QNR in codes,
            no_pad=Code.RON in codes,
            limit_ms=limit // US_IN_A_MS if limit is not None else None,
        ),
        outcome=next((fact.outcome for fact in facts if isinstance(fact, Finished)), None),
        assisted=assisted,
        held=tuple(fact.cause for fact in facts if isinstance(fact, Held)),
        changed_rules=settings.changed_rules,
    )


def _answer(one: Answered, keys: Iterable[OfKey], voids: tuple[Cause, ...]) -> Answer:
    item = Item(one.factor1, one.factor2)
    timed = one.shown_us is not None and not one.stall
    shown_us = one.shown_us or 0
    return Answer(
        number=one.number,
        item=item,
        response=one.response,
        right=is_right(item, one.response),
        by=one.by,
        presses=tuple(_press(key, shown_us) for key in keys) if timed else (),
        showing=one.showing,
        shown=one.shown_us is not None,
        in_doubt=one.stall,
        voids=voids,
    )


def _press(key: OfKey, shown_us: int) -> Press:
    at_ms = (key.at - shown_us) // US_IN_A_MS
    return Press(key.input if isinstance(key, Typed) else "", at_ms, key.source)


def _keys(facts: Iterable[Fact]) -> Mapping[tuple[int, int], list[OfKey]]:
    found: dict[tuple[int, int], list[OfKey]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Typed | Erased) and not fact.practice:
            found[fact.number, fact.showing].append(fact)
    return found


def _voids(facts: Iterable[Fact]) -> Mapping[int, list[Cause]]:
    found: dict[int, list[Cause]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, Voided):
            found[fact.number].append(fact.cause)
    return found


def _way(sources: set[Source]) -> Way:
    if not sources:
        return Way.NOTHING
    return Way(next(iter(sources)).value) if len(sources) == 1 else Way.MIXED
