"""An export goes where it is wanted, whole and with what it must say about itself, or not at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mtc_kiosk.export.about import OWN_CHECK, About
from mtc_kiosk.export.files import NotWritten, path_for, write_json, write_table

ABOUT = About("Results", "Larkfield Primary", datetime(2027, 6, 7, 10, tzinfo=UTC), made_up=False)


def test_an_export_goes_to_the_homes_folder_a_folder_or_a_file(tmp_path: Path) -> None:
    """A folder gets the usual name; what is no folder is the file's own name."""
    (tmp_path / "office").mkdir()
    exports = tmp_path / "exports"
    assert path_for(exports, None, "results.csv") == exports / "results.csv"
    assert path_for(exports, tmp_path / "office", "results.csv") == tmp_path / "office" / "results.csv"
    assert path_for(exports, tmp_path / "june.csv", "results.csv") == tmp_path / "june.csv"


def test_what_a_file_must_say_is_beside_csv_and_first_in_json(tmp_path: Path) -> None:
    """In both it is the school's own check."""
    write_table(tmp_path / "one.csv", b"UPN\r\n", ABOUT)
    assert (tmp_path / "one.csv").read_bytes() == b"UPN\r\n"
    assert OWN_CHECK in (tmp_path / "one.about.txt").read_text(encoding="utf-8-sig")
    write_json(tmp_path / "two.json", ABOUT, {"results": []})
    said = json.loads((tmp_path / "two.json").read_text(encoding="utf-8"))
    assert list(said) == ["about", "results"]
    assert OWN_CHECK in said["about"]["notes"]


def test_where_what_it_says_cannot_be_written_the_file_is_not_either(tmp_path: Path) -> None:
    """The file that was there before is as it was, and no draft is left."""
    (tmp_path / "one.csv").write_bytes(b"before")
    (tmp_path / "one.about.txt").mkdir()
    with pytest.raises(NotWritten, match=r"^It cannot be written: .*\. Nothing was changed\.$") as refused:
        write_table(tmp_path / "one.csv", b"after", ABOUT)
    assert refused.value.path == tmp_path / "one.csv"
    assert (tmp_path / "one.csv").read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.about.txt", "one.csv"]


@pytest.mark.windows_only("only Windows keeps a file that is open from being replaced")
def test_a_file_that_another_program_has_open_is_named_and_left(tmp_path: Path) -> None:
    """With the text beside it, which nobody has open."""
    path = tmp_path / "one.xlsx"
    for file in (path, tmp_path / "one.about.txt"):
        file.write_bytes(b"before")
    with path.open("rb"), pytest.raises(NotWritten, match="another program has the file open"):
        write_table(path, b"after", ABOUT)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "one.xlsx": b"before",
        "one.about.txt": b"before",
    }
