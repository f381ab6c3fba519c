"""Insight is of the checks that count alone, and is a showing of results."""

from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import SECOND
from mtc_kiosk.insight.practise import Why
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.office import assistants, notes
from mtc_kiosk.office import attempts as office_attempts
from mtc_kiosk.office.attempts import Reading
from mtc_kiosk.office.insight import insight_of_class, insight_of_pupil
from mtc_kiosk.office.open import configuration_of, find, opened
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.results import proven_results, show_results
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.store.db.opened import Memory, remembered
from mtc_kiosk.store.records.inbox import take_in
from tests.check.robot import FORM, PLAIN, Robot
from tests.record.examples import assistant, assistant_detail, key, record_id
from tests.record.homes import ACT, upn

from .as_staff import HEAD, TEACHER, open_as
from .with_results import WithResults, points, scoring, two_groups

NATIONAL = "window: {check_closes: 2027-06-18}\nresults: after_window\n"


def test_a_pupil_with_two_checks_has_no_insight_and_is_named(tmp_path: Path) -> None:
    """Until a head has chosen, neither check is in any figure."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        found = insight_of_class(home, "page")
    assert list(found.insight.pupils) == [1]
    assert [pupil.id for pupil in found.two] == [2]
    assert found.insight.full_marks == 1
    assert found.insight.distribution is not None
    assert found.insight.distribution.pupils == 1


def test_answers_have_the_times_of_the_journal(tmp_path: Path) -> None:
    """Results have none; insight reads the keys as they were pressed."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        answers = insight_of_class(home, "page").insight.pupils[1].attempt.answers
    assert [answer.right for answer in answers] == [True] * 4
    assert all(answer.think_ms is not None for answer in answers)


