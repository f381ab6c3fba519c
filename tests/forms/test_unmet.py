"""A pupil never meets a form again, and few of its questions."""

import random
from itertools import chain

import pytest

from mtc_kiosk.check.draw import Met, draw, draw_unmet
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.framework import TABLES, FormRules, NoFormFits, TableLimits

RULES = FormRules()
ONE_QUESTION = FormRules(tables=(TableLimits(3, 1, 1),), easy_tables=(), questions=1)
"""Eleven forms in all: 3x2 to 3x12."""

THREE_QUESTIONS = FormRules(
    tables=(TableLimits(3, 3, 3),), easy_tables=(), questions=3, second_factor_tolerance=3, shared_at_most=0
)


def form_of(*items: Item) -> Form:
    """A form whose content is not drawn."""
    return Form("-".join(map(str, items)), items)


def shared(form: Form, other: Form) -> int:
    """How many ordered pairs two forms share."""
    return len(set(form.items) & set(other.items))


def test_a_new_form_shares_seven_questions_at_most_with_every_official_form() -> None:
    """However many official forms a pupil has met, each counts."""
    chance = random.Random(1)
    official = tuple(draw(chance, RULES) for _ in range(12))
    unmet = draw_unmet(chance, RULES, Met(official))
    assert max(shared(unmet.form, earlier) for earlier in official) == unmet.shared <= 7
    assert not unmet.too_alike


def test_it_is_told_which_form_it_shares_most_with() -> None:
    """``shared_with`` names the earlier form with the largest overlap."""
    chance = random.Random(2)
    official = tuple(draw(chance, RULES) for _ in range(6))
    unmet = draw_unmet(chance, RULES, Met(official))
    most = max(official, key=lambda earlier: shared(unmet.form, earlier))
    assert unmet.shared_with == most.id


def test_exactly_as_many_as_allowed_may_be_shared() -> None:
    """A form that shares the most that the rules allow is taken at once, one that shares more is not."""
    items = [Item(3, factor) for factor in TABLES]
    rules = FormRules(
        tables=(TableLimits(3, 10, 10),),
        easy_tables=(),
        questions=10,
        second_factor_tolerance=11,
        shared_at_most=9,
        spares_per_table=0,
    )
    unmet = draw_unmet(random.Random(1), rules, Met((form_of(*items[:10]),)))
    assert (unmet.shared, unmet.too_alike) == (9, False)


def test_the_same_pair_the_other_way_round_is_not_shared() -> None:
    """Pairs are compared as they are shown: 8x3 met before does not count against 3x8."""
    met = Met((form_of(*(Item(factor, 3) for factor in TABLES if factor != 3)),))
    unmet = draw_unmet(random.Random(1), ONE_QUESTION, met)
    assert (unmet.shared, unmet.shared_with) == (0, None)


def test_only_the_last_five_try_outs_are_remembered() -> None:
    """Questions of older try-outs may come again; those of the last five may not."""
    old, *last = (draw(random.Random(seed), RULES) for seed in range(6))
    assert Met(try_outs=(old, *last)).to_avoid(RULES) == tuple(last)


def test_official_forms_are_all_remembered() -> None:
    """Ten official forms are ten forms to avoid, and try-outs come beside them."""
    forms = tuple(draw(random.Random(seed), RULES) for seed in range(11))
    assert Met(forms[:10], forms[10:]).to_avoid(RULES) == forms


def test_no_try_out_may_be_remembered() -> None:
    """A school may set the number of try-outs to avoid to none."""
    assert Met(try_outs=(draw(random.Random(1), RULES),)).to_avoid(FormRules(try_outs_remembered=0)) == ()


def test_no_form_is_met_twice_however_old() -> None:
    """Of eleven possible forms ten were tried out long ago: the eleventh comes."""
    met = Met(try_outs=tuple(form_of(Item(3, factor)) for factor in TABLES if factor != 7))
    assert draw_unmet(random.Random(1), ONE_QUESTION, met).form.items == (Item(3, 7),)


def test_where_every_form_was_met_none_is_given() -> None:
    """Rather than the same form again there is none, and a sentence."""
    met = Met(try_outs=tuple(form_of(Item(3, factor)) for factor in TABLES))
    with pytest.raises(NoFormFits, match="None of 2,000 forms is new to the pupil"):
        draw_unmet(random.Random(1), ONE_QUESTION, met)


def test_after_all_draws_the_form_that_overlaps_least_is_taken() -> None:
    """If every form shares a question with an earlier one, the least alike is taken and reported as too alike."""
    facts = [Item(3, factor) for factor in TABLES]
    met = Met(tuple(form_of(*facts[start : start + 3]) for start in (0, 3, 6, 8)))
    unmet = draw_unmet(random.Random(1), THREE_QUESTIONS, met)
    assert (unmet.shared, unmet.too_alike, unmet.draws) == (1, True, 2_000)


def test_of_equals_the_first_drawn_is_taken() -> None:
    """A later form that overlaps no less than the best so far changes nothing."""
    met = Met((form_of(*(Item(3, factor) for factor in TABLES)),))
    unmet = draw_unmet(random.Random(1), THREE_QUESTIONS, met)
    assert unmet.form == draw(random.Random(1), THREE_QUESTIONS)


def test_a_pupil_without_earlier_forms_gets_the_first_drawn() -> None:
    """Nothing to avoid, nothing drawn twice."""
    unmet = draw_unmet(random.Random(5), RULES, Met())
    assert (unmet.form, unmet.draws, unmet.shared, unmet.shared_with) == (draw(random.Random(5), RULES), 1, 0, None)


def test_ten_restarts_give_ten_forms_far_enough_apart() -> None:
    """Each form of a pupil who restarts again and again shares 7 questions at most with each before it."""
    chance, met = random.Random(6), tuple[Form, ...]()
    for _ in range(10):
        met = (*met, draw_unmet(chance, RULES, Met(met)).form)
    pairs = chain.from_iterable(((one, other) for other in met[:index]) for index, one in enumerate(met))
    assert max(shared(one, other) for one, other in pairs) <= 7
