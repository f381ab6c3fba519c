"""Values written after an option, read as the settings files read them."""

import click
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from mtc_kiosk.config.written import read_as


def read_option(ctx: click.Context, option: str, kind: BeforeValidator, written: str | None) -> object:
    """What was written after an option, None where nothing was; a usage error in words where it is not allowed."""
    if written is None:
        return None
    try:
        return read_as(kind, written.strip())
    except PydanticCustomError as problem:
        raise click.UsageError(f"{option}: {problem.message()}", ctx) from problem
