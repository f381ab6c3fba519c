"""Facts to and from the journal's two columns, and what is refused there."""

import json
from dataclasses import fields
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.events import Noted
from mtc_kiosk.check.facts import Answered, AnsweredBy, Fact, Held
from mtc_kiosk.check.journal_form import FACT_TYPES, NotAFact, data_of, fact_from, type_of

from .profile import QUICK

KINDS = sorted(FACT_TYPES)


def facts_of(kind: str) -> st.SearchStrategy[Fact]:
    """Any fact of one type."""
    hints = get_type_hints(FACT_TYPES[kind])
    return st.builds(FACT_TYPES[kind], **{name: st.from_type(hint) for name, hint in hints.items()})


def example_of(kind: str) -> dict[str, Any]:
    """The data of one plain fact of a type."""
    return {name: _plain(hint) for name, hint in get_type_hints(FACT_TYPES[kind]).items() if name != "at"}


def _plain(hint: Any) -> Any:
    choice = next((choice for choice in get_args(hint) if choice is not type(None)), hint)
    if issubclass(choice, StrEnum):
        return next(iter(choice)).value
    return choice() if choice is not int else 7


def test_every_fact_has_a_type_of_its_own() -> None:
    """The journal names each kind of fact once."""
    assert {FACT_TYPES[name] for name in KINDS} == set(get_args(Fact))
    assert len(KINDS) == len(get_args(Fact))


@pytest.mark.parametrize("kind", KINDS)
def test_a_fact_comes_back_as_it_went(kind: str) -> None:
    """Through JSON text too."""

    @QUICK
    @given(facts_of(kind))
    def goes_and_comes(fact: Fact) -> None:
        text = json.dumps(data_of(fact))
        assert fact_from(type_of(fact), fact.at, json.loads(text)) == fact

    goes_and_comes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_data_of_a_fact_is_plain(kind: str) -> None:
    """Ints, strings, booleans and nulls alone, whatever wrote it down."""

    @QUICK
    @given(facts_of(kind))
    def is_plain(fact: Fact) -> None:
        assert all(type(value) in (int, str, bool, type(None)) for value in data_of(fact).values())

    is_plain()


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_lacks_a_key_is_refused(kind: str) -> None:
    """Nothing is filled in."""
    whole = example_of(kind)
    assert fact_from(kind, 5, whole).at == 5
    for name in whole:
        with pytest.raises(NotAFact, match="no more and no less"):
            fact_from(kind, 5, {key: value for key, value in whole.items() if key != name})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extra", ["at", "at_us", "mark"])
def test_a_row_with_a_key_too_many_is_refused(kind: str, extra: str) -> None:
    """Nothing is dropped, and the time is not data."""
    with pytest.raises(NotAFact, match="no more and no less"):
        fact_from(kind, 5, {**example_of(kind), extra: 5})


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_of_another_type_is_refused(kind: str) -> None:
    """No bool for an int, no float, no text for a number, no word that the closed choice has not."""
    whole = example_of(kind)
    hints = get_type_hints(FACT_TYPES[kind])
    for name, good in whole.items():
        wrong: list[object] = [1.0, [], {}, b"5", *({True} if type(good) is int else {7})]
        if type(good) is not str or issubclass(_choice(hints[name]), StrEnum):
            wrong.append("no such word")
        if type(None) not in get_args(hints[name]):
            wrong.append(None)
        for value in wrong:
            with pytest.raises(NotAFact, match=f"^A {kind} row cannot have {name} = "):
                fact_from(kind, 5, {**whole, name: value})


def _choice(hint: Any) -> Any:
    return next((choice for choice in get_args(hint) if choice is not type(None)), hint)


@pytest.mark.parametrize("at_us", [True, 1.0, "5", None])
def test_a_time_that_is_no_whole_number_is_refused(at_us: Any) -> None:
    """Times are int microseconds."""
    with pytest.raises(NotAFact):
        fact_from("Noted", at_us, {"what": "a", "detail": "b"})


@pytest.mark.parametrize("kind", ["", "Marked", "noted", "Event"])
def test_a_row_of_no_known_type_is_refused(kind: str) -> None:
    """The message names it."""
    with pytest.raises(NotAFact, match=f"^A journal has no rows of the type '{kind}'\\.$"):
        fact_from(kind, 5, {})


def test_a_closed_choice_comes_back_as_one() -> None:
    """Not as a string that happens to be equal."""
    fact = fact_from("Held", 5, {"cause": "focus", "only_stop": False})
    assert isinstance(fact, Held)
    assert type(fact.cause).__name__ == "Cause"


def test_the_data_says_the_words_of_the_journal() -> None:
    """One example in full, as documented."""
    fact = Answered(9, 3, 1, 7, 8, "056", 4, AnsweredBy.ENTER, stall=False)
    assert (type_of(fact), data_of(fact)) == (
        "Answered",
        {
            "number": 3,
            "showing": 1,
            "factor1": 7,
            "factor2": 8,
            "response": "056",
            "shown_us": 4,
            "by": "enter",
            "stall": False,
        },
    )


def test_the_time_of_a_fact_is_not_among_its_data() -> None:
    """It has a column of its own."""
    assert "at" not in data_of(Noted(5, "a", "b"))
    assert next(f.name for f in fields(Noted)) == "at"
