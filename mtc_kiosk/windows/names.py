"""Names of files and folders that Windows does not keep as they are written."""

from pathlib import PurePath

_DROPPED = {" ": "a space", ".": "a full stop"}


def what_is_dropped(path: PurePath) -> tuple[str, str] | None:
    """The first part of a path that ends in a space or a full stop, and in which of them; None where none does.

    Windows leaves both out, here and there: a folder is made under one name and then not found under the other.
    """
    for part in path.parts:
        if part[-1] in _DROPPED and part != path.anchor and part not in (".", ".."):
            return part, _DROPPED[part[-1]]
    return None
