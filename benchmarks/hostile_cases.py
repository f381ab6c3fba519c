"""The files of ``benchmarks.hostile_files``: each makes a program that believes it run out of memory or time."""

import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.hostile_makers import OFFICE, Pieces, book, folder, sheet, sparse, text, times, wrapped

Make = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A file, the command it is given to, and the exit code that is right; ``FILE`` in the command is its path."""

    name: str
    file: str
    make: Make
    command: tuple[str, ...]
    code: int = 1
    most_said: int = 0


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
    book(path, {"xl/workbook.xml": wrapped(f'workbook xmlns:r="{OFFICE}"', inner)})


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


def _styles(count: int) -> Iterator[str]:
    style = '<xf numFmtId="0"><alignment horizontal="left"/><protection locked="1"/></xf>'
    yield from wrapped("styleSheet", ["<cellXfs>", *times(style, count), "</cellXfs>"])


def _attributes() -> Iterator[str]:
    yield "<row"
    yield from (f' a{number}=""' for number in range(4_000_000))
    yield "/>"


_IMPORT = ("pupils", "import", "FILE")
_CELL, _ROW_OF_STRINGS = '<c t="s"><v>0</v></c>', '<row><c t="s"><v>0</v></c></row>'
_HEADINGS = ("Surname", "Forename", "Date of Birth", "Sex", "UPN", "Year", *(f"Other {n}" for n in range(39)))
_HEADING_ROW = "<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(45)) + "</row>"
_WRONG_ROW = "<row>" + "".join(f'<c t="s"><v>{n + 45}</v></c>' for n in range(45)) + "</row>"
_NATIONAL = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN\n"
_ACCENTS = ",".join(["\u0301\u0316" * 2_495] * 6) + "\n"
_WRONG = ",".join(f"wrong{n}" for n in range(45)) + "\n"

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
    Case("as many styles as are read", "a.xlsx", _part("xl/styles.xml", lambda: _styles(57_000)), _IMPORT),
    Case("as many empty rows as are read", "a.xlsx", _sheet(lambda: times('<row ht="15"/>', 370_000)), _IMPORT),
    Case(
        "as many strings as are read",
        "a.xlsx",
        _strings(lambda: (f"<si><t>{n}</t></si>" for n in range(440_000))),
        _IMPORT,
    ),
    Case(
        "a workbook of 9,999 rows of 45 wrong cells",
        "a.xlsx",
        _strings(
            lambda: (f"<si><t>{text}</t></si>" for text in (*_HEADINGS, *(f"wrong{n}" for n in range(45)))),
            lambda: [_HEADING_ROW, *times(_WRONG_ROW, 9_999)],
        ),
        _IMPORT,
        most_said=20_000,
    ),
    Case("20 MB of newlines", "a.csv", lambda path: text(path, times("\n", 20_000_000)), _IMPORT),
    Case("20 MB of commas", "a.csv", lambda path: text(path, times(",", 20_000_000)), _IMPORT),
    Case("20 MB of small cells over lines", "a.csv", lambda path: text(path, times('"\nab",', 3_000_000)), _IMPORT),
    Case("one line of 100 MB", "a.csv", lambda path: text(path, times("x", 100_000_000)), _IMPORT),
    Case("one line of 20 MB", "a.csv", lambda path: text(path, times("x", 20_000_000)), _IMPORT),
    Case("NUL bytes", "a.csv", lambda path: sparse(path, 20_000_000), _IMPORT),
    Case("a quotation mark never closed", "a.csv", lambda path: text(path, ['"', *times("a,b\n", 4_900_000)]), _IMPORT),
    Case(
        "9,999 rows of 45 wrong cells",
        "a.csv",
        lambda path: text(path, [",".join(_HEADINGS), "\n", _WRONG * 9_999]),
        _IMPORT,
        most_said=20_000,
    ),
    Case(
        "accents on accents", "a.csv", lambda path: text(path, [_NATIONAL, *times(_ACCENTS, 300)]), _IMPORT, 1, 20_000
    ),
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
