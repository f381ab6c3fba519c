"""Let kiosks join the desk: make a room code or a file, see which are open, end them; and take a kiosk in."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from mtc_kiosk.config.school_shape import UNNAMED
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.sealing import receiving_home, school_of
from mtc_kiosk.record.signing import ENROL_PURPOSE, fingerprint, is_signed_by
from mtc_kiosk.school.words import counted, time_in_words
from mtc_kiosk.store.classroom import enrolments as store
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.classroom.enrolments import LASTS, By, OpenEnrolment
from mtc_kiosk.store.classroom.kiosks import KnownKiosk, Why
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.kiosk_lock import kiosks_known
from mtc_kiosk.store.records.devices import accept_enrolled
from mtc_kiosk.store.records.inbox import judge_waiting
from mtc_kiosk.sync.enrolment_file import EnrolmentFile
from mtc_kiosk.sync.room_code import RoomCode, certificate_part, new_secret
from mtc_kiosk.sync.wire import Enrol, Enrolled, proof_of

MOST_KIOSKS = 1000
LATELY = timedelta(minutes=10)
"""A kiosk heard of within this time is another PC that is on; one that was not may be this PC before it was reset."""

_WRONG = Problem(
    "The room code is wrong, or the code or file has ended. Look at the desk again, or make a new one there."
    " Nothing was changed.",
    "wrong_code",
)
_FULL = Problem(
    "As many PCs as were stated have joined with it. Make a new room code or file at the desk. Nothing was changed.",
    "code_full",
)
_ALREADY = (
    "This PC was the kiosk {name} already. If {name} is another PC, this one is a copy of it: delete desk.json and"
    " device.key here, and enrol it again."
)
_NOT_ITS_KEY = Problem("This PC could not prove who it is. Try again. Nothing was changed.", "bad_proof")


def make_code(home: OpenHome, kiosks_to_join: int, certificate_sha256: str) -> RoomCode:
    """A new room code for this many kiosks, valid for half an hour; an earlier code ends. OfficeRefused."""
    _refuse_number(kiosks_to_join)
    with change(home.db):
        while True:
            secret = new_secret()
            if store.add(home.db, home.stamp, By.CODE, secret, kiosks_to_join):
                return RoomCode(certificate_part(certificate_sha256), secret)


def make_file(home: OpenHome, kiosks_to_join: int, addresses: Sequence[str], certificate: str) -> bytes:
    """A file with which this many kiosks join within half an hour; an earlier file ends. OfficeRefused.

    ``addresses`` are the desk's, such as ``https://192.168.1.10:8426``; ``certificate`` is PEM text.
    """
    _refuse_number(kiosks_to_join)
    secret = secrets.token_hex(32)
    with change(home.db):
        store.add(home.db, home.stamp, By.FILE, secret, kiosks_to_join)
    school = home.configuration.school
    until = time_in_words(home.now + LASTS, home.timetable.zone)
    name = school.name if school.name != UNNAMED else ""
    return EnrolmentFile(tuple(addresses), certificate, secret, name, until).text()


def open_now(home: OpenHome) -> tuple[OpenEnrolment, ...]:
    """The room code and the file that are open, with how many kiosks have joined; nothing of their secrets."""
    return store.open_enrolments(home.db, home.now)


def was_guessed_at(home: OpenHome) -> bool:
    """Whether the latest room code ended by wrong tries not long ago, and none was made since."""
    return store.was_guessed_at(home.db, home.now)


def close(home: OpenHome) -> None:
    """End every room code and file at once: no further kiosk joins."""
    with change(home.db):
        store.close(home.db, home.stamp)


def join(home: OpenHome, asked: Enrol, certificate_sha256: str) -> Enrolled:
    """Take a kiosk in and accept its device's records; OfficeRefused.

    A wrong secret counts as a try, whatever else is wrong. Asking again, because the answer was lost, gives a new
    token and counts once.
    """
    public = bytes.fromhex(asked.key)
    is_proven = is_signed_by(
        public, bytes.fromhex(asked.proof), proof_of(asked.secret, certificate_sha256), ENROL_PURPOSE
    )
    with change(home.db):
        found = store.with_secret(home.db, asked.secret, home.now)
        if found is None:
            store.count_wrong(home.db, home.stamp)
        known = kiosks.kiosk_of_device(home.db, fingerprint(public))
        asks_again = found is not None and known is not None and known.enrolled_at >= found.made_at
        refusal = _refusal(found, is_proven=is_proven, asks_again=asks_again)
        if found is not None and refusal is None:
            if not asks_again:
                store.count_joined(home.db, found)
            answer = _taken_in(home, asked, known, found)
    if refusal is not None:
        raise OfficeRefused(refusal)
    receiver = receiving_home(home.home, home.configuration, made_up=home.made_up)
    judge_waiting(home.db, receiver, home.stamp)
    return answer


def _refusal(found: OpenEnrolment | None, *, is_proven: bool, asks_again: bool) -> Problem | None:
    if found is None:
        return _WRONG
    if not is_proven:
        return _NOT_ITS_KEY
    return _FULL if found.left <= 0 and not asks_again else None


def _taken_in(home: OpenHome, asked: Enrol, known: KnownKiosk | None, found: OpenEnrolment) -> Enrolled:
    """Add the kiosk, within the caller's transaction, in place of what this PC was before."""
    public, stamp = bytes.fromhex(asked.key), AuditStamp(written(home.now), found.made_by)
    said: list[str] = []
    if known is not None:
        kiosks.end(home.db, stamp, known, Why.ENROLLED_AGAIN)
        said.append(_ALREADY.format(name=known.name))
    elif (namesake := kiosks.kiosk_named(home.db, asked.name)) is not None:
        said.append(_of_namesake(home, namesake, found, stamp))
    name = kiosks.free_name(home.db, asked.name, _own_names(home))
    if name != asked.name:
        said.append(f"The name {asked.name} is in use, so this kiosk is called {name}. The desk can rename it.")
    accept_enrolled(home.db, public, name, stamp)
    token = secrets.token_urlsafe(32)
    number = kiosks.add(home.db, stamp, fingerprint(public), name, token)
    if asked.waiting:
        said.append(f"{counted(asked.waiting, 'record')} on this PC will now be delivered to the desk.")
    key = device_key(home.home)
    return Enrolled(
        kiosk=number,
        name=name,
        token=token,
        desk_key=key.public.hex(),
        sealing_key=key.sealing_key.hex(),
        school=school_of(home.configuration.school),
        made_up=home.made_up,
        said=tuple(said),
    )


