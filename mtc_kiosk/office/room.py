"""The room: every pupil of today's sessions, how far each is, and what needs a person now. It knows no score.

``school.status`` decides who needs a person, here as in ``office.status``. Pupils who try it out have no status of the
official check: theirs follows from the attempt itself.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import room_words
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.room_scope import in_room
from mtc_kiosk.office.school_pcs import is_full
from mtc_kiosk.school.kiosk_command import OFFERED_FOR, CheckNow, Order
from mtc_kiosk.school.kiosk_names import natural
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.school.status import Bucket, PupilStatus, Status
from mtc_kiosk.school.words import names_in_words
from mtc_kiosk.store.school.histories import histories
from mtc_kiosk.store.school.kept_statuses import kept_statuses
from mtc_kiosk.store.school.room import RoomAttempt, attempts_in_room, pins_in_room
from mtc_kiosk.store.school.sessions import sessions


class Place(StrEnum):
    """Where a pupil is, in the room's words; the first four are its counts, and sum to the pupils who take it."""

    NEEDS = "needs"
    GOING = "going"
    WAITING = "waiting"
    FINISHED = "finished"
    NOT_TAKING = "not_taking"


_PLACES = {
    Bucket.ACTION: Place.NEEDS,
    Bucket.IN_PROGRESS: Place.GOING,
    Bucket.NOT_STARTED: Place.WAITING,
    Bucket.COMPLETED: Place.FINISHED,
    Bucket.NOT_TAKING: Place.NOT_TAKING,
}
_SHORT = {
    Status.CONFLICT: "Two checks",
    Status.ERROR: "Look at it",
    Status.OUT_OF_TIME: "Out of time",
    Status.STOPPED: "Stopped",
    Status.OVERDUE: "Takes too long",
    Status.OVERDUE_SIGNED_IN: "Not begun",
    Status.PROCESSING: "Finishing",
    Status.COMPLETE: "Finished",
    Status.PIN: "Has a PIN",
    Status.SIGNED_IN: "Signed in",
    Status.PRACTISING: "Practising",
    Status.RESTART: "Has a restart",
    Status.NOT_STARTED: "No PIN yet",
    Status.REASON: "Not taking it",
}


@dataclass(frozen=True)
class Tile:
    """One pupil in the room. ``apart`` tells a namesake apart; ``number`` is the question at hand, 0 without one.

    ``words`` say where the pupil is; ``check`` is set while an attempt of theirs has not ended. ``is_out_of_touch``: it
    is at an enrolled kiosk of which the desk hears nothing, where it may be going on; it counts as held.
    """

    pupil_id: int
    forename: str
    surname: str
    apart: str
    kiosk: str
    place: Place
    words: str
    is_held: bool = False
    is_out_of_touch: bool = False
    number: int = 0
    questions: int = 0
    answered: int = 0
    check: CheckNow | None = None

    @property
    def name(self) -> str:
        """The name in a sentence, with what tells a namesake apart."""
        return ", ".join(part for part in (f"{self.forename} {self.surname}", self.apart) if part)


@dataclass(frozen=True)
class Need:
    """What needs a person: what happened, what to do, what it costs, and what may be done from here.

    ``where`` is such as ``PC1, question 12``; ``since`` such as ``for 3 minutes``. ``may_show_pin``: the check has not
    begun, so that the PIN works elsewhere, or can be cancelled.
    """

    tile: Tile
    where: str
    since: str
    happened: str
    do: str
    costs: str = ""
    check: CheckNow | None = None
    allowed: tuple[Order, ...] = ()
    is_offered: bool = False
    may_show_pin: bool = False
    may_restart: bool = False
    is_conflict: bool = False


