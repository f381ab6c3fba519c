"""A home that stays open: a kiosk's own connection, at the time of each call, with the kiosk among those that run."""

from datetime import UTC, datetime, timedelta

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import reasons, sessions
from mtc_kiosk.office.open import OpenHome, configuration_of
from mtc_kiosk.office.sessions import SessionWanted
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited
from tests.store.a_school import sealer

MORNING = datetime(2027, 6, 7, 9, tzinfo=UTC)


def test_a_kiosk_acts_on_its_own_connection_at_the_time_of_each_act(home: Home) -> None:
    """As its own account, under its own key; it counts as running although its lock is free."""
    db = connect(home.database)
    try:
        office = OpenHome(
            home,
            configuration_of(home),
            db,
            kiosk_staff("PC1"),
            MORNING,
            made_up=True,
            kiosk="PC1",
            seals=sealer(into_inbox=True),
        )
        assert office.context().running == {"PC1"}
        sessions.start(office, SessionWanted(Kind.OFFICIAL, ById((1,))))
        reasons.give(office.at(MORNING + timedelta(minutes=5)), ById((1,)), "ABSNT")
        assert [(row[0], row[1]) for row in db.execute("select by, at from reason")] == [
            ("kiosk:PC1", "2027-06-07T09:05:00.000Z")
        ]
        assert ("kiosk:PC1", "reason.set", "1") in audited(office)
        assert not (home.root / "device.key").exists()
    finally:
        db.close()


def test_elsewhere_only_the_kiosks_that_run_are_running(home: Home) -> None:
    """A desk is no kiosk."""
    with acting(home) as office:
        assert office.context().running == frozenset()
        assert office.at(MORNING + timedelta(hours=1)).stamp.at == "2027-06-07T10:00:00.000Z"
