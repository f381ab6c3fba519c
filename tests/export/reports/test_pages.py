"""Each report as one file: what it is made of, what it must not have in it, and how it is built."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from markupsafe import escape

from mtc_kiosk.console.pages.insight import _slowest_first
from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.export.reports import html
from mtc_kiosk.export.reports.drawn import thinks_shown
from mtc_kiosk.export.reports.html import Page
from mtc_kiosk.insight.attempts import Way
from mtc_kiosk.insight.groups import WHY_HIDDEN
from mtc_kiosk.insight.national import ANOTHER_CHECK
from mtc_kiosk.insight.with_class import WithClass
from tests.export.reports import made

FILES = {
    "class": lambda: html.class_page(made.class_report()),
    "pupil": lambda: html.pupil_page(made.pupil_report()),
    "governors": lambda: html.governors_page(made.governors_report()),
    "side by side": lambda: html.side_by_side_page(made.side_by_side()),
}
PARTS = {
    "class": lambda: html.class_parts(made.class_report()),
    "pupil": lambda: html.pupil_parts(made.pupil_report()),
    "governors": lambda: html.governors_parts(made.governors_report()),
    "side by side": lambda: html.side_by_side_parts(made.side_by_side()),
}
WITHOUT_END = {"meta", "br", "link", "path", "rect", "circle", "line", "img"}


@cache
def file_of(name: str) -> bytes:
    """A report's file, made once."""
    return FILES[name]()


class Read(HTMLParser):
    """The tags of a page with their attributes, and its texts. Every tag that opens is closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, dict(attrs)))
        if tag not in WITHOUT_END:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends the last one that is open."""
        if tag not in WITHOUT_END:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what is not the style sheet."""
        if self._open[-1:] != ["style"]:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """What can be read."""
        return " ".join(" ".join(self.texts).split())

    def headings(self) -> list[int]:
        """The levels of the headings."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]


def without_fonts(content: bytes) -> str:
    """The file without its typeface."""
    return re.sub("base64,[A-Za-z0-9+/=]+", "base64,", content.decode())


@pytest.mark.parametrize("name", FILES)
def test_a_file_needs_nothing_else(name: str) -> None:
    """No script, no address outside, no style in an element; both fonts are in it; it says what it is."""
    content = file_of(name)
    text = without_fonts(content)
    read = Read(text)
    assert content.count(b"data:font/ttf;base64,") == 2
    assert "/fonts/" not in text
    assert not re.findall(r"(?:https?:)?//[a-z]", text.replace("http://www.w3.org/2000/svg", ""))
    assert not {"script", "link", "iframe", "object", "img", "base"} & {tag for tag, _ in read.tags}
    assert not [attributes for _, attributes in read.tags if "style" in attributes or "src" in attributes]
    assert not [key for _, attributes in read.tags for key in attributes if key.startswith("on")]
    assert dict(read.tags)["html"] == {"lang": "en-GB", "class": "report-file"}
    assert re.search("<title>[^<]+</title>", text)
    assert OWN_CHECK.replace("'", "&#39;") in text


@pytest.mark.parametrize("name", FILES)
def test_headings_come_in_order(name: str) -> None:
    """One h1, first, and no level is left out."""
    levels = Read(without_fonts(file_of(name))).headings()
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", PARTS)
def test_every_picture_is_followed_by_its_table(name: str) -> None:
    """A picture has a sentence for who cannot see it; its table has a caption and heads of columns and rows."""
    page: Page = PARTS[name]()
    read = Read(page.body)
    alone = [
        place
        for place, (tag, attributes) in enumerate(read.tags)
        if tag == "svg" and attributes.get("role") == "img" and "picture-strip" not in (attributes["class"] or "")
    ]
    assert alone
    for place in alone:
        assert read.tags[place][1]["aria-label"]
        following = [tag for tag, _ in read.tags[place:] if tag in ("details", "table", "svg")]
        assert following[:3] == ["svg", "details", "table"]
    tables = re.findall("<table.*?</table>", page.body, re.DOTALL)
    for table in tables:
        assert table.count("<caption") == 1
        assert '<th scope="col"' in table
        assert '<th scope="row"' in table
    assert len(re.findall("<details", page.body)) < len(tables)


def test_on_paper_every_table_of_a_picture_is_there_once_more() -> None:
    """As a closed table cannot be opened on paper."""
    body = html.class_parts(made.class_report()).body
    screen, _, paper = body.partition('<section class="on-paper">')
    captions = re.findall("<details.*?<caption>(.*?)</caption>", screen, re.DOTALL)
    assert captions == re.findall("<caption>(.*?)</caption>", paper)
    assert len(captions) == 3


def test_a_pupil_of_whom_nothing_is_noticed_has_no_blank() -> None:
    """It says that no table stands out, unless all was right."""
    rows = re.findall('<tr><th scope="row">.*?</tr>', html.class_parts(made.class_report()).body, re.DOTALL)
    assert any('<td><span class="soft">No table stands out</span></td>' in row for row in rows)
    assert not [row for row in rows if 'class="answers"' in row and "<td></td></tr>" in row]


def test_names_come_through_whole() -> None:
    """Whatever letters they have; and what looks like markup is text."""
    report = made.class_report()
    lines = (*report.lines[:-1], replace(report.lines[-1], name=made.HOSTILE))
    text = without_fonts(html.class_page(replace(report, lines=lines, group=f"4{made.HOSTILE}")))
    read = Read(text)
    for name in ("Davies, Siân", "O'Brien-Featherstonehaugh, Maximiliana", "Ibáñez Ruiz, Sofía", made.HOSTILE):
        assert name in read.text
    assert f"4{made.HOSTILE}" in read.text
    assert "<script" not in text
    pupil = without_fonts(html.pupil_page(made.pupil_report(called=made.HOSTILE)))
    assert "<script" not in pupil
    assert Read(pupil).text.count(made.HOSTILE) == 2


