"""docs/records.md, docs/sync.md and docs/exports.md say what the code says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.export.reasons import COLUMNS as REASON_COLUMNS
from mtc_kiosk.export.results import COLUMNS as RESULT_COLUMNS
from mtc_kiosk.record.content import KINDS, Check, Event
from mtc_kiosk.record.detail import AssistantDetail, Detail
from mtc_kiosk.record.sealed import Fault
from mtc_kiosk.store.records.inbox import Verdict
from mtc_kiosk.store.records.rows import State
from mtc_kiosk.sync.receive import GONE, UNREADABLE

from .examples import assistant, check, feedback, finished_robot, reason, restart

DOCS = Path(__file__).parents[2] / "docs"
RECORDS, SYNC, EXPORTS = ((DOCS / f"{name}.md").read_text(encoding="utf-8") for name in ("records", "sync", "exports"))
HEADINGS = {
    "check": "A check",
    "feedback": "Feedback",
    "assistant": "An assistant",
    "reason": "A reason",
    "restart": "A restart",
}


def rows(section: str) -> set[str]:
    """What the first column of a section's table names."""
    return {
        name for row in re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE) for name in re.findall("`(.+?)`", row)
    }


def section(heading: str) -> str:
    """The text under a heading of docs/records.md."""
    return re.split(rf"^#+ {heading}$", RECORDS, flags=re.MULTILINE)[1].split("\n#")[0]


@pytest.mark.parametrize("sealed", [check(finished_robot()), feedback(), assistant(), reason(), restart()], ids=KINDS)
def test_every_field_of_every_record_is_documented(sealed: object) -> None:
    """Each under what every record says or under its own kind, and no field that there is not."""
    content = json.loads(sealed.body)["content"]  # type: ignore[attr-defined]  # a Sealed, given as any value
    assert rows(section("What every record says")) | rows(section(HEADINGS[content["type"]])) == set(content)


def test_every_field_of_the_detail_is_documented() -> None:
    """And none that there is not."""
    usual, assistants = section("The detail").split("The detail of an assistant's record has three more")
    assert rows(usual) == set(Detail.model_fields)
    assert rows(assistants) == set(AssistantDetail.model_fields) - set(Detail.model_fields)


def test_a_row_of_the_journal_is_documented() -> None:
    """With the names of its columns."""
    for name in Event.model_fields:
        assert f"`{name}`" in section("A check")
    assert Check.model_fields["type"].default in KINDS


def test_every_state_of_a_record_is_documented() -> None:
    """In the table of states."""
    assert set(re.findall("`([a-z_]+)`", section("Where records are kept"))) >= set(State)


def test_every_fate_of_a_file_is_documented() -> None:
    """Each code that ``sync receive`` may give."""
    codes = set(re.findall(r"^\| [a-z ]+ \| `([a-z_]+)` \|", SYNC, re.MULTILINE))
    assert codes == {*Verdict, *Fault, UNREADABLE, GONE}


def test_the_columns_of_the_exports_are_documented() -> None:
    """In their order."""
    text = " ".join(EXPORTS.split())
    assert ", ".join(RESULT_COLUMNS) in text
    assert ", ".join(REASON_COLUMNS) in text


@pytest.mark.parametrize("erased", [False, True])
def test_the_documented_program_verifies_a_record(tmp_path: Path, erased: bool) -> None:
    """The page alone is enough to check a record; any changed byte is found."""
    program = re.findall(r"```python\n(.+?)```", RECORDS, re.DOTALL)[0]
    sealed = check(finished_robot())
    file = tmp_path / sealed.file_name
    good = sealed.body + b"\n\n" if erased else sealed.to_file()
    file.write_bytes(good)
    ran = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == sealed.sha256
    file.write_bytes(good.replace(b'"response":"56"', b'"response":"57"'))
    assert subprocess.run([sys.executable, "-c", program, file], capture_output=True, check=False).returncode != 0
