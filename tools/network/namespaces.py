"""Hosts on this machine, each a network namespace of Linux, and between them a wire whose packets get lost.

The wire is ours, as the kernel's own emulation is missing on many machines: a TUN device for each host, and a thread
that carries packets from one to another. Namespaces and devices are new, and gone at the end; nothing else on the
machine can be reached through them. It takes root.
"""

import heapq
import ipaddress
import os
import select
import shutil
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tools.network.faults import Faults, PacketFault

DESK = "10.99.0.1"
"""The address of the first host; those of the others follow."""

LONGEST_DELAY_S = 0.2
_TUN = Path("/dev/net/tun")
_TUNSETIFF, _IFF_TUN_NO_PI = 0x400454CA, 0x1001
_LARGEST = 65_536
_LOOK_EVERY_S = 0.05


def why_not() -> str | None:
    """Why this machine cannot have such hosts; None if it can."""
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if os.geteuid() != 0:
        return "network namespaces take root"
    if shutil.which("ip") is None:
        return "network namespaces take the command ip (Debian: iproute2)"
    if not os.access(_TUN, os.R_OK | os.W_OK):
        return f"a wire between network namespaces takes {_TUN}"
    tried = subprocess.run(["ip", "netns", "add", _name("try")], capture_output=True, check=False)  # noqa: S603, S607
    if tried.returncode != 0:
        return "this machine does not let root make a network namespace"
    _ip("netns", "del", _name("try"))
    return None


class Hosts:
    """Hosts of these names, until the end of ``with``; ``away`` pulls their wires out, all or one host's."""

    def __init__(self, faults: Faults, names: Sequence[str] = ("desk", "room")) -> None:
        self._faults, self._names = faults, names
        self._devices: dict[bytes, int] = {}
        self._late: list[tuple[float, int, int, bytes]] = []
        self._count = 0
        self._away: frozenset[bytes] = frozenset()
        self._ended = False
        self._thread = threading.Thread(target=self._carry, name="wire", daemon=True)

    def __enter__(self) -> Self:
        for name in self._names:
            _ip("netns", "add", _name(name))
            address = self.address_of(name)
            self._devices[_packed(address)] = _tun_in(_name(name), f"mtc-{name}", address)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._ended = True
        if self._thread.ident is not None:
            self._thread.join()
        for device in self._devices.values():
            os.close(device)
        for name in self._names:
            subprocess.run(["ip", "netns", "del", _name(name)], check=False)  # noqa: S603, S607

    def address_of(self, name: str) -> str:
        """The address of a host."""
        return str(ipaddress.ip_address(DESK) + self._names.index(name))

    def command_at(self, host: str, command: Sequence[str]) -> list[str]:
        """A command that runs at one of the hosts."""
        return ["ip", "netns", "exec", _name(host), *command]

    def away(self, *names: str) -> None:
        """Lose every packet from and to these hosts; of all without a name."""
        self._away = frozenset(_packed(self.address_of(name)) for name in names or self._names)

    def back(self) -> None:
        """Carry packets again."""
        self._away = frozenset()

    def _carry(self) -> None:
        while not self._ended:
            now = time.monotonic()
            while self._late and self._late[0][0] <= now:
                _, _, device, packet = heapq.heappop(self._late)
                os.write(device, packet)
            next_s = min(_LOOK_EVERY_S, self._late[0][0] - now if self._late else _LOOK_EVERY_S)
            for ready in select.select([*self._devices.values()], [], [], max(0.0, next_s))[0]:
                self._pass_on(os.read(ready, _LARGEST))

    def _pass_on(self, packet: bytes) -> None:
        if packet[0] >> 4 != 4:  # IPv6 only looks for neighbours here
            return
        sender, to = packet[12:16], packet[16:20]
        device = self._devices.get(to)
        if device is None or self._away & {sender, to}:
            return
        fault, chance = self._faults.draw(*PacketFault)
        if fault is PacketFault.LOST:
            return
        if fault is PacketFault.DELAYED:
            self._count += 1
            late = time.monotonic() + chance.uniform(0.01, LONGEST_DELAY_S)
            heapq.heappush(self._late, (late, self._count, device, packet))
            return
        if fault is PacketFault.ALTERED:
            at = chance.randrange(len(packet))
            packet = packet[:at] + bytes([packet[at] ^ 1 << chance.randrange(8)]) + packet[at + 1 :]
        for _ in range(2 if fault is PacketFault.DUPLICATED else 1):
            try:
                os.write(device, packet)
            except OSError:  # the kernel takes no packet with an altered version
                return


def _tun_in(namespace: str, name: str, address: str) -> int:
    """A new TUN device in a namespace, with its address; the file through which its packets go."""
    import fcntl  # noqa: PLC0415 - Windows has none

    device = os.open(_TUN, os.O_RDWR)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", name.encode(), _IFF_TUN_NO_PI))
    os.set_blocking(device, False)
    _ip("link", "set", name, "netns", namespace)
    network = ipaddress.ip_network(f"{address}/24", strict=False)
    _ip("-n", namespace, "addr", "add", f"{address}/{network.prefixlen}", "dev", name)
    for each in (name, "lo"):
        _ip("-n", namespace, "link", "set", each, "up")
    return device


def _packed(address: str) -> bytes:
    """An address as it is in a packet."""
    return ipaddress.ip_address(address).packed


def _name(host: str) -> str:
    """A namespace of this process, so that two runs on one machine do not meet."""
    return f"mtc-{os.getpid()}-{host}"


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)  # noqa: S603, S607
