"""What one pupil is to have, and what the pupil's own entry of ``access_arrangements.yaml`` must say for it.

An entry changes as little as it can: what the school or a profile gives already is not repeated, and a line of the
entry that already says what is wanted stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_values import Choose, Cleared, Pad, Pointer
from mtc_kiosk.config.arrangements_merge import (
    CHOSEN_BY,
    COLOURS,
    PAD,
    SIZE,
    VOLUME,
    ArrangementEntry,
    ArrangementSource,
    Value,
)

TICKED = tuple(code for code in Code if code not in CHOSEN_BY)
"""The five of the seven that a pupil has or has not; colours and size have options."""

USUAL: Mapping[str, Value] = {
    "pointer": Pointer.USUAL,
    "typeface": Typeface.ANDIKA,
    "countdown": Countdown.NUMBER,
    PAD: Pad.RIGHT,
    VOLUME: None,
    "speech_rate": Rate.NORMAL,
    "try_it_out_seconds": None,
}
"""The settings beside the seven, each with what applies where no line says anything."""


@dataclass(frozen=True)
class Choice:
    """What a pupil is to have. ``colours`` and ``size`` are None for neither a fixed one nor a choice.

    ``settings`` has a value for each of ``USUAL``. ``profile`` is the profile that the pupil's entry names.
    """

    codes: frozenset[Code] = frozenset()
    colours: Colours | Choose | None = None
    size: Size | Choose | None = None
    settings: Mapping[str, Value] = field(default_factory=lambda: dict(USUAL))
    profile: str | None = None

    def is_met_by(self, other: "Choice") -> bool:
        """Whether another choice gives a pupil the same; with no number pad its side makes no difference."""
        same = USUAL[PAD] if Code.RON in self.codes else None
        return self._with_pad(same) == other._with_pad(same)

    def _with_pad(self, pad: Value) -> "Choice":
        return self if pad is None else replace(self, settings={**self.settings, PAD: pad})


@dataclass(frozen=True)
class OwnEntry:
    """What a pupil's own entry says: ``arrangements`` as a list, None where it is left out; other settings by name."""

    profile: str | None = None
    arrangements: tuple[str, ...] | None = None
    settings: Mapping[str, str] = field(default_factory=dict)


def choice_of(found: Mapping[str, ArrangementSource], profile: str | None) -> Choice:
    """The choice behind what a pupil gets (``arrangements_merge.merged``)."""
    values = {what: source.value for what, source in found.items()}
    colours, size = values.get(COLOURS), values.get(SIZE)
    return Choice(
        codes=frozenset(code for code in TICKED if code in values),
        colours=colours if isinstance(colours, Colours | Choose) else None,
        size=size if isinstance(size, Size | Choose) else None,
        settings={what: values.get(what, usual) for what, usual in USUAL.items()},
        profile=profile,
    )


def own_entry(wanted: Choice, given: Mapping[str, ArrangementSource], own: ArrangementEntry | None) -> OwnEntry:
    """The entry with which a pupil gets what is wanted. ``given``: what school and profile give; ``own``: it now."""
    base = {what: source.value for what, source in given.items()}
    listed = [code.value for code in own.codes if isinstance(code.value, Code)] if own is not None else []
    settings: dict[str, Value] = {what: at.value for what, at in own.settings.items()} if own is not None else {}
    clears = own is not None and own.clears
    clears = clears or any(code in base and code not in wanted.codes for code in TICKED)
    if clears:
        base = {what: value for what, value in base.items() if what in USUAL}
    codes = [code for code in listed if code in wanted.codes or code in CHOSEN_BY]
    codes += [code for code in TICKED if code in wanted.codes and code not in codes and code not in base]
    for code, setting in CHOSEN_BY.items():
        _choose(code, setting, getattr(wanted, setting), base, codes, settings)
    for what, usual in USUAL.items():
        _set(what, wanted.settings[what], base.get(what, usual), settings)
    if Code.RON in codes:
        settings.pop(PAD, None)
    written = (*((str(Cleared.NONE),) if clears else ()), *map(str, codes))
    return OwnEntry(wanted.profile, written or None, {what: text_of(value) for what, value in settings.items()})


def text_of(value: Value) -> str:
    """A value as the file has it."""
    if value is None:
        return str(Cleared.NONE)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _choose(
    code: Code, setting: str, wanted: Value, base: Mapping[str, Value], codes: list[Code], settings: dict[str, Value]
) -> None:
    """Let ``codes`` and ``settings`` give these colours, or this size."""
    is_own = setting in settings or code in codes
    now = settings.get(setting, Choose.CHOOSE) if is_own else base.get(setting)
    if now == wanted:
        return
    settings.pop(setting, None)
    if code in codes:
        codes.remove(code)
    if wanted == base.get(setting):
        return
    if wanted is Choose.CHOOSE:
        codes.append(code)
    else:
        settings[setting] = wanted


def _set(what: str, wanted: Value, base: Value, settings: dict[str, Value]) -> None:
    if settings.get(what, base) == wanted:
        return
    settings.pop(what, None)
    if wanted != base:
        settings[what] = wanted


def entry_as_it_is(own: ArrangementEntry | None) -> OwnEntry:
    """What the pupil's entry says now, in the form of the one to write."""
    if own is None:
        return OwnEntry()
    written = (*((str(Cleared.NONE),) if own.clears else ()), *(str(code.value) for code in own.codes))
    return OwnEntry(own.profile, written or None, {what: text_of(at.value) for what, at in own.settings.items()})
