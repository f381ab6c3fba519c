"""The file that says to which desk a kiosk belongs: its address, its pinned certificate, and this kiosk's token.

It is there on an enrolled kiosk only, and only its owner can read it. Without it the PC is its own desk.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_others_out
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.whole_files import write_whole

NAME = "desk.json"
_LARGEST = 100_000


class DeskFileRefused(RuntimeError):
    """The file cannot be read; the message is a sentence for a person."""


@dataclass(frozen=True)
class Enrolment:
    """This kiosk's desk. ``address`` is such as ``https://192.168.1.10:8426``, "" where only a stick leads there.

    ``certificate`` is the pinned one as PEM text, "" without an address; ``desk_key`` and ``sealing_key`` are the
    desk's public keys as hexadecimal digits; ``kiosk`` is the number and ``name`` the name that the desk gave. The
    last four are the desk's school, which this kiosk's records name.
    """

    address: str
    certificate: str
    desk_key: str
    sealing_key: str
    kiosk: int
    name: str
    token: str
    enrolled_at: str
    school_name: str | None = None
    la: str | None = None
    estab: str | None = None
    urn: str | None = None

    def __repr__(self) -> str:
        """The desk without the token, which is a secret."""
        return f"Enrolment({self.address!r}, {self.name!r})"


def enrolment_of(home: Home) -> Enrolment | None:
    """This kiosk's desk; None if the home is its own desk. DeskFileRefused if the file is damaged."""
    path = home.root / NAME
    try:
        keep_others_out(path, OWNER_ONLY_FILE)
        values: Any = json.loads(read_plain(path, _LARGEST))
        return Enrolment(**values)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise DeskFileRefused(f"The file {path} cannot be used ({why(problem)}). Ask IT staff.") from problem
    except (ValueError, TypeError) as problem:
        raise DeskFileRefused(
            f"The file {path} is damaged. Enrol this PC again: mtc-kiosk enrol. Checks on it are kept."
        ) from problem


def keep_enrolment(home: Home, enrolment: Enrolment) -> None:
    """Write the file, whole, for its owner only; OSError."""
    write_whole(home.root / NAME, json.dumps(asdict(enrolment), indent=1).encode(), OWNER_ONLY_FILE)


def is_enrolled(home: Home) -> bool:
    """Whether the home belongs to a desk on another PC."""
    return (home.root / NAME).exists()
