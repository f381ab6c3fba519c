"""Columns that no heading names are known by what they hold: none is dropped that has the pupils' UPNs."""

import pytest

from mtc_kiosk.school.columns import ColumnFault, Field, Mapped, NotColumns
from tests.class_list.typed import advice
from tests.school.made_up import AMY, BO, HEADINGS, read, upn

WITHOUT_UPN = "Legal Surname,Legal Forename,DOB,Sex,Adno"
ONE, TWO = f"Testerly,Amy,14/03/2018,F,7,{upn(1)}", f"O'Example,Bo,02/09/2017,M,8,{upn(2)}"


def refused(*lines: str, mapped: tuple[Mapped, ...] = (), national_scheme: bool = False) -> NotColumns:
    """The refusal of these lines."""
    with pytest.raises(NotColumns) as problem:
        read(*lines, mapped=mapped, national_scheme=national_scheme)
    return problem.value


def test_a_column_of_upns_under_another_heading_is_not_dropped() -> None:
    """A ref would do, and the pupil would lose the number that the check is sent under: staff say which it is."""
    problem = refused(f"{WITHOUT_UPN},Number", ONE, TWO)
    assert [fault.code for fault in problem.faults] == [ColumnFault.PASSED_OVER]
    assert problem.faults[0].sentence == "The column 'Number' has UPNs in it but no column is called UPN"
    assert '--map "UPN=Number"' in advice(problem)
    listed = read(f"{WITHOUT_UPN},Number", ONE, TWO, mapped=(Mapped(Field.UPN, "Number"),))
    assert [each.details.upn for each in listed.pupils] == [upn(1), upn(2)]


def test_a_column_of_upns_without_a_heading_is_not_dropped() -> None:
    """It needs one before it can be named."""
    problem = refused(f"{WITHOUT_UPN},,House", f"{ONE},Elm", f"{TWO},Oak")
    assert problem.faults[0].sentence == "Column 6 has no heading and has UPNs in it but no column is called UPN"
    assert "give it the heading UPN" in advice(problem)


def test_upns_beside_an_empty_column_of_that_name_are_not_dropped() -> None:
    """Nor those of a single row whose own is blank."""
    problem = refused(f"{WITHOUT_UPN},UPN,Old number", f"{ONE},", f"O'Example,Bo,02/09/2017,M,8,,{upn(2)}")
    assert problem.faults[0].sentence.endswith("in those rows the column 'UPN' is blank")


def test_a_former_upn_beside_the_own_one_is_skipped_and_named() -> None:
    """Every pupil has one that counts."""
    assert read(f"{WITHOUT_UPN},UPN,Former UPN", f"{ONE},{upn(9)}", f"{TWO},{upn(8)}").columns.unused == ("Former UPN",)


def test_numbers_that_are_no_upns_are_skipped_and_named() -> None:
    """One that only looks like one is wrong, not passed over."""
    assert read(f"{WITHOUT_UPN},Number", ONE.replace(upn(1), "A999100000001")).columns.unused == ("Number",)


def test_missing_columns_are_looked_for_by_what_is_in_the_others() -> None:
    """The advice can be typed as it is, and works."""
    lines = ("Nachname,Vorname,Geburt,G,Nr", f"Muster,Anna,14.03.2018,f,{upn(1)}", f"Muster,Bo,02.09.2017,m,{upn(2)}")
    problem = refused(*lines, mapped=(Mapped(Field.SURNAME, "Nachname"), Mapped(Field.FORENAME, "Vorname")))
    assert advice(problem).startswith(
        'By what is in the columns, try --map "Date of birth=Geburt" --map "Sex=G" --map "UPN=Nr"'
    )
    found = {Field.SURNAME: "Nachname", Field.FORENAME: "Vorname", Field.DATE_OF_BIRTH: "Geburt", Field.SEX: "G"}
    mapped = tuple(Mapped(field, heading) for field, heading in {**found, Field.UPN: "Nr"}.items())
    assert len(read(*lines, mapped=mapped).pupils) == 2


def test_two_columns_of_dates_are_not_guessed_between() -> None:
    """Birthdays and days of admission look alike."""
    problem = refused("Surname,Forename,Sex,UPN,Born,Came", f"T,A,F,{upn(1)},14/03/2018,01/09/2022")
    assert "Born" not in advice(problem).partition("Change the headings")[0]


def test_whole_names_are_to_be_split() -> None:
    """A teacher's list with one column of names is a common one."""
    problem = refused("Name,DOB,Sex,UPN", f'"Testerly Amy",14/03/2018,F,{upn(1)}')
    assert "If 'Name' has whole names in it, split them in Excel first (Data, Text to Columns)" in advice(problem)


def test_the_national_scheme_is_advised_as_well() -> None:
    """It has the same columns to look for."""
    problem = refused(HEADINGS.replace("UPN", "Number"), AMY, BO, national_scheme=True)
    assert '--map "UPN=Number"' in advice(problem)


def test_a_list_without_headings_is_not_advised_to_make_a_heading_of_its_first_pupil() -> None:
    """Who would then be left out without a word."""
    problem = refused(AMY, BO)
    assert advice(problem) == "The first row looks like a pupil: put a row of headings above it"
