"""Change the access arrangements of one pupil in ``access_arrangements.yaml``. Kiosks that run pick it up.

The pupil's entry changes and no other line. An earlier version of the file is kept. A change that somebody made by hand
after the page was drawn is noticed, and nothing is overwritten. The audit has codes and settings, no name.
"""

import hashlib
from dataclasses import dataclass, replace

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.config.arrangement_choice import Choice, choice_of, entry_as_it_is, own_entry, text_of
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, number_key, read_arrangements
from mtc_kiosk.config.arrangements_merge import VOLUME, ArrangementEntry, ArrangementSource, merged
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.config.whole_file import keep_backup, replace_whole
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.office.arrangement_carry import CARRIED
from mtc_kiosk.office.arrangements import CHANGED
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.office.scope import refuse_out_of_scope
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Numbers, Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.school.register import numbers_of
from mtc_kiosk.store.school.staff_context import refuse_where_declared

EDITED_BY_HAND = "arrangements.edited_by_hand"
"""The audit's action where a change finds that the file was edited since the program wrote it last."""

_LAST_LEFT = "select json_extract(after, '$.file') from audit where action in (?, ?) order by id desc limit 1"

NOTHING_SAVED = "Nothing was saved."


@dataclass(frozen=True)
class Editable:
    """A pupil's arrangements as a form shows them: what applies now, from where, and the profiles there are.

    ``version`` stands for everything in the file that concerns this pupil.
    """

    pupil: Pupil
    choice: Choice
    sources: tuple[ArrangementSource, ...]
    profiles: tuple[str, ...]
    version: str


class ArrangementsChanged(OfficeRefused):
    """Nothing was saved: what concerns this pupil was changed meanwhile; ``now`` is what the file says."""

    def __init__(self, now: Editable) -> None:
        sentence = f"Somebody changed these arrangements meanwhile. {NOTHING_SAVED} Compare, then save again."
        super().__init__(Problem(sentence, "changed_meanwhile"))
        self.now = now


def editable(home: OpenHome, who: OnePupil) -> Editable:
    """A pupil's arrangements by the file as it is now.

    OfficeRefused with every mistake in it, and for a pupil with two entries or with one that is another's, too.
    """
    pupil = _allowed(home, who)
    _, file = _read(home)
    return _editable(home, file, pupil)


def save(home: OpenHome, who: OnePupil, wanted: Choice, version: str) -> Editable:
    """Let a pupil have this, and return what the file says then; without a change nothing is written.

    ArrangementsChanged; OfficeRefused as ``editable``, and if the file cannot be written.
    """
    pupil = _allowed(home, who)
    refuse_where_declared(home.db, home.timetable)
    written, file = _read(home)
    before = _editable(home, file, pupil)
    if version != before.version:
        raise ArrangementsChanged(before)
    if wanted.profile is not None and wanted.profile not in before.profiles:
        raise OfficeRefused(Problem(f"There is no profile of this name. {NOTHING_SAVED}", "no_profile"))
    if wanted.is_met_by(before.choice):
        return before
    _refuse_silence(wanted)
    own = _own(file, numbers_of(home.db, pupil.id))
    changed = _with_entry(written, file, pupil, own, wanted)
    _write(home, written, changed)
    after = _editable(home, _parsed(changed), pupil)
    with change(home.db):
        _note_hand_edit(home, written)
        says = {"gets": _codes(after), "file": _digest(changed)}
        audit(home.db, home.stamp, CHANGED, str(pupil.id), before={"gets": _codes(before)}, after=says)
    return after


def _allowed(home: OpenHome, who: OnePupil) -> Pupil:
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.ARRANGE, (pupil,))
    return pupil


def _read(home: OpenHome) -> tuple[bytes, ArrangementsFile]:
    try:
        written = read_plain(home.home.config_dir / ARRANGEMENTS, LARGEST_FILE + 1)
    except OSError as problem:
        sentence = f"The file cannot be read: {what_is_wrong(problem)}. {NOTHING_SAVED}"
        raise OfficeRefused(Problem(sentence, "not_read", ARRANGEMENTS)) from problem
    return written, _parsed(written)


