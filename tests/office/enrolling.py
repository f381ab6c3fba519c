"""A kiosk that asks to join, as a program on another PC does."""

from dataclasses import dataclass, field

from mtc_kiosk.record.signing import ENROL_PURPOSE, DeviceKey
from mtc_kiosk.sync.wire import Enrol, proof_of

CERTIFICATE = "5e" * 32
"""The SHA-256 of a desk's certificate."""


@dataclass
class JoiningPc:
    """A PC with a name and a key."""

    name: str = "pc-1"
    key: DeviceKey = field(default_factory=DeviceKey.new)

    def asks(self, secret: str, certificate: str = CERTIFICATE, waiting: int = 0) -> Enrol:
        """Its wish to join with this secret, at the desk with this certificate."""
        proof = self.key.sign(proof_of(secret, certificate), ENROL_PURPOSE).hex()
        public = self.key.public.hex()
        return Enrol(secret=secret, name=self.name, key=public, proof=proof, program="0.1.0", waiting=waiting)
