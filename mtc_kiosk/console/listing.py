"""The list that somebody came from, so that a pupil's page has "before" and "after" in its order.

A page with a list of pupils keeps their ids in the session, in the order shown; no name or list is in an address.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.console.guard import of_this_request

_KEY = "listed"


@dataclass(frozen=True)
class Around:
    """The pupils before and after one in a list, None at its ends; ``url`` leads back to the list, "" if unknown."""

    before: int | None
    after: int | None
    url: str = ""


def keep(url: str, pupil_ids: Iterable[int]) -> None:
    """Keep what a list shows, for the pages of its pupils."""
    of_this_request()[_KEY] = (url, tuple(pupil_ids))


def around(pupil_id: int, everybody: Sequence[int]) -> Around:
    """The neighbours of a pupil in the list kept last, else among ``everybody``, whom alone the account may see."""
    url, kept = of_this_request().get(_KEY, ("", ()))
    seen = frozenset(everybody)
    listed = [one for one in kept if one in seen]
    if pupil_id not in listed:
        url, listed = "", list(everybody)
    if pupil_id not in listed:
        return Around(None, None)
    at = listed.index(pupil_id)
    return Around(listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None, url)
