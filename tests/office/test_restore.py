"""A backup is put back, and nothing that the home has is lost."""

import contextlib
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import pytest

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office import notes
from mtc_kiosk.office.backup import INDEXES, back_up
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.restore import Options
from mtc_kiosk.office.settings import renew
from mtc_kiosk.office.status import of_register
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.copies import is_whole, opened_copy
from mtc_kiosk.store.db.database import DatabaseRefused, connect, open_database
from mtc_kiosk.store.home.backup_file import read_backup
from mtc_kiosk.store.home.desk_file import keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home, HomeRefused, open_home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from mtc_kiosk.store.journal.attempts import first_broken
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.store.records.carry_over import OWN_BEFORE
from mtc_kiosk.store.records.devices import devices
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from mtc_kiosk.sync.certificate import desk_certificate, kept_certificate, renewed
from tests.office.acting import ONE, THREE, TWO, acting
from tests.office.away_kiosk import PcClock, enrolled
from tests.office.restoring import (
    NO_OPTION,
    REPLACE,
    another_home,
    backed_up,
    keyed,
    pins_for,
    put_back,
    statuses,
)
from tests.office.taking import practise, take
from tests.office.test_enrolled_home import ENROLLED
from tests.school.made_up import upn
from tests.store.a_school import KEY, ASchool
from tests.store.processes import heard_from, process

COMPLETE, NOT_STARTED = "Complete", "Not started"
AT = datetime(2027, 6, 7, tzinfo=UTC)


OTHER_CHILDREN = "update pupil set upn = null, ref = 'R' || id, forename = 'Bo ' || id, surname = 'Sample'"


def refusal(home: Home, file: Path, options: Options = NO_OPTION) -> str:
    """The sentence with which a restore is refused; nothing was changed then."""
    before = {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()} if home.root.exists() else {}
    with pytest.raises(OfficeRefused) as refused:
        put_back(home, file, options)
    assert all(
        path.read_bytes() == content for path, content in before.items() if path.suffix in {".db", ".yaml", ".key"}
    )
    assert str(refused.value).endswith("Nothing was changed.")
    return str(refused.value)


def test_a_new_pc_has_everything(home: Home, tmp_path: Path) -> None:
    """Pupils, a check that was taken, settings: made whole in a folder that did not exist."""
    take(keyed(home), pins_for(home, [1])[0])
    (home.config_dir / "school.yaml").write_text("name: Larkfield\n", encoding="utf-8")
    had = statuses(home)
    new = Home(tmp_path / "new")
    done = put_back(new, backed_up(home, tmp_path / "b.zip"))
    assert statuses(new) == had
    assert had[ONE] == COMPLETE
    assert (new.config_dir / "school.yaml").read_text(encoding="utf-8") == "name: Larkfield\n"
    assert (done.before, done.carried, is_made_up(new.root)) == (None, Counter(), True)
    assert not new.restoring.exists()


def test_two_pcs_never_have_one_key(home: Home, tmp_path: Path) -> None:
    """A copy gets a key of its own and accepts the records of the first; only where staff say so it goes on as it."""
    take(keyed(home), pins_for(home, [1])[0])
    file = backed_up(home, tmp_path / "b.zip")
    copy, heir = Home(tmp_path / "copy"), Home(tmp_path / "heir")
    done = put_back(copy, file)
    assert done.new_device == device_key(copy).fingerprint != KEY.fingerprint
    with acting(copy) as office:
        (first,) = devices(office.db)
    assert (first.fingerprint, first.name, first.accepted_by) == (KEY.fingerprint, OWN_BEFORE, "cli")
    assert put_back(heir, file, Options(same_pc=True)).new_device is None
    assert device_key(heir).fingerprint == KEY.fingerprint
    assert statuses(copy) == statuses(heir) == statuses(home)


