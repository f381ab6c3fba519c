"""Sentences about sessions, PINs, assistants and the data that several commands or pages show."""

from collections.abc import Mapping
from datetime import tzinfo

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted, time_in_words
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.school.assistants import LATER, AssistantRow
from mtc_kiosk.store.school.pin_cancel import Cancelled

STATES = {SessionState.TO_COME: "to come", SessionState.OPEN: "open", SessionState.CLOSED: "ended"}

_KINDS = {Kind.OFFICIAL: "official check", Kind.TRY: "try it out"}
_PINS = {Kind.OFFICIAL: "PIN", Kind.TRY: "PIN to try it out"}


def session_line(one: Session, zone: tzinfo) -> str:
    """``Session 3 (official check, 4A), 7 June 2027, 09:00 to 16:00``."""
    # If staff ended it before it began, show the hours that it was planned for.
    until = one.ended_at if one.ended_at >= one.opens_at else one.closes_at
    opens, closes = one.opens_at.astimezone(zone), until.astimezone(zone)
    what = ", ".join(part for part in (_KINDS[one.kind], one.group_name) if part)
    return f"Session {one.id} ({what}), {opens.day} {opens:%B %Y}, {opens:%H:%M} to {closes:%H:%M}"


def session_over(one: Session) -> str:
    """A session has ended, and what follows from that."""
    return (
        f"Session {one.id} has ended. Its PINs no longer work. Checks that have begun carry on; a pupil who has only"
        " practised cannot begin."
    )


def pin_cancelled(name: str, one: Cancelled) -> str:
    """A PIN was cancelled, and what happens to a pupil who is signed in with it now."""
    cancelled = f"The {_PINS[one.pin.kind]} of {name} is cancelled."
    if one.signed_in_on is None:
        return cancelled
    return f"{cancelled} The pupil is signed in with it on {one.signed_in_on}, but the check will not begin there."


def assistant_named(one: AssistantRow, zone: tzinfo) -> str:
    """``Ann Example, named by staff at PC1 on 7 June 2027 at 10:05: the usual helper was ill``."""
    name = " ".join(part for part in (one.forename, one.surname) if part) or "a name that was erased"
    sentence = f"{name}, named {by_whom(one.by)} on {time_in_words(instant(one.at), zone)}"
    return f"{sentence}: {' '.join(one.why.split())}" if one.code == LATER and one.why else sentence


def data_in_words(counts: Mapping[str, int]) -> str:
    """What a home or a backup has: ``27 pupils, 31 checks``."""
    return f"{counted(counts['pupils'], 'pupil')}, {counted(counts['attempts'], 'check')}"
