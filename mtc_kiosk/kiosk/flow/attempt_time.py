"""Convert events from the kiosk's clock (ns) to the attempt's time (us)."""

from dataclasses import replace

from mtc_kiosk.check import events
from mtc_kiosk.kiosk.audio.speech_queue import Began, Ended, SoundReport
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt


def in_attempt(attempt: RunningAttempt, event: events.Event) -> events.Event:
    """An event of the watchdog or the window, in the attempt's time."""
    match event:
        case events.Failed():
            return replace(event, at=attempt.at(event.at), since_us=attempt.at(event.since_us))
        case events.Lost() | events.Found() | events.Noted():
            return replace(event, at=attempt.at(event.at))
        case _:
            raise AssertionError("The watchdog and the window see nothing else.")


def sound_in_attempt(attempt: RunningAttempt, report: SoundReport) -> events.SoundBegan | events.SoundEnded:
    """The begin or end of a sound, in the attempt's time."""
    match report:
        case Began(at_ns, sound, lasts_us):
            return events.SoundBegan(attempt.at(at_ns), sound, lasts_us)
        case Ended(at_ns, sound, cut):
            return events.SoundEnded(attempt.at(at_ns), sound, cut)