def test_the_desk_on_a_new_pc_is_the_one_that_its_kiosks_know(home: Home, tmp_path: Path) -> None:
    """Its certificate comes with its key, for its owner alone; a copy with a key of its own gets neither."""
    certificate = desk_certificate(keyed(home), ("desk",), AT)
    file = backed_up(home, tmp_path / "b.zip")
    copy, heir = Home(tmp_path / "copy"), Home(tmp_path / "heir")
    put_back(copy, file)
    put_back(heir, file, Options(same_pc=True))
    assert kept_certificate(copy) is None
    found = kept_certificate(heir)
    assert found is not None
    assert (found.sha256, found.path.read_bytes()) == (certificate.sha256, certificate.path.read_bytes())


def test_a_restore_leaves_the_certificate_of_now(home: Home, tmp_path: Path) -> None:
    """Kiosks were enrolled with it since the backup; one that is lost comes back."""
    desk_certificate(keyed(home), ("desk",), AT)
    file = backed_up(home, tmp_path / "b.zip")
    now = renewed(home, ("desk",), AT)
    put_back(home, file, REPLACE)
    assert kept_certificate(home) == now
    now.path.unlink()
    put_back(home, backed_up(home, tmp_path / "without.zip"), REPLACE)
    assert kept_certificate(home) is None
    put_back(home, file, REPLACE)
    assert kept_certificate(home) is not None
    now.path.write_text("-----BEGIN nothing", encoding="utf-8")
    put_back(home, file, REPLACE)
    assert kept_certificate(home) is not None, "one that is damaged comes back too, as the desk says of it"


def test_a_desk_that_its_kiosks_do_not_recognise_says_so(home: Home, tmp_path: Path) -> None:
    """With a key of its own it is another desk; the command that it names makes it theirs."""
    desk_certificate(keyed(home), ("desk",), AT)
    with acting(home) as office:
        for name in ("hall-1", "hall-2"):
            enrolled(office.db, name, PcClock())
    file, new = backed_up(home, tmp_path / "b.zip"), Home(tmp_path / "new")
    (said,) = put_back(new, file).remarks
    assert said.startswith("This desk has 2 kiosks, which will not recognise this PC")
    assert "--replace --this-pc-replaces" in said
    assert put_back(new, file, Options(replace=True, same_pc=True)).remarks == ()
    assert kept_certificate(new) is not None
    assert device_key(new).fingerprint == KEY.fingerprint


def test_no_desk_is_restored_into_the_folder_of_a_kiosk(home: Home, tmp_path: Path) -> None:
    """The PC would be both: what its pupils answered would go to the desk that is gone."""
    file, kiosk = backed_up(keyed(home), tmp_path / "b.zip"), another_home(tmp_path / "kiosk")
    keep_enrolment(kiosk, ENROLLED)
    said = refusal(kiosk, file, Options(replace=True, same_pc=True))
    assert "is that of a kiosk" in said
    own = backed_up(kiosk, tmp_path / "own.zip")
    assert put_back(kiosk, own, REPLACE).home == kiosk, "what it has itself can be put back"


