"""Let PCs join this desk, for the pages: make a room code or a file, see who joins with it, close it early."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mtc_kiosk.office import enrolments, kiosks
from mtc_kiosk.office.kiosks import Listed
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.store.classroom.enrolments import OpenEnrolment
from mtc_kiosk.store.classroom.seen import pc_clock
from mtc_kiosk.sync.certificate import CertificateRefused, DeskCertificate, kept_certificate

_NOT_OPEN = Problem(
    "This desk is not open to other PCs. Start the console with: mtc-kiosk console --lan", "no_certificate"
)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Joining:
    """The room code and the file that are open, and the kiosks that joined since the first of them was made.

    ``guessed_at``: the latest code ended by wrong tries.
    """

    now: datetime
    open: tuple[OpenEnrolment, ...]
    joined: tuple[Listed, ...]
    guessed_at: bool

    def minutes_left(self, one: OpenEnrolment) -> int:
        """How many minutes one of them is good for, begun ones too."""
        return -((self.now - one.ends_at) // _MINUTE)

    @property
    def state(self) -> str:
        """What changes whenever a page that shows this has to be drawn again."""
        parts = [f"{one.id}.{self.minutes_left(one)}.{one.joined}.{one.wrong}" for one in self.open]
        return "-".join((*parts, *(f"k{one.kiosk.id}" for one in self.joined)))


def joining(home: OpenHome, clock: Callable[[], datetime] = pc_clock) -> Joining:
    """Who can join now, and who has."""
    found = enrolments.open_now(home)
    since = min((one.made_at for one in found), default=None)
    every = kiosks.listed(home, clock).in_use
    joined = [one for one in every if since is not None and one.kiosk.enrolled_at >= since]
    return Joining(
        home.now, found, tuple(sorted(joined, key=lambda one: one.kiosk.id)), enrolments.was_guessed_at(home)
    )


def make_code(home: OpenHome, count: int) -> str:
    """A new room code for so many kiosks, as people read it; an earlier one ends. OfficeRefused."""
    return str(enrolments.make_code(home, count, _certificate(home).sha256))


def make_file(home: OpenHome, count: int, addresses: Sequence[str]) -> bytes:
    """A file with which so many kiosks can join; an earlier one ends. OfficeRefused, also without an address."""
    if not addresses:
        raise OfficeRefused(_NOT_OPEN)
    return enrolments.make_file(home, count, addresses, _certificate(home).pem)


def authority(home: OpenHome) -> bytes | None:
    """The certificate that a tablet can trust, so that its browser does not warn; None if there is none to offer.

    It vouches for this desk's names and addresses alone. A school's own certificate needs none.
    """
    try:
        found = kept_certificate(home.home)
    except CertificateRefused:
        return None
    return found.authority.encode() if found is not None and found.authority is not None else None


def close(home: OpenHome) -> None:
    """End every room code and file: no further kiosk joins."""
    enrolments.close(home)


def _certificate(home: OpenHome) -> DeskCertificate:
    try:
        found = kept_certificate(home.home)
    except CertificateRefused as refused:
        raise OfficeRefused(Problem(str(refused), "certificate")) from refused
    if found is None:
        raise OfficeRefused(_NOT_OPEN)
    return found
