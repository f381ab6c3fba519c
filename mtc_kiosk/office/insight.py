"""What insight says of a class or a pupil, from the checks that count; shown as results are: after their release, and
audited.

A pupil for whom a head must choose between two checks has no score and so no insight; the pupil is named in ``two``.
A kiosk must not import this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mtc_kiosk.export.results import ResultRow, notes
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.whole_class import ClassInsight, class_insight
from mtc_kiosk.office.attempts import Reading, Taken
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.results import PAGE, Results, layout_of, note_shown, proven_results, results_seen
from mtc_kiosk.office.scope import refuse_out_of_scope
from mtc_kiosk.school.obstacle import TWO_CHECKS, Obstacle, ObstacleCode, PupilObstacle, Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil

NO_SCORE = Obstacle(ObstacleCode.NOT_COMPLETE, "has no score, so there is nothing to say about answers")
_UNREAD = Obstacle(
    ObstacleCode.NOT_COMPLETE,
    "has a score, but the record of the answers cannot be read now. mtc-kiosk verify says what is wrong with it",
)


@dataclass(frozen=True)
class InsightOfClass:
    """A class with its insight, which is by pupil id, as ``pupils`` is.

    ``two`` took two checks and a head must choose; ``unread`` have a score, but their journal cannot be read now.
    ``results`` are those shown with it, with what they must say about themselves.
    """

    insight: ClassInsight
    pupils: Mapping[int, Pupil]
    two: tuple[Pupil, ...]
    unread: tuple[Pupil, ...]
    results: Results


@dataclass(frozen=True)
class InsightOfPupil:
    """One pupil with the result, what insight says of the check, and the goes of "try it out", oldest first.

    ``notes`` are what the result must say about itself.
    """

    row: ResultRow
    insight: PupilInsight
    check: Taken
    tries: tuple[Taken, ...]
    notes: tuple[str, ...]


def insight_of_class(home: OpenHome, where: str, group: str = "") -> InsightOfClass:
    """Insight into one ``group``, or all pupils that the account may see, to be shown ``where``.

    Refused before the release of results; DeviceKeyRefused. It is audited as a showing of results.
    """
    with proven_results(home, no_progress, trusts_memory=where == PAGE) as (db, derived):
        shown = results_seen(home, derived, group)
        pupils = {row.pupil.id: row.pupil for row in shown.rows}
        reading = Reading(home, db, derived)
        known = reading.insights(pupils)
        insight = class_insight(reading.context(known), known=known)
    note_shown(home, shown, where)
    return InsightOfClass(
        insight=insight,
        pupils=pupils,
        two=tuple(row.pupil for row in shown.rows if row.result.has_two),
        unread=tuple(pupils[pupil] for pupil in pupils if pupil in reading.counting and pupil not in known),
        results=shown,
    )


def insight_of_pupil(home: OpenHome, where: str, pupil_id: int) -> InsightOfPupil:
    """Insight into one pupil's check, to be shown ``where``: the audit's row names this pupil alone.

    OfficeRefused for a pupil whom the account may not see. Refused before the release of results, for two checks
    between which a head must choose, and without a score; DeviceKeyRefused.
    """
    pupil = pupil_chosen(home.db, pupil_id)
    refuse_out_of_scope(home, May.SEE_RESULTS, (pupil,))
    with proven_results(home, no_progress, trusts_memory=where == PAGE) as (db, derived):
        row = next((one for one in derived.rows if one.pupil.id == pupil_id), None)
        if row is None:
            raise Refused([PupilObstacle(NO_SCORE, pupil_id)])
        refuse_out_of_scope(home, May.SEE_RESULTS, (row.pupil,))
        if row.result.has_two:
            raise Refused([PupilObstacle(TWO_CHECKS, pupil_id)])
        reading = Reading(home, db, derived)
        if pupil_id not in reading.counting:
            raise Refused([PupilObstacle(NO_SCORE, pupil_id)])
        insight = reading.insights([pupil_id]).get(pupil_id)
        if insight is None:
            raise Refused([PupilObstacle(_UNREAD, pupil_id)])
        check = Taken(reading.counting[pupil_id].finished_at, insight.attempt)
        tries = reading.tries(pupil_id)
    shown = replace(results_seen(home, derived), rows=(row,))
    note_shown(home, shown, where)
    return InsightOfPupil(row, insight, check, tries, notes((row,), replace(layout_of(home), with_ctf=True)))
