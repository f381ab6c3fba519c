"""PIN slips as one HTML page to print: 12 to a sheet of A4, with lines to cut along.

The typeface is embedded, so that the page prints the same on a PC without a network.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
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
    sheets = [slips[first : first + A_SHEET] for first in range(0, len(slips), A_SHEET)]
    below = f"{school}. {MADE_UP}" if made_up else school
    pages = "\n".join(_sheet(sheet, password, school, below) for sheet in sheets)
    style = _STYLE.replace("REGULAR", _font("Andika-Regular.ttf")).replace("BOLD", _font("Andika-Bold.ttf"))
    return _PAGE.format(school=escape(school), style=style, pages=pages).encode()


def until_words(until: datetime) -> str:
    """When a PIN expires, as people say it: ``4 pm on Thursday 11 June``; minutes only if there are any."""
    half = "noon" if (until.hour, until.minute) == (_NOON, 0) else "pm" if until.hour >= _NOON else "am"
    minutes = f":{until.minute:02}" if until.minute else ""
    return f"{until.hour % _NOON or _NOON}{minutes} {half} on {until:%A} {until.day} {until:%B}"


def _sheet(slips: Sequence[Slip], password: str, school: str, below: str) -> str:
    """A sheet: the slips, and a footer for the adult who cuts them out."""
    cut = "".join(_slip(each, password, below) for each in slips)
    foot = f"<footer>{FOR_STAFF}: {escape(school)}. {escape(OWN_CHECK)}</footer>"
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


def _font(name: str) -> str:
    return base64.b64encode(asset("fonts", name).read_bytes()).decode("ascii")


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

_STYLE = """
@font-face { font-family: Andika; font-weight: 400; src: url(data:font/ttf;base64,REGULAR) format("truetype"); }
@font-face { font-family: Andika; font-weight: 700; src: url(data:font/ttf;base64,BOLD) format("truetype"); }
@page { size: A4 portrait; margin: 0; }
* { box-sizing: border-box; margin: 0; }
body { font: 10pt/1.25 Andika, sans-serif; font-variant-ligatures: none; color: #000; background: #fff; }
.sheet { width: 210mm; height: 297mm; padding: 9mm; display: flex; flex-direction: column; break-after: page; }
.sheet:last-child { break-after: auto; }
.slips { flex: 1; min-height: 0; display: grid; grid-template-columns: 1fr 1fr;
  grid-template-rows: repeat(6, minmax(0, 1fr)); }
footer { flex: none; padding-top: 2mm; font-size: 8.5pt; line-height: 1.2; }
article { position: relative; isolation: isolate; display: flex; overflow: hidden;
  border: 0 dashed #666; border-width: 0 0.3mm 0.3mm 0; }
article:nth-child(2n + 1) { border-left-width: 0.3mm; }
article:nth-child(-n + 2) { border-top-width: 0.3mm; }
.edge { writing-mode: vertical-rl; transform: rotate(180deg); text-align: center; font-weight: 700; font-size: 9pt;
  padding: 0 1mm; border-left: 0.2mm solid #000; }
.edge.right { transform: none; }
.inner { flex: 1; min-width: 0; padding: 1.5mm 3mm; display: flex; flex-direction: column;
  justify-content: space-between; }
h2 { font-size: 12.5pt; line-height: 1.2; }
.beside { font-size: 9pt; }
h2, .beside { overflow-wrap: anywhere; overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical;
  -webkit-line-clamp: 2; flex: none; }
dl { display: flex; gap: 6mm; }
dt { font-size: 8.5pt; }
dd { font-size: 18pt; font-weight: 700; line-height: 1.1; letter-spacing: 0.04em; }
.own { font-size: 7pt; line-height: 1.15; }
.mark { position: absolute; inset: 0; display: grid; place-items: center; font-size: 34pt; font-weight: 700;
  color: #e3e3e3; transform: rotate(-18deg); z-index: -1; }
@media screen { body { background: #ddd; } .sheet { background: #fff; margin: 4mm auto; } }
"""
