"""The register in the database: a change is made whole or not at all, found by any number, audited without names."""

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest
import sqlite_utils

from mtc_kiosk.school.class_list import ClassList
from mtc_kiosk.school.comparison import Comparison
from mtc_kiosk.school.fault import RowFault
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.pupil import DETAILS, Pupil, PupilDetails
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school import register_import
from mtc_kiosk.store.school.register import (
    Edited,
    NumberTaken,
    add_pupil,
    edit_pupil,
    find_pupil,
    pupil_by_id,
    pupils,
    set_left,
)
from mtc_kiosk.store.school.register_import import TRIES, Imported, ListRefused, import_list
from tests.school.made_up import AMY, BO, CY, HEADINGS, details, read, upn

ACT = AuditStamp("2027-06-07T09:00:00.000Z", "cli")
ALWAYS = Timetable(zone=UTC)
NATIONAL = Timetable(zone=UTC, national=True, check_closes=date(2027, 6, 1), register_closes=date(2027, 7, 1))


@pytest.fixture
def home(new_home: Callable[[], Home]) -> Home:
    """A home with an empty database."""
    return new_home()


@pytest.fixture
def db(home: Home) -> Iterator[sqlite_utils.Database]:
    """Its database."""
    opened = open_database(home)
    yield opened
    opened.close()


def imported(db: sqlite_utils.Database, *lines: str, headings: str = HEADINGS, update: bool = False) -> Imported:
    """These lines on the register."""
    return import_list(db, ACT, ALWAYS, read(headings, *lines), update=update)


def audit(db: sqlite_utils.Database) -> list[tuple[str, str, object, object]]:
    """Action, subject, before and after of each row of the audit."""
    return [
        (action, subject, before and json.loads(before), after and json.loads(after))
        for action, subject, before, after in db.execute("select action, subject, before, after from audit order by id")
    ]


def everything(db: sqlite_utils.Database) -> list[list[object]]:
    """Every row of the register and the audit."""
    return [list(db.execute(f"select * from {table}")) for table in ("pupil", "audit")]


def known(pupil: Pupil) -> PupilDetails:
    """A pupil without id and leaving."""
    return PupilDetails(**{name: getattr(pupil, name) for name in DETAILS})


def test_an_imported_list_is_on_the_register(db: sqlite_utils.Database) -> None:
    """Every pupil as the list has them, in the order of lists."""
    done = imported(db, AMY, BO, CY)
    assert [known(pupil) for pupil in done.added] == [listed.details for listed in read(HEADINGS, AMY, BO, CY).pupils]
    assert [pupil.surname for pupil in pupils(db)] == ["O'Example", "Samplé", "Testerly"]


def test_a_list_imported_again_changes_nothing(db: sqlite_utils.Database) -> None:
    """And says so; the audit is not longer."""
    imported(db, AMY, BO)
    before = everything(db)
    done = imported(db, AMY, BO)
    assert (len(done.added), len(done.changed), len(done.unchanged)) == (0, 0, 2)
    assert everything(db) == before


def test_a_list_that_disagrees_with_the_register_does_nothing(db: sqlite_utils.Database) -> None:
    """Not even what it would have added."""
    imported(db, AMY)
    before = everything(db)
    with pytest.raises(ListRefused) as refused:
        imported(db, BO, AMY.replace("Amy", "Ann"))
    assert [(remark.line, remark.fault.code) for remark in refused.value.remarks] == [(3, RowFault.ON_REGISTER)]
    assert everything(db) == before


def test_with_update_the_list_wins(db: sqlite_utils.Database) -> None:
    """What differs is changed, who had left is back, and each has its row in the audit."""
    (amy,) = imported(db, AMY).added
    set_left(db, ACT, ALWAYS, [amy.id], ACT.at)
    done = imported(db, AMY.replace("Amy", "Ann"), update=True)
    assert [(pupil.forename, pupil.has_left) for pupil in done.changed] == [("Ann", False)]
    assert [(action, after) for action, _, _, after in audit(db)][-2:] == [
        ("pupil.changed", {"columns": ["forename"]}),
        ("pupil.returned", {"left_at": None, "class_list": True}),
    ]


def test_an_import_that_fails_in_the_middle_leaves_nothing(db: sqlite_utils.Database) -> None:
    """Whatever stops it, at whichever pupil."""
    db.execute(
        "create trigger stop before insert on pupil when new.forename = 'Cy' begin select raise(abort, 'stop'); end"
    )
    with pytest.raises(sqlite3.IntegrityError):
        imported(db, AMY, BO, CY)
    assert everything(db) == [[], []]
    assert not db.conn.in_transaction


def test_two_imports_at_once_do_not_double_a_pupil(home: Home, db: sqlite_utils.Database) -> None:
    """What is compared is what the register holds when the change begins, whoever else writes."""
    other = connect(home.database)
    first = imported(db, AMY)
    second = import_list(other, ACT, ALWAYS, read(HEADINGS, AMY, BO), update=False)
    other.close()
    assert (len(first.added), len(second.added), len(second.unchanged)) == (1, 1, 1)


