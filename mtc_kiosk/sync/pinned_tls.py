"""TLS that trusts one certificate, byte for byte: whatever its name, its dates, or who issued it.

A kiosk compares the certificate itself, as its own clock may be years out, and as a desk's address may change. The
handshake has proved by then that the other side has the certificate's key; nothing of a request is sent before.
"""

import hashlib
import hmac
import socket
import ssl
from typing import Any


class AnotherCertificate(ssl.SSLError):
    """Whoever answered has another certificate than the pinned one. Nothing was sent to it."""


def pinned_context(certificate: str) -> ssl.SSLContext:
    """A context for connections to the one server with this certificate (PEM); ValueError if it is no certificate."""
    pinned = certificate_sha256(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # no issuer and no date counts: the whole certificate is compared instead
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.sslsocket_class = type("PinnedSocket", (_PinnedSocket,), {"pinned": pinned})
    return context


def certificate_sha256(certificate: str) -> str:
    """The SHA-256, in hexadecimal digits, of the first certificate in this PEM text; ValueError."""
    end = certificate.find(ssl.PEM_FOOTER)
    first = certificate[: end + len(ssl.PEM_FOOTER)] if end >= 0 else certificate
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first[first.find(ssl.PEM_HEADER) :])).hexdigest()


def shown_certificate(host: str, port: int, timeout_s: float) -> str:
    """The certificate (PEM) that a desk shows, before anything is sent to it; OSError.

    Whoever asks compares it with the room code, and from then on uses a ``pinned_context``.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # nothing is trusted yet
    with (
        socket.create_connection((host, port), timeout_s) as connection,
        context.wrap_socket(connection, server_hostname=host) as secured,
    ):
        shown = secured.getpeercert(binary_form=True)
    if shown is None:
        raise ConnectionError("no certificate")
    return ssl.DER_cert_to_PEM_cert(shown)


class _PinnedSocket(ssl.SSLSocket):
    """A TLS connection that ends itself unless the server has the certificate with the SHA-256 ``pinned``."""

    pinned: str

    def do_handshake(self, block: bool = False) -> Any:
        """Shake hands, then compare the certificate; AnotherCertificate."""
        super().do_handshake(block)
        found = self.getpeercert(binary_form=True) or b""
        if not hmac.compare_digest(hashlib.sha256(found).hexdigest(), self.pinned):
            raise AnotherCertificate("The server has another certificate.")
