"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

from mtc_kiosk.console.pages import (
    arrangements,
    backups,
    conflicts,
    exports,
    not_taking,
    pupil,
    results,
    school,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    pupil.pages,
    not_taking.pages,
    arrangements.pages,
    results.pages,
    conflicts.pages,
    exports.pages,
    school.pages,
    backups.pages,
)
"""Every blueprint of the console."""
