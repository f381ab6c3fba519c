"""The staff passcode: hash it, check it, and write the hash into a settings file. The passcode is never stored."""

import hashlib
import hmac
import os
import re
import secrets
import shutil
from pathlib import Path

from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.plain_file import read_plain

SETTING = "staff_passcode"

SHORTEST_PASSCODE, LONGEST_PASSCODE = 6, 64
"""In characters."""

HASH = re.compile(r"scrypt\$(16384|32768|65536)\$(8)\$([1-4])\$([0-9a-f]{32})\$([0-9a-f]{64})")
"""``scrypt$N$r$p$salt$key``: the cost numbers of RFC 7914, then 16 and 32 bytes in hexadecimal."""

_LINE = re.compile(rb"""^(\xef\xbb\xbf)?["']?%s["']? *:[^\r\n]*""" % SETTING.encode(), re.MULTILINE)
"""The line of the setting, with a byte order mark before it or not."""

_COST, _BLOCK, _LANES = 16384, 8, 1
_MEMORY = 128 * 1024 * 1024


def is_allowed(passcode: str) -> bool:
    """Whether it may be a passcode: neither too short nor too long, and each character can be seen or is a space."""
    return SHORTEST_PASSCODE <= len(passcode) <= LONGEST_PASSCODE and passcode.isprintable()


def hashed(passcode: str, salt: bytes | None = None) -> str:
    """The text form of the passcode's hash; ``salt`` is 16 bytes, random if not given."""
    salt = secrets.token_bytes(16) if salt is None else salt
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${_key(passcode, _COST, _BLOCK, _LANES, salt).hex()}"


def matches(passcode: str, kept: str) -> bool:
    """Whether the hash ``kept`` (in its text form) is of this passcode; takes some 50 ms for any passcode."""
    parts = HASH.fullmatch(kept)
    if parts is None:
        return False
    cost, block, lanes = (int(number) for number in parts.groups()[:3])
    key = _key(passcode, cost, block, lanes, bytes.fromhex(parts[4]))
    return hmac.compare_digest(key, bytes.fromhex(parts[5]))


def keep(path: Path, kept: str) -> None:
    """Write the hash into the settings file at ``path``, whole or not at all; every other line stays as it is.

    OSError if the file cannot be read or written.
    """
    line = f"{SETTING}: {kept}".encode()
    written = read_plain(path, LARGEST_FILE)
    changed, found = _LINE.subn(rb"\1" + line, written)
    if not found:
        ending = b"\r\n" if b"\r\n" in written else b"\n"
        changed = written.rstrip() + ending + line + ending
    draft = path.with_name(f".{path.name}.new")  # hidden: after a power cut, no file may look like settings
    try:
        with draft.open("wb") as file:
            file.write(changed)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, draft)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _key(passcode: str, cost: int, block: int, lanes: int, salt: bytes) -> bytes:
    return hashlib.scrypt(passcode.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32)
