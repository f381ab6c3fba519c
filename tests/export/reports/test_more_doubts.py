"""Who else is to be looked at twice: named on the class's page, after the four weightiest."""

import re
from dataclasses import replace

from mtc_kiosk.export.reports import html
from tests.export.reports import made


def looked_at(more: tuple[int, ...], *, shown: bool = True, link: html.Link = html.no_link) -> str:
    """The text of "Look twice" on the class's page; "" where it is not there."""
    report = made.class_report()
    doubts = report.insight.doubts if shown else ()
    changed = replace(report, insight=replace(report.insight, doubts=doubts, more_doubts=more))
    found = re.search("<h2>Look twice</h2>.*?</section>", html.class_parts(changed, link).body, re.DOTALL)
    return " ".join(found.group().split()) if found else ""


def test_the_others_are_named() -> None:
    """With how many they are, and where there is a page of theirs, its address."""
    assert "<li>and 1 more: Evans, Tom</li>" in looked_at((6,))
    assert "<li>and 2 more: Evans, Tom; Khan, Amina</li>" in looked_at((6, 7))
    assert '<a href="/6">Evans, Tom</a>' in looked_at((6,), link=lambda pupil: f"/{pupil}")
    assert "more:" not in looked_at(())


def test_a_note_alone_is_said_to_be_one() -> None:
    """Where nobody else is to be looked at, "more" would be more than nothing."""
    assert "<li>Only a note: Evans, Tom</li>" in looked_at((6,), shown=False)
    assert looked_at((), shown=False) == ""
