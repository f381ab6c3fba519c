"""A class list looked through before it is saved: what is wrong in which cell, and what saving would do."""

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.office.class_list_file import Asked
from mtc_kiosk.office.class_list_preview import NotWhatWasSeen, preview, save_seen
from mtc_kiosk.office.class_list_undo import undo_bytes
from mtc_kiosk.office.list_preview import Changed, Outcome, Preview
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import leave, listed
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.list_corrections import Corrections
from mtc_kiosk.school.next_step import Step
from mtc_kiosk.school.selection import AsWritten
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.check.profile import QUICK
from tests.office.acting import ONE, acting, audited, under_the_national_scheme
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn

LISTS = Path(__file__).parent.parent / "class_list"
BARE = "Surname,Forename,Date of birth,Sex,Group"
ANN = "Nonumber,Ann,14/03/2018,F,4A"
PLAIN = Asked()


def written(*lines: str) -> bytes:
    """A list of these lines."""
    return "\r\n".join((*lines, "")).encode()


def asked(**corrections: object) -> Asked:
    """With these corrections."""
    return Asked(corrections=Corrections(**corrections))  # type: ignore[arg-type]  # a test gives what it means


def look(home: OpenHome, *lines: str, what: Asked = PLAIN) -> Preview:
    """The preview of a list of these lines."""
    return preview(home, written(*lines), "c.csv", what)


def outcomes(shown: Preview) -> list[tuple[int, str]]:
    """Each line and what saving would do with it."""
    return [(row.line, str(row.outcome)) for row in shown.rows]


def at_cells(shown: Preview) -> list[tuple[int, int | None, str]]:
    """Each mistake of a cell: line, place and code."""
    return [
        (row.line, cell.place, str(fault.code)) for row in shown.rows for cell in row.cells for fault in cell.faults
    ]


def test_a_preview_saves_nothing_and_says_what_saving_would_do(home: Home) -> None:
    """New pupils, and nothing for the audit."""
    with acting(home) as office:
        shown = look(office, HEADINGS, AMY, BO)
        assert (outcomes(shown), shown.can_be_saved) == ([(2, "new"), (3, "new")], True)
        assert (len(listed(office)), audited(office)) == (3, [])
        assert [column.field for column in shown.columns][:2] == [Field.SURNAME, Field.FORENAME]


def test_every_mistake_is_at_its_cell_and_right_rows_are_judged_all_the_same(home: Home) -> None:
    """Line and place as the file has them."""
    with acting(home) as office:
        shown = look(office, HEADINGS, AMY, BO.replace(",M,", ",X,").replace("02/09", "31/09"), CY[:-1])
        assert at_cells(shown) == [(3, 3, "birth_no_such_day"), (3, 4, "sex"), (4, 5, "upn_length")]
        assert outcomes(shown) == [(2, "new"), (3, "wrong"), (4, "wrong")]
        assert not shown.can_be_saved


def test_what_is_typed_is_checked_again_and_saved_as_typed(home: Home) -> None:
    """One audit row a pupil, by who acts; the file itself stays as it was."""
    lines = (HEADINGS, AMY, BO.replace("02/09", "31/09"))
    with acting(home) as office:
        again = asked(cells={(3, 3): "30/09/2027"})
        assert at_cells(look(office, *lines, what=again)) == [(3, 3, "birth_in_the_future")]
        right = asked(cells={(3, 3): "02/09/2017"})
        shown = look(office, *lines, what=right)
        assert shown.can_be_saved
        assert [cell.text for cell in shown.rows[1].cells if cell.typed] == ["02/09/2017"]
        done = save_seen(office, written(*lines), "c.csv", right, shown.seen)
        assert [pupil.forename for pupil in done.added] == ["Amy", "Bo-Lin"]
        assert [row[1] for row in audited(office)] == ["pupil.added"] * 2


def test_what_was_looked_at_is_what_is_saved_or_nothing_is(home: Home) -> None:
    """Another choice, or a register that changed meanwhile, is looked at once more."""
    lines = (HEADINGS, AMY, BO)
    with acting(home) as office:
        seen = look(office, *lines).seen
        with pytest.raises(NotWhatWasSeen):
            save_seen(office, written(*lines), "c.csv", asked(left_out=frozenset({3})), seen)
        save_seen(office, written(*lines), "c.csv", PLAIN, seen)
        with pytest.raises(NotWhatWasSeen):
            save_seen(office, written(*lines), "c.csv", PLAIN, seen)
        assert len(listed(office)) == 5


