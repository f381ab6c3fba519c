"""Finds what ships with the program: fonts, sounds and the first configuration files.

In an installed copy they are inside the package, in a checkout beside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def asset(*parts: str) -> Path:
    """The path of a shipped file below ``assets/``; FileNotFoundError names it if it is missing."""
    return _find("assets", "assets", parts)


def shipped_config(*parts: str) -> Path:
    """The path of a shipped file below ``config/``, which a new home copies."""
    return _find("shipped_config", "config", parts)


def _find(installed: str, checkout: str, parts: tuple[str, ...]) -> Path:
    for root in (_PACKAGE / installed, _PACKAGE.parent / checkout):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    name = "/".join((checkout, *parts))
    raise FileNotFoundError(f"The program's own file {name} is missing. Install the program again.")
