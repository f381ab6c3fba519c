"""A restored desk and its kiosks: the certificate by which they recognise it, and what is said where they do not."""

from mtc_kiosk.office.backup_reading import ReadBackup, refused
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.classroom.kiosks import kiosks
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.backup_file import CERTIFICATE
from mtc_kiosk.store.home.desk_file import is_enrolled
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import CertificateRefused, kept_certificate

_HAS_PUPILS = "select exists (select 1 from pupil)"


def refuse_folder_of_kiosk(home: Home, backup: ReadBackup) -> None:
    """OfficeRefused if a desk would be restored where a kiosk is: what its pupils did goes to its own desk."""
    (has_pupils,) = backup.db.execute(_HAS_PUPILS).fetchone()
    if has_pupils and is_enrolled(home):
        said = f"The folder {home.root} is that of a kiosk of a desk. Choose another for the desk, with --home."
        raise refused(said, "a_kiosk")


def certificate_to_restore(home: Home, backup: ReadBackup, ours: DeviceKey | None, key: DeviceKey) -> dict[str, bytes]:
    """The file with the desk's certificate of the backup, by which kiosks know whoever goes on with its ``key``.

    One that the home has with that key (``ours``) stays, unless it is damaged: kiosks may have been enrolled with it
    since.
    """
    theirs, certificate = backup.key, backup.backup.certificate
    has_one = ours is not None and ours.fingerprint == key.fingerprint and _has_certificate(home)
    is_its_own = theirs is not None and theirs.fingerprint == key.fingerprint
    return {CERTIFICATE: certificate} if certificate is not None and is_its_own and not has_one else {}


def remarks_on_kiosks(restored: Database, *, has_new_key: bool) -> tuple[str, ...]:
    """What staff have to know if the desk's kiosks will not recognise it."""
    count = len(kiosks(restored)) if has_new_key else 0
    if not count:
        return ()
    return (
        f"This desk has {counted(count, 'kiosk')}, which will not recognise this PC: it has a new key. If the old PC is"
        " gone for good, restore again with --replace --this-pc-replaces. If not, enrol each kiosk here.",
    )


def _has_certificate(home: Home) -> bool:
    try:
        return kept_certificate(home) is not None
    except CertificateRefused:
        return False
