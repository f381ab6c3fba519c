"""A whole check as the machine's facts, transition by transition: a quick pupil types every answer, not all right."""

import random
from functools import cache

from mtc_kiosk.check import events
from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Began, Fact
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.machine import begin, handle
from mtc_kiosk.check.script import Asking, Intro, Pause
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.check.state import Machine

KEYS_APART_US = 180_000
SETTINGS = Settings()


@cache
def form(seed: int) -> Form:
    """The form for this seed."""
    return draw(random.Random(seed), FormRules())


@cache
def whole_check(seed: int, right: float = 1.0) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each transition, from Began to Finished; of the answers a share is ``right``, by the seed."""
    chance = random.Random(seed)
    machine, said = begin(form(seed), SETTINGS, Began(0, "2027-06-07T09:00:00.000Z", 1))
    turns = [said]
    while machine.outcome is None:
        for event in _next_events(machine, chance.random() >= right):
            machine, said = handle(machine, event)
            if said:
                turns.append(said)
    return tuple(turns)


def _next_events(machine: Machine, is_wrong: bool) -> list[events.Event]:
    at = machine.at
    match machine.step:
        case Intro():
            return [events.Next(at + 1_000_000, Source.MOUSE)]
        case Pause():
            saved = [events.Saved(at + 2_000, *machine.unsaved, after_us=2_000)] if machine.unsaved is not None else []
            return [*saved, events.Woke(at + 3_100_000)]
        case Asking(question):
            keys = (*str(question.item.product + is_wrong), "Enter")
            pressed = [
                events.KeyPressed(at + KEYS_APART_US * count, key, Source.KEYBOARD)
                for count, key in enumerate(keys, start=1)
            ]
            return [events.Shown(at + 9_000), *pressed]
        case step:
            raise AssertionError(f"A plain check has no step {step}.")
