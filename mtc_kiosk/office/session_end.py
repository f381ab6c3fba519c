"""Before a session is ended: who is still taking the check, and what happens to each."""

from dataclasses import dataclass

from mtc_kiosk.office import sessions, status
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.office.sessions import SessionListed
from mtc_kiosk.office.status import PupilWithStatus
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.sessions import pupil_ids_of

_TAKING = (Status.RUNNING, Status.OVERDUE, Status.HELD)
"""Also before the check itself: a pupil may be held in practice."""

_SIGNED_IN = (Status.SIGNED_IN, Status.PRACTISING, Status.OVERDUE_SIGNED_IN)


@dataclass(frozen=True)
class SessionEnd:
    """Sessions that can be ended, and the pupils whom that concerns.

    ``taking`` have begun the check and carry on; ``signed_in`` have not, and cannot begin; ``waiting`` only have a PIN,
    which then no longer works.
    """

    sessions: tuple[SessionListed, ...]
    taking: tuple[PupilWithStatus, ...]
    signed_in: tuple[PupilWithStatus, ...]
    waiting: tuple[PupilWithStatus, ...]

    @property
    def opens_later(self) -> bool:
        """Whether none of them is open yet."""
        return all(one.state is SessionState.TO_COME for one in self.sessions)


def look(home: OpenHome, session_id: int | None = None) -> SessionEnd:
    """The session with this number if it has not ended, or all that are open now."""
    found = tuple(
        one
        for one in sessions.listed(home)
        if (one.session.id == session_id and one.state is not SessionState.CLOSED)
        or (session_id is None and one.state is SessionState.OPEN)
    )
    within = pupil_ids_of(home.db, (one.session.id for one in found))
    register = status.of_register(home).pupils
    seen = {pupil.id for pupil in in_scope(home, May.START_SESSIONS, (one.pupil for one in register))}
    pupils = [one for one in register if one.pupil.id in within & seen]
    context = home.context()
    there = [one.pupil.id for one in pupils if one.status.status in (*_TAKING, *_SIGNED_IN)]
    facts = load_facts(home.db, context.running, there)
    begun = {pupil_id for pupil_id, each in facts.items() if progress_of(each).has_begun}
    return SessionEnd(
        found,
        tuple(one for one in pupils if one.status.status in _TAKING and one.pupil.id in begun),
        tuple(one for one in pupils if one.status.status in (*_TAKING, *_SIGNED_IN) and one.pupil.id not in begun),
        tuple(one for one in pupils if one.status.status is Status.PIN),
    )
