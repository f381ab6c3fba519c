"""The settings of the last start, cached in the home for their owner only.

If the settings files have not changed, a start takes them from here, without loading the YAML reader. If the cache is
wrong in any way, the files themselves are read; if it cannot be written, the next start reads them again.
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
"""The name of the cache in the home."""

LARGEST_KEPT = 8_000_000
"""Bytes: four settings files of the largest size come to less."""


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
    """Write the cache whole or not at all. A power cut that damages it costs the next start a moment."""
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # readable by its owner only
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
