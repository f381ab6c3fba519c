"""Imports modules in a thread of its own, while the window system or a person takes time anyway."""

import contextlib
import gc
import importlib
import threading
from collections.abc import Sequence


def import_beside(names: Sequence[str]) -> None:
    """Begin to import these modules; who imports one of them meanwhile waits for it, as Python has it."""
    threading.Thread(target=_import_all, args=(names,), name="imports").start()


def _import_all(names: Sequence[str]) -> None:
    gc.disable()  # an import makes much and drops nothing
    try:
        with contextlib.suppress(Exception):  # whoever needs it meets the same, where it can be said
            for name in names:
                importlib.import_module(name)
    finally:
        gc.enable()
