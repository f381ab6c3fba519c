"""Make a desk's certificate: a leaf, signed by an authority of its own, the key of which never leaves this function.

Kiosks pin the leaf. A teacher's tablet may trust the authority instead; it is allowed to vouch only for this desk's
own names and addresses, and as its key is gone it can vouch for nothing new, whoever takes this PC.
"""

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LASTS = timedelta(days=800)
"""How long browsers accept it: tablets refuse more than 825 days. Kiosks, which pin it, do not ask."""

_EARLIER = timedelta(days=2)
"""Valid from this long before it is made, for tablets with a slow clock."""

AUTHORITY = "mtc_kiosk desk"
_MOST_NAME = 64
_SIGNING = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
_VOUCHING = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def made(names: Sequence[str], now: datetime) -> bytes:
    """A new key, its certificate for these names and addresses, and its authority's, as PEM text in this order.

    The authority's key is made here and dropped here: it is never written anywhere.
    """
    vouching, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    authority = _authority(vouching, names, now)
    leaf = _leaf(key, vouching, authority, names, now)
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text + leaf.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM)


def _authority(key: EllipticCurvePrivateKey, names: Sequence[str], now: datetime) -> x509.Certificate:
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{AUTHORITY} {names[0]}"[:_MOST_NAME])])
    # A name allows itself and names below it; an address allows itself. Without any address, none is allowed.
    only = [_allowed(name) for name in names]
    refused = [] if any(isinstance(each, x509.IPAddress) for each in only) else _every_address()
    return (
        _begun(own, own, key, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_VOUCHING, critical=True)
        .add_extension(x509.NameConstraints(only, refused or None), critical=True)
        .sign(key, SHA256())
    )


def _leaf(
    key: EllipticCurvePrivateKey,
    vouching: EllipticCurvePrivateKey,
    authority: x509.Certificate,
    names: Sequence[str],
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:_MOST_NAME])])
    return (
        _begun(subject, authority.subject, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_SIGNING, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_named(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(vouching.public_key()), critical=False)
        .sign(vouching, SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now - _EARLIER + LASTS)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _named(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _allowed(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _every_address() -> list[x509.GeneralName]:
    return [x509.IPAddress(ipaddress.ip_network(each)) for each in ("0.0.0.0/0", "::/0")]
