"""A sheet of XlsxWriter that takes whole rows, several times as fast as the library takes cells.

Alone, because it is slow to import and only a workbook needs it. A table repeats its values: the pupil's name in each
of 25 rows, "keyboard" in most. The library writes each distinct value once; in another cell only the address differs.
``tests/export/test_row_sheet.py`` compares the file with the library's own, byte by byte.
"""

import contextlib
import html
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TextIO

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from mtc_kiosk.export.table import Cell, as_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_KEPT = 20_000
"""How many distinct values are kept at most."""
_END = "</row>"

_Known = tuple[str, int]
"""A cell after its address, as it is in the file, and how long its text is."""


class RowSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet of a workbook in ``constant_memory`` mode."""

    fh: TextIO

    def write_rows(
        self, top: int, rows: Iterable[tuple[Cell, ...]], formats: Mapping[type, "Format"]
    ) -> tuple[int, list[int]]:
        """Write rows below what is there, from the line ``top`` on; ``formats`` are by the type of a value.

        None and an empty text are empty cells. Return the line below the rows, and the length of the longest text in
        each column, [] without rows.
        """
        self._write_single_row(top)
        line, letters = top, [""]
        longest: list[int] = []
        known: dict[type, dict[Cell, _Known]] = defaultdict(dict)
        for row in rows:
            if not longest:
                longest = [0] * len(row)
                letters = [f'<c r="{xl_col_to_name(place)}' for place in range(len(row))]
            number = str(line + 1)
            cells = [f'<row r="{number}">']
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                kept = known[type(value)]
                try:
                    cell, length = kept[value]
                except KeyError:
                    if len(kept) == _KEPT:
                        kept.clear()
                    cell, length = kept[value] = self._known(line, value, formats)
                cells += letters[place], number, cell
                longest[place] = max(longest[place], length)
            if len(cells) > 1:
                self.fh.write("".join((*cells, _END)))
                self.previous_row = line
                self._check_dimensions(line, len(row) - 1)
            line += 1
        return line, longest

    def let_go(self) -> None:
        """Close the sheet's files, whatever became of it. A full disk cannot take what was left to write."""
        for file in (self.fh, self.row_data_fh):
            with contextlib.suppress(OSError):
                file.close()

    def _known(self, line: int, value: Cell, formats: Mapping[type, "Format"]) -> _Known:
        """Let the library write the value into a cell of this line, and keep what comes after the address."""
        rows, self.fh = self.fh, io.StringIO()
        self.previous_row = line
        if isinstance(value, str):
            self.write_string(line, 0, plain(value))
        elif isinstance(value, date):
            self.write_datetime(line, 0, value, formats[type(value)])
        else:
            self.write_number(line, 0, value, formats.get(type(value)))
        self._write_single_row(line + 1)
        written, self.fh = self.fh.getvalue(), rows
        address = f'r="A{line + 1}'
        start = written.index(address) + len(address)
        return written[start:].removesuffix(_END), len(as_text(value))


def plain(text: str) -> str:
    """The text, to be shown as it is: XlsxWriter copies ``<r>...</r>`` into a sheet as formatted text of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{html.escape(text, quote=False)}</t></r>'
    return text
