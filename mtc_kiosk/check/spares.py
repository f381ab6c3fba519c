"""The spares of a form: questions that replace those a fault spoils, from the same table.

A spare repeats no question and no other spare, either way round. No chance here: the order of preference is passed in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mtc_kiosk.check.form import Item

Fact = tuple[int, int]
"""A multiplication without its order."""


def choose_spares(items: Sequence[Item], per_table: int, preferred: Sequence[Item]) -> tuple[Item, ...]:
    """Choose up to ``per_table`` spares for each table in the form; by table, preferred ones first.

    ``preferred`` has every item that may be a spare, best first. An item with the second factor 1, which the check does
    not ask, is taken only for a place that no other item can fill. Tables compete for facts (3x8 or 8x3), so places are
    matched to facts by augmenting paths; no place stays empty that could be filled.
    """
    asked = {item.unordered for item in items}
    liked: dict[int, list[Item]] = {item.table: [] for item in items}
    for spare in preferred:
        if spare.table in liked and spare.unordered not in asked:
            liked[spare.table].append(spare)
    matching = _Matching(liked, [table for table in liked for _ in range(per_table)])
    for least_factor in (2, 1):
        for place in range(len(matching.places)):
            if place not in matching.held:
                matching.fill(place, least_factor, set())
    ranks = {spare: rank for rank, spare in enumerate(preferred)}
    return tuple(sorted(matching.held.values(), key=lambda spare: (spare.table, ranks[spare])))


@dataclass(frozen=True)
class _Matching:
    """Which place has which spare. ``places`` gives each place's table, ``liked`` a table's spares, best first."""

    liked: Mapping[int, Sequence[Item]]
    places: Sequence[int]
    holder: dict[Fact, int] = field(default_factory=dict)
    held: dict[int, Item] = field(default_factory=dict)

    def fill(self, place: int, least_factor: int, tried: set[Fact]) -> bool:
        """Give the place its best free fact, or one that its holder can swap; True if the place was filled."""
        for spare in self.liked[self.places[place]]:
            fact = spare.unordered
            if fact in tried or spare.factor2 < least_factor:
                continue
            tried.add(fact)
            if fact not in self.holder or self.fill(self.holder[fact], least_factor, tried):
                self.holder[fact] = place
                self.held[place] = spare
                return True
        return False
