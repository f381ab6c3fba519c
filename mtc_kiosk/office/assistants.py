"""Name after a check who typed for a pupil, take that back, list who typed. ``school.assistant`` has the rules."""

from dataclasses import dataclass

from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.school.assistant import read_named
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.home.device_key import own_fingerprint
from mtc_kiosk.store.school.assistant_naming import add_assistant, remove_assistant
from mtc_kiosk.store.school.assistants import AssistantRow, assistants
from mtc_kiosk.store.school.received_assistants import received_assistants
from mtc_kiosk.store.school.register import pupils


@dataclass(frozen=True)
class PupilAssistant:
    """A pupil and who typed for them in an attempt."""

    pupil: Pupil
    assistant: AssistantRow


def add(home: OpenHome, who: OnePupil, forename: str, surname: str, why: str) -> Pupil:
    """Name who typed for a pupil in their completed check; ``why`` it was not set up before. Refused."""
    named = read_named(forename, surname, why)
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.NAME_ASSISTANTS, (pupil,))
    add_assistant(home.db, home.context(), pupil.id, named, home.sealer())
    return pupil


def remove(home: OpenHome, who: OnePupil) -> Pupil:
    """Take back the assistant whom staff named last for a pupil. Refused."""
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.NAME_ASSISTANTS, (pupil,))
    remove_assistant(home.db, home.context(), pupil.id, home.sealer())
    return pupil


def of_pupil(home: OpenHome, pupil: Pupil) -> tuple[PupilAssistant, ...]:
    """The assistants of one pupil, in the same order."""
    if not in_scope(home, May.SEE_PUPILS, (pupil,)):
        return ()
    found = (*assistants(home.db), *received_assistants(home.db, own_fingerprint(home.home)))
    return tuple(PupilAssistant(pupil, each) for each in found if each.pupil_id == pupil.id)


def listed(home: OpenHome) -> tuple[PupilAssistant, ...]:
    """The assistants named at kiosks before a check and by staff after one, by pupil; here, then on other PCs."""
    found = (*assistants(home.db), *received_assistants(home.db, own_fingerprint(home.home)))
    register = {pupil.id: pupil for pupil in pupils(home.db, with_left=True)}
    seen = {pupil.id for pupil in in_scope(home, May.SEE_PUPILS, register.values())}
    both = (PupilAssistant(register[each.pupil_id], each) for each in found if each.pupil_id in seen)
    return tuple(sorted(both, key=lambda one: one.pupil.order))
