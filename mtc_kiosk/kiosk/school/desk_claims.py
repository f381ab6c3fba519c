"""Ask the desk whether a PIN may start a check here, without keeping a pupil waiting for a desk that is away."""

import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported on the thread
    from mtc_kiosk.sync.client import DeskClient
    from mtc_kiosk.sync.wire import Claimed

PATIENCE_S = 0.8
"""How long a pupil who pressed "Yes, that is me" waits for the desk: less than the second that a loop may take."""

ASKS_AGAIN_S = 0.1
"""After how many seconds a busy desk is asked again that does not say when it will have room."""


class DeskClaims:
    """Asks on a thread of its own. ``connected`` gives the client; ``is_there`` says whether the desk was heard lately.

    An answer that comes too late is dropped: the pupil has begun, and the desk learns of it with the next beat.
    """

    def __init__(
        self, connected: Callable[[], "DeskClient"], is_there: Callable[[], bool], patience_s: float = PATIENCE_S
    ) -> None:
        self._connected, self._is_there, self._patience_s = connected, is_there, patience_s

    def ask(self, check_code: str) -> "Claimed | None":
        """The desk's answer; None if it is away or does not answer in time. A busy desk is asked again until then."""
        if not self._is_there():
            return None
        answers: queue.SimpleQueue[Claimed | None] = queue.SimpleQueue()
        threading.Thread(target=self._ask, args=(check_code, answers), name="claim", daemon=True).start()
        try:
            return answers.get(timeout=self._patience_s)
        except queue.Empty:
            return None

    def _ask(self, check_code: str, answers: "queue.SimpleQueue[Claimed | None]") -> None:
        from mtc_kiosk.sync.wire import Claim  # noqa: PLC0415 - imported on this thread

        asked, give_up_at = Claim(check_code=check_code), time.monotonic() + self._patience_s
        try:
            while True:
                try:
                    return answers.put(self._connected().claim(asked))
                except OSError as problem:
                    pause_s = _busy_for_s(problem)
                    if pause_s is None or time.monotonic() + pause_s >= give_up_at:
                        raise
                time.sleep(pause_s)
        except Exception:  # whatever it is, the kiosk goes by its pack; the link tells staff of what needs a person
            return answers.put(None)


def _busy_for_s(problem: OSError) -> float | None:
    """After how many seconds to ask a desk again that is there and busy; None where it is away, or has refused."""
    from mtc_kiosk.sync.desk_connection import DeskRefused  # noqa: PLC0415 - imported on this thread
    from mtc_kiosk.sync.transport import TransportTrouble  # noqa: PLC0415 - the same

    if not isinstance(problem, TransportTrouble) or not problem.again:
        return None
    if problem.again_s is not None:
        return problem.again_s
    return ASKS_AGAIN_S if isinstance(problem, DeskRefused) else None
