"""What the program says of itself, and of words that it does not know."""

import click

from mtc_kiosk.cli import group

from .class_lists import PUPILS, csv
from .terminal import Terminal


def every_command() -> dict[str, click.Command]:
    """Every command and group by its full name, as the program has them."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    waiting: list[tuple[str, click.Command]] = [("", group)]
    while waiting:
        name, command = waiting.pop()
        found[name] = command
        if isinstance(command, click.Group):
            below = {verb: command.get_command(context, verb) for verb in command.list_commands(context)}
            waiting += [(f"{name} {verb}".strip(), each) for verb, each in below.items() if each is not None]
    return dict(sorted(found.items()))


def commands() -> list[str]:
    """The names of every command and group."""
    return list(every_command())


def verbs() -> list[tuple[str, click.Command]]:
    """Every command that is no group, with its name."""
    return [(name, command) for name, command in every_command().items() if not isinstance(command, click.Group)]


def help_texts(at: Terminal) -> None:
    """The help of every command."""
    at.type("")
    at.type("--version")
    for name in commands():
        at.type(f"{name} --help")


def usage_mistakes(at: Terminal) -> None:
    """Words, options and arguments that are not there, or are missing."""
    for words in (
        "nonsense",
        "pupils nonsense",
        "pupil list",
        "status extra",
        "status --colour red",
        "session start --kin official",
        "session start",
        "session end two",
        "pins slips",
        "restart give",
        "restart give G201100120001",
        "reason set",
        "assistant add G201100120001",
        "verify",
        "sync receive",
        "sync conflicts --count abcdef",
        "sync conflicts --why Because",
        "export results --format",
        "status --home",
        "simulate --pupils many",
        "renew",
        "try --tables",
    ):
        at.type(words)


def mistaken_settings(at: Terminal) -> None:
    """A settings file has a mistake: every command that works in a home says which, and does nothing."""
    at.made_up_home()
    at.edit("home/config/school.yaml", "scheme: own", "scheme: owned")
    for words in (
        "account add f.adeyemi --role head",
        "account list",
        "account remove f.adeyemi",
        "account reset f.adeyemi",
        "arrangements list",
        "arrangements show G201100120001",
        "assistant add G201100120001 --forename Ann --surname Example --why Because",
        "assistant list",
        "assistant remove G201100120001",
        "certificate renew --replace",
        "certificate show",
        "certificate tablets desk.crt --force",
        "certificate use desk.pem key.pem --replace",
        "config check",
        "console --port 8500 --no-browser",
        "console --lan --lan-port 8426",
        "demo --port 8500 --no-browser",
        "enrol https://desk.example",
        "export answers",
        "export reasons",
        "export results",
        "passcode set",
        "pins cancel G201100120001",
        "pins list",
        "pins slips --out slips.html",
        "pupils add --surname Testerly",
        "pupils edit G201100120001 --group 4A",
        "pupils import class.csv",
        "pupils leave G201100120001",
        "pupils list",
        "reason list",
        "reason remove G201100120001",
        "reason set ABSNT G201100120001",
        "report class",
        "report compare official/all/4A official/all/4B",
        "report governors",
        "report national national.csv",
        "report pupil G201100120001",
        "restart give G201100120001 --reason ITI",
        "restart remove G201100120001",
        "run --robot quick --kiosk PC1",
        "run",
        "session end",
        "session list",
        "session start --kind official",
        "simulate --pupils 1",
        "status",
        "sync conflicts",
        "sync devices",
        "sync pack stick",
        "sync push",
        "sync receive stick",
        "sync status",
        "sync unpack stick",
        "try --kiosk PC1",
        "verify record.mtc",
    ):
        at.type(f"{words} --home home")


def real_home(at: Terminal) -> None:
    """A new home that is not made up, by the environment: it has no pupils, and robots may not run in it."""
    for words in (
        "config check",
        "pupils list",
        "session list",
        "pins list",
        "status",
        "arrangements list",
        "assistant list",
        "sync status",
        "run --robot quick --kiosk PC1",
        "--home elsewhere pupils list",
    ):
        at.type(words)
    at.write("elsewhere/config/school.yaml", "name: Another school\n")
    at.type("simulate --pupils 1 --home elsewhere")


def enrolling(at: Terminal) -> None:
    """A PC is not enrolled: without a desk, with a code or address that is none, with another file; or it is a desk."""
    at.type("enrol --home new")
    at.type("enrol http://192.168.1.10:8425 --home new", "2222-2222-2222-2222")
    at.type("enrol my/desk --home new", "2222-2222-2222-2222")
    at.type("enrol 192.168.1.10 --home new", "2222-2222-2222-222")
    at.type("enrol 192.168.1.10 --name hall-1 --certificate-changed --home new", "2222-2222-2222-222?")
    at.type("enrol 192.168.1.10 --another-desk --name 'the hall' --home new")
    at.write("list.csv", "surname,forename\n")
    at.type("enrol list.csv --home new")
    at.type("certificate show --home new")
    at.type("certificate tablets desk.crt --home new")
    at.type("certificate use list.csv list.csv --home new")
    at.made_up_home()
    at.write("class.csv", csv(*PUPILS))
    at.type("pupils import class.csv --home home")
    at.type("enrol 192.168.1.10 --home home")
