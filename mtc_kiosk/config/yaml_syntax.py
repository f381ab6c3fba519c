"""Explains a file that cannot be read as YAML, in a teacher's words and with a hint.

It knows PyYAML's complaints and the usual slips behind them; it knows no setting.
"""

import re
from difflib import get_close_matches
from pathlib import Path

import yaml

from mtc_kiosk.config.mistakes import Code, quoted
from mtc_kiosk.plain_file import NotAPlainFile
from mtc_kiosk.shown_text import printable

_QUOTES = "Put the value in quotes."
_SPACES = "Use the same number of spaces."
_CLOSE = "is never closed. Close it in the same line."

_COMPLAINTS = (
    # the parser's context and complaint, as one text; whether its context's line is meant; code; what to say
    (r"'\\t'", False, Code.TAB, "A tab is used here. Use spaces: two for each step to the right."),
    ("directive|incompatible", False, Code.DIRECTIVE, "A line may not begin with %. Take the line out."),
    ("a quoted scalar", True, Code.OPEN_QUOTE, f"A quotation mark begins here and {_CLOSE}"),
    (
        "a double-quoted scalar",
        False,
        Code.BACKSLASH,
        "A backslash in double quotes has a meaning of its own. Use single quotes: 'C:\\folder'.",
    ),
    ("a flow ", True, Code.OPEN_BRACKET, f"A bracket [ or {{ begins here and {_CLOSE}"),
    ("found '[],}]'", False, Code.STRAY_BRACKET, "A bracket or comma stands here that nothing before it asks for."),
    ("an alias|an anchor", True, Code.NEEDS_QUOTES, f"A value may not begin with & or *. {_QUOTES}"),
    ("a tag|a node", True, Code.NEEDS_QUOTES, f"A value may not begin with an exclamation mark. {_QUOTES}"),
    ("a block scalar", True, Code.NEEDS_QUOTES, f"A value may not begin with | or >. {_QUOTES}"),
    ("found character '@'", False, Code.NEEDS_QUOTES, f"A value may not begin with @. {_QUOTES}"),
    ("found character '%'", False, Code.NEEDS_QUOTES, f"A value may not begin with %. {_QUOTES}"),
    ("found character '`'", False, Code.NEEDS_QUOTES, f"A value may not begin with `. {_QUOTES}"),
    (
        "found '<scalar>'",
        False,
        Code.AFTER_QUOTE,
        'Something follows a closing quotation mark. Put the whole value in double ones, like "St Mary\'s".',
    ),
    (
        "expected <block end>|sequence entries",
        False,
        Code.OUT_OF_LINE,
        f"This line does not begin under the lines that it belongs with. {_SPACES}",
    ),
)
"""What PyYAML's Python parser says, and the slip behind it. The first row found in its message applies."""

_COMMENT = re.compile(r"(?:^|\s)#.*")


class Unreadable(Exception):
    """A file cannot be read, or not beyond some line: ``args`` are ``(line, code, message)``; None: all of it."""


def unreadable_file(path: Path, problem: OSError) -> Unreadable:
    """Why the file at ``path`` could not be opened; looks for a similar name beside it."""
    match problem:
        case FileNotFoundError() if path.is_symlink():
            renew = f"Put that back, or begin anew with: mtc-kiosk renew {path.name}"
            return Unreadable(None, Code.MISSING_FILE, f"The file is a link to a file that is not there. {renew}")
        case FileNotFoundError():
            try:
                beside = [entry.name for entry in path.parent.iterdir()]
            except OSError:
                beside = []
            near = get_close_matches(path.name, beside, n=1, cutoff=0.8)
            renew = f" Put it back, or begin it anew with: mtc-kiosk renew {path.name}"
            hint = f" Is it the one called {printable(near[0])}?" if near else renew
            return Unreadable(None, Code.MISSING_FILE, f"The file is not in {path.parent}.{hint}")
        case IsADirectoryError():
            return Unreadable(None, Code.CANNOT_OPEN, "This is a folder, and should be a file.")
        case NotAPlainFile():
            return Unreadable(None, Code.CANNOT_OPEN, f"{problem.strerror}.")
        case PermissionError():
            return Unreadable(
                None, Code.CANNOT_OPEN, "This account may not read the file, or another program holds it."
            )
        case _:
            return Unreadable(None, Code.CANNOT_OPEN, f"The file cannot be opened: {problem.strerror or problem}.")


def unreadable_yaml(problem: Exception, text: str, reached: int) -> Unreadable:
    """Explain a complaint of PyYAML's Python parser about ``text``.

    ``reached`` is the line, from 0, that its reader had come to, used if the complaint names no line.
    """
    lines = [_COMMENT.sub("", line) for line in text.split("\n")]
    at = begun = min(reached, len(lines) - 1)
    if isinstance(problem, yaml.MarkedYAMLError):
        complaint = f"{problem.context}: {problem.problem}"
        begun = problem.context_mark.line if problem.context_mark else at
        at = min(problem.problem_mark.line if problem.problem_mark else begun, len(lines) - 1)
    else:
        # int() and chr() failed on the number in a directive or after a backslash.
        complaint = "a double-quoted scalar" if "\\" in lines[at] else "a directive"
    if "mapping values" in complaint or "<document start>" in complaint:
        return _stray_setting(lines, at)
    if "<scalar>" in complaint and (opened := _left_open(lines, at)) is not None:
        return Unreadable(opened + 1, Code.OPEN_QUOTE, f"A quotation mark begins here and {_CLOSE}")
    for found, at_context, code, message in _COMPLAINTS:
        if re.search(found, complaint):
            return Unreadable((begun if at_context else at) + 1, code, message)
    return _no_setting(lines, begun if "a simple key" in complaint else at)


def _left_open(lines: list[str], at: int) -> int | None:
    """The line before ``at`` in which a quotation mark is opened and not closed."""
    opened = re.compile(r""":\s+(?:'[^']*|"[^"]*)$""")
    return next((n for n in range(at - 1, -1, -1) if opened.search(lines[n])), None)


def _stray_setting(lines: list[str], at: int) -> Unreadable:
    """A setting where none can be: it has a second colon, the line before has none, or the indent is wrong."""
    if len(re.findall(r":(?= |$)", lines[at])) > 1:
        return Unreadable(at + 1, Code.COLON_IN_VALUE, f"There is a second colon in {quoted(lines[at])}. {_QUOTES}")
    before = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), None)
    if before is not None and not re.search(r":( |$)|^(---|\.\.\.)", lines[before]):
        return _no_setting(lines, before)
    return Unreadable(at + 1, Code.OUT_OF_LINE, f"This line begins further to one side than those around it. {_SPACES}")


def _no_setting(lines: list[str], at: int) -> Unreadable:
    line = lines[at]
    if "\u00a0" in line:
        return Unreadable(at + 1, Code.HARD_SPACE, "A space here is a non-breaking one. Type the spaces again.")
    if re.search(r":\S", line):
        return Unreadable(at + 1, Code.NO_SPACE, f"{quoted(line)} needs a space after its colon: 'name: value'.")
    return Unreadable(at + 1, Code.NO_SETTING, f"{quoted(line)} is no setting. Write it as 'name: value'.")
