"""What a spreadsheet makes of what somebody typed: a class 4-1 becomes a date, a long number a power of ten.

It looks at one cell as text, whatever kind of file it comes from: Excel writes the same into a CSV file.
"""

import re
from enum import StrEnum

from mtc_kiosk.school.columns import TITLES, Field
from mtc_kiosk.school.fault import Fault


class CellFault(StrEnum):
    """What can be wrong with a cell whatever its column may hold."""

    ERROR = "cell_error"
    FORMULA = "cell_formula"
    DATE = "cell_date"
    POWER = "cell_power"


_NEVER_DATES = (Field.GROUP, Field.REF)
_TYPE_AGAIN = "format the column as Text and type it again"
_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA"
    r"|#{2,})",
    re.IGNORECASE,
)
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/\d{{4}}(?: \d\d?:\d\d(?::\d\d)?)?"
    rf"|\d{{1,2}}-{_MONTH}(?:-\d{{2,4}})?|{_MONTH}-\d{{2,4}}|\d{{4}}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?",
    re.IGNORECASE,
)
_POWER = re.compile(r"-?\d(?:\.\d+)?E\+\d+", re.IGNORECASE)


def cell_fault(field: Field, text: str) -> Fault | None:
    """What a spreadsheet has done to a cell of this column, in words; None if nothing that can be seen."""
    title, text = TITLES[field], text.strip()
    if _ERROR.fullmatch(text):
        return Fault(CellFault.ERROR, f"{title} shows Excel's error {text}: type what should be there", field)
    if text.startswith("="):
        sentence = f"{title} has a formula without its result: open the file in Excel and save it or type the result"
        return Fault(CellFault.FORMULA, sentence, field)
    if field not in _NEVER_DATES:
        return None
    if date := _DATE.fullmatch(text):
        typed = f"{int(date['day'])}-{int(date['month'])}" if date["day"] else "4-1"
        sentence = f"{title} is a date ({text}): if {typed} became a date in Excel {_TYPE_AGAIN}"
        return Fault(CellFault.DATE, sentence, field)
    if _POWER.fullmatch(text):
        return Fault(CellFault.POWER, f"{title} is a number that Excel changed ({text}): {_TYPE_AGAIN}", field)
    return None
