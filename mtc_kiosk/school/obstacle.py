"""Why something may not be done: a code for programs and a sentence for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ObstacleCode(StrEnum):
    """The kinds of obstacle; listed in ``docs/school-rules.md``."""

    # About one pupil
    LEFT = "left"
    HAS_REASON = "has_reason"
    NO_REASON = "no_reason"
    HAS_PIN = "has_pin"
    NO_PIN = "no_pin"
    SIGNED_IN = "signed_in"
    HAS_BEGUN = "has_begun"
    NOT_BEGUN = "not_begun"
    COMPLETE = "complete"
    RUNNING = "running"
    HAS_RESTART = "has_restart"
    NO_RESTART = "no_restart"
    MAXIMUM = "maximum"
    NEEDS_HEAD = "needs_head"
    TWO_CHECKS = "two_checks"
    NOT_COMPLETE = "not_complete"
    HAS_ASSISTANT = "has_assistant"
    NO_ASSISTANT = "no_assistant"
    GIVEN_ELSEWHERE = "given_elsewhere"
    # About the whole
    UNKNOWN_CODE = "unknown_code"
    NOT_OFFERED = "not_offered"
    PAST_DAY = "past_day"
    OTHER_DAY = "other_day"
    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    NOT_RELEASED = "not_released"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOBODY = "nobody"
    NO_PINS_LEFT = "no_pins_left"
    NO_SESSION = "no_session"
    NOT_A_NAME = "not_a_name"
    NOT_A_TEXT = "not_a_text"
    # About an account of staff
    NO_ACCOUNT = "no_account"
    NAME_TAKEN = "name_taken"
    NO_ROLE = "no_role"
    COVER_ALONE = "cover_alone"
    NOT_A_TEACHER = "not_a_teacher"
    LAST_OWNER = "last_owner"
    CHANGED_MEANWHILE = "changed_meanwhile"


@dataclass(frozen=True)
class Obstacle:
    """One obstacle. ``sentence`` continues a pupil's name ("has a PIN already"), or is a whole sentence."""

    code: ObstacleCode
    sentence: str


TWO_CHECKS = Obstacle(
    ObstacleCode.TWO_CHECKS,
    "took two checks, and only one can count. A head chooses which",
)


@dataclass(frozen=True)
class PupilObstacle:
    """An obstacle and its pupil; ``pupil_id`` is None if it is not about one pupil."""

    obstacle: Obstacle
    pupil_id: int | None = None


class Refused(Exception):
    """The action was refused and changed nothing; ``obstacles`` are all the reasons."""

    def __init__(self, obstacles: Iterable[PupilObstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__(" ".join(f"{one.pupil_id or ''} {one.obstacle.sentence}".strip() for one in self.obstacles))


def refuse(why: ObstacleCode, sentence: str, *because: PupilObstacle) -> Refused:
    """Make the refusal of a whole command, from a sentence and the obstacles behind it."""
    return Refused((PupilObstacle(Obstacle(why, sentence)), *because))
