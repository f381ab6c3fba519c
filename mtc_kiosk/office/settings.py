"""The settings files of a home, for staff: which of them are not read."""

from mtc_kiosk.config.settings import stray_files
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.store.home.home import Home


def strays(home: Home) -> tuple[Problem, ...]:
    """The files in the folder of settings that look like settings and are not read."""
    return of_mistakes(stray_files(home.config_dir))
