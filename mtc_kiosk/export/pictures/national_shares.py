"""England's share at a score or between two, as far as it was published, and nothing beyond."""

from collections.abc import Mapping

from mtc_kiosk.insight.national import HIGHEST, NationalYear


def known_shares(national: NationalYear | None, out_of: int) -> Mapping[int, float]:
    """England's share at each score, as far as it was published; none for a check of another length.

    Where only the upper scores are known, their counts are divided by all pupils: by the published count of these
    scores together over their published share.
    """
    if national is None or out_of != HIGHEST:
        return {}
    if _is_known(national):
        return {score: national.share(score) or 0.0 for score in range(HIGHEST + 1)}
    upper: dict[int, int] = {}
    while (score := HIGHEST - len(upper)) in national.scores and score in national.at_least:
        upper[score] = national.scores[score]
    share = national.at_least[min(upper)] if upper else 0.0
    if upper and share > 0 and sum(upper.values()):
        everybody = sum(upper.values()) / share
        return {score: count / everybody for score, count in upper.items()}
    return {HIGHEST: national.full_marks} if national.full_marks is not None else {}


def share_between(national: NationalYear | None, lowest: int, highest: int, out_of: int) -> float | None:
    """England's share from one score to another, both included; None where it was not published."""
    if national is None or out_of != HIGHEST or not 0 <= lowest <= highest <= HIGHEST:
        return None
    if _is_known(national):
        return sum(national.share(score) or 0.0 for score in range(lowest, highest + 1))
    at_least = {0: 1.0, **national.at_least, HIGHEST + 1: 0.0}
    if national.full_marks is not None:
        at_least.setdefault(HIGHEST, national.full_marks)
    if lowest not in at_least or highest + 1 not in at_least:
        return None
    return max(0.0, at_least[lowest] - at_least[highest + 1])


def _is_known(national: NationalYear) -> bool:
    """Whether every score is known, of somebody at all."""
    return national.is_whole and any(national.scores.values())


def percent(share: float) -> str:
    """``34%``; only nothing is 0%, and only all is 100%."""
    whole = round(100 * share)
    return f"{whole if share in (0, 1) else min(max(whole, 1), 99)}%"
