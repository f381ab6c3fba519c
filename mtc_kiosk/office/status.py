"""Where every pupil is with the check, in five groups. ``school.status`` decides the status; no score is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.status import Bucket, PupilStatus
from mtc_kiosk.store.school.statuses import statuses

HEADINGS = {
    Bucket.ACTION: "Needs attention",
    Bucket.IN_PROGRESS: "In progress",
    Bucket.NOT_STARTED: "Not started",
    Bucket.COMPLETED: "Completed",
    Bucket.NOT_TAKING: "Not taking the check",
}
"""The five groups in the order shown."""


@dataclass(frozen=True)
class PupilWithStatus:
    """A pupil with their status; ``name`` is the name in lists, with what tells namesakes apart."""

    pupil: Pupil
    name: str
    status: PupilStatus


@dataclass(frozen=True)
class StatusGroup:
    """One of the five groups, with its pupils in list order."""

    bucket: Bucket
    heading: str
    pupils: tuple[PupilWithStatus, ...]


@dataclass(frozen=True)
class RegisterStatus:
    """Every pupil of the register in list order; the ``counts`` of the five groups sum to the register."""

    pupils: tuple[PupilWithStatus, ...]
    counts: Mapping[Bucket, int]

    @property
    def groups(self) -> tuple[StatusGroup, ...]:
        """The same in five groups, those that need action first."""
        return tuple(
            StatusGroup(bucket, heading, tuple(each for each in self.pupils if each.status.bucket is bucket))
            for bucket, heading in HEADINGS.items()
        )


def of_register(home: OpenHome) -> RegisterStatus:
    """The status of every pupil who has not left."""
    found = statuses(home.db, home.context())
    names = named_apart(pupil for pupil, _ in found.pupils)
    return RegisterStatus(
        tuple(PupilWithStatus(pupil, names[pupil.id], status) for pupil, status in found.pupils), found.counts
    )
