"""A device's key: sign, check a signature, and name the device (Ed25519, RFC 8032).

The key is a value here; ``store.home.device_key`` keeps its file.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

PURPOSE = b"mtc_kiosk record\n"
"""Put before what is signed, so that a signature made for another purpose is never valid for a record."""

RECEIPT_PURPOSE = b"mtc_kiosk receipt\n"
REQUEST_PURPOSE = b"mtc_kiosk request\n"
ENROL_PURPOSE = b"mtc_kiosk enrol\n"
PACK_PURPOSE = b"mtc_kiosk pack\n"
"""The same for a desk's receipt, a kiosk's request, its wish to join, and a desk's pack."""

OWN_PURPOSE = b"mtc_kiosk own\n"
"""Put before what the key seals for the home itself."""

OPENING_PURPOSE = b"mtc_kiosk opening\n"
"""Put before the secret from which the key that opens sealed files is made."""

KEY_BYTES, SIGNATURE_BYTES = 32, 64

SHOWN_DIGITS, GROUP = 20, 4
"""How much of a fingerprint people compare: 80 bits, in groups of four."""

LEAST_DIGITS = 16
"""How many digits of a fingerprint are enough to name a device."""


class NotAKey(ValueError):
    """The bytes are not a device's key."""


@dataclass(frozen=True)
class DeviceKey:
    """The private key of one home. It never appears in a record or a message."""

    _private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def new(cls) -> "DeviceKey":
        """A new random key, from the operating system's generator."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, pem: bytes) -> "DeviceKey":
        """Read the key that ``to_pem`` wrote; NotAKey for anything else."""
        try:
            private = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as problem:
            raise NotAKey("This is not a private key.") from problem
        if not isinstance(private, Ed25519PrivateKey):
            raise NotAKey("This is a private key of another kind.")
        return cls(private)

    def to_pem(self) -> bytes:
        """The key as text (PKCS 8, not encrypted: the file's permissions guard it)."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def fingerprint(self) -> str:
        """The device's name: the SHA-256 of its public key in hexadecimal."""
        return fingerprint(self.public)

    def seal_of(self, content: bytes) -> str:
        """An HMAC-SHA-256 in hexadecimal for what the home keeps for itself; only this key can make it."""
        return hmac.digest(self._own_secret, content, "sha256").hex()

    @cached_property
    def _own_secret(self) -> bytes:
        return hashlib.sha256(OWN_PURPOSE + self._raw).digest()

    @property
    def _raw(self) -> bytes:
        return self._private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())

    @property
    def opening_key(self) -> X25519PrivateKey:
        """The key that opens files sealed to this device: made from the device's key, so that a backup has both."""
        return X25519PrivateKey.from_private_bytes(hashlib.sha256(OPENING_PURPOSE + self._raw).digest())

    @property
    def sealing_key(self) -> bytes:
        """The 32 bytes of the public key to which others seal files for this device."""
        return self.opening_key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, content: bytes, purpose: bytes = PURPOSE) -> bytes:
        """The signature of a record's canonical content, or of something else for its own purpose."""
        return self._private.sign(purpose + content)


def fingerprint(public: bytes) -> str:
    """The name of the device with this public key."""
    return hashlib.sha256(public).hexdigest()


def shown(device: str) -> str:
    """A fingerprint as people compare it: 20 digits in groups of four."""
    return " ".join(device[start : start + GROUP] for start in range(0, SHOWN_DIGITS, GROUP))


def is_signed_by(public: bytes, signature: bytes, content: bytes, purpose: bytes = PURPOSE) -> bool:
    """Whether the device with this public key signed this content for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, purpose + content)
    except (InvalidSignature, ValueError):
        return False
    return True
