"""Where a home may not be: on a network drive, or in a folder that a program copies to the internet.

SQLite's log needs memory shared between processes, and locks that work; a network drive has neither.
"""

import os
import re
import sys
from pathlib import Path

from mtc_kiosk.windows import calls
from mtc_kiosk.windows.names import what_is_dropped

_NETWORK_FILE_SYSTEMS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "sshfs", "davfs", "ncpfs", "afs", "coda"),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs"),
        *("9p", "vboxsf", "vmhgfs", "prl_fs"),  # a folder of the PC around this virtual one
    )
)
_NETWORK_PROGRAMS = frozenset(
    ("sshfs", "rclone", "s3fs", "davfs", "davfs2", "gvfsd-fuse", "curlftpfs", "glusterfs", "onedriver", "vmhgfs-fuse")
)
"""File systems that a program provides; the mount table calls them ``fuse.`` and the program's name."""

_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "com~apple~clouddocs",
    "cloudstorage",
    "nextcloud",
    "owncloud",
)
_DRIVE_REMOTE = 4
_OCTAL = re.compile(rb"\\([0-7]{3})")
_MOUNTS = Path("/proc/self/mountinfo")


def why_not_here(root: Path) -> str | None:
    """Why a folder cannot be a home, as a sentence; None if it can. Links are followed."""
    dropped = what_is_dropped(root) if sys.platform == "win32" else None
    if dropped is not None:
        part, end = dropped
        return f"The folder name '{part}' ends in {end}, which Windows drops. Choose another name with --home."
    real = Path(os.path.realpath(root))
    if any(part.casefold().startswith(_SYNCHRONISED) for path in (root, real) for part in path.parts):
        return (
            f"{root} is in a folder that is copied to the internet. Choose a folder that stays on this PC, with --home."
        )
    if _on_network(real):
        return (
            f"{root} is on a network drive, where a power cut can lose answers."
            " Choose a folder on this PC, with --home."
        )
    return None


def _on_network(real: Path) -> bool:
    if sys.platform == "win32":
        anchor = real.anchor
        return anchor.startswith("\\\\") or bool(calls.drive_type(anchor) == _DRIVE_REMOTE)
    return is_network(file_system(real))


def is_network(kind: str) -> bool:
    """Whether a file system of this type, as the mount table names it, is on another computer."""
    return kind in _NETWORK_FILE_SYSTEMS or kind.removeprefix("fuse.") in _NETWORK_PROGRAMS


def file_system(real: Path, mounts: Path = _MOUNTS) -> str:
    """The type of the file system that contains a path, from the longest mount point above it; "" if unknown."""
    try:
        lines = mounts.read_bytes().splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    for line in lines:
        before, _, after = line.partition(b" - ")
        # The table writes a space in a name as \040.
        point = Path(os.fsdecode(_OCTAL.sub(lambda octal: bytes([int(octal[1], 8)]), before.split()[4])))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), os.fsdecode(after.split()[0])
    return found
