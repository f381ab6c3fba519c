"""Standard output and error on which any name can be printed, and which never break a command.

A letter that the stream's encoding lacks becomes the nearest one, or a question mark. A character that could end a
line, colour it or turn it round is shown as a visible sign. If the reader goes away or the disk is full, output is lost
and the command goes on.
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
"""The name of our error handler for a letter that an encoding lacks."""

_ALIKE = str.maketrans("ŁłĐđĦħıØøŒœÆæ‘’“”–—×", "LlDdHhiOoOoAa''\"\"--x")
_READER_LEFT = frozenset({errno.EPIPE, errno.EINVAL}) if os.name == "nt" else frozenset({errno.EPIPE})
_OUTPUT_LOST = "Part of the output was lost. The disk it goes to cannot be written:"


class Streams:
    """Replaces the standard streams with steady ones while a command runs."""

    def __init__(self) -> None:
        _open_what_is_closed()
        self._before = (sys.stdout, sys.stderr)
        self._steady = (_steady(sys.stdout, 1), _steady(sys.stderr, 2))
        sys.stdout, sys.stderr = self._steady

    def end(self, code: int) -> int:
        """Flush and restore the streams; return the exit code, 1 if output of a finished command was lost."""
        out, error = self._steady
        for stream in self._steady:
            with suppress(OSError, ValueError):
                stream.flush()
        lost = out.trouble if isinstance(out, SteadyText) else None
        if lost is not None and lost.errno not in _READER_LEFT:
            with suppress(OSError, ValueError):
                from mtc_kiosk.store.home.whole_files import what_is_wrong  # noqa: PLC0415 - seldom needed

                error.write(f"{_OUTPUT_LOST} {what_is_wrong(lost)}.\n")
                error.flush()
            code = code or 1
        sys.stdout, sys.stderr = self._before
        return code


class SteadyText(io.TextIOWrapper):
    """A text stream on which any text can be written."""

    def __init__(self, raw: io.RawIOBase, encoding: str) -> None:
        self._raw = _SteadyBytes(raw)
        super().__init__(io.BufferedWriter(self._raw), encoding=encoding, errors=NEAREST, line_buffering=True)

    @property
    def trouble(self) -> OSError | None:
        """The error that lost output; None if none was lost."""
        return self._raw.trouble

    def fileno(self) -> int:
        """The file descriptor; unsupported on Windows, where click would bypass this stream and use the console."""
        if sys.platform == "win32":
            raise io.UnsupportedOperation("fileno")
        return super().fileno()

    def write(self, text: str) -> int:
        """Write a text, with a visible sign for each character that would act on the terminal."""
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
        """The terminal's encoding."""
        return self._stream.encoding

    def write(self, text: str) -> int:
        """Write without replacing control characters."""
        write = self._stream.write_as_it_is if isinstance(self._stream, SteadyText) else self._stream.write
        return write(text)

    def flush(self) -> None:
        """Flush to the terminal."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Whether this is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The file descriptor."""
        return self._stream.fileno()


class _SteadyBytes(io.RawIOBase):
    """Raw output that, after a first error, drops the rest; ``trouble`` is that error."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._stream = raw
        self.trouble: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int | None:
        view = memoryview(data)  # type: ignore[arg-type]  # BufferedWriter passes a buffer
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
    """The steady form of a standard stream; a stream that something else has replaced is left alone."""
    buffer = getattr(stream, "buffer", None)
    raw = getattr(buffer, "raw", buffer)  # with PYTHONUNBUFFERED there is no buffer between
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(raw, io.RawIOBase) or raw.fileno() != descriptor:
        return stream
    stream.flush()
    is_ascii = codecs.lookup(stream.encoding).name == "ascii"  # a system without a locale, not a choice
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
    """Replace what an encoding lacks by letters without accents, or question marks."""
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    return "".join(map(_plain, problem.object[problem.start : problem.end])), problem.end


def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.translate(_ALIKE))
    return "".join(part if part.isascii() else "?" for part in parts if not unicodedata.combining(part)) or "?"


codecs.register_error(NEAREST, _nearest)