def test_data_is_replaced_only_where_staff_say_so(home: Home, tmp_path: Path) -> None:
    """The sentence says how much there is, and how much of it the backup lacks."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    take(home, pins_for(home, [1])[0])
    said = refusal(home, file)
    assert "3 pupils, 1 check." in said
    assert "The backup does not have 0 pupils and 1 check of these" in said
    assert "say that the data may be replaced" in said


def test_a_backup_that_lacks_nothing_is_said_to_have_everything(home: Home, tmp_path: Path) -> None:
    """No count of nothing."""
    said = refusal(home, backed_up(keyed(home), tmp_path / "b.zip"))
    assert "3 pupils, 0 checks. The backup has all of these. If you replace" in said


def test_what_was_done_since_is_kept(home: Home, tmp_path: Path) -> None:
    """A check, a restart and a reason of after the backup; and the used PIN stays used."""
    first, second = pins_for(keyed(home), [1, 2])
    with contextlib.closing(ASchool(home.database)) as school:
        school.take(first.issued)
        file = backed_up(home, tmp_path / "b.zip")
        attempt = school.take(second.issued)
        school.later(minutes=5)
        school.restart(1)
        school.reason(3)
    had = statuses(home)
    done = put_back(home, file, REPLACE)
    assert statuses(home) == had
    assert done.carried == {"check": 1, "restart": 1, "reason": 1}
    with contextlib.closing(connect(home.database)) as db:
        assert first_broken(db, attempt) is None
        assert db.execute("select count(*) from pin where used_at is null").fetchone() == (0,)
        assert db.execute("select count(*) from conflict").fetchone() == (0,)
    again = put_back(home, file, REPLACE)
    assert (statuses(home), again.carried) == (had, done.carried)


def test_notes_of_after_the_backup_are_kept(home: Home, tmp_path: Path) -> None:
    """What staff wrote is nowhere else; and restored once more, nothing is there twice."""
    keyed(home)
    with acting(home) as office:
        first = notes.add(office, 1, "Before.")
    file = backed_up(home, tmp_path / "b.zip")
    with acting(home) as office:
        notes.correct(office, 1, first, "Corrected since.")
        notes.add(office, 2, "Written since.")
    for _ in range(2):
        put_back(home, file, REPLACE)
        with acting(home) as office:
            texts = [note.text for pupil_id in (1, 2) for note in notes.of_pupil(office, pupil_id)]
            assert texts == ["Corrected since.", "Written since."]


def test_what_was_there_can_be_put_back(home: Home, tmp_path: Path) -> None:
    """The backup made before a restore undoes it: register and settings, under the key that the home had."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4C")
    (home.config_dir / "school.yaml").write_text("name: Larkfield\n", encoding="utf-8")
    had = statuses(home)
    done = put_back(home, file, REPLACE)
    assert len(statuses(home)) == 3
    assert done.before is not None
    put_back(home, done.before, REPLACE)
    assert statuses(home) == had
    assert (home.config_dir / "school.yaml").read_text(encoding="utf-8") == "name: Larkfield\n"
    assert device_key(home).fingerprint == KEY.fingerprint


def test_a_backup_of_another_home_can_be_undone_too(home: Home, tmp_path: Path) -> None:
    """Then the home has its own key again."""
    take(keyed(home), pins_for(home, [1])[0])
    other = another_home(tmp_path / "other", 1)
    done = put_back(home, backed_up(other, tmp_path / "b.zip"), REPLACE)
    assert done.before is not None
    put_back(home, done.before, REPLACE)
    assert device_key(home).fingerprint == KEY.fingerprint
    assert statuses(home)[ONE] == COMPLETE


def test_a_pupil_of_after_the_backup_keeps_the_number(home: Home, tmp_path: Path) -> None:
    """Records have it: given to the next new pupil, it would give that child another's check."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2)
    take(home, pins_for(home, [4])[0])
    done = put_back(home, file, REPLACE)
    assert (done.carried_pupils, statuses(home)[upn(4)]) == (1, COMPLETE)
    with contextlib.closing(ASchool(home.database)) as school:
        assert school.pupils(1) == [5]
    assert list(statuses(home).values()).count(COMPLETE) == 1


def test_a_check_that_had_not_ended_goes_on_to_its_end(home: Home, tmp_path: Path) -> None:
    """The backup was made in the middle of it; it ended since: no second check, and no conflict."""
    (pin,) = pins_for(keyed(home), [1])
    with contextlib.closing(ASchool(home.database)) as school:
        attempt = school.sign_in(pin.issued)
        school.begin(attempt)
        file = backed_up(home, tmp_path / "b.zip")
        school.finish(attempt)
    had = statuses(home)
    assert had[ONE] == COMPLETE
    put_back(home, file, REPLACE)
    assert statuses(home) == had
    with contextlib.closing(connect(home.database)) as db:
        assert first_broken(db, attempt) is None
        assert db.execute("select outcome from attempt").fetchall() == [("complete",)]


def test_no_check_in_front_of_a_child_is_taken_away(home: Home, tmp_path: Path) -> None:
    """Nor a held one; the sentence says at which kiosk."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    practise(home, pins_for(home, [1])[0])
    said = refusal(home, file, REPLACE)
    assert "A check has not ended on PC1. Let the pupil finish it, or stop it at the kiosk." in said
    assert not list(home.root.glob("before-restore-*"))


