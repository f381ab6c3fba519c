"""Delivery to a desk that runs, over its HTTPS: each record once, a receipt for each, one refusal stops no other."""

from dataclasses import replace
from pathlib import Path

from mtc_kiosk.office.backup import back_up
from mtc_kiosk.office.restore import Options, restore
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.classroom.receipts import DeskId, waiting_for_desk
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.delivery import Delivery, deliver_waiting
from mtc_kiosk.sync.https import HttpsRoad
from tests.office.as_staff import open_as
from tests.record.examples import UNNAMED, check, finished_robot, reason, record_id
from tests.record.homes import ACT, SchoolHome, school_home

from .lan_desk import BEAT, OWNER, PROGRAM, AKiosk, LanDesk, lan_desk


def wait_in(home: SchoolHome, *records: Sealed) -> None:
    """Records come into the outbox."""
    with change(home.db):
        for sealed in records:
            insert(home.db, Table.OUTBOX, RecordRow.of(sealed, State.WAITING, sealed.content.at))


def delivered(home: SchoolHome, kiosk: AKiosk, epoch: str | None = None) -> Delivery:
    """Deliver what waits."""
    key = bytes.fromhex(kiosk.enrolment.desk_key)
    return deliver_waiting(home.db, HttpsRoad(kiosk.client), key, epoch, lambda: ACT)


def test_what_waits_goes_to_a_desk_that_runs_and_is_receipted(desk: LanDesk, kiosk: AKiosk, tmp_path: Path) -> None:
    """A check and a reason arrive; one about real pupils is refused and waits on; the epoch is that of the beats."""
    values = {"made_up": True, "school": UNNAMED}
    done = check(finished_robot(), kiosk.key, id=record_id(901), check_code="code-901", **values)
    absent = reason(kiosk.key, id=record_id(902), **values)
    alien = reason(kiosk.key, id=record_id(903), school=UNNAMED, made_up=False, at="2027-01-01T09:00:00.000Z")
    with school_home(tmp_path / "kiosk", made_up=True, into_inbox=False) as home:
        wait_in(home, done, absent, alien)
        first = delivered(home, kiosk)
        assert (first.delivered, first.waiting, first.trouble) == (2, 1, None)
        assert len(first.refused) == 1
        epoch = kiosk.client.beat(BEAT).epoch
        assert home.count("receipt", f"epoch = '{epoch}'") == 2
        assert delivered(home, kiosk, epoch).delivered == 0
        lost = "0" * 32
        assert delivered(home, kiosk, lost).delivered == 2, "after a restore everything is offered again"
        place = DeskId(fingerprint(bytes.fromhex(kiosk.enrolment.desk_key)), epoch)
        assert waiting_for_desk(home.db, place).records == 1
    with open_as(desk.home.root, OWNER) as office:
        ids = [done.content.id, absent.content.id, alien.content.id]
        query = "select record_id from inbox where record_id in (?, ?, ?) order by record_id"
        assert [row[0] for row in office.db.execute(query, ids).fetchall()] == ids[:2]
    names = HttpsRoad(kiosk.client).names()
    assert {done.file_name, absent.file_name} <= set(names)
    assert HttpsRoad(kiosk.client).is_there(done.file_name, done.to_file())


def test_a_record_at_which_the_desk_has_a_fault_stops_no_other(desk: LanDesk, kiosk: AKiosk, tmp_path: Path) -> None:
    """It waits, and is sent again: the next version of the desk may take it."""
    values = {"made_up": True, "school": UNNAMED}
    odd = reason(kiosk.key, id=record_id(910), at="2027-01-01T09:00:00.000Z", **values)
    good = reason(kiosk.key, id=record_id(911), **values)
    with (
        school_home(tmp_path / "kiosk", made_up=True, into_inbox=False) as home,
        open_as(desk.home.root, OWNER) as office,
    ):
        wait_in(home, odd, good)
        where = f"when new.record_id = '{odd.content.id}' begin select raise(abort, 'no'); end"
        office.db.execute(f"create trigger odd before insert on inbox {where}")
        try:
            first = delivered(home, kiosk)
        finally:
            office.db.execute("drop trigger odd")
        assert (first.delivered, first.waiting, first.trouble) == (1, 1, None)
        assert "Something went wrong in the program at the desk" in "".join(first.refused)
        assert (delivered(home, kiosk).delivered, delivered(home, kiosk).waiting) == (1, 0)


def test_a_desk_on_a_new_pc_is_recognised_and_offered_everything_again(
    desk: LanDesk, kiosk: AKiosk, tmp_path: Path
) -> None:
    """Restored from a backup from before the check came in; no kiosk is enrolled again."""
    file = back_up(desk.home, tmp_path / "backup.zip", COMMAND_LINE).file
    done = check(finished_robot(), kiosk.key, id=record_id(920), check_code="code-920", made_up=True, school=UNNAMED)
    with school_home(tmp_path / "kiosk", made_up=True, into_inbox=False) as home:
        wait_in(home, done)
        assert delivered(home, kiosk, kiosk.client.beat(BEAT).epoch).delivered == 1
        heir = restore(tmp_path / "heir", file, COMMAND_LINE, Options(same_pc=True))
        assert heir.remarks == ()
        with (
            lan_desk(heir.home) as again,
            DeskClient(replace(kiosk.enrolment, address=again.address), kiosk.key, PROGRAM) as client,
        ):
            found = delivered(home, replace(kiosk, client=client), client.beat(BEAT).epoch)
    assert (found.delivered, found.waiting) == (1, 0)
