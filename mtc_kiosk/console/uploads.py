"""Class lists that staff look through before they save them, kept in memory and nowhere else.

Each belongs to the account that gave it, for an hour at most; a restart of the console forgets all of them.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from mtc_kiosk.office.class_list_file import Asked, FilesRead

LARGEST_UPLOAD = 5_000_000
"""Bytes."""

MOST_UPLOADS = 3
"""Of one account at a time."""

MOST_IN_ALL = 9
"""Of all accounts: the console needs little memory, however many have lists open."""

KEPT_FOR = timedelta(hours=1)
"""From when it was given."""


class TooManyUploads(Exception):
    """An account has as many lists open as it may, or all accounts have."""


@dataclass(frozen=True)
class Upload:
    """One list: its bytes, what staff said of it and put right in it, and the lines they want to type whole.

    ``files_read`` is the list as it was read, so that it is read once. ``saved`` is true once it is on the register:
    then it is kept for its undo alone.
    """

    id: str
    account: str
    name: str
    content: bytes = field(repr=False)
    given_at: datetime
    asked: Asked = field(default_factory=Asked, repr=False)
    opened: frozenset[int] = frozenset()
    saved: bool = False
    files_read: FilesRead = field(default_factory=dict, repr=False, compare=False)


class Uploads:
    """Every list that is being looked through. ``now`` gives the time in UTC."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._kept: dict[str, Upload] = {}

    def keep(self, account: str, name: str, content: bytes) -> Upload:
        """Keep a list for an account; TooManyUploads. One that was saved makes room for it."""
        with self._lock:
            self._forget_old()
            waiting = [each for each in self._kept.values() if not each.saved]
            mine = [each for each in waiting if each.account == account]
            if len(mine) >= MOST_UPLOADS or len(waiting) >= MOST_IN_ALL:
                raise TooManyUploads
            self._make_room(account)
            upload = Upload(secrets.token_urlsafe(12), account, name, content, self._now())
            self._kept[upload.id] = upload
            return upload

    def find(self, account: str, upload_id: str) -> Upload | None:
        """A list of this account; None if it has no such list, or not any more."""
        with self._lock:
            self._forget_old()
            found = self._kept.get(upload_id)
            return found if found is not None and found.account == account else None

    def of(self, account: str) -> tuple[Upload, ...]:
        """The lists of an account that are not saved yet, the one given first first."""
        with self._lock:
            self._forget_old()
            return tuple(each for each in self._kept.values() if each.account == account and not each.saved)

    def change(self, upload: Upload, **changes: object) -> Upload:
        """Keep what staff said of a list; the list as it is now."""
        with self._lock:
            changed = replace(upload, **changes)  # type: ignore[arg-type]  # the caller names fields
            if upload.id in self._kept:
                self._kept[upload.id] = changed
            return changed

    def drop(self, upload: Upload) -> None:
        """Forget one list."""
        with self._lock:
            self._kept.pop(upload.id, None)

    def drop_all_of(self, account: str) -> None:
        """Forget every list of an account, when it signs out."""
        with self._lock:
            for each in [each for each in self._kept.values() if each.account == account]:
                del self._kept[each.id]

    def _make_room(self, account: str) -> None:
        """Forget saved lists, the oldest first, until there is room for another of this account."""
        for each in [each for each in self._kept.values() if each.saved]:
            mine = sum(1 for one in self._kept.values() if one.account == account)
            if len(self._kept) >= MOST_IN_ALL or (mine >= MOST_UPLOADS and each.account == account):
                del self._kept[each.id]

    def _forget_old(self) -> None:
        now = self._now()
        for each in [each for each in self._kept.values() if now - each.given_at >= KEPT_FOR]:
            del self._kept[each.id]
