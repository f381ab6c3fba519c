"""A home whose restore was interrupted: no pupil signs in with settings of one day and a register of another."""

import contextlib
from pathlib import Path

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.office.open import find
from mtc_kiosk.school.sign_in import NoSession
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from tests.store.a_school import ASchool


def test_nobody_signs_in_until_the_restore_is_settled(tmp_path: Path) -> None:
    """The door is closed though a session is open, and opens once a command has settled it."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.start(school.pupils(1))
        door = SchoolSignIn(home, Configuration(), "PC1", school.db, lambda: school.now)
        assert door.closed() is None
        home.restoring.write_text("{}", encoding="utf-8")
        assert door.closed() == NoSession()
        find(home.root)
        assert door.closed() is None
