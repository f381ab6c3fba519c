"""One pupil's story through the office: in order, in words, with who did it; and what may be done now."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mtc_kiosk.check.arrangements import Size
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome, Voided
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.arrangement_choice import Choice
from mtc_kiosk.office import assistants, notes, pupils, reasons, restarts
from mtc_kiosk.office.arrangement_edit import editable, save
from mtc_kiosk.office.held_checks import note
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupil_story import PupilStory, story
from mtc_kiosk.office.story_words import event_sentence, heading
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import AuditAction, Role, Staff, staff_of
from mtc_kiosk.school.status import Bucket, PupilStatus, Status
from mtc_kiosk.school.words import CAUSE_WORDS
from mtc_kiosk.store.home.device_key import NAME
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.pupil_events import Happened, PupilEvent
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.office.acting import HEAD, MORNING, acting
from tests.office.as_staff import TEACHER
from tests.school.known import NOW
from tests.store.a_school import ASchool


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """The school of the home, where pupils take checks."""
    with contextlib.closing(ASchool(home.database)) as made:
        yield made


def told(home: Home, staff: Staff = TEACHER, pupil: int = 1, at: str = MORNING) -> PupilStory:
    """A pupil's story."""
    with acting(home, staff, at) as office:
        return story(office, pupil)


def sentences(found: PupilStory) -> list[str]:
    """What happened, in order."""
    return [line.sentence for line in found.happened]


def test_what_happened_is_told_in_order_and_with_who_did_it(home: Home, school: ASchool) -> None:
    """A held check with a spoilt question, carried on by staff, stopped, and a restart for it that was taken back."""
    (issued,) = school.start([1]).pins
    school.later(minutes=1)
    attempt = school.sign_in(issued)
    school.later(minutes=1)
    school.begin(attempt)
    school.later(seconds=30)
    school.hear(attempt, Voided(school.at(attempt), 7, 1, Cause.KEYBOARD, 1, None, 3, 4))
    school.hold(attempt)
    school.later(minutes=1)
    school.release(attempt)
    with acting(home, TEACHER, school.now.isoformat()) as office:
        note(office, AuditAction.RESUMED, attempt)
    school.later(minutes=1)
    school.finish(attempt, Outcome.STOPPED)
    school.later(minutes=1)
    school.restart(1)
    school.later(minutes=1)
    school.unrestart(1)
    found = told(home, at=(school.now + timedelta(minutes=1)).isoformat())
    assert sentences(found) == [
        "Put on the register.",
        "Got a PIN for the check, in session 1.",
        "Signed in on PC1 for the check.",
        "Began the check on PC1.",
        "Question 7 was spoilt, and its answer does not count. The keyboard was unplugged.",
        "Held on PC1. A teacher held the check.",
        "The check carried on.",
        "On PC1, the check ended before its last question.",
        "May take the check again: IT issues.",
        "The restart was taken back.",
    ]
    by = dict(zip(sentences(found), (line.by for line in found.happened), strict=True))
    assert by["The check carried on."] == "t.teacher"
    assert by["Got a PIN for the check, in session 1."] == "command line"
    assert by["Held on PC1. A teacher held the check."] == ""
    assert [line.at for line in found.happened] == sorted(line.at for line in found.happened)
    assert (found.heading, found.status.status) == (
        "Amy 1 Testerly began the check, and it was stopped",
        Status.STOPPED,
    )


def test_what_staff_did_is_told_without_names_and_texts(home: Home) -> None:
    """Edits, arrangements, reasons and assistants; a note is not part of it."""
    with acting(home, TEACHER) as office:
        pupils.edit(office, 1, {Field.FORENAME: "Ann", Field.GROUP: "4C"})
        reasons.give(office, ById((1,)), "ABSNT")
        reasons.remove(office, 1)
        shown = editable(office, 1)
        save(office, 1, Choice(size=Size.XXL), shown.version)
        notes.add(office, 1, "Secret.")
        pupils.leave(office, ById((1,)))
        found = story(office, 1)
    assert sentences(found)[1:] == [
        "Details were changed: first name, group.",
        "Does not take the check: Absent during check window.",
        "The reason was taken back: Absent during check window.",
        "The access arrangements were changed.",
        "Marked as having left.",
    ]
    assert {line.by for line in found.happened[1:]} == {"t.teacher"}
    assert found.heading == "Ann Testerly has left the school"
    assert found.restart_obstacle == "Ann has left the school."


