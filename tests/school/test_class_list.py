"""Rows of a class list: pupils, or every mistake at once."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.birth import BirthFault
from mtc_kiosk.school.class_list import ClassListRefused, Listed, Row, headings_of, read_class_list
from mtc_kiosk.school.columns import TITLES, Field, Mapped, NotColumns
from mtc_kiosk.school.details import (
    DetailFault,
    DetailNote,
    ReadingRules,
    read_details,
    written_of,
)
from mtc_kiosk.school.fault import RowFault
from mtc_kiosk.school.pupil import NotAPupil, PupilDetails, Sex
from mtc_kiosk.school.spreadsheet import CellFault
from mtc_kiosk.school.upn import UpnFault
from tests.check.profile import QUICK
from tests.school.made_up import AMY, BO, CY, HEADINGS, TODAY, details, read, rows, upn

AMY_UPN = AMY.rpartition(",")[2]
SIMS = "Legal Surname,Legal Forename,Preferred Forename,DOB,Gender,UPN,Reg Group"


def faults(*lines: str, national_scheme: bool = False) -> list[tuple[int, str]]:
    """The line and the code of each fault."""
    with pytest.raises(ClassListRefused) as refused:
        read(*lines, national_scheme=national_scheme)
    return [(remark.line, str(remark.fault.code)) for remark in refused.value.remarks]


def test_the_reference_list_is_read() -> None:
    """Three made-up pupils of the national form."""
    found = [listed.details for listed in read(HEADINGS, AMY, BO, CY).pupils]
    assert found[1] == PupilDetails(
        surname="O'Example",
        forename="Bo-Lin",
        middle_names="Kai",
        date_of_birth=date(2017, 9, 2),
        sex=Sex.MALE,
        upn="W201100120002",
    )
    assert [each.upn for each in found] == ["G201100120001", "W201100120002", "G20110012003A"]


def test_one_row_is_enough() -> None:
    """A pupil who comes alone."""
    assert len(read(HEADINGS, AMY).pupils) == 1


def test_headings_alone_are_no_list() -> None:
    """There must be a pupil below them."""
    assert faults(HEADINGS) == [(1, RowFault.NO_PUPILS)]


def test_every_mistake_of_every_row_is_told() -> None:
    """All at once, in the order of the lines, and of the columns within a line."""
    wrong = f"{HEADINGS}|{AMY}|,B@,,31/02/2018,X,A201100120002|{CY.replace('G20110012003A', 'G201100120001')}"
    assert faults(*wrong.split("|")) == [
        (3, DetailFault.NAME_MISSING),
        (3, DetailFault.NAME_CHARACTER),
        (3, BirthFault.NO_SUCH_DAY),
        (3, DetailFault.SEX),
        (3, UpnFault.CHECK_LETTER),
        (4, RowFault.UPN_REPEATED),
    ]


def test_a_upn_repeated_in_other_capitals_is_repeated() -> None:
    """The fault is on the later line, as in the national file of errors."""
    assert faults(HEADINGS, AMY, AMY.lower()) == [(3, RowFault.UPN_REPEATED)]


def test_a_wrong_upn_is_repeated_too() -> None:
    """A copied line has both mistakes, and both are reported at once."""
    wrong = AMY.replace("G2011", "A2011")
    assert faults(HEADINGS, wrong, wrong) == [
        (2, UpnFault.CHECK_LETTER),
        (3, UpnFault.CHECK_LETTER),
        (3, RowFault.UPN_REPEATED),
    ]


def test_128_characters_are_a_name_and_129_are_not() -> None:
    """Counted once the name is tidied."""
    decomposed = " " + "e\u0301" * 128 + " "
    assert read(HEADINGS, AMY.replace("Testerly", decomposed)).pupils[0].details.surname == "é" * 128
    assert faults(HEADINGS, AMY.replace("Testerly", "é" * 129)) == [(2, DetailFault.NAME_TOO_LONG)]


@pytest.mark.parametrize(
    ("cells", "short"), [("Testerly,Amy,14/03/2018,F,G201100120001", True), (f"{AMY},more", False)]
)
def test_a_row_with_a_comma_too_few_or_too_many_is_told_that_alone(cells: str, short: bool) -> None:
    """All its cells are in the wrong columns, so other faults of it would be misleading."""
    with pytest.raises(ClassListRefused) as refused:
        read(HEADINGS, cells)
    (remark,) = refused.value.remarks
    assert remark.fault.code is RowFault.CELLS
    assert ("5 of the 6" in remark.fault.sentence) is short


def test_empty_cells_behind_the_last_column_do_not_matter() -> None:
    """Spreadsheets leave them."""
    assert len(read(HEADINGS, f"{AMY},, ").pupils) == 1


def test_a_row_may_end_before_columns_it_can_do_without() -> None:
    """A group left blank at the end of a line need not have its comma."""
    assert read(f"{HEADINGS},Group", f"{AMY}").pupils[0].details.group_name == ""


def test_sex_is_a_letter_in_the_national_form() -> None:
    """In capitals or not; a word is a mistake under the national scheme, and read under a school's own."""
    assert read(HEADINGS, AMY.replace(",F,", ", f ,"), national_scheme=True).pupils[0].details.sex is Sex.FEMALE
    assert faults(HEADINGS, AMY.replace(",F,", ",Female,"), national_scheme=True) == [(2, DetailFault.SEX)]
    assert read(HEADINGS, AMY.replace(",F,", ",Female,")).pupils[0].details.sex is Sex.FEMALE


