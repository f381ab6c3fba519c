"""Whether the head's declaration is signed and stands: under the national scheme all that led to it is then settled."""

from mtc_kiosk.school.obstacle import ObstacleCode, refuse
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.opened import Database

_STANDS = (
    "select exists (select 1 from declaration as signed where undoes is null"
    " and not exists (select 1 from declaration as later where later.undoes = signed.id))"
)


def refuse_where_declared(db: Database, timetable: Timetable) -> None:
    """Refuse a change of PINs, restarts or reasons under a signed declaration (national scheme alone)."""
    if timetable.national and db.execute(_STANDS).fetchone()[0]:
        raise refuse(ObstacleCode.CLOSED, "The declaration is signed: PINs, restarts and reasons stay as they are.")
