"""Reasons, restarts and assistants through the office: who acts decides what may be done, and is in the audit."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import as_json, assistants, reasons, restarts, sessions
from mtc_kiosk.office.code_choice import code_problem
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.pins import of_day
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.office.words import assistant_named
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.rules import CodeObstacle
from mtc_kiosk.school.selection import AsWritten, ById
from mtc_kiosk.school.staff import Role, Staff, kiosk_staff, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.reasons import set_reasons
from mtc_kiosk.store.school.restarts import give_restarts
from tests.office.acting import HEAD, ONE, TWO, acting, audited
from tests.office.as_staff import TEACHER
from tests.office.taking import take

KIOSK = kiosk_staff("PC1")


def obstacles(refused: Refused) -> list[ObstacleCode]:
    """What was in the way."""
    return [one.obstacle.code for one in refused.obstacles]


def start_and_take(home: Home, office: OpenHome, pupil_id: int = 1, outcome: Outcome = Outcome.COMPLETE) -> str:
    """A session for a pupil, who takes the check; the attempt's id."""
    (pin,) = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((pupil_id,)))).pins
    return take(home, pin, outcome)


@pytest.mark.parametrize("staff", [TEACHER, KIOSK])
def test_a_teacher_cannot_give_a_heads_reason(home: Home, staff: Staff) -> None:
    """At the kiosk or at a desk: it is refused, not only missing from a list, and leaves nothing behind."""
    with acting(home, staff) as office:
        assert "ANLLH" not in [code.code for code in reasons.codes(office)]
        with pytest.raises(Refused) as refused:
            reasons.give(office, ById((1,)), "ANLLH")
        assert obstacles(refused.value) == [ObstacleCode.NEEDS_HEAD]
        assert not reasons.has_one(office, 1)
        assert audited(office) == []


@pytest.mark.parametrize(("staff", "codes"), [(TEACHER, ["ABSNT"]), (HEAD, ["ABSNT", "ANLLH"])])
def test_a_code_is_refused_alike_wherever_it_is_checked(home: Home, staff: Staff, codes: list[str]) -> None:
    """In the office and in the transaction: one sentence, and the codes that this person may give."""
    with acting(home, staff) as office:
        for give, store, what in (
            (reasons.give, set_reasons, "reason"),
            (restarts.give, give_restarts, "restart reason"),
        ):
            with pytest.raises(OfficeRefused) as early:
                give(office, ById((1,)), "XXX")
            with pytest.raises(Refused) as late:
                store(office.db, office.context(), [1], "XXX")
            (problem,) = problems_of(early.value)
            assert problems_of(late.value, office.db) == (problem,)
            assert str(problem) == f"There is no {what} 'XXX'. Choose from:"
            if store is set_reasons:
                choices = [str(each.data["code"]) for each in problem.candidates]
                assert [code for code in ("ABSNT", "ANLLH") if code in choices] == codes
        assert audited(office) == []


def test_a_reason_that_is_no_longer_offered_is_refused_with_the_others(home: Home) -> None:
    """It is a code, but not one to give: the list leaves it out."""
    with acting(home, HEAD) as office:
        hidden = tuple(replace(one, offered=one.code != "ABSNT") for one in office.rules.reason_codes)
        obstacle = replace(office.rules, reason_codes=hidden).reason_obstacle("ABSNT", is_head=True)
    assert isinstance(obstacle, CodeObstacle)
    problem = code_problem(obstacle)
    assert str(problem) == "The reason ABSNT can no longer be given (check.yaml, reasons). Choose from:"
    assert "ABSNT" not in [each.data["code"] for each in problem.candidates]
    assert "ANLLH" in [each.data["code"] for each in problem.candidates]


@pytest.mark.parametrize("staff", [HEAD, staff_of("another", Role.HEAD)])
def test_a_head_gives_a_heads_reason_and_a_teacher_cannot_take_it_back(home: Home, staff: Staff) -> None:
    """Whoever acted is in the audit and in the list."""
    with acting(home, staff) as office:
        assert "ANLLH" in [code.code for code in reasons.codes(office)]
        given = reasons.give(office, AsWritten((ONE,)), " anllh ")
        assert (given.code, [pupil.id for pupil in given.pupils]) == ("ANLLH", [1])
        assert audited(office)[-1] == (staff.account, "reason.set", "1")
        (line,) = reasons.listed(office).given
        assert (line.set_by, line.label) == (staff.account, given.label)
    with acting(home, TEACHER) as office, pytest.raises(Refused) as refused:
        reasons.remove(office, ONE)
    assert obstacles(refused.value) == [ObstacleCode.NEEDS_HEAD]


def test_a_reason_takes_the_unused_pin_and_gives_leave_for_a_new_one(home: Home) -> None:
    """The pupils without their PIN are named; once the reason is gone, they need one."""
    with acting(home, TEACHER) as office:
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
        given = reasons.give(office, AsWritten((ONE, TWO)), "ABSNT")
        assert [pupil.id for pupil in given.without_pin] == [1]
        assert as_json.reasons_given(given)["pins_cancelled"] == [1]
        assert of_day(office).pins == ()
        assert reasons.has_one(office, 1)
        removed = reasons.remove(office, 1)
        assert as_json.reason_removed(removed) == {"pupil_id": 1, "needs_pin": True}
        assert not reasons.has_one(office, ONE)