@pytest.mark.parametrize("written", ["14.03.2018", "14-Mar-18", "2018-03-14", "14/03/18", "14/03/2018 00:00:00"])
def test_a_teachers_own_list_may_have_dates_in_any_usual_form(written: str) -> None:
    """Under our own headings too; only the national scheme wants its own form."""
    line = AMY.replace("14/03/2018", written)
    assert read(HEADINGS, line).pupils[0].details.date_of_birth == date(2018, 3, 14)
    assert [line for line, _ in faults(HEADINGS, line, national_scheme=True)] == [2]


@pytest.mark.parametrize("nothing", ["-", "--", "...", ".", "n/a", "N/A", "'", "\u2014"])
def test_a_dash_is_no_name_and_stands_for_nothing_elsewhere(nothing: str) -> None:
    """A needed name is missing; a middle name, a group, an alias or a ref that says so is left blank."""
    assert faults(HEADINGS, AMY.replace("Testerly", nothing)) == [(2, DetailFault.NAME_MISSING)]
    assert faults(HEADINGS, AMY.replace("Amy", nothing)) == [(2, DetailFault.NAME_MISSING)]
    listed = read(f"{HEADINGS},Group,Pupil ref", f"Testerly,Amy,{nothing},14/03/2018,F,{upn(1)},{nothing},{nothing}")
    found = listed.pupils[0].details
    assert (found.middle_names, found.group_name, found.ref) == ("", "", None)


@pytest.mark.parametrize(("sign", "name"), [("?", "?mit"), ("\ufffd", "Nu\ufffdez")])
def test_a_sign_for_a_lost_letter_says_how_to_save_the_list(sign: str, name: str) -> None:
    """Excel writes it where CSV without UTF-8 has no letter."""
    with pytest.raises(ClassListRefused) as refused:
        read(HEADINGS, AMY.replace("Testerly", name))
    (remark,) = refused.value.remarks
    assert remark.fault.code is DetailFault.NAME_CHARACTER
    assert f"Surname has {sign} where Excel may have lost a letter" in remark.fault.sentence
    assert "CSV UTF-8" in remark.fault.sentence


def test_a_group_may_have_a_question_mark_but_no_lost_letter() -> None:
    """What a group is called is the school's business; the sign of a lost letter is nobody's."""
    assert read(f"{HEADINGS},Group", f"{AMY},Oak?").pupils[0].details.group_name == "Oak?"
    assert faults(f"{HEADINGS},Group", f"{AMY},\ufffdlder") == [(2, DetailFault.GROUP)]


