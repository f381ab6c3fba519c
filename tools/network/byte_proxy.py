"""A proxy of bytes: it passes connections on, and drops, delays, cuts and ends them without reading what they say."""

import asyncio
import random

from tools.network.event_loop import PIECE, EventLoop, Listener, abort, closed
from tools.network.faults import ByteFault, Fault, Faults

LONGEST_DELAY_S = 0.5
IN_A_PIECE = (ByteFault.DROPPED, ByteFault.DELAYED, ByteFault.CUT, ByteFault.TRUNCATED)


class ByteProxy:
    """Listens on ``port`` of ``host`` (0: any free one) and passes connections on to ``to``."""

    def __init__(
        self, loop: EventLoop, to: tuple[str, int], faults: Faults, *, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self._to, self._faults = to, faults
        self._listener = Listener(loop, self._pass_on, host, port)

    @property
    def port(self) -> int:
        """The port on which it listens."""
        return self._listener.port

    def away(self) -> None:
        """Let the network be away: every connection ends, and none can be made."""
        self._listener.away()

    def back(self) -> None:
        """Let the network be there again."""
        self._listener.back()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault, _ = self._faults.draw(ByteFault.REFUSED)
        if fault is not None:
            abort(writer)
            return
        there_reader, there_writer = await asyncio.open_connection(*self._to, limit=PIECE)
        both = [
            asyncio.ensure_future(self._pump(reader, there_writer)),
            asyncio.ensure_future(self._pump(there_reader, writer)),
        ]
        try:
            done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if any(one.exception() is not None or one.result() for one in done):
                abort(writer)
                abort(there_writer)
        finally:
            for one in both:
                one.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            await closed(there_writer)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> bool:
        """Pass one direction on until it ends; True if the connection is to be cut."""
        while piece := await source.read(1 << 16):
            fault, chance = self._faults.draw(*IN_A_PIECE)
            if fault is ByteFault.DROPPED:
                await _swallow(source)
                return True
            piece = await _spoilt(piece, fault, chance)
            sink.write(piece)
            await sink.drain()
            if fault in {ByteFault.CUT, ByteFault.TRUNCATED}:
                return fault is ByteFault.CUT
        return False


async def _swallow(source: asyncio.StreamReader) -> None:
    """Let nothing more through while the connection seems open, until its sender gives up."""
    while await source.read(1 << 16):
        pass


async def _spoilt(piece: bytes, fault: Fault | None, chance: random.Random) -> bytes:
    """What is left of a piece of the stream, after its delay if it has one."""
    if fault is ByteFault.DELAYED:
        await asyncio.sleep(chance.uniform(0.02, LONGEST_DELAY_S))
    if fault in {ByteFault.CUT, ByteFault.TRUNCATED}:
        return piece[: chance.randrange(len(piece))]
    return piece
