"""A class list as CSV: commas, semicolons or tabs; UTF-8, UTF-16 or a Windows encoding; as Excel and others write it.

An encoding is told by its mark. Without one, a text that is right UTF-8 is UTF-8, and any other is Windows': measured
right on every kind that British schools send; what it cannot tell, staff can.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mtc_kiosk.class_list.limits import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, NotAClassListFile, Shape
from mtc_kiosk.school.class_list import Row
from mtc_kiosk.school.columns import ERRORS, known
from mtc_kiosk.school.next_step import Hint, NextStep, Step

ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "iso-8859-15": "iso8859_15",
    "mac": "mac_roman",
}
"""What staff may say of how a file is written, and what Python calls it."""

WINDOWS = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
_SAID_SEPARATOR = re.compile(r"sep=(.)(\r\n|\n|\r)", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
_BYTE_ORDER_MARK = "\ufeff"
_END_OF_DOS_FILE = "\x1a"
_NAMES_SHOWN = 5


@dataclass(frozen=True)
class CsvFile:
    """A CSV file. ``records`` are all its rows as written, empty ones too; ``head`` is a line ``sep=`` above them."""

    rows: tuple[Row, ...]
    notes: tuple[Hint, ...]
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str
    separator: str
    line_end: str
    head: str

    sheet = ""
    sheets: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """The ending of such a file's name."""
        return "csv"

    @property
    def read_as(self) -> str:
        """What staff say for the encoding that was used."""
        return next((name for name, codec in ENCODINGS.items() if self.encoding in (codec, f"{codec}-sig")), "")

    def with_errors(self, headings: int, errors: Mapping[int, str]) -> bytes:
        """The same file, in its own encoding and with its own separator, with a last column Errors."""
        width = max(map(len, self.records))
        named = self.records[self.lines.index(headings)]
        place = named.index(ERRORS) if ERRORS in named else width
        encoder = codecs.getincrementalencoder(self.encoding)("backslashreplace")
        written = [encoder.encode(self.head)]
        for line, record in zip(self.lines, self.records, strict=True):
            cells = list(record)
            if any(record):
                cells.extend([""] * (max(width, place + 1) - len(cells)))
                cells[place] = ERRORS if line == headings else errors.get(line, "")
            written.append(encoder.encode(_record(cells, self.separator) + self.line_end))
        return b"".join(written)


def read(content: bytes, encoding: str | None) -> CsvFile:
    """The rows of a text; NotAClassListFile where it is none, or no table."""
    text, used = _decoded(content, encoding)
    # Two programs may each have put a mark before the text, and files that were joined have marks inside.
    text = text.replace(_BYTE_ORDER_MARK, "").removesuffix(_END_OF_DOS_FILE)
    if _NOT_TEXT.search(text):
        raise NotAClassListFile(
            "This is neither text nor an Excel Workbook. In Excel save the list as CSV UTF-8 or as .xlsx."
        )
    said = _SAID_SEPARATOR.match(text)
    head = said[0] if said else ""
    body = text[len(head) :]
    separator = said[1] if said and said[1] in _SEPARATORS else _separator(body)
    records, lines = _records(body, separator, 2 if head else 1)
    rows = tuple(
        row
        for row in (Row(line, cells) for line, cells in zip(lines, records, strict=True) if any(cells))
        if not row.is_empty
    )
    if not rows:
        raise NotAClassListFile("The file is empty.")
    guessed = used == WINDOWS and encoding is None
    notes = _doubts(rows) if guessed else ()
    return CsvFile(rows, notes, records, lines, used, separator, _line_end(text), head)


