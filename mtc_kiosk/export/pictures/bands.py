"""How many pupils are in each band of scores, as rows of counters. No band is small enough to show a child."""

from collections.abc import Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.export.reports.content import Band
from mtc_kiosk.insight.national import HIGHEST, NationalYear
from mtc_kiosk.school.words import counted

LEFT, WIDTH = 84, 620
A_LINE = 25
COUNTER = 15
MOST_LINES = 6
"""A band of more lines of counters is drawn as a bar."""


def bands_picture(bands: Sequence[Band], out_of: int = HIGHEST, national: NationalYear | None = None) -> Picture:
    """A row of counters for each band, with its number; beside it England's share where it was published."""
    pupils = sum(band.pupils for band in bands)
    most = max((band.pupils for band in bands), default=0)
    as_bars = most > A_LINE * MOST_LINES
    parts: list[Markup] = []
    top = 8.0
    for band in bands:
        lines = 1 if as_bars else max(1, -(-band.pupils // A_LINE))
        height = max(40.0, lines * COUNTER + 14)
        parts.append(_band(band, top, height, most if as_bars else 0, pupils))
        england = share_of(national, band, out_of)
        if national is not None and england is not None:
            said = f"England {national.year}: {_percent(england)}"
            parts.append(shapes.words(LEFT + A_LINE * COUNTER + 12, top + height / 2 + 18, said, look="soft"))
        top += height
    sentence = "; ".join(f"{counted(band.pupils, 'pupil')} had {_scores(band)}" for band in bands)
    return shapes.picture(
        "bands",
        (WIDTH, top + 8),
        f"Scores out of {out_of}: {sentence or 'none to show'}.",
        parts,
        _table(bands, pupils, out_of, national),
    )


def share_of(national: NationalYear | None, band: Band, out_of: int) -> float | None:
    """England's share in a band, where both its ends were published."""
    if national is None or out_of != HIGHEST or band.highest > HIGHEST:
        return None
    if national.is_whole:
        return sum(national.share(score) or 0.0 for score in range(max(0, band.lowest), band.highest + 1))
    above = {**national.at_least, HIGHEST + 1: 0.0}
    if national.full_marks is not None:
        above.setdefault(HIGHEST, national.full_marks)
    if band.lowest <= 0:
        above[band.lowest] = 1.0
    if band.lowest not in above or band.highest + 1 not in above:
        return None
    return max(0.0, above[band.lowest] - above[band.highest + 1])


def _band(band: Band, top: float, height: float, most: int, pupils: int) -> Markup:
    middle = top + height / 2
    name = shapes.words(LEFT - 14, middle + 5, _scores(band), size=14, anchor="end", look="bold")
    right = LEFT + A_LINE * COUNTER + 12
    share = f", {_percent(band.pupils / pupils)}" if pupils else ""
    count = shapes.words(
        right, middle + (0 if height > 0 else 5), f"{counted(band.pupils, 'pupil')}{share}", size=14, look="bold"
    )
    title = f"{counted(band.pupils, 'pupil')} had {_scores(band)}"
    if most:
        return shapes.titled(
            title, name, shapes.box(LEFT, middle - 10, A_LINE * COUNTER * band.pupils / most, 20, "bar"), count
        )
    lines = max(1, -(-band.pupils // A_LINE))
    first = middle - (lines - 1) * COUNTER / 2
    dots = (
        shapes.counter(LEFT + (place % A_LINE + 0.5) * COUNTER, first + place // A_LINE * COUNTER, COUNTER * 0.42)
        for place in range(band.pupils)
    )
    return shapes.titled(title, name, *dots, count)


def _scores(band: Band) -> str:
    return str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"


def _table(bands: Sequence[Band], pupils: int, out_of: int, national: NationalYear | None) -> SameAsTable:
    shares = [share_of(national, band, out_of) for band in bands]
    heads = ["Score", "Pupils", "Share"]
    beside = national is not None and any(share is not None for share in shares)
    if beside and national is not None:
        heads.append(f"England, {national.year}")
    rows = []
    for band, england in zip(bands, shares, strict=True):
        share = _percent(band.pupils / pupils) if pupils else "–"
        known = _percent(england) if england is not None else "not known"
        rows.append((_scores(band), str(band.pupils), share, known)[: len(heads)])
    return SameAsTable(f"Pupils by score, out of {out_of}", tuple(heads), tuple(rows))


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
