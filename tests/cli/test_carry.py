"""A pupil whose number changes keeps the arrangements that were written under the old one, whatever changes it."""

import contextlib
from itertools import pairwise
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.config.configuration import load_arrangements
from mtc_kiosk.config.whole_file import BACKUPS, MOST_BACKUPS
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import numbers_of
from tests.school.made_up import upn

from .test_school_commands import ONE, THREE, TWO, Typing, home, typed

__all__ = ["home", "typed"]  # fixtures of the neighbour: the same made-up school

NEW = upn(7)


def grant(home: Home, text: str) -> None:
    """Write the settings file."""
    (home.config_dir / ARRANGEMENTS).write_bytes(text.encode())


def written(home: Home) -> str:
    """What is in the settings file."""
    return (home.config_dir / ARRANGEMENTS).read_bytes().decode()


def codes(home: Home, pupil_id: int = 1) -> tuple[Code, ...]:
    """What a pupil is granted now."""
    with contextlib.closing(open_database(home)) as db:
        return load_arrangements(home.config_dir / ARRANGEMENTS).granted(numbers_of(db, pupil_id)).codes


def test_an_edited_upn_takes_the_entry_along(home: Home, typed: Typing) -> None:
    """Only the number changes: notes, spaces and line ends stay. There is a copy of the file, and an audit row."""
    text = f"# Notes stay.\r\npupils:\r\n  {TWO}: {{arrangements: [NBQ]}}\r\n  {ONE}:  # Amy\r\n    size: XXL\r\n"
    grant(home, text)
    edited = typed("pupils", "edit", ONE, "--upn", NEW)
    assert (edited.code, edited.err) == (0, "")
    assert written(home) == text.replace(ONE, NEW)
    (copy,) = (home.config_dir / BACKUPS).iterdir()
    assert copy.read_bytes() == text.encode()
    with contextlib.closing(open_database(home)) as db:
        rows = db.execute("select account, subject, after from audit where action = 'arrangements.carried'").fetchall()
    assert rows == [("cli", ARRANGEMENTS, '{"lines":[4]}')]
    assert "largest, XXL" in typed("arrangements", "show", NEW).out
    assert typed("session", "start", "--kind", "official").code == 0


@pytest.mark.parametrize(
    ("entry", "change", "now"),
    [
        ("R-1: {arrangements: [ATA]}", ("--ref", "4A/17"), "4A/17: {arrangements: [ATA]}"),
        ('"r-1": {arrangements: [ATA]}', ("--ref", "0417"), "0417: {arrangements: [ATA]}"),
        ("R-1: {arrangements: [ATA]}", ("--ref", ""), f"{ONE}: {{arrangements: [ATA]}}"),
        (f"{ONE.lower()}: {{arrangements: [ATA]}}", ("--upn", ""), "R-1: {arrangements: [ATA]}"),
        (f"'{ONE}' : {{arrangements: [ATA]}}", ("--upn", NEW, "--ref", "R-2"), f"{NEW} : {{arrangements: [ATA]}}"),
        ("R-1: {arrangements: [ATA]}", ("--upn", NEW), "R-1: {arrangements: [ATA]}"),
        ("R-1: {arrangements: [ATA]}", ("--ref", "r-1"), "R-1: {arrangements: [ATA]}"),
    ],
)
def test_every_change_of_a_number_takes_the_entry_along(
    home: Home, typed: Typing, entry: str, change: tuple[str, ...], now: str
) -> None:
    """A ref or a UPN; one that is removed becomes the other; an entry with an unchanged number is left alone."""
    typed("pupils", "edit", ONE, "--ref", "R-1")
    grant(home, f"pupils:\n  {entry}\n")
    edited = typed("pupils", "edit", ONE, *change)
    assert (edited.code, edited.err) == (0, "")
    assert written(home) == f"pupils:\n  {now}\n"
    assert codes(home) == (Code.ATA,)


def test_a_class_list_takes_the_entry_along(home: Home, typed: Typing, tmp_path: Path) -> None:
    """A temporary UPN that becomes a permanent one, found by the pupil ref."""
    typed("pupils", "edit", ONE, "--ref", "R-1", "--forename", "Amy")
    grant(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}, {TWO}: {{arrangements: [NBQ]}}}}\n")
    pupil = next(one for one in typed("pupils", "list", "--json").data["pupils"] if one["upn"] == ONE)
    list_file = tmp_path / "class.csv"
    list_file.write_text(
        "Surname,Forename,Middle name(s),Date of birth,Sex,UPN,Pupil ref\n"
        f"{pupil['surname']},{pupil['forename']},,14/03/2018,{pupil['sex']},{NEW},R-1\n",
        encoding="utf-8",
    )
    imported = typed("pupils", "import", list_file, "--update")
    assert (imported.err, imported.code, imported.out) == ("", 0, "(made-up pupils) 1 changed.\n")
    assert written(home) == f"pupils: {{{NEW}: {{arrangements: [ATA]}}, {TWO}: {{arrangements: [NBQ]}}}}\n"
    assert codes(home) == (Code.ATA,)