def test_what_may_be_done_follows_the_rules(home: Home, school: ASchool) -> None:
    """Before the check, after it, with a restart, with a reason; each obstacle is a sentence with the first name."""
    before = told(home)
    assert (before.restart_obstacle, before.reason_obstacle, before.reason) == (
        "Amy 1 has not begun the check, so no restart is needed. Use the PIN they have, or make a new one.",
        "",
        None,
    )
    assert [code.code for code in before.reasons] == ["ABSNT", "INCRG", "JSTAR", "LEFTT", "NOACC", "BLSTD"]
    assert before.annulments == ()
    assert [code.code for code in told(home, HEAD).annulments] == ["ANLLH", "ANLLQ"]
    school.take(school.start([1]).pins[0])
    done = told(home)
    assert (done.reasons, done.reason_obstacle) == ((), "Amy 1 has completed the check.")
    assert done.restart_obstacle == "Amy 1 has completed the check. Only a head may give a restart."
    assert (done.assistant_obstacle, told(home, HEAD).restart_obstacle) == ("", "")
    with acting(home, HEAD) as office:
        assistants.add(office, 1, "Ann", "Example", "Ill.")
        named = story(office, 1)
        assert (named.assistant_is_named_later, len(named.assistants)) == (True, 1)
        assert named.assistant_obstacle.startswith("Amy 1 already has an assistant")
        restarts.give(office, ById((1,)), "LOI")
        waits = story(office, 1)
        assert waits.restart is not None
        assert (waits.restart.label, waits.restart.kept) == ("Loss of internet", "")
        reasons.give(office, ById((1,)), "ANLLH")
        annulled = story(office, 1)
        assert annulled.reason is not None
        assert (annulled.reason.code, annulled.reason.annuls, annulled.reason.kept) == ("ANLLH", True, "")
        assert (annulled.restart, annulled.annulments) == (None, ())
    kept = told(home).reason
    assert kept is not None
    assert kept.kept == "Amy 1 has the reason Pupil cheating, which only a head may take back."


def test_no_score_is_part_of_a_story() -> None:
    """Results wait for their release; a story does not."""
    assert not any("score" in field or "mark" in field for field in PupilStory.__dataclass_fields__)


def test_looking_makes_no_key(home: Home) -> None:
    """A home that has sealed nothing has no key; neither a story nor a list of assistants changes that."""
    told(home)
    with acting(home, TEACHER) as office:
        assert assistants.listed(office) == ()
    assert not (home.root / NAME).exists()


def test_a_pupil_of_another_group_is_not_shown(home: Home) -> None:
    """A teacher has their own groups; a role without arrangements sees none."""
    with acting(home, Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"}))) as office:
        with pytest.raises(OfficeRefused):
            story(office, 1)
        assert story(office, 3).arrangements is not None
    with acting(home, staff_of("a.admin", Role.ADMIN)) as office:
        assert story(office, 1).arrangements is None
    with acting(home, staff_of("o.owner", Role.OWNER)) as office, pytest.raises(OfficeRefused):
        story(office, 1)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_heading(home: Home, status: Status) -> None:
    """A sentence that is true now, with the name."""
    with acting(home) as office:
        pupil = pupils.listed(office)[0]
    said = heading(pupil, PupilStatus(1, status, "", Bucket.ACTION, "PC7"))
    assert said.startswith("Amy 1 Testerly ")
    assert "{" not in said


@pytest.mark.parametrize("happened", Happened)
@pytest.mark.parametrize("kind", Kind)
def test_every_event_has_a_sentence(happened: Happened, kind: Kind) -> None:
    """With nothing left to fill in, whatever is not known."""
    said = event_sentence(PupilEvent(NOW, happened, what="", kiosk="PC1", kind=kind), Rules())
    assert said.strip().endswith(".")
    assert "{" not in said


def test_every_cause_has_words() -> None:
    """So that no held check is without its reason."""
    assert set(CAUSE_WORDS) == set(Cause)


def test_a_check_from_another_pc_is_told(home: Home, school: ASchool) -> None:
    """Once, and not as one of this home."""
    attempt = school.take(school.start([1]).pins[0], kiosk="PC9")
    with acting(home, TEACHER, school.now.isoformat()) as office:
        office.db.execute(
            "insert into removal (attempt_id, at, by, reason) values (?, ?, 'cli', 'past_its_days')",
            (attempt, "2027-06-07T09:00:00.000Z"),
        )
        assert load_facts(office.db, (), [1])[1].takings
        found = sentences(story(office, 1))
    assert "A check came in from PC9. It was finished." in found
    assert "On PC9, the check was finished." not in found
