"""Keep an enrolled kiosk's pack: take it from the desk or from a stick, check it, and remove it at the session's end.

The link's threads and the loop share it. What reads a pack is imported on a thread, as no first screen waits for it.
"""

import contextlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.school.desk_time import DeskTime
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.school.session import Session
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of, keep_enrolment
from mtc_kiosk.store.home.home import Home

if TYPE_CHECKING:  # imported on a thread
    from mtc_kiosk.record.pack import Pack
    from mtc_kiosk.sync.client import DeskClient
    from mtc_kiosk.sync.wire import BeatAnswer

PACK, NO_PACK = "pack.mtcpack", "no_pack"
"""The file's name in the home; and the code with which a desk without a session refuses to give one."""

WORD_EVERY = timedelta(minutes=1)
"""How often the desk's time is written down although nothing else is new."""

STALE = timedelta(days=7)
"""How long after its sessions a pack goes that was kept only because the time was in doubt."""


@dataclass(frozen=True)
class Held:
    """The pack at this moment: None without one. ``is_read``: whether the kept one has been looked for since the start.

    ``codes`` are the PINs that start no check, each with why and where; ``spent`` is the version of their list.
    ``over`` is when the sessions of the pack before ended, in the school's time, if they had begun.
    """

    pack: "Pack | None" = None
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    spent: str | None = None
    is_read: bool = False
    over: datetime | None = None

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The pack's sessions."""
        given = self.pack.sessions if self.pack is not None else ()
        return tuple(
            Session(one.id, Kind(one.kind), "", "", instant(one.opens_at), instant(one.ends_at), "") for one in given
        )

    @property
    def zone(self) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(self.pack.time_zone if self.pack is not None else "UTC")

    @property
    def days(self) -> frozenset[date]:
        """The days of its sessions, at the school."""
        return frozenset(one.opens_at.astimezone(self.zone).date() for one in self.sessions)


@dataclass(frozen=True)
class DateInDoubt:
    """There is only the PC's own clock to go by, and it may be wrong: its time at the school, and the session's day."""

    pc: datetime
    day: date


