"""The spares of a form: questions that stand ready for those a fault spoils, of the same table.

A spare repeats no question and no other spare, either way round. It knows no chance: what it prefers is handed in.
"""

from collections.abc import Sequence

from mtc_kiosk.check.form import Item

Fact = tuple[int, int]
"""Both ways round of one multiplication."""


def choose_spares(items: Sequence[Item], per_table: int, preferred: Sequence[Item]) -> tuple[Item, ...]:
    """As many spares as can be had, up to ``per_table`` for each table in the form; by table, best liked first.

    ``preferred`` holds every item that may be a spare, best liked first. One with the second factor 1, which the check
    does not ask, is taken only for a place that nothing else can fill. Tables compete for facts (3x8 or 8x3), so the
    places are matched to facts by augmenting paths, which leaves no place empty that could be filled.
    """
    asked = {item.unordered for item in items}
    liked: dict[int, list[Item]] = {}
    tables = {item.table for item in items}
    for spare in preferred:
        if spare.table in tables and spare.unordered not in asked:
            liked.setdefault(spare.table, []).append(spare)
    places = [table for _ in range(per_table) for table in liked]
    holder: dict[Fact, int] = {}
    held: dict[int, Item] = {}
    for least_factor in (2, 1):
        for place in range(len(places)):
            if place not in held:
                _fill(place, places, liked, least_factor, holder, held, set())
    ranks = {spare: rank for rank, spare in enumerate(preferred)}
    return tuple(sorted(held.values(), key=lambda spare: (spare.table, ranks[spare])))


def _fill(
    place: int,
    places: Sequence[int],
    liked: dict[int, list[Item]],
    least_factor: int,
    holder: dict[Fact, int],
    held: dict[int, Item],
    tried: set[Fact],
) -> bool:
    """Give the place its best liked free fact, or one whose holder can move to another; whether it was filled."""
    for spare in liked[places[place]]:
        fact = spare.unordered
        if fact in tried or spare.factor2 < least_factor:
            continue
        tried.add(fact)
        if fact not in holder or _fill(holder[fact], places, liked, least_factor, holder, held, tried):
            holder[fact] = place
            held[place] = spare
            return True
    return False
