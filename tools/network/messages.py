"""HTTP/1.1 messages as the bytes that they are, read from a stream one by one."""

import asyncio
import json
import random
import re
from dataclasses import dataclass

LARGEST_HEAD, LARGEST_BODY = 1 << 16, 64 << 20
_NO_BODY = ("1", "204", "304")


class NotHttp(OSError):
    """The bytes are no message of HTTP/1.1 with a length."""


@dataclass(frozen=True)
class Message:
    """One request or answer: its head, with the empty line at its end, and its body."""

    head: bytes
    body: bytes

    @property
    def raw(self) -> bytes:
        """All of it."""
        return self.head + self.body

    @property
    def words(self) -> tuple[str, str]:
        """The first two words of its first line: method and path, or version and status."""
        first, second, *_ = (*self.head.split(b"\r\n", 1)[0].decode("latin-1").split(" "), "", "")
        return first, second

    def with_host(self, host: str) -> "Message":
        """The same request with another ``Host``."""
        head = re.sub(rb"(?im)^host:[^\r\n]*", b"Host: " + host.encode(), self.head, count=1)
        return Message(head, self.body)

    def altered(self, chance: random.Random) -> "Message":
        """The same message with one bit of its body changed; without a body, of what the kiosk signed or signs with."""
        if self.body:
            return Message(self.head, _flipped(self.body, chance.randrange(len(self.body))))
        signed = [found.end() - 1 for found in re.finditer(rb"(?im)^x-mtc-[^\r\n]+", self.head)]
        return Message(_flipped(self.head, chance.choice(signed or [self.head.index(b" HTTP/") - 1])), b"")

    def verdict(self) -> str | None:
        """The verdict of the receipt that this answer is; None if it is none."""
        try:
            return str(json.loads(self.body)["receipt"]["verdict"])
        except (ValueError, KeyError, TypeError):
            return None


def _flipped(text: bytes, at: int) -> bytes:
    """The bytes with the lowest bit of one changed, which makes no letter or digit a control character."""
    return text[:at] + bytes([text[at] ^ 0x01]) + text[at + 1 :]


async def read_message(reader: asyncio.StreamReader, *, to: str = "") -> Message | None:
    """The next message, None at the end of the stream; ``to`` is the method that an answer belongs to.

    EOFError if the stream ends within a message.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as problem:
        if not problem.partial:
            return None
        raise
    except asyncio.LimitOverrunError as problem:
        raise NotHttp("The head is too long.") from problem
    return Message(head, await reader.readexactly(_length(head, to)))


def _length(head: bytes, method: str) -> int:
    is_answer, status = head.startswith(b"HTTP/"), head[9:12].decode("latin-1")
    if method == "HEAD" or (is_answer and status.startswith(_NO_BODY)):
        return 0
    if re.search(rb"(?im)^transfer-encoding:", head):
        raise NotHttp("The length of this message is not known beforehand.")
    found = re.search(rb"(?im)^content-length:[ \t]*(\d+)", head)
    if found is None and is_answer:
        raise NotHttp("An answer without a length.")
    length = int(found[1]) if found is not None else 0
    if length > LARGEST_BODY:
        raise NotHttp("The body is too long.")
    return length
