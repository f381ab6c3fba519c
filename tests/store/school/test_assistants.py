"""Assistants: named at the kiosk, by staff after the check, and in records from other PCs."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.school.assistant import read_named
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.inbox import take_in
from mtc_kiosk.store.records.rows import Table, rows
from mtc_kiosk.store.school.assistant_naming import add_assistant, remove_assistant
from mtc_kiosk.store.school.assistants import ASKED, LATER, assistants
from mtc_kiosk.store.school.received_assistants import received_assistants
from tests.record.examples import UPN, assistant, assistant_detail, key, record_id
from tests.record.homes import ACT, school_home
from tests.school.known import NATIONAL, rules
from tests.store.a_school import ASchool

NAMED = read_named("Zoë", "O\u2019Made-up", " Her hand was in plaster.\n")


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with a pupil who has completed the check."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(1)
        made.take(made.start([1]).pins[0])
        yield made


def add(school: ASchool) -> None:
    """Name an assistant."""
    add_assistant(school.db, school.doing(), 1, NAMED, school.sealer)


def test_the_last_whom_the_kiosk_asked_for_holds(school: ASchool) -> None:
    """A check that began anew asks again; a name given by staff is listed beside it."""
    attempt = _attempt(school)
    school.say_assistant(attempt, "Ann", "First")
    school.say_assistant(attempt, "Ben", "Second")
    add(school)
    assert [(one.code, one.surname) for one in assistants(school.db)] == [(ASKED, "Second"), (LATER, "O'Made-up")]
    assert [one.by for one in assistants(school.db)] == ["kiosk:PC1", "cli"]


def test_every_row_is_a_record(school: ASchool) -> None:
    """Asked, later, and taken back: the last names the one it takes back, and no person."""
    school.say_assistant(_attempt(school), "Ann", "First")
    add(school)
    remove_assistant(school.db, school.doing(), 1, school.sealer)
    found = [row.sealed() for row in rows(school.db, Table.INBOX, "type = 'assistant'")]
    contents = {sealed.content.id: sealed for sealed in found}
    assert len(found) == 3
    (undoing,) = [sealed for sealed in found if sealed.content.undoes is not None]  # type: ignore[union-attr]
    undone = contents[undoing.content.undoes]  # type: ignore[union-attr]
    assert undone.detail.surname == "O'Made-up"  # type: ignore[union-attr]
    assert undone.detail.why == "Her hand was in plaster."  # type: ignore[union-attr]
    assert undoing.detail.surname is None  # type: ignore[union-attr]
    assert [one.code for one in assistants(school.db)] == [ASKED]
    assert received_assistants(school.db, school.sealer.device) == (), "they are not listed twice"


def test_one_who_was_taken_back_can_be_named_again(school: ASchool) -> None:
    """As often as it takes."""
    for _ in range(2):
        add(school)
        remove_assistant(school.db, school.doing(), 1, school.sealer)
    add(school)
    assert [one.code for one in assistants(school.db)] == [LATER]


@pytest.mark.parametrize(("days", "may_name", "may_remove"), [(-1, False, False), (0, True, True), (12, True, False)])
def test_the_dates_hold(school: ASchool, days: int, may_name: bool, may_remove: bool) -> None:
    """From the first day of the check; named after its last day too, and taken back no more."""
    add(school)
    remove_assistant(school.db, school.doing(), 1, school.sealer)
    school.rules = rules(NATIONAL)
    today = school.now
    school.later(days=days)
    assert _may(lambda: add(school)) is may_name
    if not may_name:
        school.now, school.rules = today, rules()
        add(school)
        school.rules = rules(NATIONAL)
        school.later(days=days)
    assert _may(lambda: remove_assistant(school.db, school.doing(), 1, school.sealer)) is may_remove


def test_a_signed_declaration_settles_it(school: ASchool) -> None:
    """Nobody is named or taken back any more, under the national scheme."""
    school.rules = rules(NATIONAL)
    school.db.execute("insert into declaration (at, by, code) values ('2027-06-07T10:00:00.000Z', 'head', 'HDF')")
    with pytest.raises(Refused) as refused:
        add(school)
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.CLOSED


def test_a_removal_takes_the_assistant_with_the_attempt(school: ASchool) -> None:
    """Taken back or not."""
    add(school)
    remove_assistant(school.db, school.doing(), 1, school.sealer)
    school.db.execute("insert into removal select id, ?, 'cli', 'erasure_order' from attempt", (ACT.at,))
    assert school.db.execute("select count(*) from assistant").fetchone() == (0,)


def test_those_named_on_another_pc_are_known_by_their_records(tmp_path: Path) -> None:
    """Of a pupil on the register; one that was taken back is not, and one whose name was erased has none."""
    with school_home(tmp_path / "desk") as desk:
        row = (key().fingerprint, key().public, "pc-1", ACT.at, ACT.at)
        desk.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        desk.db.execute(
            "insert into pupil (id, upn, surname, forename, date_of_birth, sex)"
            " values (9, ?, 'Testerly', 'Amy', '2018-03-14', 'F')",
            (UPN,),
        )
        nobody = assistant_detail(upn="none", forename=None, surname=None, why=None)
        gone = assistant(id=record_id(3), attempt_id=record_id(8))
        came = (
            assistant(id=record_id(2)),
            gone,
            assistant(id=record_id(4), attempt_id=record_id(8), undoes=gone.content.id),
            assistant(nobody, id=record_id(5)),
        )
        for sealed in came:
            take_in(desk.db, sealed, desk.here, ACT)
        (one,) = received_assistants(desk.db, desk.here.device)
        assert (one.pupil_id, one.attempt_id, one.forename, one.by) == (9, record_id(7), "Zoë", "cli")
        assert received_assistants(desk.db, key().fingerprint) == (one,), "of an attempt elsewhere, named here"
        desk.db.execute("update inbox set detail = null")
        assert received_assistants(desk.db, desk.here.device) == ()


def _attempt(school: ASchool) -> str:
    ((attempt_id,),) = school.db.execute("select id from attempt").fetchall()
    return str(attempt_id)


def _may(act: Callable[[], None]) -> bool:
    try:
        act()
    except Refused:
        return False
    return True
