"""Hash passwords with argon2id, and compare one with a hash. The command line and the console import it, kiosks do not.

One hash at a time in a process: each takes 19 MiB, and many tries at once must not take the memory of a school's PC.
"""

import contextlib
import threading

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import Type

from mtc_kiosk.school.passwords import LONGEST, in_one_form

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""The least that OWASP's password storage cheat sheet names for argon2id: 19 MiB, two passes, one lane."""

_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


class Hashing:
    """Makes and compares hashes, one at a time. ``compared`` counts the comparisons since the program began."""

    def __init__(self) -> None:
        self.compared = 0
        self._one_at_a_time = threading.Lock()
        self._nobodys = ""

    def hashed(self, password: str) -> str:
        """The hash of a password, with a salt and its cost numbers, as text."""
        with self._one_at_a_time:
            return _HASHER.hash(in_one_form(password))

    def matches(self, password: str, kept: str | None) -> bool:
        """Whether the hash ``kept`` is of this password. With None, for a name that nobody has, it takes as long."""
        if not self._nobodys:
            self._nobodys = self.hashed("not the password of any account")
        with self._one_at_a_time:
            self.compared += 1
            with contextlib.suppress(Argon2Error, InvalidHashError):
                same = _HASHER.verify(kept or self._nobodys, in_one_form(password[: LONGEST * 4]))
                return same and kept is not None
        return False


HASHING = Hashing()
"""The one of this process."""
