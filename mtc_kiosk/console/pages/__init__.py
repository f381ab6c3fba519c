"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

from mtc_kiosk.console.pages import (
    arrangements,
    backups,
    board,
    conflicts,
    exports,
    first_run,
    not_taking,
    printed,
    pupil,
    read_aloud,
    results,
    room,
    school,
    slips,
    start,
    today,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    today.pages,
    first_run.pages,
    pupil.pages,
    not_taking.pages,
    arrangements.pages,
    start.pages,
    slips.pages,
    read_aloud.pages,
    printed.pages,
    results.pages,
    conflicts.pages,
    exports.pages,
    school.pages,
    backups.pages,
    room.pages,
    board.pages,
)
"""Every blueprint of the console."""
