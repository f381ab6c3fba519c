"""The window that a command opens: full screen as kiosk.yaml has it, or of the size that ``--windowed`` names."""

import contextlib
import re
from collections.abc import Iterator

import click

from mtc_kiosk.cli.output import ENVIRONMENT, CommandFailed
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.drawing.least_size import LEAST_SIDES, is_large_enough
from mtc_kiosk.kiosk.system.window import NoScreen, SdlWindow
from mtc_kiosk.office.problem import Problem

LEAST = f"{LEAST_SIDES[1]}x{LEAST_SIDES[0]}"

windowed_option = click.option(
    "--windowed", metavar="WxH", help="Open a window of this size instead of the full screen."
)


@contextlib.contextmanager
def opened_window(size: tuple[int, int] | None, configuration: Configuration) -> Iterator[SdlWindow]:
    """The kiosk's window, of this size or as kiosk.yaml says; CommandFailed if there is no screen or a tiny one."""
    lockdown = configuration.kiosk.lockdown
    try:
        window = SdlWindow(
            size if size is not None or lockdown.full_screen else (1366, 768),
            screen=configuration.kiosk.display.screen - 1,
            grab=lockdown.keyboard_grab,
        )
    except NoScreen as missing:
        raise CommandFailed(Problem(str(missing), "no_screen"), exit_code=ENVIRONMENT) from missing
    try:
        if not is_large_enough(window.surface.get_size()):
            raise CommandFailed(
                Problem(f"This display is too small. The check needs at least {LEAST} pixels.", "no_screen"),
                exit_code=ENVIRONMENT,
            )
        yield window
    finally:
        window.close()


def size_of(text: str) -> tuple[int, int]:
    """The size that ``--windowed`` names; a usage error if it is not a size, or too small."""
    found = re.fullmatch(r"(\d{3,5})x(\d{3,5})", text.strip().lower())
    if found is None:
        raise click.UsageError("--windowed takes a width and a height in pixels, such as 1366x768.")
    size = int(found[1]), int(found[2])
    if not is_large_enough(size):
        raise click.UsageError(f"--windowed needs at least {LEAST} pixels, either way round.")
    return size