def test_a_schools_name_cannot_end_the_style_sheet() -> None:
    """It is in the margins of printed pages, which a style sheet says."""
    school = 'Ash "</style><script>" \\ School'
    text = without_fonts(html.governors_page(made.governors_report(about=made.about(school=school))))
    assert text.count("</style>") == 1
    assert "<script" not in text
    assert school in Read(text).text


def test_made_up_pupils_are_called_so() -> None:
    """At the top, and in the margins of the paper."""
    text = without_fonts(html.class_page(made.class_report(about=made.about(made_up=True))))
    assert MADE_UP in Read(text).text
    assert "made\\2d up pupils" in text
    assert MADE_UP not in Read(without_fonts(file_of("class"))).text


def test_governors_see_no_pupil() -> None:
    """No name is on their page, and none in a picture of it."""
    text = without_fonts(file_of("governors"))
    for name in made.NAMES:
        for part in re.split(r"[ ,()]+", name):
            if len(part) > 3 and part not in ("born", "2018", "July"):
                assert part not in text, part


def test_small_groups_are_kept_back_and_it_says_why() -> None:
    """A class of two, and the one from which it could be worked out."""
    read = Read(without_fonts(file_of("governors")))
    assert read.text.count("not shown") >= 2
    assert WHY_HIDDEN in read.text
    assert WHY_HIDDEN not in Read(without_fonts(file_of("class"))).text


def test_national_figures_are_said_to_be_of_another_check() -> None:
    """Beside them, with their source; and not where there are none."""
    read = Read(without_fonts(file_of("class")))
    assert f"{ANOTHER_CHECK} Source: DfE, Explore education statistics" in read.text
    alone = Read(without_fonts(html.class_page(made.class_report(national=None))))
    assert ANOTHER_CHECK not in alone.text
    assert "England" not in alone.text


def test_who_is_not_in_the_figures_is_named() -> None:
    """With what to do."""
    report = made.class_report(two=("Bloggs, Jo",), unread=("Roe, Ann",))
    text = Read(without_fonts(html.class_page(report))).text
    assert "Bloggs, Jo took two checks and only one can count. This waits for a head, who must choose" in text
    assert "1 waits for a head" in text
    assert "Roe, Ann has a score, but the answers cannot be read on this PC now." in text


def test_the_console_gives_addresses_and_a_file_has_none() -> None:
    """The same body with and without links to pupils."""
    report = made.class_report()
    body = html.class_parts(report, lambda pupil: f"/results/pupils/{pupil}").body
    assert '<a href="/results/pupils/6">Evans, Tom</a>' in body
    assert "<a " not in html.class_parts(report).body


def test_a_class_of_nobody_has_its_page() -> None:
    """Before the first check is in."""
    report = made.class_report({}, by_sex=())
    read = Read(without_fonts(html.class_page(report)))
    assert "No pupil of 4A has a score yet" in read.text
    assert "Teach again" not in read.text


def test_the_same_report_gives_the_same_bytes() -> None:
    """In whatever order it is asked for."""
    assert [FILES[name]() for name in reversed(FILES)] == [file_of(name) for name in reversed(FILES)]


def test_a_class_says_of_nobody_what_was_granted() -> None:
    """Neither that somebody typed, nor another way or version: times are left out there, without a word why."""
    usual = made.attempts()
    changed = {
        **usual,
        3: replace(usual[3], assisted=True),
        4: replace(usual[4], conditions=replace(usual[4].conditions, audio=True)),
        6: replace(usual[6], conditions=replace(usual[6].conditions, way=Way.MOUSE, no_pad=True)),
    }
    report = made.class_report(changed)
    body = html.class_parts(report).body
    for word in ("typed for", "omebody", "audio", "number pad", "mouse"):
        assert word not in body
    rows = [row for row in re.findall("<tr>.*?</tr>", body, re.DOTALL) if 'class="answers"' in row]
    timed = {name for name in made.NAMES for row in rows if escape(name) in row and re.search(r"\d\.\d s", row)}
    assert timed == {name for number, name in enumerate(made.NAMES, 1) if number not in (3, 4, 6)}
    thinks = thinks_shown(report.insight.pupils)
    assert {number for number, think in thinks.items() if think is None} == {3, 4, 6}
    by_time = [line.id for line in sorted(report.lines, key=_slowest_first(report))]
    without = [line.id for line in report.lines if thinks.get(line.id) is None]
    assert by_time[-len(without) :] == without


def test_a_table_that_is_hard_for_the_class_is_said_on_a_pupils_page() -> None:
    """Below "Tables, and how sure", after what is claimed."""
    one = replace(made.pupil_report().insight, gaps=("Has not got the 7s.",), with_class=(WithClass(8, "The 8s too."),))
    body = html.pupil_parts(made.pupil_report(insight=one)).body
    assert Read(body).text.partition("Tables, and how sure")[2].index("The 8s too.") > 0
    assert "<li>Has not got the 7s.</li>\n<li>The 8s too.</li>" in body
    alone = html.pupil_parts(made.pupil_report(insight=replace(one, found=(), gaps=()))).body
    assert "<li>The 8s too.</li>" in alone
