"""Undoing the import of a class list: nothing is lost, and nothing is undone that the check has reached."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import notes, reasons
from mtc_kiosk.office.class_list import Asked, import_file
from mtc_kiosk.office.class_list_undo import undo_file
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.pupils import come_back, edit, leave, listed
from mtc_kiosk.office.sessions import SessionWanted, start
from mtc_kiosk.school.columns import Field
from mtc_kiosk.school.selection import AsWritten
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, audited
from tests.school.made_up import AMY, BO, CY, HEADINGS, upn

NUMBER = AMY.rpartition(",")[2]
DEE = f"Stays,Dee,,01/10/2017,F,{upn(4)}"


def file(folder: Path, *lines: str) -> Path:
    """A list of these lines."""
    path = folder / "class.csv"
    path.write_text("\n".join((*lines, "")), encoding="utf-8")
    return path


def test_an_import_that_is_undone_marks_whom_it_added_as_left(home: Home, tmp_path: Path) -> None:
    """Each with a row in the audit; with --update the right list brings them back."""
    path = file(tmp_path, HEADINGS, AMY, BO)
    with acting(home) as office:
        before = listed(office)
        import_file(office, path)
        done = undo_file(office, path, Asked())
        assert [(pupil.forename, pupil.has_left) for pupil in done.left] == [("Amy", True), ("Bo-Lin", True)]
        assert (done.staying, listed(office)) == (0, before)
        assert len(import_file(office, path, Asked(update=True)).changed) == 2
        assert [action for _, action, _ in audited(office)].count("pupil.left") == 2


def test_a_pupil_who_was_there_before_stays(home: Home, tmp_path: Path) -> None:
    """The list named the pupil, and did not add them."""
    with acting(home, at="2027-06-07T08:00:00.000Z") as office:
        import_file(office, file(tmp_path, HEADINGS, AMY))
    with acting(home, at="2027-06-07T09:00:00.000Z") as office:
        path = file(tmp_path, HEADINGS, AMY, BO, CY)
        import_file(office, path)
        done = undo_file(office, path, Asked())
        assert ([pupil.forename for pupil in done.left], done.staying) == (["Bo-Lin", "Cy"], 1)
        assert NUMBER in [pupil.upn for pupil in listed(office)]


def test_numbered_pupils_are_found_by_their_names(home: Home, tmp_path: Path) -> None:
    """Their refs are not in the file."""
    path = file(tmp_path, HEADINGS, CY.rpartition(",")[0] + ",")
    with acting(home) as office:
        import_file(office, path, Asked(number=True))
        assert len(undo_file(office, path, Asked(number=True)).left) == 1


def not_undone(office: OpenHome, path: Path) -> str:
    """Why an import cannot be undone."""
    before = office.db.execute("select * from pupil").fetchall(), len(audited(office))
    with pytest.raises(OfficeRefused) as refused:
        undo_file(office, path, Asked())
    assert (office.db.execute("select * from pupil").fetchall(), len(audited(office))) == before
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("not_undone", str(path))
    assert problem.message.endswith("Nothing was changed.")
    return problem.message


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (lambda office: start(office, SessionWanted(Kind.TRY, AsWritten((NUMBER,)))), "has 1 pupil with a PIN"),
        (lambda office: reasons.give(office, AsWritten((NUMBER,)), "ABSNT"), "has 1 pupil with a PIN"),
        (lambda office: notes.add(office, NUMBER, "Away on Mondays."), "a reason or a note"),
        (lambda office: edit(office, NUMBER, {Field.FORENAME: "Ann"}), "other details on the register"),
        (lambda office: leave(office, AsWritten((NUMBER,))), "or has left"),
    ],
)
def test_an_import_that_has_been_used_is_not_undone(
    home: Home, tmp_path: Path, since: Callable[[OpenHome], object], said: str
) -> None:
    """Not for any pupil of it, and nothing is changed."""
    path = file(tmp_path, HEADINGS, AMY, BO)
    with acting(home) as office:
        import_file(office, path)
        since(office)
        assert said in not_undone(office, path)


def test_a_list_that_was_not_imported_is_not_undone(home: Home, tmp_path: Path) -> None:
    """The wrong file was named."""
    with acting(home) as office:
        import_file(office, file(tmp_path, HEADINGS, AMY))
        assert "1 pupil of this list is not on the register" in not_undone(office, file(tmp_path, HEADINGS, AMY, BO))


def leavers(office: OpenHome) -> dict[str, str | None]:
    """When those who have left did, by first name."""
    return dict(office.db.execute("select forename, left_at from pupil where left_at is not null").fetchall())


def test_leavers_whom_the_list_brought_back_have_left_again(home: Home, tmp_path: Path) -> None:
    """On the day on which they did. They were not on the register before that import."""
    with acting(home, at="2027-06-07T07:00:00.000Z") as office:
        import_file(office, file(tmp_path, HEADINGS, AMY))
    with acting(home, at="2027-06-07T08:00:00.000Z") as office:
        import_file(office, file(tmp_path, HEADINGS, BO, DEE))
        leave(office, AsWritten((NUMBER, BO.rpartition(",")[2])))
        before = leavers(office)
    with acting(home, at="2027-06-07T09:00:00.000Z") as office:
        path = file(tmp_path, HEADINGS, AMY, BO, CY, DEE)
        import_file(office, path, Asked(update=True))
        done = undo_file(office, path, Asked())
        assert ([pupil.forename for pupil in done.left], done.staying) == (["Amy", "Bo-Lin", "Cy"], 1)
        assert leavers(office) == {**before, "Cy": "2027-06-07T09:00:00.000Z"}


def test_a_pupil_brought_back_by_hand_since_is_undone_with_the_list(home: Home, tmp_path: Path) -> None:
    """It is the list that put them all onto the register."""
    path = file(tmp_path, HEADINGS, AMY, BO)
    with acting(home, at="2027-06-07T08:00:00.000Z") as office:
        import_file(office, path)
    with acting(home, at="2027-06-07T09:00:00.000Z") as office:
        leave(office, AsWritten((NUMBER,)))
        come_back(office, AsWritten((NUMBER,)))
        assert len(undo_file(office, path, Asked()).left) == 2