def test_what_changes_a_number_past_every_command_takes_nothing_away(home: Home, typed: Typing) -> None:
    """The database itself keeps earlier numbers; the next edit brings the file up to date."""
    grant(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n")
    with contextlib.closing(open_database(home)) as db:
        db.execute("update pupil set upn = ? where id = 1", (NEW,))
        db.execute("update pupil set upn = ? where id = 1", (upn(8),))
    assert codes(home) == (Code.ATA,)
    assert "(ATA)" in typed("arrangements", "show", upn(8)).out
    assert typed("session", "start", "--kind", "official").code == 0
    typed("pupils", "edit", TWO, "--group", "4C")
    assert written(home) == f"pupils: {{{upn(8)}: {{arrangements: [ATA]}}}}\n"


@pytest.mark.posix_only("modes of files: this system has none")
def test_where_the_file_cannot_be_written_the_entry_holds_all_the_same(home: Home, typed: Typing) -> None:
    """The register has the new number; a sentence names the line and what to write there."""
    text = f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n"
    grant(home, text)
    (home.config_dir / ARRANGEMENTS).chmod(0o400)
    edited = typed("pupils", "edit", ONE, "--upn", NEW)
    assert (edited.code, written(home)) == (0, text)
    assert edited.err == (
        f"Look again: {ARRANGEMENTS}:1: This entry has an earlier number of the pupil. It still applies. Write the new"
        " number here, because the program could not: the file is protected against writing.\n"
    )
    assert codes(home) == (Code.ATA,)
    again = typed("pupils", "edit", NEW, "--group", "4C", "--json")
    assert [one["code"] for one in again.data["warnings"]] == ["not_carried"]


def test_a_number_that_becomes_another_pupils_drops_nobodys_arrangements(home: Home, typed: Typing) -> None:
    """The file could not follow in time: both have what is written there, and no session starts until it is clear."""
    grant(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n")
    with contextlib.closing(open_database(home)) as db:
        db.execute("update pupil set upn = ? where id = 1", (NEW,))
        db.execute("update pupil set upn = ? where id = 2", (ONE,))
    assert codes(home, 1) == codes(home, 2) == (Code.ATA,)
    edited = typed("pupils", "edit", THREE, "--group", "4C")
    assert f"{ARRANGEMENTS}:1: '{ONE}' is the number of two pupils, one now and one before" in edited.err
    for command in (("session", "start", "--kind", "official", "--acknowledge-unknown"), ("config", "check")):
        refused = typed(*command)
        assert refused.code == 1
        assert f"{ARRANGEMENTS}:1: '{ONE}' is the number of two pupils, one now and one before" in refused.err


def test_a_pupil_with_an_entry_under_the_new_number_already_loses_neither(home: Home, typed: Typing) -> None:
    """The new number was written by hand first: both entries apply, and a warning says to keep one."""
    text = f"pupils:\n  {NEW}: {{arrangements: [ATA], size: LRG}}\n  {ONE}: {{arrangements: [NBQ], size: XXL}}\n"
    grant(home, text)
    edited = typed("pupils", "edit", ONE, "--upn", NEW)
    assert written(home) == text
    sentence = f"'{ONE}' is the same pupil as '{NEW}' on line 2, once by an earlier number. Delete one of them."
    assert edited.err == f"Look again: {ARRANGEMENTS}:3: {sentence}\n"
    assert codes(home) == (Code.ATA, Code.FTS, Code.NBQ)
    assert "large, LRG" in typed("arrangements", "show", NEW).out  # what is under the number of now comes last
    assert typed("session", "start", "--kind", "official").code == 1


def test_a_pupil_who_is_added_again_under_a_new_number_does_not_start_without_what_was_written(
    home: Home, typed: Typing
) -> None:
    """A temporary UPN became a permanent one, and nothing in the list says that it is one child: staff decide."""
    typed("pupils", "edit", ONE, "--forename", "Amy")
    grant(home, f"pupils:\n  {TWO}: {{}}\n  {ONE}: {{arrangements: [ATA]}}\n")
    pupil = next(one for one in typed("pupils", "list", "--json").data["pupils"] if one["upn"] == ONE)
    names = ("--surname", pupil["surname"], "--forename", "Amy", "--date-of-birth", "14/03/2018", "--sex", "F")
    typed("pupils", "edit", ONE, "--date-of-birth", "14/03/2018", "--sex", "F")
    added = typed("pupils", "add", *names, "--upn", NEW)
    assert added.err.startswith(f"Look again: {ARRANGEMENTS}:3: A pupil with the names and date of birth of")
    for left in (False, True):
        if left:
            typed("pupils", "leave", ONE)
        refused = typed("session", "start", "--kind", "official")
        assert refused.code == 1
        assert refused.err.startswith(f"{ARRANGEMENTS}:3: A pupil with the names")
    assert typed("session", "start", "--kind", "try", "--acknowledge-unknown").code == 0
    grant(home, f"pupils:\n  {TWO}: {{}}\n  {ONE}: {{arrangements: [ATA]}}\n  {NEW}: {{}}\n")
    assert typed("session", "start", "--kind", "official").code == 0


def test_a_file_of_mistakes_refuses_the_edit(home: Home, typed: Typing) -> None:
    """As it refuses every command: nothing is changed."""
    grant(home, f"pupils: {{{ONE}: {{arrangements: [ATE]}}}}\n")
    assert typed("pupils", "edit", ONE, "--upn", NEW).code == 1
    with contextlib.closing(open_database(home)) as db:
        assert numbers_of(db, 1).upn == ONE


def test_the_newest_copies_are_kept_and_no_more(home: Home, typed: Typing) -> None:
    """What pupils need is not kept for ever."""
    grant(home, f"pupils: {{{ONE}: {{arrangements: [ATA]}}}}\n")
    numbers = [ONE, *(upn(number) for number in range(20, 21 + MOST_BACKUPS))]
    for old, new in pairwise(numbers):
        assert typed("pupils", "edit", old, "--upn", new).code == 0
    copies = [copy.read_text(encoding="utf-8") for copy in (home.config_dir / BACKUPS).iterdir()]
    assert len(copies) == MOST_BACKUPS
    assert not any(ONE in copy for copy in copies)
