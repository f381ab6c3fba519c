"""Restarts in the database: given and taken back, each change whole and audited."""

import contextlib
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.rows import Table
from mtc_kiosk.store.records.rows import rows as records
from mtc_kiosk.store.school.restarts import give_restarts, remove_restart
from tests.school.known import NATIONAL, rules
from tests.store.a_school import TEACHER, ASchool, rows


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school without pupils."""
    with contextlib.closing(ASchool(home.database)) as made:
        yield made


def checked(school: ASchool, outcome: Outcome = Outcome.STOPPED) -> tuple[int, str]:
    """A pupil who took a check, and its attempt."""
    (pupil,) = school.pupils(1)
    return pupil, school.take(school.start([pupil]).pins[0], outcome=outcome)


def outcome(school: ASchool, attempt_id: str) -> str | None:
    """How an attempt's row says that it ended."""
    found: str | None = school.db.execute("select outcome from attempt where id = ?", (attempt_id,)).fetchone()[0]
    return found


def test_a_restart_names_the_attempt_whose_place_it_takes(school: ASchool) -> None:
    """With who gave it and whether as a head."""
    pupil, attempt = checked(school)
    school.restart(pupil, TEACHER)
    row = school.db.execute("select pupil_id, by, code, origin_attempt, by_head, undoes from restart").fetchone()
    assert row == (pupil, "kiosk:PC1", "ITI", attempt, 0, None)
    assert school.status(pupil).status is Status.RESTART


def test_a_restart_and_its_end_are_audited_and_sealed(school: ASchool) -> None:
    """Each with one row of the audit and one record."""
    pupil, _ = checked(school)
    school.restart(pupil)
    school.unrestart(pupil)
    assert school.audited()[1:] == [("cli", "restart.given", str(pupil)), ("cli", "restart.removed", str(pupil))]
    sealed = [row.sealed().content for row in records(school.db, Table.INBOX, "type = 'restart'")]
    assert sorted(record.undoes is None for record in sealed) == [False, True]  # type: ignore[union-attr]  # restarts


