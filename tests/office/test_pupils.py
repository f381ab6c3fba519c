"""What staff do with the register, one pupil at a time."""

from datetime import date

import pytest

from mtc_kiosk.office import pupils
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.which_pupil import NotOnePupil
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.selection import AsWritten, ById, InGroup
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import NumberTaken
from tests.office.acting import (
    HEAD,
    ONE,
    THREE,
    TWO,
    acting,
    audited,
    under_the_national_scheme,
    write_arrangements,
)
from tests.office.as_staff import TEACHER
from tests.school.made_up import upn

EVE = {Field.SURNAME: "Newly", Field.FORENAME: " Eve ", Field.DATE_OF_BIRTH: "9 Jan 2018", Field.SEX: "female"}


def codes(refused: pytest.ExceptionInfo[OfficeRefused]) -> list[str]:
    """The codes of a refusal's problems."""
    return [problem.code for problem in refused.value.problems]


def test_the_register_is_listed_by_group_and_with_those_who_left(home: Home) -> None:
    """In the order of lists; those who have left only where asked for."""
    with acting(home) as office:
        assert [pupil.upn for pupil in pupils.listed(office)] == [ONE, TWO, THREE]
        assert [pupil.upn for pupil in pupils.listed(office, group=" 4b ")] == [THREE]
        assert pupils.listed(office, group="4C") == ()
        pupils.leave(office, AsWritten((ONE,)))
        assert [pupil.upn for pupil in pupils.listed(office, group="4A")] == [TWO]
        assert [pupil.upn for pupil in pupils.listed(office, group="4A", with_left=True)] == [ONE, TWO]


def test_pupils_are_found_by_name_among_those_still_here(home: Home) -> None:
    """Capitals, accents and spaces aside."""
    with acting(home) as office:
        assert [pupil.id for pupil in pupils.with_name(office, "amy 1")] == [1]
        pupils.leave(office, ById((1,)))
        assert pupils.with_name(office, "amy 1") == ()


def test_pupils_who_are_on_no_register_are_refused_together(home: Home) -> None:
    """By numbers that no pupil has, each named, or by an id that was on a list a moment ago; nothing is changed."""
    with acting(home) as office:
        with pytest.raises(NotOnePupil) as unknown:
            pupils.leave(office, AsWritten((ONE, "X1", "X2")))
        assert [(each.code, "'X1'" in each.message, "'X2'" in each.message) for each in unknown.value.problems] == [
            ("not_on_the_register", True, False),
            ("not_on_the_register", False, True),
            ("nothing_done", False, False),
        ]
        with pytest.raises(OfficeRefused):
            pupils.edit(office, 99, {Field.GROUP: "4C"})
        assert audited(office) == []


def test_a_pupil_is_added_by_whoever_acts(home: Home) -> None:
    """Read as other systems write details; the audit names the account of the teacher."""
    with acting(home, TEACHER) as office:
        done = pupils.add(office, {**EVE, Field.REF: "4A/17"})
        assert (done.pupil.forename, done.pupil.date_of_birth, done.pupil.ref) == ("Eve", date(2018, 1, 9), "4A/17")
        assert (done.notes, done.warnings) == ((), ())
        assert audited(office)[-1] == (TEACHER.account, "pupil.added", str(done.pupil.id))


def test_what_is_wrong_with_a_pupils_details_is_refused_all_at_once(home: Home) -> None:
    """Nothing is added; the number of another pupil has its own refusal."""
    with acting(home) as office:
        before = audited(office)
        with pytest.raises(OfficeRefused) as refused:
            pupils.add(office, {**EVE, Field.SEX: "Q", Field.FORENAME: ""})
        assert codes(refused) == ["name_missing", "sex", "upn_missing"]
        with pytest.raises(NumberTaken):
            pupils.add(office, {**EVE, Field.UPN: ONE})
        assert (len(pupils.listed(office)), audited(office)) == (3, before)


def test_a_date_of_birth_far_from_year_four_is_taken_with_a_note(home: Home) -> None:
    """When it is written; another detail of such a pupil is edited without a word."""
    with acting(home) as office:
        added = pupils.add(office, {**EVE, Field.DATE_OF_BIRTH: "09/01/2015", Field.REF: "R9"})
        assert added.notes == ("Date of birth is not that of a year 4 pupil.",)
        assert pupils.edit(office, "R9", {Field.GROUP: "4C"}).notes == ()
        assert pupils.edit(office, "R9", {Field.DATE_OF_BIRTH: "10/01/2015"}).notes == added.notes


def test_details_are_edited_and_the_pupil_is_given_back_as_they_are_now(home: Home) -> None:
    """An empty one is taken away; what says the same is no change and no row of the audit."""
    with acting(home, TEACHER) as office:
        done = pupils.edit(office, ONE, {Field.UPN: upn(7), Field.GROUP: ""})
        assert (done.pupil.id, done.pupil.upn, done.pupil.group_name) == (1, upn(7), "")
        assert done.change.words == "UPN and group"
        assert audited(office)[-1] == (TEACHER.account, "pupil.changed", "1")
        before = audited(office)
        assert dict(pupils.edit(office, upn(7), {Field.GROUP: ""}).change.values) == {}
        assert audited(office) == before
        with pytest.raises(OfficeRefused) as refused:
            pupils.edit(office, upn(7), {Field.SURNAME: ""})
        assert codes(refused) == ["name_missing"]


