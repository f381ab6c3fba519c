"""Numbers as Excel shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.class_list.number_format import general, number_shown, text_shown
from tests.check.profile import QUICK


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12, "General", "12"),
        (12.0, "@", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "000000", "000012"),
        (1234567, "000000", "1234567"),
        (0, "000", "000"),
        (0, "#", ""),
        (12.5, "0", "13"),
        (4, "0.0", "4.0"),
        (1.5, "0.##", "1.5"),
        (1, "0.##", "1."),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(5)"),
        (-0.004, "0.00", "-0.00"),
        (0, '0;-0;"none"', "none"),
        (7, '"Adm "00', "Adm 07"),
        (7, r"\A00", "A07"),
        (12345, "000-000", "012-345"),
        (1234567, "0000 000", "1234 567"),
        (1234, "#,##0", "1,234"),
        (999, "#,##0", "999"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (12345, "0,", "12"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (100000, "0.00E+00", "1.00E+05"),
        (5, "[Red]0", "5"),
        (5, "[$£-809]#,##0.00", "£5.00"),
        (12, "_(#,##0_);(#,##0)", "12"),
        (12, ";;;", ""),
        (7, 'General" pupils"', "7 pupils"),
        (7, '"' + "x" * 252 + '"0', "x" * 252 + "7"),
    ],
)
def test_a_number_is_shown_as_excel_shows_it(value: float, code: str, shown: str) -> None:
    """In the formats that lists of people have."""
    assert number_shown(value, code) == shown


@pytest.mark.parametrize("code", ["# ?/?", "[<5]0;0", "[DBNum1]0", "dd", "0" * 256, "00E+00"])
def test_a_format_that_is_not_known_is_said_to_be_so(code: str) -> None:
    """Rather than shown as something else."""
    assert number_shown(0.5, code) is None


@pytest.mark.parametrize(("value", "shown"), [(999_999_999_999_999, "999999999999999"), (10**15, "1.00000E+15")])
def test_digits_that_excel_has_lost_are_not_made_up(value: int, shown: str) -> None:
    """It keeps fifteen."""
    assert general(value) == shown


@pytest.mark.parametrize(
    ("code", "shown"), [("General", "Ann"), ("000", "Ann"), ("@", "Ann"), (";;;", ""), ('0;0;0;"Ms "@', "Ms Ann")]
)
def test_a_text_is_shown_as_excel_shows_it(code: str, shown: str) -> None:
    """A format may hide it, or set words beside it."""
    assert text_shown("Ann", code) == shown


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    st.text('0#?.,%E+-;"\\_*[]@ General£', max_size=12),
)
@QUICK
def test_any_number_in_any_format_is_shown_or_not_known(value: float, code: str) -> None:
    """Never an exception."""
    shown = number_shown(value, code)
    assert shown is None or isinstance(shown, str)
    text_shown("x", code)


@given(st.integers(0, 10**12), st.integers(1, 12))
@QUICK
def test_zeros_in_front_are_those_of_the_format(value: int, width: int) -> None:
    """And never take a digit away."""
    assert number_shown(value, "0" * width) == f"{value:0{width}}"
