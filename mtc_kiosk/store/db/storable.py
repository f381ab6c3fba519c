"""Make values storable, so that any reader of the database can take them, whatever keyboards and clocks deliver."""

from typing import Any

from mtc_kiosk.record.canonical import LARGEST_INT


def storable(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a fact in a form that any reader can take.

    A key's name may contain half a character (an unpaired surrogate), which becomes U+FFFD. The clock of a PC that has
    been on for 104 days exceeds the numbers of JSON, and starts again at 0.
    """
    return {name: _value(value) for name, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if type(value) is int and abs(value) > LARGEST_INT:
        return value % (LARGEST_INT + 1)
    return value


def in_ascii(value: object) -> str:
    """The text of anything, in ASCII, so that it can always be stored."""
    return str(value).encode("ascii", "backslashreplace").decode()
