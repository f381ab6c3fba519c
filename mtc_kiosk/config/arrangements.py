"""The contents of ``access_arrangements.yaml``, for looking up a pupil; ``arrangements_file`` reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.config.arrangements_merge import ArrangementEntry, ArrangementSource, Source, granted, merged
from mtc_kiosk.school.pupil import Numbers

ARRANGEMENTS = "access_arrangements.yaml"


@dataclass(frozen=True)
class ArrangementsFile:
    """The contents of the file, every value with its line."""

    school: ArrangementEntry = field(default_factory=lambda: ArrangementEntry(Source.SCHOOL))
    profiles: tuple[ArrangementEntry, ...] = ()
    pupils: tuple[ArrangementEntry, ...] = ()

    def granted(self, who: Numbers) -> Granted:
        """What a pupil with these numbers is granted; without numbers, what the school grants every pupil."""
        return granted(self.got(who))

    def trace(self, who: Numbers) -> tuple[ArrangementSource, ...]:
        """Each thing that such a pupil gets, with the line of the file it comes from."""
        return tuple(self.got(who).values())

    def named(self, who: Numbers) -> tuple[ArrangementEntry, ...]:
        """The pupil's own entries: none or one. Several (by ref, UPN or earlier numbers) are a mistake to correct.

        An entry under an earlier number comes before one under a present number.
        """
        now = [number_key(number) for number in who.now]
        before = sorted({number_key(number) for number in who.earlier} - set(now))
        found = (self._by_number.get(key) for key in (*before, *now))
        return tuple(entry for entry in found if entry is not None)

    def got(self, who: Numbers) -> Mapping[str, ArrangementSource]:
        """The same by code or setting."""
        return merged((self.school, *(each for entry in self.named(who) for each in self.with_profile(entry))))

    def with_profile(self, entry: ArrangementEntry) -> tuple[ArrangementEntry, ...]:
        """A pupil's entry, with the profile that it names first."""
        profile = self._by_profile.get(number_key(entry.profile)) if entry.profile else None
        return (profile, entry) if profile is not None else (entry,)

    @cached_property
    def _by_number(self) -> Mapping[str, ArrangementEntry]:
        return {number_key(entry.name): entry for entry in self.pupils}

    @cached_property
    def _by_profile(self) -> Mapping[str, ArrangementEntry]:
        return {number_key(entry.name): entry for entry in self.profiles}


def number_key(written: str) -> str:
    """A UPN or ref for comparing: spaces and capitals make no difference."""
    return " ".join(written.split()).upper()
