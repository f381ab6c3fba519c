"""Columns by their headings: the national ones in their order, other systems' by name, the rest with --map."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.columns import (
    NATIONAL,
    SYSTEMS,
    TITLES,
    ColumnFault,
    Columns,
    Field,
    Layout,
    Mapped,
    NotColumns,
    read_map,
    recognise,
)
from tests.check.profile import QUICK
from tests.class_list.typed import advice
from tests.school.made_up import HEADINGS

SIX = HEADINGS.split(",")
SIMS = ["Legal Surname", "Legal Forename", "Middle Names", "DOB", "Gender", "UPN", "Reg Group", "Year Group"]
ARBOR = [
    "Legal First Name",
    "Legal Last Name",
    "Preferred First Name",
    "Sex",
    "Date of Birth",
    "UPN",
    "Registration Form",
]
BROMCOM = ["UPN", "Last Name", "First Name", "Middle Name", "Gender", "Date of Birth", "Tutor Group"]


def refused(headings: list[str], *mapped: Mapped, national: bool = False) -> list[ColumnFault]:
    """The faults of these headings."""
    with pytest.raises(NotColumns) as problem:
        recognise(headings, mapped, national=national)
    found = [ColumnFault(fault.code) for fault in problem.value.faults]
    # --map cannot tell two columns of one name apart.
    said = "Delete or rename all but one" if set(found) == {ColumnFault.TWICE} else "--map"
    assert said in advice(problem.value)
    return found


def places(headings: list[str], *mapped: Mapped, national: bool = False) -> dict[Field, str]:
    """Each field and the heading it was found under."""
    found = recognise(headings, mapped, national=national)
    return {field: headings[place] for field, place in found.places.items()}


@pytest.mark.parametrize("national", [True, False])
def test_the_six_national_columns(national: bool) -> None:
    """In their order they are the national form under either scheme."""
    assert recognise(SIX, (), national=national) == Columns(
        Layout.NATIONAL, dict(zip(NATIONAL, range(6), strict=True)), 6, ()
    )


@pytest.mark.parametrize("swapped", list(itertools.combinations(range(6), 2)))
@pytest.mark.parametrize("national", [True, False])
def test_the_six_in_another_order_are_refused(swapped: tuple[int, int], national: bool) -> None:
    """Whichever two of them changed places, and the advice is --map."""
    one, other = swapped
    headings = list(SIX)
    headings[one], headings[other] = headings[other], headings[one]
    assert refused(headings, national=national) == [ColumnFault.ORDER]


def test_the_advice_for_another_order_works() -> None:
    """What the refusal says to type is enough."""
    headings = list(reversed(SIX))
    with pytest.raises(NotColumns) as problem:
        recognise(headings, (), national=False)
    typed = advice(problem.value).rpartition('--map "')[2].removesuffix('"')
    mapped = read_map(typed, headings)
    assert mapped is not None
    assert set(places(headings, mapped)) == set(NATIONAL)


@pytest.mark.parametrize("heading", ["surname", "SURNAME", "Sur name"])
def test_national_headings_are_spelt_exactly(heading: str) -> None:
    """The national service accepts no other; under a school's own scheme it is clear what is meant."""
    assert refused([heading, *SIX[1:]], national=True) == [ColumnFault.SPELLING]
    assert places([heading, *SIX[1:]])[Field.SURNAME] == heading


@pytest.mark.parametrize("place", range(6))
def test_each_national_column_is_needed(place: int) -> None:
    """Even the middle names, which may be blank below their heading."""
    assert refused([*SIX[:place], *SIX[place + 1 :]], national=True) == [ColumnFault.MISSING]


def test_a_national_column_may_not_be_there_twice() -> None:
    """Which of the two would count?"""
    assert refused([*SIX, "UPN"]) == [ColumnFault.TWICE]


def test_another_column_is_refused_under_the_national_scheme_and_else_skipped_and_named() -> None:
    """A seventh column is a mistake for the national service; a school may keep what it likes beside ours."""
    assert refused([*SIX, "Notes"], national=True) == [ColumnFault.UNKNOWN]
    assert recognise([*SIX, "Notes"], (), national=False).unused == ("Notes",)


