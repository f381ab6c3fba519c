"""Values as any reader of the database can take them, whatever keyboards and clocks bring. It knows no table."""

from typing import Any

from mtc_kiosk.record.canonical import LARGEST_INT


def storable(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a fact as any reader can take it.

    A key may be called by half a character, and the clock of a PC that has been on for 104 days counts further than a
    number of JSON: the half is shown as U+FFFD, and the count begins again at 0.
    """
    return {name: _value(value) for name, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if type(value) is int and abs(value) > LARGEST_INT:
        return value % (LARGEST_INT + 1)
    return value


def in_ascii(value: object) -> str:
    """The text of anything, in ASCII, so that it takes what made the trouble."""
    return str(value).encode("ascii", "backslashreplace").decode()
