"""Explains a file that cannot be read as YAML, in a teacher's words and with a hint.

It knows PyYAML's complaints and the usual slips behind them; it knows no setting.
"""

import re
from difflib import get_close_matches
from pathlib import Path

import yaml

from mtc_kiosk.config.mistakes import Code, quoted
from mtc_kiosk.plain_file import NotAPlainFile, why
from mtc_kiosk.shown_text import printable

_QUOTES = "Put it in quotes."
_SPACES = "Begin them all with the same number of spaces."
_CLOSE = "is not closed. Close it on the same line."

_COMPLAINTS = (
    # the parser's context and complaint, as one text; whether its context's line is meant; code; what to say
    (r"'\\t'", False, Code.TAB, "There is a tab in this line. Replace it with spaces, two for each step to the right."),
    ("directive|incompatible", False, Code.DIRECTIVE, "A line cannot begin with %. Delete the line."),
    ("a quoted scalar", True, Code.OPEN_QUOTE, f"The quotation mark in this line {_CLOSE}"),
    (
        "a double-quoted scalar",
        False,
        Code.BACKSLASH,
        "A backslash does not work in double quotes. Use single quotes, such as 'C:\\folder'.",
    ),
    ("a flow ", True, Code.OPEN_BRACKET, f"The bracket [ or {{ in this line {_CLOSE}"),
    ("found '[],}]'", False, Code.STRAY_BRACKET, "There is a bracket or comma too many in this line. Delete it."),
    ("an alias|an anchor", True, Code.NEEDS_QUOTES, f"A value cannot begin with & or *. {_QUOTES}"),
    ("a tag|a node", True, Code.NEEDS_QUOTES, f"A value cannot begin with an exclamation mark. {_QUOTES}"),
    ("a block scalar", True, Code.NEEDS_QUOTES, f"A value cannot begin with | or >. {_QUOTES}"),
    ("found character '@'", False, Code.NEEDS_QUOTES, f"A value cannot begin with @. {_QUOTES}"),
    ("found character '%'", False, Code.NEEDS_QUOTES, f"A value cannot begin with %. {_QUOTES}"),
    ("found character '`'", False, Code.NEEDS_QUOTES, f"A value cannot begin with `. {_QUOTES}"),
    (
        "found '<scalar>'",
        False,
        Code.AFTER_QUOTE,
        'There is more text after the closing quotation mark. Use double quotes, such as "St Mary\'s".',
    ),
    (
        "expected <block end>|sequence entries",
        False,
        Code.OUT_OF_LINE,
        f"This line does not line up with the lines it belongs with. {_SPACES}",
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
            renew = f"Put that file back, or make a new one with: mtc-kiosk renew {path.name}"
            return Unreadable(None, Code.MISSING_FILE, f"The file is a link to a file that is missing. {renew}")
        case FileNotFoundError():
            try:
                beside = [entry.name for entry in path.parent.iterdir()]
            except OSError:
                beside = []
            near = get_close_matches(path.name, beside, n=1, cutoff=0.8)
            renew = f" Put it back, or make a new one with: mtc-kiosk renew {path.name}"
            hint = f" Was it renamed to {printable(near[0])}? Then rename it back." if near else renew
            return Unreadable(None, Code.MISSING_FILE, f"The file is missing from {path.parent}.{hint}")
        case IsADirectoryError():
            return Unreadable(
                None, Code.CANNOT_OPEN, "This is a folder, not a file. Move it out, and put the file back."
            )
        case NotAPlainFile():
            return Unreadable(None, Code.CANNOT_OPEN, f"{problem.strerror}. Move it out, and put the file back.")
        case PermissionError():
            sentence = (
                "You may not read this file, or another program has it open. Close that program, or ask IT staff."
            )
            return Unreadable(None, Code.CANNOT_OPEN, sentence)
        case _:
            return Unreadable(
                None,
                Code.CANNOT_OPEN,
                f"The file cannot be opened ({why(problem)}). Try again, or put back an earlier copy.",
            )


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
        return Unreadable(opened + 1, Code.OPEN_QUOTE, f"The quotation mark in this line {_CLOSE}")
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
        return Unreadable(
            at + 1, Code.COLON_IN_VALUE, f"There is a second colon in {quoted(lines[at])}. Put the value in quotes."
        )
    before = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), None)
    if before is not None and not re.search(r":( |$)|^(---|\.\.\.)", lines[before]):
        return _no_setting(lines, before)
    return Unreadable(
        at + 1, Code.OUT_OF_LINE, f"This line begins further left or right than the lines around it. {_SPACES}"
    )


def _no_setting(lines: list[str], at: int) -> Unreadable:
    line = lines[at]
    if "\u00a0" in line:
        return Unreadable(
            at + 1,
            Code.HARD_SPACE,
            "There is a non-breaking space in this line. Delete the spaces and type them again.",
        )
    if re.search(r":\S", line):
        return Unreadable(
            at + 1, Code.NO_SPACE, f"There is no space after the colon in {quoted(line)}. Write it as 'name: value'."
        )
    what = f"There is no colon in {quoted(line)}" if ":" not in line else f"{quoted(line)} is not a setting"
    return Unreadable(at + 1, Code.NO_SETTING, f"{what}. Write it as 'name: value'.")