def _of_namesake(home: OpenHome, namesake: KnownKiosk, found: OpenEnrolment, stamp: AuditStamp) -> str:
    """What is said of an earlier kiosk of this name, with another key; it ends, unless it is a PC that is in use.

    One that joined with the same code or file is another PC of the room: all were made from one image, and it may not
    have been started yet.
    """
    heard = kiosks.last_heard(home.db, namesake.id)
    now = datetime.now(UTC)  # presence is by this PC's own clock, also in a made-up home
    if namesake.enrolled_at >= found.made_at:
        return (
            f"Another PC called {namesake.name} has joined just before. If it is this PC and was reset since,"
            " remove the old kiosk at the desk."
        )
    if heard is not None and now - LATELY < heard[0]:
        return (
            f"Another PC called {namesake.name} was connected minutes ago. If it is this PC and was reset since,"
            " remove the old kiosk at the desk."
        )
    kiosks.end(home.db, stamp, namesake, Why.ENROLLED_AGAIN)
    last = f"last heard of on {time_in_words(heard[0], home.timetable.zone)}" if heard is not None else "never heard of"
    lost = (
        f" Then {counted(heard[1], 'record')} had not been delivered: look for {namesake.name} among what waits."
        if heard is not None and heard[1]
        else " Nothing is known to have waited there."
    )
    return f"This PC was reset, or it replaces another: {namesake.name} had another key, and was {last}.{lost}"


def _own_names(home: OpenHome) -> frozenset[str]:
    """The names of kiosks on this PC itself: commands and checks are told apart by the kiosk's name."""
    return kiosks.names_of_own_kiosks(home.db) | {home.configuration.kiosk.name, *kiosks_known(home.home)}


def _refuse_number(kiosks_to_join: int) -> None:
    if not 1 <= kiosks_to_join <= MOST_KIOSKS:
        said = f"Write how many PCs will join, from 1 to {MOST_KIOSKS}. Nothing was changed."
        raise OfficeRefused(Problem(said, "number_of_kiosks", field="kiosks"))
