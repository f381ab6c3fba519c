"""Notes about pupils through the office: kept as rows, for those who teach the pupil, changed by one at a time."""

import pytest

from mtc_kiosk.office import notes
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from tests.office.acting import HEAD, ONE, acting, audited
from tests.office.as_staff import TEACHER

OF_4B = Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"}))


def codes(refused: OfficeRefused) -> list[str]:
    """Why it was refused."""
    return [problem.code for problem in refused.problems]


def test_a_note_is_written_corrected_taken_back_and_brought_back(home: Home) -> None:
    """Each step is a row, with who and when; the audit has no word of the text."""
    with acting(home, TEACHER) as office:
        first = notes.add(office, ONE, "  Was ill on Monday.\r\nCame in late.  ")
        (note,) = notes.of_pupil(office, 1)
        assert (note.last, note.text, note.by) == (first, "Was ill on Monday.\nCame in late.", "t.teacher")
        assert (note.at, note.changed_at) == (office.now, None)
    with acting(home, HEAD, "2027-06-07T10:00:00Z") as office:
        second = notes.correct(office, 1, first, "Was ill on Tuesday.")
        (note,) = notes.of_pupil(office, 1)
        assert (note.text, note.by, note.changed_by, note.changed_at) == (
            "Was ill on Tuesday.",
            "t.teacher",
            "h.head",
            office.now,
        )
        third = notes.take_back(office, 1, second)
        assert notes.of_pupil(office, 1) == ()
        notes.bring_back(office, 1, third)
        assert [note.text for note in notes.of_pupil(office, 1)] == ["Was ill on Tuesday."]
        actions = [action for _, action, subject in audited(office) if subject == "1"]
        assert actions == ["note.written", "note.corrected", "note.taken_back", "note.brought_back"]
        kept = office.db.execute("select coalesce(before, '') || coalesce(after, '') from audit").fetchall()
        assert not any("ill" in text for (text,) in kept)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_text"), (" \n ", "no_text"), ("\0\x07\u200b", "no_text"), ("x" * 1001, "too_long")],
    ids=["none", "blank", "unseen", "long"],
)
def test_a_note_has_a_text_of_at_most_a_thousand_characters(home: Home, text: str, code: str) -> None:
    """A thousand are allowed; nothing is kept of what is refused."""
    with acting(home, TEACHER) as office:
        with pytest.raises(OfficeRefused) as refused:
            notes.add(office, 1, text)
        assert codes(refused.value) == [code]
        assert notes.of_pupil(office, 1) == ()
        notes.add(office, 1, "x" * 1000)


def test_what_cannot_be_seen_is_not_kept(home: Home) -> None:
    """Controls, and marks that turn text round; lines and letters stay."""
    with acting(home, TEACHER) as office:
        notes.add(office, 1, "a\0b\u202e\nZoë 👍🏽\x07\r\n\tend")
        assert [note.text for note in notes.of_pupil(office, 1)] == ["ab\nZoë 👍🏽\n\tend"]


def test_of_two_who_change_a_note_the_second_is_refused(home: Home) -> None:
    """Nothing is overwritten, whatever the second wanted to do with it."""
    with acting(home, TEACHER) as office:
        first = notes.add(office, 1, "One.")
        second = notes.correct(office, 1, first, "Two.")
        for change in (
            lambda: notes.correct(office, 1, first, "Three."),
            lambda: notes.take_back(office, 1, first),
            lambda: notes.bring_back(office, 1, second),
            lambda: notes.correct(office, 2, second, "Of another pupil."),
            lambda: notes.take_back(office, 1, second + 1),
        ):
            with pytest.raises(OfficeRefused) as refused:
                change()
            assert codes(refused.value) == ["changed"]
        assert [note.text for note in notes.of_pupil(office, 1)] == ["Two."]


def test_notes_are_for_those_whose_pupil_it_is(home: Home) -> None:
    """A teacher of another group and an account that may write none read none and write none."""
    with acting(home, TEACHER) as office:
        first = notes.add(office, 1, "One.")
        notes.add(office, 3, "Three.")
    with acting(home, OF_4B) as office:
        assert notes.of_pupil(office, 1) == ()
        assert [note.text for note in notes.of_pupil(office, 3)] == ["Three."]
        with pytest.raises(OfficeRefused):
            notes.correct(office, 1, first, "Mine.")
    for role in (Role.ADMIN, Role.SENCO, Role.OWNER, Role.COVER):
        with acting(home, staff_of("somebody", role)) as office:
            assert notes.of_pupil(office, 3) == ()
            with pytest.raises(OfficeRefused):
                notes.add(office, 3, "Mine.")


def test_an_erased_note_is_there_without_its_text(home: Home) -> None:
    """The database lets the text go and nothing else."""
    with acting(home, TEACHER) as office:
        notes.add(office, 1, "One.")
        office.db.execute("update note set detail = null")
        (note,) = notes.of_pupil(office, 1)
        assert (note.text, note.by) == (None, "t.teacher")
