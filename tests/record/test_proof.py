"""Proof: a check's record is valid only if its chain is whole and a replay gives its journal."""

import contextlib
import copy
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Arrangements, Colours, Countdown, Look, Rate, Size, Typeface
from mtc_kiosk.check.journal_form import fact_from
from mtc_kiosk.check.settings import RULES, Settings
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.record.content import Check, Event
from mtc_kiosk.record.proof import NotProven, prove
from tests.check.golden_checks import GOLDEN_CHECKS
from tests.check.robot import AUDIO, NEXT_BUTTON, PLAIN, Robot
from tests.record.examples import WALL_MS, chained, check_content, detail, finished_robot, key, record_id

GOLDEN = Path(__file__).parents[1] / "check" / "golden" / "rules-1.json"
FIRST_RULES = json.loads(GOLDEN.read_text(encoding="utf-8"))["checks"]
WHOLE = check_content(finished_robot(), key(), detail(by=None))


def rechained(check: Check, events: list[Event], **changes: Any) -> Check:
    """The check with other events, properly chained: as a device would sign what never happened."""
    previous = FIRST
    numbered = [event.model_copy(update={"seq": seq}) for seq, event in enumerate(events, start=1)]
    for event in numbered:
        row = ChainRow(check.id, event.seq, event.run, event.at_us, event.wall_time, event.type, event.data)
        previous = next_hash(previous, row)
    return check.model_copy(update={"events": tuple(numbered), "chain": previous, **changes})


@pytest.mark.parametrize("name", sorted(GOLDEN_CHECKS))
def test_every_kind_of_check_proves_itself(name: str) -> None:
    """Audio, next button, stopped, forfeited, asked again, without limit; one that has not ended is as superseded."""
    robot = GOLDEN_CHECKS[name]()
    kind = "try" if robot.settings.timings.question is None else "official"
    content = check_content(robot, key(), detail(by=None), kind=kind)
    proven = prove(content)
    assert proven.facts == robot.journal
    assert proven.form == robot.form
    assert proven.settings == robot.settings


EVERYTHING = Arrangements(
    codes=("ATA", "QNR", "CCT", "ITA", "FTS", "NBQ", "RON"),
    next_button=True,
    clips=AUDIO.arrangements.clips,
    alert=True,
    no_pad=True,
    settings_page=True,
    asks_assistant=True,
    chooses_colours=True,
    chooses_size=True,
    look=Look(Colours.BOP, Size.XXL, Typeface.OPENDYSLEXIC, Countdown.HIDDEN, pad_on_left=True, large_pointer=True),
    rate=Rate.SLOW,
    volume_percent=40,
)


def taken(settings: Settings, **changes: Any) -> Check:
    """A whole check under these settings."""
    robot = Robot(settings)
    robot.reach_end()
    return check_content(robot, key(), detail(by=None), **changes)


@pytest.mark.parametrize("golden", FIRST_RULES, ids=lambda golden: str(golden["name"]))
def test_a_record_from_before_proves_itself(golden: dict[str, Any]) -> None:
    """As the first version wrote it: form, settings and journal, to the letter."""
    shapes = {"form": golden["form"], "settings": golden["settings"]}
    journal = [fact_from(row["type"], row["at_us"], row["data"]) for row in golden["journal"]]
    events, chain = chained(record_id(), journal, WALL_MS)
    assert [event.data for event in events] == [row["data"] for row in golden["journal"]]
    ended = {"outcome": golden["outcome"] or "superseded", "events": events, "chain": chain}
    proven = prove(WHOLE.model_copy(update=shapes | ended))
    assert proven.settings.rules == 1
    assert len(proven.answers) == len(golden["answers"])


@pytest.mark.parametrize("arrangements", [Arrangements(), NEXT_BUTTON.arrangements, AUDIO.arrangements])
def test_a_check_of_the_first_rules_still_proves_itself(arrangements: Arrangements) -> None:
    """Its settings have the shape they had then, without a key that came later; with one it is none of those rules."""
    content = taken(replace(PLAIN, rules=1, arrangements=arrangements))
    assert set(content.settings["arrangements"]) == {"codes", "next_button", "clips"}
    assert not {"alert_left", "gentle_after"} & set(content.settings["timings"])
    assert prove(content).settings.rules == 1
    later = _changed(content.settings, ("arrangements", "look"), Arrangements().to_json(2)["look"])
    with pytest.raises(NotProven, match="Its settings"):
        prove(content.model_copy(update={"settings": later}))


