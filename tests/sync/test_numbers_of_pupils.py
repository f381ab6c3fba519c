"""A check comes back to a home that numbered its pupils anew: it is the same child's, or kept and named."""

import contextlib
from pathlib import Path

import pytest

from mtc_kiosk.office.results import show_results
from mtc_kiosk.office.status import of_register
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.office.acting import acting
from tests.office.restoring import keyed, pins_for
from tests.record.homes import SchoolHome, attempt
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn
from tests.store.a_school import ASchool, sealer

from .commands import run

BARE = HEADINGS.removesuffix(",UPN")
NOW = "2027-06-07T09:00:00Z"
LOST = "*mtc.db*"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A made-up home without pupils, which sends to a stick."""
    monkeypatch.setenv("MTC_KIOSK_NOW", NOW)
    home = keyed(open_made_up_home(tmp_path / "home"))
    open_database(home).close()
    (tmp_path / "stick").mkdir()
    (home.config_dir / "school.yaml").write_text(f"destinations:\n  Stick: {tmp_path / 'stick'}\n", encoding="utf-8")
    return home


def import_list(home: Home, *lines: str) -> None:
    """Import a class list of these lines, in this order; without UPNs the pupils are numbered."""
    has_upns = "UPN" in lines[0]
    file = home.root.parent / "class.csv"
    file.write_text("\r\n".join((*lines, "")), encoding="utf-8")
    assert run("pupils", "import", file, *(() if has_upns else ("--number",)), "--home", home.root) == 0


def bare(line: str) -> str:
    """The line of a pupil without the UPN."""
    return line.rpartition(",")[0]


def take(home: Home, pupil_id: int) -> None:
    """A robot takes a whole check with a PIN of its own."""
    (pin,) = pins_for(home, [pupil_id])
    with contextlib.closing(connect(home.database)) as db:
        here = SchoolHome(home, db, sealer(into_inbox=True))
        here.seal(here.take(attempt(pupil_id, pupil_id, check_code=pin.issued.check_code)))


def taken_and_sent(home: Home) -> None:
    """The first pupil takes the check, the second is absent; all of it goes onto the stick."""
    take(home, 1)
    with contextlib.closing(ASchool(home.database)) as school:
        school.reason(2)
    assert run("sync", "push", "--home", home.root) == 0


def renewed(home: Home) -> None:
    """The database is lost, and begun anew under the same key."""
    for path in home.root.glob(LOST):
        path.unlink()
    assert run("renew", "mtc.db", "--home", home.root) == 0


def came_back(home: Home) -> None:
    """The stick is received."""
    assert run("sync", "receive", home.root.parent / "stick", "--home", home.root) == 0


def statuses(home: Home) -> dict[str, str]:
    """Every pupil's status by forename."""
    with acting(home) as office:
        return {one.pupil.forename: str(one.status.label) for one in of_register(office).pupils}


def strangers(home: Home) -> list[str]:
    """What staff are told about checks of pupils who are not on the register."""
    with acting(home) as office:
        return [line for line in show_results(office, "page").about.notes if "not on the register" in line]


def test_no_other_child_gets_a_check_after_the_database_was_renewed(home: Home) -> None:
    """The class is imported in another order: its pupils have other numbers, and each the same UPN."""
    import_list(home, HEADINGS, AMY, BO, CY)
    taken_and_sent(home)
    had = statuses(home)
    renewed(home)
    import_list(home, HEADINGS, CY, AMY, BO)
    came_back(home)
    assert statuses(home) == had
    assert had["Amy"] == "Complete"


def test_a_check_of_a_pupil_who_is_not_on_the_register_is_kept_and_named(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Her number is another child's now; that child has no check, and staff are told of one, and of a reason."""
    import_list(home, HEADINGS, AMY, BO)
    taken_and_sent(home)
    renewed(home)
    import_list(home, HEADINGS, CY)
    capsys.readouterr()
    came_back(home)
    assert "left out of the results: 2 records." in capsys.readouterr().out
    assert statuses(home) == {"Cy": "Not started"}
    assert len(strangers(home)) == 1
    import_list(home, HEADINGS, CY, AMY, BO)
    capsys.readouterr()
    came_back(home)
    assert "left out of the results" not in capsys.readouterr().out
    assert statuses(home) == {"Cy": "Not started", "Amy": "Complete", "Bo-Lin": "Absent during check window"}


def test_pupils_who_were_numbered_anew_do_not_get_the_checks_of_others(home: Home) -> None:
    """The earlier database gave other refs: who it was is not known, and staff are told."""
    import_list(home, BARE, bare(AMY), bare(BO), bare(CY))
    taken_and_sent(home)
    assert statuses(home)["Amy"] == "Complete"
    renewed(home)
    import_list(home, BARE, bare(CY), bare(AMY), bare(BO))
    came_back(home)
    assert statuses(home) == dict.fromkeys(("Amy", "Bo-Lin", "Cy"), "Not started")
    assert len(strangers(home)) == 1


def test_a_database_that_was_copied_back_by_hand_gives_no_child_anothers_check(home: Home) -> None:
    """It has the same key, and a pupil who came later has the number of one who was added after the copy."""
    import_list(home, HEADINGS, AMY, BO)
    with contextlib.closing(connect(home.database)) as db:
        copy = db.conn.serialize()
    taken_and_sent(home)
    import_list(home, HEADINGS, AMY, BO, CY)
    take(home, 3)
    assert run("sync", "push", "--home", home.root) == 0
    for path in home.root.glob(LOST):
        path.unlink()
    home.database.write_bytes(copy)
    dee = "Other,Dee,,05/05/2018,F,Z999100000999"
    import_list(home, HEADINGS, dee.replace("Z999100000999", upn(999)))
    came_back(home)
    assert statuses(home) == {"Amy": "Complete", "Bo-Lin": "Absent during check window", "Dee": "Not started"}
    assert len(strangers(home)) == 1


def test_a_number_is_that_of_a_pupil_whose_upn_was_corrected(home: Home) -> None:
    """Also where the wrong UPN is another pupil's now."""
    import_list(home, HEADINGS, AMY, BO)
    taken_and_sent(home)
    had = statuses(home)
    wrong, right = AMY.rpartition(",")[2], upn(998)
    assert run("pupils", "edit", wrong, "--upn", right, "--home", home.root) == 0
    import_list(home, HEADINGS, CY.rpartition(",")[0] + "," + wrong)
    assert statuses(home) == had | {"Cy": "Not started"}