def test_only_the_details_that_were_written_are_edited(home: Home) -> None:
    """A name that the rules of an earlier day let in stays as it is while the group changes."""
    with acting(home) as office:
        office.db.execute("update pupil set surname = 'Old  Spaces' where id = 1")
        done = pupils.edit(office, 1, {Field.GROUP: "4C"})
        assert (dict(done.change.values), done.pupil.surname) == ({"group_name": "4C"}, "Old  Spaces")


def test_an_edited_number_takes_the_entry_of_the_arrangements_along(home: Home) -> None:
    """What cannot be clear is a warning, by line."""
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n  {TWO}: {{}}\n")
    with acting(home, HEAD) as office:
        assert pupils.edit(office, ONE, {Field.UPN: upn(7)}).warnings == ()
    assert upn(7) in (home.config_dir / "access_arrangements.yaml").read_text(encoding="utf-8")
    with acting(home, HEAD) as office:
        pupils.edit(office, TWO, {Field.REF: "R-2"})
    write_arrangements(home, f"pupils:\n  {TWO}: {{arrangements: [ATA]}}\n  R-2: {{}}\n")
    with acting(home, HEAD) as office:
        (warning,) = pupils.edit(office, THREE, {Field.GROUP: "4C"}).warnings
    assert (warning.code, warning.line) == ("twice", 3)


def test_pupils_leave_and_come_back(home: Home) -> None:
    """From now, or from the first moment of a day at the school; who had left already is counted."""
    with acting(home, TEACHER) as office:
        left = pupils.leave(office, AsWritten((ONE,)))
        assert ([pupil.left_at for pupil in left.pupils], left.unchanged) == (["2027-06-07T09:00:00.000Z"], 0)
        left = pupils.leave(office, AsWritten((ONE, TWO)), "4/6/2027")
        assert ([pupil.left_at for pupil in left.pupils], left.unchanged) == (["2027-06-03T23:00:00.000Z"], 1)
        back = pupils.come_back(office, AsWritten((TWO, THREE)))
        assert ([pupil.upn for pupil in back.pupils], back.unchanged) == ([TWO], 1)
        assert [row[1:] for row in audited(office)[-3:]] == [
            ("pupil.left", "1"),
            ("pupil.left", "2"),
            ("pupil.returned", "2"),
        ]


def test_a_group_leaves_and_comes_back(home: Home) -> None:
    """The class that was imported by mistake, and nobody else; a group without pupils to mark is refused."""
    with acting(home, TEACHER) as office:
        pupils.leave(office, AsWritten((TWO,)))
        left = pupils.leave(office, InGroup(" 4a"))
        assert ([pupil.upn for pupil in left.pupils], left.unchanged) == ([ONE], 0)
        assert [pupil.upn for pupil in pupils.listed(office)] == [THREE]
        for refused_again, code in ((pupils.leave, "no_such_group"), (pupils.come_back, "not_left")):
            with pytest.raises(OfficeRefused) as refused:
                refused_again(office, InGroup("4C" if refused_again is pupils.leave else "4B"))
            assert codes(refused) == [code]
        back = pupils.come_back(office, InGroup("4A"))
        assert [pupil.upn for pupil in back.pupils] == [ONE, TWO]
        assert [pupil.upn for pupil in pupils.listed(office)] == [ONE, TWO, THREE]


@pytest.mark.parametrize("day", ["8/6/2027", "yesterday", "31/02/2027"])
def test_a_day_that_has_not_been_is_refused(home: Home, day: str) -> None:
    """Today is the last that is allowed."""
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            pupils.leave(office, AsWritten((ONE,)), day)
        assert codes(refused) == ["not_a_day"]
        assert len(pupils.leave(office, AsWritten((ONE,)), "7/6/2027").pupils) == 1


def test_a_register_that_is_closed_refuses_every_change(home: Home) -> None:
    """Whoever acts: under the national scheme it closes at the end of a day."""
    under_the_national_scheme(home)
    national = {**EVE, Field.UPN: upn(8)}
    with acting(home, TEACHER, "2027-06-25T22:59:00Z") as office:
        assert pupils.add(office, {**EVE, Field.UPN: upn(9)}).notes == ()
        before = audited(office)
    with acting(home, HEAD, "2027-06-25T23:01:00Z") as office:
        for change in (
            lambda: pupils.add(office, national),
            lambda: pupils.edit(office, ONE, {Field.GROUP: "4C"}),
            lambda: pupils.leave(office, AsWritten((ONE,))),
            lambda: pupils.come_back(office, AsWritten((ONE,))),
        ):
            with pytest.raises(Refused):
                change()
        assert audited(office) == before


def test_the_national_scheme_needs_a_upn(home: Home) -> None:
    """A pupil ref alone is enough under a school's own scheme only."""
    under_the_national_scheme(home)
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            pupils.add(office, {**EVE, Field.REF: "4A/17"})
        assert codes(refused) == ["upn_missing"]
