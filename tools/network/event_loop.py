"""An event loop in a thread of its own, and a listener in it that can go away from the network and come back."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

T = TypeVar("T")
PATIENCE_S = 30.0
PIECE = 1 << 20
_LAST_CALLS_S, _LAST_ROUNDS = 0.02, 3  # for what asyncio itself still has to close


class EventLoop:
    """Runs coroutines for threads; ``with`` ends it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self.listeners: list[Listener] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for listener in self.listeners:
            listener.away()
        self.run(self._end_tasks())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end, from any other thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _end_tasks(self) -> None:
        """End every task, and those that handshakes still under way begin meanwhile."""
        for _ in range(_LAST_ROUNDS):
            await asyncio.sleep(
                _LAST_CALLS_S
            )  # a task cancelled before its first step would never close its connection
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class Serves(Protocol):
    """What a listener does with a connection, until it returns."""

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""


class Listener:
    """Listens on a port of ``host``; connections end when it goes ``away``, and none is made until it is ``back``."""

    def __init__(self, loop: EventLoop, serve: Serves, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        self._loop, self._serve, self._tls = loop, serve, tls
        self._host = host
        self._open: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}  # asyncio itself forgets its tasks
        self._server: asyncio.Server | None = None
        self.port = port
        loop.listeners.append(self)
        self.back()

    def away(self) -> None:
        """End every connection, and refuse new ones."""
        self._loop.run(self._stop())

    def back(self) -> None:
        """Take connections again, on the same port."""
        self._loop.run(self._start())

    async def _start(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._serve_one, self._host, self.port, ssl=self._tls, limit=PIECE, reuse_address=True
            )
            self.port = self._server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in tuple(self._open):
            abort(writer)

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        try:
            with contextlib.suppress(OSError, EOFError, ssl.SSLError, asyncio.CancelledError):
                await self._serve(reader, writer)
        finally:
            await closed(writer)
            del self._open[writer]


def abort(writer: asyncio.StreamWriter) -> None:
    """End a connection with a reset, so that whoever is at the other end notices a fault and no orderly end."""
    if not writer.transport.is_closing():
        held = writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()


async def closed(writer: asyncio.StreamWriter) -> None:
    """Close a connection in good order, if it is still open; but wait for no slow partner."""
    writer.close()
    try:
        await asyncio.wait_for(writer.wait_closed(), 0.5)
    except (OSError, TimeoutError, asyncio.CancelledError):
        writer.transport.abort()
