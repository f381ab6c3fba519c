"""The files of ``benchmarks.hostile_files``: each makes a program that believes it run out of memory or time.

Made piece by piece, so that making one takes no memory either.
"""

import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = "application/xml"
PIECE = 100_000

Make = Callable[[Path], None]
Pieces = Iterable[str]


@dataclass(frozen=True)
class Case:
    """A file, the command it is given to, and the exit code that is right; ``FILE`` in the command is its path."""

    name: str
    file: str
    make: Make
    command: tuple[str, ...]
    code: int = 1
    most_said: int = 0


def times(text: str, count: int) -> Iterator[str]:
    """A text so many times, in pieces."""
    yield from [text * PIECE] * (count // PIECE)
    yield text * (count % PIECE)


def book(path: Path, parts: Mapping[str, Pieces], *, kind: int = zipfile.ZIP_DEFLATED, sheets: int = 1) -> None:
    """A workbook; ``parts`` take the place of those of a plain one."""
    rows = '<sheet name="Class" sheetId="1" r:id="rId1"/>' * sheets
    plain: dict[str, Pieces] = {
        "[Content_Types].xml": [
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="{_XML}"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
        ],
        "_rels/.rels": [_relations("officeDocument", "xl/workbook.xml")],
        "xl/_rels/workbook.xml.rels": [_relations("worksheet", "worksheets/sheet1.xml")],
        "xl/workbook.xml": [f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{rows}</sheets></workbook>'],
        "xl/worksheets/sheet1.xml": sheet(["<row><c><v>1</v></c></row>"]),
        "xl/sharedStrings.xml": [f"<sst {_MAIN}/>"],
        "xl/styles.xml": [f"<styleSheet {_MAIN}/>"],
    }
    with zipfile.ZipFile(path, "w", kind) as packed:
        for name, pieces in {**plain, **parts}.items():
            with packed.open(zipfile.ZipInfo(name) if kind == zipfile.ZIP_STORED else _entry(name, kind), "w") as part:
                for piece in pieces:
                    part.write(piece.encode())


def sheet(rows: Pieces, behind: Pieces = ()) -> Iterator[str]:
    """The part of a sheet with these rows."""
    yield f"<worksheet {_MAIN}><sheetData>"
    yield from rows
    yield "</sheetData>"
    yield from behind
    yield "</worksheet>"


def wrapped(element: str, inner: Pieces) -> Iterator[str]:
    """An element of a workbook around others."""
    yield f"<{element} {_MAIN}>"
    yield from inner
    yield f"</{element.split(maxsplit=1)[0]}>"


def text(path: Path, pieces: Pieces) -> None:
    """A file of plain text."""
    with path.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode())


def sparse(path: Path, size: int) -> None:
    """A file of so many NUL bytes."""
    with path.open("wb") as file:
        file.truncate(size)


def folder(path: Path, files: int, size: int = 0) -> None:
    """A folder of so many files that are named like records."""
    path.mkdir()
    for number in range(files):
        sparse(path / f"check-{number:064x}.mtc", size)


def _relations(kind: str, target: str) -> str:
    inner = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _entry(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = kind
    return entry


def _sheet(rows: Callable[[], Pieces], behind: Callable[[], Pieces] = lambda: ()) -> Make:
    return lambda path: book(path, {"xl/worksheets/sheet1.xml": sheet(rows(), behind())})


def _strings(strings: Callable[[], Pieces], rows: Callable[[], Pieces] = lambda: ()) -> Make:
    def make(path: Path) -> None:
        parts = {
            "xl/sharedStrings.xml": wrapped("sst", strings()),
            "xl/worksheets/sheet1.xml": sheet(rows()),
        }
        book(path, parts)

    return make


def _part(name: str, pieces: Callable[[], Pieces]) -> Make:
    return lambda path: book(path, {name: pieces()})


def _names(path: Path) -> None:
    names = times('<definedName name="n">Class!$A$1</definedName>', 300_000)
    inner = ['<sheets><sheet name="Class" sheetId="1" r:id="rId1"/></sheets><definedNames>', *names, "</definedNames>"]
    book(path, {"xl/workbook.xml": wrapped(f'workbook xmlns:r="{_OFFICE}"', inner)})


def _lies(path: Path) -> None:
    """A part of 200 MB that says that it has ten bytes."""
    _sheet(lambda: times(" ", 2 * 10**8))(path)
    content = path.read_bytes()
    size = struct.pack("<L", zipfile.ZipFile(path).getinfo("xl/worksheets/sheet1.xml").file_size)
    path.write_bytes(content.replace(size, struct.pack("<L", 10)))


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(200_000):
            packed.writestr(zipfile.ZipInfo(str(number)), b"")


def _laughs() -> Iterator[str]:
    yield '<!DOCTYPE worksheet [<!ENTITY a0 "ha">'
    yield from (f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    yield "]>"
    yield from sheet(['<row><c t="inlineStr"><is><t>&a9;</t></is></c></row>'])


def _attributes() -> Iterator[str]:
    yield "<row"
    yield from (f' a{number}=""' for number in range(4_000_000))
    yield "/>"


_IMPORT = ("pupils", "import", "FILE")
_CELL, _ROW_OF_STRINGS = '<c t="s"><v>0</v></c>', '<row><c t="s"><v>0</v></c></row>'
_WRONG = ",".join(f"wrong{number}" for number in range(90)) + "\n"

CASES = (
    Case("empty cells", "a.xlsx", _sheet(lambda: ["<row>", *times("<c/>", 14_000_000), "</row>"]), _IMPORT),
    Case("empty rows", "a.xlsx", _sheet(lambda: times("<row/>", 9_000_000)), _IMPORT),
    Case("rows with a height", "a.xlsx", _sheet(lambda: times('<row ht="15"/>', 4_000_000)), _IMPORT),
    Case(
        "styles",
        "a.xlsx",
        _part("xl/styles.xml", lambda: wrapped("styleSheet", ["<cellXfs>", *times("<xf/>", 11_000_000), "</cellXfs>"])),
        _IMPORT,
    ),
    Case(
        "a row number of 1,000,000,000",
        "a.xlsx",
        _sheet(lambda: ['<row r="1000000000"><c><v>1</v></c></row>']),
        _IMPORT,
    ),
    Case("a far cell in each row", "a.xlsx", _sheet(lambda: times('<row><c r="XFD1"/></row>', 150_000)), _IMPORT),
    Case("a zip bomb", "a.xlsx", _sheet(lambda: times(" ", 10**9)), _IMPORT),
    Case("a zip bomb that lies about its size", "a.xlsx", _lies, _IMPORT),
    Case("200,000 parts", "a.xlsx", _many_parts, _IMPORT),
    Case("a part packed with LZMA", "a.xlsx", lambda path: book(path, {}, kind=zipfile.ZIP_LZMA), _IMPORT),
    Case(
        "1,000,000 shared strings",
        "a.xlsx",
        _strings(lambda: (f"<si><t>{n}</t></si>" for n in range(1_000_000))),
        _IMPORT,
    ),
    Case(
        "a long string in every cell",
        "a.xlsx",
        _strings(
            lambda: ["<si><t>", *times("x", 900_000), "</t></si>"], lambda: times(f"<row>{_CELL * 100}</row>", 3_000)
        ),
        _IMPORT,
    ),
    Case(
        "one text of 50 MB",
        "a.xlsx",
        _strings(lambda: ["<si><t>\U0001f600", *times("x", 50_000_000), "</t></si>"], lambda: [_ROW_OF_STRINGS]),
        _IMPORT,
    ),
    Case(
        "XML 4,000,000 deep",
        "a.xlsx",
        _sheet(lambda: [*times("<row>", 4_000_000), *times("</row>", 4_000_000)]),
        _IMPORT,
    ),
    Case("entities in entities", "a.xlsx", _part("xl/worksheets/sheet1.xml", _laughs), _IMPORT),
    Case("4,000,000 attributes", "a.xlsx", _sheet(_attributes), _IMPORT),
    Case(
        "5,000 sheets that are one",
        "a.xlsx",
        lambda path: book(path, {"xl/worksheets/sheet1.xml": sheet(times("<row/>", 100_000))}, sheets=5_000),
        _IMPORT,
    ),
    Case(
        "1,000,000 merged ranges",
        "a.xlsx",
        _sheet(
            lambda: ["<row><c><v>1</v></c></row>"],
            lambda: ["<mergeCells>", *times('<mergeCell ref="A1:XFD1048576"/>', 1_000_000), "</mergeCells>"],
        ),
        _IMPORT,
    ),
    Case("300,000 defined names", "a.xlsx", _names, _IMPORT),
    Case("20 MB of newlines", "a.csv", lambda path: text(path, times("\n", 20_000_000)), _IMPORT),
    Case("20 MB of commas", "a.csv", lambda path: text(path, times(",", 20_000_000)), _IMPORT),
    Case("20 MB of small cells over lines", "a.csv", lambda path: text(path, times('"\nab",', 3_000_000)), _IMPORT),
    Case("one line of 100 MB", "a.csv", lambda path: text(path, times("x", 100_000_000)), _IMPORT),
    Case("one line of 20 MB", "a.csv", lambda path: text(path, times("x", 20_000_000)), _IMPORT),
    Case("NUL bytes", "a.csv", lambda path: sparse(path, 20_000_000), _IMPORT),
    Case("a quotation mark never closed", "a.csv", lambda path: text(path, ['"', *times("a,b\n", 4_900_000)]), _IMPORT),
    Case("10,000 rows of 90 wrong cells", "a.csv", lambda path: text(path, [_WRONG * 10_000]), _IMPORT),
    Case("200 MB as a form", "a.csv", lambda path: text(path, times("2,3\n", 50_000_000)), ("try", "--form", "FILE")),
    Case(
        "200 MB as a form to check",
        "a.csv",
        lambda path: text(path, times("2,3\n", 50_000_000)),
        ("forms", "check", "FILE"),
    ),
    Case(
        "a record of 200 MB",
        "a.mtc",
        lambda path: text(path, ['{"content":{', *times("x", 200_000_000)]),
        ("verify", "FILE"),
    ),
    Case(
        "a record of {},{},",
        "a.mtc",
        lambda path: text(path, ['{"content":{"a":[', *times("{},", 5_500_000), "{}]}}\n\n"]),
        ("verify", "FILE"),
    ),
    Case(
        "a record of whole numbers",
        "a.mtc",
        lambda path: text(path, ['{"content":{"a":[', *times("9999,", 3_300_000), "1]}}\n\n"]),
        ("verify", "FILE"),
    ),
    Case(
        "a record 8,000,000 deep",
        "a.mtc",
        lambda path: text(path, ['{"content":{"a":', *times("[", 8_000_000), "\n\n"]),
        ("verify", "FILE"),
    ),
    Case(
        "a number of 16,000,000 digits",
        "a.mtc",
        lambda path: text(path, ['{"content":{"a":', *times("9", 16_000_000), "}}\n\n"]),
        ("verify", "FILE"),
    ),
    Case(
        "a folder of 100,000 files",
        "in",
        lambda path: folder(path, 100_000),
        ("sync", "receive", "FILE"),
    ),
    Case(
        "a folder of 50,000 files",
        "in",
        lambda path: folder(path, 50_000),
        ("sync", "receive", "FILE"),
        most_said=20_000,
    ),
    Case("a folder with a file of 10 GB", "in", lambda path: folder(path, 1, 10**10), ("sync", "receive", "FILE")),
)
