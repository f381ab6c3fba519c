"""Sign staff in to the console: the same sentence, and the same time, for a wrong name and a wrong password.

A browser in which somebody signed in has a mark, a random number in a cookie, of which the home keeps the hash: by it
wrong tries made elsewhere do not delay this person (``office.tries``). It signs nobody in.
"""

import hashlib
import secrets
from dataclasses import dataclass, field

from mtc_kiosk.office.accounts import wait
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.password_hash import HASHING
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.tries import Tries
from mtc_kiosk.school.accounts import Account, name_key
from mtc_kiosk.store.school import account_browsers
from mtc_kiosk.store.school.accounts import account_named, password_hash

WRONG = Problem("This name and password do not go together. Look at both, then try again.", "wrong")
_LONGEST_TYPED = 500


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and the mark that the browser keeps."""

    account: Account
    browser: str = field(repr=False)


def sign_in(home: OpenHome, tries: Tries, name: str, password: str, browser: str = "") -> SignedIn:
    """Sign in with a name and a password; OfficeRefused with ``WRONG``, or with the seconds to wait.

    ``browser`` is the mark that the browser sent, "" without one.
    """
    name, password = name[:_LONGEST_TYPED], password[:_LONGEST_TYPED]
    account = account_named(home.db, name, home.now)
    known = account is not None and is_known(home, account.id, browser)
    tried = tries.begin(name_key(name), browser if known else "")
    if isinstance(tried, int):
        raise OfficeRefused(wait(tried))
    kept = password_hash(home.db, account.id) if account is not None else None
    if not HASHING.matches(password, kept) or account is None:
        account_browsers.note_wrong(home.db, home.context(), account.id if account is not None else None)
        raise OfficeRefused(WRONG)
    tries.right(tried)
    mark = browser if known else secrets.token_urlsafe(24)
    account_browsers.note_right(home.db, home.context(), account, _hash(mark))
    return SignedIn(account, mark)


def is_known(home: OpenHome, account_id: int, browser: str) -> bool:
    """Whether this account signed in before from the browser with this mark."""
    return bool(browser) and account_browsers.is_known(home.db, account_id, _hash(browser))


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()