def test_a_school_may_leave_out_the_middle_names() -> None:
    """Few teachers have a column for them."""
    assert Field.MIDDLE_NAMES not in places(["Surname", "Forename", "Date of birth", "Sex", "UPN"])
    assert places(["Forename", "Surname", "Sex", "UPN", "Date of birth"])[Field.SURNAME] == "Surname"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Unique Pupil Number (UPN)", Field.UPN),
        ("UPN (13 characters)", Field.UPN),
        ("Pupil's UPN", Field.UPN),
        ("Student: Date of Birth", Field.DATE_OF_BIRTH),
        ("Date of birth (dd/mm/yyyy)", Field.DATE_OF_BIRTH),
        ("D.O.B.", Field.DATE_OF_BIRTH),
        ("Surname (Legal)", Field.SURNAME),
        ("Child Surname", Field.SURNAME),
        ("Forename(s)", Field.FORENAME),
        ("First name [preferred]", Field.FORENAME),
        ("Sex (M/F)", Field.SEX),
        ("Class (Year 4)", Field.GROUP),
    ],
)
def test_a_heading_that_says_more_is_known_by_what_it_means(heading: str, field: Field) -> None:
    """Brackets, and whose it is, make no other column."""
    needed = {Field.SURNAME: "Surname", Field.FORENAME: "Forename", Field.SEX: "Sex", Field.DATE_OF_BIRTH: "DOB"}
    headings = [*{**needed, Field.UPN: "UPN", field: heading}.values()]
    assert places(headings)[field] == heading


def test_a_heading_as_it_is_known_goes_before_one_that_says_more() -> None:
    """And of two that both say more, neither is guessed."""
    headings = ["Surname (of the mother)", *SIX]
    assert places(headings)[Field.SURNAME] == "Surname"
    assert refused(["UPN (old)", "UPN (new)", *SIX[:5]]) == [ColumnFault.TWICE]


@pytest.mark.parametrize(
    "heading", ["Former UPN", "Mother's surname", "Pupil Premium", "Sibling's date of birth", "Sexton"]
)
def test_a_heading_that_says_something_else_is_not_known(heading: str) -> None:
    """What holds a known heading inside may mean another thing."""
    assert recognise([*SIX, heading], (), national=False).unused == (heading,)


def test_a_column_we_do_not_use_is_named_where_one_is_missing() -> None:
    """It may be the one that is missing; of many the first are named."""
    with pytest.raises(NotColumns) as problem:
        recognise(["Family", *SIX[1:]], (), national=False)
    assert [fault.sentence for fault in problem.value.faults] == [
        "'Family' is not a column we use",
        "There is no column Surname",
    ]
    with pytest.raises(NotColumns) as problem:
        recognise([*(f"Note {n}" for n in range(9)), *SIX[1:]], (), national=False)
    assert problem.value.faults[0].sentence.endswith("'Note 3', 'Note 4' and 4 more")


@pytest.mark.parametrize("national", [True, False])
def test_the_errors_of_last_time_are_passed_over(national: bool) -> None:
    """A file of errors comes back as it is."""
    found = recognise([*SIX, "Errors", ""], (), national=national)
    assert (len(found.places), found.unused) == (6, ())


def test_a_pupil_ref_may_stand_for_the_upn() -> None:
    """Under a school's own scheme, in place of it or beside it."""
    assert places([*SIX[:5], "Pupil ref"])[Field.REF] == "Pupil ref"
    assert {Field.UPN, Field.REF} <= set(places([*SIX, "Pupil ref", "Group"]))


def test_the_national_scheme_has_no_pupil_ref() -> None:
    """There only the six are allowed."""
    assert refused([*SIX, "Pupil ref"], national=True) == [ColumnFault.UNKNOWN]
    assert refused([*SIX[:5], "Pupil ref"], national=True) == [ColumnFault.UNKNOWN, ColumnFault.MISSING]


