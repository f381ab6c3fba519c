"""A memory stick that can be pulled out before any operation: the calls of the operating system fail from then on.

It wraps the calls of the operating system; no part of the program is replaced.
"""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

NEVER = 10**9
CALLS = ("open", "write", "fsync", "replace", "unlink", "scandir", "lstat", "stat")


class Stick:
    """A folder that is there until so many calls have been made on it."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root.mkdir()
        self.root, self.calls = root, 0
        self._pulled_at = NEVER
        self._files: set[int] = set()
        for name in CALLS:
            monkeypatch.setattr(os, name, self._through(name, getattr(os, name)))
        monkeypatch.setattr(io, "open", self._through("io.open", io.open))
        monkeypatch.setattr(os, "close", self._close(os.close))

    def pull_before(self, call: int) -> None:
        """Pull it out before this call, counted from now."""
        self.calls, self._pulled_at = 0, call

    def put_in(self) -> None:
        """Put it back."""
        self.calls, self._pulled_at = 0, NEVER

    @property
    def is_out(self) -> bool:
        """Whether it was pulled out."""
        return self.calls > self._pulled_at

    def _through(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if not self._is_here(arguments[0]):
                return real(*arguments, **named)
            self.calls += 1
            if self.is_out:
                return self._fail(name, real, arguments)
            done = real(*arguments, **named)
            if name == "open":
                self._files.add(done)
            return done

        return call

    def _close(self, real: Callable[[int], None]) -> Callable[[int], None]:
        """To let go of a file works without the stick too."""

        def call(descriptor: int) -> None:
            self._files.discard(descriptor)
            real(descriptor)

        return call

    def _is_here(self, what: Any) -> bool:
        if isinstance(what, int):
            return what in self._files
        return isinstance(what, str | Path) and Path(what).is_relative_to(self.root)

    def _fail(self, name: str, real: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if name == "write" and self.calls == self._pulled_at + 1:
            real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])  # half of it got there
        kind = errno.EIO if isinstance(arguments[0], int) else errno.ENOENT
        raise OSError(kind, os.strerror(kind))
