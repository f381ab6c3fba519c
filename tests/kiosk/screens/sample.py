"""Which scenes a test draws on which displays: a sample, as every screen looks after its own fit when it is drawn."""

from collections.abc import Iterable

Size = tuple[int, int]

SIZES: list[Size] = [(1024, 768), (1280, 800), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160), (768, 1024)]
"""Displays that schools have, in pixels, and one that is turned."""

TIGHTEST: tuple[Size, ...] = ((1024, 768), (768, 1024))
"""What fits these mostly fits the others."""


def scenes_and_sizes(names: Iterable[str]) -> list[tuple[str, tuple[Size, ...]]]:
    """Each scene with the two tightest displays and one of the others, which take turns."""
    others = [size for size in SIZES if size not in TIGHTEST]
    return [(name, (*TIGHTEST, others[number % len(others)])) for number, name in enumerate(names)]
