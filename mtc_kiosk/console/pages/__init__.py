"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

from mtc_kiosk.console.pages import (
    arrangements,
    board,
    first_run,
    groups,
    not_taking,
    printed,
    pupil,
    read_aloud,
    register,
    room,
    slips,
    start,
    today,
    upload,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    arrangements.pages,
    board.pages,
    first_run.pages,
    groups.pages,
    not_taking.pages,
    printed.pages,
    pupil.pages,
    read_aloud.pages,
    register.pages,
    room.pages,
    slips.pages,
    start.pages,
    today.pages,
    upload.pages,
)
"""Every blueprint of the console."""
