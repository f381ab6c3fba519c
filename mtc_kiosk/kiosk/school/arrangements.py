"""The arrangements file while pupils sign in: what it grants, and what is wrong with it, at this moment.

No pupil signs in with fewer arrangements than the file meant for them: neither while it has a mistake, nor after a
change that replaces a pupil's number by one that is not on the register.
"""

from collections.abc import Callable
from datetime import datetime

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile, number_key
from mtc_kiosk.config.arrangements_merge import ArrangementEntry
from mtc_kiosk.config.arrangements_register import unknown_entries
from mtc_kiosk.config.arrangements_watch import ArrangementsWatch
from mtc_kiosk.config.settings import Configuration, stray_files
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import all_numbers, numbers_of
from mtc_kiosk.store.school.sessions import acknowledged_lines

_SEE = "To see what is wrong: mtc-kiosk config check"
_AS_BEFORE = "Until this is corrected, pupils get the last arrangements without a mistake."


class SignInArrangements:
    """The arrangements in the school's file, checked each second while pupils may sign in, read again after a change.

    While the file has mistakes, its last version without any applies. While it names an unknown pupil whom it did not
    name when the kiosk started, a pupil without an entry keeps the arrangements of the last version without such a
    line, so that a mistyped number takes nothing from a pupil. Each set of lines is reported once.
    """

    def __init__(
        self,
        home: Home,
        configuration: Configuration,
        db: Database,
        now: Callable[[], datetime],
        tell: TellStaff,
    ) -> None:
        self._config_dir = home.config_dir
        self._watch = ArrangementsWatch(
            home.config_dir / ARRANGEMENTS, configuration.arrangements, configuration.arrangements_written
        )
        self._db, self._now, self._tell = db, now, tell
        self._sure = configuration.arrangements
        self._from_the_start: frozenset[str] | None = None
        self._told: tuple[str, ...] = ()

    def granted(self, signed_in: SignedIn) -> Granted:
        """This pupil's arrangements now."""
        file, _ = self._watch.current()
        self._look_for_strangers(file)
        who = numbers_of(self._db, signed_in.pupil.id)
        return (file if file.named(who) else self._sure).granted(who)

    def for_staff(self) -> tuple[str, ...]:
        """The sentence for staff on the sign-in page now, if any."""
        file, mistakes = self._watch.current()
        unknown = self._look_for_strangers(file)
        if mistakes:
            self._tell_once((*(f"{mistake.place}: There is a mistake here." for mistake in mistakes), _SEE, _AS_BEFORE))
            return (words.ARRANGEMENTS_MISTAKE,)
        if strays := stray_files(self._config_dir):
            self._tell_once(tuple(map(str, strays)))
            return (words.SETTINGS_STRAY,)
        lines = self._not_acknowledged(unknown)
        self._tell_once(
            tuple(f"{ARRANGEMENTS}:{line}: This is not the UPN or ref of a pupil on the register." for line in lines)
        )
        return (words.ARRANGEMENTS_UNKNOWN,) if lines else ()

    def _tell_once(self, sentences: tuple[str, ...]) -> None:
        if sentences and sentences != self._told:
            self._tell(sentences)
        self._told = sentences

    def _look_for_strangers(self, file: ArrangementsFile) -> tuple[ArrangementEntry, ...]:
        """The entries of unknown pupils; without new ones, trust this version of the file."""
        unknown = self._unknown(file)
        if self._from_the_start is None:
            self._from_the_start = _keys(self._unknown(self._sure))
        if _keys(unknown) <= self._from_the_start:
            self._sure = file
        return unknown

    def _unknown(self, file: ArrangementsFile) -> tuple[ArrangementEntry, ...]:
        return unknown_entries(file, all_numbers(self._db).values()) if file.pupils else ()

    def _not_acknowledged(self, unknown: tuple[ArrangementEntry, ...]) -> tuple[int, ...]:
        """The lines of unknown pupils that staff did not acknowledge when they started the open session."""
        acknowledged = acknowledged_lines(self._db, self._now()) if unknown else None
        if acknowledged is None:
            return ()
        return tuple(said.line for said in unknown if said.line not in acknowledged)


def _keys(entries: tuple[ArrangementEntry, ...]) -> frozenset[str]:
    return frozenset(number_key(said.name) for said in entries)
