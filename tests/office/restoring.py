"""A made-up home with a key that its records are made with, backed up and restored by the command line."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import sessions
from mtc_kiosk.office.backup import back_up
from mtc_kiosk.office.pins import PupilPin
from mtc_kiosk.office.restore import Options, Restored, restore
from mtc_kiosk.office.status import of_register
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import write_whole
from mtc_kiosk.store.made_up import open_made_up_home
from tests.office.acting import acting
from tests.store.a_school import KEY, ASchool

NO_OPTION, REPLACE = Options(), Options(replace=True)


def keyed(home: Home) -> Home:
    """The same home with the key of the made-up school, so that its records are its own."""
    write_whole(home.root / "device.key", KEY.to_pem(), OWNER_ONLY_FILE)
    return home


def another_home(root: Path, pupils: int = 0) -> Home:
    """Another made-up home, with a key of its own once it makes a record."""
    home = open_made_up_home(root)
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(pupils)
    return home


def pins_for(home: Home, pupil_ids: Sequence[int]) -> tuple[PupilPin, ...]:
    """Start a session for these pupils; their PINs."""
    with acting(home) as office:
        return sessions.start(office, sessions.SessionWanted(Kind.OFFICIAL, ById(tuple(pupil_ids)))).pins


def backed_up(home: Home, file: Path) -> Path:
    """A backup of the home."""
    return back_up(home, file, COMMAND_LINE).file


def put_back(home: Home, file: Path, options: Options = NO_OPTION) -> Restored:
    """Restore a home from a backup."""
    return restore(home.root, file, COMMAND_LINE, options)


def statuses(home: Home) -> dict[str, str]:
    """The status of every pupil by UPN."""
    with acting(home) as office:
        return {str(one.pupil.upn): str(one.status.label) for one in of_register(office).pupils}
