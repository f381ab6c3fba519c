"""What must hold while a head has to choose between two checks of a pupil, wherever it is looked at."""

import json
import re

from mtc_kiosk.office.conflict_list import conflicts_listed
from mtc_kiosk.office.conflicts import conflicts
from mtc_kiosk.office.exports import Export, export_file
from mtc_kiosk.office.json_sync import conflicts as as_json
from mtc_kiosk.office.results import FileKind, show_results
from mtc_kiosk.office.status import of_register
from mtc_kiosk.office.sync import status
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of
from tests.office.acting import acting


def assert_one_conflict(home: Home, pupil_id: int, checks: int = 2) -> None:
    """Status, results, exports, command and console name this pupil and no other; no score of theirs is anywhere.

    They propose the same check, and every one is kept.
    """
    with acting(home) as office:
        (contest,) = [one for one in conflicts(office).checks if one.rivals.is_open]
        assert contest.pupil_id == pupil_id
        assert len(contest.checks) == checks
        assert status(office).open_conflicts == 1
        listed = conflicts_listed(office)
        assert [one.pupil.id for one in listed.checks if one.is_open] == [pupil_id]
        shown = show_results(office, "page").rows
        rows = {row.pupil.id: row.result for row in shown}
        (number,) = [row.pupil.upn for row in shown if row.pupil.id == pupil_id]
        assert [each for each, result in rows.items() if result.has_two] == [pupil_id]
        assert rows[pupil_id].score is None
        assert rows[pupil_id].marks == ()
        exported = json.loads(export_file(office, Export.RESULTS, FileKind.JSON).content)["results"]
        assert [row["score"] for row in exported if row["upn"] == number] == [None]
        command = json.loads(json.dumps(as_json(conflicts(office))))
        assert [one["pupil_id"] for one in command["conflicts"] if one["open"]] == [pupil_id]
        (label,) = {str(one.status.label) for one in of_register(office).pupils if one.pupil.id == pupil_id}
        assert "two" in label.casefold()
    page = console_of(home).get("/results/conflicts").text
    assert "<h1>One pupil took two checks</h1>" in page
    assert re.findall(r'href="/results/conflicts/(\d+)"', page) == [str(pupil_id)]
    (proposed,) = [one["kiosk"] for one in command["conflicts"][0]["checks"] if one["proposed"]]
    assert re.findall(r"<li>([\w-]+), [^<]*<b>It is proposed", page) == [proposed]
