"""What the tests of the settings files share: a file written, read, and the mistakes that come of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.config.configuration import (
    ARRANGEMENTS,
    CHECK,
    KIOSK,
    SCHOOL,
    load_arrangements,
    load_check,
    load_kiosk,
    load_school,
)
from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake

LOAD: dict[str, Callable[[Path], object]] = {
    CHECK: load_check,
    KIOSK: load_kiosk,
    SCHOOL: load_school,
    ARRANGEMENTS: load_arrangements,
}


@pytest.fixture
def mistakes_in(tmp_path: Path) -> Callable[[str, str], list[Mistake]]:
    """Give a file's name and text; have its mistakes, none where it was read."""

    def read(name: str, text: str) -> list[Mistake]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        try:
            LOAD[name](path)
        except ConfigMistakes as problem:
            return list(problem.mistakes)
        return []

    return read


@pytest.fixture
def said(mistakes_in: Callable[[str, str], list[Mistake]]) -> Callable[[str, str], list[str]]:
    """Give a file's name and text; have its mistakes as the lines a teacher reads."""
    return lambda name, text: [str(mistake) for mistake in mistakes_in(name, text)]
