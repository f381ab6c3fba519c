"""National figures to stand beside a school's: those that come with the program, completed by the DfE's own file."""

from collections.abc import Mapping

from mtc_kiosk.insight.national import YEARS, NationalYear
from mtc_kiosk.office.open import OpenHome


def figures(home: OpenHome) -> Mapping[int, NationalYear]:
    """The national years that are known, by year."""
    return YEARS
