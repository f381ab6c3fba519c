"""Schools: two are another where the first thing that both state differs."""

import pytest

from mtc_kiosk.record.school import School

from .examples import OURS, THEIRS, UNNAMED


def school(**stated: str) -> School:
    """A school that states this and no more."""
    return School(**({"name": None, "la": None, "estab": None, "urn": None} | stated))


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        (OURS, OURS, False),
        (OURS, THEIRS, True),
        (OURS, UNNAMED, False),
        (school(urn="900001", name="Larkfield"), school(urn="900001", name="Larkfield Primary"), False),
        (school(urn="900001", name="Larkfield"), school(urn="900002", name="Larkfield"), True),
        (school(la="999", estab="1001"), school(la="999", estab="1002"), True),
        (school(la="999", estab="1001"), school(la="998", estab="1001"), True),
        (school(la="999"), school(la="998"), False),
        (school(name="Larkfield Primary"), school(name="LARKFIELD  primary "), False),
        (school(name="Caf\u00e9"), school(name="Cafe\u0301"), False),
        (school(name="Larkfield"), school(name="Millbrook"), True),
        (school(name="Larkfield"), school(urn="900002"), False),
    ],
)
def test_what_both_state_decides(one: School, other: School, another: bool) -> None:
    """URN before DfE number before name; what one leaves out decides nothing, whichever way round they are asked."""
    assert one.is_another(other) is another
    assert other.is_another(one) is another


def test_a_school_says_its_name_and_numbers() -> None:
    """A refusal names the school that a record is from."""
    assert str(OURS) == "Larkfield Primary (URN 900001, LA 999, school number 1001)"
    assert str(school(name="Larkfield")) == "Larkfield"
    assert str(UNNAMED) == "a school without a name"
