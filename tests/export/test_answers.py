"""The columns of an answer: how it ended, when its keys came, how it was entered, what was void."""

from datetime import UTC, datetime
from typing import Any

import pytest

from mtc_kiosk.check.events import Cause, Source
from mtc_kiosk.check.facts import AnsweredBy, Outcome
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.answers import COLUMNS, AnswersOf, answers_json, answers_table
from mtc_kiosk.export.table import Cell
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions, Press, Way
from mtc_kiosk.school.received_check import ReceivedCheck

from .examples import NATIONAL, OWN, pupil

CHECK = ReceivedCheck(
    id="a",
    pupil_id=1,
    kind=Kind.OFFICIAL,
    check_code="one",
    kiosk="PC1",
    started_at=datetime(2027, 6, 7, 9, 5, 30, tzinfo=UTC),
    begun_at=None,
    finished_at=datetime(2027, 6, 7, 9, 15, tzinfo=UTC),
    outcome=Outcome.COMPLETE,
)
CONDITIONS = Conditions(Way.KEYBOARD, audio=False, no_pad=False, limit_ms=6000)


def answer(**changes: Any) -> Answer:
    """7 x 8 = 56, typed with the keyboard."""
    values: dict[str, Any] = {
        "number": 3,
        "item": Item(7, 8),
        "response": "56",
        "right": True,
        "by": AnsweredBy.ENTER,
        "presses": (Press("5", 900), Press("6", 1150)),
    }
    return Answer(**(values | changes))


def row(one: Answer, why_not: str = "", *, assisted: bool = False) -> dict[str, Any]:
    """Its row in JSON."""
    (found,) = answers_json([AnswersOf(pupil(), CHECK, Attempt((one,), CONDITIONS, assisted=assisted), why_not)], OWN)
    return found


def test_every_column_has_its_value() -> None:
    """In the order of the table, with the time at the school."""
    assert list(row(answer()).items()) == list(
        {
            "surname": "Testerly",
            "forename": "Amy",
            "upn": "G201100120001",
            "group": "4A",
            "started_at": "2027-06-07T10:05:30+01:00",
            "counts": True,
            "why_not": None,
            "number": 3,
            "factor1": 7,
            "factor2": 8,
            "response": "56",
            "right": True,
            "ended_by": "Enter",
            "first_key_ms": 900,
            "last_key_ms": 1150,
            "typing_ms": 250,
            "entered_with": "keyboard",
            "showing": 1,
            "voids": 0,
            "void_because": None,
            "time_uncertain": False,
            "assistant_typed": False,
            "ref": None,
            "attempt_id": "a",
        }.items()
    )


@pytest.mark.parametrize(
    ("changes", "times"),
    [
        ({"presses": (Press("5", 0), Press("6", 1))}, (0, 1, 1)),
        ({"presses": (Press("5", -1), Press("6", 400))}, (None, None, None)),
        ({"presses": (Press("5", 300),)}, (300, 300, 0)),
        ({"presses": (Press("5", 300), Press("", 500), Press("7", 800), Press("", 990))}, (300, 800, 500)),
        ({"presses": (Press("", 500),), "response": ""}, (None, None, None)),
        ({"presses": (), "in_doubt": True}, (None, None, None)),
    ],
)
def test_times_are_those_of_digits_after_the_question_came(
    changes: dict[str, Any], times: tuple[int | None, int | None, int | None]
) -> None:
    """A digit before it is from the reading of the audio version; one taken back is a digit; a key alone is not."""
    found = row(answer(**changes))
    assert (found["first_key_ms"], found["last_key_ms"], found["typing_ms"]) == times
    assert found["time_uncertain"] is bool(changes.get("in_doubt"))


def test_how_it_was_entered_and_what_was_void() -> None:
    """Several ways are mixed, none is blank; each fault is named once."""
    mixed = row(answer(presses=(Press("5", 900), Press("6", 1150, Source.TOUCH))))
    assert mixed["entered_with"] == "mixed"
    assert row(answer(presses=(), response="", by=AnsweredBy.TIMEOUT))["entered_with"] is None
    void = row(answer(showing=4, voids=(Cause.STALL, Cause.FOCUS, Cause.STALL)))
    assert (void["showing"], void["voids"], void["void_because"]) == (4, 3, "stall, focus")


@pytest.mark.parametrize(
    ("by", "said"),
    [(AnsweredBy.ENTER, "Enter"), (AnsweredBy.TIMEOUT, "Time ran out"), (AnsweredBy.FORFEIT, "Lost to a fault")],
)
def test_how_it_ended_is_in_words(by: AnsweredBy, said: str) -> None:
    """As a teacher would say it."""
    assert row(answer(by=by))["ended_by"] == said


def test_a_check_that_does_not_count_has_no_mark_and_a_reason() -> None:
    """With what was typed, and when."""
    found = row(answer(), "Restarted")
    assert (found["counts"], found["why_not"], found["right"], found["response"]) == (False, "Restarted", None, "56")
    assert found["first_key_ms"] == 900


def test_the_table_has_the_same_in_words() -> None:
    """Yes and No, empty cells, the time to the minute; the ref is for schools that have their own."""
    one = AnswersOf(pupil(ref="000123", upn=None), CHECK, Attempt((answer(),), CONDITIONS))
    own, national = answers_table([one], OWN), answers_table([one], NATIONAL)
    assert own.header == tuple(COLUMNS.values())
    assert set(own.header) - set(national.header) == {"Pupil ref"}
    (cells,) = own.rows
    found: dict[str, Cell] = dict(zip(own.header, cells, strict=True))
    assert (found["Counts"], found["Right"], found["Time uncertain"], found["Assistant typed"]) == (
        "Yes",
        "Yes",
        "No",
        "No",
    )
    assert (found["Why it does not count"], found["UPN"], found["Pupil ref"]) == (None, None, "000123")
    assert found["Started at"] == datetime.fromisoformat("2027-06-07T10:05")
    ((*rest,),) = national.rows
    assert rest == [cell for heading, cell in found.items() if heading != "Pupil ref"]
