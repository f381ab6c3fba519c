"""The smallest window that every screen fits, known before there is a window.

In a module that imports nothing: a command checks ``--windowed`` before it loads what draws.
"""

LEAST_SIDES = (400, 600)
"""The shorter and the longer side, in pixels, of the smallest window that every screen fits."""


def is_large_enough(size: tuple[int, int]) -> bool:
    """Whether every screen can be laid out in a window of this size."""
    return all(side >= least for side, least in zip(sorted(size), LEAST_SIDES, strict=True))
