"""Made-up pupils and class lists that the tests of the register share."""

from collections.abc import Sequence
from datetime import date

from mtc_kiosk.school.class_list import ClassList, Row, read_class_list
from mtc_kiosk.school.columns import Mapped
from mtc_kiosk.school.details import ReadingRules
from mtc_kiosk.school.pupil import Pupil, PupilDetails, Sex
from mtc_kiosk.school.upn import check_letter

TODAY = date(2027, 6, 7)
HEADINGS = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN"
AMY = "Testerly,Amy,,14/03/2018,F,G201100120001"
BO = "O'Example,Bo-Lin,Kai,02/09/2017,M,W201100120002"
CY = "Samplé,Cy,,31/08/2018,M,G20110012003A"


def upn(number: int) -> str:
    """A valid number of the authority that is for tests."""
    body = f"9991{number:08}"[:12]
    return check_letter("?" + body) + body


def rows(*lines: str) -> tuple[Row, ...]:
    """Rows as they would stand in a file of commas without quotes."""
    return tuple(Row(line, tuple(text.split(","))) for line, text in enumerate(lines, start=1))


def read(*lines: str, mapped: Sequence[Mapped] = (), national_scheme: bool = False, today: date = TODAY) -> ClassList:
    """The class list of these lines."""
    return read_class_list(rows(*lines), mapped, ReadingRules(today, national_scheme))


def details(number: int = 1, **others: object) -> PupilDetails:
    """A made-up pupil's details."""
    values: dict[str, object] = {
        "surname": "Testerly",
        "forename": f"Amy {number}",
        "date_of_birth": date(2018, 3, 14),
        "sex": Sex.FEMALE,
        "upn": upn(number),
        **others,
    }
    return PupilDetails(**values)  # type: ignore[arg-type]  # a test gives what it means


def pupil(number: int = 1, **others: object) -> Pupil:
    """A made-up pupil of the register, with the number as id."""
    known = details(number, **{name: value for name, value in others.items() if name != "left_at"})
    values = {name: getattr(known, name) for name in PupilDetails.__dataclass_fields__}
    return Pupil(id=number, left_at=others.get("left_at"), **values)  # type: ignore[arg-type]  # the same
