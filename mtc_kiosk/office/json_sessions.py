"""The JSON shapes of sessions and PINs, for ``--json`` and for the console's pages alike.

Keys are public: they are in the golden transcripts of the commands.
"""

from collections.abc import Iterable

from mtc_kiosk.office.pins import PinsCancelled, PinsOfDay, PupilPin
from mtc_kiosk.office.sessions import SessionListed, SessionStarted
from mtc_kiosk.school.session import Session
from mtc_kiosk.store.db.times import written


def session(one: Session) -> dict[str, object]:
    """One session."""
    return {
        "id": one.id,
        "kind": str(one.kind),
        "group": one.group_name,
        "opens_at": written(one.opens_at),
        "closes_at": written(one.closes_at),
        "opened_by": one.opened_by,
        "closed_at": written(one.closed_at) if one.closed_at is not None else None,
    }


def sessions_listed(found: Iterable[SessionListed]) -> dict[str, object]:
    """Every session with its state, its PINs and how many were used."""
    return {
        "sessions": [
            {**session(one.session), "state": str(one.state), "pins": one.pins, "used": one.used} for one in found
        ]
    }


def sessions_ended(ended: Iterable[Session]) -> dict[str, object]:
    """The sessions that are over now."""
    return {"sessions": [session(one) for one in ended]}


def session_started(started: SessionStarted) -> dict[str, object]:
    """A session with its password and PINs, and the pupils without one."""
    return {
        "session": session(started.session),
        "password": started.session.password,
        "pins": _pins(started.pins),
        "acknowledged_lines": list(started.lines),
        "without_pin": [
            {"pupil_id": one.obstacle.pupil_id, "code": one.problem.code, "message": one.problem.message}
            for one in started.without_pin
        ],
    }


def pins_of_day(day: PinsOfDay) -> dict[str, object]:
    """The school password and the PINs that can be used."""
    return {"password": day.password, "pins": _pins(day.pins)}


def pins_cancelled(cancelled: PinsCancelled) -> dict[str, object]:
    """The cancelled PINs."""
    return {
        "cancelled": [
            {
                "pupil_id": one.pupil_id,
                "check_code": one.pin.check_code,
                "kind": str(one.pin.kind),
                "pin": one.pin.pin,
                "signed_in_on": one.signed_in_on,
            }
            for _, one in cancelled.cancelled
        ]
    }


def _pins(found: Iterable[PupilPin]) -> list[dict[str, object]]:
    return [
        {
            "check_code": one.issued.check_code,
            "pupil_id": one.pupil.id,
            "upn": one.pupil.upn,
            "ref": one.pupil.ref,
            "pin": one.issued.pin,
            "expires_at": written(one.issued.expires_at),
            "kind": str(one.issued.kind),
        }
        for one in found
    ]
