"""What only a desk may do: an enrolled kiosk has no pupils, sessions or PINs of its own, and no console."""

from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.store.home.desk_file import is_enrolled
from mtc_kiosk.store.home.home import Home

AT_THE_DESK = Problem(
    "This PC is a kiosk of a desk on another PC. Do this at the desk. Nothing was changed.", "enrolled_kiosk"
)


def refuse_at_a_kiosk(home: Home) -> None:
    """OfficeRefused in the home of an enrolled kiosk."""
    if is_enrolled(home):
        raise OfficeRefused(AT_THE_DESK)
