"""The least that a pygame program can do: a window, full screen, of one colour. What a cold start is compared with."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

TITLE = "bare"
COLOUR = (240, 240, 240)


def main() -> None:
    """Open the window, show it, and wait until somebody ends the program."""
    pygame.display.init()
    surface = pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
    pygame.display.set_caption(TITLE)
    surface.fill(COLOUR)
    pygame.display.flip()
    while pygame.event.wait().type != pygame.QUIT:
        pass


if __name__ == "__main__":
    main()
