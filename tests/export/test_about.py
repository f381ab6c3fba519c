"""What an export says about itself: whose check it is, and whether its pupils are made up."""

from datetime import datetime
from pathlib import Path

import pytest

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About, beside

from .examples import LONDON

MADE_AT = datetime(2026, 6, 3, 9, 5, tzinfo=LONDON)


@pytest.mark.parametrize("made_up", [True, False])
def test_it_says_that_this_is_the_schools_own_check(made_up: bool) -> None:
    """Always; and before that, of made-up pupils, that they are."""
    about = About("Results", "Larkfield Primary", MADE_AT, made_up, ("A note.",))
    assert about.sentences == (*((MADE_UP,) if made_up else ()), OWN_CHECK, "A note.")


def test_the_text_is_one_that_notepad_shows() -> None:
    """A mark, CRLF, a heading, when it was made, a sentence a paragraph."""
    text = About("Results", "Larkfield", MADE_AT, False, ("A note.",)).to_text()
    assert text.decode("utf-8-sig").split("\r\n") == [
        "Results: Larkfield",
        "==================",
        "",
        "Made on 3 June 2026 at 09:05",
        "",
        OWN_CHECK,
        "",
        "A note.",
        "",
    ]
    assert text.startswith(b"\xef\xbb\xbf")


def test_json_holds_the_same() -> None:
    """With the time and its offset."""
    about = About("Results", "Larkfield", MADE_AT, True).to_json()
    assert about == {
        "what": "Results",
        "school": "Larkfield",
        "made_at": "2026-06-03T09:05:00+01:00",
        "made_up_pupils": True,
        "own_check": True,
        "notes": [MADE_UP, OWN_CHECK],
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [("results.csv", "results.about.txt"), ("June.results.csv", "June.results.about.txt"), ("r", "r.about.txt")],
)
def test_the_text_stands_beside_the_file(name: str, told: str) -> None:
    """Under the file's own name."""
    assert beside(Path("folder") / name) == Path("folder") / told