def test_the_list_of_reasons_says_which_the_school_gives(home: Home) -> None:
    """With who gave each to whom and when."""
    with acting(home, TEACHER) as office:
        reasons.give(office, ById((2,)), "ABSNT")
        found = as_json.reasons(reasons.listed(office))
    (row,) = found["pupils"]
    assert row == {
        "pupil_id": 2,
        "upn": TWO,
        "ref": None,
        "surname": "Testerly",
        "forename": "Amy 2",
        "reason_code": "ABSNT",
        "reason": "Absent during check window",
        "set_by": "t.teacher",
        "set_at": "2027-06-07T09:00:00.000Z",
    }
    offered = {row["code"]: row["head_only"] for row in found["reasons"]}
    assert (offered["ABSNT"], offered["ANLLH"]) == (False, True)


def test_a_restart_for_one_who_has_not_begun_is_refused_by_name(home: Home) -> None:
    """All or none of them, each with a sentence."""
    with acting(home, TEACHER) as office:
        start_and_take(home, office, outcome=Outcome.STOPPED)
        with pytest.raises(Refused) as refused:
            restarts.give(office, ById((1, 2)), "ITI")
        (problem,) = problems_of(refused.value, office.db)
        assert problem.message.startswith(f"Testerly, Amy 2 ({TWO}) ")
        assert not restarts.has_one(office, 1)


def test_a_restart_and_back(home: Home) -> None:
    """It waits until a PIN is made; a reason over it hides it."""
    with acting(home, TEACHER) as office:
        start_and_take(home, office, outcome=Outcome.STOPPED)
        given = restarts.give(office, AsWritten((ONE,)), "iti")
        assert as_json.restarts_given(given) == {"pupil_ids": [1], "reason": "ITI"}
        assert restarts.has_one(office, 1)
        assert "ITI" in [code.code for code in restarts.codes(office)]
        reasons.give(office, ById((1,)), "ABSNT")
        assert not restarts.has_one(office, 1)
        reasons.remove(office, 1)
        assert restarts.remove(office, ONE).id == 1
        assert not restarts.has_one(office, 1)
        assert audited(office)[-1] == ("t.teacher", "restart.removed", "1")


def test_an_assistant_is_named_after_the_check_listed_and_taken_back(home: Home) -> None:
    """In the list with the pupil, who gave it and why."""
    with acting(home, TEACHER) as office:
        attempt = start_and_take(home, office)
        assert assistants.add(office, ONE, "Ann", "Example", "The usual helper\nwas ill.").id == 1
        (found,) = assistants.listed(office)
        assert assistant_named(found.assistant, office.timetable.zone) == (
            "Ann Example, named by t.teacher on 7 June 2027 at 10:00: The usual helper was ill."
        )
        (row,) = as_json.assistants([found])["assistants"]
        assert (row["pupil_id"], row["attempt_id"], row["by"]) == (1, attempt, "t.teacher")
        assert assistants.remove(office, 1).id == 1
        assert assistants.listed(office) == ()
        with pytest.raises(Refused):
            assistants.remove(office, 1)


def test_no_assistant_before_the_check(home: Home) -> None:
    """Nor with an invalid name: that is refused before the pupil is looked up."""
    with acting(home, TEACHER) as office:
        with pytest.raises(Refused):
            assistants.add(office, ONE, "Ann", "Example", "Ill.")
        with pytest.raises(Refused) as refused:
            assistants.add(office, "X9", "4nn!", "", "Ill.")
        assert assistants.listed(office) == ()
    assert obstacles(refused.value) == [ObstacleCode.NOT_A_NAME]


@pytest.mark.parametrize("why", ["\0", "\u200b", " \x07\u202e "])
def test_a_reason_that_cannot_be_seen_is_none(home: Home, why: str) -> None:
    """Why an assistant was named later: refused like a blank one."""
    with acting(home, TEACHER) as office:
        start_and_take(home, office)
        with pytest.raises(Refused) as refused:
            assistants.add(office, ONE, "Ann", "Example", why)
    assert obstacles(refused.value) == [ObstacleCode.NOT_A_TEXT]


@pytest.mark.parametrize(
    "change",
    [
        lambda office: reasons.give(office, ById((3, 1)), "ABSNT"),
        lambda office: reasons.remove(office, 2),
        lambda office: reasons.remove_several(office, (3, 2)),
        lambda office: restarts.give(office, ById((1,)), "ITI"),
        lambda office: restarts.remove(office, 1),
        lambda office: assistants.add(office, 1, "Ann", "Example", "Ill."),
        lambda office: assistants.remove(office, 1),
    ],
)
def test_a_teacher_changes_nothing_for_pupils_of_other_groups(home: Home, change: Callable[[OpenHome], object]) -> None:
    """Nor sees their reasons and who typed for them; a pupil of one's own beside them gets nothing either."""
    with acting(home, TEACHER) as office:
        start_and_take(home, office)
        assistants.add(office, 1, "Ann", "Example", "Ill.")
        reasons.give(office, ById((2,)), "ABSNT")
    with acting(home, Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"}))) as office:
        with pytest.raises(OfficeRefused) as refused:
            change(office)
        assert [problem.code for problem in refused.value.problems] == ["scope"]
        assert (reasons.listed(office).given, assistants.listed(office)) == ((), ())
        assert audited(office)[-1][0] == TEACHER.account
    with acting(home, TEACHER) as office:
        assert (reasons.has_one(office, 2), reasons.has_one(office, 3)) == (True, False)
