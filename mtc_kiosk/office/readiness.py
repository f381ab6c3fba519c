"""What must hold before pupils take the check, as a list: what needs a person first, then what is ready.

An account sees only the points that it may do something about or see.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mtc_kiosk.office import kiosk_words, kiosks, rehearsal
from mtc_kiosk.office.backup import BACKED_UP
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.rehearsal import RehearsalState
from mtc_kiosk.office.sessions import arrangement_lines
from mtc_kiosk.office.status import PupilWithStatus
from mtc_kiosk.office.today import Today, today
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.status import Status
from mtc_kiosk.school.words import counted, date_in_words, number_in_words
from mtc_kiosk.store.db.last_action import last_done
from mtc_kiosk.store.home.kiosk_lock import kiosks_in_words, running_kiosks
from mtc_kiosk.store.school.register import all_numbers

TIGHT_DISK = 1_000_000_000
"""Bytes; a day of 30 checks is 15 MB."""

OLD_BACKUP = timedelta(days=7)

MOST_NAMES = 3
"""How many pupils a sentence names before it only counts them."""


class Level(StrEnum):
    """Whether a point needs a person."""

    LOOK = "look"
    READY = "ready"
    LATER = "later"
    """Not yet, and no mistake."""


class About(StrEnum):
    """What a point is about; the pages lead to where it can be changed."""

    SESSION = "session"
    NEED_YOU = "need_you"
    NO_PIN = "no_pin"
    KIOSKS = "kiosks"
    KIOSK_RECORDS = "kiosk_records"
    KIOSK_CLOCKS = "kiosk_clocks"
    ARRANGEMENTS = "arrangements"
    NOT_TAKING = "not_taking"
    SOUND = "sound"
    DISK = "disk"
    BACKUP = "backup"


@dataclass(frozen=True)
class Point:
    """One point: a title that is true now, and a sentence about it."""

    about: About
    level: Level
    title: str
    sentence: str


@dataclass(frozen=True)
class Readiness:
    """The points, those that need a person first, and a heading over them."""

    heading: str
    points: tuple[Point, ...]
    day: Today

    @property
    def to_look_at(self) -> tuple[Point, ...]:
        """The points that need a person."""
        return tuple(one for one in self.points if one.level is Level.LOOK)


_NEEDS = {
    About.SESSION: (May.SEE_SLIPS, May.START_SESSIONS),
    About.NEED_YOU: (May.RUN_ROOM,),
    About.NO_PIN: (May.START_SESSIONS,),
    About.KIOSKS: (May.SEE_SCHOOL, May.RUN_ROOM),
    About.KIOSK_RECORDS: (May.SEE_SCHOOL,),
    About.KIOSK_CLOCKS: (May.SEE_SCHOOL,),
    About.ARRANGEMENTS: (May.SEE_ARRANGEMENTS,),
    About.NOT_TAKING: (May.GIVE_REASONS,),
    About.SOUND: (May.SEE_SCHOOL,),
    About.DISK: (May.SEE_SCHOOL,),
    About.BACKUP: (May.SEE_SCHOOL,),
}


def readiness(home: OpenHome) -> Readiness:
    """Everything that is known about being ready, as far as the account may see it."""
    day = today(home)
    seen = [point for point in _points(home, day) if any(may(home.staff, what) for what in _NEEDS[point.about])]
    in_order = sorted(seen, key=lambda point: list(Level).index(point.level))
    looks = sum(point.level is Level.LOOK for point in seen)
    return Readiness(_heading(home, day, looks), tuple(in_order), day)


def _points(home: OpenHome, day: Today) -> Iterator[Point]:
    yield from _need_you(day.need_you)
    yield _session(day)
    yield from _no_pin(day)
    yield _kiosks(home, day)
    for records, title, sentence in kiosk_words.on_the_morning(kiosks.to_look_at(home)):
        yield Point(About.KIOSK_RECORDS if records else About.KIOSK_CLOCKS, Level.LOOK, title, sentence)
    yield _arrangements(home, day)
    yield _sound(home, day, rehearsal.state(home))
    yield from _not_taking(day.not_taking)
    yield from _disk(home)
    yield _backup(home)


def _heading(home: OpenHome, day: Today, looks: int) -> str:
    things = f"{number_in_words(looks)} {'thing' if looks == 1 else 'things'}"
    takes = may(home.staff, May.SEE_PUPILS)
    if takes and day.pupils and day.ever and not day.still_to_take:
        return "Every pupil is settled"
    if day.session is None or not takes:
        sentence = "Nothing needs you here" if not takes else "No session is planned"
        return f"{things.capitalize()} to look at" if looks else sentence
    if day.is_open:
        return _pupils(day.still_to_take, "is still to take the check", "are still to take the check")
    return f"Ready for {_when(day)}, but for {things}" if looks else f"Ready for {_when(day)}"


def _when(day: Today) -> str:
    """``9:30`` today, ``Thursday 10 June`` on another day or where the whole day is open."""
    opens = day.opens_at
    assert opens is not None, "there is a session"
    if opens.date() == day.now.date() and (opens.hour, opens.minute) != (0, 0):
        return f"{opens.hour}:{opens.minute:02}"
    return f"{opens:%A} {opens.day} {opens:%B}"


def _need_you(pupils: Sequence[PupilWithStatus]) -> Iterator[Point]:
    if pupils:
        title = _pupils(pupils, "needs you", "need you")
        yield Point(About.NEED_YOU, Level.LOOK, title, f"{_names(pupils)}.")


def _session(day: Today) -> Point:
    if day.session is None:
        sentence = "Start one for today or for a named day. Then each pupil has a slip with a PIN."
        return Point(About.SESSION, Level.LATER, "No session is planned", sentence)
    assert day.closes_at is not None, "there is a session"
    slips = counted(day.with_pin, "pupil has a PIN", "pupils have a PIN")
    until = f"until {day.closes_at.hour}:{day.closes_at.minute:02}"
    is_today = day.day == day.now.date()
    when = "today" if is_today else f"on {day.day:%A} {day.day.day} {day.day:%B}"
    sentence = f"The PINs work {when}, {until}. The school password is on each slip."
    return Point(About.SESSION, Level.READY, slips, sentence)


def _no_pin(day: Today) -> Iterator[Point]:
    """Those who take the check and have no PIN, while there is a session."""
    without = [one for one in day.pupils if one.status.status in (Status.NOT_STARTED, Status.RESTART)]
    if day.session is not None and without:
        title = _pupils(without, "has no PIN", "have no PIN")
        yield Point(About.NO_PIN, Level.LOOK, title, f"{_names(without)}. Make PINs for them, or give a reason.")


def _kiosks(home: OpenHome, day: Today) -> Point:
    running, here = sorted(home.context().running), running_kiosks(home.home)
    if running:
        title = f"{kiosks_in_words(running)} {'is' if len(running) == 1 else 'are'} open"
        title = f"{title[:1].upper()}{title[1:]}" if len(running) <= MOST_NAMES else f"{len(running)} kiosks are open"
        others = "This desk hears from them." if len(running) > len(here) else "They share this PC's data."
        return Point(About.KIOSKS, Level.READY, title, others)
    level = Level.LOOK if day.is_open else Level.LATER
    return Point(About.KIOSKS, level, "No kiosk is open here", "Open it on this PC before the pupils come in.")


def _arrangements(home: OpenHome, day: Today) -> Point:
    wrong, doubtful = arrangement_lines(home)
    if wrong or doubtful:
        lines = len(wrong) + len(doubtful)
        title = f"Look at {counted(lines, 'line')} of the arrangements"
        return Point(About.ARRANGEMENTS, Level.LOOK, title, str((*wrong, *doubtful)[0]))
    file, numbers = home.configuration.arrangements, all_numbers(home.db)
    having = [one for one in day.pupils if file.named(numbers[one.pupil.id])]
    if not having:
        nothing = "No pupil has anything set up"
        return Point(About.ARRANGEMENTS, Level.READY, nothing, "Every pupil takes the check as it is.")
    title = _pupils(having, "has something set up", "have something set up")
    sentence = f"{_names(having)}. The PC they sign in on will know."
    return Point(About.ARRANGEMENTS, Level.READY, title, sentence)


def _sound(home: OpenHome, day: Today, state: RehearsalState) -> Point:
    if state.heard_at is not None:
        return Point(
            About.SOUND, Level.READY, "This PC was tried with its sound", f"Last {_at(state.heard_at, day.now)}."
        )
    file, numbers = home.configuration.arrangements, all_numbers(home.db)
    hearing = [one for one in day.still_to_take if file.granted(numbers[one.pupil.id]).needs_sound]
    if hearing:
        sentence = (
            f"{_names(hearing)} {'hears' if len(hearing) == 1 else 'hear'} the check. Start a rehearsal and listen."
        )
        return Point(About.SOUND, Level.LOOK, "The sound of this PC was not tried", sentence)
    tried = state.tried_at is not None
    title = "This PC was tried, without its sound" if tried else "This PC was not tried yet"
    sentence = "No pupil needs sound." if day.pupils else "A rehearsal takes two minutes."
    return Point(About.SOUND, Level.READY if tried else Level.LATER, title, sentence)


def _not_taking(pupils: Sequence[PupilWithStatus]) -> Iterator[Point]:
    if pupils:
        title = _pupils(pupils, "does not take it", "do not take it")
        reason = "with a reason" if len(pupils) == 1 else "each with a reason"
        yield Point(About.NOT_TAKING, Level.READY, title, f"{_names(pupils)}, {reason}.")


def _disk(home: OpenHome) -> Iterator[Point]:
    try:
        free = shutil.disk_usage(home.home.root).free
    except OSError:
        return
    room = f"{free / 1e9:.0f} GB" if free >= 10e9 else f"{free / 1e9:.1f} GB"
    if free < TIGHT_DISK:
        sentence = "Delete what is not needed. A check needs little, but a full disk holds it."
        yield Point(About.DISK, Level.LOOK, f"The disk has only {room} left", sentence)
    else:
        yield Point(About.DISK, Level.READY, f"The disk has {room} left", "That is enough.")


def _backup(home: OpenHome) -> Point:
    last = last_done(home.db, BACKED_UP)
    if last is None:
        return Point(About.BACKUP, Level.LATER, "There is no backup yet", "Make one before the day of the check.")
    days = max((home.now - last).days, 0)
    age = {0: "Less than a day ago.", 1: "A day ago."}.get(days, f"{days} days ago.")
    if home.now - last > OLD_BACKUP:
        return Point(About.BACKUP, Level.LOOK, "The newest backup is old", f"It was made {age[:1].lower()}{age[1:]}")
    return Point(About.BACKUP, Level.READY, "There is a backup", age)


def _pupils(pupils: Sequence[PupilWithStatus], one: str, several: str) -> str:
    """``One pupil needs you``, ``12 pupils need you``."""
    count = number_in_words(len(pupils)).capitalize()
    return f"{count} pupil {one}" if len(pupils) == 1 else f"{count} pupils {several}"


def _names(pupils: Sequence[PupilWithStatus]) -> str:
    """``Testerly, Amy; Testerly, Bo``; of many the first, and how many more."""
    first = "; ".join(one.name for one in pupils[:MOST_NAMES])
    more = len(pupils) - MOST_NAMES
    return f"{first}; and {more} more" if more > 0 else first


def _at(moment: datetime, now: datetime) -> str:
    clock = f"{moment.hour}:{moment.minute:02}"
    return f"today at {clock}" if moment.date() == now.date() else f"on {date_in_words(moment.date())} at {clock}"
