"""The shortcuts of sticky, toggle and filter keys: what Windows is asked, here a Windows in memory."""

import json
from pathlib import Path

import pytest

from mtc_kiosk.windows.ease_keys import FILE, Help, shortcuts_off, without_shortcut

AS_SHIPPED = {Help.STICKY: 510, Help.TOGGLE: 62, Help.FILTER: 126}
SILENT = {Help.STICKY: 510 & ~12, Help.TOGGLE: 62 & ~12, Help.FILTER: 126 & ~12}


class InMemory:
    """A Windows that keeps the flags."""

    def __init__(self, flags: dict[Help, int]) -> None:
        self.now = dict(flags)

    def flags(self, which: Help) -> int | None:
        """Its flags."""
        return self.now.get(which)

    def set_flags(self, which: Help, flags: int) -> None:
        """Set them."""
        self.now[which] = flags


def test_the_shortcuts_are_off_for_as_long_as_a_kiosk_is_open(tmp_path: Path) -> None:
    """And as they were behind it; no file is left."""
    system = InMemory(AS_SHIPPED)
    with shortcuts_off(tmp_path, system):
        assert system.now == SILENT
        assert json.loads((tmp_path / FILE).read_text()) == {"STICKY": 510, "TOGGLE": 62, "FILTER": 126}
    assert system.now == AS_SHIPPED
    assert list(tmp_path.iterdir()) == []


def test_a_help_that_is_on_stays_as_it_is(tmp_path: Path) -> None:
    """Somebody needs it."""
    system = InMemory({**AS_SHIPPED, Help.STICKY: 511})
    with shortcuts_off(tmp_path, system):
        assert system.now == {**SILENT, Help.STICKY: 511}
    assert without_shortcut(511) == 511


def test_a_kiosk_that_was_cut_off_is_put_right_by_the_next(tmp_path: Path) -> None:
    """What the file has is what was set before, not what the dead run left."""
    system = InMemory(AS_SHIPPED)
    dead = shortcuts_off(tmp_path, system)
    dead.__enter__()
    assert system.now == SILENT
    with shortcuts_off(tmp_path, system):
        assert system.now == SILENT
    assert system.now == AS_SHIPPED


def test_a_fault_of_the_kiosk_puts_them_back_too(tmp_path: Path) -> None:
    """However the block ends."""
    system = InMemory(AS_SHIPPED)
    with pytest.raises(ZeroDivisionError), shortcuts_off(tmp_path, system):
        raise ZeroDivisionError
    assert system.now == AS_SHIPPED


@pytest.mark.parametrize("text", ["", "[]", "{", '{"STICKY": "many"}', "\x00"])
def test_a_file_that_makes_no_sense_changes_nothing(tmp_path: Path, text: str) -> None:
    """It is taken away, and the kiosk opens."""
    (tmp_path / FILE).write_text(text)
    system = InMemory(AS_SHIPPED)
    with shortcuts_off(tmp_path, system):
        assert system.now == SILENT
    assert system.now == AS_SHIPPED


def test_where_nothing_can_be_kept_nothing_is_changed(tmp_path: Path) -> None:
    """A full disk: what could not be put back stays as it is."""
    system = InMemory(AS_SHIPPED)
    with shortcuts_off(tmp_path / "nowhere", system):
        assert system.now == AS_SHIPPED


def test_flags_that_windows_does_not_give_are_left_alone(tmp_path: Path) -> None:
    """A Windows without one of them."""
    system = InMemory({Help.STICKY: 510})
    with shortcuts_off(tmp_path, system):
        assert system.now == {Help.STICKY: SILENT[Help.STICKY]}
    assert system.now == {Help.STICKY: 510}
