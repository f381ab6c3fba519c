"""Prepare a new attempt: draw a form, and build the settings of one check from the pupil's arrangements.

For walk-ups, pupils who signed in, and robots alike. The lengths of recordings come from their files.
"""

import random
import secrets
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mtc_kiosk.check.arrangements import Code, Granted, arranged
from mtc_kiosk.check.draw import Met, UnmetForm, draw_unmet
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.audio.recordings import RecordingFault, clips_for
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.store.journal.attempts import NewAttempt

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.school.sign_in import SignedIn


@dataclass(frozen=True)
class PreparedAttempt:
    """A new attempt, and notes for its journal, such as a form that shares more than it should with an earlier one."""

    new: NewAttempt
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckHere:
    """How the check is given at one kiosk. ``volume_percent`` is the PC's own."""

    kiosk: str
    rules: FormRules
    settings: Settings
    volume_percent: int = 100


def check_here(configuration: Configuration, kiosk: str) -> CheckHere:
    """How the check is given at this kiosk, by the school's settings files."""
    check, sound = configuration.check, configuration.kiosk.sound
    return CheckHere(kiosk, check.form_rules(), check.settings(), sound.volume_percent)


def prepare_attempt(
    here: CheckHere,
    granted: Granted,
    *,
    met: Met = Met(),
    form: Form | None = None,
    signed_in: "SignedIn | None" = None,
    chance: random.Random | None = None,
    tell: TellStaff = lambda _: None,
) -> PreparedAttempt:
    """Prepare the next attempt, of the pupil who signed in or of a walk-up, who tries it out.

    Without a ``form``, draw one that is not among those ``met``; NoFormFits if the rules allow none. The same
    ``chance`` prepares the same attempt. RecordingFault if a recording that the check needs is missing or broken:
    ``tell`` names it to staff, while the pupil only sees that there is no sound.
    """
    if chance is None:
        attempt_id, chance = uuid.uuid4(), random.Random(secrets.randbits(128))
    else:
        attempt_id = uuid.UUID(int=chance.getrandbits(128), version=4)
    notes: tuple[str, ...] = ()
    if form is None:
        drawn = draw_unmet(chance, here.rules, met)
        form, notes = drawn.form, _notes(drawn)
    kind = signed_in.kind if signed_in is not None else Kind.TRY
    try:
        settings = build_arrangements(
            here.settings, granted, form, official=kind is Kind.OFFICIAL, volume_percent=here.volume_percent
        )
    except RecordingFault as fault:
        tell((str(fault),))
        raise
    new = NewAttempt(str(attempt_id), kind, form, settings, here.kiosk)
    if signed_in is not None:
        new = replace(
            new, check_code=signed_in.check_code, session_id=signed_in.session_id, pupil_id=signed_in.pupil.id
        )
    return PreparedAttempt(new, notes)


def build_arrangements(
    settings: Settings, granted: Granted, form: Form, *, official: bool, volume_percent: int = 100
) -> Settings:
    """The school's ``settings`` for this pupil. Longer or no time limits are for "try it out" alone, and marked so."""
    clips = None
    if Code.QNR in granted.codes:
        clips = clips_for((*form.items, *form.spares), settings.practice, len(form.items), granted.rate)
    having = arranged(granted, clips, official=official, volume_percent=volume_percent)
    if granted.try_limit is None or official:
        return replace(settings, arrangements=having)
    timings = replace(settings.timings, question=granted.try_limit.us)
    return replace(settings, arrangements=having, timings=timings, changed_rules=True)


def _notes(drawn: UnmetForm) -> tuple[str, ...]:
    """The note for the journal if the form is too like an earlier one."""
    if not drawn.too_alike:
        return ()
    return (f"form shares {drawn.shared} questions with {drawn.shared_with} after {drawn.draws} draws",)
