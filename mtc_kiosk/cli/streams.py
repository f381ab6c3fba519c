"""Standard output and error that never break a command: whatever they are, a name can be written to them.

A stream in a code page shows the nearest letter, or a question mark. What could end a line, colour it or turn it round
is shown as a sign of its own. A reader that went away or a disk that is full costs the output, never the command.
"""

import codecs
import errno
import io
import os
import sys
import unicodedata
from contextlib import suppress
from typing import IO, TextIO

from mtc_kiosk.shown_text import SHOWN

NEAREST = "mtc_nearest"
"""The name under which Python knows what to do with a letter that an encoding lacks."""

_ALIKE = str.maketrans("ŁłĐđĦħıØøŒœÆæ‘’“”–—×", "LlDdHhiOoOoAa''\"\"--x")
_READER_LEFT = frozenset({errno.EPIPE, errno.EINVAL}) if os.name == "nt" else frozenset({errno.EPIPE})
_OUTPUT_LOST = "What the command says could not be written"


class Streams:
    """The standard streams of a command, made steady while it runs and put back behind it."""

    def __init__(self) -> None:
        _open_what_is_closed()
        self._before = (sys.stdout, sys.stderr)
        self._steady = (_steady(sys.stdout, 1), _steady(sys.stderr, 2))
        sys.stdout, sys.stderr = self._steady

    def end(self, code: int) -> int:
        """Write what is left, put the streams back; the exit code, 1 where what a finished command said was lost."""
        out, error = self._steady
        for stream in self._steady:
            with suppress(OSError, ValueError):
                stream.flush()
        lost = out.trouble if isinstance(out, SteadyText) else None
        if lost is not None and lost.errno not in _READER_LEFT:
            with suppress(OSError, ValueError):
                error.write(f"{_OUTPUT_LOST}: {(lost.strerror or 'the disk refuses').lower()}.\n")
                error.flush()
            code = code or 1
        sys.stdout, sys.stderr = self._before
        return code


class SteadyText(io.TextIOWrapper):
    """A text stream that takes every text."""

    def __init__(self, raw: io.RawIOBase, encoding: str) -> None:
        self._raw = _SteadyBytes(raw)
        super().__init__(io.BufferedWriter(self._raw), encoding=encoding, errors=NEAREST, line_buffering=True)

    @property
    def trouble(self) -> OSError | None:
        """Why bytes were lost, None where none were."""
        return self._raw.trouble

    def fileno(self) -> int:
        """The system's number of the stream; none on Windows, where click would write past it to the console."""
        if sys.platform == "win32":
            raise io.UnsupportedOperation("fileno")
        return super().fileno()

    def write(self, text: str) -> int:
        """Write a text, with a sign for each character that would act on the terminal."""
        return super().write(text.translate(SHOWN))

    def write_as_it_is(self, text: str) -> int:
        """Write what is meant to act on the terminal, such as a progress bar."""
        return super().write(text)


class AsItIs(io.TextIOBase):
    """A stream for what is meant to act on the terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # the base has a plain attribute
        """What the terminal reads."""
        return self._stream.encoding

    def write(self, text: str) -> int:
        """Write it, whatever it does."""
        write = self._stream.write_as_it_is if isinstance(self._stream, SteadyText) else self._stream.write
        return write(text)

    def flush(self) -> None:
        """Bring it to the terminal."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether there is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The system's number of the stream."""
        return self._stream.fileno()


class _SteadyBytes(io.RawIOBase):
    """Bytes on their way to the system; once it takes no more, the rest is dropped and ``trouble`` says why."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._stream = raw
        self.trouble: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int | None:
        view = memoryview(data)  # type: ignore[arg-type]  # whatever the buffer hands on is a buffer
        if self.trouble is None:
            try:
                return self._stream.write(view)
            except OSError as problem:
                self.trouble = problem
        return view.nbytes

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return self._stream.isatty()


def _steady(stream: TextIO, descriptor: int) -> TextIO:
    """The steady form of a standard stream; one that something else has put in its place is left alone."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is nothing between
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(raw, io.RawIOBase) or raw.fileno() != descriptor:
        return stream
    stream.flush()
    is_ascii = codecs.lookup(stream.encoding).name == "ascii"  # nobody's choice: a system that was set up for nothing
    return SteadyText(raw, "utf-8" if is_ascii else stream.encoding)


def _open_what_is_closed() -> None:
    """Put the null device where a standard stream is closed: a file opened later must not get its number."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> IO[str]:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it stays open for as long as the program runs


def _nearest(problem: UnicodeError) -> tuple[str, int]:
    """The letters without their accents for what an encoding lacks, or a question mark for each."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(map(_plain, problem.object[problem.start : problem.end])), problem.end


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(_ALIKE))
    return "".join(part if part.isascii() else "?" for part in parts if not unicodedata.combining(part)) or "?"


codecs.register_error(NEAREST, _nearest)
