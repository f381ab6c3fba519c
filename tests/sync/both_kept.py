"""What must hold while a head has to choose between two checks of a pupil, wherever it is looked at."""

from mtc_kiosk.office.conflict_list import conflicts_listed
from mtc_kiosk.office.conflicts import conflicts
from mtc_kiosk.office.results import show_results
from mtc_kiosk.office.status import of_register
from mtc_kiosk.office.sync import status
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting


def assert_one_conflict(home: Home, pupil_id: int, checks: int = 2) -> None:
    """Status, results and the list of conflicts name this pupil and no other; no score of theirs is shown.

    The command's list and the console's propose the same one, and every check is kept.
    """
    with acting(home) as office:
        (contest,) = [one for one in conflicts(office).checks if one.rivals.is_open]
        assert contest.pupil_id == pupil_id
        assert len(contest.checks) == checks
        assert status(office).open_conflicts == 1
        listed = conflicts_listed(office)
        assert [one.pupil.id for one in listed.checks if one.is_open] == [pupil_id]
        rows = {row.pupil.id: row.result for row in show_results(office, "page").rows}
        assert [each for each, result in rows.items() if result.has_two] == [pupil_id]
        assert rows[pupil_id].score is None
        assert rows[pupil_id].marks == ()
        (label,) = {str(one.status.label) for one in of_register(office).pupils if one.pupil.id == pupil_id}
        assert "two" in label.casefold()
