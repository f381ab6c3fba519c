"""The staff passcode, typed at a terminal: what is allowed is said before it is asked for."""

from pathlib import Path

import pytest

from .at_a_terminal import assert_in_this_order, typed_twice


@pytest.mark.posix_only("a terminal of its own for the command")
def test_what_a_passcode_may_be_is_said_before_it_is_asked_for(tmp_path: Path) -> None:
    """At a real terminal: the rule, then the question twice, and nothing of what was typed."""
    page = typed_twice(["passcode", "set", "--home", str(tmp_path / "home")], "seven words", until="is set")
    lines = (
        "Use 6 to 64 visible characters.",
        "Staff passcode: ",
        "The same passcode again: ",
        "The staff passcode is set.",
    )
    assert_in_this_order(page, lines)
    assert "seven words" not in page
