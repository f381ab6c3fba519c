"""Where every pupil is with the check, in five groups. What a status is follows from ``school.status``: no score."""

from collections.abc import Mapping
from dataclasses import dataclass

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.status import Bucket, PupilStatus
from mtc_kiosk.store.school.statuses import statuses

HEADINGS = {
    Bucket.ACTION: "Needs somebody to act",
    Bucket.IN_PROGRESS: "In progress",
    Bucket.NOT_STARTED: "Not started",
    Bucket.COMPLETED: "Completed",
    Bucket.NOT_TAKING: "Not taking the check",
}
"""The five groups in the order in which staff read them."""


@dataclass(frozen=True)
class PupilWithStatus:
    """A pupil, as a list names them (``name``, namesakes told apart), and where they are."""

    pupil: Pupil
    name: str
    status: PupilStatus


@dataclass(frozen=True)
class StatusGroup:
    """One of the five groups, with its pupils in the order of lists."""

    bucket: Bucket
    heading: str
    pupils: tuple[PupilWithStatus, ...]


@dataclass(frozen=True)
class RegisterStatus:
    """Every pupil of the register in the order of lists; ``counts`` of the five groups sum to the register."""

    pupils: tuple[PupilWithStatus, ...]
    counts: Mapping[Bucket, int]

    @property
    def groups(self) -> tuple[StatusGroup, ...]:
        """The same in five groups, those that need somebody first."""
        return tuple(
            StatusGroup(bucket, heading, tuple(each for each in self.pupils if each.status.bucket is bucket))
            for bucket, heading in HEADINGS.items()
        )


def of_register(home: OpenHome) -> RegisterStatus:
    """Where every pupil is who has not left."""
    found = statuses(home.db, home.context())
    names = named_apart(pupil for pupil, _ in found.pupils)
    return RegisterStatus(
        tuple(PupilWithStatus(pupil, names[pupil.id], status) for pupil, status in found.pupils), found.counts
    )
