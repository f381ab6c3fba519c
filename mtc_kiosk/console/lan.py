"""The desk's side of the school's network: HTTPS at every address of this PC, for kiosks and other PCs' browsers."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from mtc_kiosk.console.bounds import Bounds
from mtc_kiosk.console.own_addresses import own_addresses, own_names

EVERYWHERE, LAN_PORT = "0.0.0.0", 8426  # noqa: S104 - to be reached is what it is for

_IDLE = 400 if sys.platform == "win32" else 1200
LAN_BOUNDS = Bounds(threads=32, idle=_IDLE, at_once=_IDLE + 100, waiting=300, whole_when_busy_s=3.0)
"""120 kiosks with two connections each, and some tablets; Windows can wait for 512. A kiosk's Wi-Fi may be slow."""

_OTHER_FILES = 400
_HTTPS = 443
_ON_THIS_PC = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Lan:
    """How other PCs reach the desk: the port, the names in its certificate and of this PC, and the fingerprint.

    ``certificate`` is PEM text, what kiosks pin.
    """

    port: int
    names: frozenset[str]
    certificate: str
    certificate_sha256: str

    def is_own(self, host: str, reached_at: str) -> bool:
        """Whether a Host header names the desk; ``reached_at`` is the address at which the request came in.

        Any other name may be that of a page elsewhere which points here (DNS rebinding).
        """
        name, _, port = host.lower().rpartition(":") if ":" in host else (host.lower(), "", str(_HTTPS))
        return port == str(self.port) and (name in self.names or name == reached_at)

    def addresses(self) -> tuple[str, ...]:
        """The addresses to give to a kiosk or a browser, the likeliest first: ``https://192.168.1.10:8426``."""
        written = "" if self.port == _HTTPS else f":{self.port}"
        return tuple(f"https://{each}{written}" for each in (*own_addresses(), *own_names()))


def names_of(certificate_names: Iterable[str]) -> frozenset[str]:
    """The names by which the desk may be asked for: those of its certificate, of this PC, and this PC itself.

    A certificate for ``*.school.example`` stands for this PC's name there.
    """
    (name, *_) = own_names() or ("",)
    written = (each.lower() for each in certificate_names)
    ours = (name + each.removeprefix("*") if each.startswith("*.") else each for each in written)
    return frozenset((*ours, *own_names(), *_ON_THIS_PC)) - {""}


def lan_names() -> tuple[str, ...]:
    """The names and addresses for which a new certificate is made."""
    return (*own_names(), *own_addresses(), *_ON_THIS_PC)


def allow_connections() -> None:
    """Let this program have as many connections as there may be, where the system starts it with fewer."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    wanted = LAN_BOUNDS.at_once + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted and (hard == resource.RLIM_INFINITY or soft < hard):
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
