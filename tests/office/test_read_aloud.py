"""The words to read to the class fit the school's settings, and are easy to read aloud."""

from decimal import Decimal

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.settings import CHECK
from mtc_kiosk.office.read_aloud import script, seconds_in_words
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting


def words(home: Home, kind: Kind = Kind.OFFICIAL) -> str:
    """Everything that is read aloud."""
    with acting(home) as office:
        return " ".join(" ".join(one.sentences) for one in script(office, kind).passages if one.aloud)


def test_the_national_rules_are_read_as_they_are(home: Home) -> None:
    """25 questions, 3 to practise, 6 seconds, a rest of 3."""
    read = words(home)
    for part in (
        "There are 25 questions.",
        "Before them come 3 questions to practise. They do not count.",
        "You have 6 seconds for each question.",
        "Before each question there is a rest of 3 seconds.",
        "You get another question for a spoilt one.",
        "“Yes, that is me”",
    ):
        assert part in read, part


def test_a_schools_own_rules_change_the_words(home: Home) -> None:
    """Other numbers; no practice; a spoilt question is not replaced."""
    (home.config_dir / CHECK).write_text(
        "timings:\n  question_seconds: 7.5\n  pause_seconds: 1.000\npractice: []\n"
        "faults:\n  interrupted_question: forfeit\n",
        encoding="utf-8",
    )
    read = words(home)
    assert "You have 7.5 seconds" in read
    assert "a rest of 1 second." in read
    assert "practise" not in read
    assert "spoilt" not in read


def test_trying_it_out_says_that_nothing_counts(home: Home) -> None:
    """And the check does not."""
    assert "It does not count." in words(home, Kind.TRY)
    assert "It does not count." not in words(home)


@pytest.mark.parametrize("kind", list(Kind))
def test_sentences_are_short_enough_to_follow(home: Home, kind: Kind) -> None:
    """Under 20 words each, whoever they are for; no false promise of extra time or a pause."""
    with acting(home) as office:
        passages = script(office, kind).passages
        assert script(office, kind).beginning.startswith("Today you")
    for passage in passages:
        for line in passage.sentences:
            for sentence in line.split(". "):
                assert len(sentence.split()) < 20, sentence


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [("6.000", "6 seconds"), ("1", "1 second"), ("7.250", "7.25 seconds"), ("60", "60 seconds")],
)
def test_seconds_as_they_are_said(seconds: str, expected: str) -> None:
    """Without needless noughts, and never as an exponent."""
    assert seconds_in_words(Decimal(seconds)) == expected