def test_refs_that_differ_by_zeros_at_the_front_are_pointed_out() -> None:
    """Excel drops them: 000123 and 123 would be two pupils, and may be one."""
    headings = f"{HEADINGS},Pupil ref"
    assert faults(headings, f"{AMY},000123", f"{BO},123", f"{CY},0124") == [(3, RowFault.REF_ZEROS)]
    assert faults(headings, f"{AMY},A1", f"{BO},00a1") == [(3, RowFault.REF_ZEROS)]
    assert len(read(headings, f"{AMY},100", f"{BO},1000", f"{CY},").pupils) == 3


def test_dates_that_all_fit_both_ways_are_noted_once() -> None:
    """Day and month might be swapped in all of them; one that cannot be settles it."""
    both = (AMY.replace("14/03", "04/05"), BO)
    (note,) = (note for note in read(HEADINGS, *both).notes if note.fault.code is RowFault.EITHER_DATE)
    assert (note.line, "04/05/2018 was read as 4 May 2018" in note.fault.sentence) == (2, True)
    for third in (CY, CY.replace("31/08/2018", "31 Aug 2018"), CY.replace("31/08/2018", "2018-08-05")):
        assert not [n for n in read(HEADINGS, *both, third).notes if n.fault.code is RowFault.EITHER_DATE]
    same = (AMY.replace("14/03", "03/03"), BO.replace("02/09", "09/09"))
    assert not [n for n in read(HEADINGS, *same).notes if n.fault.code is RowFault.EITHER_DATE]


def test_day_and_month_swapped_is_asked() -> None:
    """A date of the United States, as a spreadsheet set up there shows it."""
    assert faults(HEADINGS, AMY.replace("14/03/2018", "03/14/2018")) == [(2, BirthFault.SWAPPED)]


def test_a_name_saved_with_the_wrong_encoding_is_refused_with_what_it_was() -> None:
    """It alone is said of that line's letters; other mistakes are said as ever."""
    with pytest.raises(ClassListRefused) as refused:
        read(
            HEADINGS,
            AMY.replace("Testerly", "\u00c3\u0153MIT").replace(",F,", ",X,"),
            BO.replace("Kai", "Ren\u00c3\u00a9"),
        )
    said = [(remark.line, str(remark.fault.code)) for remark in refused.value.remarks]
    assert said == [(2, RowFault.MISREAD), (2, DetailFault.SEX), (3, RowFault.MISREAD)]
    assert (
        "Surname '\u00c3\u0153MIT' looks like '\u00dcMIT' saved with the wrong encoding"
        in refused.value.remarks[0].fault.sentence
    )


def test_a_name_that_may_be_genuine_is_noted_beside_genuine_ones() -> None:
    """And refused where every letter beyond ASCII turns back, unless staff say that the letters are right."""
    doubtful = AMY.replace("Testerly", "SM\u00c5\u2013OLSEN")
    notes = [note.line for note in read(HEADINGS, doubtful, CY).notes if note.fault.code is RowFault.MISREAD]
    assert notes == [2]
    assert faults(HEADINGS, doubtful) == [(2, RowFault.MISREAD)]
    right = ReadingRules(TODAY, letters_are_right=True)
    assert read_class_list(rows(HEADINGS, doubtful), (), right).pupils[0].details.surname == "SM\u00c5-OLSEN"


@pytest.mark.parametrize(
    ("written", "sex"), [("Female", Sex.FEMALE), ("MALE", Sex.MALE), ("m", Sex.MALE), ("boy", Sex.MALE)]
)
def test_other_systems_write_sex_in_words(written: str, sex: Sex) -> None:
    """And their dates in other forms."""
    listed = read(SIMS, f"Testerly,Amy,Amy,14 Mar 2018,{written},G201100120001,4A").pupils[0]
    assert (listed.details.sex, listed.details.date_of_birth) == (sex, date(2018, 3, 14))


def test_a_preferred_name_that_is_the_name_is_no_alias() -> None:
    """Other systems fill in both."""
    same = read(SIMS, "Testerly,Amy,Amy,14/03/2018,F,G201100120001,4A").pupils[0].details
    other = read(SIMS, "Testerly,Amy,Ames,14/03/2018,F,G201100120001,4A").pupils[0].details
    assert (same.alias_forename, same.called, other.alias_forename, other.called) == ("", "Amy", "Ames", "Ames")


