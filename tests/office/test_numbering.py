"""Pupils without UPN and ref are numbered: in order, the same again, and never with a number of another."""

import re
import time
from pathlib import Path

import pytest

from mtc_kiosk.cli.list_words import as_options
from mtc_kiosk.office.class_list import Asked, ListHasErrors, ListImported, import_bytes
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import edit, leave, listed
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.numbering import LETTERS
from mtc_kiosk.school.selection import AsWritten
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, under_the_national_scheme
from tests.office.restoring import another_home
from tests.school.made_up import AMY, HEADINGS

BARE = HEADINGS.removesuffix(",UPN")
ANN, BOB, CAT = (f"Nonumber,{name},,01/0{place}/2018,F" for place, name in enumerate(("Ann", "Bob", "Cat"), start=1))
NUMBER = Asked(number=True)


def take(office: OpenHome, *lines: str, headings: str = BARE, asked: Asked = NUMBER) -> ListImported:
    """Import a list of these lines."""
    return import_bytes(office, "\r\n".join((headings, *lines, "")).encode(), "c.csv", asked)


def refs(done: ListImported) -> list[tuple[str, str]]:
    """The first names of those who were given a ref, and the count in it."""
    given = [(pupil.forename, pupil.ref or "") for pupil in done.numbered]
    assert all(re.fullmatch(f"[{LETTERS}]{{4}}-[0-9]{{3}}", ref) for _, ref in given)
    assert len({ref[:4] for _, ref in given}) <= 1
    return [(forename, ref[5:]) for forename, ref in given]


def ref_of(office: OpenHome, forename: str) -> str:
    """The ref of a pupil."""
    return next(one.ref or "" for one in listed(office) if one.forename == forename)


def refusal(office: OpenHome, *lines: str, headings: str = BARE) -> tuple[int | None, str, str]:
    """The first mistake: its line, its code and its sentence."""
    with pytest.raises(ListHasErrors) as refused:
        take(office, *lines, headings=headings)
    first = refused.value.problems[0]
    return first.line, first.code, first.message


def test_refs_are_given_in_order_and_kept_when_the_list_comes_again(home: Home) -> None:
    """Also in another order, and with a pupil more between the others."""
    with acting(home) as office:
        assert refs(take(office, ANN, CAT)) == [("Ann", "001"), ("Cat", "002")]
        again = take(office, CAT, BOB, ANN)
        assert (refs(again), len(again.unchanged)) == ([("Bob", "003")], 2)
        assert (refs(take(office, ANN, BOB, CAT)), len(listed(office))) == ([], 6)


def test_another_database_gives_other_refs(home: Home, tmp_path: Path) -> None:
    """Otherwise the same ref would be another child's where the list is in another order."""
    other = another_home(tmp_path / "other")
    with acting(home) as here, acting(other) as there:
        given = [{pupil.ref for pupil in take(office, ANN, BOB).numbered} for office in (here, there)]
    assert given[0].isdisjoint(given[1])


def test_a_ref_is_never_given_twice(home: Home) -> None:
    """Not one of a pupil who has left, nor one that a pupil had before."""
    with acting(home) as office:
        take(office, ANN, BOB)
        edit(office, ref_of(office, "Bob"), {Field.REF: "4A-2"})
        assert refs(take(office, ANN, BOB, CAT)) == [("Cat", "003")]
        leave(office, AsWritten((ref_of(office, "Cat"),)))
        assert refs(take(office, ANN, BOB, "Other,Dee,,09/09/2017,F")) == [("Dee", "004")]


def test_refs_beyond_those_in_the_list_itself_are_given(home: Home) -> None:
    """Where some pupils have a number and others none; each keeps to its own column."""
    headings = f"{HEADINGS},Pupil ref"
    with acting(home) as office:
        done = take(office, AMY + ",", f"{ANN},,kxtw-0041", f"{BOB},,", headings=headings)
        assert refs(done) == [("Bob", "042")]
        assert {pupil.forename: pupil.ref for pupil in done.added} == {
            "Amy": None,
            "Ann": "kxtw-0041",
            "Bob": ref_of(office, "Bob"),
        }
        assert [pupil.upn for pupil in done.added if pupil.forename == "Amy"] == ["G201100120001"]


def test_a_column_of_upns_that_is_blank_for_some_is_enough(home: Home) -> None:
    """The column of refs is made; a pupil with a UPN is given none."""
    with acting(home) as office:
        assert refs(take(office, AMY, f"{ANN},", headings=HEADINGS)) == [("Ann", "001")]
        assert refs(take(office, AMY, f"{ANN},", headings=HEADINGS)) == []


def test_a_dash_for_a_number_is_none(home: Home) -> None:
    """A teacher who has no UPN for a pupil may write so."""
    with acting(home) as office:
        done = take(office, f"{ANN},-", f"{BOB},n/a", headings=HEADINGS)
        assert refs(done) == [("Ann", "001"), ("Bob", "002")]


