"""After a change of the register, write a pupil's new number over the earlier one in the arrangements file.

The entry applies to the pupil either way (``store.school.register``); the file is updated so that people read there
what applies. If it cannot be written, a warning says so.
"""

from dataclasses import replace

from mtc_kiosk.config.arrangements_carry import with_new_numbers
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.arrangements_register import renamed
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.config.whole_file import keep_backup, replace_whole
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.school.register import all_numbers

CARRIED = "arrangements.carried"
"""The audit's action."""


def carry_numbers(home: OpenHome) -> tuple[Problem, ...]:
    """Write the register's changed numbers into the file; return what staff should look at there, by line."""
    path = home.home.config_dir / ARRANGEMENTS
    try:
        written = read_plain(path, LARGEST_FILE + 1)
    except OSError as problem:
        return (Problem(f"The file cannot be read: {what_is_wrong(problem)}.", "not_carried", ARRANGEMENTS),)
    file, mistakes = read_arrangements(parse(written, ARRANGEMENTS))
    if file is None:
        return of_mistakes(mistakes)
    names = renamed(file, all_numbers(home.db).values())
    if names:
        lines = [said.line for said in file.pupils if said.name in names]
        changed = with_new_numbers(written, names)
        if changed is None:
            return _not_written(lines, "it is not certain which line it is")
        try:
            keep_backup(path, written, home.now)
            replace_whole(path, changed, was=written)
        except OSError as problem:
            return _not_written(lines, what_is_wrong(problem))
        with change(home.db):
            audit(home.db, home.stamp, CARRIED, ARRANGEMENTS, after={"lines": lines})
        file = read_arrangements(parse(changed, ARRANGEMENTS))[0] or file
    return _at_odds(home, file)


def _at_odds(home: OpenHome, file: ArrangementsFile) -> tuple[Problem, ...]:
    """Pupils with several entries, entries of several pupils, pupils who seem to be on the register twice."""
    compared = against_register(replace(home.configuration, arrangements=file), home.db)
    return (*compared.twice, *compared.namesakes)


def _not_written(lines: list[int], why: str) -> tuple[Problem, ...]:
    sentence = (
        "This entry has an earlier number of the pupil. It still applies. Write the new number here, because the"
        f" program could not: {why}."
    )
    return tuple(Problem(sentence, "not_carried", ARRANGEMENTS, line) for line in lines)
