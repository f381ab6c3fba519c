"""Where access arrangements and register disagree: each line with its code, mistakes apart from what may be right."""

import pytest

from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.settings import strays
from mtc_kiosk.office.unknown_pupils import AgainstRegister, against_register
from mtc_kiosk.store.home.home import Home
from tests.office.acting import ONE, THREE, TWO, acting, write_arrangements
from tests.school.made_up import upn


def compared(home: OpenHome) -> AgainstRegister:
    """The settings of a home compared with its register."""
    return against_register(home.configuration, home.db)


def lines(problems: tuple[Problem, ...]) -> list[tuple[int | None, str]]:
    """The line and the code of each."""
    assert all(problem.file == ARRANGEMENTS for problem in problems)
    return [(problem.line, str(problem.code)) for problem in problems]


@pytest.mark.parametrize("text", ["", f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n"])
def test_nothing_is_wrong_with_lines_of_pupils_on_the_register(home: Home, text: str) -> None:
    """Nor with a file without pupils."""
    write_arrangements(home, text or "pupils: {}\n")
    with acting(home) as office:
        assert compared(office) == AgainstRegister((), (), ())


def test_a_line_of_no_pupil_may_be_right(home: Home) -> None:
    """Staff may acknowledge it; a line of a pupil who has left needs no acknowledgement."""
    write_arrangements(home, f"pupils:\n  X9: {{}}\n  {TWO}: {{}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id = 2")
        found = compared(office)
    assert lines(found.unknown) == lines(found.doubtful) == lines(found.all) == [(2, "unknown_pupil")]


def test_several_lines_of_one_pupil_are_a_mistake(home: Home) -> None:
    """By UPN and by ref: which of them is meant, only staff can say."""
    write_arrangements(home, f"pupils:\n  {ONE}: {{arrangements: [ATA]}}\n  r1: {{arrangements: [RON]}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set ref = 'R1' where id = 1")
        found = compared(office)
    assert (lines(found.twice), found.doubtful) == ([(3, "twice")], ())


def test_one_line_of_several_pupils_is_a_mistake(home: Home) -> None:
    """A number that went from one pupil to another."""
    write_arrangements(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set upn = ? where id = 1", (upn(7),))
        office.db.execute("update pupil set upn = ? where id = 2", (ONE,))
        found = compared(office)
    assert (lines(found.twice), found.doubtful) == ([(1, "two_pupils")], ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ONE}: {{arrangements: [ATA]}}", [(2, "namesake")]),
        (f"{ONE}: {{arrangements: [ATA]}}\n  {THREE}: {{}}", []),
    ],
)
def test_a_line_whose_pupil_seems_to_be_there_twice_may_be_right(
    home: Home, text: str, expected: list[tuple[int, str]]
) -> None:
    """Of one child under two numbers; two children of one name and birthday each have a line."""
    write_arrangements(home, f"pupils:\n  {text}\n")
    with acting(home) as office:
        office.db.execute("update pupil set (surname, forename, date_of_birth) = ('Testerly', 'Amy', '2018-03-14')")
        office.db.execute("update pupil set forename = 'Bo' where id = 2")
        found = compared(office)
    assert (lines(found.namesakes), lines(found.all)) == (expected, expected)


def test_a_namesake_without_a_line_who_has_left_is_no_doubt(home: Home) -> None:
    """The earlier entry of a child whose number has changed, marked as having left: the line is the right one's."""
    write_arrangements(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n")
    with acting(home) as office:
        office.db.execute("update pupil set (surname, forename, date_of_birth) = ('Testerly', 'Amy', '2018-03-14')")
        assert lines(compared(office).all) == [(1, "namesake")]
        office.db.execute("update pupil set left_at = '2027-06-01T08:00:00.000Z' where id > 1")
        assert lines(compared(office).all) == []


def test_a_settings_file_under_another_name_is_named(home: Home) -> None:
    """Nothing reads it, so what somebody wrote there does not apply."""
    assert strays(home) == ()
    (home.config_dir / "access_arrangements (1).yaml").write_text("pupils: {}\n", encoding="utf-8")
    (stray,) = strays(home)
    assert (stray.file, stray.line, str(stray.code)) == ("access_arrangements (1).yaml", None, "stray_file")
    assert stray.message.startswith("This file is not read: only access_arrangements.yaml is.")
