"""A picture: inline SVG without script or style, a sentence for who cannot see it, and the same as a table.

Colours are classes of ``assets/console/insight.css``, because the pages of the console allow no style in an element.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape


@dataclass(frozen=True)
class SameAsTable:
    """The table beside a picture: a caption, the heads of the columns, and rows of text whose first cell heads each."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """``svg`` is safe markup; ``sentence`` says what it shows; ``table`` has the same figures."""

    svg: Markup
    sentence: str
    table: SameAsTable


def drawing(width: float, height: float, sentence: str, parts: Sequence[Markup], kind: str) -> Markup:
    """The whole SVG, which takes the width that there is; ``kind`` is its class."""
    return element(
        "svg", *parts, viewBox=f"0 0 {number(width)} {number(height)}", role="img", aria_label=sentence, class_=kind
    )


def element(name: str, *parts: str, **attributes: str | float) -> Markup:
    """An element. A part that is no markup is escaped; ``class_`` is ``class``, ``aria_label`` is ``aria-label``."""
    given = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    inside = "".join(part if isinstance(part, Markup) else escape(part) for part in parts)
    return Markup(f"<{name}{given}>{inside}</{name}>")  # noqa: S704 - each part is escaped above


def number(value: float) -> str:
    """``12.5``, ``12``: two decimals at most, the same on every PC."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)
