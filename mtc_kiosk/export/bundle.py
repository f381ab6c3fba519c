"""Exports as one file to download: what a file must say about itself goes with it, however it is saved.

A workbook and JSON hold it; a CSV file comes in a ZIP file with its text beside it. Alone, because a kiosk and the
commands write files (``export.files``) and need no ZIP.
"""

import io
import zipfile
from pathlib import PurePath

from mtc_kiosk.export.about import About

ZIP, XLSX, JSON = (
    "application/zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
)
"""The media types of downloads."""


def zip_with_about(name: str, content: bytes, about: About) -> bytes:
    """A ZIP file of an export and of the text about it, with the time that the text says."""
    made = about.made_at.timetuple()[:6]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, part in ((name, content), (f"{PurePath(name).stem}.about.txt", about.to_text())):
            info = zipfile.ZipInfo(entry, made)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o100600 << 16
            packed.writestr(info, part)
    return file.getvalue()
