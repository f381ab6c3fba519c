"""``mtc-kiosk account`` at a real terminal: the rule is said first, and nothing of what is typed is shown."""

from pathlib import Path

import pytest

from .at_a_terminal import assert_in_this_order, typed_twice


@pytest.mark.posix_only("a terminal of its own for the command")
def test_what_a_password_may_be_is_said_before_it_is_asked_for_twice(tmp_path: Path) -> None:
    """The rule, the question twice, and the account, without the password."""
    words = ["account", "add", "f.adeyemi", "--role", "head", "--home", str(tmp_path / "home")]
    page = typed_twice(words, "seven cups of tea", until="can sign in")
    lines = ("Use at least 8 characters", "Password: ", "The same password again: ", "f.adeyemi can sign in")
    assert_in_this_order(page, lines)
    assert "seven cups" not in page
