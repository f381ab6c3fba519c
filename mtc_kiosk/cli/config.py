"""``mtc-kiosk config check``: report every mistake in a home's settings files, or a summary of them
(``office.settings``)."""

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import print_json
from mtc_kiosk.cli.passcode import NO_PASSCODE
from mtc_kiosk.cli.places import home_of, refusals_reported
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office import json_register, settings
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.home.home import Home


@click.group(cls=GuidedGroup)
def config() -> None:
    """The school's settings files."""


@config.command()
@home_option
@json_option
@click.pass_context
def check(ctx: click.Context) -> None:
    """Look for mistakes in the settings files, and list them all."""
    home = home_of(ctx)
    as_json = settled(ctx).as_json
    with refusals_reported():
        try:
            checked = settings.check(home)
        except ConfigMistakes:
            if not as_json:
                click.echo(
                    f"Correct these mistakes in {home.config_dir}. Until then no kiosk and no session starts:", err=True
                )
            raise
    if as_json:
        print_json(ok=True, data=json_register.settings_checked(home, checked))
    else:
        _show(home, checked)


def _counted(warnings: int) -> str:
    return f"{counted(warnings, 'warning')}, no mistakes" if warnings else "No mistakes"


def _show(home: Home, checked: settings.SettingsChecked) -> None:
    for problem in checked.warnings:
        click.echo(f"Warning: {problem}", err=True)
    click.echo(f"{_counted(len(checked.warnings))} in {', '.join(FILES)} of {home.config_dir}.")
    if changed := checked.configuration.check.changes():
        click.echo(
            f'check.yaml: {", ".join(changed)} differ from the national rules. Results will say "changed rules".'
        )
    if checked.configuration.kiosk.staff_passcode is None:
        click.echo(NO_PASSCODE)
