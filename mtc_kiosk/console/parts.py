"""What a browser already shows of a page that asks again and again, so that only what has changed is sent.

Each part of such a page has an id and a value to be compared. The page names what it shows by a token, which the
console remembers for a while; one that it does not know gets every part.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping

MOST = 64
"""How many states are remembered, over all pages and readers."""


class SeenParts:
    """The states that browsers have seen lately; one for each app."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, Mapping[str, Hashable]] = OrderedDict()
        self._lock = threading.Lock()

    def token(self, parts: Mapping[str, Hashable]) -> str:
        """The name of a state; the same parts have the same name while the program runs."""
        name = f"{hash(tuple(parts.items())) & 0xFFFFFFFFFFFFFFFF:016x}"
        with self._lock:
            self._states[name] = parts
            self._states.move_to_end(name)
            while len(self._states) > MOST:
                self._states.popitem(last=False)
        return name

    def changed(self, token: str, parts: Mapping[str, Hashable]) -> tuple[str, ...]:
        """The parts that the browser with this token does not show as they are now."""
        with self._lock:
            seen = self._states.get(token, {})
        return tuple(name for name, value in parts.items() if name not in seen or seen[name] != value)
