"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

from mtc_kiosk.console.pages import arrangements, not_taking, pupil

BLUEPRINTS: tuple[Blueprint, ...] = (pupil.pages, not_taking.pages, arrangements.pages)
"""Every blueprint of the console."""
