"""Give a command to a kiosk, and say what became of it.

A kiosk that shares the home reads commands twice a second, an enrolled one with each beat, and both answer at once. A
command names what the person saw on their page: the attempt, its run and its hold. ``school.kiosk_command`` has the
rules, the kiosk checks them again when it acts.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.room_scope import in_room, refuse_outside_room
from mtc_kiosk.school.kiosk_command import LASTS, CheckNow, CommandAnswer, Order, Why
from mtc_kiosk.school.kiosk_names import natural
from mtc_kiosk.school.words import counted, names_in_words
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.school import kiosk_commands
from mtc_kiosk.store.school.held_checks import UnfinishedCheck, unfinished_check, unfinished_checks
from mtc_kiosk.store.school.register import pupils_by_id

ANSWERS_WITHIN_S = 2.0
_LOOKS_EVERY_S = 0.1
_GRACE = timedelta(seconds=2)
"""A kiosk may act in the last moment, and write its answer a little later."""

_DONE = {
    Order.CARRY_ON: "The pupil can carry on, once they press Carry on at {kiosk}.",
    Order.HOLD: "The check at {kiosk} is held as soon as the open question ends.",
    Order.SET_ASIDE: "The check is set aside, and {kiosk} is free.",
    Order.STOP: "The check at {kiosk} is stopped. Its answers are kept.",
}
_NOT_DONE = {
    Why.CHANGED: "The check has changed since you looked, so nothing was done. Look at it again.",
    Why.ENDED: "This check has already ended. Nothing was done.",
    Why.ONLY_STOP: "No spare questions are left, so this check can only be stopped.",
    Why.STAFF: "A teacher has the staff menu open at {kiosk}. Nothing was done.",
    Why.BUSY: "Another pupil is at {kiosk}. Try again when it is free.",
    Why.SOUND: "This check needs sound, and {kiosk} has none. Plug in headphones, then try again.",
    Why.DISK: "{kiosk} cannot save what is typed. Make room on its disk, then try again.",
    Why.UNREADABLE: "This check was damaged on the disk. Give the pupil a restart.",
    Why.LATE: "{kiosk} did not answer within 10 seconds, so nothing was done. Look at that PC.",
    Why.RESTARTED: "{kiosk} was started again before it could answer. Nothing was done.",
}
_SENT = "Sent to {kiosk}. It has not answered yet."
_NOT_RUNNING = "The kiosk {kiosk} is not running. Start it again on that PC, then look here."
_NOT_HEARD = "This desk does not hear from the kiosk {kiosk}. Go to that PC: the check may be going on there."


@dataclass(frozen=True)
class Became:
    """What became of a command; ``answer`` is None while the kiosk may still answer."""

    order: Order
    kiosk: str
    answer: CommandAnswer | None
    sentence: str


@dataclass(frozen=True)
class HeldAll:
    """How many running checks were asked to hold; ``ids`` are the commands.

    ``unheard`` are the enrolled kiosks with a check that may be going on, from which the desk hears nothing.
    """

    ids: tuple[int, ...]
    unheard: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What happens now."""
        said = f"{counted(len(self.ids), 'check')} will be held, each as soon as its open question ends."
        if not self.ids:
            said = "No check is running now."
        if not self.unheard:
            return said
        return f"{said} This desk does not hear from {names_in_words(self.unheard)}: go there."


def _pc_clock() -> datetime:
    return datetime.now(UTC)