def _decoded(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the encoding to write it in again."""
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    asked = ENCODINGS[encoding] if encoding is not None else None
    if asked is None:
        tried = (marked,) if marked is not None else ("utf-8", WINDOWS)
    else:
        tried = (marked,) if asked == "utf-8" and marked == "utf-8-sig" else (asked,)
    for name in tried:
        try:
            return content.decode(name), name
        except UnicodeDecodeError:
            continue
    raise NotAClassListFile(
        "The file's letters cannot be read. In Excel save it as CSV UTF-8 or as Excel Workbook (.xlsx).",
        NextStep(Step.SAY_ENCODING, tuple(ENCODINGS)),
    )


def readings(content: bytes) -> tuple[str, ...]:
    """The encodings that can be read from these bytes, each another text."""
    if any(content.startswith(mark) for mark, _ in _MARKS):
        return ()
    found: dict[str, str] = {}
    for name in ENCODINGS:
        # Without its mark, nearly any bytes would be some text or other in UTF-16.
        if name == "utf-16" and 0 not in content:
            continue
        try:
            text = _decoded(content, name)[0]
        except NotAClassListFile:
            continue
        if not _NOT_TEXT.search(text):
            found.setdefault(text, name)
    return tuple(found.values())


def _separator(text: str) -> str:
    """The separator that makes most headings known in one of the first lines; then the one that makes most cells."""

    def merit(separator: str) -> tuple[int, int]:
        parts = [_parts(line, separator) for line in text[:LONGEST_CELL].splitlines()[:10]]
        return max((known(cells, ()) for cells in parts), default=0), max(map(len, parts), default=0)

    return max(_SEPARATORS, key=merit)


def _parts(line: str, separator: str) -> Sequence[str]:
    return next(csv.reader([line], delimiter=separator), [])


def _records(text: str, separator: str, first: int) -> tuple[tuple[tuple[str, ...], ...], tuple[int, ...]]:
    """Every record and the line it begins at; records that hold nothing share what they are."""
    physical = _Lines(text)
    reader = csv.reader(physical, delimiter=separator, strict=True)
    records: list[tuple[str, ...]] = []
    lines: list[int] = []
    empty: dict[int, tuple[str, ...]] = {}
    shape, begins = Shape(), first
    try:
        for record in reader:
            held = next((place for place in range(len(record), 0, -1) if record[place - 1]), 0)
            records.append(tuple(record) if held else empty.setdefault(len(record), tuple(record)))
            lines.append(begins)
            begins = first + reader.line_num
            physical.begin()
            if held:
                shape.add(held, sum(map(len, record)))
            if len(records) > MOST_LINES:
                raise NotAClassListFile(f"The file has more than {MOST_LINES} lines: a class list is far shorter.")
            if any(len(cell) > LONGEST_CELL for cell in record):
                raise NotAClassListFile(_open_quote(lines[-1]))
    except csv.Error:
        raise NotAClassListFile(_open_quote(begins)) from None
    except _RecordTooLong:
        raise NotAClassListFile(
            f"Line {begins} is too long to be read: a quotation mark is not closed there, or this is not a class list."
        ) from None
    return tuple(records), tuple(lines)


class _RecordTooLong(Exception):
    """More text than a record of the most and longest cells has, before it has ended."""


class _Lines:
    """The lines of a text for ``csv.reader``, one at a time; _RecordTooLong where one record never seems to end."""

    def __init__(self, text: str) -> None:
        self._found = _LINE.finditer(text)
        self._used = 0

    def begin(self) -> None:
        """Note that a record has ended."""
        self._used = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._found)
        self._used += line.end() - line.start()
        if self._used > MOST_COLUMNS * LONGEST_CELL:
            raise _RecordTooLong
        return line[0]


def _record(cells: Sequence[str], separator: str) -> str:
    """One record without its line end; a cell is put in quotes for either character of any line end."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n")


def _open_quote(line: int) -> str:
    return f'Line {line}: a quotation mark (") is open or in the wrong place. Close it or delete it.'


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\r\n"


def _doubts(rows: Sequence[Row]) -> tuple[Hint, ...]:
    """A sentence to look at where letters with accents were read as Windows' and might be another system's."""
    accented = dict.fromkeys(cell.strip() for row in rows for cell in row.cells if not cell.isascii())
    if not accented:
        return ()
    examples = ", ".join(list(accented)[:_NAMES_SHOWN])
    return (
        Hint(
            f"The file's letters were read as Windows writes them: {examples}.",
            NextStep(Step.OTHER_ENCODING, tuple(ENCODINGS)),
        ),
    )
