"""Why a check does not count: a score is in the results once, and a file of answers has every check that came in.

Only ``school.results`` decides which check counts; this says why another one does not. A kiosk must not import it.
"""

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.progress import Progress, progress_of
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.results import Result, ResultStatus
from mtc_kiosk.school.rules import Rules

RESTARTED = "Restarted"
RESTART_WAITS = "Restart not taken yet"
RESTART_NOT_TAKEN = "Did not attempt the restart"
NOT_CHOSEN = "A head chose another check"
NOT_FINISHED = "Not finished"
ANOTHER_COUNTS = "Another check counts"


def why_not_counted(facts: PupilHistory, check: ReceivedCheck, result: Result, rules: Rules) -> str:
    """Why this sound check of the pupil does not count, in a few words; "" if it does.

    ``result`` is that of ``facts``. Not for a pupil for whom a head has to choose.
    """
    if (check.id, check.record) == (result.attempt_id, result.record):
        return ""
    progress = progress_of(facts)
    if any(restart.origin == check.id for restart in progress.restarts):
        return _restarted(progress, check, result)
    if any((one.id, one.record) == (check.id, check.record) for one in progress.rivals.passed_over):
        return NOT_CHOSEN
    if check.outcome is not Outcome.COMPLETE:
        return NOT_FINISHED
    reason = rules.reason(progress.reason.code) if progress.reason is not None else None
    return reason.label if reason is not None and reason.annuls else ANOTHER_COUNTS


def _restarted(progress: Progress, check: ReceivedCheck, result: Result) -> str:
    """The words of the results, unless another check was begun since."""
    if progress.pending is None or progress.pending.origin != check.id:
        return RESTARTED
    return RESTART_WAITS if result.status is ResultStatus.RESTART_WAITS else RESTART_NOT_TAKEN
