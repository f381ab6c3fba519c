"""``access_arrangements.yaml`` while the program runs: read again when it has changed, the last valid version kept.

It warns nobody itself: it hands over the mistakes with what still holds. It does not know who is on the register.
"""

from pathlib import Path

from mtc_kiosk.config.arrangements import ArrangementsFile
from mtc_kiosk.config.mistakes import Mistake
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.plain_file import read_plain


class ArrangementsWatch:
    """Watches one file; ``last`` is what it said when the program began, without a mistake, in the bytes ``seen``."""

    def __init__(self, path: Path, last: ArrangementsFile, seen: bytes | None = None) -> None:
        self._path = path
        self._last = last
        self._mistakes: tuple[Mistake, ...] = ()
        self._seen = seen

    def current(self) -> tuple[ArrangementsFile, tuple[Mistake, ...]]:
        """What holds now, and the mistakes in the file as it now stands: none, or why an earlier version holds.

        The bytes themselves are compared, because a change within one tick of the file system's clock may leave time
        and size as they were; they are parsed only where they differ.
        """
        try:
            written = read_plain(self._path, LARGEST_FILE + 1)
        except OSError:
            self._seen = None
            self._mistakes = _unreadable(self._path)
            return self._last, self._mistakes
        if written != self._seen:
            self._seen = written
            now, self._mistakes = _read(written, self._path.name)
            self._last = now if now is not None else self._last
        return self._last, self._mistakes


# What reads a file is imported where there is something to read: a file as it was takes none of it.


def _read(written: bytes, name: str) -> tuple[ArrangementsFile | None, tuple[Mistake, ...]]:
    from mtc_kiosk.config.arrangements_file import read_arrangements  # noqa: PLC0415
    from mtc_kiosk.config.yaml_text import parse  # noqa: PLC0415

    return read_arrangements(parse(written, name))


def _unreadable(path: Path) -> tuple[Mistake, ...]:
    from mtc_kiosk.config.yaml_text import read  # noqa: PLC0415

    return read(path).mistakes
