"""A class list compared with the register."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.class_list import Listed
from mtc_kiosk.school.columns import NATIONAL, Field
from mtc_kiosk.school.comparison import Comparison, change_to, compare
from mtc_kiosk.school.details import NAMES
from mtc_kiosk.school.fault import RowFault
from mtc_kiosk.school.pupil import DETAILS, Pupil, PupilDetails
from tests.check.profile import QUICK
from tests.class_list.typed import typed
from tests.school.made_up import details, pupil, upn

LEFT = "2027-01-01T00:00:00.000Z"


def compared(
    listed: Iterable[PupilDetails], register: Iterable[Pupil], *, given: Iterable[Field] = Field, update: bool = False
) -> Comparison:
    """What these lines come to, from line 2 on."""
    lines = [Listed(line, each) for line, each in enumerate(listed, start=2)]
    return compare(lines, given, register, update=update)


def codes(comparison: Comparison) -> list[tuple[int, RowFault]]:
    """Line and code of each fault."""
    return [(remark.line, RowFault(remark.fault.code)) for remark in comparison.faults]


def test_pupils_that_the_register_does_not_know_are_added() -> None:
    """In the order of the list."""
    assert compared([details(2), details(1)], [pupil(3)]) == Comparison(added=(details(2), details(1)))


def test_the_same_list_again_changes_nothing() -> None:
    """And says so of each pupil."""
    assert compared([details(1)], [pupil(1), pupil(2)]) == Comparison(unchanged=(pupil(1),))


def test_another_name_is_a_fault_that_says_what_to_do() -> None:
    """Nothing of a pupil is changed by the way."""
    other = compared([details(1, surname="Other", group_name="4A")], [pupil(1)])
    assert codes(other) == [(2, RowFault.ON_REGISTER)]
    assert typed(other.faults[0].fault) == (
        "On the register this pupil has another surname and group:"
        " use --update to take this line or pupils edit to change one pupil"
    )


def test_with_update_the_line_wins() -> None:
    """Only what differs is changed."""
    (change,) = compared([details(1, surname="Other")], [pupil(1)], update=True).changed
    assert (change.pupil, dict(change.values), change.returns) == (pupil(1), {"surname": "Other"}, False)


def test_columns_that_a_list_has_not_are_left_alone() -> None:
    """The six national columns leave groups, refs and aliases as they are."""
    register = [pupil(1, group_name="4A", ref="kite", alias_forename="Ames")]
    assert compared([details(1)], register, given=NATIONAL).unchanged == tuple(register)


def test_a_blank_cell_of_a_column_that_is_there_is_a_change() -> None:
    """Middle names that were taken away."""
    assert codes(compared([details(1)], [pupil(1, middle_names="Kai")])) == [(2, RowFault.ON_REGISTER)]


@pytest.mark.parametrize("known", [{"ref": "kite"}, {"ref": "kite", "upn": None}])
def test_a_blank_number_takes_none_away(known: dict[str, object]) -> None:
    """A list without a number that the register has leaves it as it is."""
    listed = details(1, ref="KITE", upn=None)
    assert len(compared([listed], [pupil(1, **known)]).unchanged) == 1


def test_a_pupil_is_found_by_ref_where_the_upn_is_new() -> None:
    """A permanent number in place of none, or of a temporary one, is a change of one pupil, not another pupil."""
    (change,) = compared([details(9, ref="Kite")], [pupil(1, ref="kite", forename="Amy 9")], update=True).changed
    assert dict(change.values) == {"upn": upn(9)}


@pytest.mark.parametrize("update", [False, True])
def test_a_ref_that_is_another_pupils_but_for_zeros_at_the_front_is_a_fault(update: bool) -> None:
    """Excel has dropped them: the pupil would be there twice."""
    found = compared([details(1, upn=None, ref="123")], [pupil(2, ref="000123")], update=update)
    assert codes(found) == [(2, RowFault.REF_ZEROS)]
    assert found.faults[0].fault.sentence.startswith("Pupil refs 123 and 000123 (on the register) differ only in zeros")


def test_a_pupils_own_ref_may_get_its_zeros_back() -> None:
    """Where the UPN says who it is, and staff that the list is right."""
    register = [pupil(1, ref="123"), pupil(2, ref="1230")]
    (change,) = compared([details(1, ref="000123")], register, update=True).changed
    assert dict(change.values) == {"ref": "000123"}


def test_a_upn_and_a_ref_of_two_pupils_is_a_fault_even_with_update() -> None:
    """Which of the two is meant?"""
    register = [pupil(1), pupil(2, ref="kite")]
    assert codes(compared([details(1, ref="kite")], register, update=True)) == [(2, RowFault.TWO_PUPILS)]


def test_two_lines_for_one_pupil_is_a_fault_even_with_update() -> None:
    """One found by the UPN, one by the ref."""
    listed = [details(1), details(7, ref="kite")]
    assert codes(compared(listed, [pupil(1, ref="kite")], update=True)) == [(3, RowFault.TWO_PUPILS)]


def test_a_pupil_who_had_left_and_is_listed_has_come_back() -> None:
    """Which is a change like any other."""
    register = [pupil(1, left_at=LEFT)]
    assert codes(compared([details(1)], register)) == [(2, RowFault.ON_REGISTER)]
    assert compared([details(1)], register, update=True).changed[0].returns


def test_capitals_make_no_other_group() -> None:
    """The group is written as it was written first, on the register or in the list."""
    again = compared([details(1, group_name="4A")], [pupil(1, group_name="4a")])
    assert len(again.unchanged) == 1
    added = compared(
        [details(1, group_name="4a"), details(2, group_name="4A"), details(3, group_name="4c")],
        [pupil(9, group_name="4C")],
    )
    assert [each.group_name for each in added.added] == ["4a", "4a", "4C"]


def test_a_group_of_two_spellings_is_no_fault_of_a_list() -> None:
    """Staff gave one pupil of 4a the group 4A: the list goes on being the same."""
    register = [pupil(1, group_name="4a"), pupil(2, group_name="4A")]
    assert len(compared([details(1, group_name="4A"), details(2, group_name="4A")], register).unchanged) == 2


def test_the_same_child_under_a_new_number_is_a_note() -> None:
    """The register would have the pupil twice: a note says so, and staff decide."""
    comparison = compared([details(9, forename="Amy 1")], [pupil(1)])
    assert [(note.line, note.fault.code) for note in comparison.notes] == [(2, RowFault.NAMESAKE)]
    assert upn(1) in comparison.notes[0].fault.sentence


def test_an_alias_that_becomes_the_name_is_none_any_more() -> None:
    """Amy who goes by Ames, and is now called Ames by law."""
    change = change_to(pupil(1, alias_forename="Ames"), details(1, forename="Ames"), ["forename"])
    assert dict(change.values) == {"forename": "Ames", "alias_forename": ""}


def test_a_pupil_of_older_rules_is_found_and_changed() -> None:
    """The register's rows were valid under the rules of their day: no command may fail on them."""
    old = replace(pupil(1), upn="A000000000000", surname="@")
    assert dict(change_to(old, details(1), ["upn"]).values) == {"upn": upn(1)}


PUPILS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["", "4A", "4a"]), st.sampled_from([None, "kite", "KITE", "owl"])),
    max_size=6,
)


@given(PUPILS, PUPILS, st.booleans(), st.sets(st.sampled_from(Field)))
@QUICK
def test_every_line_is_accounted_for_once(
    listed: list[tuple[int, str, str | None]],
    known: list[tuple[int, str, str | None]],
    update: bool,
    given: set[Field],
) -> None:
    """Added, changed, unchanged or a fault; and what is changed is then unchanged."""
    register = [
        pupil(1 + n, upn=upn(n), group_name=group) for n, group, _ in {each[0]: each for each in known}.values()
    ]
    lines = [details(n, group_name=group, ref=ref) for n, group, ref in listed]
    found = compared(lines, register, update=update, given=given)
    assert len(found.added) + len(found.changed) + len(found.unchanged) + len(found.faults) == len(lines)
    for change in found.changed:
        now = replace(change.pupil, left_at=None, **change.values)
        assert not change_to(now, PupilDetails(**{n: getattr(now, n) for n in DETAILS}), DETAILS).values
        assert not {Field.UPN, Field.REF} & {name for name, value in change.values.items() if value is None}
        assert all(name in {*given, *NAMES} for name in change.values)
