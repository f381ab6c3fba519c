"""Sizes, typefaces, pads, countdowns and the speaker: what each changes of a question, and that all go together."""

import re
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Countdown, Look, Size, Typeface
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import PauseView, QuestionView
from mtc_kiosk.kiosk.drawing.fonts import DIGITS, Fonts, Style
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark, Picture, Text, hit
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.question_geometry import QuestionPlaces
from mtc_kiosk.kiosk.drawing.question_layout import question_places
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import Button, ScreenKey
from mtc_kiosk.kiosk.view.scene import Scene
from tests.kiosk.clear import unclear

DISPLAYS = [(1024, 768), (1366, 768), (1920, 1080), (1280, 800), (1280, 1024), (2560, 1080), (3840, 2160), (768, 1024)]
FONTS = Fonts()
QUESTION = QuestionView(25, 25, False, 1, 12, 12, True, "14444", 6, 6)
PADS = {"right": (False, False), "left": (True, False), "none": (False, True)}
REFERENCE_LARGEST = 160  # pixels of the national service's largest sum (docs/reference/pupil-client.md, "Sizes")


def placed(size: tuple[int, int], look: Look, *, no_pad: bool = False, speaker: bool = False) -> QuestionPlaces:
    """The places of a question on a display."""
    return question_places(Layout(*size, FONTS).sized(look.size), theme_of(look, no_pad=no_pad), speaker=speaker)


def drawn(
    shown: QuestionView | PauseView, look: Look = Look(), size: tuple[int, int] = (1366, 768), **more: object
) -> tuple[Mark, ...]:
    """The marks of a scene in a look."""
    scene = replace(Scene(shown, Kind.OFFICIAL, look=look), **more)  # type: ignore[arg-type] # fields by name
    return draw(scene, theme_of(look, no_pad=scene.no_pad), Layout(*size, FONTS))


@pytest.mark.parametrize("size", DISPLAYS)
@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("no_pad", [False, True])
@pytest.mark.parametrize("speaker", [False, True])
def test_each_size_is_larger_than_the_last(
    size: tuple[int, int], typeface: Typeface, no_pad: bool, speaker: bool
) -> None:
    """On every display the sum of each size is larger than that of the size before."""
    ems = [placed(size, Look(size=each, typeface=typeface), no_pad=no_pad, speaker=speaker).style.size for each in Size]
    assert all(smaller < larger for smaller, larger in pairwise(ems)), ems


@given(st.tuples(st.integers(1024, 3840), st.integers(768, 2160)).filter(lambda size: size[0] >= size[1]))
@settings(max_examples=25, deadline=None)
def test_each_size_is_larger_on_any_display(size: tuple[int, int]) -> None:
    """The same on any landscape display, and what is drawn keeps clear of everything."""
    ems = [placed(size, Look(size=each)).style.size for each in Size]
    assert all(smaller < larger for smaller, larger in pairwise(ems)), ems
    layout = Layout(*size, FONTS)
    assert not unclear(drawn(QUESTION, Look(size=Size.XXL), size), layout)
    assert not unclear(drawn(QUESTION, Look(size=Size.XLG), size, label=Kind.TRY), layout)


@pytest.mark.parametrize("size", DISPLAYS)
def test_sizes_follow_the_ratios(size: tuple[int, int]) -> None:
    """Small sizes are the national service's half and three quarters of regular; large ones as far as they fit."""
    ems = {each: placed(size, Look(size=each)).style.size for each in Size}
    regular = ems[Size.RGL]
    assert abs(ems[Size.VSM] - regular / 2) <= 1
    assert abs(ems[Size.SML] - regular * 3 / 4) <= 1
    assert ems[Size.LRG] <= regular * 5 / 4 + 1
    assert ems[Size.XXL] <= regular * 2


