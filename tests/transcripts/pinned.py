"""Pins what differs from run to run: chance, the time of the PC, the width of the terminal.

Chance and time are pinned in the standard library, where every module of the program gets them from, so that a module
that moves changes nothing. The device's key is made beforehand, as the library that makes keys cannot be pinned.
"""

import contextlib
import os
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NOW = "2027-06-07T09:00:00Z"
"""What time it is in the made-up homes, where a step says no other."""

PC_TIME_NS = 1_800_000_000_000_000_000
"""What time it is on the PC."""


class Chance:
    """Random bytes of one step. Each length, thread and way of asking has its own sequence.

    So code that draws once more, or in another order, changes no other draw.
    """

    def __init__(self, step: str) -> None:
        self._step = step
        self._asked: dict[tuple[str, int, bool], int] = defaultdict(int)

    def source(self, way: str) -> Callable[[int], bytes]:
        """What gives so many bytes in place of the operating system."""

        def draw(size: int) -> bytes:
            key = (way, size, threading.current_thread() is threading.main_thread())
            self._asked[key] += 1
            return random.Random(f"{self._step}/{key}/{self._asked[key]}").randbytes(size)

        return draw


@contextlib.contextmanager
def pinned(step: str, now: str, default_home: Path) -> Iterator[None]:
    """Run a step with its own chance, at this time, in a terminal of 100 columns."""
    chance = Chance(step)
    settings = {"MTC_KIOSK_NOW": now, "MTC_KIOSK_HOME": str(default_home), "COLUMNS": "100", "LINES": "40"}
    with (
        mock.patch.dict(os.environ, settings),
        mock.patch.object(os, "urandom", chance.source("uuid")),
        mock.patch.object(random, "_urandom", chance.source("random")),
        mock.patch.object(time, "time_ns", return_value=PC_TIME_NS),
    ):
        yield


def key_file(number: int) -> bytes:
    """The file of a device's key, always the same for a number."""
    key = Ed25519PrivateKey.from_private_bytes(number.to_bytes(32, "big"))
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
