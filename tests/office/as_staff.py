"""Opens a home for whoever on the staff a test says, at a time it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtc_kiosk.office.open import OpenHome, configuration_of, find, opened
from mtc_kiosk.school.staff import COMMAND_LINE, Role, Staff, staff_of

HEAD, TEACHER = COMMAND_LINE, staff_of("t.teacher", Role.TEACHER)


@contextmanager
def open_as(root: Path, staff: Staff = HEAD, now: str | None = None) -> Iterator[OpenHome]:
    """The home at ``root``, open for ``staff``; ``now`` is the time in a home of made-up pupils."""
    home = find(root)
    with opened(home, configuration_of(home), staff, {"MTC_KIOSK_NOW": now} if now is not None else {}) as office:
        yield office
