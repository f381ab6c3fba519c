"""Give restarts and take them back. Who may have one is decided by ``school.restart``."""

from collections.abc import Sequence
from dataclasses import dataclass

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.school import restarts
from mtc_kiosk.store.school.register import pupils_named


@dataclass(frozen=True)
class RestartsGiven:
    """Who may take the check once more, and the code of the reason."""

    pupils: tuple[Pupil, ...]
    code: str


def give(home: OpenHome, numbers: Sequence[str], code: str) -> RestartsGiven:
    """Give each of these pupils (UPNs or refs) a restart, or none of them if one may not have it: Refused."""
    chosen = pupils_named(home.db, numbers)
    code = code.strip().upper()
    restarts.give_restarts(home.db, home.context(), [pupil.id for pupil in chosen], code, home.sealer())
    return RestartsGiven(chosen, code)


def remove(home: OpenHome, number: str) -> Pupil:
    """Take back a pupil's restart for which no PIN was made yet; the check before it counts again. Refused."""
    (pupil,) = pupils_named(home.db, [number])
    restarts.remove_restart(home.db, home.context(), pupil.id, home.sealer())
    return pupil
