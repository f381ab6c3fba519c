"""Homes of made-up pupils: a file in them says so, and robots work in no others."""

from pathlib import Path

from mtc_kiosk.store.home import Home, open_home

MARK = "made-up-pupils.txt"
"""The file that marks a home as made up."""

_SAID = (
    "This folder was made by mtc-kiosk simulate. Every pupil in it is made up.\n"
    "Keep this file: without it, nothing tells these pupils from real ones.\n"
)


class NotMadeUp(ValueError):
    """The folder holds something, and robots did not put it there; the message is a sentence for a person."""


def is_made_up(root: Path) -> bool:
    """Whether the home in this folder is marked as made up."""
    return (root / MARK).is_file()


def open_made_up_home(path: Path) -> Home:
    """The made-up home in a folder: one that is marked, or an empty folder, which is marked from now on.

    NotMadeUp for any other folder, which is left as it is; HomeRefused where no home can be.
    """
    root = path.expanduser().absolute()
    if not is_made_up(root) and _holds_something(root):
        raise NotMadeUp(
            f"{root} is not empty and was not made by simulate: robots never go where real pupils may be."
            " Name an empty folder with --home."
        )
    home = open_home(root)
    if not is_made_up(root):
        (root / MARK).write_text(_SAID, encoding="utf-8", newline="\n")
    return home


def _holds_something(root: Path) -> bool:
    try:
        return root.is_dir() and any(root.iterdir())
    except OSError as problem:
        raise NotMadeUp(f"The folder {root} cannot be read: {problem.strerror}.") from problem
