"""Comments, docstrings and settings files cite pages of this repository, and sections that those pages have."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import ROOT

FOLDERS = ("mtc_kiosk", "tests", "tools", "benchmarks", "config")
SOURCES = sorted(
    path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yaml", ".toml"}
)
PAGES = sorted((ROOT / "docs").rglob("*.md"))

PAGE = re.compile(r'docs/[\w/-]+\.md(?:,\s+(?:#\s+)?"([^"\n]+)")?')
"""A cited page, and the section named behind it."""

ELSEWHERE = re.compile(
    r"\b(?:pupil client|school admin|guidance|design|timing and kiosk|libraries|codebases),?\s+(?:section\s+)?\d",
    re.IGNORECASE,
)
"""A numbered section of notes that are not in this repository."""


def missing(text: str) -> Iterator[str]:
    """Each citation in a text that leads nowhere."""
    for cited in PAGE.finditer(text):
        page = ROOT / cited[0].partition(",")[0]
        headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) if page.is_file() else []
        if not headings or (cited[1] and cited[1] not in headings):
            yield cited[0]
    yield from (found[0] for found in ELSEWHERE.finditer(text))


def test_every_page_that_the_code_cites_exists() -> None:
    """With the section it names. What the code rests on can be read by whoever has the repository."""
    wrong = {
        source: list(missing(source.read_text(encoding="utf-8"))) for source in SOURCES if source != Path(__file__)
    }
    assert {str(source): cited for source, cited in wrong.items() if cited} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_page_of_the_documents_leads_only_to_pages_that_exist(page: Path) -> None:
    """Links between pages are relative; a link to a folder or a picture counts as well."""
    text = page.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []
    assert list(missing(text)) == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "reference").glob("*.md")), ids=lambda path: path.name)
def test_every_reference_names_its_public_source(page: Path) -> None:
    """The document's name and its year, before the first section."""
    head = page.read_text(encoding="utf-8").partition("\n## ")[0]
    assert re.search(r"^Sources?: .*\b20\d\d\b", head, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("see docs/reference/pupil-client.md", []),
        ('see docs/reference/pupil-client.md, "Typing"', []),
        ('see docs/reference/pupil-client.md, "Juggling"', ['docs/reference/pupil-client.md, "Juggling"']),
        ("see docs/reference/absent.md", ["docs/reference/absent.md"]),
        ("(pupil client, section 3.1)", ["pupil client, section 3"]),
        ("(design 3.6)", ["design 3"]),
    ],
)
def test_a_citation_that_leads_nowhere_is_found(text: str, wrong: list[str]) -> None:
    """The check can fail."""
    assert list(missing(text)) == wrong


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    """Files of the program and its tests, by path or, for a test, by name alone."""
    text = page.read_text(encoding="utf-8")
    paths = set(
        re.findall(r"`((?:mtc_kiosk|tests|tools|benchmarks|config|assets)/[\w/.-]+\.(?:py|sh|yaml|txt|md|png))`", text)
    )
    names = set(re.findall(r"`(test_\w+\.py)`", text))
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    below = (ROOT, ROOT / "mtc_kiosk")
    assert [path for path in sorted(paths) if not any((root / path).exists() for root in below)] == []
    assert sorted(names - tests) == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    """By links alone, so that a newcomer finds what there is."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)\s#]+\.md)", page.read_text(encoding="utf-8"))
        waiting += [(page.parent / link).resolve() for link in links if "://" not in link]
    assert [page for page in PAGES if page.resolve() not in {one.resolve() for one in reached}] == []
