"""What a key does to the open question: the rules of typing (docs/reference/pupil-client.md, "Typing")."""

from mtc_kiosk.check import facts
from mtc_kiosk.check.events import KeyPressed, Source
from mtc_kiosk.check.script import Asking, Question, Reading
from mtc_kiosk.check.state import Chord, Machine
from mtc_kiosk.check.transition import Transition

LONGEST_ANSWER = 5
DIGITS = frozenset("0123456789")
ERASERS = frozenset({"Backspace", "Delete"})
ENTER = "Enter"
REPEATS = frozenset({"Tab", "Repeat"})
"""The key, and the speaker button on the screen, that ask to hear the question again."""


def press(transition: Transition, key: KeyPressed) -> None:
    """Let a key act on the open question, or emit that it was ignored and why. On a page, keys do nothing here."""
    machine = transition.machine
    question = machine.question
    if question is None or machine.held is not None:
        return
    if is_chord(key.input):
        transition.change(chord=Chord(key.input, key.at))
    why = _why_not(transition, key)
    if why is not None:
        transition.emit(facts.Ignored(*_pressed(key, question), why))
    elif key.input in DIGITS:
        _digit(transition, key, question)
    elif key.input in ERASERS:
        _erase(transition, key, question)
    elif key.input in REPEATS:
        transition.emit(facts.Repeated(*_pressed(key, question)))
        transition.talk(key.at, lambda clips: clips.questions.get(str(question.item), 0))
    else:
        _enter(transition, key, question)


def _pressed(key: KeyPressed, q: Question) -> tuple[int, int, int, bool, str, Source, bool]:
    """The fields of ``facts.OfKey``."""
    return key.at, *q.place, key.input, key.source, key.stall


def is_chord(name: str) -> bool:
    """Whether a ``+`` joins two keys; the key ``+`` alone is not a chord."""
    return "+" in name[1:-1]


def _waits(transition: Transition, at: int) -> bool:
    """Whether the step's time has run out and it has not ended only because a device is away."""
    machine = transition.machine
    match machine.step:
        case Asking(_, int(lasts)):
            return machine.shown is not None and at >= machine.shown + lasts
        case Reading(_, lasts):
            return at >= machine.began + lasts
        case _:
            return False


def _why_not(transition: Transition, key: KeyPressed) -> facts.Why | None:
    machine = transition.machine
    if isinstance(machine.step, Reading) and key.input in DIGITS and not _waits(transition, key.at):
        return None
    if not isinstance(machine.step, Asking) or machine.shown is None:
        return facts.Why.BEFORE_SHOWN
    if _waits(transition, key.at):
        return facts.Why.LATE
    if is_chord(key.input):
        return facts.Why.CHORD
    if key.input in DIGITS:
        return facts.Why.FULL if len(machine.typed) >= LONGEST_ANSWER else None
    if key.input in ERASERS or key.input == ENTER:
        skips = key.input == ENTER and machine.step.lasts is None  # without a time limit only Enter ends a question
        return None if machine.typed or skips else facts.Why.EMPTY
    return None if key.input in REPEATS and _can_repeat(machine) else facts.Why.NO_MEANING


def _can_repeat(machine: Machine) -> bool:
    """With the audio version, until the first digit; not yet under rules 1."""
    settings = machine.settings
    return settings.rules > 1 and settings.arrangements.clips is not None and machine.may_repeat


def _digit(transition: Transition, key: KeyPressed, q: Question) -> None:
    transition.emit(facts.Typed(*_pressed(key, q)))
    if isinstance(transition.machine.step, Reading):
        # A first digit ends the reading: it is kept, and the sum is shown at once.
        transition.next_step(key.at)
    machine = transition.machine
    stalled, practised = machine.stalled or key.stall, machine.practised or q.practice
    transition.change(typed=machine.typed + key.input, digit_typed=True, stalled=stalled, practised=practised)
    transition.talk(key.at, lambda clips: clips.digits.get(key.input, 0))


def _erase(transition: Transition, key: KeyPressed, q: Question) -> None:
    erased = transition.machine.typed[-1]
    transition.emit(facts.Erased(*_pressed(key, q)))
    transition.change(typed=transition.machine.typed[:-1], stalled=transition.machine.stalled or key.stall)
    transition.talk(key.at, lambda clips: clips.deletions.get(erased, 0))


def _enter(transition: Transition, key: KeyPressed, q: Question) -> None:
    transition.emit(facts.Entered(*_pressed(key, q)))
    transition.change(stalled=transition.machine.stalled or key.stall)
    transition.answer(key.at, facts.AnsweredBy.ENTER)
    transition.next_step(key.at)
