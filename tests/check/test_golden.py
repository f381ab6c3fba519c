"""The golden journals: whole checks of each number of the rules, which must replay to the same answers for ever.

``MTC_UPDATE_GOLDEN=1`` rewrites the journals of the present rules: only while no check has been taken under them.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.journal_form import FACT_TYPES, data_of, fact_from, type_of
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.check.settings import RULES, Settings

from .golden_checks import GOLDEN_CHECKS
from .robot import Robot

FOLDER = Path(__file__).parent / "golden"
PRESENT = FOLDER / f"rules-{RULES}.json"


def written(name: str, robot: Robot) -> str:
    """One check as text, a row of its journal a line, so that a change can be read."""
    head = {"name": name, "form": robot.form.to_json(), "settings": robot.settings.to_json()}
    rows = ({"at_us": fact.at, "type": type_of(fact), "data": data_of(fact)} for fact in robot.journal)
    answers = ([a.number, a.showing, a.response, a.by, a.at, a.stall] for a in counting_answers(robot.journal))
    lists = {"journal": rows, "answers": answers}
    lines = ",\n".join(f'"{key}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for key, rows in lists.items())
    return f'{json.dumps(head)[:-1]},\n"outcome": {json.dumps(robot.machine.outcome)},\n{lines}\n}}'


def rewrite() -> None:
    """Take the checks anew and keep their journals."""
    checks = ",\n".join(written(name, take()) for name, take in GOLDEN_CHECKS.items())
    PRESENT.write_text(f'{{"rules": {RULES}, "checks": [\n{checks}\n]}}\n', encoding="utf-8", newline="\n")


@pytest.fixture(scope="module", autouse=True)
def rewritten() -> None:
    """Take the checks anew first, where the environment asks for it."""
    if os.environ.get("MTC_UPDATE_GOLDEN") == "1":
        rewrite()


def checks_in(path: Path) -> list[dict[str, Any]]:
    """The checks of one golden file."""
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert path.stem == f"rules-{kept['rules']}"
    return list(kept["checks"])


def journal_of(check: dict[str, Any]) -> list[Fact]:
    """The facts of a golden check."""
    return [fact_from(row["type"], row["at_us"], row["data"]) for row in check["journal"]]


@pytest.mark.parametrize("path", sorted({*FOLDER.glob("rules-*.json"), PRESENT}), ids=lambda path: path.stem)
def test_a_golden_journal_replays_to_the_answers_it_had(path: Path) -> None:
    """Fact for fact, under the rules it was taken by."""
    for check in checks_in(path):
        journal = journal_of(check)
        replayed = replay(Form.from_json(check["form"]), Settings.from_json(check["settings"]), journal)
        assert replayed.missing == (), check["name"]
        assert replayed.machine.outcome == check["outcome"], check["name"]
        answers = [[a.number, a.showing, a.response, a.by, a.at, a.stall] for a in counting_answers(journal)]
        assert answers == check["answers"], check["name"]


def test_the_golden_checks_of_the_present_rules_hold_something_of_everything() -> None:
    """Every type of fact is in one of them: a change of behaviour raises the number and adds a file."""
    assert {row["type"] for check in checks_in(PRESENT) for row in check["journal"]} == set(FACT_TYPES)
