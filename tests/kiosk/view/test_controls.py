"""The controls of a page are values: a press means one thing."""

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field, ListedCode, Row, ScreenKey


def test_no_two_controls_are_equal() -> None:
    """Buttons, boxes and choices are strings as well, and so would be one where their texts were the same."""
    texts: tuple[Control, ...] = (*Button, *Field, *Feeling, *Colours, *Size)
    names = [control.value for control in texts if not isinstance(control, ScreenKey | Row | ListedCode)]
    others = (*map(ScreenKey, names), *map(ListedCode, names), Row(0), Row(1))
    assert len({*texts, *others}) == len(texts) + len(others)
