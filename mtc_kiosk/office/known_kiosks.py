"""Which of the desk's kiosks sent a request. A module of its own, as every request of a kiosk asks it."""

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.store.classroom import kiosks as store
from mtc_kiosk.store.classroom.kiosks import KnownKiosk, Why

__all__ = ["KnownKiosk", "kiosk_of_token"]

_KEPT = "The checks on it are kept, and are delivered once it is enrolled again: mtc-kiosk enrol"
UNKNOWN = Problem(f"This desk does not know this PC. {_KEPT}", "not_enrolled")
_ENDED = {
    Why.REVOKED: Problem(f"Staff at the desk have removed this PC from its kiosks. {_KEPT}", "revoked"),
    Why.ENROLLED_AGAIN: Problem(
        f"Another PC has been enrolled under this PC's name, or this PC a second time. {_KEPT}", "enrolled_again"
    ),
}


def kiosk_of_token(home: OpenHome, token: str) -> KnownKiosk:
    """The kiosk with this token and its device's public key; OfficeRefused says why there is none."""
    kiosk = store.kiosk_of_token(home.db, token)
    if kiosk is None:
        raise OfficeRefused(UNKNOWN)
    if kiosk.why_ended is not None:
        raise OfficeRefused(_ENDED[kiosk.why_ended])
    return kiosk
