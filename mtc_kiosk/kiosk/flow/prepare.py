"""From what the school grants a pupil to the settings of one check. The recordings' lengths come from their files."""

from dataclasses import dataclass, replace

from mtc_kiosk.check.arrangements import Code, Granted, arranged
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.audio.recordings import clips_for
from mtc_kiosk.store.journal.attempts import NewAttempt


@dataclass(frozen=True)
class PreparedAttempt:
    """A new attempt, and notes for its journal, such as a form that shares more than it should with an earlier one."""

    new: NewAttempt
    notes: tuple[str, ...] = ()


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
