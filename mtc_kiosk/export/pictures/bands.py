"""How many pupils are in each band of scores, as rows of counters. No band is small enough to show a child."""

from collections.abc import Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.national_shares import percent, share_between
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.export.reports.content import Band
from mtc_kiosk.insight.national import HIGHEST, NationalYear
from mtc_kiosk.school.words import counted

LEFT = 6
A_LINE, COUNTER = 30, 11
MOST_LINES = 6
"""If a band has more lines of counters than this, every band is drawn as a bar."""

BAR = 14


def bands_picture(bands: Sequence[Band], out_of: int = HIGHEST, national: NationalYear | None = None) -> Picture:
    """A row of counters for each band, with its number; beside it England's share where it was published."""
    pupils = sum(band.pupils for band in bands)
    most = max((band.pupils for band in bands), default=0)
    bars = most if most > A_LINE * MOST_LINES else 0
    parts: list[Markup] = []
    top = 4.0
    for band in bands:
        parts.append(_band(band, top, pupils, bars, _england(band, out_of, national)))
        top += 32 + _deep(band, bars)
    said = "; ".join(f"{counted(band.pupils, 'pupil')} had {_scores(band)}" for band in bands)
    table = _table(bands, pupils, out_of, national)
    return shapes.picture(
        "bands", (shapes.HALF, top + 2), f"Scores out of {out_of}: {said or 'none to show'}.", parts, table
    )


def _deep(band: Band, bars: int) -> float:
    """How much of the height a band's counters take."""
    return BAR if bars else COUNTER * max(1, -(-band.pupils // A_LINE))


def _band(band: Band, top: float, pupils: int, bars: int, england: str) -> Markup:
    said = f"{counted(band.pupils, 'pupil')} had {_scores(band)}"
    share = f", {percent(band.pupils / pupils)}" if pupils else ""
    parts = [
        shapes.words(
            LEFT, top + 14, f"{_scores(band)}: {counted(band.pupils, 'pupil')}{share}", size=13.5, look="bold"
        ),
        shapes.words(shapes.HALF - LEFT, top + 14, england, anchor="end", look="soft"),
    ]
    if bars:
        parts.append(shapes.box(LEFT, top + 21, A_LINE * COUNTER * band.pupils / bars, BAR, "bar"))
    else:
        places = (divmod(place, A_LINE) for place in range(band.pupils))
        parts += [
            shapes.counter(LEFT + (side + 0.5) * COUNTER, top + 21 + (line + 0.5) * COUNTER, COUNTER * 0.42)
            for line, side in places
        ]
    return shapes.titled(said, *parts)


def _england(band: Band, out_of: int, national: NationalYear | None) -> str:
    """``England, 2024: 34%``, or nothing."""
    share = share_between(national, band.lowest, band.highest, out_of)
    return f"England, {national.year}: {percent(share)}" if national is not None and share is not None else ""


def _scores(band: Band) -> str:
    return str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"


def _table(bands: Sequence[Band], pupils: int, out_of: int, national: NationalYear | None) -> SameAsTable:
    shares = [share_between(national, band.lowest, band.highest, out_of) for band in bands]
    heads = ["Score", "Pupils", "Share"]
    if national is not None and any(share is not None for share in shares):
        heads.append(f"England, {national.year}")
    rows = []
    for band, england in zip(bands, shares, strict=True):
        own = percent(band.pupils / pupils) if pupils else "–"
        known = percent(england) if england is not None else "not known"
        rows.append((_scores(band), str(band.pupils), own, known)[: len(heads)])
    return SameAsTable(f"Pupils by score, out of {out_of}", tuple(heads), tuple(rows))
