"""What the audio version is saying and until when, counted by the lengths of recordings. It plays nothing.

One recording plays and at most one waits; a newer one takes the waiting one's place. All times are int microseconds
within the attempt.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """``until`` is when what is being said ends; ``then`` is how long what waits for that will last, 0 for nothing."""

    until: int = 0
    then: int = 0

    @property
    def over(self) -> int:
        """When everything is said."""
        return self.until + self.then

    def say(self, at: int, lasts: int) -> "Talk":
        """Say something at ``at``: at once where nothing is being said, else in the place of what waits."""
        if at >= self.over:
            return Talk(at + lasts)
        if at >= self.until:  # what waited is being said
            return Talk(self.over, lasts)
        return Talk(self.until, lasts)


def cut_in(at: int, lasts: int) -> Talk:
    """Something is said at once, whatever was being said."""
    return Talk(at + lasts)
