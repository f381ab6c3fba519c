"""``docs/house.md`` says what is there: every room, the order of imports, and each step of its walks."""

import ast
import re
import tomllib
from collections.abc import Iterator

from tests.test_house import ROOT

PAGE = (ROOT / "docs" / "house.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "mtc_kiosk"

MOST_STEPS = 15
"""A walk is followed with a finger: it has no more steps than this."""


def rooms_named() -> set[str]:
    """The folders of the program in the tree, each with those it is in."""
    tree = PAGE.partition("mtc_kiosk/\n")[2].partition("\nassets/")[0]
    names: list[tuple[int, str]] = []
    rooms = set()
    for line in tree.splitlines():
        found = re.match(r"( +)(\w+)/ ", line)
        if found:
            depth = len(found[1])
            names = [*(name for name in names if name[0] < depth), (depth, found[2])]
            rooms.add("/".join(name for _, name in names))
    return rooms


def names_in(tree: ast.Module) -> Iterator[str]:
    """Every function, class, method and type alias of a module, by its dotted name."""

    def below(body: list[ast.stmt], prefix: str) -> Iterator[str]:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from below(node.body, f"{prefix}{node.name}.")

    return below(tree.body, "")


def walks() -> dict[str, list[tuple[str, str]]]:
    """The steps of each walk as it is now: the file and the name in it."""
    now = PAGE.partition("\n## Three walks")[2].partition("\n### Before")[0]
    parts = re.split(r"\n### ", now)[1:]
    return {part.partition("\n")[0]: re.findall(r"`([\w/]+\.py)` `([\w.]+)`", part) for part in parts}


def test_every_room_is_in_the_tree() -> None:
    """No more and no less than the folders with Python files in them."""
    there = {path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("__init__.py")} - {"."}
    assert rooms_named() == there


def test_every_step_of_a_walk_is_in_the_code() -> None:
    """The file is there, and has the function or class."""
    gone = []
    for steps in walks().values():
        for file, name in steps:
            path = PACKAGE / file
            if not path.is_file() or name not in set(names_in(ast.parse(path.read_text(encoding="utf-8")))):
                gone.append(f"{file} {name}")
    assert gone == []


def test_every_file_on_the_page_is_there() -> None:
    """Files of the program are named by their path below ``mtc_kiosk``."""
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", PAGE.partition("\n### Before")[0]))
    assert sorted(file for file in named if not (PACKAGE / file).is_file() and not (ROOT / file).is_file()) == []


def test_a_walk_is_short() -> None:
    """Three walks, each of at most fifteen lines."""
    now = PAGE.partition("\n## Three walks")[2].partition("\n### Before")[0]
    lines = [len(re.findall(r"^\d+\. ", part, re.MULTILINE)) for part in re.split(r"\n### ", now)[1:]]
    assert len(lines) == 3
    assert all(1 < count <= MOST_STEPS for count in lines)


def test_the_order_of_imports_is_that_of_the_contracts() -> None:
    """Of the packages, of the kiosk's wings and of the store's, as import-linter holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    for contract in contracts:
        if contract["type"] != "layers":
            continue
        layers = [
            ", ".join(sorted(name.strip().removeprefix("mtc_kiosk.") for name in layer.split("|")))
            for layer in contract["layers"]
        ]
        assert " > ".join(layers) in re.sub(r"\n +", " ", PAGE), layers
