"""Names of files and folders that Windows changes."""

from pathlib import PurePath

_DROPPED = {" ": "a space", ".": "a full stop"}


def what_is_dropped(path: PurePath) -> tuple[str, str] | None:
    """The first part of a path that ends in a space or a full stop, and which; None if no part does.

    Windows drops both in some places: a folder is made under one name and then not found under the other.
    """
    for part in path.parts:
        if part[-1] in _DROPPED and part != path.anchor and part not in (".", ".."):
            return part, _DROPPED[part[-1]]
    return None
