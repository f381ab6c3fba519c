"""Reads ``access_arrangements.yaml`` again when it has changed, and keeps the last valid version.

It returns the mistakes with the version in force; the caller warns staff. It does not know the register.
"""

from pathlib import Path

from mtc_kiosk.config.arrangements import ArrangementsFile
from mtc_kiosk.config.mistakes import Mistake
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.plain_file import read_plain


class ArrangementsWatch:
    """Watches one file; ``last`` is its first valid version, read from the bytes ``seen``."""

    def __init__(self, path: Path, last: ArrangementsFile, seen: bytes | None = None) -> None:
        self._path = path
        self._last = last
        self._mistakes: tuple[Mistake, ...] = ()
        self._seen = seen

    def current(self) -> tuple[ArrangementsFile, tuple[Mistake, ...]]:
        """The version in force, and the mistakes in the file as it is now: none, or why an earlier version is in force.

        The bytes are compared, because a change within one tick of the file system's clock may keep time and size. They
        are parsed only if they differ.
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


# The reader is imported only once a file has changed.


def _read(written: bytes, name: str) -> tuple[ArrangementsFile | None, tuple[Mistake, ...]]:
    from mtc_kiosk.config.arrangements_file import read_arrangements  # noqa: PLC0415
    from mtc_kiosk.config.yaml_text import parse  # noqa: PLC0415

    return read_arrangements(parse(written, name))


def _unreadable(path: Path) -> tuple[Mistake, ...]:
    from mtc_kiosk.config.yaml_text import read  # noqa: PLC0415

    return read(path).mistakes
