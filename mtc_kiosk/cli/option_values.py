"""Read the value of an option by the rules of the settings files."""

import click
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from mtc_kiosk.config.written import read_as


def read_option(ctx: click.Context, option: str, kind: BeforeValidator, written: str | None) -> object:
    """The value of an option, None if it was not given; a usage error says what is allowed."""
    if written is None:
        return None
    try:
        return read_as(kind, written.strip())
    except PydanticCustomError as problem:
        raise click.UsageError(f"{option}: {problem.message()}", ctx) from problem