def test_a_note_and_an_assistant_reach_insight(tmp_path: Path) -> None:
    """Where somebody typed no time is the pupil's; a note is a reason to look twice."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        assistants.add(home, 1, "Ann", "Testerly", "Broke a wrist that morning")
        notes.add(home, 1, "Was unwell")
        one = insight_of_class(home, "page").insight.pupils[1]
    assert one.attempt.assisted
    assert one.times.think_ms is None
    assert [str(doubt.reason) for doubt in one.doubts] == ["note"]


def test_insight_is_audited_as_results_are(tmp_path: Path) -> None:
    """With where it was shown, and the pupils with a score."""
    school = two_groups(tmp_path)
    with open_as(tmp_path, TEACHER) as home:
        insight_of_class(home, "report")
    ((_, where, after),) = school.audited("results.shown")
    assert (where, '"scores": [1]' in after or '"scores":[1]' in after) == ("report", True)


def test_there_is_no_insight_before_the_release(tmp_path: Path) -> None:
    """It would give the scores away."""
    two_groups(tmp_path)
    (tmp_path / "config" / "school.yaml").write_text(NATIONAL, encoding="utf-8")
    with open_as(tmp_path, HEAD, "2027-06-21T04:59:59Z") as home, pytest.raises(Refused):
        insight_of_class(home, "page")


def test_a_group_without_checks_has_an_empty_insight(tmp_path: Path) -> None:
    """Nobody in it took the check."""
    two_groups(tmp_path)
    with open_as(tmp_path, HEAD) as home:
        found = insight_of_class(home, "page", "4B")
    assert (dict(found.insight.pupils), found.insight.distribution, found.two) == ({}, None, ())


def test_goes_of_try_it_out_reach_what_to_practise_and_the_progress(tmp_path: Path) -> None:
    """What was missed again is practised, what was right in the check is not; goes are in the order they were taken."""
    school = WithResults(tmp_path)
    school.take(1, points(0), kind=Kind.TRY, days=-7)
    school.take(1, points(2), kind=Kind.TRY, days=-14)
    school.take(1, points(3))
    with open_as(tmp_path, HEAD) as home:
        found = insight_of_pupil(home, "page", 1)
    assert [taken.attempt.score for taken in found.tries] == [2, 0]
    assert [(fact.item, fact.why) for fact in found.insight.practise] == [
        (FORM.items[3], Why.MISSED_AGAIN),
    ]


def test_a_go_without_a_check_gives_no_insight(tmp_path: Path) -> None:
    """Trying it out is no result."""
    school = WithResults(tmp_path)
    school.take(1, points(3), kind=Kind.TRY)
    with open_as(tmp_path, HEAD) as home:
        assert insight_of_class(home, "page").insight.pupils == {}


def test_a_record_altered_after_its_proof_is_named(tmp_path: Path) -> None:
    """A console that read the score before knows it still; what it never read, it does not read now."""
    school = two_groups(tmp_path)
    found = find(tmp_path)
    with opened(found, configuration_of(found), HEAD, memory={}) as home:
        assert show_results(home, "page").rows[0].result.score == 4
        with school.opened() as beside:
            beside.db.execute("drop trigger inbox_is_not_changed")
            beside.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-9') as blob)")
        insight = insight_of_class(home, "page")
        assert [pupil.id for pupil in insight.unread] == [1]
        assert insight.insight.pupils == {}
        with pytest.raises(Refused, match="cannot be read"):
            insight_of_pupil(home, "page", 1)


def test_an_assistant_recorded_on_another_pc_hides_times(tmp_path: Path) -> None:
    """It was somebody else's typing, wherever it was noted."""
    school = WithResults(tmp_path)
    taken = school.take(1, points(4))
    with school.opened() as home:
        row = (key().fingerprint, key().public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        about = assistant_detail(upn=upn(1))
        take_in(home.db, assistant(about, id=record_id(77), attempt_id=taken, made_up=True), home.here, ACT)
    with open_as(tmp_path, HEAD) as home:
        one = insight_of_pupil(home, "page", 1).insight
    assert one.attempt.assisted
    assert (one.times.think_ms, one.times.typing_ms) == (None, None)


def test_a_pupil_is_seen_beside_the_own_group_on_every_page(tmp_path: Path) -> None:
    """On the page of the class, of the school and of the pupil, and by a console that keeps them: the same words."""
    school = WithResults(tmp_path, pupils=12)
    school.in_group("4A", range(1, 6))
    school.in_group("", [12])
    for pupil in range(1, 13):
        school.take(pupil, points(pupil % 5))
    memory: Memory = {}
    found = find(tmp_path)
    seen = []
    for kept in (None, memory, memory):
        with opened(found, configuration_of(found), HEAD, memory=kept) as home:
            whole = insight_of_class(home, "page").insight.pupils
            for group, pupil in (("4A", 1), ("4B", 6), ("", 12)):
                of_group = insight_of_class(home, "page", group).insight.pupils[pupil]
                seen += [
                    (pupil, one) for one in (whole[pupil], of_group, insight_of_pupil(home, "page", pupil).insight)
                ]
    for pupil in (1, 6, 12):
        first, *others = [one for each, one in seen if each == pupil]
        assert all(one == first for one in others)


def test_what_is_kept_in_memory_is_not_used_for_other_attempts(tmp_path: Path) -> None:
    """A check that came in, a note and an assistant are in the next insight."""
    school = WithResults(tmp_path)
    school.take(1, points(3))
    memory: Memory = {}
    found = find(tmp_path)

    def look() -> PupilInsight:
        with opened(found, configuration_of(found), HEAD, memory=memory) as home:
            return insight_of_pupil(home, "page", 1).insight

    alone = look()
    school.take(2, points(0))
    beside = look()
    assert beside.form != alone.form
    with open_as(tmp_path, HEAD) as home:
        notes.add(home, 1, "Was unwell")
    assert look().doubts != beside.doubts
    with open_as(tmp_path, HEAD) as home:
        assistants.add(home, 1, "Ann", "Testerly", "Broke a wrist that morning")
    assert look().times.think_ms is None
    for _ in range(2):
        school.take(1, points(2), kind=Kind.TRY)
    assert {fact.why for fact in look().practise} == {Why.MISSED_AGAIN}


def test_who_typed_in_try_it_out_is_looked_at_anew(tmp_path: Path) -> None:
    """A record that comes later says that somebody typed: then no time of that go is a reason to practise."""
    school = WithResults(tmp_path)
    slow = Robot()
    for number in range(1, len(FORM.items) + 1):
        slow.reach(number)
        slow.key(str(slow.question.item.product)[0], slow.shown() + 4 * SECOND)
        slow.keys(*str(slow.question.item.product)[1:], "Enter")
    slow.reach_end()
    taken = school.take(1, points(4), kind=Kind.TRY)
    school.take(1, slow)
    memory: Memory = {}
    found = find(tmp_path)

    def looked(kept: Memory) -> PupilInsight:
        with opened(found, configuration_of(found), HEAD, memory=kept) as home:
            return insight_of_pupil(home, "page", 1).insight

    assert {fact.why for fact in looked(memory).practise} == {Why.SLOW}
    with school.opened() as home:
        row = (key().fingerprint, key().public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        about = assistant_detail(upn=upn(1))
        take_in(home.db, assistant(about, id=record_id(77), attempt_id=taken, made_up=True), home.here, ACT)
    assert looked(memory) == looked({})
    assert looked(memory).practise == ()


def test_every_attempt_of_a_large_school_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer would be read again, all of them, for each page."""
    monkeypatch.setattr(office_attempts, "MOST_KEPT", 1)
    school = WithResults(tmp_path)
    for pupil in (1, 2, 3):
        school.take(pupil, points(2), kind=Kind.TRY)
        school.take(pupil, points(3))
    memory: Memory = {}
    found = find(tmp_path)
    with opened(found, configuration_of(found), HEAD, memory=memory) as home:
        insight_of_class(home, "page")
        with proven_results(home, no_progress, trusts_memory=True) as (db, _):
            kept: dict[object, object] = remembered(db, office_attempts._ATTEMPTS)
    assert len(kept) == 6


def test_answers_of_others_say_how_hard_facts_are(tmp_path: Path) -> None:
    """A form is judged with what the school's other pupils could do, without one who took it under other rules."""
    school = WithResults(tmp_path, pupils=12)
    school.in_group("4A", [1, 2])
    school.in_group("4B", range(3, 13))
    school.take(1, points(4))
    with open_as(tmp_path, HEAD) as home:
        alone = insight_of_pupil(home, "page", 1).insight
    robot = Robot(replace(PLAIN, changed_rules=True))
    robot.reach_end()
    school.take(3, robot)
    with open_as(tmp_path, HEAD) as home:
        assert insight_of_pupil(home, "page", 1).insight == alone
    for pupil in range(4, 13):
        school.take(pupil, scoring([False, True, True, True]))
    with open_as(tmp_path, HEAD) as home:
        assert insight_of_pupil(home, "page", 1).insight.form.expected != alone.form.expected


def test_earlier_answers_are_bounded(tmp_path: Path) -> None:
    """So that a class of a large school is as quick as one of a small school."""
    school = WithResults(tmp_path, pupils=5)
    school.in_group("4A", [1])
    school.in_group("4B", range(2, 6))
    for pupil in range(1, 6):
        school.take(pupil, points(pupil % 5))
    with open_as(tmp_path, HEAD) as home, proven_results(home, no_progress) as (db, derived):
        reading = Reading(home, db, derived, most_earlier=3)
        assert len(reading.earlier(reading.attempts([1]))) == 3
