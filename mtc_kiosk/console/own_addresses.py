"""Under which names and addresses other PCs reach this one."""

import socket
import sys

_NOWHERE = ("192.0.2.1", 9)
"""An address of nobody's (RFC 5737): to ask which way a packet would leave sends none."""

_OF_INTERFACE = 0x8915
"""Linux's SIOCGIFADDR: the address of a network interface, from the 20th byte of the answer on."""


def own_addresses() -> tuple[str, ...]:
    """This PC's IPv4 addresses, that of its way out first; none that only it can reach."""
    found = [*_way_out(), *_of_interfaces(), *_of_name()]
    return tuple(dict.fromkeys(one for one in found if not one.startswith(("127.", "0.", "169.254."))))


def own_names() -> tuple[str, ...]:
    """This PC's name, and its name where PCs find each other without a server; in small letters."""
    name = socket.gethostname().lower().removesuffix(".local")
    return (name, f"{name}.local") if name and name != "localhost" else ()


def _way_out() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_NOWHERE)
        except OSError:
            return []
        return [asking.getsockname()[0]]


def _of_name() -> list[str]:
    """What the system knows under this PC's name: on Windows, every address."""
    try:
        return [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def _of_interfaces() -> list[str]:
    if sys.platform != "linux":
        return []
    import fcntl  # noqa: PLC0415 - Linux alone has it in this form

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(asking.fileno(), _OF_INTERFACE, name.encode().ljust(256, b"\0"))
            except OSError:
                continue  # an interface without an address
            found.append(socket.inet_ntoa(answer[20:24]))
    return found
