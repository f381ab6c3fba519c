"""The desk's certificate for staff: see it, make a new one, use the school's own, save what tablets can trust.

A new one is on purpose only: each kiosk trusts the one of now, and has to be enrolled again at its own PC.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.classroom.kiosks import kiosks
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.desk_file import is_enrolled
from mtc_kiosk.store.home.kiosk_lock import ConsoleIsRunning, console_lock
from mtc_kiosk.store.home.whole_files import why_not_written, write_whole
from mtc_kiosk.sync import certificate as certificates
from mtc_kiosk.sync.certificate import DeskCertificate, kept_certificate

TABLETS_FILE = "mtc-kiosk-desk.crt"
"""The usual name of the file that tablets take."""

_ON_THIS_PC = ("localhost", "127.0.0.1")

_A_KIOSK = Problem("This PC is a kiosk of another desk. Do this at the desk. Nothing was changed.", "not_a_desk")
_NONE_YET = Problem(
    "This PC has no certificate yet. It is made when the console first starts with --lan. Nothing was changed.",
    "no_certificate",
)
_SCHOOLS_OWN = Problem(
    "The desk uses the school's own certificate: whatever trusts the school's certificates trusts it already. Nothing"
    " was written.",
    "own_certificate",
)


@dataclass(frozen=True)
class Shown:
    """The desk's certificate. ``ends_at`` matters to browsers, not to kiosks; ``kiosks`` counts those of the desk.

    ``is_own``: it is the school's own.
    """

    sha256: str
    names: tuple[str, ...]
    ends_at: datetime
    is_own: bool
    kiosks: int


@dataclass(frozen=True)
class ForTablets:
    """The file that was written, and for which of the desk's names and addresses a tablet then trusts it.

    ``lacks`` are names and addresses that the desk has now and had not when its certificate was made.
    """

    file: Path
    names: tuple[str, ...]
    lacks: tuple[str, ...]


def shown(home: OpenHome) -> Shown:
    """The certificate of this desk; OfficeRefused, CertificateRefused."""
    return _shown(home, _kept(home))


def renew(home: OpenHome, names: Sequence[str], *, replace: bool) -> Shown:
    """Make a new certificate for these names and addresses; OfficeRefused, CertificateRefused."""
    return _changed(home, "renewed", lambda: certificates.renewed(home.home, names, datetime.now(UTC)), replace=replace)


def use_own(home: OpenHome, certificate: Path, key: Path, *, replace: bool) -> Shown:
    """Use the school's own certificate and its key; OfficeRefused, CertificateRefused."""

    def make() -> DeskCertificate:
        return certificates.use_own(home.home, certificate, key, datetime.now(UTC))

    return _changed(home, "own_used", make, replace=replace)


def for_tablets(home: OpenHome, place: Path, names: Sequence[str], *, force: bool) -> ForTablets:
    """Save what a tablet can trust: it vouches for this desk alone, and the key that signed it is gone.

    ``names`` are the desk's names and addresses now. OfficeRefused, CertificateRefused.
    """
    found = _kept(home)
    if found.authority is None:
        raise OfficeRefused(_SCHOOLS_OWN)
    path = place / TABLETS_FILE if place.is_dir() else place
    if os.path.lexists(path) and not force:
        said = "Nothing was written. There is a file of this name already. Choose another name, or replace that file."
        raise OfficeRefused(Problem(said, "exists", str(path)))
    try:
        write_whole(path, found.authority.encode())
    except OSError as problem:
        said = f"It cannot be written: {why_not_written(problem, path)}. Nothing was changed."
        raise OfficeRefused(Problem(said, "not_written", str(path))) from problem
    with change(home.db):
        audit(home.db, home.stamp, "certificate.saved", found.sha256)
    from_elsewhere = tuple(name for name in found.names if name not in _ON_THIS_PC)
    return ForTablets(path, from_elsewhere, tuple(name for name in names if name not in found.names))


def _changed(home: OpenHome, how: str, make: Callable[[], DeskCertificate], *, replace: bool) -> Shown:
    """Change the certificate with its row in the audit; OfficeRefused where staff have not agreed to it."""
    if is_enrolled(home.home):
        raise OfficeRefused(_A_KIOSK)
    with _no_console(home):
        if (home.home.root / certificates.NAME).exists() and not replace:
            raise OfficeRefused(_would_be_replaced(home))
        before = _fingerprint(home)
        with change(home.db):
            made = make()
            audit(home.db, home.stamp, f"certificate.{how}", made.sha256, before={"sha256": before})
    return _shown(home, made)


@contextlib.contextmanager
def _no_console(home: OpenHome) -> Iterator[None]:
    """No console starts until the end of the block: it reads the certificate once. OfficeRefused if one runs."""
    try:
        with console_lock(home.home):
            yield
    except ConsoleIsRunning as running:
        raise OfficeRefused(
            Problem(
                "The console of this PC uses the certificate, or a backup is being restored. Close the console, or wait"
                " for the restore; then try again. Nothing was changed.",
                "console_is_running",
            )
        ) from running


def _would_be_replaced(home: OpenHome) -> Problem:
    joined = counted(len(kiosks(home.db)), "kiosk")
    return Problem(
        "This desk has a certificate, the only one that its kiosks trust. With another, each of them"
        f" ({joined}) has to be enrolled again at its own PC; checks are kept meanwhile."
        " To go on, say that it may be replaced. Nothing was changed.",
        "has_certificate",
    )


def _fingerprint(home: OpenHome) -> str | None:
    """The certificate of now, None without one or if it is damaged, which a new one mends."""
    try:
        found = kept_certificate(home.home)
    except certificates.CertificateRefused:
        return None
    return found.sha256 if found is not None else None


def _kept(home: OpenHome) -> DeskCertificate:
    if is_enrolled(home.home):
        raise OfficeRefused(_A_KIOSK)
    found = kept_certificate(home.home)
    if found is None:
        raise OfficeRefused(_NONE_YET)
    return found


def _shown(home: OpenHome, found: DeskCertificate) -> Shown:
    return Shown(found.sha256, found.names, found.ends_at, found.authority is None, len(kiosks(home.db)))
