"""Restore a home from a backup, also while a kiosk runs in it; nothing that the home has is lost.

What the home has now is backed up beside it first, and what it has and the backup lacks is carried over
(``store.records.carry_over``). ``store.db.restoring`` puts it in place: all of it, or nothing.
"""

import contextlib
import os
import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mtc_kiosk.office.backup import write_safety_copy
from mtc_kiosk.office.backup_reading import ReadBackup, reading, refused
from mtc_kiosk.office.progress import Progress, no_progress
from mtc_kiosk.office.restore_desk import certificate_to_restore, refuse_folder_of_kiosk, remarks_on_kiosks
from mtc_kiosk.office.restore_state import Changed, Present, has_no_data, set_aside_damaged, unchanging
from mtc_kiosk.office.soundness import counts_of
from mtc_kiosk.office.words import data_in_words
from mtc_kiosk.record.school import School
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.classroom.epoch import renew_epoch
from mtc_kiosk.store.db.copies import opened_copy
from mtc_kiosk.store.db.database import holds_something, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.restoring import RESTORED, UNDER_WAY, Plan, carry_out, is_done, settle_locked
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.home.backup_file import KEY
from mtc_kiosk.store.home.device_key import NAME, DeviceKeyRefused, device_key
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import is_console_running, kiosks_in_words, restore_lock, running_kiosks
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.made_up import MARK, is_made_up, mark_text, wall_clock
from mtc_kiosk.store.records.carry_over import CarryOver
from mtc_kiosk.store.records.inbox import ReceivingHome

MOST_TRIES = 3
"""How often it is tried while a running kiosk writes to the home at the same moment."""

_ANY_SCHOOL = School(name=None, la=None, estab=None, urn=None)
"""These records were in this home already, so they are no other school's."""

_UNFINISHED = "select distinct kiosk from attempt where outcome is null order by kiosk"


@dataclass(frozen=True)
class Options:
    """What staff agreed to: ``replace`` a home that has data; ``same_pc``: the old PC is gone, keep its identity."""

    replace: bool = False
    same_pc: bool = False


@dataclass(frozen=True)
class Restored:
    """A restore that was done. ``before`` is the backup of what was there, ``set_aside`` a damaged database.

    ``new_device``: the home has a new key, so that no two PCs have one. ``carried`` counts records by type, ``left``
    the records that could not be carried over, and the attempts that have none.
    """

    home: Home
    file: Path
    made_at: str
    made_up: bool
    counts: dict[str, int]
    before: Path | None
    set_aside: str | None
    new_device: str | None
    carried: Counter[str] = field(default_factory=Counter)
    carried_pupils: int = 0
    left: int = 0
    kiosks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def restore(
    root: Path, file: Path, staff: Staff, options: Options = Options(), progress: Progress = no_progress
) -> Restored:
    """Restore the home in the folder ``root``, which is made if need be; OfficeRefused, HomeRefused, DatabaseRefused.

    The whole backup is looked through before the home is touched.
    """
    with reading(file, progress) as backup:
        _refuse_other_pupils(root, backup)
        refuse_folder_of_kiosk(Home(root), backup)
        home = open_home(root)
        try:
            with restore_lock(home) as taken:
                if not taken:
                    raise refused(UNDER_WAY, "under_way")
                if is_console_running(home):
                    raise refused("The console of this home is running. Close it, then restore.", "console_is_running")
                settle_locked(home)
                return _with_lock(home, backup, staff, options)
        except OSError as problem:
            raise refused(f"The home cannot be written to: {what_is_wrong(problem)}.", "not_written") from problem
        except sqlite3.Error as problem:
            raise refused(sentence(problem), "database_refused") from problem


def _refuse_other_pupils(root: Path, backup: ReadBackup) -> None:
    made_up = is_made_up(root)
    if made_up == backup.backup.manifest.made_up or (not made_up and has_no_data(Home(root))):
        return
    whose, ours = ("real", "made-up") if made_up else ("made-up", "real")
    said = f"It is a backup of {whose} pupils, but this home is for {ours} ones. Name another folder."
    raise refused(said, "other_pupils", backup.file)


def _with_lock(home: Home, backup: ReadBackup, staff: Staff, options: Options) -> Restored:
    aside = set_aside_damaged(home)
    if not holds_something(home):
        return _Restore(home, backup, backup.db, staff, options, None, aside).done()
    open_database(home).close()  # in the newest shape, as the backup is
    content = backup.db.conn.serialize()
    for _ in range(MOST_TRIES):
        with (
            contextlib.closing(opened_copy(content)) as db,
            contextlib.suppress(Changed),
            unchanging(home) as present,
        ):
            return _Restore(home, backup, db, staff, options, present, aside).done()
    raise refused(
        "Pupils are signing in. Wait until they have, then try again.",
        "busy",
    )


