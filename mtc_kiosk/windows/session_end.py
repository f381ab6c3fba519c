"""The end of a session on Windows: sign-out, shutdown, restart, or the console window closed by its cross.

None of these is a signal. A program with windows learns of them through a window, and Windows ends it as soon as the
window has answered, or after five seconds. So a hidden window in its own thread answers once the program is done.
"""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator

from mtc_kiosk.windows import calls

WINDOW_CLASS = "mtc_kiosk_session"
LONGEST_WAIT_S = 4.5
_CLOSE, _DESTROY, _MAY_THE_SESSION_END, _SESSION_ENDS = 0x0010, 0x0002, 0x0011, 0x0016
_BY_A_SIGNAL = frozenset((0, 1))  # Ctrl+C and Ctrl+Break, which Python makes signals of


if sys.platform == "win32":
    from ctypes import byref, wintypes

    class _Watch:
        """A hidden window and a handler of the console, both until closed."""

        def __init__(self, ask: Callable[[], None]) -> None:
            self._ask = ask
            self._done, self._ready = threading.Event(), threading.Event()
            self._window: int | None = None
            # The system keeps the addresses of both.
            self._procedure = calls.WINDOW_PROCEDURE(self._message)
            self._handler = calls.CONSOLE_HANDLER(self._console)
            calls.set_console_handler(self._handler, True)
            self._thread = threading.Thread(target=self._look, name="session end", daemon=True)
            self._thread.start()
            self._ready.wait(LONGEST_WAIT_S)

        def close(self) -> None:
            """The program is done: Windows waits no longer."""
            self._done.set()
            calls.set_console_handler(self._handler, False)
            if self._window is not None:
                calls.post_message(self._window, _CLOSE, 0, 0)
                self._thread.join(LONGEST_WAIT_S)

        def _end(self) -> None:
            self._ask()
            self._done.wait(LONGEST_WAIT_S)

        def _console(self, kind: int) -> bool:
            if kind in _BY_A_SIGNAL:
                return False
            self._end()
            return True

        def _message(self, window: int, number: int, word: int, details: int) -> int:
            if number == _MAY_THE_SESSION_END:
                return 1
            if number == _SESSION_ENDS:
                if word:  # 0 where another program kept the session
                    self._end()
                return 0
            if number == _DESTROY:
                calls.post_quit(0)
            return int(calls.default_procedure(window, number, word, details))

        def _look(self) -> None:
            """Make the window, which belongs to this thread, and answer its messages until it is closed."""
            program = calls.module_handle(None)
            made = calls.WindowClass(lpfnWndProc=self._procedure, hInstance=program, lpszClassName=WINDOW_CLASS)
            calls.register_class(byref(made))
            self._window = calls.create_window(0, WINDOW_CLASS, None, 0, 0, 0, 0, 0, None, None, program, None)
            self._ready.set()
            message = wintypes.MSG()
            while self._window is not None and calls.get_message(byref(message), None, 0, 0) > 0:
                calls.dispatch_message(byref(message))

    @contextlib.contextmanager
    def session_end(ask: Callable[[], None]) -> Iterator[None]:
        """Call ``ask`` from another thread when the session ends; Windows is kept waiting until this block is left."""
        watch = _Watch(ask)
        try:
            yield
        finally:
            watch.close()

else:

    @contextlib.contextmanager
    def session_end(_: Callable[[], None]) -> Iterator[None]:
        """Watch nothing: on this system the end of a session is a signal."""
        yield
