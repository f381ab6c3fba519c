"""Decide which checks of a pupil could count, and which of them does. Only this module decides it.

Results, status and the list of conflicts all ask here, so that what is shown as counting is what counts. The order in
which records arrive makes no difference. There are no scores here, so no choice can depend on them. The choice itself
is made in ``store.school.choices``, and between two records in ``store.records.conflicts``; both ask ``refuse_choice``
first.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.history import ChoiceRow, OfficialAttempt, Pick
from mtc_kiosk.school.staff import Staff

RULE = (
    "The check that was begun first is proposed. If two were begun in the same millisecond, a complete one comes before"
    " any other, then the one with the lower attempt number, then the one with the lower record number."
)
"""``order`` in words."""

LEAST_DIGITS = 8
"""How many digits of a record's hash, or of an attempt's id, are needed to name what is chosen."""

LONGEST_WHY = 1000
"""Characters of the reason for a choice."""


@dataclass(frozen=True)
class Rivals:
    """The checks that began and that no restart replaced.

    ``could_count`` are those that could count, in order, after a head's choice: at most one, unless the choice is open.
    ``standing`` also has those that fail their proof. ``lost`` are check codes of checks that began but of which
    nothing has arrived. ``choice`` is the head's choice in force; ``passed_over`` are the checks that do not count
    because of it.
    """

    could_count: tuple[OfficialAttempt, ...]
    standing: tuple[OfficialAttempt, ...]
    lost: tuple[str, ...]
    choice: ChoiceRow | None = None
    passed_over: tuple[OfficialAttempt, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a head has to choose before any of them counts."""
        return len(self.could_count) > 1 or bool(self.could_count and self.lost)

    @property
    def first(self) -> OfficialAttempt | None:
        """The check that counts, or the proposed one while the choice is open; else one that fails its proof."""
        return next(iter((*self.could_count, *self.standing)), None)

    @property
    def unseen(self) -> tuple[OfficialAttempt, ...]:
        """The checks that came in after the head chose. They do not count."""
        seen = self.choice.among if self.choice is not None else ()
        return tuple(one for one in self.passed_over if not _is_among(one, seen))


def order(taking: OfficialAttempt) -> tuple[datetime, bool, str, str]:
    """The sort key of attempts; ``RULE`` says it in words."""
    begun = taking.begun_at if taking.begun_at is not None else taking.started_at
    return begun, taking.outcome is not Outcome.COMPLETE, taking.id, taking.record


def rivals(begun: Iterable[OfficialAttempt], lost: Sequence[str], choice: ChoiceRow | None) -> Rivals:
    """Apply the choice to the attempts that began and were not restarted, and to codes with only a used PIN."""
    standing = tuple(sorted(begun, key=order))
    could = tuple(one for one in standing if one.sound)
    if choice is None or choice.counts is None:
        return Rivals(could, standing, tuple(lost))
    chosen = [one for one in standing if choice.counts.names(one)]
    if len(chosen) == 1:
        others = tuple(one for one in standing if one is not chosen[0])
        return Rivals(_sound(chosen), (chosen[0],), (), choice, others)
    # A restart replaced the chosen check; the checks that the head passed over still do not count.
    left = tuple(one for one in standing if not _is_among(one, choice.among))
    seen_codes = {pick.code for pick in choice.among}
    passed_over = tuple(one for one in standing if one not in left)
    return Rivals(_sound(left), left, tuple(code for code in lost if code not in seen_codes), choice, passed_over)


def pick_of(taking: OfficialAttempt) -> Pick:
    """How a choice names an attempt."""
    return Pick(taking.id, taking.record, taking.check_code)


def _sound(takings: Iterable[OfficialAttempt]) -> tuple[OfficialAttempt, ...]:
    return tuple(one for one in takings if one.sound)


def _is_among(taking: OfficialAttempt, picks: Collection[Pick]) -> bool:
    return any(pick.names(taking) for pick in picks)


class NotSettled(ValueError):
    """Nothing was changed; the message is a sentence for people."""


def refuse_choice(staff: Staff, why: str) -> None:
    """Raise NotSettled unless a head chooses and says why."""
    if not staff.is_head:
        raise NotSettled("Only a head may choose which of two checks counts.")
    if not why.strip() or len(why) > LONGEST_WHY:
        raise NotSettled(f"Say why, in at most {LONGEST_WHY} characters.")
