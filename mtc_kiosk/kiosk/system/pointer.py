"""The larger mouse pointer: an arrow several times the usual size, light with a dark edge and a light rim around it.

One of the two shows on every colour scheme. It is drawn here, so that it looks the same on every PC; otherwise the
system's own pointer is unchanged.
"""

import pygame

HEIGHT = 96  # pixels; the usual pointer is about 20
_FINER = 4
_LIGHT, _DARK = (0xFF, 0xFF, 0xFF), (0, 0, 0)
# An arrow in a square of 1000, its tip first.
_ARROW = ((90, 70), (90, 830), (270, 660), (400, 950), (530, 890), (405, 610), (650, 610))


def large_pointer() -> pygame.Surface:
    """The arrow, on a clear surface; its tip is at ``tip()``."""
    side = HEIGHT * _FINER
    surface = pygame.Surface((side, side), pygame.SRCALPHA)
    surface.fill((*_LIGHT, 0))
    points = [pygame.Vector2(x, y) * side / 1000 for x, y in _ARROW]
    for colour, width in ((_LIGHT, 110), (_DARK, 74)):
        _edge(surface, points, colour, width * side // 1000)
    pygame.draw.polygon(surface, _LIGHT, points)
    return pygame.transform.smoothscale(surface, (HEIGHT, HEIGHT))


def tip() -> tuple[int, int]:
    """The pixel that points."""
    x, y = _ARROW[0]
    return x * HEIGHT // 1000, y * HEIGHT // 1000


def set_pointer(large: bool) -> None:
    """Show the larger pointer, or the system's own. Does nothing on a display without pointers."""
    try:
        pointer = pygame.cursors.Cursor(tip(), large_pointer()) if large else pygame.cursors.Cursor()
        pygame.mouse.set_cursor(pointer)
    except pygame.error:
        return


def _edge(surface: pygame.Surface, points: list[pygame.Vector2], colour: tuple[int, int, int], width: int) -> None:
    for start, end in zip(points, [*points[1:], points[0]], strict=True):
        aside = (end - start).normalize().rotate(90) * width / 2
        pygame.draw.polygon(surface, colour, [start + aside, end + aside, end - aside, start - aside])
        pygame.draw.circle(surface, colour, start, width // 2)
