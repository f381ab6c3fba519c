"""Every setting is read by the program: a setting that nothing reads promises what does not happen."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

import mtc_kiosk
from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, read_arrangements
from mtc_kiosk.config.arrangements_settings import Entry
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.configuration import CHECK, KIOSK, SCHOOL
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.school.pupil import EVERYBODY, Numbers

PACKAGE = Path(mtc_kiosk.__file__).parent
CONFIG = PACKAGE / "config"
DOCS = (PACKAGE.parent / "docs" / "configuration.md").read_text(encoding="utf-8")
NOT_YET = "Not read yet"

Access = tuple[str, str]
"""The parts before and after the point, such as ``("lockdown", "keyboard_grab")``; "" for anything else."""

ITEM = "an item of a list"


def settings(model: type[Group], owner: str, before: str = "") -> Iterator[tuple[str, Access]]:
    """The full name of each setting, and the access that reads it."""
    for name, field in model.model_fields.items():
        kind: Any = field.annotation
        item = next(iter(get_args(kind)), None)
        full = f"{before}{field.alias or name}"
        if isinstance(kind, type) and issubclass(kind, Group):
            yield from settings(kind, name, f"{full}.")
        elif isinstance(item, type) and issubclass(item, Group):
            yield from settings(item, ITEM, f"{full}.{item.name_is.upper()}.")
        elif name != model.name_is:
            yield full, (owner, name)


def _owner(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _accesses(tree: ast.AST) -> set[Access]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load))
    return {(_owner(node.value), node.attr) for node in nodes}


@cache
def reads() -> set[Access]:
    """Every access of the code outside ``config``, and of those methods of its files' types that such code uses."""
    outside = [path for path in PACKAGE.rglob("*.py") if CONFIG not in path.parents]
    found = set().union(*(_accesses(ast.parse(path.read_text(encoding="utf-8"))) for path in outside))
    methods = {
        (owner.name, method.name): _accesses(method)
        for path in CONFIG.glob("*_shape.py")
        for owner in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(owner, ast.ClassDef)
        for method in owner.body
        if isinstance(method, ast.FunctionDef)
    }
    while True:
        names = {name for _, name in found}
        used = [key for key in methods if key[1] in names]
        if not used:
            return found
        for key in used:
            own = key[0].removesuffix("Shape").lower()
            found |= {(own if owner == "self" else owner, name) for owner, name in methods.pop(key)}


def is_read(access: Access) -> bool:
    """Whether some code reads this setting; of an item of a list, whatever its variable is called."""
    owner, name = access
    if name.startswith("table_"):  # read by number, by a method that is read itself
        return ("tables", "limits") in reads()
    return any(name == one and (owner in (ITEM, before)) for before, one in reads())


MODELS: dict[str, tuple[type[Group], str]] = {
    CHECK: (CheckFile, "check"),
    KIOSK: (KioskFile, "kiosk"),
    SCHOOL: (SchoolFile, "school"),
}
ALL = [(file, full, access) for file, (model, owner) in MODELS.items() for full, access in settings(model, owner)]


@pytest.mark.parametrize(("file", "full", "access"), ALL, ids=[f"{file} {full}" for file, full, _ in ALL])
def test_a_setting_is_read_or_its_row_says_that_it_is_not_yet(file: str, full: str, access: Access) -> None:
    """In code outside ``config``, not in a note; and a row that says "not yet" is made true when a reader comes."""
    section = DOCS.partition(f"\n## {file}")[2].partition("\n## ")[0]
    (row,) = re.findall(rf"^\| `{re.escape(full)}` \|.*$", section, re.MULTILINE)
    assert is_read(access) != (NOT_YET in row)


def test_a_setting_without_a_reader_is_found() -> None:
    """The test itself can fail: no code reads these."""
    assert not is_read(("lockdown", "allow_third_display"))
    assert not is_read(("sound", "keyboard_grab"))
    assert is_read(("lockdown", "keyboard_grab"))


PLACES = ("school: {{{0}}}", "profiles: {{P: {{{0}}}}}\npupils: {{A1: P}}", "pupils: {{A1: {{{0}}}}}")
CHANGED = {
    "arrangements": "[ATA]",
    "colours": "BOP",
    "size": "XXL",
    "pointer": "large",
    "typeface": "opendyslexic",
    "countdown": "bar",
    "pad": "left",
    "volume_percent": "40",
    "speech_rate": "slow",
    "try_it_out_seconds": "no_limit",
}


@pytest.mark.parametrize(
    "place", ["school: {{{0}}}", "profiles: {{P: {{{0}}}}}\npupils: {{A1: P}}", "pupils: {{A1: {{{0}}}}}"]
)
@pytest.mark.parametrize("setting", Entry.model_fields)
def test_every_setting_of_arrangements_changes_what_a_pupil_gets(setting: str, place: str) -> None:
    """Wherever it is written."""
    text = place.format(f"{setting}: {CHANGED[setting]}")
    file, mistakes = read_arrangements(parse(text.encode(), ARRANGEMENTS))
    assert file is not None, mistakes
    assert file.granted(Numbers("A1")) != Granted()
    assert (file.granted(EVERYBODY) != Granted()) == place.startswith("school")
