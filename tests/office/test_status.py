"""The status of the register through the office: five groups that sum to it, namesakes told apart."""

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import as_json, reasons, sessions, status
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.status import Bucket
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting
from tests.office.taking import take


def test_every_pupil_is_in_one_of_five_groups(home: Home) -> None:
    """Those that need somebody come first; who has left is in none."""
    with acting(home) as office:
        (pin,) = sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,)))).pins
        take(home, pin)
        reasons.give(office, ById((2,)), "ABSNT")
        found = status.of_register(office)
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = 3")
        later = status.of_register(office)
    assert [group.bucket for group in found.groups] == [
        Bucket.ACTION,
        Bucket.IN_PROGRESS,
        Bucket.NOT_STARTED,
        Bucket.COMPLETED,
        Bucket.NOT_TAKING,
    ]
    assert [[one.pupil.id for one in group.pupils] for group in found.groups] == [[], [], [3], [1], [2]]
    assert all(len(group.pupils) == found.counts[group.bucket] for group in found.groups)
    assert [one.pupil.id for one in later.pupils] == [1, 2]


def test_namesakes_have_names_of_their_own(home: Home) -> None:
    """So that staff do not act for the wrong child; the JSON has their numbers instead."""
    with acting(home) as office:
        office.db.execute("update pupil set forename = 'Amy' where id in (1, 2)")
        office.db.execute("update pupil set date_of_birth = '2018-03-15' where id = 2")
        found = status.of_register(office)
    assert [one.name for one in found.pupils] == [
        "Testerly, Amy (born 14 March 2018)",
        "Testerly, Amy (born 15 March 2018)",
        "Testerly, Amy 3",
    ]
    data = as_json.register_status(found)
    counts = {str(bucket): 3 if bucket is Bucket.NOT_STARTED else 0 for bucket in Bucket}
    assert (data["total"], data["counts"]) == (3, counts)
