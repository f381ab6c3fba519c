"""The order of kiosks by name, in every list."""

import re


def natural(kiosk: str) -> tuple[tuple[int, str], ...]:
    """What to sort a name by: ``PC-9`` before ``PC-10``, without regard to capitals."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", kiosk.casefold())
    return tuple((int(piece), "") if piece.isdecimal() and piece.isascii() else (0, piece) for piece in pieces)
