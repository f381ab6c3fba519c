"""Signing in, and starting a session, read the records of the pupils they are about, however many others came in."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from mtc_kiosk.record.content import Content
from mtc_kiosk.record.sealed import seal
from mtc_kiosk.school.sign_in import MayBegin, SignedIn, WrongDetails
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.inbox import put
from mtc_kiosk.store.records.rows import RecordRow, State
from mtc_kiosk.store.school.sign_in import Kiosk, confirm, may_begin, sign_in
from tests.record.examples import check_content, detail, finished_robot, key, record_id
from tests.record.examples import reason as reason_of
from tests.school.made_up import upn
from tests.store.a_school import ASchool

MANY = 5_000
PUPILS = 200
SHORT = {"session", "s", "device", "cancelled_pin", "declaration", "signed", "json_each", "mine", "CONSTANT"}
"""What may be read from end to end: a few rows, as tables and by the names that queries give them."""


def receive(school: ASchool, count: int) -> None:
    """So many records of other pupils, checks and reasons by turns, as they come from another PC of the school."""
    device = key(2)
    at = written(school.now)
    row = (device.fingerprint, device.public, "hall-2", at, at)
    school.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
    about = {number: detail(upn=upn(number), pupil=number, by=None) for number in range(1, PUPILS + 1)}
    whole = check_content(finished_robot(), device, about[2], check_code="elsewhere")
    check = whole.model_copy(update={"events": whole.events[:3]})
    with change(school.db):
        for number in range(count):
            theirs = about[2 + number % (PUPILS - 1)]
            content: Content = reason_of(device, theirs, id=record_id(number)).content
            if number % 2:
                changed = {"id": record_id(number), "check_code": f"elsewhere-{number}", "detail": theirs.digest}
                content = check.model_copy(update=changed)
            put(school.db, RecordRow.of(seal(content, theirs, device), State.TAKEN, at), content)


@contextlib.contextmanager
def watched(school: ASchool) -> Iterator[tuple[list[str], list[int]]]:
    """The statements that run meanwhile, and at the end how many steps SQLite's own machine took for them."""
    statements: list[str] = []
    steps = [0]

    def step() -> int:
        steps[0] += 1
        return 0

    school.db.conn.set_trace_callback(statements.append)
    school.db.conn.set_progress_handler(step, 1)
    yield statements, steps
    school.db.conn.set_trace_callback(None)
    school.db.conn.set_progress_handler(None, 1)


def scanned(school: ASchool, statements: list[str]) -> list[str]:
    """What the plans of these statements read from end to end, but what is short."""
    plans = [
        (str(plan[3]), statement)
        for statement in dict.fromkeys(statements)
        if statement.lstrip().lower().startswith(("select", "with", "insert", "update"))
        for plan in school.db.execute(f"explain query plan {statement}").fetchall()
    ]
    return [
        f"{plan}: {statement}" for plan, statement in plans if plan.startswith("SCAN") and plan.split()[1] not in SHORT
    ]


def signed_in(school: ASchool) -> None:
    """Pupil 1 gets a PIN, signs in at the second try, says yes, and is about to begin the check."""
    (issued,) = school.start([1]).pins
    (password,) = school.db.execute("select password from session").fetchone()
    kiosk = Kiosk("PC1", frozenset(school.running), school.rules.timetable.zone)
    assert isinstance(sign_in(school.db, kiosk, password, "1111", school.now), WrongDetails)
    answer = sign_in(school.db, kiosk, password, issued.pin, school.now)
    assert isinstance(answer, SignedIn)
    assert isinstance(confirm(school.db, kiosk, answer, school.now), SignedIn)
    assert may_begin(school.db, kiosk, school.sign_in(issued), school.now) is MayBegin.YES


@pytest.fixture
def school(new_home: Callable[[], Home]) -> Iterator[Callable[[int], ASchool]]:
    """Makes schools of 200 in which so many records of other pupils came in."""
    with contextlib.ExitStack() as open_schools:

        def make(count: int) -> ASchool:
            made = open_schools.enter_context(contextlib.closing(ASchool(new_home().database, durable=False)))
            made.pupils(PUPILS)
            receive(made, count)
            return made

        yield make


def test_signing_in_reads_no_more_however_many_records_came_in(school: Callable[[int], ASchool]) -> None:
    """A session's start, the sign-in, the yes and the check's beginning: by index, with 5,000 records as with 50."""
    few, many = school(50), school(MANY)
    assert many.db.execute("select count(*) from inbox").fetchone() == (MANY,)
    with watched(few) as (_, steps_of_few):
        signed_in(few)
    with watched(many) as (statements, steps):
        signed_in(many)
    assert scanned(many, statements) == []
    assert steps == steps_of_few
