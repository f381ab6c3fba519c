"""docs/data.md says what the database is: every table, column, event and key, no more and no less."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from mtc_kiosk.check.journal_form import FACT_TYPES
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import Journal
from tests.store.examples import new_attempt, stamp, whole_check
from tests.store.processes import CHECKOUT

PAGE = (CHECKOUT / "docs" / "data.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
EVENTS = PAGE.partition("\n## Events\n")[2].partition("\n## ")[0]
QUOTED = re.compile(r"`([^`]+)`")


def rows(text: str) -> list[list[str]]:
    """The cells of the rows of a section's tables, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def documented_events() -> dict[str, dict[str, str]]:
    """Type -> key -> meaning."""
    events: dict[str, dict[str, str]] = {}
    for kind, key, meaning in rows(EVENTS):
        if kind:
            events[kind.strip("`")] = current = {}
        if key:
            current[key.strip("`")] = meaning
    return events


def choices(hint: Any) -> set[str]:
    """The values that a key of this type may have, where they can be counted."""
    kinds = [kind for kind in (get_args(hint) or (hint,)) if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return {str(choice) for kind in kinds for choice in kind}


def test_every_table_and_column_is_on_the_page(home: Home) -> None:
    """In the database's order, with its types; and the page has no other."""
    with closing(sqlite3.connect(home.database)) as db:
        names = [
            name
            for (name,) in db.execute("select name from sqlite_master where type in ('table', 'view')")
            if name != "sqlite_sequence"
        ]
        columns = {name: [(row[1], row[2]) for row in db.execute(f"pragma table_info({name})")] for name in names}
    documented = {
        name: [(column.strip("`"), type_) for column, type_, _ in rows(text)] for name, text in SECTIONS.items()
    }
    assert documented == columns


def test_every_event_and_key_is_on_the_page() -> None:
    """In the order of the program's own types."""
    expected = {name: [key for key in get_type_hints(kind) if key != "at"] for name, kind in FACT_TYPES.items()}
    assert {name: list(keys) for name, keys in documented_events().items()} == expected
    assert list(documented_events()) == list(FACT_TYPES)


@pytest.mark.parametrize("name", FACT_TYPES)
def test_every_key_has_a_meaning_and_all_its_values(name: str) -> None:
    """Every allowed value is listed in full."""
    for key, hint in get_type_hints(FACT_TYPES[name]).items():
        if key != "at":
            meaning = documented_events()[name][key]
            assert meaning
            assert choices(hint) <= set(QUOTED.findall(meaning))


@pytest.mark.parametrize(
    ("table", "column", "check"),
    [
        ("attempt", "kind", "kind in"),
        ("attempt", "outcome", "outcome in"),
        ("answer", "by", "by in"),
        ("feedback", "choice", "choice in"),
        ("removal", "reason", "reason in"),
    ],
)
def test_every_choice_of_a_column_is_on_the_page(home: Home, table: str, column: str, check: str) -> None:
    """As the database's own constraint has them."""
    with closing(sqlite3.connect(home.database)) as db:
        (sql,) = db.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
    allowed = set(re.findall(r"'([^']+)'", sql.partition(f"({check} (")[2].partition(")")[0]))
    (meaning,) = (cells[2] for cells in rows(SECTIONS[table]) if cells[0] == f"`{column}`")
    assert allowed
    assert allowed <= set(QUOTED.findall(meaning))


@pytest.fixture
def first_altered() -> Callable[[Path, str], int | None]:
    """The recipe for the chain, as the page has it."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    space: dict[str, Any] = {}
    exec(code, space)  # noqa: S102 - the code is the page's, which this test is about
    recipe: Callable[[Path, str], int | None] = space["first_altered"]
    return recipe


def test_the_recipe_on_the_page_follows_the_chain(home: Home, first_altered: Callable[[Path, str], int | None]) -> None:
    """With Python's own library alone; it finds what was altered."""
    journal, robot = Journal(home), whole_check()
    journal.begin(new_attempt("é"), robot.journal, stamp())
    journal.close()
    assert first_altered(home.database, "é") is None
    with closing(sqlite3.connect(home.database)) as db:
        db.execute("drop trigger event_is_never_changed")
        db.execute("update event set data = replace(data, ':', ': ') where seq = 7")
        db.commit()
        assert first_altered(home.database, "é") == 7
        db.execute("update event set at_us = at_us + 1 where seq = 3")
        db.commit()
        assert first_altered(home.database, "é") == 3
