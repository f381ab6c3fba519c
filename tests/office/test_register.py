"""The register as a list: found by any part of a name, UPN or ref, in any order, and who may see whom."""

import pytest

from mtc_kiosk.office import pupils
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import EditedMeanwhile
from mtc_kiosk.office.register import NO_GROUP, Order, Search, look_up
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.pupil import version_of
from mtc_kiosk.school.selection import AsWritten, ById
from mtc_kiosk.school.staff import Role, Staff
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, THREE, TWO, acting, audited
from tests.school.made_up import upn

OWN = Staff("t.own", frozenset({Role.TEACHER}), frozenset({"4A"}))


def add(office: pupils.OpenHome, surname: str, forename: str, **others: str) -> int:
    """Add a pupil; the id."""
    written = {
        Field.SURNAME: surname,
        Field.FORENAME: forename,
        Field.DATE_OF_BIRTH: "14/03/2018",
        Field.SEX: "F",
        **{Field(name): text for name, text in others.items()},
    }
    return pupils.add(office, written).pupil.id


def found(office: pupils.OpenHome, **search: object) -> list[str]:
    """The surnames found."""
    return [pupil.surname for pupil in look_up(office, Search(**search)).pupils]  # type: ignore[arg-type]  # a test's


@pytest.mark.parametrize(
    "text",
    ["briensson", "O'Brien", "zoe", "Zoë", "LUK", "ann zo", "brien zoe", "4a-17", "A-1", "Anna", "Briensson, Zoë"],
)
def test_any_part_of_a_name_or_ref_finds_a_pupil(home: Home, text: str) -> None:
    """Capitals, accents, apostrophes and the order of words make no difference; aliases count."""
    with acting(home) as office:
        add(office, "O'Briensson", "Zoë", middle_names="Łuka", alias_forename="Anna", ref="4A-17")
        assert found(office, text=text) == ["O'Briensson"]


def test_any_part_of_a_upn_finds_a_pupil(home: Home) -> None:
    """As staff copy it, in small letters too; a text that nobody has finds nobody."""
    with acting(home) as office:
        assert [p.upn for p in look_up(office, Search(text=ONE[:4].lower())).pupils][:1] == [ONE]
        assert [p.upn for p in look_up(office, Search(text=ONE[-5:])).pupils] == [ONE]
        assert found(office, text="nobody at all") == []
        assert len(found(office, text="  ")) == 3
        assert found(office, text="'") == []


def test_the_list_has_any_order_either_way(home: Home) -> None:
    """Without a number comes last; names by the school's alphabet."""
    with acting(home) as office:
        add(office, "Abel", "Zed", ref="0012", group_name="10B")
        assert found(office)[0] == "Abel"
        assert found(office, descending=True)[-1] == "Abel"
        assert found(office, order=Order.REF)[0] == "Abel"
        assert found(office, order=Order.UPN)[-1] == "Abel"
        assert found(office, order=Order.GROUP)[-1] == "Abel"
        assert found(office, order=Order.GROUP, descending=True)[0] == "Abel"
        assert len(found(office, order=Order.BORN)) == 4


def test_groups_are_counted_and_chosen(home: Home) -> None:
    """Those in none can be chosen, too; those who have left are another list."""
    with acting(home) as office:
        add(office, "Abel", "Zed", ref="12")
        pupils.leave(office, AsWritten((TWO,)))
        listed = look_up(office, Search(group="4b"))
        assert (listed.groups, listed.here, listed.left, listed.in_none) == ((("4A", 1), ("4B", 1)), 3, 1, 1)
        assert [pupil.upn for pupil in listed.pupils] == [THREE]
        assert found(office, group=NO_GROUP) == ["Abel"]
        assert [pupil.upn for pupil in look_up(office, Search(left=True)).pupils] == [TWO]


def test_namesakes_are_told_apart_although_only_one_is_found(home: Home) -> None:
    """A list of one is still one of two with the name."""
    with acting(home) as office:
        one = add(office, "Twin", "Jo", ref="1", group_name="4A")
        other = add(office, "Twin", "Jo", ref="2", group_name="4B")
        apart = look_up(office, Search(group="4B", text="twin")).apart
        assert apart[one] != apart[other]
        assert "14 March 2018" in apart[one]


def test_a_teacher_of_some_groups_sees_and_changes_those_alone(home: Home) -> None:
    """By list, by name and by id; and cannot put a pupil where they could not reach them again."""
    with acting(home) as office:
        (other,) = [pupil.id for pupil in pupils.listed(office) if pupil.upn == THREE]
    with acting(home, OWN) as office:
        assert {pupil.group_name for pupil in look_up(office, Search()).pupils} == {"4A"}
        assert {pupil.group_name for pupil in pupils.listed(office)} == {"4A"}
        assert other not in pupils.names(office)
        for refused in (
            lambda: pupils.edit(office, other, {Field.FORENAME: "X"}),
            lambda: pupils.leave(office, ById((other,))),
            lambda: pupils.come_back(office, ById((other,))),
            lambda: pupils.edit(office, ONE, {Field.GROUP: "4B"}),
            lambda: add(office, "New", "Ann", ref="9", group_name="4B"),
            lambda: add(office, "New", "Ann", ref="9"),
        ):
            with pytest.raises(OfficeRefused) as problem:
                refused()
            assert problem.value.problems[0].code == "scope"
        assert audited(office) == []
        add(office, "New", "Ann", ref="9", group_name="4A")


def test_the_second_of_two_teachers_overwrites_nothing(home: Home) -> None:
    """What the first saved is given back, to be shown beside what the second typed."""
    with acting(home) as office:
        (before,) = [pupil for pupil in pupils.listed(office) if pupil.upn == ONE]
        version = version_of(before)
        pupils.edit(office, before.id, {Field.FORENAME: "First"}, version)
        with pytest.raises(EditedMeanwhile) as refused:
            pupils.edit(office, before.id, {Field.FORENAME: "Second"}, version)
        assert refused.value.now.forename == "First"
        pupils.edit(office, before.id, {Field.FORENAME: "Second"}, version_of(refused.value.now))
        assert [row[1] for row in audited(office)] == ["pupil.changed"] * 2


def test_a_leaver_is_another_version(home: Home) -> None:
    """A page made before the pupil left cannot be saved after it."""
    with acting(home) as office:
        (before,) = [pupil for pupil in pupils.listed(office) if pupil.upn == ONE]
        pupils.leave(office, ById((before.id,)))
        with pytest.raises(EditedMeanwhile):
            pupils.edit(office, before.id, {Field.FORENAME: "New"}, version_of(before))


def test_each_mistake_names_its_detail(home: Home) -> None:
    """So that a form can show it there."""
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        add(office, "", "Bo?", upn=upn(1)[:-1], date_of_birth="31/02/2018")
    assert [each.field for each in refused.value.problems] == ["surname", "forename", "date_of_birth", "upn"]
