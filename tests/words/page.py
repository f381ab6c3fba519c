"""The page ``docs/words.md``: every sentence by the package and module that says it."""

import re
from collections.abc import Iterator
from pathlib import Path

from .source import Sentence, sentences_of
from .templates import sentences_of_template

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "mtc_kiosk"
SETTINGS = ROOT / "config"

PARTS = {
    "cli": "The command line: help, options, messages",
    "console": "The teacher's console: pages in the browser",
    "office": "What the command line and the kiosk's staff menu say alike",
    "class_list": "Class lists",
    "config": "Settings: mistakes and warnings",
    "school": "The school's rules: why something is refused, and how things are called",
    "export": "Exports and slips",
    "insight": "What insight says of checks",
    "kiosk": "The kiosk: what pupils and staff see, and what its log says",
    "check": "The check",
    "record": "Records",
    "store": "The home and its database",
    "sync": "Sending and receiving records",
    "robots": "Robot pupils",
    "windows": "Only on Windows",
    "": "Everywhere",
}
"""Package -> the heading of its part, in the order of the page."""

HEAD = """\
# Words

Every sentence that a person can meet, by the module that says it. A test writes this page, so never edit it: change the
sentence in its module, then write the page again and read the difference:

```sh
MTC_UPDATE_GOLDEN=1 python -m pytest -n 0 tests/test_words.py
```

`{plain words}` show where a value comes in. What the audio version speaks is in [sounds](sounds.md). The same test
refuses what a reader would have to translate: names from the program, code points, texts of exceptions, and the words
listed in `tests/words/suspects.py`.
"""


def sentences() -> dict[str, list[Sentence]]:
    """Every module of the product, and every settings file as it ships, with its sentences."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        found[module] = sentences_of(module, path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.html")):
        module = path.relative_to(ROOT).as_posix()
        found[module] = sentences_of_template(module, path.read_text(encoding="utf-8"))
    for path in sorted(SETTINGS.glob("*.yaml")):
        module = path.relative_to(ROOT).as_posix()
        found[module] = list(_comments(module, path.read_text(encoding="utf-8")))
    return {module: those for module, those in found.items() if those}


def page(found: dict[str, list[Sentence]]) -> str:
    """The page: a part for each package, a section for each module, a line for each sentence."""
    lines = [HEAD]
    for package, heading in PARTS.items():
        lines.append(f"## {heading}\n")
        for module in (each for each in found if package_of(each) == package):
            lines += [f"### `{module}`\n", *(f"- {each.text}" for each in found[module]), ""]
    lines.append("## The settings files as they ship\n")
    for module in (each for each in found if each.endswith(".yaml")):
        lines += [f"### `{module}`\n", *(f"- {each.text}" for each in found[module]), ""]
    return "\n".join(lines)


def package_of(module: str) -> str | None:
    """The package of the product that a module is in; empty for one directly in it, None for a file of settings."""
    parts = module.split("/")
    if parts[0] != PACKAGE.name:
        return None
    return parts[1] if len(parts) > 2 else ""


def _comments(module: str, text: str) -> Iterator[Sentence]:
    """The comments of a settings file; lines that follow each other are one."""
    for found in re.finditer(r"(?:^[ ]*#.*\n)+", text, re.MULTILINE):
        for paragraph in re.split(r"\n[ ]*#[ ]*\n", found[0]):
            joined = " ".join(re.sub(r"^[ ]*#", "", paragraph, flags=re.MULTILINE).split())
            if joined:
                yield Sentence(module, text.count("\n", 0, found.start()) + 1, joined)
