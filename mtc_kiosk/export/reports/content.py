"""What each report holds, before it is put into words and pictures. ``office.reports`` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mtc_kiosk.export.about import About
from mtc_kiosk.insight.class_figures import Distribution, Row
from mtc_kiosk.insight.forms import Gap
from mtc_kiosk.insight.groups import Group
from mtc_kiosk.insight.national import NationalYear
from mtc_kiosk.insight.practise import Go
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.whole_class import ClassInsight


@dataclass(frozen=True)
class PupilLine:
    """A pupil in a class's report. ``name`` tells namesakes apart; without a score ``label`` says why.

    ``insight`` is None where there is no score, and where the journal cannot be read.
    """

    id: int
    name: str
    score: int | None
    out_of: int
    label: str
    insight: PupilInsight | None


@dataclass(frozen=True)
class ClassReport:
    """One ``group``, or with "" all pupils that the account may see. ``lines`` are in list order, one a pupil.

    ``days`` are the first and the last day on which a check that counts was finished. ``national`` is the year to stand
    beside the class's distribution, None if its figures are not known; ``years`` are those to choose from. ``by_group``
    is empty for one group. ``two`` and ``unread`` are names of pupils without insight: a head must choose, or the
    journal cannot be read now.
    """

    about: About
    group: str
    groups: tuple[str, ...]
    days: tuple[date, date] | None
    insight: ClassInsight
    lines: tuple[PupilLine, ...]
    with_reason: int
    still_to_come: int
    by_group: tuple[Group, ...]
    by_sex: tuple[Group, ...]
    national: NationalYear | None
    years: tuple[int, ...]
    two: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def names(self) -> Mapping[int, str]:
        """The pupils' names in lists, by id."""
        return {line.id: line.name for line in self.lines}


@dataclass(frozen=True)
class DatedGo:
    """A go in a pupil's progress, with the school's day on which it was finished."""

    day: date
    go: Go


@dataclass(frozen=True)
class PupilReport:
    """One pupil. ``called`` is the name that the pupil goes by, in full; ``name`` the one in lists.

    ``completed_at`` is in the school's zone. ``goes`` are the signed-in goes of "try it out" and the check, oldest
    first.
    """

    about: About
    id: int
    called: str
    name: str
    group: str
    completed_at: datetime | None
    insight: PupilInsight
    goes: tuple[DatedGo, ...]


@dataclass(frozen=True)
class Band:
    """The scores from ``lowest`` to ``highest``, and how many pupils had one of them."""

    lowest: int
    highest: int
    pupils: int


@dataclass(frozen=True)
class TableOfSchool:
    """A table in a school: how many have not got it, on average of what is likely; never fewer than five."""

    table: int
    without: float


@dataclass(frozen=True)
class GovernorsReport:
    """The whole school without a name. Where fewer than five took it every figure is None or empty.

    ``bands`` are of five pupils or more each, the highest first. ``by_class`` and ``by_sex`` keep small groups back;
    ``full_marks`` are None where a count is of one to four. ``rows`` are the tables that may be shown, ``tables`` those
    that five or more have probably not got. A count of one to four is None; ``reasons`` are those of five or more, each
    with its count. ``leaves_out``: the pupils of small groups are in no figure.
    """

    about: About
    days: tuple[date, date] | None
    pupils: int | None
    average: float | None
    middle: float | None
    full_marks: int | None
    out_of: int
    bands: tuple[Band, ...]
    by_class: tuple[Group, ...]
    by_sex: tuple[Group, ...]
    rows: tuple[Row, ...]
    tables: tuple[TableOfSchool, ...]
    national: NationalYear | None
    with_reason: int | None = None
    reasons: tuple[tuple[str, int], ...] = ()
    still_to_come: int | None = None
    leaves_out: bool = False


@dataclass(frozen=True)
class Side:
    """One of two sides. ``title`` names the group and the day, such as ``4A, try it out on 14 May``."""

    title: str
    pupils: int
    distribution: Distribution | None
    average: float | None
    middle: float | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SideBySide:
    """Two classes, or two days of one. ``gap`` is None where a side has too few pupils or they cannot be compared.

    ``same_pupils`` is how many are on both sides; ``why_no_gap`` is a sentence where ``gap`` is None.
    ``change_of_same`` is how much more those pupils had on average on side ``one``; None for fewer than five, or where
    their checks differ in length or rules.
    """

    about: About
    one: Side
    other: Side
    gap: Gap | None
    why_no_gap: str
    same_pupils: int
    change_of_same: float | None = None
