"""The pack of today's sessions, made at the desk for its kiosks; a new version when anything in it changes.

Each PIN's keys take a twentieth of a second on purpose (``record.pack``), so a program that runs for long makes packs
on a thread of their own and keeps the keys: a session for a whole school holds up no request. Until the first pack of a
session is made, kiosks have none; while a change is worked in, they have the one before.
"""

import contextlib
import sqlite3
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.form import Form
from mtc_kiosk.config.school_shape import UNNAMED
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office import claims
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.sealing import school_of
from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.pack import Cost, Entry, EntryKeys, Pack, PackSession, keys_of, seal_entry, sign_pack
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.opened import memory_of
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.log_file import add_lines
from mtc_kiosk.store.journal.attempts import earlier_forms
from mtc_kiosk.store.school.issued_pins import AnyPin, pins_of_sessions
from mtc_kiosk.store.school.preferences import chosen_by
from mtc_kiosk.store.school.register import all_numbers, pupils_by_id
from mtc_kiosk.store.school.sessions import sessions

COST = Cost()
RESTS_S = 5.0
"""When to begin a pack again after a failure; and at most after a pack, where something has changed since."""

SHARE = 10
"""So that making packs takes a tenth of the time at most: 120 records that come in are 120 changes."""

_SUBJECT, _UNREAD = "packs", -1
_LOCK = threading.Lock()
_REPORTED = (sqlite3.Error, OddRow, OSError, RuntimeError)
"""A disk that fails, and the like, is reported by whatever else needs it."""


@dataclass(frozen=True)
class MadePack:
    """A pack as kiosks get it. ``until`` is when the last of its sessions ends."""

    version: str
    body: bytes = field(repr=False)
    sessions: frozenset[int]
    until: datetime


@dataclass
class Desk:
    """What the desk keeps of its packs between requests: the last one made, of which state of the home, and keys.

    ``until`` is when a session's end changes it; ``rests_until_s`` is when the next may be begun.
    """

    made: MadePack | None = None
    changes: int = _UNREAD
    configuration: Configuration | None = None
    until: datetime | None = None
    keys: dict[tuple[str, str], EntryKeys] = field(default_factory=dict, repr=False)
    thread: threading.Thread | None = None
    rests_until_s: float = 0
    has_failed: bool = False

    def is_of(self, home: OpenHome) -> bool:
        """Whether the last pack is of the home as it is now."""
        return (
            self.changes == home.changes
            and (self.configuration is home.configuration or self.configuration == home.configuration)
            and (self.until is None or home.now < self.until)
        )


def current(home: OpenHome) -> MadePack | None:
    """The pack that kiosks should have now; None if no session is open or planned, or its first pack is being made."""
    memory = memory_of(home.db)
    if memory is None:
        return make(home)
    with _LOCK:
        desk: Desk = memory.setdefault(_SUBJECT, {}).setdefault("desk", Desk())
    rests = (desk.made is not None or desk.has_failed) and time.monotonic() < desk.rests_until_s
    if not rests and not desk.is_of(home):
        _begin(home, desk)
    made = desk.made
    return made if made is not None and home.now < made.until else None


def _begin(home: OpenHome, desk: Desk) -> None:
    """Make the pack on a thread, if none is at work."""
    with _LOCK:
        if desk.thread is None:
            desk.thread = threading.Thread(target=_work, args=(home, desk), name="packs", daemon=True)
            desk.thread.start()


def wanted(home: OpenHome, known: str | None) -> str | None:
    """The version of the pack that a kiosk which knows this one should have; None if no session is open or planned.

    While a first pack is being made, such as after the desk's start, a kiosk keeps what it has.
    """
    made = current(home)
    if made is not None:
        return made.version
    memory = memory_of(home.db)
    desk: Desk | None = memory[_SUBJECT]["desk"] if memory is not None else None
    return known if desk is not None and not desk.is_of(home) else None


def settled(home: OpenHome) -> MadePack | None:
    """The same, once every change until now is worked in: for a command that writes the pack, and for tests."""
    memory = memory_of(home.db)
    if memory is None:
        return make(home)
    while True:
        found = current(home)
        desk: Desk = memory[_SUBJECT]["desk"]
        thread = desk.thread
        if thread is not None:
            thread.join()
        elif desk.has_failed or desk.is_of(home):
            return found
        else:
            _begin(home, desk)


