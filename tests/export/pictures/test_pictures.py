"""Every picture: well-formed, within its edges, the same bytes each time, its looks in the style sheet, its words large
enough on paper and dark enough for everybody.
"""

import hashlib
import os
import re
import subprocess
import sys
from itertools import product

import pytest

from mtc_kiosk.export.pictures.shapes import HALF, PAPER, THIRD
from tests.export.pictures.geometry import outside, root_of
from tests.export.pictures.made import ASSETS, made_now, pictures

NAMES = sorted(pictures())
CSS = (ASSETS / "console" / "insight.css").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--i-([a-z-]+):(#[0-9A-F]{6})", CSS))

ON_A_PAGE = 673
"""Pixels on A4 within margins of 12 mm and a card's padding of 4 mm."""

HALF_A_PAGE, A_THIRD = 312, 220
SMALLEST = 11


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_and_says_what_it_is(name: str) -> None:
    """XML with a role and the sentence; no style, script or address from outside; a table with a head for each cell."""
    one = pictures()[name]
    root = root_of(one)
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", one.sentence)
    assert one.sentence.endswith(".")
    for element in root.iter():
        assert element.tag in {"svg", "g", "title", "text", "rect", "circle", "path"}
        assert not {"style", "id", "href", "fill", "stroke", "onload"} & set(element.keys())
    assert "nan" not in one.svg.lower().replace("nation", "")
    assert one.table.rows
    assert {len(row) for row in one.table.rows} == {len(one.table.heads)}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_outside_the_picture(name: str) -> None:
    """What sticks out of the viewBox would be cut off."""
    assert outside(pictures()[name]) == []


@pytest.mark.parametrize("name", NAMES)
def test_words_are_large_enough_on_paper(name: str) -> None:
    """11 pixels on A4: a wide picture has the page, any other half of it."""
    root = root_of(pictures()[name])
    width = float(root.get("viewBox", "").split()[2])
    assert width in {PAPER, HALF} or width <= THIRD
    scale = ON_A_PAGE / PAPER if width == PAPER else HALF_A_PAGE / HALF if width > THIRD else A_THIRD / THIRD
    sizes = [float(element.get("font-size", "0")) for element in root.iter("text")]
    assert all(size * scale >= SMALLEST for size in sizes)


def test_the_same_input_gives_the_same_bytes_in_any_process() -> None:
    """Made again here, and by a Python that orders sets in another way."""
    here = [str(one.svg) + repr(one.table) for one in made_now().values()]
    assert here == [str(one.svg) + repr(one.table) for one in pictures().values()]
    code = (
        "import hashlib; from tests.export.pictures.made import pictures;"
        "print(hashlib.sha256(''.join(str(one.svg) for one in pictures().values()).encode()).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    ).stdout
    svgs = "".join(str(one.svg) for one in pictures().values())
    assert told.strip() == hashlib.sha256(svgs.encode("utf-8")).hexdigest()


def test_every_look_of_a_picture_is_in_the_style_sheet() -> None:
    """A class that the sheet does not know would be drawn black, and one that no picture has is left over."""
    used = {
        look
        for one in pictures().values()
        for element in root_of(one).iter()
        for look in (element.get("class") or "").split()
    }
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", re.sub(r"/\*.*?\*/|\{[^}]*\}", " ", CSS, flags=re.DOTALL)))
    assert known - {"in-roll", "report", "cols"} == used


def test_the_colours_are_those_of_the_console() -> None:
    """The sheet has tokens of its own, for a report in a file; they are the console's by another name."""
    console = dict(
        re.findall(r"--([a-z-]+):(#[0-9A-F]{6})", (ASSETS / "console" / "console.css").read_text(encoding="utf-8"))
    )
    assert {name: colour for name, colour in TOKENS.items() if name in console} == {
        name: console[name] for name in TOKENS if name in console
    }
    assert set(TOKENS) - set(console) == {"look-pale"}


@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        *product(("ink", "soft"), ("card", "paper"), (7.0,)),
        *product(("ink",), ("look-pale", "look", "look-wash", "mark-wash", "key"), (7.0,)),
        ("card", "look-deep", 7.0),
        *product(("mark", "ink", "look-edge", "look-deep", "field"), ("card",), (3.0,)),
        ("mark", "mark-wash", 3.0),
        ("ink", "look", 3.0),
    ],
)
def test_contrast(words: str, ground: str, least: float) -> None:
    """Words 7:1 on whatever they are drawn on; signs and edges that mean something 3:1."""
    lighter, darker = sorted((_luminance(TOKENS[words]), _luminance(TOKENS[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
