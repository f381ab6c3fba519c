"""What is in a picture, read back from its SVG: each element with the space that it takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from mtc_kiosk.export.pictures.picture import Picture
from mtc_kiosk.export.pictures.shapes import width_of

STEP = re.compile(r"([MLHVhvz])([^MLHVhvz]*)")


@dataclass(frozen=True)
class Space:
    """What an element is, and from where to where it goes."""

    what: str
    left: float
    top: float
    right: float
    bottom: float


def root_of(picture: Picture) -> ElementTree.Element:
    """The picture as XML."""
    return ElementTree.fromstring(str(picture.svg))  # noqa: S314 - our own text


def words_of(picture: Picture) -> list[str]:
    """Every text that is drawn."""
    return [element.text or "" for element in root_of(picture).iter("text")]


def titles_of(picture: Picture) -> list[str]:
    """What each thing says where a mouse rests on it."""
    return [element.text or "" for element in root_of(picture).iter("title")]


def count(picture: Picture, look: str) -> int:
    """How many elements have this class, alone or among others."""
    return sum(look in element.get("class", "").split() for element in root_of(picture).iter())


def boxes(picture: Picture, look: str) -> list[Space]:
    """The space of each element with this class."""
    return [
        space
        for element in root_of(picture).iter()
        if look in element.get("class", "").split()
        for space in _space(element)
    ]


def outside(picture: Picture) -> list[Space]:
    """What sticks out of the ``viewBox``."""
    root = root_of(picture)
    _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
    found = (space for element in root.iter() for space in _space(element))
    return [
        one for one in found if min(one.left, one.top) < -0.02 or one.right > width + 0.02 or one.bottom > height + 0.02
    ]


def _space(element: ElementTree.Element) -> Iterator[Space]:
    def at(name: str) -> float:
        return float(element.get(name, "0"))

    match element.tag:
        case "rect":
            yield Space("rect", at("x"), at("y"), at("x") + at("width"), at("y") + at("height"))
        case "circle":
            yield Space("circle", at("cx") - at("r"), at("cy") - at("r"), at("cx") + at("r"), at("cy") + at("r"))
        case "path":
            points = list(_points(element.get("d", "")))
            across, down = [x for x, _ in points], [y for _, y in points]
            yield Space(f"path {element.get('class')}", min(across), min(down), max(across), max(down))
        case "text":
            said, size = element.text or "", at("font-size")
            wide = at("textLength") or width_of(said, size, bold="bold" in element.get("class", ""))
            left = at("x") - wide * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "")]
            yield Space(f"text {said}", left, at("y") - 0.8 * size, left + wide, at("y") + 0.2 * size)


def _points(d: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for step, said in STEP.findall(d):
        numbers = [float(part) for part in said.split()]
        match step:
            case "M" | "L":
                x, y = numbers
            case "H":
                (x,) = numbers
            case "V":
                (y,) = numbers
            case "h":
                x += numbers[0]
            case "v":
                y += numbers[0]
        yield x, y
