"""Commands from the console to a kiosk: the console gives one, the kiosk answers it, once.

``school.kiosk_command`` has the rules. The times are those of the PC's own clock, which a kiosk that shares the home
has too, even in a made-up home with a time of its own. An enrolled one gets a command with its age (``office.beats``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mtc_kiosk.school.kiosk_command import CheckNow, CommandAnswer, KioskCommand, Order, Why
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.classroom.away import AwayAttempt
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change

_GIVE = "insert into kiosk_command (kiosk, attempt_id, run, hold_seq, command, at, by) values (?, ?, ?, ?, ?, ?, ?)"
_WAITING = (
    "select c.id, c.attempt_id, c.run, c.hold_seq, c.command, c.at, c.by, a.outcome is not null"
    " from kiosk_command c left join attempt a on a.id = c.attempt_id"
    " where c.kiosk = ? and c.answer is null and c.id > ? order by c.id"
)
_ANSWER = "update kiosk_command set answer = ?, answered_at = ?, why = ? where id = ? and answer is null"
_EXPIRE = (
    "update kiosk_command set answer = 'expired', answered_at = ?, why = 'restarted' where kiosk = ? and answer is null"
)
_LAST = "select coalesce(max(id), 0) from kiosk_command"
_GIVEN = "select id, kiosk, attempt_id, run, hold_seq, command, at, by, answer, why from kiosk_command"
_TAIL = "select run from event where attempt_id = ? order by seq desc limit 1"
_HOLD = (
    "select seq, type, data from event where attempt_id = ? and type in ('Held', 'SetAside', 'Released')"
    " order by seq desc limit 1"
)
_ONLY_STOP = (
    "select json_extract(data, '$.only_stop') from event where attempt_id = ? and type = 'Held'"
    " order by seq desc limit 1"
)

_ACTIONS = {
    Order.CARRY_ON: AuditAction.RESUMED,
    Order.HOLD: AuditAction.HELD,
    Order.SET_ASIDE: AuditAction.SET_ASIDE,
    Order.STOP: AuditAction.STOPPED,
}


@dataclass(frozen=True)
class GivenCommand:
    """A command and what became of it; ``answer`` is None while the kiosk has not answered."""

    command: KioskCommand
    kiosk: str
    answer: CommandAnswer | None
    why: Why | None


def check_now(db: Database, attempt_id: str) -> CheckNow:
    """An unfinished check as a command names it: from its journal, or as its enrolled kiosk told it."""
    last = db.execute(_TAIL, (attempt_id,)).fetchone()
    elsewhere = away.find(db, attempt_id) if last is None else None
    if elsewhere is not None:
        return check_away(elsewhere)
    run = int(last[0]) if last is not None else 1
    hold = db.execute(_HOLD, (attempt_id,)).fetchone()
    if hold is None or hold[1] == "Released":
        return CheckNow(attempt_id, run, 0)
    only_stop = db.execute(_ONLY_STOP, (attempt_id,)).fetchone()
    return CheckNow(attempt_id, run, int(hold[0]), bool(only_stop and only_stop[0]), is_set_aside=hold[1] == "SetAside")


def check_away(one: AwayAttempt) -> CheckNow:
    """An unfinished check at an enrolled kiosk as a command names it."""
    only_stop = one.held is not None and one.held.only_stop
    return CheckNow(one.id, one.run, one.hold_seq, only_stop, is_set_aside=one.is_set_aside)


def give(db: Database, kiosk: str, check: CheckNow, order: Order, stamp: AuditStamp) -> int:
    """Give a kiosk a command; return its id. ``stamp.at`` is by the PC's own clock."""
    (command_id,) = give_all(db, [(kiosk, check)], order, stamp)
    return command_id


def give_all(db: Database, checks: Iterable[tuple[str, CheckNow]], order: Order, stamp: AuditStamp) -> tuple[int, ...]:
    """Give the same command for several checks, each with its kiosk, in one transaction; return the commands' ids."""
    rows = [
        (kiosk, check.attempt_id, check.run, check.hold_seq, str(order), stamp.at, stamp.account)
        for kiosk, check in checks
    ]
    with change(db):
        return tuple(int(db.execute(_GIVE, row).lastrowid or 0) for row in rows)


def given(db: Database, command_id: int) -> GivenCommand | None:
    """A command and what became of it; None if there is none of this id."""
    found = read(db, "kiosk_command", f"{_GIVEN} where id = ?", (command_id,), _given)
    return found[0] if found else None


def last_of(db: Database, attempt_ids: Sequence[str]) -> dict[str, GivenCommand]:
    """The last command to each of these attempts."""
    marks = ", ".join("?" * len(attempt_ids))
    newest = f"select max(id) from kiosk_command where attempt_id in ({marks}) group by attempt_id"  # noqa: S608 - ours
    rows = read(db, "kiosk_command", f"{_GIVEN} where id in ({newest})", tuple(attempt_ids), _given)
    return {one.command.attempt_id: one for one in rows}


# -- the kiosk's side


def expire_earlier(db: Database, kiosk: str, at: datetime) -> int:
    """A kiosk starts: expire whatever it was given before, and return the last id. No command survives a restart."""
    with change(db):
        db.execute(_EXPIRE, (written(at), kiosk))
        return int(db.execute(_LAST).fetchone()[0])


def waiting(db: Database, kiosk: str, after: int) -> tuple[KioskCommand, ...]:
    """The commands that a kiosk has not answered, after this id, the earliest first."""
    return tuple(read(db, "kiosk_command", _WAITING, (kiosk, after), _command))


def answer(db: Database, command: KioskCommand, answered: CommandAnswer, why: Why | None, at: datetime) -> None:
    """Answer a command, once; what was done is audited under the account that gave it."""
    row = (str(answered), written(at), str(why) if why is not None else None, command.id)
    with change(db):
        if db.execute(_ANSWER, row).rowcount == 1 and answered is CommandAnswer.DONE:
            stamp = AuditStamp(written(at), command.by)
            audit(db, stamp, str(_ACTIONS[command.order]), command.attempt_id)


def _command(
    command_id: int, attempt_id: str, run: int, hold_seq: int, order: str, at: str, by: str, is_over: int
) -> KioskCommand:
    return KioskCommand(command_id, attempt_id, run, hold_seq, Order(order), instant(at), by, bool(is_over))


def _given(command_id: int, kiosk: str, attempt_id: str, run: int, hold_seq: int, *rest: Any) -> GivenCommand:
    order, at, by, answered, why = rest
    return GivenCommand(
        _command(command_id, attempt_id, run, hold_seq, order, at, by, is_over=0),
        kiosk,
        CommandAnswer(answered) if answered is not None else None,
        Why(why) if why is not None else None,
    )