def test_headings_that_nobody_knows_are_told_in_one_sentence() -> None:
    """A file without headings begins with a pupil; each of its cells by itself would say nothing."""
    assert refused(["Testerly", "Amy", "", "14/03/2018", "F", "G201100120001"]) == [ColumnFault.MISSING]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (SIMS, {Field.SURNAME: "Legal Surname", Field.DATE_OF_BIRTH: "DOB", Field.GROUP: "Reg Group"}),
        (ARBOR, {Field.SURNAME: "Legal Last Name", Field.ALIAS_FORENAME: "Preferred First Name", Field.SEX: "Sex"}),
        (BROMCOM, {Field.SURNAME: "Last Name", Field.FORENAME: "First Name", Field.GROUP: "Tutor Group"}),
    ],
)
def test_what_other_systems_export_is_recognised(headings: list[str], found: dict[Field, str]) -> None:
    """SIMS, Arbor and Bromcom, in any order."""
    for order in (headings, headings[::-1]):
        assert found.items() <= places(order).items()


def test_the_order_of_another_systems_columns_does_not_matter() -> None:
    """A heading that is not national shows that another system wrote the file, whose order means nothing."""
    assert recognise([*reversed(SIX), "Reg Group"], (), national=False).layout is Layout.BY_NAME


def test_a_legal_name_comes_before_the_one_a_pupil_goes_by() -> None:
    """Where a file has both, the register has the legal name and the other beside it."""
    headings = ["Preferred Surname", "Surname", "Legal Surname", "First Name", "Chosen Name", "DOB", "Gender", "UPN"]
    found = places(headings)
    assert (found[Field.SURNAME], found[Field.ALIAS_SURNAME]) == ("Legal Surname", "Preferred Surname")
    assert (found[Field.FORENAME], found[Field.ALIAS_FORENAME]) == ("First Name", "Chosen Name")


def test_where_only_preferred_names_are_there_they_are_the_names() -> None:
    """A pupil needs one name, and has then no other."""
    found = places(["Preferred Surname", "Preferred Forename", "DOB", "Gender", "UPN"])
    assert found[Field.SURNAME] == "Preferred Surname"
    assert Field.ALIAS_SURNAME not in found


def test_columns_that_are_not_needed_are_named() -> None:
    """So that a teacher sees what was left out."""
    assert recognise([*SIMS, "Errors", "Home address"], (), national=False).unused == ("Year Group", "Home address")


def test_an_admission_number_is_a_pupil_ref_under_the_schools_own_scheme_alone() -> None:
    """The national scheme knows no ref."""
    headings = ["Surname", "Forename", "DOB", "Gender", "UPN", "Admission Number"]
    assert places(headings)[Field.REF] == "Admission Number"
    assert Field.REF not in places(headings, national=True)
    assert recognise(headings, (), national=True).unused == ("Admission Number",)


def test_every_missing_column_of_an_export_is_told() -> None:
    """All of them at once; a ref would do for the UPN."""
    assert refused(["DOB"]) == [ColumnFault.MISSING] * 4
    with pytest.raises(NotColumns, match="There is no column UPN or Pupil ref"):
        recognise(["Legal Surname", "Forename", "DOB", "Gender"], (), national=False)


def test_a_heading_that_is_there_twice_cannot_be_told_apart() -> None:
    """Where it is one that is needed."""
    assert refused([*SIMS, "DOB"]) == [ColumnFault.TWICE]
    assert recognise([*SIMS, "House", "House"], (), national=False).unused == ("Year Group", "House", "House")


def test_every_known_heading_is_recognised_alone() -> None:
    """Each name in the table leads to its field, in capitals or not, with any marks between its words."""
    needed = {Field.SURNAME: "Legal Surname", Field.FORENAME: "Legal Forename", Field.SEX: "Gender", Field.UPN: "UPN"}
    for field, names in SYSTEMS.items():
        for name in names:
            others = {**needed, Field.DATE_OF_BIRTH: "DOB"}
            others.pop(field, None)
            headings = [*others.values(), name.upper().replace(" ", "_"), "Year"]
            assert field in places(headings), name


