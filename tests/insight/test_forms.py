"""How hard a form was beside the others', and whether a gap is more than form and chance explain."""

import random

import pytest

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.class_fit import chance_of, unfitted
from mtc_kiosk.insight.forms import A_LITTLE, FormHardness, form_hardness, gap_of_groups, gap_of_pupils, usual_score
from tests.insight.made import form, marks

FIT = unfitted()
EASY = tuple(sorted((Item(a, b) for a in (2, 5, 10) for b in range(2, 11)), key=str))[:25]
HARD = tuple(sorted((Item(a, b) for a in (7, 8, 12) for b in range(4, 13)), key=str))[:25]


def taken(items: tuple[Item, ...], ability: float, chance: random.Random) -> list[tuple[Item, bool]]:
    """A check taken by the model."""
    return [(item, chance.random() < chance_of(ability + FIT.ease[item])) for item in items]


def test_a_hard_form_expects_fewer_marks() -> None:
    """By how much, and in words."""
    forms = [form(seed) for seed in range(20)]
    hard = form_hardness(HARD, usual_score([*forms, HARD], FIT), FIT)
    assert hard.easier_by < -2
    assert hard.words == f"The form was harder than the others', by about {-hard.easier_by:.1f} marks."
    assert form_hardness(EASY, usual_score(forms, FIT), FIT).easier_by > 1


def test_national_forms_differ_by_less_than_a_mark_or_so() -> None:
    """The framework's limits see to that."""
    forms = [form(seed) for seed in range(60)]
    apart = [abs(form_hardness(one, usual_score(forms, FIT), FIT).easier_by) for one in forms]
    assert max(apart) < 2
    assert form_hardness(forms[apart.index(min(apart))], usual_score(forms, FIT), FIT).words.startswith(
        "The form was about as hard"
    )


def test_a_gap_between_two_pupils_is_the_forms_or_more() -> None:
    """Five marks are more than chance between good pupils, unless the form took them; two are not."""
    right = marks(1, lambda item: True)
    five, two = (
        [(item, place >= wrong) for place, (item, _) in enumerate(marks(2, lambda item: True))] for wrong in (8, 2)
    )
    assert gap_of_pupils(right, five, FIT).is_more
    assert not gap_of_pupils(right, two, FIT).is_more
    assert gap_of_pupils(right, two, FIT).words == "A gap of this size can come from the forms and from chance."
    easy, hard = (
        [(item, place >= 4) for place, item in enumerate(EASY)],
        [(item, place >= 9) for place, item in enumerate(HARD)],
    )
    gap = gap_of_pupils(easy, hard, FIT)
    assert gap.marks == 5
    assert gap.by_form > 3
    assert not gap.is_more


def test_a_gap_is_the_same_from_both_sides() -> None:
    """With its sign turned."""
    one, other = marks(3, lambda item: item.factor1 != 7), marks(4, lambda item: True)
    gap, back = gap_of_pupils(one, other, FIT), gap_of_pupils(other, one, FIT)
    assert (gap.marks, gap.by_form, gap.error) == pytest.approx((-back.marks, -back.by_form, back.error))


def test_chance_alone_seldom_makes_a_gap_of_classes() -> None:
    """Two classes of the same ability: a gap is called more in about 5 of 100."""
    chance = random.Random(8)
    forms = [form(seed) for seed in range(20)]
    found = 0
    for _ in range(60):
        sides = [[taken(chance.choice(forms), chance.gauss(1.6, 1.0), chance) for _ in range(8)] for _ in range(2)]
        gap = gap_of_groups(*sides, FIT)
        found += gap is not None and gap.is_more
    assert found <= 8


def test_a_real_gap_of_classes_is_found() -> None:
    """A logit apart, 30 pupils each."""
    chance = random.Random(9)
    sides = [
        [taken(form(chance.randrange(10**6)), chance.gauss(ability, 0.8), chance) for _ in range(30)]
        for ability in (2.2, 1.0)
    ]
    gap = gap_of_groups(*sides, FIT)
    assert gap is not None
    assert gap.is_more
    assert gap.left > 2


def test_a_single_pupil_is_no_group() -> None:
    """There is no spread to go by."""
    assert gap_of_groups([marks(1, lambda item: True)], [marks(2, lambda item: True)] * 5, FIT) is None


def test_equal_scores_on_one_form_a_side_are_no_gap() -> None:
    """Everybody right on both sides: pupils do not differ, but chance is not nothing."""
    one, other = ([marks(seed, lambda item: True)] * 6 for seed in (1, 2))
    gap = gap_of_groups(one, other, FIT)
    assert gap is not None
    assert gap.marks == 0
    assert gap.by_form != 0
    assert gap.error > 0.2
    assert not gap.is_more


@pytest.mark.parametrize("pupils", [2, 3, 5])
def test_chance_alone_seldom_makes_a_gap_of_small_groups(pupils: int) -> None:
    """The spread of two or three pupils is hardly known: their gap needs to be wider."""
    chance = random.Random(pupils)
    forms = [form(seed) for seed in range(20)]
    found = 0
    for _ in range(80):
        sides = [[taken(chance.choice(forms), chance.gauss(1.6, 1.0), chance) for _ in range(pupils)] for _ in range(2)]
        gap = gap_of_groups(*sides, FIT)
        found += gap is not None and gap.is_more
    assert found <= 10


def test_two_pupils_a_side_can_be_compared() -> None:
    """And differ, if all is right on one side and nothing on the other."""
    gap = gap_of_groups([marks(1, lambda item: True)] * 2, [marks(2, lambda item: False)] * 2, FIT)
    assert gap is not None
    assert gap.is_more


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        (20 + A_LITTLE, "The form was easier than the others', by about 0.5 marks."),
        (20 - A_LITTLE, "The form was harder than the others', by about 0.5 marks."),
        (20.25, "The form was about as hard as the others'."),
    ],
)
def test_a_form_is_easier_or_harder_from_half_a_mark(expected: float, words: str) -> None:
    """Below that nothing is made of it."""
    assert FormHardness(expected, 20.0).words == words