def make(home: OpenHome, desk: Desk | None = None) -> MadePack | None:
    """Make the pack of the home as it is now, in the time that this takes; None if no session is open or planned."""
    desk = desk if desk is not None else Desk()
    changes = home.changes
    with home.db.atomic():
        day = _sessions_of_day(home)
        coming = [one for one in day if one.state(home.now) is not SessionState.CLOSED]
        pins = pins_of_sessions(home.db, [one.id for one in coming])
        entries = _entries(home, pins)
        spent = claims.spent_codes(home, pins) if pins else {}
    desk.until = min((one.ended_at for one in coming), default=None)
    if coming:
        key = device_key(home.home)
        passwords = {one.id: one.password for one in coming}
        typed = {pin.issued.check_code: (passwords[pin.issued.session_id], pin.issued.pin) for pin in pins}
        pack = _unsealed(home, key, coming[0].password, day, spent)
        plain = pack.model_dump(mode="json", exclude={"made_at", "spent"})
        seen = [*(entry.model_dump(mode="json") for entry in entries), *map(list, sorted(typed.values()))]
        version = key.seal_of(canonical({"pack": plain, "entries": seen}))
        if desk.made is None or desk.made.version != version:
            sealed = _sealed(pack, entries, typed, desk)
            body = sign_pack(pack.model_copy(update={"version": version, "entries": sealed}), key)
            desk.made = MadePack(version, body, frozenset(passwords), max(one.ended_at for one in coming))
    else:
        desk.made = None
    desk.changes, desk.configuration = changes, home.configuration
    return desk.made


def _work(home: OpenHome, desk: Desk) -> None:
    """Make the pack on a thread, with a connection of its own. After a failure, try again some seconds later."""
    began, desk.has_failed = time.monotonic(), False
    try:
        with contextlib.closing(open_database(home.home)) as db:
            make(replace(home, db=db), desk)
        desk.rests_until_s = time.monotonic() + min(RESTS_S, SHARE * (time.monotonic() - began))
    except Exception as problem:
        desk.has_failed, desk.rests_until_s = True, time.monotonic() + RESTS_S
        if not isinstance(problem, _REPORTED):
            with contextlib.suppress(OSError):
                add_lines(home.home.faults_log, (f"packs {trace(problem)}",))
    finally:
        with _LOCK:
            desk.thread = None


def _sessions_of_day(home: OpenHome) -> list[Session]:
    """The sessions of today, or of the next day that has one, while one of them is not over."""
    every = sessions(home.db)
    coming = [home.timetable.day(one.opens_at) for one in every if one.state(home.now) is not SessionState.CLOSED]
    return [one for one in every if coming and home.timetable.day(one.opens_at) == min(coming)]


def _entries(home: OpenHome, pins: tuple[AnyPin, ...]) -> tuple[Entry, ...]:
    if not pins:
        return ()
    pupils = {pupil.id: pupil for pupil in pupils_by_id(home.db, {pin.issued.pupil_id for pin in pins})}
    numbers = all_numbers(home.db)
    found = []
    for issued in (pin.issued for pin in pins):
        pupil = pupils[issued.pupil_id]
        met = earlier_forms(home.db, pupil.id, "", but=issued.check_code)
        found.append(
            Entry(
                check_code=issued.check_code,
                session=issued.session_id,
                kind=issued.kind.value,
                pupil=pupil.id,
                forename=pupil.called,
                surname=pupil.alias_surname or pupil.surname,
                date_of_birth=pupil.date_of_birth.isoformat(),
                group=pupil.group_name,
                granted=home.configuration.arrangements.granted(numbers[pupil.id]),
                chosen=chosen_by(home.db, pupil.id),
                official=_met(met.official),
                try_outs=_met(_latest_try_outs(home, met)),
            )
        )
    return tuple(found)


def _latest_try_outs(home: OpenHome, met: Met) -> tuple[Form, ...]:
    remembered = min(home.configuration.check.form.try_outs_remembered, len(met.try_outs))
    return met.try_outs[len(met.try_outs) - remembered :]


def _met(forms: tuple[Form, ...]) -> tuple[str, ...]:
    return tuple("".join(f"{item.factor1:x}{item.factor2:x}" for item in form.items) for form in forms)


def _unsealed(home: OpenHome, key: DeviceKey, password: str, day: list[Session], spent: Any) -> Pack:
    """The pack without its entries. A day's salt stays the same over a restart of the desk, and so does the version."""
    school, check = home.configuration.school, home.configuration.check
    return Pack(
        version="0" * 64,
        made_at=written(home.now),
        desk=key.fingerprint,
        made_up=home.made_up,
        salt=key.seal_of(f"pack salt\n{password}".encode())[:32],
        cost=COST,
        school=school_of(school),
        shown_as=school.name or UNNAMED,
        time_zone=school.time_zone,
        scheme=school.scheme.value,
        settings=check.settings().to_json(),
        form_rules=check.form_rules(),
        sessions=tuple(_session(one) for one in day),
        spent=spent,
        entries={},
    )


def _session(one: Session) -> PackSession:
    return PackSession(id=one.id, kind=one.kind.value, opens_at=written(one.opens_at), ends_at=written(one.ended_at))


def _sealed(pack: Pack, entries: tuple[Entry, ...], typed: dict[str, tuple[str, str]], desk: Desk) -> dict[str, str]:
    salt = bytes.fromhex(pack.salt)
    keys = {pair: desk.keys.get(pair) or keys_of(*pair, salt, COST) for pair in typed.values()}
    desk.keys = keys  # of an earlier day's password none are kept
    return {keys[typed[entry.check_code]].tag: seal_entry(entry, keys[typed[entry.check_code]]) for entry in entries}
