"""The pages of access arrangements: what they hold, what is chosen, what waits."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.arrangements import Code, Colours, Look, Size
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import PageView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Text, controls, hit
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import SCHEMES, theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import AssistantView, ColoursView, KeyboardView, Scene, SettingsView, Shown, SizeView

FONTS = Fonts()
NEXT = Button.NEXT
SIZES = [(1024, 768), (1366, 768), (768, 1024)]
NAMES = AssistantView("Mary-Ann", "O'Brien", Field.SURNAME, can_go_on=True)


def drawn(shown: Shown, size: tuple[int, int] = (1366, 768), **scene: object) -> tuple[Mark, ...]:
    """The marks of a scene in its own look."""
    given = replace(Scene(shown, Kind.OFFICIAL), **scene)  # type: ignore[arg-type] # fields by name
    return draw(given, theme_of(given.look), Layout(*size, FONTS))


def said(marks: tuple[Mark, ...]) -> list[str]:
    """Every line of words."""
    return [mark.text for mark in marks if isinstance(mark, Text)]


def box_of(marks: tuple[Mark, ...], control: Control) -> Box:
    """The one box with this control."""
    (box,) = [mark for mark in marks if isinstance(mark, Box) and mark.control == control]
    return box


@pytest.mark.parametrize("chosen", list(Colours))
def test_colours_are_shown_as_they_are(chosen: Colours) -> None:
    """Each scheme is shown in its own colours; the chosen one has a tick and a thicker border."""
    marks = drawn(ColoursView(chosen), look=Look(colours=chosen))
    assert controls(marks) == (*(each for each in Colours), NEXT)
    for each in Colours:
        box = box_of(marks, each)
        assert (box.fill, box.line) == (SCHEMES[each].paper, SCHEMES[each].ink)
        (label,) = [mark for mark in marks if isinstance(mark, Text) and box.rect.holds(mark.rect)]
        assert (label.text, label.colour) == (words.COLOURS[each], SCHEMES[each].ink)
    borders = {each: box_of(marks, each).border for each in Colours}
    assert max(borders, key=lambda each: borders[each]) is chosen
    assert [mark.drawing for mark in marks if isinstance(mark, Picture)] == [Drawing.TICK]
    paper = marks[0]
    assert isinstance(paper, Box)
    assert paper.fill == SCHEMES[chosen].paper
    assert words.SAMPLE in said(marks)


@pytest.mark.parametrize("size", SIZES)
def test_sizes_are_shown_as_they_are(size: tuple[int, int]) -> None:
    """Each size is larger than the one before it, and so is the sum below when it is chosen."""
    marks = drawn(SizeView(Size.RGL), size)
    assert controls(marks) == (*(each for each in Size), NEXT)
    labels = [mark.style.size for mark in marks if isinstance(mark, Text) and mark.text in words.SIZES.values()]
    assert labels == sorted(set(labels))
    samples = []
    for each in Size:
        chosen = drawn(SizeView(each), size, look=Look(size=each))
        samples += [mark.style.size for mark in chosen if isinstance(mark, Text) and mark.text == words.SAMPLE]
    assert samples == sorted(samples)
    assert len(set(samples)) >= 5


@pytest.mark.parametrize("size", SIZES)
def test_choices_stand_still(size: tuple[int, int]) -> None:
    """Whatever size is chosen, every choice stays where it is under the finger."""
    for view, names in (
        (SizeView, list(Size)),
        (lambda _: ColoursView(Colours.BOP), list(Colours)),
    ):
        places = {
            tuple(box_of(drawn(view(each), size, look=Look(size=each)), name).rect for name in names) for each in Size
        }
        assert len(places) == 1


def test_settings_are_in_order() -> None:
    """Everything the pupil has in the order of the words, each behind a tick, and nothing the pupil has not."""
    marks = drawn(SettingsView(tuple(Code), True, True))
    listed = [line for line in said(marks) if line in words.ARRANGEMENTS.values()]
    assert listed == list(words.ARRANGEMENTS.values())
    assert [mark.drawing for mark in marks if isinstance(mark, Picture)] == [Drawing.TICK] * len(Code)
    assert controls(marks) == (NEXT, Button.COLOURS, Button.SIZE)
    few = drawn(SettingsView((Code.ATA, Code.CCT), True, False))
    assert [line for line in said(few) if line in words.ARRANGEMENTS.values()] == [
        words.ARRANGEMENTS[Code.CCT],
        words.ARRANGEMENTS[Code.ATA],
    ]
    assert controls(few) == (NEXT, Button.COLOURS)
    assert controls(drawn(SettingsView((Code.ATA,), False, False))) == (NEXT,)


@pytest.mark.parametrize("size", SIZES)
def test_an_assistant_can_be_typed_without_a_keyboard(size: tuple[int, int]) -> None:
    """Every letter, the hyphen, the apostrophe, the space, the way back and the other box can be pressed."""
    marks = drawn(NAMES, size)
    for key in (*"abcdefghijklmnopqrstuvwxyz", "-", "'", "Space", "Backspace", "Tab"):
        assert hit(marks, *box_of(marks, ScreenKey(key)).rect.middle) == ScreenKey(key)
    for field in (Field.FORENAME, Field.SURNAME):
        assert hit(marks, *box_of(marks, field).rect.middle) == field


def test_next_waits_for_both_names() -> None:
    """Next is flat and cannot be pressed until both names may be; a message moves nothing."""
    boxes = (Field.FORENAME, Field.SURNAME)
    assert controls(drawn(replace(NAMES, can_go_on=False))) == boxes
    assert controls(drawn(NAMES)) == (*boxes, NEXT)
    plain, told = drawn(NAMES), drawn(replace(NAMES, message=words.ASSISTANT_WRONG))
    assert said(tuple(mark for mark in told if mark not in plain)) == list(words.ASSISTANT_WRONG)
    assert said(tuple(mark for mark in plain if mark not in told)) == list(words.ASSISTANT_SENTENCES)


def test_next_waits_for_a_key() -> None:
    """Without a pad Next waits for a key of the keyboard; then only words and button differ."""
    waiting, found = drawn(KeyboardView(key_pressed=False)), drawn(KeyboardView(key_pressed=True))
    assert controls(waiting) == ()
    assert controls(found) == (NEXT,)
    assert [mark for mark in waiting if isinstance(mark, Picture)] == [
        mark for mark in found if isinstance(mark, Picture)
    ]


@pytest.mark.parametrize("size", SIZES)
def test_changes_leave_next_alone(size: tuple[int, int]) -> None:
    """The buttons to change colours and size are below Next and move nothing."""
    view = PageView(Page.EXPECT, 3, 25, "6")
    plain = drawn(view, size, label=Kind.TRY)
    both = drawn(view, size, label=Kind.TRY, changes=(Button.COLOURS, Button.SIZE))
    assert [mark for mark in both if mark in plain] == list(plain)
    assert controls(both) == (NEXT, Button.COLOURS, Button.SIZE)


def test_the_tag_says_what_is_not_the_check() -> None:
    """Where the time limits are others the tag says so, also in words, in place of "try it out"."""
    view = PageView(Page.EXPECT, 3, 25, "")
    marks = drawn(view, label=Kind.TRY, not_the_check=True)
    assert words.NOT_THE_CHECK_TAG in said(marks)
    assert words.TRY_TAG not in said(marks)
    assert not [line for line in said(marks) if "second" in line]
    assert words.EXPECT_NO_LIMIT[0] in said(marks)
