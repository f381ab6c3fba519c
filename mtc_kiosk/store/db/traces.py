"""An exception as a line for a log: its type and the places it came through, without its text.

An exception's text may contain a pupil's name or date of birth, so it is left out. The rest is the program's own: types
of exceptions, modules, lines and functions.
"""

import traceback
from pathlib import PurePath

from mtc_kiosk.store.db.sqlite_faults import Fault, fault_of

MOST_FRAMES, MOST_CAUSES = 10, 4
_PACKAGE = "mtc_kiosk"


def trace(problem: BaseException) -> str:
    """One line, the innermost place first; then the same for the exception that caused it."""
    lines, seen = [_one(problem)], {id(problem)}
    while len(lines) < MOST_CAUSES:
        cause = problem.__cause__ or problem.__context__
        if cause is None or id(cause) in seen:
            break
        problem = cause
        seen.add(id(problem))
        lines.append(_one(problem))
    return "; from ".join(lines)


def _one(problem: BaseException) -> str:
    fault = fault_of(problem)
    kind = type(problem).__name__ + (f" ({fault})" if fault is not Fault.OTHER else "")
    frames = [(frame.f_code, line) for frame, line in traceback.walk_tb(problem.__traceback__)][-MOST_FRAMES:]
    if not frames:
        return kind
    places = (f"{_module(code.co_filename)}:{line} {code.co_name}" for code, line in reversed(frames))
    return f"{kind} at {', '.join(places)}"


def _module(filename: str) -> str:
    """The file within its package; a folder of this PC may be named after a person, so it is left out."""
    parts = PurePath(filename).parts
    inside = parts[len(parts) - parts[::-1].index(_PACKAGE) :] if _PACKAGE in parts else parts[-1:]
    return "/".join(inside)
