"""Carry out what staff want done to an attempt or to the kiosk: one function for each kind of command.

Each returns that it was done, that the attempt has left the screen, or the sentences of a refusal.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from mtc_kiosk.check import events
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.kiosk_state import STAFF_EXIT, KioskState
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button


class Result(Enum):
    """The result of a command that was not refused."""

    DONE = "done"
    LEFT = "left"  # the attempt on the screen makes way for the next pupil


@dataclass(frozen=True)
class NotDone:
    """Refused, and why; no sentences if the attempt no longer needs it. The heading names what was not done."""

    heading: str = ""
    sentences: tuple[str, ...] = ()


Outcome = Result | NotDone


def carry_out(state: KioskState, command: StaffCommand, at_ns: int) -> None:
    """Carry out a command and show its result."""
    match outcome(state, command, at_ns):
        case Result.LEFT:
            state.leave()
        case NotDone(heading=heading, sentences=(_, *_) as sentences):
            state.staff.refuse(heading, *sentences)
        case _:
            pass


def outcome(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Carry out a command on the attempt; return its result."""
    return _BY_KIND[command.kind](state, command, at_ns)


def bring_back(state: KioskState, attempt_id: str) -> RunningAttempt | None:
    """Put a check on the screen that was set aside on this kiosk, still held; None if it cannot be read."""
    attempt = _set_aside_earlier(state, attempt_id)
    if attempt is not None:
        if state.sign_in is not None:
            state.sign_in.leave()
        state.enter(attempt)
    return attempt


def _resume(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Resume a held check: the one on the screen, or one that was set aside on this kiosk."""
    attempt = _on_screen(state, command)
    if attempt is None and command.attempt_id is not None:
        attempt = bring_back(state, command.attempt_id)
    if attempt is None:
        return _not_found(command, Button.RESUME)
    if not state.is_held:
        return NotDone()
    if not state.current.has_sound_for(state.current.arrangements):
        return NotDone(staff_words.CHECK_NOT_DONE[Button.RESUME], (staff_words.STILL_NO_SOUND,))
    if state.trouble is not None:
        return NotDone()
    state.current.narrator.begin(attempt.machine)  # a reopened sound device has no decoded recordings
    state.advance(events.Released(attempt.at(state.clock.now_ns())))
    return Result.DONE


def _stop(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Stop a held check for good, on the screen or set aside."""
    attempt = _on_screen(state, command)
    if attempt is not None:
        return _held(state, events.Stopped(attempt.at(at_ns)), Result.DONE)
    if command.attempt_id is None or (attempt := _set_aside_earlier(state, command.attempt_id)) is None:
        return _not_found(command, Button.STOP)
    attempt.record(events.Stopped(attempt.at(state.clock.now_ns())))
    return Result.DONE


def _set_aside(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Keep the held check on the screen for later."""
    attempt = _on_screen(state, command)
    return _held(state, events.SetAside(attempt.at(at_ns)), Result.LEFT) if attempt is not None else NotDone()


def _drop(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Take an attempt off the screen that something else has ended."""
    return Result.LEFT if _on_screen(state, command) is not None else NotDone()


def _exit(state: KioskState, command: StaffCommand, at_ns: int) -> Outcome:
    """Close the kiosk on this PC."""
    state.exit_code = STAFF_EXIT
    return Result.DONE


_BY_KIND: dict[CommandKind, Callable[[KioskState, StaffCommand, int], Outcome]] = {
    CommandKind.RESUME: _resume,
    CommandKind.STOP: _stop,
    CommandKind.SET_ASIDE: _set_aside,
    CommandKind.DROP: _drop,
    CommandKind.EXIT: _exit,
}


def _on_screen(state: KioskState, command: StaffCommand) -> RunningAttempt | None:
    """The command's attempt if it is on the screen, else None."""
    attempt = state.attempt
    return attempt if attempt is not None and command.attempt_id in (None, attempt.id) else None


def _not_found(command: StaffCommand, button: Button) -> NotDone:
    """No attempt could be read for the command; say so if it named one."""
    if command.attempt_id is None:
        return NotDone()
    return NotDone(staff_words.CHECK_NOT_DONE[button], staff_words.UNREADABLE)


def _held(state: KioskState, event: events.Event, result: Result) -> Outcome:
    """Advance the check on the screen by this event, if it is held."""
    if not state.is_held:
        return NotDone()
    state.advance(event)
    return result


def _set_aside_earlier(state: KioskState, attempt_id: str) -> RunningAttempt | None:
    """An attempt from the journal, taken up; None if it cannot be read."""
    try:
        stored = state.journal.load_attempt(attempt_id)
        return RunningAttempt.take_up(stored, state.clock, state.journal)
    except Exception:  # well-formed rows may still not replay
        return None
