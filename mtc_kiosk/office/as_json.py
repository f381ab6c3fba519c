"""The JSON shapes of what the office returns: one function a type, for ``--json`` and for the console's pages alike.

Keys are public: they are in the golden transcripts of the commands.
"""

from mtc_kiosk.office.restarts import RestartsGiven


def restarts_given(given: RestartsGiven) -> dict[str, object]:
    """Who may take the check once more."""
    return {"pupil_ids": [pupil.id for pupil in given.pupils], "reason": given.code}
