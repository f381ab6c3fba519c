"""``mtc-kiosk account``: who may sign in to the teacher's console, and what each may do (``office.accounts``)."""

import sys
import textwrap
from collections.abc import Sequence

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, look_again, marked, print_json
from mtc_kiosk.office import accounts, json_accounts
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.accounts import Account, AccountWanted
from mtc_kiosk.school.passwords import RULE
from mtc_kiosk.school.permissions import MEANING
from mtc_kiosk.school.staff import Role, by_whom
from mtc_kiosk.school.words import counted, time_in_words

_INDENT = " " * 9
_MEANINGS = "\b\n" + "\n".join(
    textwrap.fill(f"{role:8} {MEANING[role]}", 76, subsequent_indent=_INDENT) for role in Role
)


@click.group(cls=GuidedGroup)
def account() -> None:
    """Say who may use the teacher's console."""


@account.command(epilog=_MEANINGS)
@click.argument("name")
@click.option(
    "--role", "roles", required=True, multiple=True, type=click.Choice([str(role) for role in Role]), help="What for."
)
@click.option("--group", "groups", multiple=True, help="A group of a teacher. Without, a teacher has every pupil.")
@click.option("--session", "session_id", type=int, help="The session of a cover account, if there are several today.")
@home_option
@json_option
@click.pass_context
def add(ctx: click.Context, name: str, roles: Sequence[str], groups: Sequence[str], session_id: int | None) -> None:
    """Make an account. Give --role and --group again for more of them.

    You type the password twice and cannot see it. A program can give it on standard input.
    """
    with opened_home(ctx) as home:
        wanted = AccountWanted(frozenset(map(Role, roles)), frozenset(groups), session_id)
        accounts.refuse_before_password(home, name, wanted)
        made = accounts.add(home, name, wanted, _typed())
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_accounts.given(made)))
            return
        echo(
            home,
            f"{made.account.name} can sign in to the console as {_roles(made.account)}{_until(home, made.account)}.",
        )
        look_again(f"No pupil is in group {group}." for group in made.unknown_groups)


@account.command("list")
@home_option
@json_option
@click.pass_context
def list_accounts(ctx: click.Context) -> None:
    """List the accounts with their roles."""
    with opened_home(ctx) as home:
        found = accounts.listed(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_accounts.accounts(found)))
            return
        echo(home, counted(len(found), "account"))
        for one in found:
            made = f"made {by_whom(one.made_by)} on {time_in_words(one.made_at, home.timetable.zone)}"
            groups = f" ({', '.join(sorted(one.groups))})" if one.groups else ""
            click.echo(f"  {one.name}: {_roles(one)}{groups}{_until(home, one)}, {made}")


@account.command()
@click.argument("name")
@home_option
@json_option
@click.pass_context
def reset(ctx: click.Context, name: str) -> None:
    """Give somebody a new password, which ends where they are signed in."""
    with opened_home(ctx) as home:
        found = accounts.named(home, name)
        done = accounts.reset(home, found.id, _typed())
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_accounts.given(done)))
        else:
            echo(home, f"{found.name} has a new password.")


@account.command()
@click.argument("name")
@home_option
@json_option
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Remove an account. What this person did stays in the audit."""
    with opened_home(ctx) as home:
        gone = accounts.remove(home, accounts.named(home, name).id)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"account": json_accounts.account(gone)}))
        else:
            echo(home, f"The account of {gone.name} is removed.")


def _typed() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    click.echo(RULE, err=True)
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same password again"))


def _roles(one: Account) -> str:
    return ", ".join(str(role) for role in Role if role in one.roles)


def _until(home: OpenHome, one: Account) -> str:
    return f" until {time_in_words(one.ends_at, home.timetable.zone)}" if one.ends_at is not None else ""
