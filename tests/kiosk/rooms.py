"""Staff rooms of made-up schools, for the tests of the kiosk's staff menu."""

from mtc_kiosk.config.configuration import load_all
from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.rules import rules_of
from tests.store.a_school import ASchool


def staff_room(school: ASchool, home: Home, kiosk: str) -> SchoolStaffRoom:
    """The staff room of a kiosk in a school whose settings are as they ship."""
    configuration = load_all(home.config_dir)
    assert rules_of(configuration) == school.rules
    opened = OpenHome(
        home, configuration, school.db, kiosk_staff(kiosk), school.now, made_up=True, kiosk=kiosk, seals=school.sealer
    )
    return SchoolStaffRoom(opened, lambda: school.now)
