"""What a test asks a page in a real browser: axe's findings, and whether it is as wide as its window."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "axe" / "axe.min.js"
WIDTHS = (320, 768, 1920)

_RUN = (
    "async () => (await axe.run(document, {resultTypes: ['violations']})).violations.map("
    "v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', '))"
)
_TOO_WIDE = (
    "() => { const root = document.scrollingElement; if (root.scrollWidth <= window.innerWidth) return [];"
    " const found = [...document.querySelectorAll('body *')].filter(e => {"
    " const box = e.getBoundingClientRect(); return box.width && box.right > window.innerWidth + 1; });"
    " return ['' + root.scrollWidth, ...found.slice(0, 3).map(e => e.tagName + '.' + e.className)]; }"
)


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is, with the elements concerned."""
    page.evaluate(_axe())
    found: list[Any] = page.evaluate(_RUN)
    return [str(one) for one in found]


def too_wide(page: Page) -> list[str]:
    """At each width at which the page scrolls sideways: the width, and what sticks out."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        sticking = page.evaluate(_TOO_WIDE)
        if sticking:
            found.append(f"{width}: {' '.join(str(one) for one in sticking)}")
    page.set_viewport_size({"width": 1366, "height": 768})
    return found
