"""Every refusal of the API by its code: the status, and the sentence for people. ``docs/api.md`` lists them.

Refusals of the office keep their own codes and sentences (``answers.of_office``).
"""

from collections.abc import Mapping

from mtc_kiosk.office.greeting import PROGRAM
from mtc_kiosk.sync.wire import GREET_AGAIN

KEPT = "Nothing was changed at the desk, and what waits on the kiosk stays there."
_OTHER = f"Install the same version on both PCs. {KEPT}"
_ASKS_AGAIN = "Nothing was changed at the desk, and the kiosk asks again by itself."
_VERSIONS = "The kiosk has a version that is {which} than the desk's, {program}. Install the newer one on the {where}."

TOO_MANY, BUSY = 429, 503

WORDS: Mapping[str, tuple[int, str]] = {
    "https_only": (403, "Kiosks talk to the desk over HTTPS alone. Start it with --lan."),
    "older_version": (426, f"{_VERSIONS.replace('{which}', 'older').replace('{where}', 'kiosk')} {KEPT}"),
    "newer_version": (404, f"{_VERSIONS.replace('{which}', 'newer').replace('{where}', 'desk')} {KEPT}"),
    "no_such_address": (404, f"The desk has version {{program}}, which does not know this request. {_OTHER}"),
    "no_such_request": (405, f"The desk has version {{program}}, which does not know this request. {_OTHER}"),
    "unreadable": (422, f"The desk has version {{program}}, which cannot read the request. {_OTHER}"),
    "no_length": (411, f"The request does not state its length. {KEPT}"),
    "too_large": (413, f"The request is too large. {KEPT}"),
    "altered": (401, f"The request is not as the kiosk signed it. {_ASKS_AGAIN}"),
    "replayed": (409, "The desk has taken this very request before, and does not take it twice."),
    GREET_AGAIN: (409, f"The desk was started again. {_ASKS_AGAIN}"),
    "no_pack": (
        404,
        "No session is open or planned at the desk now, or what kiosks need for it is still being prepared.",
    ),
    "too_many": (TOO_MANY, f"Too many requests at once. {_ASKS_AGAIN}"),
    "busy": (BUSY, f"The desk has too much to do just now. {_ASKS_AGAIN}"),
    "disk": (BUSY, f"The desk cannot write to its disk. {{why}} {KEPT}"),
    "fault": (500, f"Something went wrong in the program at the desk. {KEPT}"),
}
"""Code -> status and sentence."""


class ApiRefused(Exception):
    """The desk refuses a request, with one of these codes; the message is its sentence."""

    def __init__(self, code: str, why: str = "") -> None:
        self.code = code
        self.status, sentence = WORDS[code]
        super().__init__(" ".join(sentence.format(program=PROGRAM, why=why).split()))