def test_a_pupil_on_the_register_is_shown_with_what_would_change(home: Home) -> None:
    """Same, changed or coming back; each said before it is saved."""
    with acting(home) as office:
        first = look(office, f"{HEADINGS},Group", f"{AMY},3A", f"{BO},3A", f"{CY},3A")
        save_seen(office, written(f"{HEADINGS},Group", f"{AMY},3A", f"{BO},3A", f"{CY},3A"), "c.csv", PLAIN, first.seen)
        leave(office, AsWritten(("Cy Samplé",)))
        shown = look(office, f"{HEADINGS},Group", f"{AMY},4A", f"{BO},3A", f"{CY},3A")
        assert outcomes(shown) == [(2, "changed"), (3, "same"), (4, "returns")]
        assert shown.rows[0].changes == (Changed(Field.GROUP, "3A", "4A"),)
        assert [row.line for row in shown.to_look_at] == [2, 4]
        assert shown.counts[Outcome.SAME] == 1


def test_a_pupil_named_twice_is_told_on_both_sides_of_the_register(home: Home) -> None:
    """Twice in the list by number is wrong; the same name and day under another number is to be looked at."""
    with acting(home) as office:
        shown = look(office, HEADINGS, AMY, BO, AMY)
        assert at_cells(shown) == [(4, 5, "upn_repeated")]
        twin = look(office, HEADINGS, AMY, AMY.replace("G201100120001", upn(9)))
        assert [str(note.code) for note in twin.rows[1].notes] == ["namesake"]


def test_two_of_one_name_are_to_be_looked_at(home: Home) -> None:
    """Born on different days they are two children, whom every list tells apart; others have no such note."""
    other = AMY.replace("14/03/2018", "15/03/2018").replace("G201100120001", upn(9))
    with acting(home) as office:
        shown = look(office, HEADINGS, AMY, BO, other)
        said = [[note.sentence for note in row.notes] for row in shown.rows]
        assert (said[0][0][:5], said[1], said[2][0][:5]) == ("Row 4", [], "Row 2")
        assert shown.can_be_saved


def test_a_row_that_is_no_pupil_can_be_left_out(home: Home) -> None:
    """A total below the list; the rest is saved."""
    with acting(home) as office:
        shown = look(office, HEADINGS, AMY, "2 pupils,,,,,")
        assert (shown.rows[1].is_wrong, shown.rows[1].open) == (True, True)
        assert look(office, HEADINGS, AMY, "2 pupils,,,,,", what=asked(left_out=frozenset({3}))).can_be_saved


def test_the_three_names_with_the_most_accents_are_shown(home: Home) -> None:
    """They are where a wrong encoding is seen."""
    names = [("Ann", "Plain"), ("Zoë", "Łukaszewska"), ("Siân", "Dąbrowska"), ("Bo", "Ibáñez"), ("Cy", "Other")]
    lines = [f"{last},{first},,14/03/2018,F,{upn(number)}" for number, (first, last) in enumerate(names, 10)]
    with acting(home) as office:
        assert look(office, HEADINGS, *lines).names == ("Zoë Łukaszewska", "Siân Dąbrowska", "Bo Ibáñez")
        assert look(office, HEADINGS, AMY).names == ("Amy Testerly",)


def test_another_encoding_can_be_chosen_where_there_is_doubt(home: Home) -> None:
    """Each that can be read and is another text; plain letters leave no doubt."""
    polish = written(HEADINGS, CY.replace("Samplé", "Łoś")).decode().encode("cp1250")
    with acting(home) as office:
        shown = preview(office, polish, "c.csv", PLAIN)
        assert shown.read_as == "windows-1252"
        assert {"windows-1250", "windows-1252", "mac"} <= set(shown.readings)
        assert "utf-8" not in shown.readings
        again = preview(office, polish, "c.csv", Asked(encoding="windows-1250"))
        assert (again.names, again.read_as) == (("Cy Łoś",), "windows-1250")
        assert look(office, HEADINGS, AMY).readings == ()