@dataclass(frozen=True)
class Room:
    """The room now. ``sessions`` are today's; ``tiles`` are in list order; ``at`` is when it was so."""

    at: datetime
    sessions: tuple[Session, ...]
    tiles: tuple[Tile, ...]
    needs: tuple[Need, ...]
    counts: Mapping[Place, int]
    disk_is_full: bool = False

    @property
    def heading(self) -> str:
        """The sentence that is true now."""
        return room_words.heading(*(self.counts[place] for place in list(Place)[:4]))

    @property
    def out_of_touch(self) -> tuple[Need, ...]:
        """The checks at kiosks of which the desk hears nothing."""
        return tuple(one for one in self.needs if one.tile.is_out_of_touch)

    @property
    def unheard(self) -> str:
        """The kiosks with checks of which the desk hears nothing, in words; "" if there are none."""
        names = sorted({one.tile.kiosk for one in self.out_of_touch}, key=natural)
        return names_in_words(names) if names else ""

    @property
    def away(self) -> tuple[str, str] | None:
        """A title and a sentence for many that are out of touch, as when the network goes; None for few.

        A full disk of the desk explains one, too.
        """
        if self.disk_is_full and self.out_of_touch:
            return room_words.DESK_FULL
        return room_words.many_out_of_touch(len({one.tile.kiosk for one in self.out_of_touch}))

    @property
    def open(self) -> tuple[Session, ...]:
        """The sessions that are open now."""
        return tuple(one for one in self.sessions if one.state(self.at) is SessionState.OPEN)

    @property
    def running(self) -> int:
        """How many checks could be held now."""
        return sum(tile.check is not None and not tile.is_held for tile in self.tiles)

    def by_kiosk(self) -> tuple[Tile, ...]:
        """The tiles by kiosk; those without one last."""
        return tuple(sorted(self.tiles, key=lambda tile: (not tile.kiosk, natural(tile.kiosk))))


@dataclass(frozen=True)
class _Seen:
    """What one tile is made from."""

    pupil: Pupil
    status: PupilStatus
    attempt: RoomAttempt | None
    place: Place
    apart: str


def room_now(home: OpenHome, *, whole: bool = False) -> Room:
    """The room for this account: who has a PIN of today or an unfinished check; with ``whole`` the whole register."""
    today, seen = _seen(home, whole=whole)
    zone = home.timetable.zone
    tiles = {one.pupil.id: _tile(zone, one) for one in seen}
    needs = [_need(home, one, tiles[one.pupil.id]) for one in seen if one.place is Place.NEEDS]
    counted = Counter(one.place for one in seen)
    needs.sort(key=lambda need: not need.tile.is_held)
    counts = {each: counted[each] for each in Place}
    return Room(home.now, today, tuple(tiles.values()), tuple(needs), counts, is_full(home.home.root))


def needs_you(home: OpenHome) -> int:
    """How many pupils of this account's room need a person now: the number on the divider of every page."""
    return sum(one.place is Place.NEEDS for one in _seen(home, whole=False)[1])


def _seen(home: OpenHome, *, whole: bool) -> tuple[tuple[Session, ...], list[_Seen]]:
    context = home.context()
    only, day_of = home.staff.session_id, home.timetable.day
    there = (one for one in sessions(home.db) if only in {None, one.id})
    today = tuple(one for one in there if day_of(one.opens_at) == home.today)
    ids = [one.id for one in today]
    attempts, pins = attempts_in_room(home.db, ids, context.running), pins_in_room(home.db, ids)
    known = histories(home.db, context.running)
    wanted = [pupil for pupil in known.register if whole or pupil.id in attempts or pupil.id in pins]
    mine = in_room(home, wanted)
    those = (known.of[pupil.id] for pupil in mine)
    statuses = kept_statuses(home.db, those, home.now, context.rules, home.configuration)
    found = []
    for pupil in mine:
        attempt, status = attempts.get(pupil.id), statuses[pupil.id]
        kind = attempt.kind if attempt is not None else pins.get(pupil.id, Kind.OFFICIAL)
        place = _PLACES[status.bucket] if kind is Kind.OFFICIAL else _place_of_try(attempt)
        found.append(_Seen(pupil, status, attempt, place, known.apart.get(pupil.id, "")))
    return today, found


def _place_of_try(attempt: RoomAttempt | None) -> Place:
    if attempt is None:
        return Place.WAITING
    if attempt.outcome is not None:
        return Place.FINISHED
    return Place.NEEDS if attempt.held is not None else Place.GOING


