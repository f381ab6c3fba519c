"""Looks through a workbook before it is read, so that reading it takes a bounded time and memory whatever is in it.

Each part is unpacked and passed over piece by piece, and nothing of it is kept. What a part holds is estimated in
microseconds of openpyxl's time, measured for each kind of element; a class list of 10,000 pupils with 40 columns needs
a half of what is allowed. A part that is no XML is passed over: openpyxl cannot read it either.
"""

import zipfile
from pyexpat import ParserCreate
from xml.parsers.expat import ExpatError

from mtc_kiosk.class_list.limits import LARGEST_UNPACKED, MOST_TEXT, NotAClassListFile

MOST_PARTS = 5_000
MOST_SHEETS = 200
LAST_ROW = 1_048_576
"""Excel's own last row."""

MOST_WORK_US = 4_500_000
_WORK_US = {"row": 12, "c": 4, "is": 8, "si": 9, "t": 1, "v": 1, "f": 1}
_WORK_OF_OTHERS_US = 26
_MISSING_ROWS_A_US = 2
_WORK_OF_WIDTH_US = (0, 0, 40, 1_000)
"""What a row takes beside its cells, by the letters of its last column: missing cells are filled in before it."""
_DEEPEST, _MOST_ATTRIBUTES = 100, 64
_LONGEST_TAG, _LONGEST_TEXT = 1_000_000, 1_000_000
_PIECE = 65_536
_ENTRY = b"PK\x01\x02"
_PACKED_AS_EXCEL_DOES = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1
_TOO_LARGE = "The workbook is too large. Copy the pupils and their headings into a new one and import that."
DAMAGED = "The file is damaged, or is not an Excel Workbook. Open it in Excel and save it again, or save it as CSV."


def refuse_many_parts(content: bytes) -> None:
    """NotAClassListFile for a zip file of more parts than a workbook has; before its list of them is read."""
    if content.count(_ENTRY) > MOST_PARTS:
        raise NotAClassListFile(_TOO_LARGE)


def refuse_hostile(packed: zipfile.ZipFile) -> None:
    """NotAClassListFile for a workbook that needs a password or more time, memory or depth than any class list does.

    ``zipfile`` unpacks no more than the sizes that the file declares.
    """
    parts = packed.infolist()
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise NotAClassListFile("The file has a password. Save it without one, or as CSV.")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotAClassListFile(_TOO_LARGE)
    if any(part.compress_type not in _PACKED_AS_EXCEL_DOES for part in parts):
        raise NotAClassListFile(DAMAGED)
    budget = _Budget()
    for part in parts:
        budget.spend_on(packed, part)


class _Budget:
    """What the parts of one workbook have used of what is allowed."""

    def __init__(self) -> None:
        self._work_us = 0
        self._text = 0
        self._sheets = 0
        self._depth = 0
        self._here = 0
        """How long the text is since the last tag."""
        self._row = self._letters = 0

    def spend_on(self, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Pass over one part; NotAClassListFile where it is too much."""
        parser = ParserCreate()
        parser.buffer_text = True
        # Newer parsers put off a long tag until much more is there, and would seem to be in one tag for all that time.
        getattr(parser, "SetReparseDeferralEnabled", lambda _: None)(False)
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._read
        parser.StartDoctypeDeclHandler = _refuse_document_type
        self._depth = self._here = self._row = fed = 0
        with packed.open(part) as opened:
            try:
                while piece := opened.read(_PIECE):
                    fed += len(piece)
                    parser.Parse(piece)
                    if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                        raise NotAClassListFile(DAMAGED)
            except ExpatError:
                return

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        self._here = 0
        self._depth += 1
        self._work_us += _WORK_US.get(kind, _WORK_OF_OTHERS_US)
        self._text += sum(map(len, attributes)) + sum(map(len, attributes.values()))
        if kind == "c":
            self._place(attributes)
        elif kind == "row":
            self._go_to_row(attributes)
        elif kind == "sheet":
            self._sheets += 1
        if self._work_us > MOST_WORK_US or self._text > MOST_TEXT or self._sheets > MOST_SHEETS:
            raise NotAClassListFile(_TOO_LARGE)
        if self._depth > _DEEPEST or len(attributes) > _MOST_ATTRIBUTES:
            raise NotAClassListFile(DAMAGED)

    def _end(self, _name: str) -> None:
        self._here = 0
        self._depth -= 1

    def _read(self, text: str) -> None:
        self._here += len(text)
        self._text += len(text)
        if self._here > _LONGEST_TEXT or self._text > MOST_TEXT:
            raise NotAClassListFile(_TOO_LARGE)

    def _place(self, attributes: dict[str, str]) -> None:
        """Count what the cells take that are missing before this one."""
        letters = len(attributes.get("r", "").rstrip("0123456789"))
        if letters > self._letters:
            self._letters = letters
            self._work_us += _WORK_OF_WIDTH_US[min(letters, len(_WORK_OF_WIDTH_US) - 1)]

    def _go_to_row(self, attributes: dict[str, str]) -> None:
        """Count what the rows take that are missing before this one."""
        written = attributes.get("r", "")
        if written and not (written.isdecimal() and len(written) <= len(str(LAST_ROW)) and int(written) <= LAST_ROW):
            raise NotAClassListFile(f"The workbook has a row beyond {LAST_ROW}, Excel's last. Save it again in Excel.")
        row = int(written) if written else self._row + 1
        self._work_us += max(0, row - self._row) // _MISSING_ROWS_A_US
        self._row, self._letters = row, 0


def _refuse_document_type(*_declared: object) -> None:
    raise NotAClassListFile(DAMAGED)
