"""A pupil who pressed "Yes, that is me" never waits long for a desk that does not answer."""

import threading
import time

from mtc_kiosk.kiosk.school.desk_claims import PATIENCE_S, DeskClaims
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


def test_a_slow_desk_is_waited_for_less_than_a_second() -> None:
    """Or the loop would count as stalled; the late answer is dropped."""
    assert PATIENCE_S < 1
    client = Client(answers=False)
    began = time.monotonic()
    assert claims(client, patience_s=0.05).ask(CODE) is None
    assert time.monotonic() - began < PATIENCE_S
    client.let.set()
