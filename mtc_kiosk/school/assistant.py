"""The rules for an input assistant: accepted names and reasons, and which pupils may have one named after the check.

Sources: docs/reference/school-side.md, "Access arrangements", and docs/reference/pupil-client.md, "Assistant's name".
"""

from dataclasses import dataclass, field

from mtc_kiosk.record.assistant_name import AssistantName
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.names import LONGEST_NAME, not_in_a_name, tidy
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode, refuse
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.unseen import without_unseen

LONGEST_WHY = 1000
"""Characters of the reason why an assistant is named after the check."""


@dataclass(frozen=True)
class LateAssistant:
    """An assistant named after the check, and why not before. Neither goes into a message or a log."""

    name: AssistantName
    why: str = field(repr=False)


def read_name(written: str, what: str) -> tuple[str, str]:
    """A name as it is stored, and what is wrong with it, "" if nothing. ``what`` is such as "First name"."""
    name = tidy(written)
    if not name:
        return name, f"{what} is missing."
    if len(name) > LONGEST_NAME:
        return name, f"{what} must have at most {LONGEST_NAME} characters."
    if "." in name or not_in_a_name(name):
        return name, f"{what} can have only letters, digits, spaces, hyphens and apostrophes."
    return name, ""


def read_named(forename: str, surname: str, why: str) -> LateAssistant:
    """The assistant with these names and this reason. Refused names every mistake in them."""
    (first, wrong_first), (last, wrong_last) = read_name(forename, "First name"), read_name(surname, "Last name")
    reason = without_unseen(why).strip()
    wrong = [sentence for sentence in (wrong_first, wrong_last) if sentence]
    if wrong:
        raise refuse(ObstacleCode.NOT_A_NAME, " ".join(wrong))
    if not reason or len(reason) > LONGEST_WHY:
        raise refuse(
            ObstacleCode.NOT_A_TEXT,
            f"Say why the assistant was not set up before, in at most {LONGEST_WHY} characters.",
        )
    return LateAssistant(AssistantName(first, last), reason)


def add_obstacle(facts: PupilHistory, *, has_one: bool) -> Obstacle | None:
    """Why no assistant can be named for this pupil's check; None if one can.

    ``has_one``: one was named for it after the check already.
    """
    progress = progress_of(facts)
    if progress.reason is not None:
        return Obstacle(ObstacleCode.HAS_REASON, "has a reason for not taking the check. Take it back first")
    if progress.pending is not None:
        return Obstacle(
            ObstacleCode.HAS_RESTART, "has a restart that is not used yet, so there is no check to add an assistant to"
        )
    if progress.has_two:
        return TWO_CHECKS
    if not progress.is_complete:
        return Obstacle(ObstacleCode.NOT_COMPLETE, "has not completed the check")
    if has_one:
        return Obstacle(ObstacleCode.HAS_ASSISTANT, "already has an assistant for this check. Take that one back first")
    return None
