"""The words of ``access_arrangements.yaml`` that mean nothing to a check itself, only to who gets what."""

from enum import StrEnum


class Choose(StrEnum):
    """What a pupil chooses themselves."""

    CHOOSE = "choose"


class Cleared(StrEnum):
    """What takes away the arrangements given further up."""

    NONE = "none"


class NoLimit(StrEnum):
    """A question of "try it out" that waits for its answer."""

    NO_LIMIT = "no_limit"


class Pointer(StrEnum):
    """The mouse's pointer."""

    USUAL = "usual"
    LARGE = "large"


class Pad(StrEnum):
    """Which side of the screen the number pad is on."""

    RIGHT = "right"
    LEFT = "left"
