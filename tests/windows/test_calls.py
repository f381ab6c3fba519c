"""Every function outside Python that the program calls is declared with its types."""

import ast
from pathlib import Path

import pytest

import mtc_kiosk

CALLS = "windows/calls.py"
FUNCTIONS = ("SDL_", "X", "syscall", "timerfd_", "malloc_", "mallopt")
"""How the functions begin that other modules call, none of them on Windows alone."""

LOADERS = {"windll", "oledll", "cdll", "WinDLL", "OleDLL", "CDLL", "PyDLL"}
PACKAGE = Path(mtc_kiosk.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def loads(module: str) -> set[str]:
    """The names by which a module reaches for a library."""
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & LOADERS


def test_windows_is_reached_only_where_its_functions_are_declared() -> None:
    """An undeclared function cuts a handle to 32 bits: so the priority was never raised, and no one noticed."""
    assert [module for module in MODULES if module != CALLS and LOADED[module] & {"WinDLL", "OleDLL"}] == []
    shared = [module for module in MODULES if LOADED[module] & {"windll", "oledll", "cdll"}]
    assert shared == [], "these are shared with every other library"


def test_there_are_modules_that_reach_for_other_libraries() -> None:
    """Or the next test would look at nothing."""
    assert CALLS in MODULES
    assert len(OTHERS) >= 3


LOADED = {module: loads(module) for module in MODULES}
OTHERS = [module for module in MODULES if module != CALLS and LOADED[module]]


@pytest.mark.parametrize("module", OTHERS)
def test_every_function_of_another_library_is_declared(module: str) -> None:
    """What it takes and what it returns. A module with other function prefixes adds them above."""
    text = (PACKAGE / module).read_text(encoding="utf-8")
    attributes = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
    used = {name for name in attributes if name.startswith(FUNCTIONS)}
    assert used
    for name in used:
        in_place = f"{name}.argtypes" in text and f"{name}.restype" in text
        assert in_place or f'"{name}": (' in text, name
