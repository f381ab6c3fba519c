"""Reasons in the database: given and taken back, each change whole and audited."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.rows import Table
from mtc_kiosk.store.records.rows import rows as records
from mtc_kiosk.store.school.reasons import set_reasons
from tests.school.known import NATIONAL, rules
from tests.store.a_school import TEACHER, ASchool, rows


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school without pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        yield made


@pytest.mark.parametrize("code", ["ABSNT", "INCRG", "JSTAR", "LEFTT", "NOACC", "BLSTD"])
def test_each_of_the_six_for_one_and_for_many(school: ASchool, code: str) -> None:
    """They all have it, and count as completed."""
    ids = school.pupils(3)
    set_reasons(school.db, school.doing(TEACHER), ids, code)
    assert {school.status(pupil).status for pupil in ids} == {Status.REASON}
    assert school.db.execute("select count(*), min(by), max(by_head) from reason").fetchone() == (3, "kiosk:PC1", 0)


def test_a_reason_and_its_end_are_audited_and_sealed(school: ASchool) -> None:
    """Each with one row of the audit and one record."""
    (pupil,) = school.pupils(1)
    school.reason(pupil)
    school.unreason(pupil)
    assert school.audited() == [("cli", "reason.set", str(pupil)), ("cli", "reason.removed", str(pupil))]
    assert [row.type for row in records(school.db, Table.INBOX)] == ["reason", "reason"]
    assert school.status(pupil).status is Status.NOT_STARTED


def test_all_or_none(school: ASchool) -> None:
    """If one of several may not have it, none gets it, and the refusal has every obstacle."""
    ids = school.pupils(3)
    school.reason(ids[1])
    before = rows(school.db)
    with pytest.raises(Refused) as refused:
        set_reasons(school.db, school.doing(), ids, "LEFTT")
    assert [(one.pupil_id, one.obstacle.code) for one in refused.value.obstacles] == [(ids[1], ObstacleCode.HAS_REASON)]
    assert rows(school.db) == before


def test_a_reason_hides_a_restart_that_waits(school: ASchool) -> None:
    """Taken back, the restart waits again and its PIN can be made (reference 13.18: nationally it is lost)."""
    (pupil,) = school.pupils(1)
    school.take(school.start([pupil]).pins[0], outcome=Outcome.STOPPED)
    school.restart(pupil)
    school.reason(pupil)
    assert school.status(pupil).status is Status.REASON
    with pytest.raises(Refused):
        school.start([pupil])
    school.unreason(pupil)
    assert school.status(pupil).status is Status.RESTART
    assert school.start([pupil]).pins


def test_an_annulment_taken_back_leaves_everything_as_it_was(school: ASchool) -> None:
    """A complete check is complete again, an earlier reason holds again."""
    done, absent = school.pupils(2)
    school.take(school.start([done]).pins[0])
    school.reason(absent)
    for pupil in (done, absent):
        school.reason(pupil, "ANLLQ")
        assert school.status(pupil).label == "Maladministration"
        school.unreason(pupil)
    assert school.status(done).status is Status.COMPLETE
    assert school.status(absent).label == "Absent during check window"


def test_a_heads_reason_is_not_a_teachers(school: ASchool) -> None:
    """Neither to give nor to take back."""
    (pupil,) = school.pupils(1)
    with pytest.raises(Refused, match="Only a head"):
        school.reason(pupil, "NOABA", TEACHER)
    school.reason(pupil, "NOABA")
    with pytest.raises(Refused, match="only a head"):
        school.unreason(pupil, TEACHER)
    school.unreason(pupil)


def test_a_late_check_does_not_lift_a_reason(school: ASchool) -> None:
    """It is kept, and shows once the reason is taken back."""
    (pupil,) = school.pupils(1)
    attempt = school.sign_in(school.start([pupil]).pins[0], "PC2")
    school.begin(attempt)
    school.running.remove("PC2")
    school.reason(pupil)
    school.finish(attempt)
    assert school.status(pupil).status is Status.REASON
    school.unreason(pupil)
    assert school.status(pupil).status is Status.COMPLETE


def test_the_wider_list_after_the_check(home: Home) -> None:
    """Whoever began and is not complete is given a reason once the national check is over, and not before."""
    with contextlib.closing(ASchool(home.database, own_rules=rules(NATIONAL))) as school:
        (pupil,) = school.pupils(1)
        school.take(school.start([pupil]).pins[0], outcome=Outcome.STOPPED)
        with pytest.raises(Refused, match="when the check is over"):
            school.reason(pupil)
        school.later(days=13)
        school.reason(pupil)
        school.later(days=7)
        with pytest.raises(Refused, match=r"closed\. The last day was 25 June 2027"):
            school.unreason(pupil)