def test_a_check_with_every_arrangement_proves_itself() -> None:
    """Of the present rules, with all that may be said of a pupil."""
    proven = prove(taken(replace(PLAIN, arrangements=EVERYTHING)))
    assert proven.settings.arrangements == EVERYTHING


def test_a_try_without_a_time_limit_proves_itself_and_an_official_check_does_not() -> None:
    """No limit is for trying it out alone, whatever a device signs."""
    unlimited = replace(PLAIN, timings=replace(PLAIN.timings, question=None))
    assert prove(taken(unlimited, kind="try")).settings.timings.question is None
    with pytest.raises(NotProven, match="no time limit"):
        prove(taken(unlimited))


def test_the_answers_that_count_are_in_order() -> None:
    """One a question, by number."""
    assert [(answer.number, answer.response) for answer in prove(WHOLE).answers] == [
        (1, "56"),
        (2, "54"),
        (3, "12"),
        (4, "132"),
    ]


@given(
    place=st.integers(0, len(WHOLE.events) - 1), field=st.sampled_from(["at_us", "run", "wall_time", "type", "data"])
)
def test_no_row_of_the_chain_can_be_another(place: int, field: str) -> None:
    """Whichever row is changed, the record says that its chain is broken."""
    event = WHOLE.events[place]
    other: dict[str, Any] = {
        "at_us": event.at_us + 1,
        "run": event.run + 1,
        "wall_time": "2027-06-07T09:59:59.999Z",
        "type": f"{event.type}x",
        "data": {**event.data, "more": 1},
    }
    events = list(WHOLE.events)
    events[place] = event.model_copy(update={field: other[field]})
    with pytest.raises(NotProven, match="The chain of its journal is broken"):
        prove(WHOLE.model_copy(update={"events": tuple(events)}))


@given(place=st.integers(0, len(WHOLE.events) - 1))
def test_no_row_can_be_taken_away(place: int) -> None:
    """From the beginning, the middle or the end."""
    events = WHOLE.events[:place] + WHOLE.events[place + 1 :]
    with pytest.raises(NotProven):
        prove(WHOLE.model_copy(update={"events": events}))


@pytest.mark.parametrize("kind", ["Began", "StepBegan", "Shown", "Entered", "Answered", "Finished"])
def test_a_journal_that_never_happened_fails_its_replay(kind: str) -> None:
    """A device that leaves a row out and chains the rest anew is found out by the machine itself."""
    place = next(n for n, event in enumerate(WHOLE.events) if event.type == kind)
    events = [event for number, event in enumerate(WHOLE.events) if number != place]
    with pytest.raises(NotProven):
        prove(rechained(WHOLE, events))


def test_rows_are_numbered_from_one_without_a_gap() -> None:
    """A chain that holds from its second row on hides the first."""
    previous, events = FIRST, []
    for event in WHOLE.events:
        moved = event.model_copy(update={"seq": event.seq + 1})
        row = ChainRow(WHOLE.id, moved.seq, moved.run, moved.at_us, moved.wall_time, moved.type, moved.data)
        previous = next_hash(previous, row)
        events.append(moved)
    with pytest.raises(NotProven, match=r"Row 1 of its journal is missing\."):
        prove(WHOLE.model_copy(update={"events": tuple(events), "chain": previous}))


def test_an_answer_that_was_not_typed_is_found_out() -> None:
    """The keys say 56; a record that says 57 does not prove itself."""
    events = [
        event.model_copy(update={"data": {**event.data, "response": "57"}})
        if event.type == "Answered" and event.data["number"] == 1
        else event
        for event in WHOLE.events
    ]
    with pytest.raises(NotProven, match=r"A replay of its journal fails\. Row \d+ of the journal, Answered"):
        prove(rechained(WHOLE, events))


@pytest.mark.parametrize("outcome", ["stopped", "out_of_time", "superseded"])
def test_the_journal_must_end_as_the_record_says(outcome: str) -> None:
    """A complete check cannot be passed off as another."""
    with pytest.raises(NotProven, match=f"does not end as {outcome}"):
        prove(WHOLE.model_copy(update={"outcome": outcome}))


def test_half_a_check_is_not_complete() -> None:
    """A journal that breaks off is none of a finished check."""
    robot = Robot()
    robot.reach(3)
    with pytest.raises(NotProven, match="does not end as complete"):
        prove(check_content(robot, key(), detail(by=None), outcome="complete"))


