"""Runs commands as a teacher would type them."""

import json
from typing import Any

import pytest

from mtc_kiosk.cli import main


def run(*arguments: object) -> int:
    """Run a command; its exit code."""
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    return left.value.code if isinstance(left.value.code, int) else -1


def answered(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, Any]:
    """Run a command with ``--json``; its one object."""
    capsys.readouterr()
    run(*arguments, "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer
