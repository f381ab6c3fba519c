"""``mtc-kiosk sync conflicts``: pupils with two checks that could count, and a head's choice between them.

It shows what tells the checks apart, and no score: nobody chooses by it.
"""

from collections.abc import Iterator, Mapping

import click

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.sync_words import SHOWN_DIGITS, head_has_to_choose
from mtc_kiosk.export.times import spoken
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.choosing import NotSettled
from mtc_kiosk.school.history import OfficialAttempt
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rivals import RULE, order
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.instants import instant, written
from mtc_kiosk.store.records.conflicts import Conflict, choose_record, conflicts
from mtc_kiosk.store.school.choices import Contest, choose, contests, take_back
from mtc_kiosk.store.school.register import pupils, pupils_named
from mtc_kiosk.store.school.staff_context import StaffContext

_ENDED = {
    Outcome.COMPLETE: "complete",
    Outcome.OUT_OF_TIME: "out of time",
    Outcome.STOPPED: "stopped",
    Outcome.SUPERSEDED: "ended by a restart",
}
_HOW = "Choose with: mtc-kiosk sync conflicts --count NUMBER --why REASON"
_SHOWN = "A score of this pupil was in results that were shown before. That the choice came after them is in the audit."


@click.command("conflicts")
@click.option("--count", "digits", metavar="NUMBER", help="Let this check count: the number that the list shows.")
@click.option("--undo", metavar="UPN", help="Take back what a head chose for this pupil.")
@click.option("--why", help="The head's reason, with --count or --undo.")
@home_option
@json_option
@click.pass_context
def sync_conflicts(ctx: click.Context, digits: str | None, undo: str | None, why: str | None) -> None:
    """List pupils with two checks that could count; a head chooses which does, and may take that back."""
    if bool(digits) + bool(undo) != bool(why):
        raise click.UsageError("Give --why together with --count or --undo, and one of those at a time.", ctx)
    with opened_home(ctx) as home:
        doing = home.context()
        try:
            settled_one = _settle(home, doing, digits, undo, why or "")
        except NotSettled as problem:
            raise CommandFailed(Problem(str(problem), "not_settled")) from problem
        found, others = contests(home.db, doing.running), conflicts(home.db)
        if settled(ctx).as_json:
            data = {"conflicts": [_data(home, one) for one in found], "records": [_record_data(one) for one in others]}
            print_json(ok=True, data=marked(home, {"rule": RULE, **data}))
            return
        for line in _lines(home, found, others):
            echo(home, line)
        if settled_one is not None and settled_one.shown:
            click.echo(_SHOWN, err=True)


def head_lines(home: OpenHome) -> list[str]:
    """That a head has to choose, where one has to."""
    waiting = sum(one.rivals.is_open for one in contests(home.db, ())) + sum(one.is_open for one in conflicts(home.db))
    return [head_has_to_choose(waiting)] if waiting else []


def _settle(home: OpenHome, doing: StaffContext, digits: str | None, undo: str | None, why: str) -> Contest | None:
    """Do what the options ask for; the pupil's conflict as it was settled, None where it is not one of checks."""
    if undo is not None:
        (pupil,) = pupils_named(home.db, [undo])
        return take_back(home.db, doing, pupil.id, why)
    if digits is None or choose_record(home.db, doing.staff, digits, why, doing.stamp) is not None:
        return None
    return choose(home.db, doing, digits, why)


def _lines(home: OpenHome, found: tuple[Contest, ...], others: tuple[Conflict, ...]) -> Iterator[str]:
    register = {pupil.id: pupil for pupil in pupils(home.db, with_left=True)}
    for one in sorted(found, key=lambda one: (not one.rivals.is_open, register[one.pupil_id].order)):
        yield from _contest_lines(home, one, register)
    if any(one.rivals.is_open for one in found):
        yield RULE
        yield _HOW
    for other in others:
        looked = "no head has looked yet" if other.is_open else "a head chose"
        yield f"Two records say that they are the same, and {looked}:"
        for number, each in enumerate(other.candidates):
            said = "holds" if number == 0 else "does not hold"
            what = f"{each.row.type} from {each.kiosk}, {spoken(instant(each.at), home.timetable.zone)}"
            yield f"  {each.row.sha256[:SHOWN_DIGITS]}  {what}: {said}"
    if not found and not others:
        yield "No pupil has two checks that could count."


def _contest_lines(home: OpenHome, contest: Contest, register: Mapping[int, Pupil]) -> Iterator[str]:
    pupil, choice, zone = register[contest.pupil_id], contest.rivals.choice, home.timetable.zone
    name = f"{pupil.listed} ({pupil.number})"
    if contest.rivals.is_open or choice is None:
        yield f"{name} took {counted(len(contest.checks), 'check')} where one was theirs, and a head has to choose:"
    else:
        why = f": {contest.why}" if contest.why else ""
        yield f"{name}: chosen {by_whom(choice.by)} on {spoken(choice.at, zone)}{why}"
    for check in contest.checks:
        begun = order(check)[0].astimezone(zone)
        when = f"begun {begun.day} {begun:%B %Y at %H:%M:%S}"
        said = _said(contest, check)
        yield f"  {number_of(check)}  {check.kiosk}, {when}, {state_of(check)}{f': {said}' if said else ''}"
    for _ in contest.rivals.lost:
        yield "  One more was begun with another PIN of this pupil. Nothing of it is here: choose one of the others."


def _said(contest: Contest, check: OfficialAttempt) -> str:
    is_first = check is contest.rivals.first
    if contest.rivals.is_open:
        return "proposed" if is_first else ""
    if is_first:
        return "counts"
    return "does not count; it came in after a head chose" if check in contest.rivals.unseen else "does not count"


def number_of(check: OfficialAttempt) -> str:
    """What names a check: the first digits of its record, or of its attempt while no record is here."""
    return (check.record or check.id)[:SHOWN_DIGITS]


def state_of(check: OfficialAttempt) -> str:
    """What became of a check, in words."""
    if not check.sound:
        return "does not prove itself"
    if check.outcome is None:
        return "held" if check.held_since is not None else "in progress"
    return _ENDED[check.outcome] + ("" if check.delivered else ", its record is not here yet")


def _data(home: OpenHome, contest: Contest) -> dict[str, object]:
    choice, first = contest.rivals.choice, contest.rivals.first
    is_open = contest.rivals.is_open
    return {
        "pupil_id": contest.pupil_id,
        "open": is_open,
        "chosen_at": written(choice.at) if choice is not None and not is_open else None,
        "chosen_by": choice.by if choice is not None and not is_open else None,
        "why": contest.why if not is_open else None,
        "shown_before": contest.shown,
        "checks": [
            {
                "number": number_of(check),
                "attempt_id": check.id,
                "record": check.record or None,
                "kiosk": check.kiosk,
                "begun_at": written(order(check)[0]),
                "state": state_of(check),
                "proposed": is_open and check is first,
                "counts": not is_open and check is first,
                "came_after_choice": check in contest.rivals.unseen,
            }
            for check in contest.checks
        ],
        "lost": len(contest.rivals.lost),
    }


def _record_data(conflict: Conflict) -> dict[str, object]:
    return {
        "open": conflict.is_open,
        "records": [
            {
                "record_id": each.row.record_id,
                "sha256": each.row.sha256,
                "type": each.row.type,
                "kiosk": each.kiosk,
                "at": each.at,
                "holds": number == 0,
            }
            for number, each in enumerate(conflict.candidates)
        ],
    }
