"""Imports modules in a separate thread, while the window system or a person takes time anyway."""

import contextlib
import gc
import importlib
import threading
from collections.abc import Sequence


def import_beside(names: Sequence[str]) -> None:
    """Begin to import these modules; other importers of one wait for it, as always in Python."""
    threading.Thread(target=_import_all, args=(names,), name="imports").start()


def _import_all(names: Sequence[str]) -> None:
    gc.disable()  # an import allocates much and frees nothing
    try:
        with contextlib.suppress(Exception):  # whoever needs the module gets the same error, and reports it
            for name in names:
                importlib.import_module(name)
    finally:
        gc.enable()
