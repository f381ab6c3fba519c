"""Files that are no class list, named for what they are, with the way to one that is: whatever their names end in."""

import re
import zipfile

from mtc_kiosk.class_list.limits import NotAClassListFile

ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Open it in Excel and save it as Excel Workbook (.xlsx) or CSV."
_EXPORT = "Export the list from your school's system again, as Excel or CSV."
_COPY = "Copy its table into an empty Excel workbook, save that, and import it."
_EXTRACT = "Extract the list from it, then import that."
_PICTURE = f"This is a picture, not a list. {_EXPORT}"
_WEB_PAGE = f"This is a web page; some school systems write one and call it .xls. {_SAVE}"
_MAC_FILE = "This is an Apple Numbers or Pages file. In Numbers use File, Export To, Excel, and import that file."
_OLD_EXCEL = f"This is an Excel file of the old kind (.xls). {_SAVE}"
_LOCKED = (
    "This file has a password. Open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt with"
    " Password: empty the box), save it, and import it again."
)

_BY_FIRST_BYTES = (
    (b"%PDF-", f"This is a PDF, which has no rows and columns to read. {_EXPORT}"),
    (b"{\\rtf", f"This is a text document (.rtf). {_COPY}"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", f"This is a compressed file (.gz). {_EXTRACT}"),
    (b"7z\xbc\xaf\x27\x1c", f"This is a compressed file (.7z). {_EXTRACT}"),
    (b"Rar!\x1a\x07", f"This is a compressed file (.rar). {_EXTRACT}"),
    (b"SQLite format 3\x00", f"This is a database, not a list. {_EXPORT}"),
    (b"\x00\x01\x00\x00Standard ", f"This is an Access database, not a list. {_EXPORT}"),
    (b"MIME-Version:", _WEB_PAGE),
)
_INSIDE_OLD_OFFICE = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", f"This is a Word document of the old kind (.doc). {_COPY}"),
    ("Workbook", _OLD_EXCEL),
    ("Book", _OLD_EXCEL),
)
"""Names of streams, as the directory of such a file has them, the one that decides first."""

_INSIDE_ZIP = (
    ("word/document.xml", f"This is a Word document (.docx). {_COPY}"),
    ("ppt/presentation.xml", f"This is a PowerPoint presentation (.pptx). {_COPY}"),
    ("xl/workbook.bin", f"This is an Excel Binary Workbook (.xlsb). {_SAVE}"),
    ("index.apxl", _MAC_FILE),
    ("Index.zip", _MAC_FILE),
    ("Index/Document.iwa", _MAC_FILE),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_MIME_TYPE, _LONGEST_TYPE = "mimetype", 80
_CONTENT_TYPES = "[Content_Types].xml"
_LOOKED_AT = 2_000
_TAG = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div|tr)\b", re.IGNORECASE)
_UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def refuse_other_kinds(content: bytes) -> None:
    """NotAClassListFile for a file known to be of another kind; zip files are ``refuse_other_zips``'."""
    for first_bytes, sentence in _BY_FIRST_BYTES:
        if content.startswith(first_bytes):
            raise NotAClassListFile(sentence)
    if content.startswith(_OLD_OFFICE):
        raise NotAClassListFile(_old_office(content))
    if content[4:8] == b"ftyp" or (content.startswith(b"RIFF") and content[8:12] == b"WEBP"):
        raise NotAClassListFile("This is a picture or a film, not a list. " + _EXPORT)
    if sentence := _marked_up(_beginning(content)):
        raise NotAClassListFile(sentence)


def refuse_other_zips(packed: zipfile.ZipFile) -> None:
    """NotAClassListFile for a file of another kind than a workbook that is a zip file inside, as many kinds are."""
    names = frozenset(packed.namelist())
    for name, sentence in _INSIDE_ZIP:
        if name in names:
            raise NotAClassListFile(sentence)
    if _MIME_TYPE in names:
        with packed.open(_MIME_TYPE) as opened:
            kind = opened.read(_LONGEST_TYPE)
        if kind.startswith(_OPEN_DOCUMENT + b"spreadsheet"):
            raise NotAClassListFile(f"This is an OpenDocument spreadsheet (.ods). {_SAVE} LibreOffice can do that too.")
        if kind.startswith(_OPEN_DOCUMENT):
            raise NotAClassListFile(f"This is an OpenDocument file, but not a spreadsheet. {_COPY}")


def refuse_plain_zips(packed: zipfile.ZipFile) -> None:
    """NotAClassListFile for a zip file that holds no document of Office at all: somebody's compressed folder."""
    if _CONTENT_TYPES not in packed.namelist():
        raise NotAClassListFile(f"This is a zip file (a compressed folder), not an Excel Workbook. {_EXTRACT}")


def _old_office(content: bytes) -> str:
    for name, sentence in _INSIDE_OLD_OFFICE:
        if f"{name}\0".encode("utf-16-le") in content:
            return sentence
    return f"This is a document of an old Office program, not a list. {_COPY}"


def _beginning(content: bytes) -> str:
    """The first characters of a text, in whatever encoding tags can be read."""
    encoding = next((name for mark, name in _UTF_16 if content.startswith(mark)), "latin-1")
    text = content[: 2 * _LOOKED_AT].decode(encoding, "replace")
    return text.lstrip("\ufeff\u00ef\u00bb\u00bf \t\r\n")[:_LOOKED_AT]


def _marked_up(text: str) -> str:
    """What a text with tags is; "" for one without."""
    if text.startswith("{") and "docs.google.com" in text:
        return (
            "This is a shortcut to a Google sheet. Open the sheet, use File, Download, Microsoft Excel (.xlsx), and"
            " import that file."
        )
    if not text.startswith("<"):
        return ""
    if _TAG.search(text):
        return _WEB_PAGE
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return f"This is an XML Spreadsheet of Excel 2003. {_SAVE}"
    if text.startswith("<?xml"):
        return f"This is an XML file, such as a Common Transfer File. {_EXPORT}"
    return ""
