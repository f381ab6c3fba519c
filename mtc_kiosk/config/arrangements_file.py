"""Reads ``access_arrangements.yaml``: the school's defaults, named profiles, and each pupil's own, by UPN or ref.

It finds mistakes that one value alone cannot show: an unknown profile, a pupil with two entries, entries that
contradict themselves. ``arrangements_register`` compares it with the register.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile, number_key
from mtc_kiosk.config.arrangements_merge import (
    CHOSEN_BY,
    PAD,
    VOLUME,
    ArrangementEntry,
    LocatedValue,
    Source,
    Value,
    codes_of,
    merged,
)
from mtc_kiosk.config.arrangements_settings import ArrangementsSettings, Cleared, Entry, ProfileEntry, PupilEntry
from mtc_kiosk.config.meanings import MEANINGS
from mtc_kiosk.config.mistakes import MOST_NAMED, Mistake, did_you_mean, first_ones, quoted
from mtc_kiosk.config.mistakes import Code as Wrong
from mtc_kiosk.config.reading import Place, judged
from mtc_kiosk.config.yaml_tree import Document, Group, Text, line_of
from mtc_kiosk.config.yaml_tree import Entry as Line

NAMES_SHOWN = 20
"""How many profiles a sentence names before it only counts them."""


def read_arrangements(document: Document) -> tuple[ArrangementsFile | None, tuple[Mistake, ...]]:
    """Read the document; None and the mistakes in it, in the order of its lines; of very many the first."""
    settings, mistakes = judged(ArrangementsSettings, document)
    if document.root is None:
        return None, mistakes
    root, read = document.root, None
    found = [*_names_at_odds(root)]
    if settings is not None:
        read = ArrangementsFile(
            school=_entry_of(root, settings.school, Source.SCHOOL, ("school",)),
            profiles=tuple(
                _entry_of(root, one, Source.PROFILE, ("profiles", n)) for n, one in enumerate(settings.profiles)
            ),
            pupils=tuple(_entry_of(root, one, Source.PUPIL, ("pupils", n)) for n, one in enumerate(settings.pupils)),
        )
        found += _contradictions(read)
    wrong = [*mistakes, *(Mistake(document.file, line, code, sentence) for line, code, sentence in found)]
    return (None if wrong else read), first_ones(wrong)


def _entry_of(root: Group, entry: Entry, source: Source, place: Place) -> ArrangementEntry:
    """The entry, with the line of each of its own values."""
    name = getattr(entry, entry.name_is) if entry.name_is else ""
    items = [
        LocatedValue(code, line_of(root, (*place, "arrangements", n)))
        for n, code in enumerate(entry.arrangements)
        if isinstance(code, Code)
    ]
    settings = {
        setting: LocatedValue(getattr(entry, setting), line_of(root, (*place, setting)))
        for setting in Entry.model_fields
        if setting in entry.model_fields_set and setting != "arrangements"
    }
    is_listed = "arrangements" in entry.model_fields_set
    profile = entry.profile if isinstance(entry, PupilEntry) else None
    return ArrangementEntry(
        source=source,
        name=name,
        line=line_of(root, place) if isinstance(entry, ProfileEntry | PupilEntry) else 0,
        clears=is_listed and (not entry.arrangements or Cleared.NONE in entry.arrangements),
        codes=tuple(items),
        settings=settings,
        profile=profile,
    )


@dataclass(frozen=True)
class _Name:
    """The name before a colon, or that of a profile, and its line."""

    name: str
    line: int


_Wrong = tuple[int, Wrong, str]


def _names_at_odds(root: Group) -> Iterator[_Wrong]:
    """Names that clash, found in the file as it is written, so that they are reported with all other mistakes."""
    profiles, pupils = _entries(root, "profiles"), _entries(root, "pupils")
    yield from _twice([_Name(entry.key, entry.line) for entry in profiles], "The profile")
    yield from _twice([_Name(entry.key, entry.line) for entry in pupils], "The pupil")
    names = [entry.key for entry in profiles]
    known = set(map(number_key, names))
    without = (one for one in map(_profile_of, pupils) if one is not None and number_key(one.name) not in known)
    for n, wanted in enumerate(without):
        yield _without_profile(wanted, names, hints=n < MOST_NAMED)


def _profile_of(entry: Line) -> _Name | None:
    """The profile that a pupil's entry names, and its line."""
    wanted = entry.value
    if isinstance(wanted, Group) and (profile := wanted.by_key.get("profile")) is not None:
        wanted = profile.value
    return _Name(wanted.value, wanted.line) if isinstance(wanted, Text) and wanted.value else None