def test_text_pasted_from_a_spreadsheet_is_read(home: Home) -> None:
    """It has tabs between its cells."""
    with acting(home) as office:
        pasted = "\n".join(line.replace(",", "\t") for line in (HEADINGS, AMY, CY)).encode()
        shown = preview(office, pasted, "Pasted list", PLAIN)
        assert (outcomes(shown), shown.can_be_saved) == ([(2, "new"), (3, "new")], True)


def test_columns_are_named_by_their_places(home: Home) -> None:
    """Also where two have one heading, or none; the refusal shows what each seems to hold."""
    lines = ("Name,Name,,Born,Sex,Number", AMY.replace(",,", ",x,"))
    with acting(home) as office:
        shown = look(office, *lines)
        assert (shown.understood, [str(f.code) for f in shown.heading_faults][-1:]) == (False, ["column_missing"])
        holds = (Field.SURNAME, Field.FORENAME, None, Field.DATE_OF_BIRTH, Field.SEX, Field.UPN)
        again = look(office, *lines, what=asked(columns=dict(enumerate(holds))))
        assert (again.can_be_saved, again.names) == (True, ("Amy Testerly",))


def test_a_list_without_headings_keeps_its_first_pupil(home: Home) -> None:
    """Staff say that there are none, and which column is which."""
    holds = (Field.SURNAME, Field.FORENAME, Field.MIDDLE_NAMES, Field.DATE_OF_BIRTH, Field.SEX, Field.UPN)
    with acting(home) as office:
        assert not look(office, AMY, BO).understood
        shown = look(office, AMY, BO, what=asked(columns=dict(enumerate(holds)), headings_at=0))
        assert outcomes(shown) == [(1, "new"), (2, "new")]
        assert shown.can_be_saved


def test_headings_below_a_title_can_be_pointed_at(home: Home) -> None:
    """Where their words are not known, the first row would be taken for them."""
    lines = ("Our class,,,,,", "Nachname,Vorname,,Geb,G,Nr", AMY)
    holds = (Field.SURNAME, Field.FORENAME, None, Field.DATE_OF_BIRTH, Field.SEX, Field.UPN)
    with acting(home) as office:
        what = asked(columns=dict(enumerate(holds)), headings_at=2)
        assert outcomes(look(office, *lines, what=what)) == [(3, "new")]


def test_a_column_with_upns_is_used_or_left_out_as_staff_say(home: Home) -> None:
    """It is never passed over without a word."""
    lines = (f"{BARE},Pupil ref,Number", f"{ANN},12,{upn(30)}")
    with acting(home) as office:
        assert [str(f.code) for f in look(office, *lines).heading_faults] == ["column_passed_over"]
        used = look(office, *lines, what=asked(columns={6: Field.UPN}))
        assert (used.can_be_saved, used.rows[0].cells[4].text) == (True, upn(30))
        assert look(office, *lines, what=asked(columns={6: None})).can_be_saved


def test_pupils_without_numbers_are_given_refs_if_staff_say_so(home: Home) -> None:
    """The places of cells stay those of the file."""
    with acting(home) as office:
        assert look(office, BARE, ANN).lacks_numbers
        shown = look(office, BARE, ANN, ANN.replace("14/03", "31/02").replace("Ann", "Bo"), what=Asked(number=True))
        assert at_cells(shown) == [(3, 2, "birth_no_such_day")]
        assert (shown.rows[0].numbered, shown.rows[0].cells[-2].place) == (True, None)
        named = replace(asked(columns={0: Field.SURNAME}), number=True)
        saved = look(office, BARE, ANN, what=named)
        done = save_seen(office, written(BARE, ANN), "c.csv", named, saved.seen)
        assert [pupil.surname for pupil in done.numbered] == ["Nonumber"]


def test_the_national_scheme_says_why_nobody_is_numbered(home: Home) -> None:
    """As a sentence, not as an exception."""
    under_the_national_scheme(home)
    with acting(home) as office:
        assert [each.code for each in look(office, HEADINGS, AMY, what=Asked(number=True)).obstacles] == ["upn_needed"]


def test_an_import_can_be_undone_with_what_was_typed(home: Home) -> None:
    """The corrections are part of the list."""
    lines = (HEADINGS, AMY, BO.replace("02/09", "31/09"))
    right = asked(cells={(3, 3): "02/09/2017"})
    with acting(home) as office:
        save_seen(office, written(*lines), "c.csv", right, look(office, *lines, what=right).seen)
        undone = undo_bytes(office, written(*lines), "c.csv", right)
        assert (len(undone.left), len(listed(office))) == (2, 3)


