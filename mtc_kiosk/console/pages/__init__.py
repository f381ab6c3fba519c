"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

from mtc_kiosk.console.pages import (
    arrangements,
    backups,
    board,
    conflicts,
    exports,
    first_run,
    groups,
    not_taking,
    people,
    printed,
    pupil,
    read_aloud,
    register,
    results,
    room,
    school,
    sign_in,
    slips,
    start,
    today,
    upload,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    arrangements.pages,
    backups.pages,
    board.pages,
    conflicts.pages,
    exports.pages,
    first_run.pages,
    groups.pages,
    not_taking.pages,
    people.pages,
    printed.pages,
    pupil.pages,
    read_aloud.pages,
    register.pages,
    results.pages,
    room.pages,
    school.pages,
    sign_in.pages,
    slips.pages,
    start.pages,
    today.pages,
    upload.pages,
)
"""Every blueprint of the console."""
