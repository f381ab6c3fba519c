"""The typeface of files that need no network: fonts inside the style sheet instead of their addresses.

Alone, because slips and reports share it.
"""

import base64
from functools import cache

from mtc_kiosk.resources import asset

FONTS = ("Andika-Regular.ttf", "Andika-Bold.ttf")


def with_fonts(style: str) -> str:
    """The style sheet with each font in it where it has the font's address."""
    for name in FONTS:
        style = style.replace(f"/fonts/{name}", f"data:font/ttf;base64,{_encoded(name)}")
    return style


@cache
def _encoded(name: str) -> str:
    return base64.b64encode(asset("fonts", name).read_bytes()).decode("ascii")
