"""A proxy of messages between kiosks and desk: it has the desk's certificate and key, reads all, and spoils some.

Kiosks cannot tell it from the desk, which no attacker without the key can be: so what it does to requests and receipts
has to be noticed by what they say themselves.
"""

import asyncio
import random
import ssl
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping

from tools.network.event_loop import PIECE, EventLoop, Listener, abort, closed
from tools.network.faults import Fault, Faults, MessageFault
from tools.network.messages import Message, NotHttp, read_message

LONGEST_DELAY_S = 0.5
LONGEST_OVERTAKING_S = 1.0
REMEMBERED = 200
SIGNED = ("/records/", "/pack")
"""Parts of the paths under which the desk signs what it answers: an alteration has to be noticed there."""


class Traffic:
    """What the desk was sent and what it answered. ``answers`` counts method, path without names, and status."""

    def __init__(self) -> None:
        self.answers: Counter[tuple[str, str, str]] = Counter()
        self.verdicts: Counter[str] = Counter()

    def note(self, request: Message, answer: Message) -> None:
        """Count one exchange."""
        method, path = request.words
        self.answers[method, _without_names(path), answer.words[1]] += 1
        verdict = answer.verdict() if method == "PUT" else None
        if verdict is not None:
            self.verdicts[verdict] += 1


class MessageProxy:
    """Listens for kiosks as if it were the desk, and asks the desk at ``to``.

    ``certificate`` and ``key`` are the desk's own, as PEM files.
    """

    def __init__(
        self,
        loop: EventLoop,
        to: tuple[str, int],
        certificate: str,
        key: str,
        faults: Faults,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._to, self._faults = to, faults
        self._context = trusting(certificate)
        self._older: deque[Message] = deque(maxlen=REMEMBERED)
        self._passed = asyncio.Event()
        self.traffic = Traffic()
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        self._listener = Listener(loop, self._serve, host, port, tls)

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

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        desk = _Connection(self._to, self._context)
        try:
            while (request := await read_message(reader)) is not None:
                answer = await self._answer(desk, request.with_host(f"{self._to[0]}:{self._to[1]}"))
                if answer is None:
                    abort(writer)
                    return
                writer.write(answer)
                await writer.drain()
                if desk.ended:
                    return
        except (NotHttp, EOFError, OSError):
            abort(writer)
        finally:
            await desk.close()

    async def _answer(self, desk: "_Connection", request: Message) -> bytes | None:
        """The answer as the kiosk is to have it, None if its connection is to be cut."""
        possible = [kind for kind in MessageFault if kind is not MessageFault.ANSWER_ALTERED or _is_signed(request)]
        fault, chance = self._faults.draw(*possible)
        if fault is None:
            return (await self._ask(desk, request)).raw
        return await _SPOILING[fault](self, desk, request, chance)

    async def _ask(self, desk: "_Connection", request: Message) -> Message:
        answer = await desk.ask(request)
        self.traffic.note(request, answer)
        self._older.append(request)
        self._passed.set()
        return answer

    async def _lose_request(self, _: "_Connection", __: Message, ___: random.Random) -> None:
        return None

    async def _lose_answer(self, desk: "_Connection", request: Message, _: random.Random) -> None:
        await self._ask(desk, request)

    async def _delay(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        await asyncio.sleep(chance.uniform(0.02, LONGEST_DELAY_S))
        return (await self._ask(desk, request)).raw

    async def _duplicate(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        """Send it twice at the same time, on two connections; the kiosk gets either answer."""
        other = _Connection(self._to, self._context)
        try:
            both = await asyncio.gather(self._ask(desk, request), self._ask(other, request))
        finally:
            await other.close()
        return chance.choice(both).raw

    async def _replay(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        """Send an older request of any kiosk again, and give its answer to no one."""
        older = chance.choice(self._older) if self._older else request
        await self._ask(desk, older)
        return (await self._ask(desk, request)).raw

    async def _overtake(self, desk: "_Connection", request: Message, _: random.Random) -> bytes:
        """Wait until another request has gone by, whosever it is."""
        self._passed.clear()
        try:
            await asyncio.wait_for(self._passed.wait(), LONGEST_OVERTAKING_S)
        except TimeoutError:
            self._faults.not_done(MessageFault.REORDERED)
        return (await self._ask(desk, request)).raw

    async def _truncate_request(self, desk: "_Connection", request: Message, chance: random.Random) -> None:
        await desk.send(request.raw[: chance.randrange(1, len(request.raw))])

    async def _truncate_answer(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        answer = await self._ask(desk, request)
        desk.ended = True
        return answer.raw[: chance.randrange(1, len(answer.raw))]

    async def _alter_request(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        return (await self._ask(desk, request.altered(chance))).raw

    async def _alter_answer(self, desk: "_Connection", request: Message, chance: random.Random) -> bytes:
        answer = await self._ask(desk, request)
        if not answer.body:
            self._faults.not_done(MessageFault.ANSWER_ALTERED)
            return answer.raw
        return answer.altered(chance).raw


_Spoils = Callable[[MessageProxy, "_Connection", Message, random.Random], Awaitable[bytes | None]]
_SPOILING: Mapping[Fault, _Spoils] = {
    MessageFault.REQUEST_LOST: MessageProxy._lose_request,
    MessageFault.ANSWER_LOST: MessageProxy._lose_answer,
    MessageFault.DELAYED: MessageProxy._delay,
    MessageFault.DUPLICATED: MessageProxy._duplicate,
    MessageFault.REPLAYED: MessageProxy._replay,
    MessageFault.REORDERED: MessageProxy._overtake,
    MessageFault.REQUEST_TRUNCATED: MessageProxy._truncate_request,
    MessageFault.ANSWER_TRUNCATED: MessageProxy._truncate_answer,
    MessageFault.REQUEST_ALTERED: MessageProxy._alter_request,
    MessageFault.ANSWER_ALTERED: MessageProxy._alter_answer,
}


class _Connection:
    """One connection to the desk, made when it is needed, and again if the desk has ended it meanwhile.

    With ``ended`` the kiosk's connection ends after this answer.
    """

    def __init__(self, to: tuple[str, int], context: ssl.SSLContext) -> None:
        self._to, self._context = to, context
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.ended = False

    async def ask(self, request: Message) -> Message:
        """Send a request and read its answer; EOFError if there is none."""
        await self.send(request.raw)
        assert self._reader is not None
        answer = await read_message(self._reader, to=request.words[0])
        if answer is None:
            raise EOFError
        if b"connection: close" in answer.head.lower():
            await self.close()
        return answer

    async def send(self, raw: bytes) -> None:
        """Send bytes."""
        if self._reader is None or self._reader.at_eof():
            await self.close()
            self._reader, self._writer = await asyncio.open_connection(*self._to, ssl=self._context, limit=PIECE)
        assert self._writer is not None
        self._writer.write(raw)
        await self._writer.drain()

    async def close(self) -> None:
        """End the connection."""
        if self._writer is not None:
            await closed(self._writer)
        self._reader = self._writer = None


def trusting(certificate: str) -> ssl.SSLContext:
    """TLS that trusts this certificate (PEM file) and no other, whatever the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(certificate)
    return context


def _is_signed(request: Message) -> bool:
    return any(part in request.words[1] for part in SIGNED)


def _without_names(path: str) -> str:
    head, _, name = path.partition("/records/")
    return f"{head}/records/NAME" if name else path
