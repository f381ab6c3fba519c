"""What the plain second version does with an event (check.machine, rules 3 to 8); what time does is in ``plain``."""

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Event

from .plain import Line, Plain

KEYS_WITH_A_MEANING = {"Backspace", "Delete", "Enter", *"0123456789"}
WHAT_KEYS_DO = {"Enter": "Entered", "Backspace": "Erased", "Delete": "Erased", "Tab": "Repeated", "Repeat": "Repeated"}


def handle(check: Plain, event: Event) -> list[Line]:
    """Handle an event; the lines that it adds."""
    before = len(check.lines)
    if check.ended is None:
        at = max(event.at, check.last)
        if isinstance(event, events.Failed):
            check.run(min(max(event.since_us, check.last), at))
        elif not isinstance(event, events.Resumed):
            check.run(at)
        if check.ended is None:
            _take(check, event, at)
            check.run(at)
        if len(check.lines) > before:
            check.last = at
    return check.lines[before:]


def _take(check: Plain, event: Event, at: int) -> None:
    """What the event itself does."""
    match event:
        case events.KeyPressed(_, name, _, stall):
            if check.asked is not None and not check.held:
                _key(check, name, at, stall)
        case events.Shown():
            if check.phase == "asking" and check.shown is None and not check.held:
                assert check.asked is not None
                check.line("Shown", at, *check.asked.tag, str(check.asked.item))
                check.shown = at
        case events.Next():
            _button(check, at)
        case events.BackedOut():
            if check.asked is None and not check.met_question and not check.held and not check.away:
                check.line("BackedOut", at)
                check.end(at, "stopped")
        case events.Lost() | events.Found() | events.Saved() | events.Failed():
            _shell(check, event, at)
        case events.Noted() | events.SoundBegan() | events.SoundEnded() | events.LookChosen():
            check.line(type(event).__name__, at)
        case _:
            _staff(check, event, at)


def _shell(check: Plain, event: Event, at: int) -> None:
    """What the program itself notices."""
    match event:
        case events.Saved(_, number, showing, _):
            check.line("Saved", at, number, showing)
            if check.unsaved == (number, showing):
                check.unsaved, check.on_disk_at = None, at
        case events.Lost(_, device) if device.value not in check.away:
            check.line("Lost", at, device.value)
            check.away[device.value] = at
        case events.Found(_, device) if device.value in check.away:
            check.line("Found", at, device.value)
            del check.away[device.value]
        case events.Failed(_, cause, since):
            broke = min(max(since, check.last), at)
            check.line("Failed", at, cause.value, broke)
            if not check.held:
                check.fail(at, cause.value, broke)


def _button(check: Plain, at: int) -> None:
    """Next."""
    if check.held or check.away:
        return
    ask = check.asked
    if ask is None:
        check.line("NextPressed", at, check.todo[0])
        check.leave(at)
    elif check.phase == "pause" and check.settings.arrangements.next_button and check.wait is None:
        if at < check.since + check.settings.timings.next_after:
            return
        check.line("NextPressed", at, ask.number)
        if check.unsaved:
            check.line("SlowDisk", at, *check.unsaved)
            check.wait = at
        else:
            check.into_question(at)


def _staff(check: Plain, event: Event, at: int) -> None:
    """What a teacher does, or a new run."""
    match event:
        case events.HoldAsked(_, cause) if not check.held:
            check.line("HoldAsked", at, cause.value)
            if check.open:
                check.wish = cause.value
            else:
                check.hold(at, cause.value, stop=False, since=at)
        case events.Released() if check.held and not check.held[1]:
            check.line("Released", at)
            check.held = None
            if check.out_at is not None:
                check.out_at += at - check.still_since
            check.away = dict.fromkeys(check.away, at)
            check.enter(at)
        case events.SetAside() if check.held:
            check.line("SetAside", at)
        case events.Stopped() if check.held:
            check.line("Stopped", at)
            check.end(at, "stopped")
        case events.Resumed():
            check.line("Resumed", at)
            check.away, check.unsaved = {}, None
            if not check.held:
                check.fail(at, "unknown", check.last)


def _key(check: Plain, name: str, at: int, stall: bool) -> None:
    """A key goes down with a question open or to come."""
    ask = check.asked
    assert ask is not None
    chord = "+" in name and name != "+"
    if chord:
        check.chord = name, at
    over = _is_over(check, at)
    if check.phase == "reading" and len(name) == 1 and name in "0123456789" and not over:
        check.line("Typed", at, *ask.tag, name)
        check.phase = "asking"
        check.enter(at)
        check.typed, check.doubt, check.digits = name, stall, 1
        _speak(check, at, name)
        return
    why = _why_not(check, name, chord=chord, over=over)
    what = WHAT_KEYS_DO.get(name, "Typed")
    check.line("Ignored" if why else what, at, *ask.tag, name, *([why] if why else []))
    if why:
        return
    check.doubt = check.doubt or (stall and what != "Repeated")
    _speak(check, at, name)
    if what == "Typed":
        check.typed += name
        check.digits += 1
    elif what == "Erased":
        check.typed = check.typed[:-1]
    elif what == "Entered":
        check.answer(at, "enter")
        check.leave(at)


def _why_not(check: Plain, name: str, *, chord: bool, over: bool) -> str | None:
    """Why the key does nothing."""
    if check.phase != "asking" or check.shown is None:
        return "before_shown"
    if over:
        return "late"
    if name in ("Tab", "Repeat"):
        return None if check.settings.arrangements.clips and not check.digits else "no_meaning"
    if name not in KEYS_WITH_A_MEANING:
        return "chord" if chord else "no_meaning"
    if name.isdigit():
        return "full" if len(check.typed) == 5 else None
    unlimited = check.settings.timings.question is None
    return None if check.typed or (name == "Enter" and unlimited) else "empty"


def _is_over(check: Plain, at: int) -> bool:
    """Whether the reading's or the question's own time is over, and only something away kept it from ending."""
    timings, clips, ask = check.settings.timings, check.settings.arrangements.clips, check.asked
    if check.phase == "reading":
        assert clips is not None
        assert ask is not None
        clip = clips.questions.get(f"{ask.item.factor1}x{ask.item.factor2}", 0)
        return at >= check.since + clip + timings.reading_margin
    if check.phase == "asking" and check.shown is not None and timings.question is not None:
        return at >= check.shown + timings.question
    return False


def _speak(check: Plain, at: int, name: str) -> None:
    """The audio version says what the key did."""
    clips, ask = check.settings.arrangements.clips, check.asked
    if clips is None or ask is None:
        return
    if name in ("Tab", "Repeat"):
        lasts = clips.questions.get(f"{ask.item.factor1}x{ask.item.factor2}", 0)
    elif name in ("Backspace", "Delete"):
        lasts = clips.deletions.get(check.typed[-1], 0)
    else:
        lasts = clips.digits.get(name, 0)
    if lasts:
        check.speak(at, lasts)