def test_a_check_under_newer_rules_waits_for_a_newer_version() -> None:
    """The sentence says which rules it was taken under."""
    later = {**WHOLE.settings, "rules": RULES + 1}
    said = rf"It was taken under rules {RULES + 1}; this program knows the rules up to {RULES}\."
    with pytest.raises(NotProven, match=said):
        prove(WHOLE.model_copy(update={"settings": later}))


def _changed(values: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(values)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("timings", "question"), "6000000"),
        (("timings", "question"), None),
        (("timings", "question"), True),
        (("timings", "more"), 1),
        (("practice",), [[1, "12"]]),
        (("practice",), 3),
        (("practice",), [[1]]),
        (("voids_replaced",), "3"),
        (("interrupted_question",), "repeat"),
        (("arrangements", "next_button"), 0),
        (("arrangements", "codes"), [1]),
        (("arrangements", "codes"), "QNR"),
        (("arrangements", "clips"), []),
        (("arrangements", "look"), None),
        (("arrangements", "look", "size"), "BIG"),
        (("arrangements", "look", "more"), 1),
        (("arrangements", "rate"), "fast"),
        (("arrangements", "volume_percent"), "40"),
        (("timings", "alert_left"), None),
        (("arrangements",), None),
        (("changed_rules",), "no"),
        (("rules",), "1"),
        (("more",), 1),
    ],
)
def test_settings_of_another_shape_are_refused(path: tuple[str, ...], value: Any) -> None:
    """Every setting is of its type, none is missing, none is new."""
    with pytest.raises(NotProven):
        prove(WHOLE.model_copy(update={"settings": _changed(WHOLE.settings, path, value)}))


@pytest.mark.parametrize("missing", ["rules", "timings", "practice", "arrangements", "changed_rules"])
def test_no_setting_may_be_missing(missing: str) -> None:
    """A default of today is none of the day the check was taken."""
    left = {name: value for name, value in WHOLE.settings.items() if name != missing}
    with pytest.raises(NotProven):
        prove(WHOLE.model_copy(update={"settings": left}))


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"id": 4, "items": [[7, 8]], "spares": []},
        {"id": "x", "items": [[7, 13]], "spares": []},
        {"id": "x", "items": [[7, True]], "spares": []},
        {"id": "x", "items": [[7, 8, 9]], "spares": []},
        {"id": "x", "items": "7x8", "spares": []},
        {"id": "x", "items": [[7, 8]], "spares": [], "ask_again_last": 1},
        {"id": "x", "items": [[7, 8]], "spares": [], "ask_again_last": False},
        {"id": "x", "items": [[7, 8]], "spares": [], "more": 1},
    ],
)
def test_a_form_of_another_shape_is_refused(form: dict[str, Any]) -> None:
    """Items and spares are pairs of factors, and nothing else is there."""
    with pytest.raises(NotProven, match="Its questions"):
        prove(WHOLE.model_copy(update={"form": form}))


def test_other_questions_than_those_that_were_asked_are_found_out() -> None:
    """The form is not in the chain, but the journal shows its sums."""
    items = [[2, 2], *WHOLE.form["items"][1:]]
    with pytest.raises(NotProven, match="A replay of its journal fails"):
        prove(WHOLE.model_copy(update={"form": {**WHOLE.form, "items": items}}))


@pytest.mark.parametrize("data", [{}, {"number": 1}, {"at": 5}])
def test_a_row_that_is_no_fact_is_named(data: dict[str, Any]) -> None:
    """What a journal cannot hold is a sentence, not a crash."""
    events = list(WHOLE.events)
    events[3] = events[3].model_copy(update={"data": data})
    with pytest.raises(NotProven, match="Its journal cannot be read"):
        prove(rechained(WHOLE, events))


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_device_signs_ends_in_a_sentence(data: st.DataObject) -> None:
    """Rows in any order, repeated, from checks of other kinds, under any settings: proven or not, never a crash."""
    robots = [finished_robot(), Robot(NEXT_BUTTON), Robot(AUDIO)]
    pool = [event for robot in robots for event in check_content(robot, key(), detail(by=None)).events]
    events = [WHOLE.events[0], *data.draw(st.lists(st.sampled_from(pool), max_size=30))]
    shape = data.draw(st.sampled_from([WHOLE.settings, AUDIO.to_json(), NEXT_BUTTON.to_json()]))
    form = data.draw(st.sampled_from([WHOLE.form, {"id": "x", "items": [], "spares": []}]))
    with contextlib.suppress(NotProven):
        prove(rechained(WHOLE, events, settings=shape, form=form))