def test_while_another_program_writes_nothing_is_done(home: Home, db: sqlite_utils.Database) -> None:
    """The database is busy, which is reported; nothing is half done."""
    other = connect(home.database)
    other.execute("begin immediate")
    db.execute("pragma busy_timeout = 1")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        imported(db, AMY)
    other.close()
    assert everything(db) == [[], []]


def test_the_audit_names_columns_and_rows_never_children(db: sqlite_utils.Database) -> None:
    """It is kept when a pupil's names are erased."""
    (amy,) = imported(db, f"{AMY},4A", headings=f"{HEADINGS},Group").added
    edit_pupil(db, ACT, ALWAYS, Edited(amy.id, replace(known(amy), forename="Ann", group_name="4B"), DETAILS))
    set_left(db, ACT, ALWAYS, [amy.id], ACT.at)
    subject = str(amy.id)
    filled = ["surname", "forename", "date_of_birth", "sex", "upn", "group_name"]
    assert audit(db) == [
        ("pupil.added", subject, None, {"columns": filled}),
        ("pupil.changed", subject, None, {"columns": ["forename", "group_name"]}),
        ("pupil.left", subject, {"left_at": None}, {"left_at": ACT.at}),
    ]
    assert set(db.execute("select at, account from audit")) == {(ACT.at, "cli")}


@pytest.mark.parametrize("text", ["G201100120001", " g201100120001 ", "KITE-7", "kite-7"])
def test_a_pupil_is_found_by_upn_or_ref(db: sqlite_utils.Database, text: str) -> None:
    """In capitals or not, with spaces around or not."""
    add_pupil(db, ACT, ALWAYS, details(2))
    amy = add_pupil(db, ACT, ALWAYS, details(1, upn="G201100120001", ref="kite-7"))
    assert find_pupil(db, text) == amy


@pytest.mark.parametrize("text", ["", "G201100120002", "%", "Testerly", "' or 1=1 --"])
def test_nobody_is_found_by_anything_else(db: sqlite_utils.Database, text: str) -> None:
    """Not by a name, and not by nothing."""
    add_pupil(db, ACT, ALWAYS, details(1))
    assert find_pupil(db, text) is None


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30])
def test_a_number_of_no_row_is_no_pupil(db: sqlite_utils.Database, number: int) -> None:
    """Also one that SQLite could not hold: it may come from an address that somebody typed."""
    assert pupil_by_id(db, number) is None


@pytest.mark.parametrize("taken", [{"upn": upn(1)}, {"ref": "KITE"}])
def test_a_number_has_one_pupil(db: sqlite_utils.Database, taken: dict[str, object]) -> None:
    """Another pupil's UPN or ref is refused when one is added and when one is edited; nothing changes."""
    add_pupil(db, ACT, ALWAYS, details(1, ref="kite"))
    bo = add_pupil(db, ACT, ALWAYS, details(2))
    before = everything(db)
    with pytest.raises(NumberTaken):
        add_pupil(db, ACT, ALWAYS, details(3, **taken))
    with pytest.raises(NumberTaken):
        edit_pupil(db, ACT, ALWAYS, Edited(bo.id, replace(known(bo), **taken), DETAILS))
    assert everything(db) == before


def test_a_pupils_own_number_is_not_taken(db: sqlite_utils.Database) -> None:
    """A ref may be written in other capitals."""
    amy = add_pupil(db, ACT, ALWAYS, details(1, ref="kite"))
    done = edit_pupil(db, ACT, ALWAYS, Edited(amy.id, replace(known(amy), ref="Kite"), DETAILS))
    assert dict(done.values) == {"ref": "Kite"}


def test_of_an_edit_only_the_columns_named_are_taken(db: sqlite_utils.Database) -> None:
    """What another program changed meanwhile stays."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    edit_pupil(db, ACT, ALWAYS, Edited(amy.id, replace(known(amy), group_name="4A"), ("group_name",)))
    edit_pupil(db, ACT, ALWAYS, Edited(amy.id, replace(known(amy), surname="Other"), ("surname",)))
    (now,) = pupils(db)
    assert (now.group_name, now.surname) == ("4A", "Other")


def test_an_edit_that_changes_nothing_leaves_no_trace(db: sqlite_utils.Database) -> None:
    """The audit is of changes."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    before = everything(db)
    assert not edit_pupil(db, ACT, ALWAYS, Edited(amy.id, known(amy), DETAILS)).changes_something
    assert everything(db) == before


def test_a_upn_can_be_taken_away_where_a_ref_stays(db: sqlite_utils.Database) -> None:
    """It was another child's."""
    amy = add_pupil(db, ACT, ALWAYS, details(1, ref="kite"))
    edit_pupil(db, ACT, ALWAYS, Edited(amy.id, replace(known(amy), upn=None), ("upn",)))
    assert pupils(db)[0].upn is None