def test_documented() -> None:
    """The table of sums in ``docs/screens.md`` is what is drawn."""
    page = (Path(__file__).parents[3] / "docs" / "screens.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+)x(\d+) \|((?: \d+ \|){6})$", page, re.MULTILINE)
    assert len(rows) >= 4
    for width, height, written in rows:
        drawn_ems = [placed((int(width), int(height)), Look(size=each)).style.size for each in Size]
        assert [int(each) for each in written.split("|") if each.strip()] == drawn_ems, (width, height)


@pytest.mark.parametrize("typeface", list(Typeface))
def test_the_largest_is_as_large_as_the_national_one(typeface: Typeface) -> None:
    """At 1024 by 768 the largest sum, beside its pad, has at least the national service's 160 pixels."""
    assert placed((1024, 768), Look(size=Size.XXL, typeface=typeface)).style.size >= REFERENCE_LARGEST


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("pad", list(PADS))
def test_everything_goes_together(size: Size, typeface: Typeface, pad: str) -> None:
    """At 1024 by 768 every size, typeface, pad, speaker and tag go together, in a question and in the practice."""
    on_left, no_pad = PADS[pad]
    look, layout = Look(size=size, typeface=typeface, pad_on_left=on_left), Layout(1024, 768, FONTS)
    for practice, speaker, tagged in product((False, True), (False, True), (0, 1, 2)):
        view = replace(QUESTION, practice=practice, total=3 if practice else 25, has_speaker=speaker)
        view = replace(view, number=view.total, can_repeat=speaker)
        label = Kind.TRY if tagged else Kind.OFFICIAL
        marks = drawn(view, look, (1024, 768), no_pad=no_pad, label=label, not_the_check=tagged == 2)
        assert not unclear(marks, layout), (practice, speaker, tagged)
        hidden = drawn(replace(view, sum_shown=False), look, (1024, 768), no_pad=no_pad, label=label)
        assert not unclear(hidden, layout), (practice, speaker, tagged)


@pytest.mark.parametrize("size", list(Size))
def test_the_countdown_moves_nothing(size: Size) -> None:
    """Without the number only the bar is left, without both no time is shown; no other mark differs."""
    whole = drawn(QUESTION, Look(size=size))
    bar = drawn(QUESTION, Look(size=size, countdown=Countdown.BAR))
    hidden = drawn(QUESTION, Look(size=size, countdown=Countdown.HIDDEN))
    assert [mark for mark in whole if mark in bar] == list(bar)
    assert [mark.text for mark in whole if mark not in bar and isinstance(mark, Text)] == ["6", "seconds left"]
    assert [mark for mark in bar if mark not in hidden] == [mark for mark in whole if isinstance(mark, Bar)]
    no_limit = drawn(replace(QUESTION, seconds=None, seconds_left=None), Look(size=size))
    assert no_limit == hidden


@pytest.mark.parametrize("size", list(Size))
def test_pad_on_the_left(size: Size) -> None:
    """A pad on the left is left of the box, with the same keys; the sum still reads from left to right."""
    right, left = (placed((1366, 768), Look(size=size, pad_on_left=on_left)) for on_left in (False, True))
    assert left.pad is not None
    assert right.pad is not None
    assert left.pad.right < left.box.x
    assert right.pad.x > right.box.right
    assert left.pad[2:] == right.pad[2:]
    assert left.style == right.style


@pytest.mark.parametrize("size", list(Size))
def test_without_a_pad_the_sum_is_in_the_middle(size: Size) -> None:
    """Without the pad there is no key, the sum is no smaller, and sum and box are in the middle of the page."""
    marks, layout = drawn(QUESTION, Look(size=size), no_pad=True), Layout(1366, 768, FONTS)
    assert not [mark for mark in marks if isinstance(mark, Box) and mark.control]
    bare, usual = placed((1366, 768), Look(size=size), no_pad=True), placed((1366, 768), Look(size=size))
    assert bare.style.size >= usual.style.size
    whole = [mark.rect for mark in marks if isinstance(mark, Text) and mark.style == bare.style] + [bare.box]
    centre = (min(rect.x for rect in whole) + max(rect.right for rect in whole)) / 2
    assert abs(centre - layout.page.middle[0]) < layout.px(16)


