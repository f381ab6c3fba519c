"""``access_arrangements.yaml`` while the program runs: read again when it has changed, the last valid version kept.

It warns nobody itself: it hands over the mistakes with what still holds. It does not know who is on the register.
"""

from pathlib import Path

from mtc_kiosk.config.arrangements_file import ArrangementsFile, read_arrangements
from mtc_kiosk.config.mistakes import Mistake
from mtc_kiosk.config.yaml_text import LARGEST_FILE, parse, read
from mtc_kiosk.plain_file import read_plain


class ArrangementsWatch:
    """Watches one file; ``last`` is what it said when the program began, without a mistake."""

    def __init__(self, path: Path, last: ArrangementsFile) -> None:
        self._path = path
        self._last = last
        self._mistakes: tuple[Mistake, ...] = ()
        self._seen: bytes | None = None

    def current(self) -> tuple[ArrangementsFile, tuple[Mistake, ...]]:
        """What holds now, and the mistakes in the file as it now stands: none, or why an earlier version holds.

        The bytes themselves are compared, because a change within one tick of the file system's clock may leave time
        and size as they were; they are parsed only where they differ.
        """
        try:
            written = read_plain(self._path, LARGEST_FILE + 1)
        except OSError:
            self._seen = None
            self._mistakes = read(self._path).mistakes
            return self._last, self._mistakes
        if written != self._seen:
            self._seen = written
            now, self._mistakes = read_arrangements(parse(written, self._path.name))
            self._last = now if now is not None else self._last
        return self._last, self._mistakes
