"""Writes down files so that a person can read them in a diff: text as it is, cells of a workbook, parts of a backup."""

import difflib
import hashlib
import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from openpyxl import load_workbook

SHIPPED = Path(__file__).parents[2] / "config"
LONGEST = 16_000
"""How many bytes of a file are written down; of a longer page what can be read, else its size and its hash."""

_EMBEDDED = re.compile(rb"base64,([A-Za-z0-9+/=]{200,})")
"""A font in a page to print, of which the hash is written down."""

LEFT_OUT = ("mtc.db*", "*.lock", "device.key", "settings-kept.json")
"""The database is written down by itself, the locks are empty, and the key is the test's own. The settings kept for the
next start are a copy that may be deleted, known by what hangs on the PC."""


def visible(text: str) -> str:
    """A text in which every character that cannot be seen is written as an escape."""
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def files_in(root: Path) -> dict[str, bytes]:
    """Every file below a folder that is written down."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(path.match(pattern) for pattern in LEFT_OUT)
    }


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """What became of the files: new ones whole, changed ones by the lines that changed."""
    lines: list[str] = []
    for name in sorted({*before, *after}):
        if name not in after:
            lines.append(f"gone: {name}")
        elif name not in before:
            lines += [f"new: {name}", *(f"  | {line}" for line in content(name, after[name]))]
        elif before[name] != after[name]:
            lines += [f"changed: {name}", *(f"  {line}" for line in difference(name, before[name], after[name]))]
    return lines


def difference(name: str, before: bytes, after: bytes) -> list[str]:
    """The lines that changed, without those around them."""
    pair = (content(name, data, shipped=False) for data in (before, after))
    compared = list(difflib.unified_diff(*pair, n=0, lineterm=""))
    return [line for line in compared[2:] if not line.startswith("@@")]


def content(name: str, data: bytes, *, shipped: bool = True) -> list[str]:
    """The lines of a file; with ``shipped``, of a settings file that is as it ships, only that."""
    if name.endswith(".xlsx"):
        return workbook(data)
    if name.endswith(".zip") and is_zipfile(BytesIO(data)):
        return [f"[{part}]" for part in ZipFile(BytesIO(data)).namelist()]
    original = SHIPPED / Path(name).name
    if shipped and original.is_file() and original.read_bytes() == data:
        return ["(as it ships)"]
    data = _EMBEDDED.sub(lambda found: b"base64,(SHA-256 %s)" % _hash(found[1]).encode(), data)
    if len(data) > LONGEST and name.endswith(".html"):
        return page(data.decode("utf-8"))
    if len(data) > LONGEST:
        return [f"({len(data)} bytes, SHA-256 {_hash(data)})"]
    try:
        return [visible(line) for line in data.decode("utf-8").split("\n")]
    except UnicodeDecodeError:
        return [f"({len(data)} bytes, SHA-256 {_hash(data)})"]


def workbook(data: bytes) -> list[str]:
    """The cells of a workbook, sheet by sheet."""
    lines: list[str] = []
    for sheet in load_workbook(BytesIO(data)).worksheets:
        lines.append(f"[{sheet.title}]")
        for row in sheet.iter_rows():
            lines += [f"{cell.coordinate} {cell.value!r}" for cell in row if cell.value is not None]
    return lines


def page(text: str) -> list[str]:
    """What can be read on a page: a line for each block, with what each picture shows; without its style and tables."""
    text = re.sub('<(head|details)\\b.*?</\\1>|<section class="on-paper">.*?</section>', "", text, flags=re.DOTALL)
    text = re.sub('<svg[^>]*aria-label="([^"]*)".*?</svg>', r"[picture: \1]", text, flags=re.DOTALL)
    text = re.sub("<svg.*?</svg>", "", text, flags=re.DOTALL)
    blocks = re.sub(r"</(?:h\d|p|li|tr|caption|summary|dt|dd|aside)>", "\n", text.replace("\n", " "))
    cells = re.sub("</t[dh]><t[dh][^>]*>", " | ", blocks)
    lines = (" ".join(unescape(re.sub("<[^>]+>", "", line)).split()) for line in cells.split("\n"))
    return [visible(line) for line in lines if line]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