@pytest.mark.parametrize(
    "written", ["Surname=Nachname", "nachname=SURNAME", " surname = Nachname ", "Last Name=Nachname"]
)
def test_a_map_may_be_written_either_way_round(written: str) -> None:
    """A column of ours and a heading of the file, whichever comes first."""
    mapped = read_map(written, ["Nachname", "Vorname"])
    assert mapped is not None
    assert mapped.field is Field.SURNAME
    assert mapped.heading.casefold() == "nachname"


def test_a_map_of_two_columns_takes_the_first_as_ours() -> None:
    """Where the headings are swapped, the column stands before the heading."""
    assert read_map("Surname=Forename", SIX) == Mapped(Field.SURNAME, "Forename")


def test_a_map_of_two_names_of_one_column_takes_the_one_in_the_file_as_heading() -> None:
    """Whichever side it stands on."""
    assert read_map("Gender=Sex", ["Gender"]) == read_map("Sex=Gender", ["Gender"]) == Mapped(Field.SEX, "Gender")


@pytest.mark.parametrize("written", ["", "=", "Surname", "Surname=", "=Surname", "Shoe size=Nachname"])
def test_what_is_no_map(written: str) -> None:
    """Both sides are needed, and one of them must be a column of a class list."""
    assert read_map(written, ["Nachname"]) is None


def test_a_mapped_column_wins_and_the_others_are_recognised() -> None:
    """Whatever order they stand in."""
    headings = ["Nachname", "Forename", "Date of birth", "Sex", "UPN"]
    assert places(headings, Mapped(Field.SURNAME, "nachname"))[Field.SURNAME] == "Nachname"
    swapped = places(SIX, Mapped(Field.SURNAME, "Forename"), Mapped(Field.FORENAME, "Surname"))
    assert (swapped[Field.SURNAME], swapped[Field.FORENAME]) == ("Forename", "Surname")


def test_a_map_to_a_heading_that_is_not_there_is_refused() -> None:
    """With the heading that was perhaps meant."""
    with pytest.raises(NotColumns, match=r"No column has the heading Nachnme \(did you mean Nachname\?\)"):
        recognise(["Nachname", *SIX[1:]], (Mapped(Field.SURNAME, "Nachnme"),), national=False)


def test_a_column_is_mapped_once() -> None:
    """Two headings for one column are a mistake."""
    twice = (Mapped(Field.SURNAME, "Surname"), Mapped(Field.SURNAME, "Forename"))
    assert ColumnFault.TWICE in refused(SIX, *twice)


@given(
    st.lists(st.sampled_from([*TITLES.values(), *SIMS, *ARBOR, *BROMCOM, "", "Notes", "Errors"]) | st.text(max_size=8)),
    st.lists(st.tuples(st.sampled_from(Field), st.sampled_from([*SIX, "Nachname"]))),
    st.booleans(),
)
@QUICK
def test_any_headings_are_columns_or_refused(
    headings: list[str], maps: list[tuple[Field, str]], national: bool
) -> None:
    """Whatever the first row holds; columns have all that a pupil needs, each within the row."""
    try:
        columns = recognise(headings, [Mapped(*each) for each in maps], national=national)
    except NotColumns:
        return
    needed = {Field.SURNAME, Field.FORENAME, Field.DATE_OF_BIRTH, Field.SEX}
    assert needed <= set(columns.places)
    assert Field.UPN in columns.places or (Field.REF in columns.places and not national)
    assert all(0 <= place < columns.width for place in columns.places.values())


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (["Surname", "Forename", "DOB", "M/F", "UPN"], '--map "Sex=M/F"'),
        (["Surname", "Forename", "DOB", "Sex"], '--map "UPN=HEADING"'),
        (["Surname", "Surname", "Forename", "DOB", "Sex", "UPN"], "Delete or rename all but one"),
        (["Name", "DOB"], '--map "Surname=Name"'),
    ],
)
def test_the_advice_is_about_the_column_that_is_missing(headings: list[str], said: str) -> None:
    """Never to map a column to the heading that it has."""
    with pytest.raises(NotColumns) as problem:
        recognise(headings, (), national=False)
    assert advice(problem.value).endswith(said)
