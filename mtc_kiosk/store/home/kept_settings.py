"""The settings of the last start, kept in the home beside its settings files, for its owner alone.

A start whose settings files are as they were takes them from here, without what reads settings files. Whatever is wrong
with what was kept, the files themselves are read; and where it cannot be kept, the next start reads them again.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from mtc_kiosk.config.kept import NotKept, digest, dumped, loaded
from mtc_kiosk.config.settings import FILES, Configuration
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.store.home.home import Home

KEPT = "settings-kept.json"
"""The file of the home that they are kept in."""

LARGEST_KEPT = 8_000_000
"""Bytes: four settings files as large as may be come to less."""


def configuration_at_start(home: Home) -> Configuration:
    """What the home's settings files say; ConfigMistakes with every mistake in them, as from ``load_all``."""
    try:
        written = {name: read_plain(home.config_dir / name, LARGEST_FILE + 1) for name in FILES}
    except OSError:
        return _read_files(home)
    digested, file = digest(written), home.root / KEPT
    with contextlib.suppress(OSError, NotKept):
        return loaded(read_plain(file, LARGEST_KEPT), digested, written)
    from mtc_kiosk.config.configuration import read_all  # noqa: PLC0415 - only where a file was changed

    configuration = read_all(written)
    content = dumped(configuration, digested)
    if content is not None and len(content) < LARGEST_KEPT:
        with contextlib.suppress(OSError):  # the next start only takes longer
            _keep(file, content)
    return configuration


def _read_files(home: Home) -> Configuration:
    from mtc_kiosk.config.configuration import load_all  # noqa: PLC0415 - a file that cannot be read is refused

    return load_all(home.config_dir)


def _keep(file: Path, content: bytes) -> None:
    """Put it in its place whole or not at all. A power cut that damages it costs the next start a moment, no more."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # for its owner alone
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
