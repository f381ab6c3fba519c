"""Tells staff of a recording that keeps a check from beginning; the pupil only sees that there is no sound."""

from collections.abc import Callable, Sequence

from mtc_kiosk.kiosk.audio.recordings import RecordingFault
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt

Tell = Callable[[Sequence[str]], None]
"""What hands sentences to staff."""


def prepared_or_told(prepare: Callable[[], PreparedAttempt], tell: Tell) -> PreparedAttempt:
    """What ``prepare`` makes; a RecordingFault passes through once staff have been told which recording it is."""
    try:
        return prepare()
    except RecordingFault as fault:
        tell((str(fault),))
        raise
