"""No circle of imports between the files of the program."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

HOW = ("loaded", "later", "types")
PACKAGE = Path(__file__).parent.parent / "mtc_kiosk"

KNOWN: dict[str, list[str]] = {
    "loaded": [],
    "later": [],
    "types": [],
}
"""The circles there are, by the imports that close them: those of a module that is loaded, those inside functions as
well, those that only a type checker reads as well. Each is a line of modules. One that is gone leaves the list."""


def module_name(path: Path, root: Path) -> str:
    """The dotted name of a file below the package's parent."""
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, root: Path, names: Iterable[str]) -> dict[str, set[str]]:
    """The modules of the package that a file imports, by how: ``loaded``, ``later`` in a function, for ``types`` alone.

    ``from package import name`` is an import of the module ``package.name`` where there is one, else of the package.
    """
    own, known = module_name(path, root), set(names)
    found: dict[str, set[str]] = {how: set() for how in HOW}
    for node, how in _imports(ast.parse(path.read_text(encoding="utf-8")), "loaded"):
        targets = (_nearest(name, known) for name in _targets(node, own, path))
        found[how] |= {each for each in targets if each is not None} - {own}
    return found


def _imports(node: ast.AST, how: str) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, how
        elif isinstance(child, ast.If) and ast.unparse(child.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            yield from _imports(ast.Module(child.body, []), "types")
            yield from _imports(ast.Module(child.orelse, []), how)
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and how == "loaded":
            yield from _imports(child, "later")
        else:
            yield from _imports(child, how)


def _targets(node: ast.Import | ast.ImportFrom, own: str, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = own.split(".") if path.name == "__init__.py" else own.split(".")[:-1]
        above = package[: len(package) - node.level + 1]
        base = ".".join([*above, *filter(None, [node.module])])
    return [f"{base}.{alias.name}" for alias in node.names]


def _nearest(name: str, known: set[str]) -> str | None:
    """The module that a dotted name is, or is a name in."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def circles(graph: Mapping[str, set[str]]) -> frozenset[frozenset[str]]:
    """The groups of modules of which each reaches every other (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: set[frozenset[str]] = set()

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        stack.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], order[other])
        if lowest[name] == order[name]:
            start = stack.index(name)
            group = frozenset(stack[start:])
            del stack[start:]
            if len(group) > 1:
                found.add(group)

    for name in sorted(graph):
        if name not in order:
            visit(name)
    return frozenset(found)


def circles_of(root: Path) -> dict[str, list[str]]:
    """The circles of a package as lines of modules: as it is loaded, then with each further way of importing."""
    files = {module_name(path, root): path for path in sorted(root.rglob("*.py"))}
    graph: dict[str, set[str]] = {name: set() for name in files}
    imports = {name: imports_of(path, root, files) for name, path in files.items()}
    found: dict[str, list[str]] = {}
    for how in HOW:
        for name, by_how in imports.items():
            graph[name] |= by_how[how]
        found[how] = sorted(", ".join(sorted(group)) for group in circles(graph))
    return found


@pytest.mark.parametrize("how", HOW)
def test_no_circle_of_imports_but_the_known_ones(how: str) -> None:
    """An import that was moved into a function, or left to the type checker, to break a circle is a circle still."""
    assert circles_of(PACKAGE)[how] == KNOWN[how]


def test_a_circle_is_found(tmp_path: Path) -> None:
    """Whatever the way of importing."""
    root = tmp_path / "made_up"
    texts = {
        "__init__": "",
        "a": "from made_up import b\n",
        "b": "from .c import name\n",
        "c": "import made_up.a\nname = 1\n",
        "d": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from made_up import e\n",
        "e": "from made_up import d\n",
        "f": "from made_up import g\n",
        "g": "def later():\n    from made_up import f\n",
    }
    root.mkdir()
    for name, text in texts.items():
        (root / f"{name}.py").write_text(text, encoding="utf-8")
    first, later, types = "made_up.a, made_up.b, made_up.c", "made_up.f, made_up.g", "made_up.d, made_up.e"
    assert circles_of(root) == {"loaded": [first], "later": [first, later], "types": [first, types, later]}
