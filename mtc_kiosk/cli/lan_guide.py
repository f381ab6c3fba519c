"""The page that ``mtc-kiosk console --lan`` prints: how kiosks and browsers on other PCs reach this desk."""

from mtc_kiosk.console.lan import Lan
from mtc_kiosk.console.own_addresses import own_addresses

NO_NETWORK = (
    "This PC has no address on a network, so no other PC can reach it yet.\n"
    "Connect it to the school's network, and start the console again."
)


def guide(lan: Lan) -> str:
    """The guide, for a terminal of 80 columns."""
    first, *others = lan.addresses() or (f"https://THIS-PC:{lan.port}",)
    alone = "" if own_addresses() else f"{NO_NETWORK}\n\n"
    also = "".join(f"\n                  or {one}" for one in others)
    return f"""\
{alone}Other PCs reach this desk at {first}{also}

To add a kiosk
  1. Here, in the console: School, then Kiosks, then "Let PCs join".
  2. At the kiosk PC: mtc-kiosk enrol {first}
     Type the room code when asked. It serves for 30 minutes.
  3. The kiosk's name appears in the console. Start it there: mtc-kiosk run

To open the console on another PC
  Open {first} in its browser.
  The browser warns the first time, as it does not know this desk. Compare the
  certificate's SHA-256 fingerprint with this one before you go on:
{fingerprint(lan.certificate_sha256)}

If another PC cannot reach the desk
  Both must be on the same network. The firewall of this PC must let TCP port
  {lan.port} in. Ask IT staff for an address that stays the same (a DHCP
  reservation).

This PC stays awake while a session is open. Keep it plugged in, and this window
open. Kiosks go on without the desk, and deliver their checks when it is back.
"""


def fingerprint(sha256: str) -> str:
    """A certificate's fingerprint as browsers show it, in two lines."""
    pairs = [sha256[start : start + 2].upper() for start in range(0, len(sha256), 2)]
    half = len(pairs) // 2
    return "\n".join(f"    {':'.join(part)}" for part in (pairs[:half], pairs[half:]))
