"""A pupil who pressed "Yes, that is me" never waits long for a desk that does not answer."""

import threading
import time

import pytest

from mtc_kiosk.kiosk.school.desk_claims import PATIENCE_S, DeskClaims
from mtc_kiosk.sync.client import DeskRefused
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import Claim, Claimed

CODE = "00000000-0000-0000-0000-000000000001"
YES = Claimed(may=True, why=None, kiosk="")


class Client:
    """A desk that answers once the test lets it."""

    def __init__(self, *, answers: bool = True) -> None:
        self.let, self.asked = threading.Event(), 0
        if answers:
            self.let.set()

    def claim(self, claim: Claim) -> Claimed:
        """The answer."""
        assert claim.check_code == CODE
        self.asked += 1
        self.let.wait()
        return YES


class Away:
    """A desk that cannot be reached."""

    def claim(self, _: Claim) -> Claimed:
        """No answer."""
        raise TransportTrouble("The desk cannot be reached.")


class Busy:
    """A desk that is there, and refuses so often before it answers."""

    def __init__(self, times: int, problem: TransportTrouble) -> None:
        self.times, self.problem, self.asked = times, problem, 0

    def claim(self, _: Claim) -> Claimed:
        """The answer, or a refusal."""
        self.asked += 1
        if self.asked <= self.times:
            raise self.problem
        return YES


def claims(client: object, *, is_there: bool = True, patience_s: float = PATIENCE_S) -> DeskClaims:
    """What asks this desk."""
    return DeskClaims(lambda: client, lambda: is_there, patience_s)  # type: ignore[arg-type,return-value]


def test_the_desks_answer_is_the_answer() -> None:
    """When it comes in time."""
    assert claims(Client(), patience_s=20).ask(CODE) == YES


def test_a_desk_that_is_away_is_not_waited_for() -> None:
    """Nor asked, where the last beat failed."""
    client = Client(answers=False)
    assert claims(client, is_there=False).ask(CODE) is None
    assert client.asked == 0
    assert claims(Away(), patience_s=20).ask(CODE) is None


@pytest.mark.parametrize(
    "problem",
    [
        DeskRefused("busy", "The desk has too much to do.", again=True, again_s=0.001),
        DeskRefused("disk", "The desk cannot write to its disk.", again=True),
        TransportTrouble("The connection broke off.", again_s=0.001),
    ],
)
def test_a_busy_desk_is_asked_again(problem: TransportTrouble) -> None:
    """Or a PIN in use elsewhere would start a check here, only because many pupils signed in at once."""
    busy = Busy(2, problem)
    assert claims(busy, patience_s=20).ask(CODE) == YES
    assert busy.asked == 3


def test_a_desk_that_stays_busy_is_waited_for_no_longer_than_a_slow_one() -> None:
    """Where it will have no room in time it is not asked again, nor is one that refuses for good."""
    busy = Busy(99, DeskRefused("busy", "The desk has too much to do.", again=True, again_s=PATIENCE_S))
    assert claims(busy).ask(CODE) is None
    assert busy.asked == 1
    refused = Busy(99, DeskRefused("revoked", "This PC is no kiosk of the desk any more."))
    assert claims(refused, patience_s=20).ask(CODE) is None
    assert refused.asked == 1


def test_a_slow_desk_is_waited_for_less_than_a_second() -> None:
    """Or the loop would count as stalled; the late answer is dropped."""
    assert PATIENCE_S < 1
    client = Client(answers=False)
    began = time.monotonic()
    assert claims(client, patience_s=0.05).ask(CODE) is None
    assert time.monotonic() - began < PATIENCE_S
    client.let.set()