def test_the_numbers_of_another_home_mean_nothing_here(home: Home, tmp_path: Path) -> None:
    """Pupil 1 took a check here; pupil 1 of the backup is another child, and gets no check by it."""
    take(keyed(home), pins_for(home, [1])[0])
    other = another_home(tmp_path / "other", 3)
    with contextlib.closing(connect(other.database)) as db:
        db.execute(OTHER_CHILDREN)
    done = put_back(home, backed_up(other, tmp_path / "b.zip"), REPLACE)
    assert done.new_device is not None
    assert done.carried == {"check": 1}
    with acting(home) as office:
        assert {str(one.status.label) for one in of_register(office).pupils} == {NOT_STARTED}


def test_a_number_given_twice_is_trusted_no_more(home: Home, tmp_path: Path) -> None:
    """The home was begun anew since, with its old key: its numbers and the backup's are not the same pupils'."""
    take(keyed(home), pins_for(home, [1])[0])
    file = backed_up(home, tmp_path / "b.zip")
    home.database.unlink()
    renew(home, "mtc.db", COMMAND_LINE)
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(3)
        school.db.execute(OTHER_CHILDREN)
        pins = school.start([2]).pins
        school._chance.seed(7)
        school.take(pins[0])
    assert put_back(home, file, REPLACE).new_device is not None
    assert list(statuses(home).values()).count(COMPLETE) == 1


@pytest.mark.parametrize(
    "other",
    [
        OTHER_CHILDREN,
        "update pupil set forename = 'Bo ' || id",
        "update pupil set surname = 'Sample', date_of_birth = '2018-05-05'",
    ],
    ids=["other", "twin", "same forename"],
)
def test_a_ref_given_to_another_child_makes_no_pupil_the_same(home: Home, tmp_path: Path, other: str) -> None:
    """A home begun anew gives its refs in another order: no check of before becomes a row of another child."""
    with contextlib.closing(connect(keyed(home).database)) as db:
        db.execute("update pupil set upn = null, ref = 'R' || id")
    file = backed_up(home, tmp_path / "b.zip")
    with contextlib.closing(connect(home.database)) as db:
        db.execute(other)
    take(home, pins_for(home, [1])[0])
    assert put_back(home, file, REPLACE).new_device is not None
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select count(*) from attempt").fetchone() == (0,)


@pytest.mark.parametrize("corrected", ["surname = 'Other'", "ref = 'S' || id", "date_of_birth = '2018-03-15'"])
def test_a_pupil_whose_details_were_corrected_is_the_same(home: Home, tmp_path: Path, corrected: str) -> None:
    """One of them, where there is no UPN: the home goes on with its key, and the attempt with its rows."""
    with contextlib.closing(connect(keyed(home).database)) as db:
        db.execute("update pupil set upn = null, ref = 'R' || id")
    file = backed_up(home, tmp_path / "b.zip")
    with contextlib.closing(connect(home.database)) as db:
        db.execute(f"update pupil set {corrected}")
    take(home, pins_for(home, [1])[0])
    assert put_back(home, file, REPLACE).new_device is None
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select pupil_id from attempt").fetchall() == [(1,)]