def test_a_title_above_the_headings_is_passed_over() -> None:
    """Reports have one."""
    found = read("Class list,,", "printed on Monday,,", SIMS, "Testerly,Amy,,14/03/2018,F,G201100120001,4A")
    assert [listed.line for listed in found.pupils] == [4]


def test_three_known_headings_are_a_row_of_headings() -> None:
    """Fewer may be words of a title."""
    assert headings_of(rows("Class,UPN,list", "Forename,UPN,DOB"), ()).line == 2
    assert headings_of(rows("Class list", "Forename,UPN,class teacher"), ()).line == 1


def test_headings_are_not_looked_for_among_the_pupils() -> None:
    """Where none are known the first row is taken for them, and refused."""
    assert headings_of(rows(AMY, BO), ()).line == 1
    with pytest.raises(NotColumns):
        read(AMY, BO)


def test_mapped_headings_are_found_below_a_title() -> None:
    """A heading that is mapped counts as known."""
    mapped = [Mapped(Field.SURNAME, "Nachname"), Mapped(Field.FORENAME, "Vorname"), Mapped(Field.SEX, "Geschlecht")]
    listed = read("Liste", "Nachname,Vorname,Geschlecht,Date of birth,UPN", f"T,A,f,14/03/2018,{upn(1)}", mapped=mapped)
    assert listed.pupils[0].details.forename == "A"


def test_a_ref_stands_for_the_upn() -> None:
    """Under a school's own scheme; each pupil needs one of the two."""
    headings = f"{HEADINGS},Pupil ref"
    listed = read(headings, "Testerly,Amy,,14/03/2018,F,,kite-7").pupils[0].details
    assert (listed.upn, listed.ref) == (None, "kite-7")
    assert faults(headings, "Testerly,Amy,,14/03/2018,F,, ") == [(2, UpnFault.MISSING)]


@pytest.mark.parametrize("ref", ["A201100120001", "+1+1", "-7", "x" * 41, "a@b", "7-"])
def test_a_ref_is_short_plain_and_no_upn(ref: str) -> None:
    """So that it can be typed, printed, exported, and never be taken for another pupil's UPN."""
    assert faults(f"{HEADINGS},Pupil ref", f"Testerly,Amy,,14/03/2018,F,,{ref}") == [(2, DetailFault.REF)]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("=1+1", CellFault.FORMULA),
        ("#N/A", CellFault.ERROR),
        ("####", CellFault.ERROR),
        ("04/01/2026", CellFault.DATE),
        ("04-Jan", CellFault.DATE),
        ("Jan-26", CellFault.DATE),
        ("2026-01-04 00:00:00", CellFault.DATE),
        ("1.23E+11", CellFault.POWER),
    ],
)
@pytest.mark.parametrize("title", ["Pupil ref", "Group"])
def test_what_a_spreadsheet_made_of_a_ref_or_a_group_is_not_kept(title: str, cell: str, fault: CellFault) -> None:
    """Whatever kind of file it comes from; there is one fault for it, and none for the number it hides."""
    upn = "G201100120001" if title == "Group" else ""
    assert faults(f"{HEADINGS},{title}", f"Testerly,Amy,,14/03/2018,F,{upn},{cell}") == [(2, fault)]


@pytest.mark.parametrize("cell", ["4-1", "4/1", "Jan", "May", "4A", "E4", "4E1", "3.14", "Year 4 # 1"])
def test_a_group_that_only_looks_a_little_like_it_is_kept(cell: str) -> None:
    """Schools name classes as they like."""
    read_list = read(f"{HEADINGS},Group", f"{AMY},{cell}")
    assert [listed.details.group_name for listed in read_list.pupils] == [cell]


def test_a_ref_repeated_in_other_capitals_is_repeated() -> None:
    """A command would not know which pupil is meant."""
    first, second = f"{AMY},kite", f"{BO},KITE"
    assert faults(f"{HEADINGS},Pupil ref", first, second) == [(3, RowFault.REF_REPEATED)]


def test_the_national_scheme_needs_a_upn() -> None:
    """Whatever else the row has."""
    assert faults(HEADINGS, "Testerly,Amy,,14/03/2018,F,", national_scheme=True) == [(2, UpnFault.MISSING)]


