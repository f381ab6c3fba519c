"""The sheet that sums up a workbook: how many pupils, with what, in the school and in each group."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import mean

from mtc_kiosk.export.reasons import ReasonLine
from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.export.table import Cell, Table, table

_ALL, _NO_GROUP = "All", "No group"
_GROUPS = ("Group", "Pupils", "With a score", "Average score", "Lowest score", "Highest score")


def results_summary(rows: Sequence[ResultRow]) -> tuple[Table, ...]:
    """Scores in all and by group, then how many pupils have each status."""
    names = sorted({row.pupil.group_name or "" for row in rows} - {""})
    groups = [(_ALL, list(rows)), *((name, [row for row in rows if row.pupil.group_name == name]) for name in names)]
    without = [row for row in rows if not row.pupil.group_name]
    if names and without:
        groups.append((_NO_GROUP, without))
    statuses = Counter(row.result.label for row in rows)
    return table(_GROUPS, (_line(*each) for each in groups)), table(("Status", "Pupils"), statuses.most_common())


def reasons_summary(lines: Iterable[ReasonLine]) -> tuple[Table, ...]:
    """How many pupils have each reason."""
    codes = Counter((line.code, line.label) for line in lines)
    rows = [(code, label, count) for (code, label), count in sorted(codes.items())]
    return (table(("Reason code", "Reason", "Pupils"), [*rows, (_ALL, None, codes.total())]),)


def _line(name: str, rows: Sequence[ResultRow]) -> tuple[Cell, ...]:
    scores = [row.result.score for row in rows if row.result.score is not None]
    figures = (float(mean(scores)), min(scores), max(scores)) if scores else (None, None, None)
    return name, len(rows), len(scores), *figures