def test_a_reason_given_after_a_upn_was_corrected_is_kept(home: Home, tmp_path: Path) -> None:
    """The record has the new UPN, the register of the backup the old one: it is the same pupil."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(connect(home.database)) as db:
        db.execute("update pupil set upn = ? where id = 3", (upn(77),))
    with contextlib.closing(ASchool(home.database)) as school:
        school.reason(3)
    done = put_back(home, file, REPLACE)
    assert (done.new_device, done.carried) == (None, {"reason": 1})
    assert statuses(home)[THREE] == "Absent during check window"


def test_what_staff_ended_stays_ended(home: Home, tmp_path: Path) -> None:
    """A session, and a PIN that was cancelled: no slip in a drawer opens a check again."""
    first, second = pins_for(keyed(home), [1, 2])
    file = backed_up(home, tmp_path / "b.zip")
    with contextlib.closing(ASchool(home.database)) as school:
        cancel_pins(school.db, school.doing(), [1])
        school.end()
    put_back(home, file, REPLACE)
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select count(*) from session where closed_at is null").fetchone() == (0,)
        assert db.execute("select check_code from cancelled_pin").fetchall() == [(first.issued.check_code,)]
        assert second.issued.check_code in {row[0] for row in db.execute("select check_code from pin").fetchall()}


def walk_up(home: Home) -> None:
    """Somebody has tried the check without signing in."""
    with contextlib.closing(connect(home.database)) as db:
        db.execute(
            "insert into attempt (id, kind, form, settings, kiosk, started_at)"
            " values ('walk-up', 'try', '{}', '{}', 'PC1', '2027-06-07T09:00:00.000Z')"
        )
        end = "update attempt set outcome = 'complete', finished_at = '2027-06-07T09:30:00.000Z' where id = 'walk-up'"
        db.execute(end)


def test_a_home_without_a_key_keeps_its_attempts(tmp_path: Path) -> None:
    """Who tried the check without signing in has no record, and there is no key before the first: also with a kiosk."""
    home = another_home(tmp_path / "home", 1)
    file = backed_up(home, tmp_path / "b.zip")
    walk_up(home)
    with kiosk_lock(home, "PC1"):
        done = put_back(home, file, REPLACE)
    assert (done.left, done.new_device, done.kiosks) == (0, None, ("PC1",))
    assert not (home.root / "device.key").exists()
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select id from attempt").fetchall() == [("walk-up",)]


def test_attempts_that_could_not_be_kept_are_counted(home: Home, tmp_path: Path) -> None:
    """They have no record, and the rows of another home are none of ours: staff are told where they are."""
    other = another_home(tmp_path / "other", 1)
    device_key(other)
    take(keyed(home), pins_for(home, [1])[0])
    walk_up(home)
    done = put_back(home, backed_up(other, tmp_path / "b.zip"), REPLACE)
    assert (done.left, done.carried) == (1, {"check": 1})
    assert done.before is not None


def lose_rows_of_an_index(home: Home) -> None:
    """Write rows while an index is not known to SQLite: it lacks them then."""
    with contextlib.closing(connect(home.database)) as db:
        (row,) = db.execute("select * from sqlite_schema where name = 'pupil_of_ref'").fetchall()
        db.execute("pragma writable_schema = on")
        db.execute("delete from sqlite_schema where name = 'pupil_of_ref'")
    with contextlib.closing(connect(home.database)) as db:
        db.execute("update pupil set ref = 'R' || id")
        db.execute("pragma writable_schema = on")
        db.execute("insert into sqlite_schema values (?, ?, ?, ?, ?)", row)
    with contextlib.closing(connect(home.database)) as db:
        assert not is_whole(db)


def test_a_home_with_a_damaged_index_is_backed_up_and_restored(home: Home, tmp_path: Path) -> None:
    """The table is good: neither may send staff to the other."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    lose_rows_of_an_index(home)
    done = back_up(home, tmp_path / "c.zip", COMMAND_LINE)
    assert done.remarks == (INDEXES,)
    with contextlib.closing(opened_copy(read_backup(done.file, FILES).database)) as db:
        assert db.execute("select count(*) from pupil indexed by pupil_of_ref where upper(ref) = 'R1'").fetchone() == (
            1,
        )
    restored = put_back(home, file, REPLACE)
    assert (restored.set_aside, statuses(home)[ONE]) == (None, NOT_STARTED)
    assert restored.before is not None
    put_back(home, restored.before, REPLACE)
    with contextlib.closing(connect(home.database)) as db:
        assert is_whole(db)
        assert db.execute("select count(ref) from pupil").fetchone() == (3,)


def test_what_was_removed_stays_removed(home: Home, tmp_path: Path) -> None:
    """An erasure order is older than no backup."""
    attempt = take(keyed(home), pins_for(home, [1])[0])
    file = backed_up(home, tmp_path / "b.zip")
    with contextlib.closing(connect(home.database)) as db:
        db.execute("insert into removal values (?, '2027-06-08T09:00:00.000Z', 'cli', 'erasure_order')", (attempt,))
    put_back(home, file, REPLACE)
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select count(*) from attempt").fetchone() == (0,)
        assert db.execute("select count(*) from event").fetchone() == (0,)


