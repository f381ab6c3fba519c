"""The first start makes an owner, by a link that the console prints on its terminal.

The link's secret is 128 random bits in the memory of the console: it works once, for ten minutes, while the home has no
account. It is behind the ``#`` of the address, which a browser never sends: so it is in no log, no history of requests
and no command line. Only the form that makes the account sends it, by POST.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.office.accounts import none_yet, refuse_password
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.password_hash import HASHING
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.school.accounts import add_account

WORKS_FOR_S = 600
SECRET_BYTES = 16
ALSO = (Role.TEACHER, Role.HEAD, Role.ADMIN)
"""What the first owner may tick besides: an owner alone sees no pupils."""

NOT_THE_LINK = Problem(
    "This link no longer works. Close the console and start it again. It prints a new link.", "not_the_link"
)


class FirstOwnerLink:
    """The link of one start of the console. ``clock`` counts seconds and cannot be set (``time.monotonic``)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._secret = secrets.token_urlsafe(SECRET_BYTES)
        self._clock, self._until = clock, clock() + WORKS_FOR_S
        self._used = False
        self._one_at_a_time = threading.Lock()

    def __repr__(self) -> str:
        """Without the secret, so that no traceback shows it."""
        return "<FirstOwnerLink>"

    def address(self, page: str) -> str:
        """The address to print on the terminal; ``page`` is the address of the page with the form."""
        return f"{page}#{self._secret}"

    def fits(self, secret: str) -> bool:
        """Whether this is the secret, and the link still works."""
        same = secrets.compare_digest(secret.strip().encode(), self._secret.encode())
        return same and not self._used and self._clock() < self._until

    def make_owner(self, home: OpenHome, secret: str, name: str, password: str, also: frozenset[Role]) -> Account:
        """Make the first account; OfficeRefused, Refused. After a refusal the link still works."""
        with self._one_at_a_time:
            if not self.fits(secret) or not none_yet(home):
                raise OfficeRefused(NOT_THE_LINK)
            refuse_password(home, password, name, "No account was made.")
            wanted = AccountWanted(frozenset({Role.OWNER}) | (also & frozenset(ALSO)))
            themselves = replace(home.context(), staff=staff_of(tidy(name), *wanted.roles))
            account = add_account(home.db, themselves, name, wanted, HASHING.hashed(password), only_first=True)
            self._used = True
            return account