@dataclass(frozen=True)
class _Restore:
    """One try. ``db`` becomes the home's database; ``present`` is the one it has, None where it has none."""

    home: Home
    backup: ReadBackup
    db: Database
    staff: Staff
    options: Options
    present: Present | None
    aside: str | None

    def done(self) -> Restored:
        """Do it."""
        manifest = self.backup.backup.manifest
        now = wall_clock(self.home)()
        stamp = AuditStamp(written(now), self.staff.account)
        carry = CarryOver(self.present.db, self.db) if self.present is not None else None
        ours, kept = self._ours(), self._kept_key(carry)
        key = kept if kept is not None else DeviceKey.new()
        keyless = self._is_keyless(carry)
        if not keyless:
            self._refuse_while_kiosks_run(ours, key)
        is_own = keyless or (ours is not None and ours.fingerprint == key.fingerprint)
        plan = Plan(str(uuid.uuid4()), self._files(key) | ({} if keyless else {NAME: key.to_pem()}))
        before = self._before(now)
        with _kept_if_done(before, self.home, plan):
            pupils, (carried, left) = self._carry(carry, ours, key, stamp, is_own=is_own)
            after = {"made_at": manifest.made_at, "replaced": before is not None}
            with change(self.db):
                renew_epoch(self.db)
                audit(self.db, stamp, RESTORED, plan.id, after=after)
            carry_out(self.home, plan, self.db, self.present.refuse_if_changed if self.present else _look_at_nothing)
        has_new_key = kept is None and (ours or self.backup.key) is not None
        return Restored(
            home=self.home,
            file=self.backup.file,
            made_at=manifest.made_at,
            made_up=manifest.made_up,
            counts=counts_of(self.db),
            before=before,
            set_aside=self.aside,
            new_device=key.fingerprint if has_new_key else None,
            carried=carried,
            carried_pupils=pupils,
            left=left,
            kiosks=running_kiosks(self.home),
            remarks=(*self.backup.remarks, *remarks_on_kiosks(self.db, has_new_key=has_new_key)),
        )

    def _ours(self) -> DeviceKey | None:
        """The key that the home has; None for a damaged one too."""
        if not (self.home.root / KEY).is_file():
            return None
        try:
            return device_key(self.home)
        except DeviceKeyRefused:
            return None

    def _is_keyless(self, carry: CarryOver | None) -> bool:
        """Whether neither home nor backup has a key, and both have one register: no record was made yet."""
        has_none = not os.path.lexists(self.home.root / KEY) and self.backup.key is None
        return has_none and (carry is None or carry.is_one_register())

    def _files(self, key: DeviceKey) -> dict[str, bytes]:
        backup = self.backup.backup
        mark = {MARK: mark_text()} if backup.manifest.made_up else {}
        certificate = certificate_to_restore(self.home, self.backup, self._ours(), key)
        return {f"config/{name}": part for name, part in backup.settings.items()} | mark | certificate

    def _kept_key(self, carry: CarryOver | None) -> DeviceKey | None:
        """The key that the home goes on with, None for a new one: a key is only ever one PC's.

        The home keeps its own if the backup is its own. The backup's is taken if staff say that the old PC is gone, and
        from a backup that lies in the home itself, which a restore made here.
        """
        ours, theirs = self._ours(), self.backup.key
        if ours is not None and (theirs is None or ours.fingerprint == theirs.fingerprint):
            return ours if carry is None or carry.is_one_register() else None
        is_undone = os.path.realpath(self.backup.file.parent) == os.path.realpath(self.home.root)
        return theirs if self.options.same_pc or is_undone else None

    def _refuse_while_kiosks_run(self, ours: DeviceKey | None, key: DeviceKey) -> None:
        """A running kiosk has read the key, and whether its pupils are made up, and does not read them again."""
        if ours is not None and ours.fingerprint == key.fingerprint:
            return
        if running := running_kiosks(self.home):
            said = f"This backup is of another home or PC. Close the {kiosks_in_words(running)} first."
            raise refused(said, "kiosk_is_running")

    def _before(self, now: datetime) -> Path | None:
        """The backup of what is there; None where nothing is. OfficeRefused where it may not be replaced now."""
        if self.present is None:
            return None
        db = self.present.db
        kiosks = [row[0] for row in db.execute(_UNFINISHED).fetchall()]
        if kiosks:
            said = f"A check has not ended on {', '.join(kiosks)}. Let the pupil finish it, or stop it at the kiosk."
            raise refused(f"{said} Then restore.", "check_not_ended")
        counts = counts_of(db)
        if not any(counts.values()):
            return None
        if not self.options.replace:
            raise refused(_would_be_replaced(counts, CarryOver(db, self.db).only_here()), "has_data")
        return write_safety_copy(self.home, db, now)

    def _carry(
        self, carry: CarryOver | None, ours: DeviceKey | None, key: DeviceKey, stamp: AuditStamp, *, is_own: bool
    ) -> tuple[int, tuple[Counter[str], int]]:
        """Carry over what the backup lacks: how many pupils, how many records of each type, how many could not be."""
        own = [one for one in (ours, self.backup.key) if one is not None and one.fingerprint != key.fingerprint]
        if carry is None:
            CarryOver(self.db, self.db).devices(*own, stamp=stamp)
            return 0, (Counter(), 0)
        carry.removals()
        carry.ended()
        pupils = carry.rows_of_attempts() if is_own else 0
        carry.devices(*own, stamp=stamp)
        here = ReceivingHome(_ANY_SCHOOL, self.backup.backup.manifest.made_up, key.fingerprint, key)
        carried, left = carry.records(here, stamp)
        carry.audit()
        return pupils, (carried, left + carry.attempts_left())


@contextlib.contextmanager
def _kept_if_done(before: Path | None, home: Home, plan: Plan) -> Iterator[None]:
    """Remove the backup of what is there if the block fails before anything is replaced: each try would leave one."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError, sqlite3.Error):  # kept where the database cannot be read
            if before is not None and not is_done(home.database, plan.id):
                before.unlink()
        raise


def _look_at_nothing(_: Database) -> None:
    """There is nothing to look at."""


def _would_be_replaced(counts: dict[str, int], only_here: dict[str, int]) -> str:
    had = data_in_words(counts)
    lacks = "has all"
    if any(only_here.values()):
        pupils, checks = counted(only_here["pupils"], "pupil"), counted(only_here["attempts"], "check")
        lacks = f"does not have {pupils} and {checks}"
    return (
        f"This home already has data: {had}. The backup {lacks} of these. If you replace the data, it is"
        " backed up first, and checks, restarts and reasons that the backup does not have are kept."
        " To go on, say that the data may be replaced."
    )
