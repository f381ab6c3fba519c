"""The pictures of each report, and every table that says the same, for paper."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mtc_kiosk.export.pictures.answers import answers_picture
from mtc_kiosk.export.pictures.bands import bands_picture
from mtc_kiosk.export.pictures.facts import facts_asked_picture, facts_picture
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.export.pictures.progress import progress_picture
from mtc_kiosk.export.pictures.scores import scores_picture
from mtc_kiosk.export.pictures.strip import strip
from mtc_kiosk.export.pictures.tables import tables_picture
from mtc_kiosk.export.reports.content import ClassReport, GovernorsReport, PupilLine, PupilReport, Side, SideBySide
from mtc_kiosk.export.reports.shared_words import short_titles
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.timing import in_seconds, times_of

RIGHT, WRONG = "✓", "✗"


@dataclass(frozen=True)
class ClassPictures:
    """``scores`` is None where scores are not put together. ``strips`` and ``thinks`` are by pupil id."""

    scores: Picture | None
    facts: Picture
    strips: Mapping[int, Picture]
    thinks: Mapping[int, str]
    answers: SameAsTable

    @property
    def tables(self) -> tuple[SameAsTable, ...]:
        """Every table, for paper."""
        return (*_tables(self.scores, self.facts), self.answers)


@dataclass(frozen=True)
class PupilPictures:
    """``progress`` is None where there was one go alone."""

    answers: Picture
    facts: Picture
    progress: Picture | None

    @property
    def tables(self) -> tuple[SameAsTable, ...]:
        """Every table, for paper; that of the answers says all that the one of the facts does."""
        return _tables(self.answers, self.progress)


@dataclass(frozen=True)
class GovernorsPictures:
    """Each is None where too few took the check."""

    bands: Picture | None
    by_table: Picture | None

    @property
    def tables(self) -> tuple[SameAsTable, ...]:
        """Every table, for paper."""
        return _tables(self.bands, self.by_table)


@dataclass(frozen=True)
class SidePictures:
    """One side; each is None where it is kept back."""

    scores: Picture | None
    by_table: Picture | None


@dataclass(frozen=True)
class BesidePictures:
    """Two sides, drawn to one scale."""

    one: SidePictures
    other: SidePictures

    @property
    def tables(self) -> tuple[SameAsTable, ...]:
        """Every table, for paper."""
        return _tables(self.one.scores, self.other.scores, self.one.by_table, self.other.by_table)


def class_pictures(report: ClassReport) -> ClassPictures:
    """Times are drawn only of pupils whose times may be set beside most others'."""
    found = report.insight
    usual = usual_conditions([one.attempt for one in found.pupils.values()])
    alike = {id_: alike_alone(one.attempt, usual) for id_, one in found.pupils.items()}
    return ClassPictures(
        scores=scores_picture(found.distribution, report.national, report.group) if found.distribution else None,
        facts=facts_picture(found.squares, found.rows),
        strips={id_: strip(attempt) for id_, attempt in alike.items()},
        thinks={id_: in_seconds(think) for id_, think in thinks_shown(found.pupils).items()},
        answers=_answers_of_all(report.lines, alike),
    )


def pupil_pictures(report: PupilReport) -> PupilPictures:
    """One pupil's."""
    return PupilPictures(
        answers=answers_picture(report.insight),
        facts=facts_asked_picture(report.insight.attempt),
        progress=progress_picture(report.goes) if len(report.goes) > 1 else None,
    )


def governors_pictures(report: GovernorsReport) -> GovernorsPictures:
    """The whole school's."""
    return GovernorsPictures(
        bands=bands_picture(report.bands, report.out_of, report.national) if report.bands else None,
        by_table=tables_picture(report.rows) if report.rows else None,
    )


def beside_pictures(report: SideBySide) -> BesidePictures:
    """Both sides'."""
    names = [title.rpartition(" on ")[2] for title in short_titles(report)]
    counts = [side.distribution.counts for side in (report.one, report.other) if side.distribution is not None]
    tallest = max((max(each) for each in counts), default=0)
    return BesidePictures(_side(report.one, names[0], tallest), _side(report.other, names[1], tallest))


def usual_conditions(attempts: Sequence[Attempt]) -> Conditions | None:
    """The way of entering, and the rest that must be the same, of most of these; None of nobody."""
    counted = Counter(attempt.conditions for attempt in attempts if not attempt.assisted)
    return counted.most_common(1)[0][0] if counted else None


def thinks_shown(pupils: Mapping[int, PupilInsight]) -> Mapping[int, int | None]:
    """The think time of each pupil as a class's page shows it, in milliseconds: None where it shows none."""
    usual = usual_conditions([one.attempt for one in pupils.values()])
    return {id_: times_of(alike_alone(one.attempt, usual)).think_ms for id_, one in pupils.items()}


def alike_alone(attempt: Attempt, usual: Conditions | None) -> Attempt:
    """The attempt, without its times where they may not be set beside the others'. A class's page does not say why."""
    if attempt.conditions == usual and not attempt.assisted:
        return attempt
    return replace(attempt, assisted=False, answers=tuple(replace(one, presses=()) for one in attempt.answers))


def _side(side: Side, name: str, tallest: int) -> SidePictures:
    return SidePictures(
        scores=scores_picture(side.distribution, None, name, tallest) if side.distribution else None,
        by_table=_named(tables_picture(side.rows), name) if side.rows else None,
    )


def _named(picture: Picture, name: str) -> Picture:
    """The picture, with a table that says which side it is of."""
    table = replace(picture.table, caption=f"{picture.table.caption}: {name}")
    return replace(picture, table=table)


def _answers_of_all(lines: Sequence[PupilLine], attempts: Mapping[int, Attempt]) -> SameAsTable:
    longest = max((len(attempt.answers) for attempt in attempts.values()), default=0)
    return SameAsTable(
        f"The answers in order: {RIGHT} right, {WRONG} wrong, with the seconds before the first key",
        ("Pupil", *(str(number) for number in range(1, longest + 1))),
        tuple((line.name, *_cells(attempts[line.id], longest)) for line in lines if line.id in attempts),
    )


def _cells(attempt: Attempt, length: int) -> list[str]:
    said = [_cell(answer) for answer in attempt.answers]
    return said + [""] * (length - len(said))


def _cell(answer: Answer) -> str:
    mark = RIGHT if answer.right else WRONG
    return mark if answer.think_ms is None else f"{mark} {answer.think_ms / 1000:.1f}"


def _tables(*pictures: Picture | None) -> tuple[SameAsTable, ...]:
    return tuple(one.table for one in pictures if one is not None)