def _tile(zone: tzinfo, one: _Seen) -> Tile:
    pupil, attempt = one.pupil, one.attempt
    kiosk = attempt.kiosk if attempt is not None else one.status.kiosk or ""
    step = attempt.step if attempt is not None else None
    return Tile(
        pupil_id=pupil.id,
        forename=pupil.called,
        surname=pupil.alias_surname or pupil.surname,
        apart=one.apart,
        kiosk=kiosk,
        place=one.place,
        words=_words(zone, one),
        is_held=attempt is not None and attempt.held is not None,
        is_out_of_touch=attempt is not None and attempt.held is not None and attempt.held.is_out_of_touch,
        number=step.number if step is not None and not step.practice else 0,
        questions=attempt.questions if attempt is not None else 0,
        answered=step.answered if step is not None else 0,
        check=attempt.check if attempt is not None else None,
    )


def _words(zone: tzinfo, one: _Seen) -> str:
    """Where the pupil is, in a few words."""
    attempt = one.attempt
    tries = attempt is not None and attempt.kind is Kind.TRY
    if one.place is Place.NOT_TAKING:
        return _SHORT[Status.REASON]
    if attempt is None:
        return _SHORT.get(one.status.status, one.status.label)
    if attempt.held is not None:
        return room_words.held_short(attempt.held, attempt.step.number if attempt.step is not None else 0)
    if attempt.step is not None and (tries or one.status.status not in room_words.OTHER_NEEDS):
        return _how_far(attempt)
    if attempt.finished_at is not None and (tries or one.place is Place.FINISHED):
        word = "Tried it out" if tries else "Finished"
        return f"{word} {attempt.finished_at.astimezone(zone):%H:%M}"
    return _SHORT.get(one.status.status, one.status.label)


def _how_far(attempt: RoomAttempt) -> str:
    step = attempt.step
    if step is None or not step.number:
        return _SHORT[Status.SIGNED_IN] if step is None or not step.answered else "Reading a page"
    if step.practice:
        return f"Practice {step.number} of {attempt.practice}"
    return f"Question {step.number} of {attempt.questions}"


def _need(home: OpenHome, one: _Seen, tile: Tile) -> Need:
    attempt = one.attempt
    if attempt is not None and attempt.held is not None:
        return _held_need(home, attempt, tile)
    if one.status.status is Status.OVERDUE and attempt is None:
        happened, do = room_words.NO_RECORD
    else:
        happened, do = room_words.OTHER_NEEDS.get(one.status.status, (one.status.label, ""))
    began = attempt.started_at if attempt is not None and attempt.outcome is None else None
    check = attempt.check if attempt is not None else None
    return Need(
        tile,
        _where(tile),
        room_words.for_how_long((home.now - began).total_seconds()) if began is not None else "",
        happened,
        do,
        check=check,
        allowed=(Order.HOLD,) if one.status.status is Status.OVERDUE and check is not None else (),
        may_show_pin=one.status.status is Status.OVERDUE_SIGNED_IN,
        may_restart=one.status.status in {Status.STOPPED, Status.OUT_OF_TIME},
        is_conflict=one.status.status is Status.CONFLICT,
    )


def _held_need(home: OpenHome, attempt: RoomAttempt, tile: Tile) -> Need:
    held = attempt.held
    assert held is not None, "asked for held checks only"
    is_offered = held.offered_at is not None and home.now - held.offered_at < OFFERED_FOR
    happened, do = room_words.offered(attempt.kiosk) if is_offered else room_words.held_words(held)
    return Need(
        tile,
        _where(tile),
        room_words.for_how_long((home.now - held.hold.since).total_seconds()),
        happened,
        do,
        room_words.cost(held),
        held.check,
        held.check.allowed if held.kiosk_runs else (),
        is_offered=is_offered,
    )


def _where(tile: Tile) -> str:
    return ", ".join(filter(None, (tile.kiosk, f"question {tile.number}" if tile.number else "")))
