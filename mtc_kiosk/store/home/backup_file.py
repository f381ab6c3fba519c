"""The file of a backup: a zip with a manifest and a fixed set of parts, and nothing else.

It is written from memory and read into memory: no name in it is ever used as a path. What is read is not trusted:
names, sizes, hashes and the shape of the manifest are checked before any part is handed out.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.store.home.begun import DATABASE

FORMAT = 1
"""The version of this format; a change that an older program cannot read raises it."""

MANIFEST, PROGRAM, KEY = "manifest.json", "mtc_kiosk", "device.key"
CERTIFICATE = "desk_certificate.pem"
"""A desk's certificate and its key: a desk without it is one that its kiosks do not know."""

LARGEST_DATABASE, LARGEST_SETTINGS, LARGEST_OTHER = 1_000_000_000, 1_000_000, 200_000
"""Bytes. SQLite itself keeps no larger database in memory."""

MOST_PACKED = 100
"""The highest compression ratio allowed; that of a database is 3 to 20."""

_SLACK = 4_000_000
_ODD = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OverflowError)


class BackupRefused(ValueError):
    """The file is not a usable backup; the message is a sentence for people, ``code`` is for programs."""

    def __init__(self, sentence: str, code: str = "not_a_backup") -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself. ``made_at`` is UTC ISO 8601, ``device`` the fingerprint of the home's key."""

    made_at: str
    version: str
    made_up: bool
    device: str | None
    migrations: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Backup:
    """A backup in memory.

    ``parts`` are ``mtc.db``, ``config/NAME.yaml``, ``device.key`` and ``desk_certificate.pem``, as far as it has them.
    """

    manifest: Manifest
    parts: Mapping[str, bytes]

    @property
    def database(self) -> bytes:
        """The database, as a file of SQLite."""
        return self.parts[DATABASE]

    @property
    def settings(self) -> Mapping[str, bytes]:
        """The settings files by name."""
        return {name.removeprefix("config/"): part for name, part in self.parts.items() if name.startswith("config/")}

    @property
    def key(self) -> bytes | None:
        """The device's key, if the home had one."""
        return self.parts.get(KEY)

    @property
    def certificate(self) -> bytes | None:
        """The desk's certificate with its key, if the home had one."""
        return self.parts.get(CERTIFICATE)


def to_bytes(backup: Backup) -> bytes:
    """The backup as the content of one file."""
    manifest = {
        "program": PROGRAM,
        "format": FORMAT,
        **asdict(backup.manifest),
        "parts": {name: {"size": len(part), "sha256": _sha256(part)} for name, part in sorted(backup.parts.items())},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
        packed.writestr(_entry(MANIFEST), json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        for name, part in sorted(backup.parts.items()):
            packed.writestr(_entry(name), part)
    return file.getvalue()


def read_backup(path: Path, settings: tuple[str, ...]) -> Backup:
    """Read a file, and compare every part with its hash; BackupRefused, or OSError if it cannot be read.

    ``settings`` are the names of the settings files that a home may have.
    """
    return read_backup_bytes(read_plain(path, LARGEST_DATABASE + 1), settings)


def read_backup_bytes(content: bytes, settings: tuple[str, ...]) -> Backup:
    """The same from the bytes of a file."""
    if len(content) > LARGEST_DATABASE:
        raise BackupRefused("This file is larger than any backup.", "too_large")
    limits = {
        MANIFEST: LARGEST_OTHER,
        DATABASE: LARGEST_DATABASE,
        KEY: LARGEST_OTHER,
        CERTIFICATE: LARGEST_OTHER,
        **{f"config/{name}": LARGEST_SETTINGS for name in settings},
    }
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = _unpacked(packed, limits)
    except _TORN as problem:
        raise BackupRefused("This is not a backup of mtc-kiosk, or it is damaged or cut off.") from problem
    return _checked(parts)


def _unpacked(packed: zipfile.ZipFile, limits: Mapping[str, int]) -> dict[str, bytes]:
    """The parts, none larger than its limit; a name that is not one of ours, or comes twice, is refused."""
    parts: dict[str, bytes] = {}
    for entry in packed.infolist():
        if entry.filename not in limits:
            raise BackupRefused("This is not a backup of mtc-kiosk: there is something in it that no backup has.")
        if entry.filename in parts:
            raise BackupRefused("This is not a backup of mtc-kiosk: a part of it is there twice.")
        most = min(limits[entry.filename], entry.compress_size * MOST_PACKED + _SLACK)
        with packed.open(entry) as part:
            parts[entry.filename] = part.read(most + 1)
        if len(parts[entry.filename]) > most:
            raise BackupRefused("This is not a backup of mtc-kiosk: a part of it is larger than it can be.")
    return parts


def _checked(parts: dict[str, bytes]) -> Backup:
    try:
        said = json.loads(parts.pop(MANIFEST))
        if said["program"] != PROGRAM:
            raise ValueError(MANIFEST)
        if int(said["format"]) > FORMAT:
            raise BackupRefused("This backup was made by a newer mtc-kiosk. Install that version first.", "newer")
        manifest = _manifest(said)
        listed = {name: (int(part["size"]), str(part["sha256"])) for name, part in said["parts"].items()}
    except BackupRefused:
        raise
    except _ODD as problem:
        raise BackupRefused("This is not a backup of mtc-kiosk: it has no list of its parts.") from problem
    if listed != {name: (len(part), _sha256(part)) for name, part in parts.items()} or DATABASE not in parts:
        raise BackupRefused("This backup is damaged: its parts are not those that it lists.", "damaged")
    return Backup(manifest, parts)


def _manifest(said: Mapping[str, Any]) -> Manifest:
    device = said["device"]
    return Manifest(
        made_at=str(said["made_at"]),
        version=str(said["version"])[:LARGEST_OTHER],
        made_up=bool(said["made_up"]),
        device=str(device) if device is not None else None,
        migrations=tuple(map(str, said["migrations"])),
        counts={str(name): int(count) for name, count in said["counts"].items()},
    )


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a time of its own, for its owner only once it is unpacked."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100600 << 16
    return entry


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
