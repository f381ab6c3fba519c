"""Every picture: well-formed, within its edges, the same bytes each time, and nothing but classes for its looks."""

from xml.etree import ElementTree

import pytest

from tests.export.pictures.made import pictures

NAMES = sorted(pictures())


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_and_says_what_it_is(name: str) -> None:
    """XML with a role and the sentence; no style, script or address from outside; a table with a head for each cell."""
    one = pictures()[name]
    root = ElementTree.fromstring(str(one.svg))  # noqa: S314 - our own text
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", one.sentence)
    assert one.sentence.endswith(".")
    for element in root.iter():
        assert element.tag in {"svg", "g", "title", "text", "rect", "circle", "path"}
        assert not {"style", "id", "href", "onload"} & set(element.keys())
    assert one.table.rows
    assert {len(row) for row in one.table.rows} == {len(one.table.heads)}
