"""Files sealed to a desk's key, for a stick that may be lost: whoever finds it learns nothing of any pupil.

HPKE (RFC 9180) with X25519, SHA-256 and ChaCha20-Poly1305. Before it goes in, a file is filled up to one of few sizes,
so that its length does not say what kind of record it is. A file that was cut or damaged is told from one for another
desk without any key. The seal hides, and no more: who made a record is proven by the record's own signature.
"""

import hashlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mtc_kiosk.record.sealed import LARGEST_FILE, SUFFIX, Fault, NotARecord

BEGINS = b"mtc_kiosk sealed 1\n"
LEAST_CONTENT = 64 * 1024
"""Bytes. A check has some 40 kB and a reason 1 kB: both have this size when they are sealed."""

_LENGTH_BYTES = 8
_DIGITS = 64
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_HEAD = len(BEGINS) + 2 * (_DIGITS + 1)
_ADDED = _HEAD + 32 + 16
"""Bytes before the sealed content, those of the one-time key, and those that authenticate it."""

LARGEST_SEALED = 4 * LARGEST_FILE


def sealed_name(sha256: str) -> str:
    """The name of the sealed file of a record: the same each time, and without its kind."""
    return f"sealed-{sha256}{SUFFIX}"


def sealed_size(length: int) -> int:
    """How long the sealed file of so many bytes is."""
    return _ADDED + _filled(length)


def seal_for(content: bytes, sealing_key: bytes) -> bytes:
    """The sealed file of a record's file, for the desk with this public key. It differs each time."""
    whole = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    filled = whole.ljust(_filled(len(content)), b"\0")
    secret = _SUITE.encrypt(filled, X25519PublicKey.from_public_bytes(sealing_key), BEGINS)
    rest = b"%b\n%b" % (sealing_key.hex().encode(), secret)
    return b"%b%b\n%b" % (BEGINS, hashlib.sha256(rest).hexdigest().encode(), rest)


def is_sealed(text: bytes) -> bool:
    """Whether a file is a sealed one, or the beginning of one."""
    return bool(text) and (text.startswith(BEGINS) or BEGINS.startswith(text))


def is_whole(text: bytes) -> bool:
    """Whether a sealed file is complete and undamaged."""
    head, _, rest = text[len(BEGINS) :].partition(b"\n")
    return text.startswith(BEGINS) and head == hashlib.sha256(rest).hexdigest().encode()


def opened(text: bytes, key: X25519PrivateKey) -> bytes:
    """The file that was sealed; NotARecord if it is torn, for another desk, or was changed."""
    if not is_whole(text):
        raise NotARecord(Fault.TORN)
    recipient, _, secret = text[_HEAD - _DIGITS - 1 :].partition(b"\n")
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    if recipient != public.hex().encode():
        raise NotARecord(Fault.ANOTHER_DESKS)
    try:
        filled = _SUITE.decrypt(secret, key, BEGINS)
    except (InvalidTag, ValueError) as problem:
        raise NotARecord(Fault.TAMPERED) from problem
    length = int.from_bytes(filled[:_LENGTH_BYTES], "big")
    content = filled[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(content) != length or filled[_LENGTH_BYTES + length :].strip(b"\0"):
        raise NotARecord(Fault.TAMPERED)
    return content


def _filled(length: int) -> int:
    """A power of two from ``LEAST_CONTENT`` on."""
    return max(LEAST_CONTENT, 1 << (length + _LENGTH_BYTES - 1).bit_length())
