"""Let made-up pupils take checks in the home of a test of the office, at a time that the test says."""

import contextlib
from datetime import datetime

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.office.pins import PupilPin
from mtc_kiosk.store.home.home import Home
from tests.store.a_school import ASchool


def take(home: Home, pin: PupilPin, outcome: Outcome = Outcome.COMPLETE, at: datetime | None = None) -> str:
    """The pupil takes a whole check with this PIN at PC1; the attempt's id."""
    with contextlib.closing(ASchool(home.database)) as school:
        school.now = at if at is not None else school.now
        return school.take(pin.issued, outcome=outcome)


def practise(home: Home, pin: PupilPin) -> str:
    """The pupil has signed in at PC1 with this PIN and practises."""
    with contextlib.closing(ASchool(home.database)) as school:
        attempt = school.sign_in(pin.issued)
        school.practise(attempt)
        return attempt
