"""Everything that must be recorded, name by name with its text: the script for a person who records it.

It goes through every page that is read out, in every state and with every setting that ``check.yaml`` allows. With the
national settings a sentence is recorded whole; with others it is assembled from its pieces and numbers.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from mtc_kiosk.check.arrangements import Code, Colours, Size
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.form import LARGEST_FACTOR, SMALLEST_FACTOR, Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView
from mtc_kiosk.kiosk.audio import recordings
from mtc_kiosk.kiosk.flow.stage import NOT_NOW, READY
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field
from mtc_kiosk.kiosk.view.page_text import label_of, spoken
from mtc_kiosk.kiosk.view.scene import (
    AgainView,
    AssistantView,
    ColoursView,
    ConfirmView,
    FinishedView,
    HowWasItView,
    KeyboardView,
    Scene,
    SettingsView,
    Shown,
    SizeView,
    WaitView,
)

MOST_QUESTIONS, MOST_PRACTICE, MOST_MINUTES = recordings.MOST_WHOLE, 10, 90
"""The limits of ``check.yaml``; a question lasts no longer than 60 seconds."""

NATIONAL = PageView(Page.EXPECT, practice_questions=3, questions=25, seconds="6")

_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_POINT = "point"


def needed() -> Mapping[str, str]:
    """The text of every recording by its name, without the beeps, which are not spoken."""
    texts = {**_questions(), **_digits(), **_pauses(), **_numbers()}
    for text in _whole_sentences():
        _add(texts, recordings.sentence(text), text)
    for text in _counted_sentences():
        if recordings.sentence(text) not in texts:
            for piece in _pieces(text):
                _add(texts, recordings.sentence(piece), piece)
    return texts


def _add(texts: dict[str, str], name: str, text: str) -> None:
    """Add a text; two texts with the same name may differ only in punctuation and capitals."""
    kept = texts.setdefault(name, text)
    if _bare(kept) != _bare(text):
        raise AssertionError(f"{kept!r} and {text!r} would both be called {name}.")


def _bare(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _pieces(text: str) -> Iterator[str]:
    """The words of a sentence without its numbers; a comma keeps the voice up where a number follows."""
    *before, last = recordings.pieces(text)
    yield from (f"{piece}," for piece in before if re.search("[a-z]", piece))
    yield from (piece for piece in (last,) if re.search("[a-z]", piece))


def _questions() -> dict[str, str]:
    factors = range(SMALLEST_FACTOR, LARGEST_FACTOR + 1)
    return {
        recordings.question(Item(first, second)): f"{_COUNTED[first]} times {_COUNTED[second]}"
        for first, second in product(factors, factors)
    }


def _digits() -> dict[str, str]:
    typed = {recordings.digit(figure): _COUNTED[int(figure)] for figure in recordings.DIGITS}
    return typed | {recordings.delete(figure): f"Delete {_COUNTED[int(figure)]}" for figure in recordings.DIGITS}


def _pauses() -> dict[str, str]:
    practised = {recordings.coming(n, practice=True): words.coming(n, True) for n in range(1, MOST_PRACTICE + 1)}
    return practised | {
        recordings.coming(n, practice=False): words.coming(n, False) for n in range(1, MOST_QUESTIONS + 1)
    }


def _numbers() -> dict[str, str]:
    """From 10 on; the digits below that are there already."""
    spoken_so = {n: recordings.number(str(n)) for n in range(10, MOST_MINUTES + 1)}
    return {names[0]: str(n) for n, names in spoken_so.items() if len(names) == 1} | {recordings.POINT: _POINT}


def _whole_sentences() -> Iterator[str]:
    for scene in pages(NATIONAL):
        yield from spoken(scene)
        yield from (label for control in controls() if (label := label_of(control, scene)) is not None)
    yield words.minutes_left(0)


def _counted_sentences() -> Iterator[str]:
    """The same pages with other numbers: one of a thing, several, and no limit."""
    for practice, questions, seconds in product((0, 1, 2), (1, 2), ("", "1", "6.5")):
        for scene in pages(PageView(Page.EXPECT, practice, questions, seconds)):
            yield from spoken(scene)
    yield from (words.minutes_left(minutes) for minutes in (1, 2))


def pages(counts: PageView) -> Iterator[Scene]:
    """Every page that is read out, in every state, with the numbers of ``counts``."""
    both = (Button.COLOURS, Button.SIZE)
    for shown, label in product(_shown(counts), (Kind.TRY, Kind.OFFICIAL)):
        yield Scene(shown, label)
        yield Scene(shown, label, held_open=True)
        yield Scene(shown, label, not_mine=True)
        if label is Kind.TRY:
            yield Scene(shown, label, changes=both, not_the_check=True)


def _shown(counts: PageView) -> Iterator[Shown]:
    for page in Page:
        yield PageView(page, counts.practice_questions, counts.questions, counts.seconds)
    yield replace(counts, page=Page.PRACTICE_COMPLETE, practised=False)
    yield ConfirmView("", "", "", "", "")
    yield from (HeldView(Cause.UNKNOWN, only_stop=only_stop) for only_stop in (False, True))
    yield from (EndedView(outcome) for outcome in Outcome)
    yield from (HowWasItView(chosen) for chosen in (None, Feeling.EASY))
    yield from (FinishedView(), AgainView(can_go_again=True), AgainView(can_go_again=False))
    yield from (NOT_NOW, READY)
    yield from (WaitView(said, can_try=False) for said in (words.PC_NEEDS_HELP, words.ONE_MOMENT))
    yield from (ColoursView(Colours.BOW), SizeView(Size.RGL))
    yield SettingsView(tuple(Code), can_change_colours=True, can_change_size=True)
    yield AssistantView("", "", Field.FORENAME, words.ASSISTANT_WRONG, can_go_on=True)
    yield from (KeyboardView(key_pressed=pressed) for pressed in (False, True))
    yield PauseView(counts.questions, counts.questions, practice=False, next_button=True)


def controls() -> Iterator[Control]:
    """Every control on a page that is read out."""
    buttons = (Button.NEXT, Button.SEND, Button.SKIP, Button.AGAIN, Button.LEAVE, Button.RESUME, Button.STOP)
    yield from (*buttons, Button.THATS_ME, Button.NOT_ME, Button.COLOURS, Button.SIZE, Button.BACK)
    yield from (*Feeling, *Colours, *Size, *Field)
