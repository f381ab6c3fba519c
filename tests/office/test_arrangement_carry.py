"""The file of arrangements follows the register's numbers: whole, with a copy, and in the name of whoever acts."""

import pytest

from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.whole_file import BACKUPS
from mtc_kiosk.office.arrangement_carry import carry_numbers
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, TWO, acting, audited, write_arrangements
from tests.office.as_staff import TEACHER
from tests.school.made_up import upn

NEW = upn(7)
FILE = f"# Notes stay.\r\npupils:\r\n  {TWO}: {{}}\r\n  {ONE}:  # Amy\r\n    size: XXL\r\n"


def renumber(home: OpenHome) -> None:
    """Give the first pupil another number."""
    home.db.execute("update pupil set upn = ? where id = 1", (NEW,))


def written(home: Home) -> str:
    """What is in the file."""
    return (home.config_dir / ARRANGEMENTS).read_bytes().decode()


def test_only_the_number_changes_and_a_copy_is_kept(home: Home) -> None:
    """The audit names the teacher's account and the line, and no number."""
    write_arrangements(home, FILE)
    with acting(home, TEACHER) as office:
        renumber(office)
        assert carry_numbers(office) == ()
        assert audited(office) == [(TEACHER.account, "arrangements.carried", ARRANGEMENTS)]
        assert office.db.execute("select after from audit order by id desc limit 1").fetchone() == ('{"lines":[4]}',)
    assert written(home) == FILE.replace(ONE, NEW)
    (copy,) = (home.config_dir / BACKUPS).iterdir()
    assert copy.read_bytes() == FILE.encode()


def test_a_file_that_needs_no_change_is_left_alone(home: Home) -> None:
    """No copy, no row of the audit."""
    write_arrangements(home, FILE)
    with acting(home) as office:
        assert carry_numbers(office) == ()
        assert audited(office) == []
    assert (written(home), (home.config_dir / BACKUPS).exists()) == (FILE, False)


@pytest.mark.posix_only("modes of files: this system has none")
def test_a_file_that_cannot_be_written_is_a_warning_with_the_line(home: Home) -> None:
    """The register has the new number all the same, and the entry goes on to apply."""
    write_arrangements(home, FILE)
    (home.config_dir / ARRANGEMENTS).chmod(0o400)
    with acting(home) as office:
        renumber(office)
        (warning,) = carry_numbers(office)
        assert (warning.code, warning.file, warning.line) == ("not_carried", ARRANGEMENTS, 4)
        assert audited(office) == []
    assert written(home) == FILE


def test_a_file_that_went_wrong_meanwhile_is_a_warning(home: Home) -> None:
    """Gone, or no longer understood: nothing is written over it."""
    write_arrangements(home, FILE)
    with acting(home) as office:
        renumber(office)
        write_arrangements(home, "pupils: {X: {size: XQ}}\n")
        assert [(str(each.code), each.line) for each in carry_numbers(office)] == [("not_a_choice", 1)]
        (home.config_dir / ARRANGEMENTS).unlink()
        (gone,) = carry_numbers(office)
        assert (gone.code, gone.line) == ("not_carried", None)
    assert not (home.config_dir / ARRANGEMENTS).exists()


def test_a_pupil_with_entries_under_both_numbers_is_a_warning(home: Home) -> None:
    """Neither entry is touched: staff keep one of them."""
    text = f"pupils:\n  {NEW}: {{}}\n  {ONE}: {{size: XXL}}\n"
    write_arrangements(home, text)
    with acting(home) as office:
        renumber(office)
        assert [(str(each.code), each.line) for each in carry_numbers(office)] == [("twice", 3)]
    assert written(home) == text
