"""Whether a PIN may start a check at an enrolled kiosk now; and the PINs that start none, for kiosks that ask nobody.

Two kiosks at once are decided by the desk's write lock (``store.school.sign_in.confirm``). When the desk is away, a
kiosk goes by the list that it last got.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.pack import SpentCodes, Why
from mtc_kiosk.school.history import Pin, PupilHistory
from mtc_kiosk.school.progress import Progress, progress_of
from mtc_kiosk.school.sign_in import AskTeacher, AskWhy, SignedIn
from mtc_kiosk.store.classroom.seen import kiosks_at_work
from mtc_kiosk.store.db.opened import remembered
from mtc_kiosk.store.school import sign_in as signing_in
from mtc_kiosk.store.school.histories import histories
from mtc_kiosk.store.school.issued_pins import AnyPin, pin_of_code, pins_of_sessions
from mtc_kiosk.store.school.register import pupil_by_id
from mtc_kiosk.sync.wire import Claim, Claimed, Spent

LISTED_EVERY_S = 1.0
SHARE = 10
"""The list is made anew once a second, at once after a change, and so that it takes a tenth of the time at most: 120
records that come in are 120 changes."""

_SUBJECT = "spent PINs"
_LOCK = threading.Lock()
_WHY: Mapping[AskWhy, Why] = {
    AskWhy.USED: "used",
    AskWhy.ELSEWHERE: "elsewhere",
    AskWhy.NOT_TAKING: "not_taking",
}


class AskingKiosk(Protocol):
    """The kiosk that asks (``office.known_kiosks.KnownKiosk``)."""

    @property
    def name(self) -> str:
        """Its name at this desk."""


@dataclass(frozen=True)
class _Listed:
    sessions: frozenset[int]
    changes: int
    spent: Spent
    made_s: float
    rests_s: float

    def is_good(self, changes: int, at_s: float) -> bool:
        """Whether it still does: for a while, or until something was changed at the desk."""
        rests_s = self.rests_s if self.changes != changes else max(LISTED_EVERY_S, self.rests_s)
        return at_s < self.made_s + rests_s


@dataclass
class _Lists:
    """The list that was made last; who makes it anew has the lock ``making``, and others go by the one before."""

    kept: _Listed | None = None
    making: threading.Lock = field(default_factory=threading.Lock)

    def of(self, sessions: frozenset[int]) -> _Listed | None:
        """The last list, if it is of these sessions."""
        kept = self.kept
        return kept if kept is not None and kept.sessions == sessions else None


def claim(home: OpenHome, kiosk: AskingKiosk, asked: Claim) -> Claimed:
    """A pupil pressed "Yes, that is me" at an enrolled kiosk: whether the check may start there.

    Asking once more, because the answer was lost, has the same answer.
    """
    pin = pin_of_code(home.db, asked.check_code)
    pupil = pupil_by_id(home.db, pin.issued.pupil_id) if pin is not None else None
    if pin is None or pupil is None:
        return _no("cancelled")
    at = signing_in.Kiosk(kiosk.name, kiosks_at_work(home.home, home.db), home.timetable.zone)
    signed_in = SignedIn(asked.check_code, pin.issued.session_id, pin.issued.kind, pupil)
    answer = signing_in.confirm(home.db, at, signed_in, home.now)
    if isinstance(answer, SignedIn):
        return Claimed(may=True, why=None, kiosk="")
    if not isinstance(answer, AskTeacher) or (pin.is_cancelled and answer.why is AskWhy.USED):
        return _no("cancelled")  # its session is over, or has not begun at the desk
    return _no(_WHY[answer.why], answer.kiosk)


def spent(home: OpenHome, sessions: Collection[int], clock: Callable[[], float] = time.monotonic) -> Spent:
    """The PINs of these sessions that start no check now. ``clock`` is in seconds."""
    with _LOCK:
        lists: _Lists = remembered(home.db, _SUBJECT).setdefault("lists", _Lists())
    wanted, changes = frozenset(sessions), home.changes
    kept = lists.of(wanted)
    if kept is not None and (kept.is_good(changes, clock()) or lists.making.locked()):
        return kept.spent
    with lists.making:
        made = lists.of(wanted)
        if made is None or made is kept:  # no other request made one meanwhile
            made = lists.kept = _listed(home, wanted, changes, clock)
        return made.spent


def _listed(home: OpenHome, sessions: frozenset[int], changes: int, clock: Callable[[], float]) -> _Listed:
    began = clock()
    codes = spent_codes(home, pins_of_sessions(home.db, sessions))
    found = Spent(version=_version(codes), codes=codes)
    return _Listed(sessions, changes, found, began, SHARE * (clock() - began))


def spent_codes(home: OpenHome, pins: Collection[AnyPin]) -> SpentCodes:
    """Why each of these PINs starts no check now, by check code; those that start one are left out."""
    found = histories(home.db, home.context().running)
    progress: dict[int, Progress] = {}
    codes: SpentCodes = {}
    for pin in pins:
        history = found.of.get(pin.issued.pupil_id)
        if history is None:
            codes[pin.issued.check_code] = ("not_taking", "")  # the pupil has left
            continue
        mine = progress.setdefault(pin.issued.pupil_id, progress_of(history))
        why = _why_spent(home, pin, history, mine)
        if why is not None:
            codes[pin.issued.check_code] = why
    return codes


def _why_spent(home: OpenHome, pin: AnyPin, history: PupilHistory, progress: Progress) -> tuple[Why, str] | None:
    """The same as ``school.sign_in.answer``, whatever the time: sessions begin and end at the kiosk by themselves."""
    if history.has_left or progress.reason is not None:
        return "not_taking", ""
    if pin.is_cancelled:
        return "cancelled", ""
    if pin.issued.kind is not Kind.OFFICIAL:
        return None
    issued = next((one for one in history.pins if one.check_code == pin.issued.check_code), None)
    if progress.has_begun or _is_used(issued):
        return "used", ""
    return ("elsewhere", progress.running.kiosk) if progress.running is not None else None


def _is_used(pin: Pin | None) -> bool:
    return pin is not None and pin.used_at is not None


def _version(codes: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({code: list(why) for code, why in codes.items()})).hexdigest()


def _no(why: Why, kiosk: str = "") -> Claimed:
    return Claimed(may=False, why=why, kiosk=kiosk)
