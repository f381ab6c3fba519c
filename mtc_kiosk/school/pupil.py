"""A pupil on the register: their details, as the class list and staff give them.

Whether two pupils have the same number is checked by the register.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from hashlib import sha256

from mtc_kiosk.school.alphabet import name_order
from mtc_kiosk.school.names import (
    LONGEST_GROUP,
    LONGEST_NAME,
    not_in_a_group,
    not_in_a_name,
    tidy,
)
from mtc_kiosk.school.pupil_ref import read_ref
from mtc_kiosk.school.upn import ReadUpn, read_upn


class NotAPupil(ValueError):
    """Details that no pupil can have: a fault of the program, not of what a teacher wrote."""


class Sex(StrEnum):
    """As in the national columns."""

    FEMALE = "F"
    MALE = "M"


@dataclass(frozen=True, kw_only=True)
class PupilDetails:
    """A pupil's details, tidied and valid; named as the columns of ``pupil``.

    There is a UPN or a ref. Aliases, middle names and group are "" if there is none; an alias is another first or last
    name that the pupil goes by.
    """

    surname: str
    forename: str
    date_of_birth: date
    sex: Sex
    upn: str | None = None
    ref: str | None = None
    middle_names: str = ""
    alias_forename: str = ""
    alias_surname: str = ""
    group_name: str = ""

    def __post_init__(self) -> None:
        wrong = [name for name, is_wrong in _wrong(self).items() if is_wrong]
        if wrong:
            raise NotAPupil(f"Not allowed in a pupil's details: {', '.join(wrong)}.")

    @property
    def called(self) -> str:
        """The first name that the pupil goes by, for the screen and the slip."""
        return self.alias_forename or self.forename

    @property
    def called_in_full(self) -> str:
        """The first and last name that the pupil goes by: ``Amy Testerly``."""
        return f"{self.called} {self.alias_surname or self.surname}"

    @property
    def listed(self) -> str:
        """Last and first name for the school's lists: ``Testerly, Amy``."""
        return f"{self.surname}, {self.forename}"

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key of every list: last name, first name, date of birth, middle names, UPN or ref.

        Accents decide only where both names are otherwise the same, and capitals where all the rest is.
        """
        surname, forename, middle = (name_order(name) for name in (self.surname, self.forename, self.middle_names))
        plain, accents, as_written = zip(surname, forename, middle, strict=True)
        return (
            *plain[:2],
            *accents[:2],
            self.date_of_birth,
            plain[2],
            accents[2],
            as_written,
            self.upn or self.ref or "",
        )


@dataclass(frozen=True, kw_only=True)
class Pupil(PupilDetails):
    """A pupil on the register. ``left_at`` is UTC ISO 8601 if the pupil has left."""

    id: int
    left_at: str | None = None

    def __post_init__(self) -> None:
        """Skip the validation: the register's rows were valid under the rules of their day, and must stay readable."""

    @property
    def has_left(self) -> bool:
        """Whether the pupil has left the school."""
        return self.left_at is not None

    @property
    def number(self) -> str:
        """The number that staff use for the pupil: the UPN, else the ref."""
        return self.upn or self.ref or ""


DETAILS = tuple(field.name for field in fields(PupilDetails))
"""The names of a pupil's details, as in the columns of ``pupil``."""


def version_of(pupil: Pupil) -> str:
    """A text that changes with any detail: a page made from one version cannot overwrite another."""
    said = repr([getattr(pupil, name) for name in (*DETAILS, "left_at")])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _wrong(details: PupilDetails) -> dict[str, bool]:
    names = {
        name: getattr(details, name)
        for name in ("surname", "forename", "middle_names", "alias_forename", "alias_surname")
    }
    group = details.group_name
    return {
        **{
            name: tidy(text) != text or len(text) > LONGEST_NAME or not_in_a_name(text) != ""
            for name, text in names.items()
        },
        "no surname": not details.surname,
        "no forename": not details.forename,
        "upn": details.upn is not None and read_upn(details.upn) != ReadUpn(details.upn, ()),
        "ref": details.ref is not None and read_ref(details.ref) != (details.ref, ""),
        "no upn and no ref": details.upn is None and details.ref is None,
        "group_name": tidy(group) != group or len(group) > LONGEST_GROUP or not_in_a_group(group) != "",
    }


@dataclass(frozen=True)
class Numbers:
    """``earlier`` are UPNs and refs that the pupil had before: settings written under them still apply."""

    upn: str | None = None
    ref: str | None = None
    earlier: tuple[str, ...] = ()

    @property
    def now(self) -> tuple[str, ...]:
        """The ref and the UPN, if the pupil has them; the UPN comes last, as it has priority."""
        return tuple(number for number in (self.ref, self.upn) if number is not None)


EVERYBODY = Numbers()
"""A pupil with no number, such as a walk-up."""
