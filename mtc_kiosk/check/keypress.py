"""What a key does to the open question: the rules of typing (pupil client, section 3)."""

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import KeyPressed
from mtc_kiosk.check.script import Asking, Question, Reading
from mtc_kiosk.check.state import Chord, Machine
from mtc_kiosk.check.turn import Transition

LONGEST_ANSWER = 5
DIGITS = frozenset("0123456789")
ERASERS = frozenset({"Backspace", "Delete"})
ENTER = "Enter"
REPEATS = frozenset({"Tab", "Repeat"})
"""The key, and the speaker on the screen, that ask to hear the question again."""


def press(turn: Transition, key: KeyPressed) -> None:
    """Let a key act on the open question, or keep that it was ignored and why. On a page, keys are not the check's."""
    machine = turn.machine
    question = machine.question
    if question is None or machine.held is not None:
        return
    if is_chord(key.input):
        turn.change(chord=Chord(key.input, key.at))
    why = _why_not(turn, key)
    if why is not None:
        q = question
        turn.emit(facts.Ignored(key.at, q.number, q.showing, q.practice, key.input, key.source, key.stall, why))
    elif key.input in DIGITS:
        _digit(turn, key, question)
    elif key.input in ERASERS:
        _erase(turn, key, question)
    elif key.input in REPEATS:
        q = question
        turn.emit(facts.Repeated(key.at, q.number, q.showing, q.practice, key.input, key.source, key.stall))
        turn.talk(key.at, lambda clips: clips.questions.get(str(q.item), 0))
    else:
        _enter(turn, key, question)


def is_chord(name: str) -> bool:
    """Whether a ``+`` joins two keys; the key ``+`` alone is none."""
    return "+" in name[1:-1]


def _waits(turn: Transition, at: int) -> bool:
    """Whether the step's time has run out, and only a device that is away keeps it from ending."""
    machine = turn.machine
    match machine.step:
        case Asking(_, int(lasts)):
            return machine.shown is not None and at >= machine.shown + lasts
        case Reading(_, lasts):
            return at >= machine.began + lasts
        case _:
            return False


def _why_not(turn: Transition, key: KeyPressed) -> facts.Why | None:
    machine = turn.machine
    if isinstance(machine.step, Reading) and key.input in DIGITS and not _waits(turn, key.at):
        return None
    if not isinstance(machine.step, Asking) or machine.shown is None:
        return facts.Why.BEFORE_SHOWN
    if _waits(turn, key.at):
        return facts.Why.LATE
    if is_chord(key.input):
        return facts.Why.CHORD
    if key.input in DIGITS:
        return facts.Why.FULL if len(machine.typed) >= LONGEST_ANSWER else None
    if key.input in ERASERS or key.input == ENTER:
        skips = key.input == ENTER and machine.step.lasts is None  # without a limit nothing else ends a question
        return None if machine.typed or skips else facts.Why.EMPTY
    return None if key.input in REPEATS and _can_repeat(machine) else facts.Why.NO_MEANING


def _can_repeat(machine: Machine) -> bool:
    """With the audio version, until the first digit; not yet under rules 1."""
    settings = machine.settings
    return settings.rules > 1 and settings.arrangements.clips is not None and machine.may_repeat


def _digit(turn: Transition, key: KeyPressed, q: Question) -> None:
    turn.emit(facts.Typed(key.at, q.number, q.showing, q.practice, key.input, key.source, key.stall))
    if isinstance(turn.machine.step, Reading):
        # A first digit ends the reading: it is kept, and the sum is shown at once.
        turn.next_step(key.at)
    turn.change(typed=turn.machine.typed + key.input, digit_typed=True, stalled=turn.machine.stalled or key.stall)
    turn.change(practised=turn.machine.practised or q.practice)
    turn.talk(key.at, lambda clips: clips.digits.get(key.input, 0))


def _erase(turn: Transition, key: KeyPressed, q: Question) -> None:
    erased = turn.machine.typed[-1]
    turn.emit(facts.Erased(key.at, q.number, q.showing, q.practice, key.input, key.source, key.stall))
    turn.change(typed=turn.machine.typed[:-1], stalled=turn.machine.stalled or key.stall)
    turn.talk(key.at, lambda clips: clips.deletions.get(erased, 0))


def _enter(turn: Transition, key: KeyPressed, q: Question) -> None:
    turn.emit(facts.Entered(key.at, q.number, q.showing, q.practice, key.input, key.source, key.stall))
    turn.change(stalled=turn.machine.stalled or key.stall)
    turn.answer(key.at, facts.AnsweredBy.ENTER)
    turn.next_step(key.at)