def test_hidden_rows_are_asked_about(home: Home) -> None:
    """The step says so, and the choice settles it."""
    content = (LISTS / "workbooks" / "hidden_row.xlsx").read_bytes()
    with acting(home) as office:
        shown = preview(office, content, "c.xlsx", PLAIN)
        assert shown.unreadable is not None
        assert shown.unreadable.next_step is not None
        assert shown.unreadable.next_step.step is Step.SETTLE_HIDDEN
        assert preview(office, content, "c.xlsx", Asked(hidden="skip")).understood


def test_a_teacher_of_some_groups_cannot_import_pupils_of_others(home: Home) -> None:
    """Neither a new pupil into another's group nor one of another's out of it; the head can."""
    teacher = Staff("t.own", frozenset({Role.TEACHER}), frozenset({"4A"}))
    lines = (f"{HEADINGS},Group", f"{AMY},4A", f"{BO},4B")
    with acting(home) as office:
        save_seen(office, written(*lines), "c.csv", PLAIN, look(office, *lines).seen)
    with acting(home, teacher) as office:
        taking = (f"{HEADINGS},Group", f"{BO},4A", f"{CY},4B", f"{AMY},4A")
        shown = look(office, *taking)
        assert outcomes(shown) == [(2, "wrong"), (3, "wrong"), (4, "same")]
        assert {str(f.code) for row in shown.wrong for f in row.faults} == {"out_of_scope"}
        with pytest.raises(OfficeRefused, match="groups"):
            save_seen(office, written(*taking), "c.csv", PLAIN, shown.seen)
        with pytest.raises(OfficeRefused, match="groups"):
            undo_bytes(office, written(*lines), "c.csv", PLAIN)


CASES = sorted(path for folder in ("lists", "workbooks") for path in (LISTS / folder).iterdir() if path.is_file())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_list_that_ever_failed_is_a_preview(home: Home, path: Path) -> None:
    """And none changes anything."""
    with acting(home) as office:
        shown = preview(office, path.read_bytes(), path.name, PLAIN)
        assert isinstance(shown, Preview)
        assert shown.understood is (shown.unreadable is None and not shown.heading_faults)
        assert audited(office) == []


@pytest.fixture(scope="module")
def home_once(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One home for many previews: none changes it."""
    made = open_made_up_home(tmp_path_factory.mktemp("once") / "home")
    open_database(made).close()
    return made


@QUICK
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(alphabet='Surname,Forenxe;\t\n"é0123/MF', max_size=300).map(lambda text: text.encode()),
        st.binary(max_size=60).map(lambda tail: b"PK\x03\x04" + tail),
    ),
    cells=st.dictionaries(st.tuples(st.integers(0, 6), st.integers(0, 8)), st.text(max_size=9), max_size=4),
    columns=st.dictionaries(st.integers(0, 9), st.none() | st.sampled_from(Field), max_size=6),
    left_out=st.frozensets(st.integers(0, 6), max_size=4),
    headings_at=st.none() | st.integers(0, 9),
    number=st.booleans(),
    opened=st.frozensets(st.integers(0, 5), max_size=2),
)
def test_any_bytes_and_any_corrections_are_a_preview(
    home_once: Home, content: bytes, number: bool, opened: frozenset[int], **corrections: object
) -> None:
    """Never an exception, never a change."""
    what = replace(asked(**corrections), number=number)
    with acting(home_once) as office:
        before = office.db.execute("select count(*) from audit").fetchone()
        shown = preview(office, content, "c", what, opened)
        assert dataclasses.is_dataclass(shown)
        assert len(shown.seen) == 64
        assert shown.names is not None
        assert office.db.execute("select count(*) from audit").fetchone() == before


def test_one_pupil_of_the_register_is_the_same(home: Home) -> None:
    """By number."""
    with acting(home) as office:
        (first, *_) = [pupil for pupil in listed(office) if pupil.upn == ONE]
        line = f"{first.surname},{first.forename},,{first.date_of_birth:%d/%m/%Y},{first.sex},{first.upn}"
        assert outcomes(look(office, HEADINGS, line)) == [(2, "same")]