def give(home: OpenHome, check: CheckNow, order: Order, clock: Callable[[], datetime] = _pc_clock) -> int:
    """Give a command to the kiosk of a check as the person saw it; return the command's id.

    Refused at once if the check has changed, or its kiosk is not running.
    """
    found = unfinished_check(home.db, check.attempt_id)
    if found is None:
        raise _refused(Why.ENDED, "")
    if found.pupil_id is not None:
        refuse_outside_room(home, pupils_by_id(home.db, (found.pupil_id,)))
    if not found.runs(home.context().running):
        sentence = _NOT_HEARD if found.is_away else _NOT_RUNNING
        raise OfficeRefused(Problem(sentence.format(kiosk=found.kiosk), "kiosk_not_running"))
    now = kiosk_commands.check_now(home.db, check.attempt_id)
    if (now.run, now.hold_seq) != (check.run, check.hold_seq):
        raise _refused(Why.CHANGED, found.kiosk)
    if order not in now.allowed:
        raise _refused(Why.ONLY_STOP if now.only_stop else Why.CHANGED, found.kiosk)
    return _give(home, found.kiosk, now, order, clock)


def hold_all(home: OpenHome, clock: Callable[[], datetime] = _pc_clock) -> HeldAll:
    """Hold every running check that this account may see in the room, each as soon as its open question ends."""
    running = home.context().running
    mine = _in_room(home, unfinished_checks(home.db))
    there = [one for one in mine if one.runs(running)]
    checks = [(one.kiosk, kiosk_commands.check_now(home.db, one.attempt_id)) for one in there]
    wanted = [(kiosk, check) for kiosk, check in checks if check.hold_seq == 0]
    ids = kiosk_commands.give_all(home.db, wanted, Order.HOLD, _stamp(home, clock)) if wanted else ()
    unheard = {one.kiosk for one in mine if one.is_away and one.kiosk not in running}
    return HeldAll(ids, tuple(sorted(unheard, key=natural)))


def became(home: OpenHome, command_id: int, clock: Callable[[], datetime] = _pc_clock) -> Became:
    """What became of a command. Refused if there is none, or it is another account's."""
    given = kiosk_commands.given(home.db, command_id)
    if given is None or given.command.by != home.staff.account:
        raise OfficeRefused(Problem("There is no such command. Look at the room again.", "no_command"))
    order, kiosk = given.command.order, given.kiosk
    if given.answer is CommandAnswer.DONE:
        return Became(order, kiosk, given.answer, _DONE[order].format(kiosk=kiosk))
    if given.answer is not None:
        why = given.why if given.why is not None else Why.CHANGED
        return Became(order, kiosk, given.answer, _NOT_DONE[why].format(kiosk=kiosk))
    if clock() - given.command.at < LASTS + _GRACE:
        return Became(order, kiosk, None, _SENT.format(kiosk=kiosk))
    return Became(order, kiosk, CommandAnswer.EXPIRED, _NOT_DONE[Why.LATE].format(kiosk=kiosk))


def wait_for(home: OpenHome, command_id: int, seconds: float = ANSWERS_WITHIN_S) -> Became:
    """What became of a command, waiting for the kiosk's answer at most so long."""
    give_up_at = time.monotonic() + seconds
    while True:
        found = became(home, command_id)
        if found.answer is not None or time.monotonic() >= give_up_at:
            return found
        time.sleep(_LOOKS_EVERY_S)


def _give(home: OpenHome, kiosk: str, check: CheckNow, order: Order, clock: Callable[[], datetime]) -> int:
    return kiosk_commands.give(home.db, kiosk, check, order, _stamp(home, clock))


def _stamp(home: OpenHome, clock: Callable[[], datetime]) -> AuditStamp:
    return AuditStamp(written(clock()), home.staff.account)


def _in_room(home: OpenHome, checks: Sequence[UnfinishedCheck]) -> list[UnfinishedCheck]:
    """Those of pupils in this account's room, and those at enrolled kiosks of pupils whom this desk does not know."""
    ids = [one.pupil_id for one in checks if one.pupil_id is not None]
    seen = {pupil.id for pupil in in_room(home, pupils_by_id(home.db, ids))}
    return [one for one in checks if one.pupil_id in seen or (one.is_away and one.pupil_id is None)]


def _refused(why: Why, kiosk: str) -> OfficeRefused:
    return OfficeRefused(Problem(_NOT_DONE[why].format(kiosk=kiosk), str(why)))
