"""``docs/school-rules.md`` says what the code says."""

import re
from pathlib import Path

from mtc_kiosk.school.obstacle import ObstacleCode
from tests.school.known import rules

PAGE = (Path(__file__).parents[2] / "docs" / "school-rules.md").read_text(encoding="utf-8")


def test_every_code_is_on_the_page_and_no_other() -> None:
    """What a program may meet in ``--json``."""
    listed = re.findall("`([a-z_]+)`", PAGE.partition("## Codes")[2])
    assert sorted(listed) == sorted(map(str, ObstacleCode))


def test_the_numbers_on_the_page_are_those_of_the_rules() -> None:
    """Two restarts, thirty minutes."""
    assert rules().restarts_allowed == 2
    assert "Two restarts, three checks." in PAGE
    assert rules().overdue_after.total_seconds() == 30 * 60
