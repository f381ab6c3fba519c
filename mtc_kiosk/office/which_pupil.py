"""Find the one pupil that a written text means: a UPN, a ref, or a name that only one pupil has.

A UPN or ref always wins. A name is never settled between two pupils, and never guessed: whoever could be meant is
listed. Nothing that is written here goes into an exception's text, and so into no log.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mtc_kiosk.config.mistakes import quoted
from mtc_kiosk.office.problem import MOST_LINES, Candidate, OfficeRefused, Problem, first_of
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.naming import bearers, is_one_and_other_name, near
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.upn import looks_like_upn
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.register import find_pupil, pupils

NONE, SEVERAL, LEFT, NOT_LEFT, SPLIT = "not_on_the_register", "several_pupils", "left", "not_left", "one_or_two"
"""Codes of what is wrong with a pupil who was named."""

MOST_NEAR = 5
_HOW = "Give the UPN or pupil ref of the one you mean."


class NotOnePupil(OfficeRefused):
    """Something written means no pupil, or several; ``problems`` say which, with the candidates."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.args = (", ".join(problem.code for problem in problems),)


def pupils_written(db: Database, texts: Sequence[str], *, left: bool = False) -> tuple[Pupil, ...]:
    """The pupils that these texts mean, each once, in the order given; NotOnePupil with every problem.

    Names are looked for among the pupils who are here, with ``left`` among those who have left; a UPN or ref is found
    either way.
    """
    found = {text: find_pupil(db, text) for text in texts}
    if None in found.values():
        search = _Search(pupils(db, with_left=True), left=left)
        named = {text: search.bearers(text) for text, pupil in found.items() if pupil is None}
        wrong = [search.problem(text, meant) for text, meant in named.items() if len(meant) != 1]
        split = search.split_names(texts, named)
        if wrong or split:
            nothing = [Problem("Nothing was done for the other pupils either.", "nothing_done")]
            raise NotOnePupil(*first_of(wrong, MOST_LINES, "pupils"), *split, *(nothing if len(texts) > 1 else ()))
        found |= {text: meant for text, (meant,) in named.items()}
    return tuple({each.id: each for each in found.values() if each is not None}.values())


def candidates(found: Sequence[Pupil]) -> tuple[Candidate, ...]:
    """The pupils to choose from: names, group, UPN or ref; dates of birth where they alone tell two apart."""
    alike = Counter(map(_seen, found))
    rows = [
        (
            each.listed,
            each.group_name,
            each.number,
            f"born {british(each.date_of_birth)}" if alike[_seen(each)] > 1 else "",
            "left" if each.has_left else "",
        )
        for each in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip() for row in rows
    )
    return tuple(Candidate(line, _data(each, alike[_seen(each)] > 1)) for line, each in zip(lines, found, strict=True))


class _Search:
    """Looks for names among those who are here, or among those who have left."""

    def __init__(self, register: Sequence[Pupil], *, left: bool) -> None:
        self._meant = [each for each in register if each.has_left is left]
        self._others = [each for each in register if each.has_left is not left]
        self._left = left
        self._groups = {each.group_name for each in register if each.group_name}

    def bearers(self, text: str) -> tuple[Pupil, ...]:
        """The pupils with this name, among those searched."""
        return bearers(self._meant, text)

    def problem(self, text: str, meant: Sequence[Pupil]) -> Problem:
        """Why this text does not mean one pupil, and who could be meant."""
        if meant:
            whose = " who have left" if self._left else ""
            return Problem(
                f"{len(meant)} pupils{whose} are called {quoted(text)}. {_HOW}", SEVERAL, candidates=candidates(meant)
            )
        if others := bearers(self._others, text):
            name = f"{quoted(text)} is the name of a pupil who has"
            if self._left:
                return Problem(f"{name} not left the school.", NOT_LEFT, candidates=candidates(others))
            said = f"{name} left the school. If you mean that pupil, give the UPN or pupil ref."
            return Problem(said, LEFT, candidates=candidates(others))
        what = "the UPN" if looks_like_upn(tidy(text)) else "the UPN, pupil ref or name"
        said = f"No pupil {'who has left' if self._left else 'on the register'} has {what} {quoted(text)}."
        close = near(self._meant, text, MOST_NEAR)
        return Problem(f"{said} {self._advice(text, close)}", NONE, candidates=candidates(close))

    def split_names(self, texts: Sequence[str], named: Mapping[str, Sequence[Pupil]]) -> list[Problem]:
        """A problem if two adjacent words may be one pupil's name without its quotes, rather than two pupils."""
        return [
            Problem(
                f'Is this one pupil or two? Put a name of several words in quotes: "{tidy(one)} {tidy(two)}".', SPLIT
            )
            for one, two in pairwise(texts)
            if one in named and two in named and not any(" " in tidy(each) for each in (one, two))
            if self._is_split(one, two, named)
        ]

    def _is_split(self, one: str, two: str, named: Mapping[str, Sequence[Pupil]]) -> bool:
        together = self.bearers(f"{one} {two}")
        if len(named[one]) != 1 or len(named[two]) != 1:
            return bool(together)
        return named[one] != named[two] and is_one_and_other_name((named[one][0], one), (named[two][0], two))

    def _advice(self, text: str, close: Sequence[Pupil]) -> str:
        if close:
            return "Did you mean this pupil?" if len(close) == 1 else "Did you mean one of these?"
        if any(same(tidy(text), group) for group in self._groups):
            return "That is a group. Name its pupils."
        return "Look at the names on the register."


def _seen(pupil: Pupil) -> tuple[str, str]:
    return pupil.listed.casefold(), pupil.group_name


def _data(pupil: Pupil, with_birth: bool) -> dict[str, object]:
    return {
        "pupil_id": pupil.id,
        "upn": pupil.upn,
        "ref": pupil.ref,
        "surname": pupil.surname,
        "forename": pupil.forename,
        "group": pupil.group_name,
        "date_of_birth": pupil.date_of_birth.isoformat() if with_birth else None,
        "left": pupil.has_left,
    }
