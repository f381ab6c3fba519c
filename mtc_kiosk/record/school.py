"""The school that a record is from, and whether it is a different school from ours."""

import unicodedata
from typing import Annotated

from pydantic import StringConstraints

from mtc_kiosk.record.shape import Line, Shape


def _digits(count: int) -> StringConstraints:
    return StringConstraints(pattern=f"^[0-9]{{{count}}}$")


class School(Shape):
    """A school by its name and numbers; None for what its settings leave out."""

    name: Line | None
    la: Annotated[str, _digits(3)] | None
    estab: Annotated[str, _digits(4)] | None
    urn: Annotated[str, _digits(6)] | None

    def is_another(self, other: "School") -> bool:
        """Whether two schools differ in the first of these that both have: URN, DfE number, name.

        A PC with none of them set matches any school: staff decide which devices are ours.
        """
        for mine, theirs in zip(self._stated(), other._stated(), strict=True):
            if mine is not None and theirs is not None:
                return mine != theirs
        return False

    def __str__(self) -> str:
        numbers = (("URN", self.urn), ("LA", self.la), ("school number", self.estab))
        ids = ", ".join(f"{what} {number}" for what, number in numbers if number is not None)
        return " ".join(part for part in (self.name, f"({ids})" if ids else None) if part) or "a school without a name"

    def _stated(self) -> tuple[str | None, str | None, str | None]:
        dfe_number = self.la + self.estab if self.la is not None and self.estab is not None else None
        return self.urn, dfe_number, _plain(self.name) if self.name is not None else None


def _plain(name: str) -> str:
    """A name for comparing: without differences of composed accents, capitals and spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