class PackKeeper:
    """The pack of one kiosk. ``time`` is the desk's time here; ``tell`` sends staff a sentence."""

    def __init__(self, home: Home, enrolment: Enrolment, time: DeskTime, tell: TellStaff, *, made_up: bool) -> None:
        self._home, self._tell, self._made_up = home, tell, made_up
        self._desk = bytes.fromhex(enrolment.desk_key)
        self.time = time
        self._held = Held()
        self._seen: tuple[int, int] | None = None
        self._wanted: str | None = None
        self._written: datetime | None = None
        self._lock = threading.RLock()
        self._reading: threading.Thread | None = None

    # -- for the loop

    @property
    def held(self) -> Held:
        """The pack now."""
        return self._held

    def look(self) -> None:
        """Remove a pack that is over; read one that a stick has brought, on a thread. The loop asks, and the link."""
        held = self._held
        if held.pack is not None and self._is_over(held):
            self._end(held)
        elif self._stamp() != self._seen and self._reading is None:
            self.read_soon()

    def read_soon(self) -> None:
        """Read what is kept, on a thread beside the loop."""
        self._reading = threading.Thread(target=self._read_once, name="pack", daemon=True)
        self._reading.start()

    def in_doubt(self) -> DateInDoubt | None:
        """What staff have to confirm before pupils sign in; None if the date can be relied on."""
        held = self._held
        if held.pack is None or self.time.is_known:
            return None
        pc = self.time.wall().astimezone(held.zone)
        if pc.date() in held.days and not self.time.wall_is_behind():
            return None
        return DateInDoubt(pc, max(held.days))

    def confirm_date(self) -> None:
        """Staff say that it is the session's day: from now on it is as late as it can be known to be."""
        first = min(one.opens_at for one in self._held.sessions)
        known = self.time.at_least
        self.time.set(first if known is None else max(first, known))

    # -- for the link (``beating.PackKeeper``, ``desk_link.FetchesPacks``)

    @property
    def version(self) -> str | None:
        """The version of the pack that is here."""
        pack = self._held.pack
        return pack.version if pack is not None else None

    @property
    def spent(self) -> str | None:
        """The version of the list of PINs that no longer work."""
        return self._held.spent

    def heard(self, answer: "BeatAnswer") -> bool:
        """Take the desk's time, the version to have and the PINs that no longer work; whether to fetch a pack now."""
        at = instant(answer.at)
        self.time.set(at)
        with self._lock:
            self._wanted = answer.pack
            if answer.spent is not None:
                self._held = replace(self._held, codes=dict(answer.spent.codes), spent=answer.spent.version)
            if answer.spent is not None or self._written is None or at - self._written >= WORD_EVERY:
                self._keep_word(at)
            if answer.pack is None and self._held.pack is not None:
                self._end(self._held)
            return answer.pack is not None and answer.pack != self.version

    def fetch(self, client: "DeskClient") -> None:
        """Get the pack that the desk has now, if this kiosk has another; TransportTrouble, DeskRefused, NotAPack."""
        from mtc_kiosk.sync.desk_connection import DeskRefused  # noqa: PLC0415 - imported on a thread

        if self._wanted is None or self._wanted == self.version:
            return
        try:
            body = client.pack(self.version)
        except DeskRefused as refused:
            if refused.code != NO_PACK:
                raise
            return  # the session has just ended, and the next beat says so
        if body is not None:
            self.take(body)

    def take(self, body: bytes) -> None:
        """Keep a pack that came from the desk in place of the one before; NotAPack, OSError."""
        from mtc_kiosk.record.pack import read_pack  # noqa: PLC0415 - imported on a thread
        from mtc_kiosk.sync.pack_file import keep_pack  # noqa: PLC0415 - the same

        pack = read_pack(body, self._desk, made_up=self._made_up)
        with self._lock:
            keep_pack(self._home, body)
            self._seen = self._stamp()
            self._hold(pack)
            self._keep_word(self.time.at_least)
            self._follow_school(pack)

    def remove(self) -> None:
        """Remove the pack: its sessions are over, or this kiosk is no longer the desk's."""
        from mtc_kiosk.sync.pack_file import remove_pack  # noqa: PLC0415 - imported by now

        with self._lock:
            self._held = replace(self._held, pack=None)
            with contextlib.suppress(OSError):  # tried again at the next look
                remove_pack(self._home)
            self._seen = self._stamp()

    def _end(self, held: Held) -> None:
        """Remove a pack whose sessions are over; those that had begun are over for today."""
        now = self.time.now()
        begun = [min(one.ended_at, now) for one in held.sessions if one.opens_at <= now]
        with self._lock:
            if self._held.pack is held.pack:  # no other has come meanwhile
                self.remove()
                self._held = replace(self._held, over=max(begun).astimezone(held.zone) if begun else None)

    # -- its file

    def read(self) -> None:
        """Read what is kept in the home, such as after a start; a file that is no pack of this desk is removed."""
        from mtc_kiosk.record.pack import NotAPack, read_pack  # noqa: PLC0415 - imported on a thread
        from mtc_kiosk.sync.pack_file import kept_pack, kept_word  # noqa: PLC0415 - the same

        with self._lock:
            word = kept_word(self._home) if not self._held.is_read else None
            if word is not None:
                self.time.passed(word.at)
                self._held = replace(self._held, codes=word.codes, spent=word.spent)
            self._seen = self._stamp()
            try:
                body = kept_pack(self._home)
                if body is not None:
                    pack = read_pack(body, self._desk, made_up=self._made_up)
                    self._hold(pack)
                    self._follow_school(pack)
            except NotAPack as refused:
                self._tell((str(refused),))
                self.remove()
            finally:
                self._held = replace(self._held, is_read=True)

    def _read_once(self) -> None:
        try:
            self.read()
        except Exception as problem:  # the kiosk goes on, and asks the desk for another
            self._tell((sentence(problem),))
        finally:
            self._reading = None

    def _hold(self, pack: "Pack") -> None:
        """Use this pack from now on. Its list of PINs counts where nothing newer was heard from the desk."""
        made_at, known = instant(pack.made_at), self.time.at_least
        held = replace(self._held, pack=pack, is_read=True)
        if known is None or made_at > known:
            held = replace(held, codes=dict(pack.spent), spent=None)
        self.time.passed(made_at)
        self._held = held

    def _follow_school(self, pack: "Pack") -> None:
        """Records name the desk's school as it is now: one that was renamed is no other school."""
        kept = enrolment_of(self._home)
        if kept is None:
            return
        school = pack.school
        now = replace(kept, school_name=school.name, la=school.la, estab=school.estab, urn=school.urn)
        if now != kept:
            keep_enrolment(self._home, now)

    def _is_over(self, held: Held) -> bool:
        ends = max((one.closes_at for one in held.sessions), default=None)
        if ends is None:
            return True
        return self.time.now() >= ends + (timedelta() if self.time.is_known else STALE)

    def _keep_word(self, at: datetime | None) -> None:
        from mtc_kiosk.sync.pack_file import DeskWord, keep_word  # noqa: PLC0415 - imported on a thread

        if at is None:
            return
        codes: dict[str, tuple[str, str]] = dict(self._held.codes)
        with contextlib.suppress(OSError):  # it is written again soon
            keep_word(self._home, DeskWord(at, self._held.spent, codes))  # type: ignore[arg-type]
            self._written = at

    def _stamp(self) -> tuple[int, int] | None:
        """What differs once the file has changed; None without one."""
        with contextlib.suppress(OSError):
            found = (self._home.root / PACK).stat()
            return found.st_mtime_ns, found.st_size
        return None
