"""The pages, one module a subject, each with a blueprint ``pages`` of the module's name."""

from flask import Blueprint

BLUEPRINTS: tuple[Blueprint, ...] = ()
"""Every blueprint of the console."""