def test_who_has_left_is_listed_only_where_asked_for(db: sqlite_utils.Database) -> None:
    """They stay on the register, and are found by number."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    (gone,) = set_left(db, ACT, ALWAYS, [amy.id], ACT.at)
    assert gone.left_at == ACT.at
    assert (pupils(db), pupils(db, with_left=True), find_pupil(db, upn(1))) == ((), (gone,), gone)
    assert set_left(db, ACT, ALWAYS, [amy.id], None) == (amy,)


def test_leaving_twice_is_no_news(db: sqlite_utils.Database) -> None:
    """The first day is kept."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    set_left(db, ACT, ALWAYS, [amy.id], ACT.at)
    before = everything(db)
    assert set_left(db, ACT, ALWAYS, [amy.id], "2027-06-08T09:00:00.000Z") == ()
    assert everything(db) == before


def test_the_pupils_of_a_list_that_have_left_are_all_marked_or_none(db: sqlite_utils.Database) -> None:
    """One change is one transaction."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    before = everything(db)
    with pytest.raises(KeyError):
        set_left(db, ACT, ALWAYS, [amy.id, 99], ACT.at)
    assert everything(db) == before


def test_a_closed_register_takes_no_change(db: sqlite_utils.Database) -> None:
    """A list after the check has closed, a pupil after the register has: the data layer itself refuses."""
    amy = add_pupil(db, ACT, ALWAYS, details(1))
    before = everything(db)
    late = AuditStamp("2027-07-02T00:00:00.000Z", "cli")
    class_list: ClassList = read(HEADINGS, BO)
    refusals = [
        lambda: import_list(db, ACT, NATIONAL, class_list, update=True),
        lambda: add_pupil(db, late, NATIONAL, details(2)),
        lambda: edit_pupil(db, late, NATIONAL, Edited(amy.id, details(2), DETAILS)),
        lambda: set_left(db, late, NATIONAL, [amy.id], ACT.at),
    ]
    for refused in refusals:
        with pytest.raises(Refused) as why:
            refused()
        assert [one.obstacle.code for one in why.value.obstacles] == [ObstacleCode.CLOSED]
    assert everything(db) == before
    add_pupil(db, ACT, NATIONAL, details(2))


def test_a_signed_declaration_closes_the_register_until_it_is_taken_back(db: sqlite_utils.Database) -> None:
    """Under the national scheme alone."""
    signed = "insert into declaration (at, by, code) values ('2027-06-06T09:00:00.000Z', 'cli', 'YES')"
    db.execute(signed)
    with pytest.raises(Refused):
        add_pupil(db, ACT, NATIONAL, details(1))
    add_pupil(db, ACT, ALWAYS, details(1))
    db.execute(signed.replace("code)", "code, undoes)").replace("'YES')", "'YES', 1)"))
    add_pupil(db, ACT, NATIONAL, details(2))


def test_a_row_of_older_rules_is_still_a_pupil(db: sqlite_utils.Database) -> None:
    """Lists and commands must not stumble over what was allowed once, or was changed by hand."""
    db.execute(
        "insert into pupil (upn, surname, forename, date_of_birth, sex) values ('X', ' @', 'Amy', '2018-03-14', 'F')"
    )
    assert [pupil.surname for pupil in pupils(db)] == [" @"]


@pytest.mark.parametrize("times", [1, TRIES, TRIES + 1])
def test_a_register_that_changes_while_the_list_is_held_against_it_is_looked_at_anew(
    home: Home, db: sqlite_utils.Database, times: int
) -> None:
    """What is prepared outside of the lock is never written over what somebody else wrote meanwhile."""
    others = [details(upn=upn(number), forename=f"Ida {number}") for number in range(900, 900 + times)]
    added: list[Pupil] = []
    with contextlib.closing(connect(home.database)) as other:

        def before_the_lock(statement: str) -> None:
            if statement.casefold() == "begin immediate" and others:
                added.append(add_pupil(other, ACT, ALWAYS, others.pop()))

        db.conn.set_trace_callback(before_the_lock)
        done = imported(db, AMY, BO)
        db.conn.set_trace_callback(None)
    assert len(added) == times
    assert {pupil.id for pupil in pupils(db)} == {pupil.id for pupil in (*added, *done.added)}
    assert len(done.added) == 2
    assert len(audit(db)) == times + 2


def test_a_line_that_somebody_adds_meanwhile_is_not_added_twice(home: Home, db: sqlite_utils.Database) -> None:
    """It is on the register then, like any other."""
    waiting = [read(HEADINGS, BO)]
    with contextlib.closing(connect(home.database)) as other:

        def before_the_lock(statement: str) -> None:
            if statement.casefold() == "begin immediate" and waiting:
                import_list(other, ACT, ALWAYS, waiting.pop(), update=False)

        db.conn.set_trace_callback(before_the_lock)
        done = imported(db, AMY, BO)
        db.conn.set_trace_callback(None)
    assert (len(done.added), len(done.unchanged), len(pupils(db))) == (1, 1, 2)


def test_nothing_is_compared_while_the_lock_is_held(db: sqlite_utils.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kiosk may be waiting for it: the list is judged before."""
    held: list[bool] = []
    real = register_import.compare

    def watched(*given: Any, **more: Any) -> Comparison:
        held.append(db.conn.in_transaction)
        return real(*given, **more)

    monkeypatch.setattr(register_import, "compare", watched)
    imported(db, AMY, BO)
    assert held == [False]
