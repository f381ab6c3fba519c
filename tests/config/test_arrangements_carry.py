"""A pupil's new number written over the old one: there and nowhere else, whatever the file looks like."""

import pytest

from mtc_kiosk.config.arrangements_carry import with_new_numbers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pupils:\n  A1: {size: XXL}  # A1\n", "pupils:\n  B-7: {size: XXL}  # A1\n"),
        ("\ufeffpupils:\r\n  A1:\r\n    size: XXL\r\n", "\ufeffpupils:\r\n  B-7:\r\n    size: XXL\r\n"),
        ("pupils: {a2: A1, A1: A1}\nprofiles: {A1: {}}", "pupils: {a2: A1, B-7: A1}\nprofiles: {A1: {}}"),
        ('pupils:\n  "A1":   {}\n  A11: {}\n', "pupils:\n  B-7:   {}\n  A11: {}\n"),
        ("{pupils: {'A1':{size: XXL}}}", "{pupils: {B-7:{size: XXL}}}"),
        ("pupils:\n  ? A1\n  : {size: XXL}\n", "pupils:\n  ? B-7\n  : {size: XXL}\n"),
    ],
)
def test_only_the_number_changes(before: str, after: str) -> None:
    """Notes, profiles of the same name, quotes of others, marks and line ends stay as they are."""
    changed = with_new_numbers(before.encode(), {"A1": "B-7"})
    assert changed is not None
    assert changed.decode() == after


def test_what_cannot_be_written_with_certainty_is_not_written() -> None:
    """A number that another entry has, a file with a mistake."""
    assert with_new_numbers(b"pupils: {A1: {}, B-7: {}}", {"A1": "b-7"}) is None
    assert with_new_numbers(b"pupils: {A1: {size: big}}", {"A1": "B-7"}) is None
    assert with_new_numbers(b"pupils: {A1: {}}", {"A2": "B-7"}) == b"pupils: {A1: {}}"
