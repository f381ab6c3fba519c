"""What is known of a class: how hard each fact is for it, its middle ability, and how much pupils' own tables differ.

The logit of the chance of a right, in-time answer is

    ability of the pupil - slope x published hardness + effect of both its numbers + effect of the table
    + effect of the fact

where a table is a fact's first number. ``fitting`` estimates it from answers. What follows for one pupil is in
``tables``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.difficulty import hardness

ABILITY_SPREAD = 1.3
"""Standard deviation of abilities in a class, in logits."""

NATIONAL_SHARE = 21.0 / 25
"""The mean share of right answers in England in 2025 (``national``): where a class's middle starts from."""

OWN_SPREAD = 0.6
"""The standard deviation of a pupil's own effect of a table, before any answers."""

Marks = Sequence[tuple[Item, bool]]
"""Questions, each with whether it was answered right and in time."""


def logit(chance: float) -> float:
    """The log of the odds."""
    return log(chance / (1 - chance))


def chance_of(value: float) -> float:
    """The chance that has this logit."""
    return 1 / (1 + exp(-value))


@dataclass(frozen=True)
class ClassFit:
    """``ease``: each fact's place in logits, added to a pupil's ability. ``middle``: the class's middle ability.

    ``own_spread`` is the standard deviation of a pupil's own effect of a table, ``slope`` how much the published order
    matters here, and ``tables`` how much easier than that order each table is for this class.
    """

    ease: Mapping[Item, float]
    middle: float
    own_spread: float
    slope: float
    tables: Mapping[int, float]


def unfitted() -> ClassFit:
    """What is assumed where there are no answers: the published order and the national mean."""
    return ClassFit(
        {item: -hard for item, hard in hardness().items()},
        logit(NATIONAL_SHARE),
        OWN_SPREAD,
        1.0,
        dict.fromkeys(TABLES, 0.0),
    )
