"""A command at a terminal of its own, where it asks for something secret twice."""

import os
import subprocess
import sys
from collections.abc import Sequence

WITHIN_S = 60


def typed_once(words: Sequence[str], text: str, until: str) -> str:
    """All that the terminal shows while ``text`` is typed at the only question, and on to the word ``until``."""
    return _typed(words, text, until, 1)


def typed_twice(words: Sequence[str], secret: str, until: str) -> str:
    """All that the terminal shows while ``secret`` is typed at both questions, and on to the word ``until``."""
    return _typed(words, secret, until, 2)


def _typed(words: Sequence[str], text: str, until: str, times: int) -> str:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mtc_kiosk", *words]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = b""
        for _ in range(times):
            while not shown.endswith(b": "):
                shown += os.read(ours, 1000)
            os.write(ours, f"{text}\n".encode())
            shown += os.read(ours, 1000)
        while until.encode() not in shown:
            shown += os.read(ours, 1000)
        assert process.wait(WITHIN_S) == 0
    os.close(ours)
    return shown.decode()


def assert_in_this_order(page: str, lines: Sequence[str]) -> None:
    """Each of the lines is on the page, one after the other."""
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
