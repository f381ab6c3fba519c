"""What a wrongly typed command line gets for an answer: the command, option or value that was perhaps meant."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

_OTHER_WORDS = {
    "pupils": "child, children, class, classes, learners, names, register, roll, student, students",
    "pupils import": "import, pupils load, pupils read, pupils upload",
    "pupils list": "pupils find, pupils print, pupils search, pupils show, pupils view",
    "pupils add": "pupils create, pupils new",
    "pupils edit": "pupils change, pupils move, pupils rename, pupils set, pupils update",
    "pupils leave": "pupils delete, pupils leaver, pupils left, pupils remove",
    "session start": "start, session add, session begin, session create, session new, session open",
    "session end": "session cancel, session close, session delete, session finish, session remove, session stop",
    "session list": "session show, session view",
    "pins list": "pins show, pins view",
    "pins slips": "print, slip, slips, pins print",
    "pins cancel": "pins delete, pins remove, pins revoke, pins void",
    "status": "progress, state, who",
    "restart give": "restart add, restart allow, restart new, restart set",
    "restart remove": "restart cancel, restart delete, restart undo",
    "reason set": "reason add, reason give, reason new",
    "reason remove": "reason cancel, reason delete, reason undo",
    "reason list": "reason show, reason view",
    "arrangements": "access, needs",
    "arrangements show": "arrangements view",
    "assistant add": "assistant give, assistant name, assistant new, assistant set",
    "assistant remove": "assistant cancel, assistant delete, assistant undo",
    "assistant list": "assistant show, assistant view",
    "export results": "marks, results, scores",
    "report class": "insight, report group",
    "report compare": "compare, report side-by-side",
    "report governors": "governors, report school",
    "report pupil": "report child, report student",
    "config check": "settings, config list, config show, config test",
    "passcode set": "password, passcode change, passcode new",
    "account": "accounts, people, user, users",
    "account add": "account create, account give, account new",
    "account list": "account show, account view",
    "account reset": "account change, account password",
    "account remove": "account delete, account leave",
    "run": "kiosk, launch, open",
    "try": "practice, practise",
    "sync push": "send, sync send",
    "sync receive": "receive, sync get, sync import, sync pull",
    "simulate": "robots",
}
"""Command -> other words for it, which people type."""

_OTHER_OPTIONS = {
    "--group": "--class --form-group --year",
    "--out": "--file --output --to",
    "--kind": "--type",
    "--reason": "--code --why",
    "--why": "--because --reason",
    "--on": "--date --day",
    "--date": "--day --on",
    "--until": "--end --ends --to",
    "--date-of-birth": "--birthday --born --dob",
    "--forename": "--first --first-name --firstname",
    "--surname": "--last --last-name --lastname",
    "--sex": "--gender",
    "--ref": "--number",
    "--undo": "--back --remove",
}
"""Option -> other words for it."""

_CLOSE = 0.7
"""From which share of letters in common, of 1, another word is close."""

MEANT = {word: right for right, words in _OTHER_WORDS.items() for word in words.split(", ")}
"""A command that is not there -> the one that was meant."""


class GuidedGroup(click.Group):
    """A group that names the command which was perhaps meant."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """As click does it, with an answer of our own where there is no such command."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchOption:
            raise
        except click.UsageError:
            raise click.UsageError(_no_command(ctx, args[0], self.list_commands(ctx)), ctx) from None


class Choice(click.Choice[str]):
    """One of a few words, each with its meaning, which are listed where none or another is given."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        super().__init__(tuple(meanings))
        self._listed = ", ".join(f"{word} ({meaning})" for word, meaning in meanings.items())

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What to choose from."""
        return f"Choose from: {self._listed}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The word, if it is one of them."""
        if value in self.choices:
            return value
        close = _perhaps(_close(str(value), self.choices, 1))
        return self.fail(f"{value!r} is not one of the choices.{close} Choose from: {self._listed}", param, ctx)


def guided(problem: click.ClickException) -> click.ClickException:
    """The same mistake, or one that names the option which was perhaps meant, or how to write a name."""
    if not isinstance(problem, click.UsageError) or problem.ctx is None:
        return problem
    params = problem.ctx.command.params
    if isinstance(problem, click.NoSuchOption):
        options = {option for param in params for option in param.opts}
        meant = [right for right, words in _OTHER_OPTIONS.items() if problem.option_name in words.split()]
        close = [each for each in meant if each in options] or _close(problem.option_name, options, 1)
        said = f"There is no option {problem.option_name}.{_perhaps(close)}"
        return click.UsageError(said if close else f"{said} {_see(problem.ctx)}", problem.ctx)
    takes_one_pupil = any(param.name == "pupil" and isinstance(param, click.Argument) for param in params)
    if takes_one_pupil and "extra argument" in problem.message:
        return click.UsageError(f"{problem.message}. Put a name of several words in quotes.", problem.ctx)
    return problem


def _no_command(ctx: click.Context, word: str, there: Sequence[str]) -> str:
    """That there is no such command, and which is perhaps meant."""
    program, *groups = ctx.command_path.split()
    asked = " ".join((*groups, word.casefold()))
    close = (
        [MEANT[asked]] if asked in MEANT else [" ".join((*groups, each)) for each in _close(word.casefold(), there, 3)]
    )
    said = f"There is no command {' '.join((*groups, word))!r}."
    if close:
        return said + _perhaps([f"{program} {each}" for each in close])
    return f"{said} There are: {', '.join(there)}." if groups else f"{said} {_see(ctx)}"


def _close(word: str, there: Iterable[str], most: int) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    return get_close_matches(word, sorted(there), n=most, cutoff=_CLOSE)


def _perhaps(close: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(close)}?" if close else ""


def _see(ctx: click.Context) -> str:
    return f"See: {ctx.command_path} --help"
