"""Whether a check has begun: the PIN, the pupil's history, the record and what it says all decide it alike."""

import contextlib
import json
from collections.abc import Callable, Iterator

import pytest

from mtc_kiosk.check.events import Cause, Released
from mtc_kiosk.check.facts import Held, Outcome, StepBegan, StepName
from mtc_kiosk.check.script import Page
from mtc_kiosk.record.content import Check
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.findings import stated_in
from mtc_kiosk.store.records.inbox import contested_code
from mtc_kiosk.store.records.prover import found_in
from mtc_kiosk.store.records.rows import Table, rows
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.store.a_school import ASchool

PRACTICE = ("intro", "practice pause", "practice question", "intro again")
CHECK = ("pause", "question", "pause again", "spoilt", "second pause")


def went_through(school: ASchool, attempt: str, step: str) -> None:
    """The pupil reaches this step, a second later."""
    school.later(seconds=1)
    at = school.at(attempt)
    match step:
        case "intro" | "intro again":
            fact = StepBegan(at, StepName.INTRO, page=Page.PRACTICE_INTRO)
        case "practice pause":
            fact = StepBegan(at, StepName.PAUSE, None, 1, 1, practice=True)
        case "practice question":
            fact = StepBegan(at, StepName.ASKING, None, 1, 1, practice=True)
        case "pause" | "pause again":
            fact = StepBegan(at, StepName.PAUSE, None, 1, 1, practice=False)
        case "question":
            fact = StepBegan(at, StepName.ASKING, None, 1, 1, practice=False)
        case "spoilt":
            fact = StepBegan(at, StepName.PAUSE, None, 1, 2, practice=False)
        case _:
            fact = StepBegan(at, StepName.PAUSE, None, 2, 1, practice=False)
    school.hear(attempt, Held(at, Cause.STAFF, only_stop=False), Released(at), fact)


@pytest.fixture
def school(new_home: Callable[[], Home]) -> Iterator[ASchool]:
    """A school with one pupil."""
    with contextlib.closing(ASchool(new_home().database, durable=False)) as made:
        made.pupils(1)
        yield made


@pytest.mark.parametrize("reached", range(len(PRACTICE + CHECK) + 1))
def test_everything_decides_alike_whether_a_check_has_begun(school: ASchool, reached: int) -> None:
    """However far it got: from the first real pause on, and from then on at that same moment."""
    (issued,) = school.start([1]).pins
    attempt = school.sign_in(issued)
    begun_at = None
    for step in (PRACTICE + CHECK)[:reached]:
        went_through(school, attempt, step)
        begun_at = begun_at or (written(school.now) if step == "pause" else None)
    (used_at,) = school.db.execute("select used_at from pin").fetchone()
    history = load_facts(school.db, school.running, [1])[1]
    school.finish(attempt, Outcome.STOPPED)
    (row,) = rows(school.db, Table.INBOX)
    check = row.sealed().content
    assert isinstance(check, Check)
    known = [taking.begun_at for taking in history.takings]
    assert [written(at) if at is not None else None for at in known] == [begun_at]
    assert (used_at, check.begun_at) == (begun_at, begun_at)
    assert (stated_in(json.loads(row.body)["content"]).begun_at, found_in(check).begun_at) == (begun_at, begun_at)
    assert (contested_code(check) is not None) == (begun_at is not None)


@pytest.mark.parametrize("reached", range(len(PRACTICE + CHECK) + 1))
def test_a_second_sign_in_ends_only_what_has_not_begun(school: ASchool, reached: int) -> None:
    """What the pupil left in the practice is over; a check that has begun is not touched."""
    (issued,) = school.start([1]).pins
    left = school.sign_in(issued, "PC1")
    for step in (PRACTICE + CHECK)[:reached]:
        went_through(school, left, step)
    school.sign_in(issued, "PC2")
    (outcome,) = school.db.execute("select outcome from attempt where id = ?", (left,)).fetchone()
    assert outcome == ("superseded" if reached <= len(PRACTICE) else None)
