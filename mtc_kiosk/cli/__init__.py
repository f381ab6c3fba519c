"""The command line: one command, many verbs. The only place that wires the packages together.

Each verb's module is imported when the verb is used, so that the kiosk starts without the others' libraries.
"""

import gc
import importlib
import os
import sys
from collections.abc import Sequence

import click

from mtc_kiosk.cli.guided import GuidedGroup, guided
from mtc_kiosk.cli.options import Settled, home_option, json_option
from mtc_kiosk.cli.output import CommandFailed, refuse
from mtc_kiosk.cli.streams import Streams
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.windows.arguments import with_files

_VERBS = {
    "run": ("mtc_kiosk.cli.run", "run", "Open the kiosk on this PC, full screen."),
    "try": ("mtc_kiosk.cli.run", "try_out", "See the check for yourself: no sign-in, nothing to set up."),
    "forms": ("mtc_kiosk.cli.forms", "forms", "Make files of questions, or check them against the rules."),
    "config": ("mtc_kiosk.cli.config", "config", "Find mistakes in the settings files."),
    "console": ("mtc_kiosk.cli.console", "console", "Open the teacher's console in the browser."),
    "enrol": ("mtc_kiosk.cli.enrol", "enrol", "Make this PC a kiosk of a desk on another PC."),
    "certificate": (
        "mtc_kiosk.cli.certificate",
        "certificate",
        "See or change the certificate by which kiosks know this desk.",
    ),
    "where": ("mtc_kiosk.cli.where", "where", "Show where the data is, and how old the newest backup is."),
    "backup": ("mtc_kiosk.cli.backup", "backup", "Back up all the data into one file, even while a kiosk runs."),
    "restore": ("mtc_kiosk.cli.restore", "restore", "Restore a backup, here or on another PC."),
    "renew": ("mtc_kiosk.cli.renew", "renew", "Replace a settings file or database that is missing."),
    "passcode": ("mtc_kiosk.cli.passcode", "passcode", "Set the passcode that opens the staff menu."),
    "account": ("mtc_kiosk.cli.account", "account", "Say who may use the teacher's console."),
    "pupils": ("mtc_kiosk.cli.pupils", "pupils", "Import the class list; add, change and list pupils."),
    "session": (
        "mtc_kiosk.cli.session",
        "session",
        "Start a session, which gives each pupil a PIN; end it.",
    ),
    "pins": ("mtc_kiosk.cli.pins", "pins", "List PINs, print them on slips, cancel them."),
    "status": ("mtc_kiosk.cli.status", "status", "See where every pupil is with the check."),
    "restart": ("mtc_kiosk.cli.restart", "restart", "Let a pupil take the check again."),
    "reason": ("mtc_kiosk.cli.reason", "reason", "Record why a pupil does not take the check."),
    "arrangements": (
        "mtc_kiosk.cli.arrangements",
        "arrangements",
        "See who has which access arrangements.",
    ),
    "assistant": ("mtc_kiosk.cli.assistant", "assistant", "Record who typed for a pupil, after the check."),
    "export": ("mtc_kiosk.cli.export", "export", "Save results, reasons and answers as files."),
    "report": ("mtc_kiosk.cli.report", "report", "Say what the checks show: of a class, a pupil, the school."),
    "sync": ("mtc_kiosk.cli.sync", "sync", "Bring the checks of several PCs together."),
    "verify": ("mtc_kiosk.cli.verify", "verify", "Check that record files are complete and unchanged."),
    "demo": ("mtc_kiosk.cli.demo", "demo", "Show a made-up school at work, in the browser."),
    "simulate": ("mtc_kiosk.cli.simulate", "simulate", "Watch how it works with robot pupils."),
}
"""Verb -> module, command, and its line in ``--help``."""

_PARTS = {
    "Before the check": ("try", "passcode", "account", "enrol", "certificate", "config", "pupils", "arrangements"),
    "On the day": ("console", "session", "pins", "run", "status", "restart", "reason", "assistant"),
    "After the check": ("export", "report", "sync", "verify"),
    "The school's data": ("where", "backup", "restore", "renew"),
    "To try things out": ("demo", "simulate", "forms"),
}
"""The parts of ``--help``, in the order of a school's days; every verb is in one of them."""


class _LazyGroup(GuidedGroup):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        module, name, _ = _VERBS[cmd_name]
        gc.disable()  # an import allocates much and frees nothing; collecting during it costs a tenth of the start-up
        try:
            command: click.Command = getattr(importlib.import_module(module), name)
        finally:
            gc.enable()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, _VERBS))
        for heading, verbs in _PARTS.items():
            with formatter.section(heading):
                formatter.write_dl([(verb.ljust(longest), _VERBS[verb][2]) for verb in verbs])


_DATA = """\b
Where is my data?         mtc-kiosk where
Back it up to a stick:    mtc-kiosk backup FILE    (also while a kiosk runs)
Restore it, on any PC:    mtc-kiosk restore FILE
"""


@click.group(cls=_LazyGroup, invoke_without_command=True, epilog=_DATA)
@click.version_option(package_name="mtc-kiosk", prog_name="mtc-kiosk")
@home_option
@json_option
@click.pass_context
def group(ctx: click.Context) -> None:
    """The Multiplication Tables Check on a school's own PCs.

    Help on one command: mtc-kiosk pupils --help
    """
    ctx.ensure_object(Settled)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code; a broken output stream does not stop it."""
    streams = Streams()
    code = 1
    try:
        code = _run(arguments)
    finally:
        code = streams.end(code)
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command, and turn a refusal, or a fault, into one sentence and an exit code."""
    settled = Settled()
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")  # pygame greets on standard output when it is imported
    try:
        given = with_files(sys.argv[1:]) if arguments is None else arguments
        code = group.main(args=given, prog_name="mtc-kiosk", standalone_mode=False, obj=settled)
    except CommandFailed as refusal:
        return refuse(refusal, as_json=settled.as_json)
    except click.ClickException as mistake:
        problem = guided(mistake)
        if settled.as_json or "--json" in (sys.argv[1:] if arguments is None else arguments):  # may not be parsed yet
            usage = Problem(problem.format_message(), "usage")
            return refuse(CommandFailed(usage, exit_code=problem.exit_code), as_json=True)
        problem.show()
        return problem.exit_code
    except click.Abort:
        click.echo("Stopped. Nothing more was done.", err=True)
        return 1
    except Exception as problem:
        from mtc_kiosk.cli.unforeseen import refusal_of  # noqa: PLC0415 - no command that works starts with it

        return refuse(refusal_of(problem, settled), as_json=settled.as_json)
    return code if isinstance(code, int) else 0
