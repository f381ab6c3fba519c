"""Strict Open XML workbooks, which Excel offers to save and openpyxl does not know: the same under other names.

Only the names of elements and relations differ (ISO/IEC 29500-1 and -4), so they are changed as each part is opened.
"""

import io
import re
import zipfile
from typing import IO, Literal

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_RELATIONS = "_rels/.rels"


def is_strict(packed: zipfile.ZipFile) -> bool:
    """Whether a workbook, looked through before, names its parts as strict ones do."""
    return _RELATIONS in packed.namelist() and _STRICT.search(packed.read(_RELATIONS)) is not None


class StrictWorkbook(zipfile.ZipFile):
    """A strict workbook whose parts read as those of the usual kind."""

    def open(
        self,
        name: str | zipfile.ZipInfo,
        mode: Literal["r", "w"] = "r",
        pwd: bytes | None = None,
        *,
        force_zip64: bool = False,
    ) -> IO[bytes]:
        """A part, with the usual names in it."""
        with super().open(name, mode, pwd, force_zip64=force_zip64) as part:
            return io.BytesIO(_STRICT.sub(_USUAL, part.read()))
