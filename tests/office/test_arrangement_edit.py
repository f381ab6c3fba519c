"""One pupil's arrangements through the office: in the file, for running kiosks, in the audit; nothing overwritten."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from mtc_kiosk.check.arrangements import Code, Colours
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.arrangement_choice import USUAL, Choice
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import Source
from mtc_kiosk.config.whole_file import BACKUPS
from mtc_kiosk.kiosk.school.arrangements import SignInArrangements
from mtc_kiosk.office import arrangements
from mtc_kiosk.office.arrangement_edit import ArrangementsChanged, Editable, editable, save
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import pupil_by_id
from tests.office.acting import ONE, TWO, acting, audited, write_arrangements
from tests.office.as_staff import TEACHER

READ = Choice(codes=frozenset({Code.QNR}), colours=Colours.BOP)
FILE = f"# Notes stay.\nprofiles:\n  Reads with help: {{arrangements: [QNR, NBQ]}}\npupils:\n  {TWO}: Reads with help\n"


def written(home: Home) -> str:
    """What is in the file."""
    return (home.config_dir / ARRANGEMENTS).read_bytes().decode()


def codes(refused: OfficeRefused) -> list[tuple[str, int | None]]:
    """Why, and on which line."""
    return [(str(problem.code), problem.line) for problem in refused.problems]


def refusal(office: OpenHome, pupil: int, wanted: Choice, version: str) -> OfficeRefused:
    """The refusal of a change; the file and the audit are as before."""
    before = written(office.home), audited(office)
    with pytest.raises(OfficeRefused) as refused:
        save(office, pupil, wanted, version)
    assert (written(office.home), audited(office)) == before
    return refused.value


def seen(office: OpenHome, pupil: int) -> Editable:
    """What a form shows."""
    return editable(office, pupil)


def test_a_pupils_arrangements_are_written_with_a_copy_and_an_audit_row(home: Home) -> None:
    """The row has codes alone; the note of the file stays, and so does everybody else's line."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        shown = seen(office, 1)
        assert (shown.choice, shown.profiles, shown.sources) == (Choice(), ("Reads with help",), ())
        after = save(office, 1, READ, shown.version)
        assert after.choice == READ
        assert {source.source for source in after.sources} == {Source.PUPIL}
        assert after.version == seen(office, 1).version != shown.version
        assert audited(office) == [(TEACHER.account, "arrangements.changed", "1")]
        (row,) = office.db.execute("select before, after from audit order by id desc limit 1").fetchall()
        assert [json.loads(each)["gets"] for each in row] == [{}, {"QNR": "QNR", "colours": "BOP"}]
    assert written(home) == FILE + f"  {ONE}:\n    arrangements: [QNR]\n    colours: BOP\n"
    (copy,) = (home.config_dir / BACKUPS).iterdir()
    assert copy.read_text(encoding="utf-8") == FILE


def test_a_profile_comes_with_what_it_gives(home: Home) -> None:
    """Beside it the pupil has something of their own, or less than it gives; no name of a profile is in the audit."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        shown = seen(office, 2)
        assert shown.choice == Choice(frozenset({Code.QNR, Code.NBQ}), profile="Reads with help")
        more = replace(shown.choice, codes=frozenset({Code.QNR, Code.ATA}))
        assert save(office, 2, more, shown.version).choice == more
        assert "none, QNR, ATA" in written(home) or "none, ATA, QNR" in written(home)
        kept = office.db.execute("select before || after from audit where action = 'arrangements.changed'").fetchall()
        assert "Reads" not in str(kept)


def test_a_hand_edit_between_two_changes_is_in_the_audit(home: Home) -> None:
    """Of anybody's line, without a word of it; two changes in a row are none."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        save(office, 1, READ, seen(office, 1).version)
        save(office, 2, READ, seen(office, 2).version)
        assert [action for _, action, _ in audited(office)] == ["arrangements.changed"] * 2
        write_arrangements(home, written(home) + "# by hand\n")
        save(office, 1, Choice(), seen(office, 1).version)
        assert [action for _, action, _ in audited(office)][2:] == [
            "arrangements.edited_by_hand",
            "arrangements.changed",
        ]
        assert "by hand" not in str(office.db.execute("select before, after from audit").fetchall())