def _parsed(written: bytes) -> ArrangementsFile:
    file, mistakes = read_arrangements(parse(written, ARRANGEMENTS))
    if file is None:
        raise OfficeRefused(*of_mistakes(mistakes))
    return file


def _editable(home: OpenHome, file: ArrangementsFile, pupil: Pupil) -> Editable:
    who = numbers_of(home.db, pupil.id)
    lines = {entry.line for entry in file.named(who)}
    compared = against_register(replace(home.configuration, arrangements=file), home.db)
    if wrong := [problem for problem in compared.twice if problem.line in lines]:
        raise OfficeRefused(*wrong)
    own = _own(file, who)
    return Editable(
        pupil=pupil,
        choice=choice_of(file.got(who), _named(file, own.profile) if own is not None else None),
        sources=file.trace(who),
        profiles=tuple(entry.name for entry in file.profiles),
        version=_version(file, own),
    )


def _own(file: ArrangementsFile, who: Numbers) -> ArrangementEntry | None:
    return next(iter(file.named(who)), None)


def _version(file: ArrangementsFile, own: ArrangementEntry | None) -> str:
    """A hash of what everybody has, of the profiles and of the pupil's entry; lines make no difference."""
    entries = [file.school, *sorted(file.profiles, key=lambda entry: entry.name), *([own] if own is not None else ())]
    says = [(str(entry.source), entry.name, entry_as_it_is(entry)) for entry in entries]
    return hashlib.sha256(repr(says).encode()).hexdigest()[:32]


def _named(file: ArrangementsFile, profile: str | None) -> str | None:
    """The profile's own name; an entry may write it in capitals."""
    wanted = number_key(profile) if profile is not None else None
    return next((entry.name for entry in file.profiles if number_key(entry.name) == wanted), None)


def _with_entry(
    written: bytes, file: ArrangementsFile, pupil: Pupil, own: ArrangementEntry | None, wanted: Choice
) -> bytes:
    from mtc_kiosk.config.arrangements_edit import EntryEdit, with_entry  # noqa: PLC0415 - ruamel.yaml, for a change

    profile = [entry for entry in file.profiles if entry.name == wanted.profile]
    if own is not None and _named(file, own.profile) == wanted.profile:
        wanted = replace(wanted, profile=own.profile)
    after = own_entry(wanted, merged((file.school, *profile)), own)
    name = own.name if own is not None else pupil.number
    changed = with_entry(written, EntryEdit(name, entry_as_it_is(own), after))
    if changed is None:
        sentence = f"The program cannot change this file with certainty. {NOTHING_SAVED} Change it in an editor."
        raise OfficeRefused(Problem(sentence, "not_certain", ARRANGEMENTS))
    return changed


def _refuse_silence(wanted: Choice) -> None:
    """A pupil who needs the sound is not given a volume at which there is none."""
    if wanted.settings[VOLUME] == 0 and {Code.ATA, Code.QNR} & wanted.codes:
        sentence = f"The time alert and the audio version cannot be heard at volume 0. {NOTHING_SAVED}"
        raise OfficeRefused(Problem(sentence, "silent"))


def _write(home: OpenHome, was: bytes, content: bytes) -> None:
    path = home.home.config_dir / ARRANGEMENTS
    try:
        keep_backup(path, was, home.now)
        replace_whole(path, content, was=was)
    except OSError as problem:
        sentence = f"The file cannot be written: {what_is_wrong(problem)}. {NOTHING_SAVED}"
        raise OfficeRefused(Problem(sentence, "not_written", ARRANGEMENTS)) from problem


def _note_hand_edit(home: OpenHome, written: bytes) -> None:
    """Note that the file is not as the program left it the last time, if that time it kept how it left it."""
    last = home.db.execute(_LAST_LEFT, (CHANGED, CARRIED)).fetchone()
    if last is not None and last[0] not in (None, _digest(written)):
        audit(
            home.db,
            home.stamp,
            EDITED_BY_HAND,
            ARRANGEMENTS,
            before={"file": last[0]},
            after={"file": _digest(written)},
        )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _codes(shown: Editable) -> dict[str, object]:
    """What applies, for the audit: codes and settings. A profile's name may be a child's, so it is left out."""
    return {source.what: text_of(source.value) for source in shown.sources}
