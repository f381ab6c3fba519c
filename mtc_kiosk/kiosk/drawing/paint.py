"""The one module that draws: paints marks onto a surface, only where they differ from those painted before.

Rounded corners and drawings are made several times too large, scaled down once and cached, so that no edge is jagged
and nothing has to be made during a question.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pygame

from mtc_kiosk.kiosk.drawing.fonts import Colour, Fonts
from mtc_kiosk.kiosk.drawing.icons import Area, Shape, Stroke, shapes
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark, Picture, Rect, Text

_FINER = 8  # corners are made this many times too large
_FINER_PICTURE = 4


def paint(
    surface: pygame.Surface, marks: Sequence[Mark], before: Sequence[Mark] | None, fonts: Fonts
) -> list[pygame.Rect]:
    """Draw ``marks`` over a surface that shows ``before`` (None: unknown) and return the areas touched.

    The result has the same pixels as drawing everything. Equal marks touch nothing and return an empty list.
    """
    touched = _differing(surface, marks, before)
    clip = surface.get_clip()
    for area in touched:
        surface.set_clip(area)
        for mark in marks:
            if area.colliderect(mark.rect):
                _draw(surface, mark, fonts)
    surface.set_clip(clip)
    return touched


def warm(marks: Sequence[Mark], fonts: Fonts) -> None:
    """Make and cache everything that drawing these marks needs, so that the first flip of a question is as fast."""
    nowhere = pygame.Surface((1, 1))
    for mark in marks:
        _draw(nowhere, mark, fonts)


def _differing(surface: pygame.Surface, marks: Sequence[Mark], before: Sequence[Mark] | None) -> list[pygame.Rect]:
    whole = surface.get_rect()
    if before is None:
        return [whole]
    # Most marks are unchanged: skip what both tuples begin and end with before counting anything.
    most = min(len(marks), len(before))
    head = next((place for place in range(most) if marks[place] != before[place]), most)
    tail = next((place for place in range(most - head) if marks[-1 - place] != before[-1 - place]), most - head)
    marks, before = marks[head : len(marks) - tail], before[head : len(before) - tail]
    now, then = Counter(marks), Counter(before)
    changed = (now - then) + (then - now)
    if not changed:
        return [] if tuple(marks) == tuple(before) else [whole]
    if [mark for mark in marks if mark not in changed] != [mark for mark in before if mark not in changed]:
        return [whole]
    return _joined([pygame.Rect(mark.rect).clip(whole) for mark in changed])


def _joined(areas: list[pygame.Rect]) -> list[pygame.Rect]:
    """The same pixels without overlaps, so that nothing is drawn twice."""
    joined: list[pygame.Rect] = []
    for area in areas:
        if not area.width or not area.height:
            continue
        grown = area
        while (index := grown.collidelist(joined)) != -1:
            grown = grown.union(joined.pop(index))
        joined.append(grown)
    return joined


def _draw(surface: pygame.Surface, mark: Mark, fonts: Fonts) -> None:
    match mark:
        case Text():
            surface.blit(fonts.rendered(mark.text, mark.style, mark.colour), mark.rect[:2])
        case Box():
            _draw_box(surface, mark, fonts)
        case Bar():
            _draw_bar(surface, mark, fonts)
        case Picture():
            surface.blit(_picture(mark, fonts), mark.rect[:2])


def _draw_box(surface: pygame.Surface, box: Box, fonts: Fonts) -> None:
    x, y, w, h = box.rect
    if box.edge is not None and box.depth and not box.sunk:
        # The edge shows below the face only: as tall as the corners, so that it does not fringe the upper ones.
        foot = min(h, 2 * box.radius + box.depth)
        _rounded(surface, Rect(x, y + h - foot, w, foot), box.radius, box.edge, fonts)
    face = Rect(x, y + (box.depth if box.sunk else 0), w, h - box.depth)
    if box.line is not None and box.border:
        _rounded(surface, face, box.radius, box.line, fonts)
        face = face.grown(-box.border)
    _rounded(surface, face, max(0, box.radius - box.border), box.fill, fonts)


def _draw_bar(surface: pygame.Surface, bar: Bar, fonts: Fonts) -> None:
    x, y, w, h = bar.rect
    for part in range(bar.parts):
        left = (w + bar.gap) * part // bar.parts
        right = (w + bar.gap) * (part + 1) // bar.parts - bar.gap
        colour = bar.fill if part < bar.filled else bar.track
        _rounded(surface, Rect(x + left, y, right - left, h), h // 2, colour, fonts)


def _rounded(surface: pygame.Surface, rect: Rect, radius: int, colour: Colour, fonts: Fonts) -> None:
    x, y, w, h = rect
    radius = max(0, min(radius, w // 2, h // 2))
    surface.fill(colour, (x, y + radius, w, h - 2 * radius))
    if radius == 0:
        return
    surface.fill(colour, (x + radius, y, w - 2 * radius, radius))
    surface.fill(colour, (x + radius, y + h - radius, w - 2 * radius, radius))
    disc = fonts.surfaces.get(("disc", radius, colour), lambda: _disc(radius, colour))
    for left in (0, 1):
        for top in (0, 1):
            place = (x + left * (w - radius), y + top * (h - radius))
            surface.blit(disc, place, (left * radius, top * radius, radius, radius))


def _disc(radius: int, colour: Colour) -> pygame.Surface:
    large = pygame.Surface((2 * radius * _FINER, 2 * radius * _FINER), pygame.SRCALPHA)
    large.fill((*colour, 0))
    pygame.draw.circle(large, colour, (radius * _FINER, radius * _FINER), radius * _FINER)
    return pygame.transform.smoothscale(large, (2 * radius, 2 * radius))


def _picture(picture: Picture, fonts: Fonts) -> pygame.Surface:
    size = picture.rect[2:]
    key = ("picture", picture.drawing, size, picture.colours)
    return fonts.surfaces.get(key, lambda: _drawn(shapes(picture.drawing), size, picture.colours))


def _drawn(what: Sequence[Shape], size: tuple[int, int], colours: tuple[Colour, ...]) -> pygame.Surface:
    width, height = size[0] * _FINER_PICTURE, size[1] * _FINER_PICTURE
    large = pygame.Surface((width, height), pygame.SRCALPHA)
    large.fill((*colours[0], 0))

    def at(point: tuple[int, int]) -> tuple[int, int]:
        return point[0] * width // 1000, point[1] * height // 1000

    for shape in what:
        colour = colours[shape.tone]
        match shape:
            case Area():
                pygame.draw.polygon(large, colour, [at(point) for point in shape.points])
            case Stroke():
                _stroke(large, colour, [at(point) for point in shape.points], shape.width * height // 1000)
    return pygame.transform.smoothscale(large, size)


def _stroke(surface: pygame.Surface, colour: Colour, points: list[tuple[int, int]], width: int) -> None:
    for start, end in pairwise(points):
        along = pygame.Vector2(end) - pygame.Vector2(start)
        if along.length_squared():
            aside = along.normalize().rotate(90) * width / 2
            pygame.draw.polygon(surface, colour, [start + aside, end + aside, end - aside, start - aside])
    for point in points:
        pygame.draw.circle(surface, colour, point, width // 2)