def test_what_is_already_so_is_not_written(home: Home) -> None:
    """No copy, no row."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        shown = seen(office, 2)
        save(office, 2, shown.choice, shown.version)
        assert audited(office) == []
    assert (written(home), (home.config_dir / BACKUPS).exists()) == (FILE, False)


def test_a_hand_edit_since_the_page_was_drawn_is_noticed(home: Home) -> None:
    """Nothing is overwritten, and what the file says now is handed back; an edit of another pupil is no matter."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        shown = seen(office, 1)
        by_hand = FILE + f"  {ONE}: {{size: XXL}}  # by hand\n"
        write_arrangements(home, by_hand)
        refused = refusal(office, 1, READ, shown.version)
        assert isinstance(refused, ArrangementsChanged)
        assert refused.now == seen(office, 1)
        assert refused.now.choice.size == "XXL"
        write_arrangements(home, FILE.replace(f"{TWO}: Reads with help", f"{TWO}: {{size: LRG}}"))
        assert save(office, 1, READ, shown.version).choice == READ


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pupils: {X: {size: XQ}}\n", [("not_a_choice", 1)]),
        (f"pupils:\n  {ONE}: {{}}\n  r1: {{}}\n", [("twice", 3)]),
    ],
    ids=["a mistake", "two entries"],
)
def test_a_file_with_a_mistake_is_refused_with_its_line(
    home: Home, text: str, expected: list[tuple[str, int | None]]
) -> None:
    """When the page is drawn and when it is saved; nothing is changed."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        office.db.execute("update pupil set ref = 'R1' where id = 1")
        shown = seen(office, 1)
        write_arrangements(home, text)
        assert codes(refusal(office, 1, READ, shown.version)) == expected
        with pytest.raises(OfficeRefused) as refused:
            seen(office, 1)
        assert codes(refused.value) == expected


def test_what_no_pupil_can_have_is_refused(home: Home) -> None:
    """A profile that is not there; sound that cannot be heard."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        version = seen(office, 1).version
        assert codes(refusal(office, 1, Choice(profile="Other"), version)) == [("no_profile", None)]
        silent = Choice(frozenset({Code.ATA}), settings={**USUAL, "volume_percent": 0})
        assert codes(refusal(office, 1, silent, version)) == [("silent", None)]


@pytest.mark.posix_only("modes of files: this system has none")
def test_a_file_that_cannot_be_written_or_read_is_refused(home: Home) -> None:
    """In a sentence, and without a row in the audit."""
    write_arrangements(home, FILE)
    path = home.config_dir / ARRANGEMENTS
    with acting(home, TEACHER) as office:
        version = seen(office, 1).version
        path.chmod(0o400)
        assert codes(refusal(office, 1, READ, version)) == [("not_written", None)]
        path.unlink()
        with pytest.raises(OfficeRefused) as refused:
            save(office, 1, READ, version)
        assert codes(refused.value) == [("not_read", None)]
    assert not path.exists()


def test_arrangements_are_for_those_whose_pupil_it_is(home: Home) -> None:
    """A teacher of another group neither sees nor changes them; the SENCO has every pupil, the office none."""
    write_arrangements(home, FILE + f"  {ONE}: {{size: XXL}}\n")
    with acting(home, Staff("b.teacher", frozenset({Role.TEACHER}), frozenset({"4B"}))) as office:
        assert arrangements.of_school(office).pupils == ()
        for call in (lambda: seen(office, 1), lambda: arrangements.of_pupil(office, 1)):
            with pytest.raises(OfficeRefused):
                call()
        refusal(office, 1, READ, "")
        assert seen(office, 3).choice == Choice()
    with acting(home, staff_of("s.senco", Role.SENCO)) as office:
        assert [each.pupil.id for each in arrangements.of_school(office).pupils] == [1, 2]
        save(office, 1, READ, seen(office, 1).version)
    with acting(home, staff_of("a.admin", Role.ADMIN)) as office, pytest.raises(OfficeRefused):
        seen(office, 1)


def test_a_kiosk_that_runs_picks_the_change_up(home: Home) -> None:
    """The pupil's next sign-in has it, and staff are told nothing."""
    told: list[Sequence[str]] = []
    with acting(home, TEACHER) as office:
        kiosk = SignInArrangements(home, office.configuration, office.db, lambda: office.now, told.append)
        pupil = pupil_by_id(office.db, 1)
        assert pupil is not None
        signed_in = SignedIn("a-code", 1, Kind.OFFICIAL, pupil)
        assert kiosk.granted(signed_in).codes == ()
        save(office, 1, READ, seen(office, 1).version)
        assert kiosk.granted(signed_in).codes == (Code.QNR, Code.CCT)
        assert (kiosk.for_staff(), told) == ((), [])


def test_that_nobody_needs_any_is_kept(home: Home) -> None:
    """So that a new school is not asked again; a pupil's entry says it as well, and one of no pupil does not."""
    with acting(home, TEACHER) as office:
        assert not arrangements.is_settled(office)
        arrangements.nobody_needs_any(office)
        assert arrangements.is_settled(office)
        assert audited(office) == [(TEACHER.account, "arrangements.nobody_needs_any", ARRANGEMENTS)]
    with acting(home, staff_of("a.admin", Role.ADMIN)) as office, pytest.raises(OfficeRefused):
        arrangements.nobody_needs_any(office)


@pytest.mark.parametrize(("entry", "settled"), [(ONE, True), ("X99", False)])
def test_an_entry_says_that_somebody_thought_of_it(home: Home, entry: str, settled: bool) -> None:
    """Whoever wrote it, by hand too."""
    write_arrangements(home, f"pupils:\n  {entry}: {{size: XXL}}\n")
    with acting(home, TEACHER) as office:
        assert arrangements.is_settled(office) is settled
