"""Words of ``access_arrangements.yaml`` that decide who gets what and do not reach the check itself.

Apart from ``arrangements_settings``, which needs pydantic: a kiosk starts from kept settings without it.
"""

from enum import StrEnum


class Choose(StrEnum):
    """What a pupil may choose."""

    CHOOSE = "choose"


class Cleared(StrEnum):
    """The word that removes arrangements given further up."""

    NONE = "none"


class NoLimit(StrEnum):
    """A question of "try it out" that waits for its answer."""

    NO_LIMIT = "no_limit"


class Pointer(StrEnum):
    """The size of the mouse pointer."""

    USUAL = "usual"
    LARGE = "large"


class Pad(StrEnum):
    """Which side of the screen the number pad is on."""

    RIGHT = "right"
    LEFT = "left"