def test_under_the_national_scheme_a_ref_stands_for_nothing() -> None:
    """Not even where a pupil is added by hand."""
    written = {**written_of(details(1, upn=None, ref="kite"))}
    found = read_details(written, ReadingRules(TODAY, national_scheme=True))
    assert [fault.code for fault in found.faults] == [UpnFault.MISSING]


def test_an_age_outside_year_four_is_a_note() -> None:
    """The pupil is taken all the same."""
    listed = read(HEADINGS, AMY.replace("2018", "2016"), BO)
    assert [(note.line, note.fault.code) for note in listed.notes] == [(2, DetailNote.NOT_YEAR_FOUR)]
    assert len(listed.pupils) == 2


def test_the_national_scheme_refuses_ages_far_from_year_four() -> None:
    """As the national service does; the school's own scheme notes them."""
    old = AMY.replace("2018", "2010")
    assert faults(HEADINGS, old, national_scheme=True) == [(2, BirthFault.AGE)]
    assert len(read(HEADINGS, old).pupils) == 1


@pytest.mark.parametrize("national_scheme", [True, False])
def test_a_date_in_the_future_is_refused(national_scheme: bool) -> None:
    """Under either scheme."""
    tomorrow = AMY.replace("14/03/2018", "08/06/2027")
    assert faults(HEADINGS, tomorrow, national_scheme=national_scheme) == [(2, BirthFault.FUTURE)]


def test_two_entries_of_one_name_and_birthday_are_a_note() -> None:
    """One child under two numbers perhaps, or two children: staff look."""
    twice = AMY.replace("G201100120001", upn(5)).replace("Amy", "AMY")
    assert [(note.line, note.fault.code) for note in read(HEADINGS, AMY, twice).notes] == [(3, RowFault.NAMESAKE)]


def test_a_list_of_700_pupils_has_no_limit() -> None:
    """The national upload stops at 299, and breaks before that."""
    lines = [f"Testerly,Child {number},,14/03/2018,F,{upn(number)}" for number in range(700)]
    assert len(read(HEADINGS, *lines).pupils) == 700


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("mark", ["\u200e", "\u202a", "\ufeff", "\u200b", "\u00a0"])
def test_marks_around_any_cell_are_taken_out(place: int, mark: str) -> None:
    """In every column: the pupil is the one that is seen."""
    cells = BO.split(",")
    cells[place] = f"{mark}{cells[place]}{mark}"
    assert read(HEADINGS, ",".join(cells)).pupils[0].details == read(HEADINGS, BO).pupils[0].details


@pytest.mark.parametrize("field", Field)
@pytest.mark.parametrize(
    ("character", "name"), [("\u00ad", "a soft hyphen"), ("\U000e0041", "a hidden tag"), ("\u3164", "a hangul filler")]
)
def test_a_character_that_cannot_be_seen_is_named_in_every_column(field: Field, character: str, name: str) -> None:
    """With its column and what is before it, and nothing else is said of that cell."""
    written = written_of(
        details(1, ref="kite", middle_names="Bo", alias_forename="Ami", alias_surname="T", group_name="4A")
    )
    before = written[field]
    found = read_details({**written, field: f"{before}{character}{before[-1]}"}, ReadingRules(TODAY))
    if field in (Field.SEX, Field.UPN, Field.REF, Field.DATE_OF_BIRTH):
        found = read_details({**written, field: f"{before}{character}"}, ReadingRules(TODAY))
    (fault,) = found.faults
    assert fault.code is DetailFault.UNSEEN_CHARACTER
    assert fault.sentence.startswith(f"{TITLES[field]} has {name}")
    assert f"after '{before}'" in fault.sentence


@pytest.mark.parametrize(
    "wrong",
    [
        {"surname": ""},
        {"surname": "Test\u034ferly"},
        {"group_name": "4\u00adA"},
        {"forename": " Amy"},
        {"surname": "O\u2019Example"},
        {"middle_names": "x" * 129},
        {"upn": None},
        {"upn": "A201100120002"},
        {"ref": "G201100120001"},
        {"group_name": "x" * 36},
        {"alias_surname": "@"},
    ],
)
def test_details_that_are_not_allowed_cannot_be_made(wrong: dict[str, object]) -> None:
    """What travels is a pupil, whoever put it together."""
    with pytest.raises(NotAPupil):
        details(1, **wrong)


