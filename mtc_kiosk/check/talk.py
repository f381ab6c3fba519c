"""What the audio version speaks and until when, by the lengths of recordings. It plays nothing.

One recording plays and at most one waits; a newer one replaces the one that waits. All times are int microseconds
within the attempt.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """``until``: when the recording playing now ends. ``then``: the length of the one that waits, 0 for none."""

    until: int = 0
    then: int = 0

    @property
    def over(self) -> int:
        """When all speech is over."""
        return self.until + self.then

    def say(self, at: int, lasts: int) -> "Talk":
        """Add a recording at ``at``: it plays at once if none is playing, else it replaces the one that waits."""
        if at >= self.over:
            return Talk(at + lasts)
        if at >= self.until:  # the one that waited is playing
            return Talk(self.over, lasts)
        return Talk(self.until, lasts)


def cut_in(at: int, lasts: int) -> Talk:
    """Play a recording at once, and drop what was playing or waiting."""
    return Talk(at + lasts)
