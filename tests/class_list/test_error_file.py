"""The file of errors: beside the list, whole, and over no other file."""

from pathlib import Path

import pytest

from mtc_kiosk.class_list.error_file import write_beside


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """A class list in a folder of its own."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "class.csv").write_bytes(b"given")
    return folder / "class.csv"


def written(given: Path, content: bytes = b"errors", ending: str = "csv") -> str:
    """The name of the file that the errors went to."""
    path = write_beside(given, ending, content, given.parent.parent)
    assert path.read_bytes() == content
    return path.name


def test_it_stands_beside_the_list(given: Path) -> None:
    """With its name, and nothing else left there."""
    assert written(given) == "class.errors.csv"
    assert sorted(path.name for path in given.parent.iterdir()) == ["class.csv", "class.errors.csv"]


def test_another_file_of_that_name_is_left_alone(given: Path) -> None:
    """The errors go to the next name."""
    (given.parent / "class.errors.csv").write_bytes(b"mine")
    assert [written(given), written(given, b"others")] == ["class.errors-2.csv", "class.errors-3.csv"]
    assert (given.parent / "class.errors.csv").read_bytes() == b"mine"


def test_the_same_errors_again_are_the_same_file(given: Path) -> None:
    """However often a list is tried, unless something else is wrong with it."""
    assert [written(given), written(given)] == ["class.errors.csv", "class.errors.csv"]
    assert len(list(given.parent.iterdir())) == 2


@pytest.mark.parametrize("name", ["class.errors.csv", "class.errors-2.csv"])
def test_the_errors_of_a_file_of_errors_have_no_longer_name(given: Path, name: str) -> None:
    """It came back, and is still not right."""
    again = given.with_name(name)
    again.write_bytes(b"corrected")
    assert written(again) in ("class.errors.csv", "class.errors-2.csv")
    assert again.read_bytes() == b"corrected"


def test_a_folder_of_that_name_is_left_alone(given: Path) -> None:
    """Whatever has the name keeps it."""
    (given.parent / "class.errors.csv").mkdir()
    assert written(given) == "class.errors-2.csv"


def test_a_folder_that_is_gone_sends_it_to_the_home(given: Path) -> None:
    """A stick that was pulled out."""
    gone = given.parent / "gone" / "class.csv"
    assert write_beside(gone, "csv", b"errors", given.parent) == given.parent / "class.errors.csv"


def test_where_nothing_takes_it_that_is_told(given: Path) -> None:
    """The errors themselves have been said already."""
    with pytest.raises(OSError, match=r"No such file|cannot find"):
        write_beside(given.parent / "gone" / "class.csv", "csv", b"errors", given.parent / "gone")


@pytest.mark.posix_only("modes of files are POSIX's")
def test_its_owner_alone_may_read_it(given: Path) -> None:
    """It has children's names in it."""
    written(given)
    assert (given.parent / "class.errors.csv").stat().st_mode & 0o777 == 0o600
