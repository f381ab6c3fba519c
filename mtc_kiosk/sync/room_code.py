"""The room code that staff type at a kiosk to enrol it: 12 characters of the desk's certificate and 4 of a secret.

The first 12 (60 bits) let the kiosk check that it talks to this desk, before it sends anything. The last 4 (20 bits)
let the desk check that staff want this kiosk; they are of use for half an hour and for a few wrong tries.
"""

import re
import secrets
from dataclasses import dataclass, field

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 characters: no I, L, O or U, which look like others."""

OF_CERTIFICATE, OF_SECRET, GROUP = 12, 4, 4
LENGTH = OF_CERTIFICATE + OF_SECRET

_READ_AS = str.maketrans("ILOU", "110V")
_BITS, _DIGEST_BITS = 5, 256
_BETWEEN = re.compile(r"[\s\u00a0\u2000-\u200d\ufeff\u2010-\u2015\u2212-]+")


class NotARoomCode(ValueError):
    """The text is not a room code; the message is a sentence for people and repeats nothing of it."""


@dataclass(frozen=True)
class RoomCode:
    """A room code: which certificate the desk has, and the secret that lets a kiosk join."""

    certificate: str
    secret: str = field(repr=False)

    def __str__(self) -> str:
        """The code as people read and type it: four groups of four."""
        text = self.certificate + self.secret
        return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))

    def is_of(self, certificate_sha256: str) -> bool:
        """Whether the desk with this certificate made the code."""
        return secrets.compare_digest(self.certificate, certificate_part(certificate_sha256))


def certificate_part(certificate_sha256: str) -> str:
    """The first 60 bits of a certificate's SHA-256 (in hexadecimal digits) as 12 characters."""
    number = int(certificate_sha256, 16) >> (_DIGEST_BITS - _BITS * OF_CERTIFICATE)
    return "".join(ALPHABET[number >> (_BITS * place) & 31] for place in reversed(range(OF_CERTIFICATE)))


def new_secret() -> str:
    """A new random secret of 4 characters, from the operating system's generator."""
    return "".join(secrets.choice(ALPHABET) for _ in range(OF_SECRET))


def read_room_code(text: str) -> RoomCode:
    """Read a code as typed: capitals or not, with spaces or dashes anywhere. NotARoomCode."""
    typed = _BETWEEN.sub("", text).upper().translate(_READ_AS)
    strange = any(character not in ALPHABET for character in typed)
    if strange:
        raise NotARoomCode(
            "A room code has letters and digits only. Look at the desk again, and type it once more."
            " Nothing was changed."
        )
    if len(typed) != LENGTH:
        raise NotARoomCode(
            f"A room code has {LENGTH} characters, in four groups of four; you typed {len(typed)}."
            " Look at the desk again, and type it once more. Nothing was changed."
        )
    return RoomCode(typed[:OF_CERTIFICATE], typed[OF_CERTIFICATE:])