CELL = st.sampled_from([*AMY.split(","), *BO.split(","), "", " ", "Male", "4A", "kite-7", "2018-03-14"]) | st.text(
    max_size=9
)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=9), min_size=1, max_size=6),
    st.booleans(),
    st.sampled_from([HEADINGS, SIMS]),
)
@QUICK
def test_any_rows_are_pupils_or_refused(cells: list[list[str]], national: bool, headings: str) -> None:
    """Whatever the rows hold; those that are pupils are read again from what would be written of them."""
    lines = [Row(1, tuple(headings.split(","))), *(Row(line, tuple(row)) for line, row in enumerate(cells, start=2))]
    rules = ReadingRules(TODAY, national_scheme=national)
    found, remarks = _outcome(lines, rules)
    assert all(2 <= line <= len(lines) for line in remarks)
    assert found or remarks
    for listed in found:
        assert read_details(written_of(listed.details), rules).details == listed.details


def _outcome(lines: list[Row], rules: ReadingRules) -> tuple[tuple[Listed, ...], list[int]]:
    """The pupils, or the lines of the faults: never both empty."""
    try:
        return read_class_list(lines, (), rules).pupils, []
    except ClassListRefused as refused:
        return (), [remark.line for remark in refused.remarks]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Total: 4", "if this is not a pupil, delete the row"),
        ("Total,4,,,,", "if this is not a pupil, delete the row"),
        ("Class 4B", "if this is not a pupil, delete the row"),
        (HEADINGS, "The headings are here again: delete this row"),
    ],
)
@pytest.mark.parametrize("national_scheme", [False, True])
def test_a_row_that_is_no_pupil_is_one_mistake_that_says_so(row: str, said: str, national_scheme: bool) -> None:
    """Totals, the name of a class, the headings of the next class."""
    with pytest.raises(ClassListRefused) as refused:
        read(HEADINGS, AMY, row, BO, national_scheme=national_scheme)
    (remark,) = refused.value.remarks
    assert (remark.line, remark.fault.code) == (3, RowFault.NOT_A_PUPIL)
    assert said in remark.fault.sentence


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (AMY_UPN.replace("0", "O"), "UPN has the letter O where the digit 0 should be"),
        (f"{AMY_UPN[:4]} {AMY_UPN[4:]}", "UPN must have 13 characters and has 14, with spaces"),
        (f"'{AMY_UPN}", "UPN must have 13 characters and has 14"),
        (AMY_UPN[:-1], "UPN must have 13 characters and has 12"),
        (f"O{AMY_UPN[1:]}", "UPN: check letter wrong"),
    ],
)
def test_a_upn_typed_wrongly_says_what_to_look_for(number: str, said: str) -> None:
    """One sentence where one thing is wrong."""
    with pytest.raises(ClassListRefused) as refused:
        read(HEADINGS, AMY.replace(AMY_UPN, number))
    assert [remark.fault.sentence for remark in refused.value.remarks] == [said]


def test_a_date_that_excel_shows_as_a_number_says_how_to_show_it() -> None:
    """It is five digits in a column without a format."""
    with pytest.raises(ClassListRefused) as refused:
        read(HEADINGS, AMY.replace("14/03/2018", "43173"))
    assert refused.value.remarks[0].fault.sentence == ("Date of birth is a number: in Excel format the column as Date")


def test_wide_rows_are_not_each_looked_through_for_headings() -> None:
    """The largest list takes about a second; looking up every cell as a heading took nine."""
    idle = ",some words of text" * 44
    lines = rows(HEADINGS + ",x" * 44, *(f"{AMY.rpartition(',')[0]},{upn(number)}{idle}" for number in range(9000)))
    before = time.process_time()
    assert len(read_class_list(lines, (), ReadingRules(TODAY)).pupils) == 9000
    assert time.process_time() - before < 5
