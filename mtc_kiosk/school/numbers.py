"""The numbers by which a school's files may name a pupil: UPN and ref as they are now, and those that they were."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """``earlier`` are UPNs and refs that the pupil had before: settings written under them still apply."""

    upn: str | None = None
    ref: str | None = None
    earlier: tuple[str, ...] = ()

    @property
    def now(self) -> tuple[str, ...]:
        """The ref and the UPN, of what there is; the UPN comes last, as it counts most."""
        return tuple(number for number in (self.ref, self.upn) if number is not None)


EVERYBODY = Numbers()
"""A pupil with no number, such as a walk-up."""
