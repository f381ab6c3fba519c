"""The desk's certificate: made once and kept for its owner only, or the school's own.

Kiosks pin it (``pinned_tls``), so it never changes by itself: every kiosk would have to be enrolled again.
"""

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.store.home.backup_file import CERTIFICATE
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_others_out, make_once
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import write_whole
from mtc_kiosk.sync import certificate_making
from mtc_kiosk.sync.pinned_tls import certificate_sha256

NAME = CERTIFICATE
"""The file with the key, the certificate and whoever vouches for it, in this order."""

_LARGEST = 200_000
"""Bytes; a backup takes no larger file."""

_LARGEST_OWN = 90_000
"""Bytes of each of the school's two files: the file that is made of them fits."""


class CertificateRefused(RuntimeError):
    """The certificate cannot be read, made or used; the message is a sentence for people."""


@dataclass(frozen=True)
class DeskCertificate:
    """A desk's certificate. ``pem`` is what kiosks pin, ``sha256`` its fingerprint, ``names`` whom it is for.

    ``authority`` is what a tablet may trust instead; None for a school's own certificate, whose authority the school's
    devices already trust.
    """

    path: Path
    pem: str
    sha256: str
    names: tuple[str, ...]
    ends_at: datetime
    authority: str | None


def desk_certificate(home: Home, names: Sequence[str], now: datetime) -> DeskCertificate:
    """The desk's certificate, made for these names and addresses if there is none; CertificateRefused.

    One that is there is never replaced here: every kiosk would have to be enrolled again.
    """
    path = home.root / NAME
    if not path.exists():
        try:
            make_once(path, certificate_making.made(names, now))
        except OSError as problem:
            raise CertificateRefused(_not_written(path, problem)) from problem
    return _read(path)


def kept_certificate(home: Home) -> DeskCertificate | None:
    """The desk's certificate if it has one; CertificateRefused if that cannot be read."""
    path = home.root / NAME
    return _read(path) if path.exists() else None


def renewed(home: Home, names: Sequence[str], now: datetime) -> DeskCertificate:
    """A new certificate in place of the old one, on purpose: kiosks take it only by being enrolled again."""
    path = home.root / NAME
    _keep(path, certificate_making.made(names, now))
    return _read(path)


def use_own(home: Home, certificate: Path, key: Path, now: datetime) -> DeskCertificate:
    """Use the school's own certificate, those who vouch for it, and its key; CertificateRefused."""
    chain, private = _read_own(certificate, key)
    ours = [each for each in chain if _public(each.public_key()) == _public(private.public_key())]
    if not ours:
        raise CertificateRefused(f"The key in {key} is not that of {certificate}. Nothing was changed.")
    leaf = ours[0]
    if not leaf.not_valid_before_utc <= now < leaf.not_valid_after_utc:
        raise CertificateRefused(
            f"The certificate in {certificate} is valid from {_day(leaf.not_valid_before_utc)} to"
            f" {_day(leaf.not_valid_after_utc)} only. Nothing was changed."
        )
    others = [each for each in chain if each != leaf]
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    text += b"".join(each.public_bytes(Encoding.PEM) for each in (leaf, *others))
    path = home.root / NAME
    _keep(path, text, lambda draft: _refuse_unusable(draft, certificate))
    return _read(path)


def _read_own(certificate: Path, key: Path) -> tuple[list[x509.Certificate], PrivateKeyTypes]:
    """The certificates in one file and the private key in another; CertificateRefused."""
    try:
        chain = x509.load_pem_x509_certificates(_text_of(certificate))
        private = load_pem_private_key(_text_of(key), password=None)
    except OSError as problem:
        raise CertificateRefused(f"The file cannot be read ({why(problem)}). Nothing was changed.") from problem
    except TypeError as problem:
        raise CertificateRefused(
            f"The key in {key} is protected by a password. Save it without one, and try again. Nothing was changed."
        ) from problem
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise CertificateRefused(
            f"{certificate} must be a certificate and {key} its key, both as PEM text, which begins with -----BEGIN."
            " Nothing was changed."
        ) from problem
    return chain, private


def _text_of(path: Path) -> bytes:
    """A file of the school's; ValueError for one that is too large to be kept with the other."""
    text = read_plain(path, _LARGEST_OWN + 1)
    if len(text) > _LARGEST_OWN:
        raise ValueError(path)
    return text


def _refuse_unusable(draft: Path, certificate: Path) -> None:
    """CertificateRefused for a file with which this PC could not serve, such as one with too short a key."""
    try:
        _serving(draft)
    except (OSError, ssl.SSLError) as problem:
        raise CertificateRefused(
            f"This PC cannot serve pages with the certificate in {certificate}: its kind of key is too weak or unknown."
            " Nothing was changed."
        ) from problem


def server_context(certificate: DeskCertificate) -> ssl.SSLContext:
    """The desk's side of TLS; CertificateRefused if its file cannot be used."""
    try:
        return _serving(certificate.path)
    except (OSError, ssl.SSLError) as problem:
        raise CertificateRefused(_damaged(certificate.path)) from problem


def _serving(path: Path) -> ssl.SSLContext:
    """A server's context with this file; OSError, ssl.SSLError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(path)
    return context


def _keep(path: Path, text: bytes, look: Callable[[Path], None] = lambda _: None) -> None:
    try:
        write_whole(path, text, OWNER_ONLY_FILE, look)
    except OSError as problem:
        raise CertificateRefused(_not_written(path, problem)) from problem


def _read(path: Path) -> DeskCertificate:
    try:
        keep_others_out(path, OWNER_ONLY_FILE)
        chain = x509.load_pem_x509_certificates(read_plain(path, _LARGEST))
    except OSError as problem:
        raise CertificateRefused(f"The file {path} cannot be used ({why(problem)}). Ask IT staff.") from problem
    except ValueError as problem:
        raise CertificateRefused(_damaged(path)) from problem
    leaf, above = chain[0], chain[1:]
    pem = leaf.public_bytes(Encoding.PEM).decode()
    made_here = bool(above) and certificate_making.AUTHORITY in above[0].subject.rfc4514_string()
    return DeskCertificate(
        path=path,
        pem=pem,
        sha256=certificate_sha256(pem),
        names=_names(leaf),
        ends_at=leaf.not_valid_after_utc,
        authority=above[0].public_bytes(Encoding.PEM).decode() if made_here else None,
    )


def _names(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        found = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    addresses = found.get_values_for_type(x509.IPAddress)
    return (*found.get_values_for_type(x509.DNSName), *map(str, addresses))


def _not_written(path: Path, problem: OSError) -> str:
    return f"The file {path} cannot be written ({why(problem)}). Ask IT staff."


def _damaged(path: Path) -> str:
    return (
        f"The file {path}, which has this desk's certificate, is damaged. Restore it from a backup."
        " Or delete it: a new one is made, and every kiosk has to be enrolled again."
    )


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _public(key: object) -> bytes:
    text: bytes = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    return text
