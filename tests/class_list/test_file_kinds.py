"""Files that are no class list are named for what they are, whatever their names end in."""

import io
import zipfile
from collections.abc import Mapping

import pytest

from mtc_kiosk.class_list.limits import NotAClassListFile
from mtc_kiosk.class_list.read import read_class_list_file
from tests.school.made_up import AMY, HEADINGS

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TABLE = "<table><tr><td>Surname</td></tr></table>"
DOCUMENT = b"application/vnd.oasis.opendocument."


def refusal(content: bytes) -> str:
    """The sentences of the refusal."""
    with pytest.raises(NotAClassListFile) as refused:
        read_class_list_file(content)
    return str(refused.value)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return content.getvalue()


def old(*streams: str) -> bytes:
    """A file of an old Office program with these streams, as its directory names them."""
    return OLD_OFFICE + b"".join(f"{name}\0".encode("utf-16-le") + bytes(64) for name in streams)


@pytest.mark.parametrize(
    ("content", "kind", "what_to_do"),
    [
        (b"%PDF-1.7\n\x00\x01", "a PDF", "Export the list"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "Export the list"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture", "Export the list"),
        (b"\x00\x00\x00\x18ftypheic", "a picture", "Export the list"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a picture", "Export the list"),
        (b"{\\rtf1\\ansi Surname", "a text document (.rtf)", "Copy its table"),
        (b"\x1f\x8b\x08\x00", "a compressed file (.gz)", "Extract"),
        (b"Rar!\x1a\x07\x00", "a compressed file (.rar)", "Extract"),
        (b"SQLite format 3\x00", "a database", "Export the list"),
        (b"\x00\x01\x00\x00Standard ACE DB", "an Access database", "Export the list"),
        (old("Workbook"), "an Excel file of the old kind (.xls)", "save it as Excel Workbook (.xlsx)"),
        (old("Book"), "an Excel file of the old kind (.xls)", "save it as Excel Workbook (.xlsx)"),
        (old("EncryptionInfo", "EncryptedPackage"), "has a password", "remove the password"),
        (old("WordDocument", "Workbook"), "a Word document of the old kind (.doc)", "Copy its table"),
        (old("__properties_version1.0"), "a document of an old Office program", "Copy its table"),
        (packed({"word/document.xml": b""}), "a Word document (.docx)", "Copy its table"),
        (packed({"ppt/presentation.xml": b""}), "a PowerPoint presentation (.pptx)", "Copy its table"),
        (packed({"xl/workbook.bin": b""}), "an Excel Binary Workbook (.xlsb)", "save it as Excel Workbook (.xlsx)"),
        (packed({"mimetype": DOCUMENT + b"spreadsheet"}), "an OpenDocument spreadsheet (.ods)", "LibreOffice"),
        (packed({"mimetype": DOCUMENT + b"text"}), "not a spreadsheet", "Copy its table"),
        (packed({"Index/Document.iwa": b""}), "Apple Numbers", "File, Export To, Excel"),
        (packed({"Index.zip": b""}), "Apple Numbers", "File, Export To, Excel"),
        (packed({"photo.jpg": b"x"}), "a zip file", "Extract the list"),
        (packed({"class.xlsx": b"x"}), "a zip file", "Extract the list"),
        (f"<html>{TABLE}</html>".encode(), "a web page", "call it .xls"),
        (TABLE.encode(), "a web page", "save it as Excel Workbook (.xlsx)"),
        (f"<style>td {{}}</style>{TABLE}".encode(), "a web page", "call it .xls"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "a web page", "call it .xls"),
        (f"<HTML>{TABLE}".encode("utf-16"), "a web page", "call it .xls"),
        (f'<?xml version="1.0"?><html>{TABLE}</html>'.encode(), "a web page", "call it .xls"),
        (b"MIME-Version: 1.0\r\n", "a web page", "call it .xls"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an XML Spreadsheet of Excel 2003",
            "save it as Excel Workbook (.xlsx)",
        ),
        (b'<?xml version="1.0"?><CTfile/>', "Common Transfer File", "Export the list"),
        (b'{"url": "https://docs.google.com/open?id=x"}', "a shortcut to a Google sheet", "Download"),
    ],
)
def test_a_file_is_named_for_what_it_is(content: bytes, kind: str, what_to_do: str) -> None:
    """With the way to one that is read."""
    said = refusal(content)
    assert kind in said
    assert what_to_do in said


@pytest.mark.parametrize("first", ["<b", "<Surname>", "{", "MIME", "GIF", "Rar", "II", "RIFF", "7z", "%PDF"])
def test_a_list_that_begins_a_little_like_another_kind_is_read(first: str) -> None:
    """Its first heading may be anything."""
    rows = read_class_list_file(f"{first},{HEADINGS}\n1,{AMY}\n".encode()).rows
    assert [row.cells[0] for row in rows] == [first, "1"]


def test_a_damaged_zip_is_damaged() -> None:
    """It began as a zip file, so it may have been a workbook."""
    assert "damaged" in refusal(b"PK\x03\x04 no zip at all")
