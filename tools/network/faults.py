"""Which fault befalls what passes through the proxies, by kind, drawn from a seed, and how many there were of each."""

import random
import threading
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum


class ByteFault(StrEnum):
    """A fault of the connection: whoever makes it knows nothing of what the bytes mean."""

    REFUSED = "connection refused"
    DROPPED = "bytes dropped"
    DELAYED = "bytes delayed"
    CUT = "connection cut"
    TRUNCATED = "connection ended half-way"


class MessageFault(StrEnum):
    """A fault of a whole request or answer, by something in between that has the desk's own certificate and key."""

    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost after the desk took the request"
    DELAYED = "request delayed"
    DUPLICATED = "request duplicated"
    REPLAYED = "older request sent again"
    REORDERED = "request overtaken by another"
    REQUEST_TRUNCATED = "request truncated"
    ANSWER_TRUNCATED = "answer truncated"
    REQUEST_ALTERED = "request altered"
    ANSWER_ALTERED = "signed answer altered"


class PacketFault(StrEnum):
    """A fault of one packet on a wire; one that is delayed is overtaken by others."""

    LOST = "packet lost"
    DUPLICATED = "packet duplicated"
    DELAYED = "packet delayed and overtaken"
    ALTERED = "packet altered"


Fault = ByteFault | MessageFault | PacketFault

EVERY_BYTE_FAULT: Mapping[Fault, float] = {
    ByteFault.REFUSED: 0.02,
    ByteFault.DROPPED: 0.001,
    ByteFault.DELAYED: 0.03,
    ByteFault.CUT: 0.01,
    ByteFault.TRUNCATED: 0.01,
}
EVERY_MESSAGE_FAULT: Mapping[Fault, float] = dict.fromkeys(MessageFault, 0.03)
EVERY_PACKET_FAULT: Mapping[Fault, float] = {
    PacketFault.LOST: 0.03,
    PacketFault.DUPLICATED: 0.03,
    PacketFault.DELAYED: 0.06,
    PacketFault.ALTERED: 0.01,
}
"""The chance of each kind: of bytes at every piece that arrives, of messages at every request, and of each packet."""


class Faults:
    """Draws faults: the same seed gives the same draws in the same order. Safe to use from several threads.

    ``most`` ends them after so many; ``calm`` ends them at once, and ``begin_again`` lets them go on.
    """

    def __init__(self, seed: int, chances: Mapping[Fault, float], most: int | None = None) -> None:
        if sum(chances.values()) > 1:
            raise ValueError("The chances of all faults add up to 1 at most.")
        self._chances, self._most = dict(chances), most
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._calm = False
        self.counts: Counter[Fault] = Counter()

    def draw(self, *possible: Fault) -> tuple[Fault | None, random.Random]:
        """The fault that happens now, None mostly, and a chance for its details."""
        with self._lock:
            lot, details = self._chance.random(), random.Random(self._chance.getrandbits(64))
            if not self._calm and (self._most is None or self.counts.total() < self._most):
                for kind in possible:
                    lot -= self._chances.get(kind, 0.0)
                    if lot < 0:
                        self.counts[kind] += 1
                        return kind, details
        return None, details

    def not_done(self, kind: Fault) -> None:
        """Take back a drawn fault that could not happen, such as the alteration of an answer that never came."""
        with self._lock:
            self.counts[kind] -= 1

    def calm(self) -> None:
        """Draw no more faults."""
        self._calm = True

    def begin_again(self) -> None:
        """Draw faults again after ``calm``."""
        self._calm = False
