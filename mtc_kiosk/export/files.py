"""Write exports, each with what it must say about itself, or not at all."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mtc_kiosk.export.about import About, beside
from mtc_kiosk.store.home.whole_files import why_not_written, write_together


class NotWritten(OSError):
    """The file was not written and nothing has changed; the message is a sentence for people."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path


class NotMade(OSError):
    """A file was not made, as its temporary files cannot be written; the message is a sentence for people."""


def path_for(exports: Path, out: Path | None, name: str) -> Path:
    """The path for an export of this name: ``out``, which is a file or a folder, or else in ``exports``."""
    if out is None:
        return exports / name
    return out / name if out.is_dir() else out


def write_table(path: Path, content: bytes | Iterable[bytes], about: About) -> None:
    """Write a CSV file or a workbook, and beside it the text file about it; NotWritten."""
    _write_together({path: content, beside(path): about.to_text()})


def write_json(path: Path, about: About, content: Mapping[str, object]) -> None:
    """Write a JSON file that begins with ``about``; NotWritten."""
    _write_together({path: json_bytes(about, content)})


def json_bytes(about: About, content: Mapping[str, object]) -> bytes:
    """The bytes of a JSON file that begins with ``about``."""
    return (json.dumps({"about": about.to_json(), **content}, ensure_ascii=False, indent=2) + "\n").encode()


def write_json_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write a JSON file that comes in parts (``json_parts``); NotWritten."""
    _write_together({path: parts})


def json_parts(about: About, name: str, values: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """A JSON file that begins with ``about``, with a line for each of the values, made while they are read."""
    yield f'{{"about": {json.dumps(about.to_json(), ensure_ascii=False)},\n"{name}": ['.encode()
    between = "\n"
    for value in values:
        yield (between + json.dumps(value, ensure_ascii=False)).encode()
        between = ",\n"
    yield b"\n]}\n"


def write_page(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a page to print, which may be made while it is written; NotWritten."""
    _write_together({path: content})


def refuse_open_file(path: Path) -> None:
    """NotWritten if there is such a file and it may not be written now, as another program has it open."""
    if not path.is_file():
        return
    try:
        path.open("r+b").close()
    except OSError as problem:
        raise _not_written(problem, path) from problem


def _write_together(contents: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    try:
        write_together(contents)
    except OSError as problem:
        raise _not_written(problem, next(iter(contents))) from problem


def _not_written(problem: OSError, path: Path) -> NotWritten:
    if isinstance(problem, NotMade):
        return NotWritten(path, str(problem))
    return NotWritten(path, f"It cannot be written: {why_not_written(problem, path)}. Nothing was changed.")
