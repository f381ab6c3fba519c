"""The results file: the columns of the reference, one row a pupil, and the notes about it."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from mtc_kiosk.export.csv_text import csv_bytes
from mtc_kiosk.export.results import COLUMNS, Layout, notes, results_json, results_table
from mtc_kiosk.school.results import NOT_COUNTED, LeftOut, Result, ResultStatus

from .examples import NATIONAL, OWN, nothing, pupil, result, row

CHOSEN = datetime(2026, 6, 4, 9, tzinfo=UTC)
HEADER = (
    "Surname,Forename,Middle name(s),Date of birth,Sex,UPN,Group,Score,Out of,Status,Reason code,CTF result,"
    "Checks taken,Completed at"
)


def lines(what: Result, layout: Layout = NATIONAL) -> list[str]:
    """The lines of a file with one pupil."""
    return csv_bytes(results_table([row(what=what)], layout)).decode("utf-8-sig").split("\r\n")


def test_the_columns_are_those_of_the_reference() -> None:
    """In its order and words; under the school's own scheme a pupil ref follows."""
    assert lines(result(), NATIONAL)[0] == HEADER
    assert lines(result(), OWN)[0] == f"{HEADER},Pupil ref"


@pytest.mark.parametrize(
    ("what", "cells"),
    [
        (result(), "23,25,Complete,,23,1,03/06/2026 09:41"),
        (result(score=0, ctf="0"), "0,25,Complete,,0,1,03/06/2026 09:41"),
        (
            result(label="Complete (changed rules)", changed_rules=True, ctf="", out_of=20),
            "23,20,Complete (changed rules),,,1,03/06/2026 09:41",
        ),
        (
            nothing(status=ResultStatus.REASON, label="Absent during check window", reason_code="ABSNT", ctf="A"),
            ",25,Absent during check window,ABSNT,A,0,",
        ),
        (
            nothing(status=ResultStatus.RESTART_NOT_TAKEN, label="Did not attempt the restart", checks_taken=1),
            ",25,Did not attempt the restart,,X,1,",
        ),
        (nothing(), ",25,Not started,,X,0,"),
    ],
)
def test_each_case_is_a_row_of_the_reference(what: Result, cells: str) -> None:
    """Complete, nought right, changed rules, a reason, a restart not taken, nothing."""
    assert lines(what)[1] == f"Testerly,Amy,,14/03/2017,F,G201100120001,4A,{cells}"


def test_the_completion_is_in_the_schools_own_time() -> None:
    """Summer and winter, written like the date of birth beside it."""
    winter = result(completed_at=datetime(2026, 12, 3, 9, 41, 12, tzinfo=UTC))
    assert lines(winter)[1].endswith(",03/12/2026 09:41")


def test_the_letters_of_a_transfer_file_are_blank_while_it_is_off() -> None:
    """A practice result must not find its way into the school's system."""
    assert lines(result(), OWN)[1].endswith(",23,25,Complete,,,1,03/06/2026 09:41,")


def test_a_pupil_without_a_upn_has_a_ref() -> None:
    """In the last column, under the school's own scheme."""
    text = csv_bytes(results_table([row(pupil(upn=None, ref="4A/17"))], OWN)).decode("utf-8-sig")
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (found["UPN"], found["Pupil ref"]) == ("", "4A/17")


def test_every_pupil_given_has_a_row_in_the_order_given() -> None:
    """None is left out and none is moved."""
    rows = [row(pupil(id=n, forename=f"Amy-{n}"), nothing(pupil_id=n)) for n in range(40)]
    text = csv_bytes(results_table(rows, OWN)).decode("utf-8-sig")
    assert [found["Forename"] for found in csv.DictReader(io.StringIO(text, newline=""))] == [
        f"Amy-{n}" for n in range(40)
    ]


def test_json_says_the_same_and_what_csv_has_no_column_for() -> None:
    """Dates as ISO, nothing as null, no cell guarded."""
    (found,) = results_json([row(what=result(voids=2, has_two=True, chosen_at=CHOSEN))], OWN)
    assert found == {
        "surname": "Testerly",
        "forename": "Amy",
        "middle_names": "",
        "date_of_birth": "2017-03-14",
        "sex": "F",
        "upn": "G201100120001",
        "ref": None,
        "group": "4A",
        "score": 23,
        "out_of": 25,
        "status": "Complete",
        "reason_code": None,
        "ctf_result": None,
        "checks_taken": 1,
        "completed_at": "2026-06-03T09:41:12+01:00",
        "attempt_id": "a",
        "changed_rules": False,
        "voids": 2,
        "two_checks": True,
        "chosen_at": "2026-06-04T10:00:00+01:00",
        "left_out": [],
    }
    json.dumps(found)


def test_what_the_rows_do_not_show_is_said_beside_them() -> None:
    """Changed rules, spoilt questions, two checks, and each check that was left out, by name and number."""
    rows = [
        row(what=result(changed_rules=True)),
        row(what=result(voids=1)),
        row(what=result(has_two=True)),
        row(what=result(chosen_at=CHOSEN)),
        row(what=nothing(left_out=(LeftOut("a-7", "A replay of its journal fails."),))),
    ]
    who = "Testerly, Amy (G201100120001)"
    assert notes(rows, NATIONAL) == (
        'If the status says "changed rules", the check did not have the national rules.',
        f"{who}: a fault spoilt 1 question of this check.",
        f"{who} took two checks, and only one can count. Neither score is here until a head has chosen.",
        f"{who} took two checks, and only one can count. A head chose which one on 4 June 2026 at 10:00.",
        f"Left out: a check of {who}, attempt a-7. {NOT_COUNTED}",
    )


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    """But that the transfer file is off, where it is."""
    assert notes([row()], NATIONAL) == ()
    assert notes([row()], OWN) == (
        "The column CTF result is blank, because the Common Transfer File is off (school.yaml, ctf).",
    )


def test_there_are_fourteen_columns() -> None:
    """As in the reference's example."""
    assert ",".join(COLUMNS) == HEADER