def test_the_audit_goes_on(home: Home, tmp_path: Path) -> None:
    """What was done since the backup stays in it, and the restore is its last row."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    pins_for(home, [1])
    query = "select at, account, action, subject from audit order by id"
    with contextlib.closing(connect(home.database)) as db:
        had = db.execute(query).fetchall()
    put_back(home, file, REPLACE)
    with contextlib.closing(connect(home.database)) as db:
        *kept, last = db.execute(query).fetchall()
    assert (kept, last[1], last[2]) == (had, COMMAND_LINE.account, "home.restored")


def test_made_up_and_real_pupils_stay_apart(home: Home, tmp_path: Path) -> None:
    """In both directions."""
    real = open_home(tmp_path / "real")
    open_database(real).close()
    with contextlib.closing(ASchool(real.database)) as school:
        school.pupils(1)
    assert "It is a backup of real pupils, but this home is for made-up ones." in refusal(
        home, backed_up(real, tmp_path / "real.zip"), REPLACE
    )
    assert "It is a backup of made-up pupils, but this home is for real ones." in refusal(
        real, backed_up(home, tmp_path / "made-up.zip"), REPLACE
    )


def test_a_damaged_home_is_restored_and_the_damage_kept(home: Home, tmp_path: Path) -> None:
    """At once: what can no longer be read is set aside, not replaced."""
    take(keyed(home), pins_for(home, [1])[0])
    had, file = statuses(home), backed_up(home, tmp_path / "b.zip")
    with contextlib.closing(connect(home.database)) as db:
        db.execute("pragma wal_checkpoint(truncate)")
    damaged = b"\xff" * 50_000
    with home.database.open("r+b") as written:
        written.seek(4096)
        written.write(damaged)
    with kiosk_lock(home, "PC1"):
        assert "Close the kiosk PC1 first." in refusal(home, file)
    done = put_back(home, file)
    assert statuses(home) == had
    assert done.set_aside is not None
    assert damaged in (home.root / done.set_aside).read_bytes()


def test_a_lost_database_is_restored_at_once(home: Home, tmp_path: Path) -> None:
    """There is nothing to lose."""
    take(keyed(home), pins_for(home, [1])[0])
    had, file = statuses(home), backed_up(home, tmp_path / "b.zip")
    for path in home.root.glob("mtc.db*"):
        path.unlink()
    put_back(home, file)
    assert statuses(home) == had


def test_a_running_kiosk_goes_on_with_the_restored_database(home: Home, tmp_path: Path) -> None:
    """Its open connection finds what was put back; its name is in the answer."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(ASchool(home.database)) as school, kiosk_lock(home, "PC1"):
        school.pupils(1)
        assert len(school.db.execute("select * from pupil").fetchall()) == 4
        assert put_back(home, file, REPLACE).kiosks == ("PC1",)
        assert len(school.db.execute("select * from pupil").fetchall()) == 3
        assert school.take(school.start([2]).pins[0]) is not None
    assert statuses(home)[TWO] == COMPLETE


def written_to(home: Home, statement: str, times: int) -> contextlib.AbstractContextManager[None]:
    """Another program writes to the home when a restore has read it and is about to replace it, so many times."""

    def write() -> None:
        with contextlib.closing(connect(home.database)) as db:
            db.execute(statement)

    return as_it_is_replaced(write, times)