@pytest.mark.parametrize("typeface", list(Typeface))
@pytest.mark.parametrize("size", list(Size))
def test_digits_of_any_width(typeface: Typeface, size: Size) -> None:
    """Five of the widest digit fit the box, and a typed digit moves none of those before it."""
    places = placed((1366, 768), Look(size=size, typeface=typeface))
    widest = max(FONTS.width(digit * 5, places.style) for digit in DIGITS)
    assert places.answer_left + widest < places.box.right
    answers = [
        drawn(replace(QUESTION, typed="07148"[:count]), Look(size=size, typeface=typeface)) for count in (1, 2, 3, 5)
    ]
    pens = {
        mark.pen
        for marks in answers
        for mark in marks
        if isinstance(mark, Text) and mark.style == places.style and "07148".startswith(mark.text)
    }
    assert len(pens) == 1
    for count in range(1, 5):
        short, long = (FONTS.ink("07148"[:many], places.style) for many in (count, count + 1))
        assert abs(short.left - long.left) <= 1


def test_typefaces_are_different() -> None:
    """Each typeface has its own letters, and one that lacks a letter borrows it from Andika."""
    widths = {FONTS.width("Question", Style(64, typeface=typeface)) for typeface in Typeface}
    assert len(widths) == len(Typeface)
    for typeface in Typeface:
        assert FONTS.ink("\u0219", Style(64, typeface=typeface)).width > 0
        assert FONTS.width("\u0e01", Style(64, typeface=typeface)) == FONTS.width("\u0e01", Style(64))


def test_the_speaker_is_pressed_until_the_first_digit() -> None:
    """It can be pressed while the question may be heard again, then lies flat in the same place."""
    control = ScreenKey("Repeat")
    can, cannot = (
        drawn(replace(QUESTION, typed="", has_speaker=True, can_repeat=can_repeat)) for can_repeat in (True, False)
    )
    (box,) = [mark for mark in can if isinstance(mark, Box) and mark.control == control]
    assert hit(can, *box.rect.middle) == control
    assert hit(cannot, *box.rect.middle) is None
    (flat,) = [mark for mark in cannot if isinstance(mark, Box) and box.rect.holds(mark.rect)]
    assert (box.depth > 0, flat.depth) == (True, 0)
    for marks in (can, cannot):
        assert [mark.drawing for mark in marks if isinstance(mark, Picture)].count(Drawing.SPEAKER) == 1
    listening = drawn(replace(QUESTION, typed="", sum_shown=False, has_speaker=True))
    assert "Listen" in [mark.text for mark in listening if isinstance(mark, Text)]


@pytest.mark.parametrize("size", list(Size))
def test_the_time_left_moves_nothing(size: Size) -> None:
    """In a long pause the time left appears without moving a word or the button."""
    before = PauseView(8, 25, practice=False, next_button=True)
    plain, told = drawn(before, Look(size=size)), drawn(replace(before, minutes_left=1), Look(size=size))
    assert [mark for mark in told if mark in plain] == list(plain)
    assert [mark.text for mark in told if mark not in plain and isinstance(mark, Text)] == ["1 minute is left."]
    (button,) = [mark for mark in told if isinstance(mark, Box) and mark.control == Button.NEXT]
    assert not [
        mark for mark in told if mark not in plain and isinstance(mark, Box) and mark.rect.meets(button.rect.grown(12))
    ] or size in (Size.LRG, Size.XLG, Size.XXL)


@pytest.mark.parametrize("size", list(Size))
def test_a_pause_stands_still(size: Size) -> None:
    """The words of a pause are where they are, whether Next is there yet or not."""
    look = Look(size=size)
    waiting, ready = (drawn(PauseView(8, 25, practice=False, next_button=each), look) for each in (False, True))
    heading = next(mark for mark in waiting if isinstance(mark, Text))
    assert heading in ready
