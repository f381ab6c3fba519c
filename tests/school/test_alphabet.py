"""Names and groups are compared and put in order as a British school's lists have them."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.alphabet import folded, group_order, name_order
from mtc_kiosk.school.selection import groups
from tests.check.profile import QUICK
from tests.school.made_up import pupil


def test_names_are_ordered_without_accents_capitals_and_marks() -> None:
    """As a list on the wall has them."""
    names = ["Öz", "O'Brien", "oakes", "Obrien-Smith", "Zed", "Élan", "Eve"]
    assert sorted(names, key=name_order) == ["Élan", "Eve", "oakes", "O'Brien", "Obrien-Smith", "Öz", "Zed"]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Łukasz", "Luka", "Luke"),
        ("Łąka", "Kyle", "Lund"),
        ("Świątek", "Sutton", "Taylor"),
        ("Şahin", "Sadler", "Salt"),
        ("Çelik", "Carter", "Cole"),
        ("Øster", "Osborne", "Otter"),
        ("Đurić", "Drew", "Dyer"),
        ("Ðalir", "Dale", "Day"),
        ("Þórsson", "Tennant", "Tiller"),
        ("Ærø", "Adams", "Ali"),
        ("Œuvray", "Odell", "Oxley"),
        ("Ħabib", "Gray", "Hale"),
        ("Ŧorne", "Todd", "Tower"),
        ("Ŋoze", "Neal", "Nye"),
        ("Ɓello", "Bell", "Bent"),
        ("Ɗanjuma", "Dale", "Day"),
        ("Ẹlẹ́gbà", "Eld", "Ellis"),
        ("Iğdır", "Iddon", "Ilic"),
        ("ıdil", "Ide", "Ido"),
        ("İnan", "Ilic", "Ives"),
        ("Nguyễn", "Nash", "Noble"),
        ("Größer", "Gross", "Grove"),
        ("Ångström", "Anders", "Anson"),
        ("MacDonald", "Mabey", "Mason"),
        ("McDonald", "Mason", "Meade"),
        ("Mc Donald", "Mbeki", "McArthur"),
        ("O\u2019Brien", "Oakes", "Oddie"),
        ("O'Neill", "Odell", "Ong"),
        ("de Souza", "Dawes", "Dean"),
        ("van der Berg", "Vale", "Vance"),
        ("St. John", "St Ives", "Stone"),
    ],
)
def test_a_letter_is_where_people_look_for_it(name: str, before: str, after: str) -> None:
    """A letter with a stroke, a hook or an accent is under the letter it is drawn from; a particle as it is written."""
    assert sorted([after, name, before], key=name_order) == [before, name, after]


def test_an_accent_decides_only_between_names_that_are_otherwise_the_same() -> None:
    """The plain one first; the first names come before the accents of the last names."""
    mixed = [
        pupil(1, surname="Müller", forename="Zoe"),
        pupil(2, surname="Muller", forename="Zoë"),
        pupil(3, surname="Müller", forename="Anna"),
        pupil(4, surname="Muller", forename="Zoe"),
        pupil(5, surname="Mullerin", forename="Al"),
        pupil(6, surname="Muller", forename="Ben"),
    ]
    assert [one.id for one in sorted(mixed, key=lambda one: one.order)] == [3, 6, 4, 2, 1, 5]


def test_a_double_name_comes_behind_its_first_part_however_it_is_joined() -> None:
    """A hyphen parts words as a space does, and both names stay together."""
    names = ["Smithson", "Smith-Jones", "Smith", "Smith Jones", "Smith Adams", "Smithe"]
    expected = ["Smith", "Smith Adams", "Smith Jones", "Smith-Jones", "Smithe", "Smithson"]
    assert sorted(names, key=name_order) == expected


def test_groups_are_in_order_of_their_numbers() -> None:
    """4B is before 10A; capitals and the space in 4 B make no difference, and no group comes last."""
    there = ["10A", "", "4B", "Oak", "4a", "10", "4 C", "Year 10", "Year 4", "Ash", "4/D"]
    expected = ["4a", "4B", "4 C", "4/D", "10", "10A", "Ash", "Oak", "Year 4", "Year 10", ""]
    assert sorted(there, key=group_order) == expected
    assert groups(pupil(number, group_name=group) for number, group in enumerate(there)) == expected[:-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "zoe"),
        ("ZOË", "zoe"),
        ("Łukaszewicz", "Lukaszewicz"),
        ("O\u2019Brien", "O'Brien"),
        ("O\u02bcBrien", "OBRIEN"),
        ("Anne-Marie", "anne  marie"),
        ("Straße", "STRASSE"),
        ("St. John", "St John"),
    ],
)
def test_two_ways_of_writing_a_name_are_one(one: str, other: str) -> None:
    """Capitals, accents, apostrophes, hyphens and spaces aside."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Amy", "Ami"), ("Ann Marie", "Annmarie"), ("Lina", "Li Na"), ("O", "Ö P")])
def test_other_names_stay_apart(one: str, other: str) -> None:
    """Where words part is a part of the name."""
    assert folded(one) != folded(other)


def test_every_latin_letter_that_names_are_written_with_has_a_plain_one() -> None:
    """Those of Europe, Africa and Vietnam; only signs of phonetics, tone marks and clicks have none."""
    blocks = [*range(0xC0, 0x180), *range(0x1CD, 0x220), *range(0x1E00, 0x1E9C), 0x1E9E, *range(0x1EA0, 0x1EFA)]
    blocks.remove(0x1E9A)  # a, and a ring that is no accent
    letters = [chr(code) for code in blocks if unicodedata.name(chr(code), "").startswith("LATIN ")]
    assert len(letters) > 500
    assert [letter for letter in letters if not (folded(letter).isascii() and folded(letter).isalpha())] == []


@given(st.lists(st.text(max_size=12), max_size=12))
@QUICK
def test_any_names_and_groups_can_be_put_in_order(names: list[str]) -> None:
    """Two that differ have different places, whatever is in them, and folding twice changes nothing."""
    for key in (name_order, group_order):
        for one, next_one in pairwise(sorted(set(names), key=key)):
            assert key(one) < key(next_one)
    assert [folded(folded(name)) for name in names] == [folded(name) for name in names]
