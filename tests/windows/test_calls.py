"""Every function outside Python that the program calls is declared with its types."""

import ast
from pathlib import Path

import pytest

import mtc_kiosk

DECLARING = {
    *("windows/calls.py", "kiosk/sdl.py", "kiosk/desktop.py"),
    *("kiosk/priority.py", "kiosk/spare_memory.py", "kiosk/x11_wait.py"),
}
FUNCTIONS = ("SDL_", "X", "syscall", "timerfd_", "malloc_", "mallopt")
LOADERS = {"windll", "oledll", "cdll", "WinDLL", "OleDLL", "CDLL", "PyDLL"}
PACKAGE = Path(mtc_kiosk.__file__).parent
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def loads(module: str) -> set[str]:
    """The names by which a module reaches for a library."""
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    return {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & LOADERS


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_reached_only_where_its_functions_are_declared(module: str) -> None:
    """An undeclared function cuts a handle to 32 bits: so the priority was never raised, and nobody was told."""
    assert not loads(module) or module in DECLARING
    assert not loads(module) & {"windll", "oledll", "cdll"}, "these are shared with every other library"


@pytest.mark.parametrize("module", sorted(DECLARING - {"windows/calls.py"}))
def test_every_function_of_another_library_is_declared(module: str) -> None:
    """What it takes and what it returns."""
    text = (PACKAGE / module).read_text(encoding="utf-8")
    attributes = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
    used = {name for name in attributes if name.startswith(FUNCTIONS)}
    assert len(used) >= (1 if module == "kiosk/priority.py" else 2)
    for name in used:
        in_place = f"{name}.argtypes" in text and f"{name}.restype" in text
        assert in_place or f'"{name}": (' in text, name