def test_headings_of_another_system_are_numbered_too(home: Home) -> None:
    """Below a title, with columns in their own order."""
    content = "Class 4A\r\nDOB,Legal Surname,Legal Forename,Gender\r\n15/03/2018,Example,Zoe,Female\r\n"
    with acting(home) as office:
        done = import_bytes(office, content.encode(), "c.csv", NUMBER)
        assert refs(done) == [("Zoe", "001")]
        assert done.headings[Field.SURNAME] == "Legal Surname"


def test_two_of_the_same_names_and_date_of_birth_are_not_numbered(home: Home) -> None:
    """Nothing would tell them apart when the list comes again."""
    with acting(home) as office:
        line, code, sentence = refusal(office, ANN, BOB, ANN)
        assert (line, code) == (4, "not_numbered")
        assert sentence.startswith("Line 2 has the same names and date of birth")
        take(office, f"{ANN},R-1", f"{ANN},R-2", headings=f"{BARE},Pupil ref")
        line, code, sentence = refusal(office, BOB, ANN)
        assert (line, code) == (3, "not_numbered")
        assert sentence.startswith("Several pupils of the register")


@pytest.mark.parametrize("renamed", [ANN.replace("Ann", "Anne"), ANN.replace("Nonumber", "Married")])
def test_a_pupil_under_a_new_name_is_not_added_a_second_time(home: Home, renamed: str) -> None:
    """Unless the other one is on the list as well: twins share a surname and a day."""
    with acting(home) as office:
        take(office, ANN, BOB)
        line, code, sentence = refusal(office, renamed, BOB)
        assert (line, code) == (2, "not_numbered")
        assert ref_of(office, "Ann") in sentence
        assert len(take(office, ANN, renamed, BOB).added) == 1


def test_a_long_list_is_soon_compared_with_a_register_of_others(home: Home) -> None:
    """Each newcomer is looked for among those of the same birthday only: all with all takes 16 seconds."""
    letters = "ABCDEFGHIJ"
    names = ["".join(letters[int(digit)] for digit in f"{number:04}") for number in range(4_000)]
    days = [f"{number % 28 + 1:02}/{number % 12 + 1:02}/2017" for number in range(4_000)]
    with acting(home) as office:
        take(office, *(f"X{name},Y{name},,{day},F" for name, day in zip(names, days, strict=True)))
        before = time.process_time()
        done = take(office, *(f"V{name},W{name},,{day},F" for name, day in zip(names, days, strict=True)))
        assert time.process_time() - before < 5
        assert len(done.numbered) == 4_000


def test_the_one_who_left_is_no_doubt_about_a_newcomer(home: Home) -> None:
    """And a pupil of the list who has a number of their own is there, whatever the name."""
    with acting(home) as office:
        take(office, ANN, BOB)
        leave(office, AsWritten((ref_of(office, "Ann"),)))
        assert refs(take(office, ANN.replace("Ann", "Una"), BOB)) == [("Una", "003")]


def test_a_pupil_who_is_on_the_list_by_ref_is_not_missing_under_the_old_name(home: Home) -> None:
    """A newcomer who shares the surname and the day is another child."""
    with acting(home) as office:
        take(office, ANN, BOB)
        lines = (f"{ANN.replace('Ann', 'Anna')},{ref_of(office, 'Ann')}", f"{ANN.replace('Ann', 'Una')},", f"{BOB},")
        done = take(office, *lines, headings=f"{BARE},Pupil ref", asked=Asked(number=True, update=True))
        assert (refs(done), len(done.changed)) == ([("Una", "003")], 1)


def test_a_row_with_a_cell_too_many_is_still_a_mistake(home: Home) -> None:
    """The column that is made for refs takes no cell of it."""
    with acting(home) as office:
        assert refusal(office, f"{ANN},more")[:2] == (2, "cell_count")


def test_columns_are_counted_as_the_file_has_them(home: Home) -> None:
    """Without the one that is made for refs: staff look for the mistake in their own file."""
    with acting(home) as office:
        assert refusal(office, f"{ANN},more")[2] == "The row has more cells than there are headings (5)."
        assert refusal(office, ANN.removesuffix(",F"))[2] == "The row has 4 of the 5 cells it should have."
        with pytest.raises(OfficeRefused, match="Column 6 has no heading and has UPNs in it"):
            take(office, f"{ANN},{AMY.rpartition(',')[2]}", headings=f"{BARE},")


def test_a_list_without_numbers_is_refused_with_the_way_to_have_them(home: Home) -> None:
    """Whether the columns are missing or blank."""
    with acting(home) as office:
        with pytest.raises(OfficeRefused, match="--number"):
            take(office, ANN, asked=Asked(words=as_options))
        with pytest.raises(ListHasErrors) as refused:
            take(office, f"{ANN},", headings=HEADINGS, asked=Asked())
        assert refused.value.lacks_numbers
        with pytest.raises(ListHasErrors) as other:
            take(office, AMY.replace(",F,", ",X,"), headings=HEADINGS, asked=Asked())
        assert not other.value.lacks_numbers


def test_the_national_scheme_numbers_nobody(home: Home, tmp_path: Path) -> None:
    """There a UPN is needed."""
    under_the_national_scheme(home)
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        take(office, AMY, headings=HEADINGS)
    assert [each.code for each in refused.value.problems] == ["upn_needed"]
