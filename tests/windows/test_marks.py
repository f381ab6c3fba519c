"""A test of one kind of system says so by its mark, so that all others can be required on both."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent


def test_a_test_of_posix_systems_has_the_mark_and_no_skip_of_its_own() -> None:
    """``posix_only`` with the reason: a bare skip on Windows cannot be told from a test that has stopped running."""
    bare = re.compile(r"skipif\(\s*os\.name")
    assert [path.name for path in TESTS.rglob("*.py") if bare.search(path.read_text(encoding="utf-8"))] == []