def _entries(root: Group, name: str) -> tuple[Line, ...]:
    found = next((entry.value for entry in root.entries if entry.key == name), None)
    return found.entries if isinstance(found, Group) else ()


def _twice(names: Iterable[_Name], what: str) -> Iterator[_Wrong]:
    first: dict[str, int] = {}
    for one in names:
        key = number_key(one.name)
        if key in first:
            yield (
                one.line,
                Wrong.TWICE,
                f"{what} {quoted(one.name)} is already on line {first[key]}. Delete one of them.",
            )
        first.setdefault(key, one.line)


def _without_profile(wanted: _Name, names: Sequence[str], *, hints: bool) -> _Wrong:
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    there = f"There are: {', '.join(names[:NAMES_SHOWN])}{more}." if names else "Write it under profiles first."
    hint = did_you_mean(wanted.name, names) if hints and len(names) <= MOST_NAMED else ""
    if wanted.name.upper() in set(Code):
        hint = f" Did you mean {{arrangements: [{wanted.name.upper()}]}}?"
    return wanted.line, Wrong.UNKNOWN_PROFILE, f"There is no profile {quoted(wanted.name)}. {there}{hint}"


def _contradictions(read: ArrangementsFile) -> Iterator[_Wrong]:
    for entry in (read.school, *read.profiles, *read.pupils):
        yield from _contradicts_itself(entry)
    yield from {line: _silent(line) for line in _silent_lines(read)}.values()


def _contradicts_itself(entry: ArrangementEntry) -> Iterator[_Wrong]:
    """Contradictions within one entry. Entries further up and down do not contradict: the later one wins."""
    codes: set[Value] = set()
    for placed in entry.codes:
        if placed.value in codes:
            yield placed.line, Wrong.TWICE, f"{placed.value} is in this list twice. Delete one of them."
        codes.add(placed.value)
    for code, setting in CHOSEN_BY.items():
        also = entry.settings.get(setting)
        if code in codes and also is not None and also.value is None:
            sentence = f"{setting}: 'none' contradicts {code} ({MEANINGS[code]}). Delete one of them."
            yield also.line, Wrong.CONTRADICTION, sentence
    if Code.RON in codes and PAD in entry.settings:
        sentence = f"pad: RON ({MEANINGS[Code.RON]}) leaves no pad to place. Delete one of them."
        yield entry.settings[PAD].line, Wrong.CONTRADICTION, sentence


def _silent_lines(read: ArrangementsFile) -> Iterator[int]:
    """Lines that turn the sound off for a pupil who needs it."""
    alone = (merged((read.school,)), *(merged((read.school, profile)) for profile in read.profiles))
    for found in (*alone, *(merged((read.school, *read.with_profile(entry))) for entry in read.pupils)):
        volume = found.get(VOLUME)
        if volume is not None and volume.value == 0 and {Code.ATA, Code.QNR} & set(codes_of(found)):
            yield volume.line


def _silent(line: int) -> _Wrong:
    return (
        line,
        Wrong.CONTRADICTION,
        "volume_percent: ATA and QNR cannot be heard at 0. Write 1 to 100, or 'none' for the volume of kiosk.yaml.",
    )


__all__ = [
    "ARRANGEMENTS",
    "NAMES_SHOWN",
    "ArrangementsFile",
    "number_key",
    "read_arrangements",
]