@contextlib.contextmanager
def as_it_is_replaced(happens: Callable[[], object], times: int = 1) -> Iterator[None]:
    """Something happens when a restore has read the home and is about to replace it, so many times."""
    left = times

    def entered(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        if event == "call" and frame.f_code.co_name == "carry_out" and left:
            left -= 1
            happens()

    sys.setprofile(entered)
    try:
        yield
    finally:
        sys.setprofile(None)


def test_what_is_written_at_the_same_moment_is_not_lost(home: Home, tmp_path: Path) -> None:
    """The restore begins again, and the backup of what was here before has it; after three times it gives up."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    late = "update pupil set group_name = group_name || '!'"
    with written_to(home, late, 1):
        done = put_back(home, file, REPLACE)
    assert done.before is not None
    with contextlib.closing(opened_copy(read_backup(done.before, FILES).database)) as db:
        assert db.execute("select distinct group_name from pupil where id = 1").fetchall() == [("4A!",)]
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select distinct group_name from pupil where id = 1").fetchall() == [("4A",)]
    assert len(list(home.root.glob("before-restore-*"))) == 1
    with written_to(home, late, 9), pytest.raises(OfficeRefused, match="Pupils are signing in"):
        put_back(home, file, REPLACE)
    assert len(list(home.root.glob("before-restore-*"))) == 1
    assert not home.restoring.exists()


def test_a_restore_that_fails_leaves_no_copy_of_what_was_there(home: Home, tmp_path: Path) -> None:
    """Each try would fill the disk further with pupils' data, and `where` would name a restore that never was."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        with (
            as_it_is_replaced(lambda: other.execute("begin immediate")),
            pytest.raises(OfficeRefused, match="Another program is using the database"),
        ):
            put_back(home, file, REPLACE)
        other.execute("rollback")
    assert not list(home.root.glob("before-restore-*"))
    assert not home.restoring.exists()
    assert put_back(home, file, REPLACE).before is not None


def test_a_restore_without_its_settings_keeps_the_copy_of_what_was_there(home: Home, tmp_path: Path) -> None:
    """The database is another one then, so the copy is the way back."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    school = home.config_dir / "school.yaml"

    def block() -> None:
        school.unlink()
        (school / "folder").mkdir(parents=True)

    with as_it_is_replaced(block), pytest.raises(HomeRefused, match="The database is restored"):
        put_back(home, file, REPLACE)
    assert len(list(home.root.glob("before-restore-*"))) == 1
    assert home.restoring.exists()


def test_a_pupil_who_signs_in_at_the_same_moment_keeps_the_check(home: Home, tmp_path: Path) -> None:
    """Nothing is replaced then."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    practise(home, pins_for(home, [1])[0])
    with contextlib.closing(connect(home.database)) as db:
        (row,) = db.execute("select * from attempt").fetchall()
        db.execute("insert into removal values (?, '2027-06-08T09:00:00.000Z', 'cli', 'made_up')", (row[0],))
    begins = f"insert into attempt select 'late', {', '.join(repr(each) for each in row[1:9])}, null, null"
    with written_to(home, begins, 1), pytest.raises(OfficeRefused, match="A check has not ended on PC1"):
        put_back(home, file, REPLACE)
    with contextlib.closing(connect(home.database)) as db:
        assert db.execute("select id from attempt").fetchall() == [("late",)]


def test_nothing_is_restored_under_a_running_console(home: Home, tmp_path: Path) -> None:
    """Its pages would go on about pupils who are gone. A backup beside it is made all the same."""
    with process("holds_lock", home.root) as console:
        assert heard_from(console) == "locked"
        file = backed_up(home, tmp_path / "x.zip")
        before = statuses(home)
        with pytest.raises(OfficeRefused, match="Close it, then restore"):
            put_back(home, file, REPLACE)
        assert statuses(home) == before
    assert put_back(home, file, REPLACE).counts["pupils"] == len(before)


def test_no_key_is_changed_under_a_running_kiosk(home: Home, tmp_path: Path) -> None:
    """It signs with the one that it has read."""
    other = another_home(tmp_path / "other", 2)
    device_key(other)
    file = backed_up(other, tmp_path / "b.zip")
    with kiosk_lock(keyed(home), "PC1"):
        assert "Close the kiosk PC1 first." in refusal(home, file, REPLACE)


def test_a_program_that_keeps_the_database_is_named(home: Home, tmp_path: Path) -> None:
    """After a second of waiting."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(sqlite3.connect(home.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(DatabaseRefused, match="Another program is using the database"):
            put_back(home, file, REPLACE)
        other.execute("rollback")
    assert statuses(home)[THREE] == NOT_STARTED
