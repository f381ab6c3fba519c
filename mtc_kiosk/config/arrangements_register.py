"""Compares ``access_arrangements.yaml`` with the register: entries of no pupil, of several, and several of one pupil.

The register's numbers are passed in. Mistakes quote the number in the file, for the person who corrects it; a log has
only their file and line (``Mistake.place``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile, number_key
from mtc_kiosk.config.arrangements_merge import ArrangementEntry
from mtc_kiosk.config.mistakes import Code, Mistake, quoted
from mtc_kiosk.school.pupil import Numbers
from mtc_kiosk.school.upn import UpnFault, looks_like_upn, read_upn


def unknown_pupils(file: ArrangementsFile, register: Iterable[Numbers]) -> tuple[Mistake, ...]:
    """Mistakes: the entries under ``pupils`` that are not, and never were, a pupil's UPN or ref, by line."""
    return tuple(
        Mistake(ARRANGEMENTS, entry.line, Code.UNKNOWN_PUPIL, _not_on_the_register(entry.name))
        for entry in unknown_entries(file, register)
    )


def unknown_entries(file: ArrangementsFile, register: Iterable[Numbers]) -> tuple[ArrangementEntry, ...]:
    """The same entries themselves."""
    known = {number_key(number) for who in register for number in (*who.now, *who.earlier)}
    return tuple(entry for entry in file.pupils if number_key(entry.name) not in known)


def named_twice(file: ArrangementsFile, register: Iterable[Numbers]) -> tuple[Mistake, ...]:
    """Mistakes: pupils with several entries, by the later line of each; and entries that are several pupils'."""
    register = tuple(register)
    found = [*_with_several_entries(file, register), *_of_several_pupils(file, register)]
    return tuple(sorted(found, key=lambda mistake: mistake.line or 0))


def renamed(file: ArrangementsFile, register: Iterable[Numbers]) -> dict[str, str]:
    """The entries under a number that a pupil had before and no pupil has now, each with its new name.

    Left out, for people to correct: entries that may be several pupils', or of a pupil with another entry.
    """
    register = tuple(register)
    shared = {mistake.line for mistake in _of_several_pupils(file, register)}
    found: dict[str, str] = {}
    for who in register:
        entries, now = file.named(who), set(map(number_key, who.now))
        if len(entries) == 1 and entries[0].line not in shared and number_key(entries[0].name) not in now:
            name = entries[0].name
            found[name] = next(iter(who.now if not looks_like_upn(name.upper()) else reversed(who.now)))
    return found


def _not_on_the_register(name: str) -> str:
    slip = ""
    if looks_like_upn(name) and UpnFault.CHECK_LETTER in read_upn(name).faults:
        slip = " Its check letter does not fit, so one character is wrong."
    return (
        f"{quoted(name)} is not the UPN or ref of a pupil on the register.{slip}"
        " Correct it (numbers: mtc-kiosk pupils list), or delete it."
    )


def _with_several_entries(file: ArrangementsFile, register: Iterable[Numbers]) -> Iterable[Mistake]:
    for who in register:
        entries = file.named(who)
        if len(entries) < 2:
            continue
        now = set(map(number_key, who.now))
        how = "by UPN and by ref"
        if any(number_key(entry.name) not in now for entry in entries):
            how = "once by an earlier number"
        first, later = sorted(entries, key=lambda entry: entry.line)[:2]
        sentence = (
            f"{quoted(later.name)} is the same pupil as {quoted(first.name)} on line {first.line}, {how}."
            " Delete one of them."
        )
        yield Mistake(ARRANGEMENTS, later.line, Code.TWICE, sentence)


def _of_several_pupils(file: ArrangementsFile, register: Iterable[Numbers]) -> Iterable[Mistake]:
    whose: Mapping[str, set[Numbers]] = defaultdict(set)
    for who in register:
        for number in (*who.now, *who.earlier):
            whose[number_key(number)].add(who)
    for entry in file.pupils:
        if len(whose.get(number_key(entry.name), ())) > 1:
            sentence = (
                f"{quoted(entry.name)} is the number of two pupils, one now and one before, and both get this."
                " Write the present number of the pupil you mean."
            )
            yield Mistake(ARRANGEMENTS, entry.line, Code.TWO_PUPILS, sentence)
