"""What the pages and commands say of a kiosk: its clock, its sound, what waits there, when it was heard of."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from mtc_kiosk.office.kiosks import Kiosks, Listed
from mtc_kiosk.school.words import counted, number_in_words, time_in_words

RIGHT_MS = 2_000
"""A clock that differs by less from the desk's is right, for people."""

SOUND = {"tried": "Sound tried", "none": "No sound", "not_tried": "Sound not tried"}
"""What a kiosk says of its sound, in words."""

REPLACED = "enrolled_again"
"""Why a kiosk ended whose name or device was enrolled once more."""

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_TWO = 2
MOST_NAMES = 2
"""How many kiosks a title names before it only counts them."""


def clock_in_words(clock_ms: int) -> str:
    """How a kiosk's clock differs from the desk's: ``right``, ``4 minutes slow``, ``2 hours fast``."""
    if abs(clock_ms) < RIGHT_MS:
        return "right"
    seconds = abs(clock_ms) // 1000
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= _TWO * size or size == 1)
    return f"{counted(round(abs(clock_ms) / 1000 / size), unit)} {'fast' if clock_ms > 0 else 'slow'}"


def heading(found: Kiosks) -> str:
    """The sentence that is true now."""
    if not found.in_use:
        return "No other PC has joined this desk yet"
    if found.to_look_at:
        return _kiosks(len(found.to_look_at), "kiosk needs a look", "kiosks need a look")
    if not found.running:
        return (
            _kiosks(len(found.in_use), "kiosk belongs to this desk", "kiosks belong to this desk") + ", none runs now"
        )
    if found.running == len(found.in_use):
        return _kiosks(found.running, "kiosk runs now", "kiosks run now")
    return f"{found.running} of {len(found.in_use)} kiosks run now"


def looks(one: Listed, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    """What to look at, each as a title and what it means and what to do."""
    said, name = one.kiosk.said, one.kiosk.name
    if said is not None and one.heard_at is not None and one.keeps_records:
        heard = f"It was last heard of on {time_in_words(one.heard_at, zone)}."
        yield (
            f"{counted(said.waiting, 'record waits', 'records wait')} on {name}",
            f"{heard} Start it while the network works, and they come by themselves; or bring them on a stick.",
        )
    if said is not None and one.clock_is_far_off:
        yield (
            f"The clock of {name} is {clock_in_words(said.clock_ms)}",
            "Set it on that PC. The check is timed right all the same; only the times of day in its records differ.",
        )
    if not one.kiosk.is_accepted:
        yield (
            f"Records of {name} are not taken in",
            "Its device was withdrawn. What it sends waits until you accept it.",
        )


def waiting_sentence(one: Listed, zone: tzinfo | None) -> str:
    """What waits on one kiosk, since when, and what to do."""
    said = one.kiosk.said
    assert said is not None, "asked for kiosks with waiting records only"
    since = ""
    if said.waiting_since is not None:
        since = f", {'' if said.waiting == 1 else 'the oldest '}since {time_in_words(said.waiting_since, zone)}"
    what = f"{one.kiosk.name}: {counted(said.waiting, 'record is waiting there', 'records are waiting there')}{since}."
    if one.kiosk.why_ended == REPLACED:
        return (
            f"{what} Another PC, or this one after it was reset, has its place since. If the old one is there, enrol it"
            " again; if it was reset, look who is still to take the check."
        )
    if not one.kiosk.is_in_use:
        return f"{what} It no longer belongs to this desk: enrol it again, or bring them on a stick."
    if one.runs:
        return f"{what} It sends them now."
    return f"{what} Start it while the network works, or bring them on a stick."


def waiting_at_kiosks(found: Kiosks, zone: tzinfo | None) -> Iterator[tuple[Listed | None, str]]:
    """What waits on each of the desk's kiosks, as far as they said; None and a sentence if nothing does."""
    every = (*found.in_use, *found.before)
    keeping = [each for each in every if each.kiosk.said is not None and each.kiosk.said.waiting]
    if every and not keeping:
        yield None, "On the kiosks: nothing is waiting, as far as this desk has heard."
    yield from ((each, waiting_sentence(each, zone)) for each in keeping)


def on_the_morning(found: Sequence[Listed]) -> Iterator[tuple[bool, str, str]]:
    """What Today says of kiosks that need a look: whether it is about records (else a clock), a title, a sentence."""
    keeping = [each for each in found if each.keeps_records]
    if keeping:
        records = sum(each.kiosk.said.waiting for each in keeping if each.kiosk.said is not None)
        title = f"{counted(records, 'record waits', 'records wait')} on {_named(keeping)}"
        yield True, title, "Start it while the network works, and they come by themselves."
    wrong = [each for each in found if each.clock_is_far_off]
    if wrong:
        title = (
            f"The {'clock' if len(wrong) == 1 else 'clocks'} of {_named(wrong)} {'is' if len(wrong) == 1 else 'are'}"
        )
        said = wrong[0].kiosk.said
        how = clock_in_words(said.clock_ms) if said is not None and len(wrong) == 1 else "wrong"
        yield False, f"{title} {how}", "The check is timed right all the same. The times of day in the records differ."


def last_heard(one: Listed) -> str:
    """``Runs now``, or when it was last heard of, without the time; pages add it."""
    if one.runs:
        return "Runs now"
    return "Last heard of" if one.kiosk.said is not None else "Not heard of yet"


def _named(kiosks: Sequence[Listed]) -> str:
    """``hall-1``, ``hall-1 and hall-2``; of many the number alone."""
    names = [each.kiosk.name for each in kiosks]
    return f"{len(names)} kiosks" if len(names) > MOST_NAMES else " and ".join(names)


def _kiosks(count: int, one: str, several: str) -> str:
    return f"{number_in_words(count).capitalize()} {one if count == 1 else several}"