def test_a_held_check_is_superseded(school: ASchool) -> None:
    """It never goes on; its record is sealed with the restart."""
    (pupil,) = school.pupils(1)
    attempt = school.sign_in(school.start([pupil]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    school.restart(pupil)
    assert outcome(school, attempt) == "superseded"
    assert {row.type for row in records(school.db, Table.INBOX)} == {"check", "restart"}


def test_a_check_whose_kiosk_does_not_run_is_held(school: ASchool) -> None:
    """A broken PC does not prevent a restart."""
    (pupil,) = school.pupils(1)
    attempt = school.sign_in(school.start([pupil]).pins[0], "PC2")
    school.begin(attempt)
    with pytest.raises(Refused, match="taking the check on PC2"):
        school.restart(pupil)
    school.running.remove("PC2")
    school.restart(pupil)
    assert outcome(school, attempt) == "superseded"


def test_the_end_of_a_superseded_check_is_kept_apart(school: ASchool) -> None:
    """A kiosk that went on with it all the same loses nothing, and changes nothing."""
    (pupil,) = school.pupils(1)
    attempt = school.sign_in(school.start([pupil]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    school.restart(pupil)
    school.release(attempt)
    school.finish(attempt)
    assert outcome(school, attempt) == "superseded"
    assert school.status(pupil).status is Status.RESTART


def test_taking_a_restart_back_brings_the_check_back(school: ASchool) -> None:
    """A complete one is complete again; a superseded one stays stopped."""
    pupil, _ = checked(school, Outcome.COMPLETE)
    school.restart(pupil)
    school.unrestart(pupil)
    assert school.status(pupil).status is Status.COMPLETE
    (other,) = school.pupils(1)
    held = school.sign_in(school.start([other]).pins[0])
    school.begin(held)
    school.hold(held)
    school.restart(other)
    school.unrestart(other)
    assert school.status(other).status is Status.STOPPED


def test_a_restart_whose_pin_lapsed_can_be_taken_back(school: ASchool) -> None:
    """Not while the PIN is there (reference 13.19: the national service loses the score here)."""
    pupil, _ = checked(school, Outcome.COMPLETE)
    school.restart(pupil)
    school.start([pupil])
    with pytest.raises(Refused) as refused:
        school.unrestart(pupil)
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.HAS_PIN
    school.end()
    assert school.status(pupil).status is Status.RESTART
    school.unrestart(pupil)
    assert school.status(pupil).status is Status.COMPLETE


def test_a_restart_is_taken_back_once(school: ASchool) -> None:
    """A second time there is none; another can be given."""
    pupil, _ = checked(school)
    school.restart(pupil)
    school.unrestart(pupil)
    with pytest.raises(Refused):
        school.unrestart(pupil)
    school.restart(pupil)
    assert school.status(pupil).status is Status.RESTART


def test_all_or_none(school: ASchool) -> None:
    """If one of several may not have a restart, none gets one, and the refusal has every obstacle."""
    pupil, _ = checked(school)
    others = school.pupils(2)
    before = rows(school.db)
    with pytest.raises(Refused) as refused:
        give_restarts(school.db, school.doing(), [pupil, *others], "ITI")
    assert [one.pupil_id for one in refused.value.obstacles] == others
    assert rows(school.db) == before


def test_more_than_25_at_once(school: ASchool) -> None:
    """A fire alarm takes a whole school's checks."""
    ids = school.pupils(30)
    for issued in school.start(ids).pins:
        school.take(issued, outcome=Outcome.STOPPED)
    give_restarts(school.db, school.doing(), ids, "CLD")
    assert {school.status(pupil).status for pupil in ids} == {Status.RESTART}


def test_an_unknown_code_is_refused(school: ASchool) -> None:
    """With the codes there are."""
    pupil, _ = checked(school)
    with pytest.raises(Refused, match=r"There is no restart reason 'XXX'. Choose from: LOI .*, ITI .*, CLD .*, DNC"):
        give_restarts(school.db, school.doing(), [pupil], "XXX")


def test_restarts_end_with_the_check(home: Home) -> None:
    """Under the national dates none is given or taken back after the last day."""
    with contextlib.closing(ASchool(home.database, own_rules=rules(NATIONAL))) as school:
        pupil, _ = checked(school)
        school.restart(pupil)
        school.later(days=20)
        for change in (lambda: school.restart(pupil), lambda: school.unrestart(pupil)):
            with pytest.raises(Refused, match=r"closed\. The last day was 18 June 2027"):
                change()


def test_a_failure_to_seal_changes_nothing(school: ASchool) -> None:
    """The row, its audit and its record are one transaction."""
    pupil, _ = checked(school)
    school.db.execute("create trigger full_disk before insert on inbox begin select raise(abort, 'full'); end")
    before = rows(school.db)
    with pytest.raises(Exception, match="full"):
        school.restart(pupil)
    assert rows(school.db) == before


def test_three_checks_and_a_head(school: ASchool) -> None:
    """The third is the last that a teacher can give; a head's further one is marked as such."""
    pupil, _ = checked(school)
    for _ in range(2):
        school.restart(pupil, TEACHER)
        school.take(school.start([pupil]).pins[0], outcome=Outcome.STOPPED)
    with pytest.raises(Refused, match="Only a head"):
        school.restart(pupil, TEACHER)
    school.restart(pupil)
    assert [head for (head,) in school.db.execute("select by_head from restart order by id")] == [0, 0, 1]


def test_a_restart_given_elsewhere_is_taken_back_there(school: ASchool) -> None:
    """Its record came in; this home has no row to take back."""
    pupil, _ = checked(school)
    school.restart(pupil)
    school.db.execute("drop trigger restart_is_kept")
    school.db.execute("delete from restart")
    assert school.status(pupil).status is Status.RESTART
    with pytest.raises(Refused) as refused:
        remove_restart(school.db, school.doing(), pupil)
    assert refused.value.obstacles[0].obstacle.code is ObstacleCode.GIVEN_ELSEWHERE
