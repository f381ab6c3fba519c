"""Ask the desk whether a PIN may start a check here, without keeping a pupil waiting for a desk that is away."""

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported on the thread
    from mtc_kiosk.sync.client import DeskClient
    from mtc_kiosk.sync.wire import Claimed

PATIENCE_S = 0.8
"""How long a pupil who pressed "Yes, that is me" waits for the desk: less than the second that a loop may take."""


class DeskClaims:
    """Asks on a thread of its own. ``connected`` gives the client; ``is_there`` says whether the desk was heard lately.

    An answer that comes too late is dropped: the pupil has begun, and the desk learns of it with the next beat.
    """

    def __init__(
        self, connected: Callable[[], "DeskClient"], is_there: Callable[[], bool], patience_s: float = PATIENCE_S
    ) -> None:
        self._connected, self._is_there, self._patience_s = connected, is_there, patience_s

    def ask(self, check_code: str) -> "Claimed | None":
        """The desk's answer; None if it is away or does not answer in time."""
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

        try:
            answers.put(self._connected().claim(Claim(check_code=check_code)))
        except Exception:  # whatever it is, the kiosk goes by its pack; the link tells staff of what needs a person
            answers.put(None)
