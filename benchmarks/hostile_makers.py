"""Makes the files of ``benchmarks.hostile_cases`` piece by piece, so that making one takes no memory either."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = "application/xml"
PIECE = 100_000

Pieces = Iterable[str]


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
        "xl/workbook.xml": [f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{rows}</sheets></workbook>'],
        "xl/worksheets/sheet1.xml": sheet(["<row><c><v>1</v></c></row>"]),
        "xl/sharedStrings.xml": [f"<sst {MAIN}/>"],
        "xl/styles.xml": [f"<styleSheet {MAIN}/>"],
    }
    with zipfile.ZipFile(path, "w", kind) as packed:
        for name, pieces in {**plain, **parts}.items():
            with packed.open(zipfile.ZipInfo(name) if kind == zipfile.ZIP_STORED else _entry(name, kind), "w") as part:
                for piece in pieces:
                    part.write(piece.encode())


def sheet(rows: Pieces, behind: Pieces = ()) -> Iterator[str]:
    """The part of a sheet with these rows."""
    yield f"<worksheet {MAIN}><sheetData>"
    yield from rows
    yield "</sheetData>"
    yield from behind
    yield "</worksheet>"


def wrapped(element: str, inner: Pieces) -> Iterator[str]:
    """An element of a workbook around others."""
    yield f"<{element} {MAIN}>"
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
    inner = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _entry(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = kind
    return entry
