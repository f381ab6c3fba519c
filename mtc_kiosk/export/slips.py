"""PIN slips as sheets of A4 to print, 12 to a sheet, with lines to cut along; and as one HTML page for a file.

The page has style sheet and typeface in it, so that it prints the same on a PC without a network. The console puts the
same sheets on a page of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.export.typeface import with_fonts
from mtc_kiosk.resources import asset

A_SHEET = 12
"""Slips on a sheet: two columns of six."""

_EDGES = {Kind.OFFICIAL: ("Official", ""), Kind.TRY: ("Try it out", "Not the real check")}
FOR_STAFF = "For the teacher"
"""Heads the line that is not for pupils."""

_NOON = 12


@dataclass(frozen=True)
class Slip:
    """One pupil's slip. ``name`` is what the pupil goes by, ``listed`` the name in the school's lists.

    ``apart`` tells the pupil from a namesake, "" if there is none; ``until`` is in the school's zone.
    """

    kind: Kind
    name: str
    listed: str
    group: str
    apart: str
    pin: str
    until: datetime


def slips_html(slips: Sequence[Slip], password: str, school: str, *, made_up: bool) -> bytes:
    """The bytes of the page, in the order of the slips."""
    sheets = sheets_html(slips, password, school, made_up=made_up)
    return _PAGE.format(school=escape(school), style=_style(), pages=sheets).encode()


def sheets_html(slips: Sequence[Slip], password: str, school: str, *, made_up: bool) -> str:
    """The sheets alone, in the order of the slips; ``slips.css`` is their style."""
    below = f"{school}. {MADE_UP}" if made_up else school
    count = -(-len(slips) // A_SHEET)
    return "\n".join(
        _sheet(
            slips[number * A_SHEET : (number + 1) * A_SHEET],
            password,
            f"{school}, {_day(slips[0].until)}, sheet {number + 1} of {count}",
            below,
        )
        for number in range(count)
    )


def until_words(until: datetime) -> str:
    """When a PIN expires, as people say it: ``4 pm on Thursday 11 June``; minutes only if there are any."""
    half = "noon" if (until.hour, until.minute) == (_NOON, 0) else "pm" if until.hour >= _NOON else "am"
    minutes = f":{until.minute:02}" if until.minute else ""
    return f"{until.hour % _NOON or _NOON}{minutes} {half} on {_day(until)}"


def _day(moment: datetime) -> str:
    return f"{moment:%A} {moment.day} {moment:%B}"


def _sheet(slips: Sequence[Slip], password: str, what: str, below: str) -> str:
    """A sheet: the slips, and a footer for the adult who cuts them out."""
    cut = "".join(_slip(each, password, below) for each in slips)
    foot = f"<footer>{FOR_STAFF}: {escape(what)}. {escape(OWN_CHECK)}</footer>"
    return f'<section class="sheet"><div class="slips">{cut}</div>{foot}</section>'


def _slip(slip: Slip, password: str, below: str) -> str:
    left, right = _EDGES[slip.kind]
    edge = f"<div class='edge right'>{right}</div>" if right else ""
    beside = ", ".join(part for part in (slip.group, slip.apart) if part)
    mark = "<div class='mark' aria-hidden='true'>Try it out</div>" if slip.kind is Kind.TRY else ""
    return (
        f"<article class='{slip.kind}'>{mark}<div class='edge'>{left}</div><div class='inner'>"
        f"<h2>{escape(slip.name)}</h2><p class='beside'>{escape(beside)}</p>"
        f"<dl><div><dt>School password</dt><dd>{escape(password)}</dd></div>"
        f"<div><dt>PIN</dt><dd>{escape(slip.pin)}</dd></div></dl>"
        f"<p>Use it until {until_words(slip.until)}.</p>"
        f"<p class='own'>{escape(below)}</p></div>{edge}</article>"
    )


def _style() -> str:
    return with_fonts(asset("console", "slips.css").read_text(encoding="utf-8"))


_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>PIN slips: {school}</title>
<style>{style}</style>
</head>
<body>
{pages}
</body>
</html>
"""
