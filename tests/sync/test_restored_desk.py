"""A desk restored from a backup gets everything again, and knows whose it is though the PINs of that day are lost."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.office import assistants, class_list
from mtc_kiosk.office.room import room_now
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.staff import Role
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school.assistants import LATER
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.console.desk import console_of
from tests.console.test_pupil_page import PAGE, press, undo
from tests.office.acting import acting
from tests.office.away_kiosk import PcClock, enrolled
from tests.office.restoring import NO_OPTION, REPLACE, backed_up, pins_for, put_back, statuses
from tests.record.homes import attempt
from tests.school.made_up import upn
from tests.store.a_school import ASchool

from .both_kept import assert_one_conflict
from .roads import AKiosk, a_desk, a_kiosk, accepted_at

LOST = "*mtc.db*"
PUPILS = (1, 2, 3)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The desk's home with three pupils."""
    home = open_made_up_home(tmp_path / "desk")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(len(PUPILS), "4A")
    return home


@pytest.fixture
def kiosk(tmp_path: Path, home: Home) -> Iterator[AKiosk]:
    """An enrolled kiosk of that desk, without a road yet. The desk is closed again: its disk is lost in some tests."""
    with contextlib.ExitStack() as stack:
        with a_desk(home) as office:
            kiosk = stack.enter_context(a_kiosk(tmp_path / "kiosk", office))
        yield kiosk


def take(home: Home, kiosk: AKiosk, pupil_id: int) -> None:
    """A pupil takes the check on the kiosk, with a PIN that the desk issues now."""
    (pin,) = pins_for(home, [pupil_id])
    kiosk.home.seal(kiosk.home.take(attempt(pupil_id, pupil_id, check_code=pin.issued.check_code, kiosk="PC7")))


def deliver(home: Home, kiosk: AKiosk) -> int:
    """Deliver to the desk as it is now; how many records that were."""
    with a_desk(home) as office:
        accepted_at(office, kiosk.home)  # enrolled again, where the backup did not know the kiosk
        kiosk.road.desk = office
        return kiosk.deliver(epoch_of(office.db)).delivered


def a_list(folder: Path, named: str, number: str) -> Path:
    """A class list with one pupil."""
    file = folder / f"{number}.csv"
    heading = "Surname,Forename,Middle names,Date of birth,Gender,UPN\r\n"
    file.write_text(f"{heading}{named},,05/05/2018,F,{number}\r\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("disk", ["kept", "lost"])
def test_a_restored_desk_gets_every_check_again_and_knows_its_pupil(
    home: Home, kiosk: AKiosk, tmp_path: Path, disk: str
) -> None:
    """The backup is older than the session: no PIN of that day is in it, and the kiosk knows no UPN."""
    file = backed_up(home, tmp_path / "before.zip")
    for pupil_id in PUPILS[:2]:
        take(home, kiosk, pupil_id)
    assert deliver(home, kiosk) == 2
    if disk == "lost":
        for path in home.root.glob(LOST):
            path.unlink()
    put_back(home, file, REPLACE if disk == "kept" else NO_OPTION)
    assert deliver(home, kiosk) == 2
    expected = dict(zip(map(upn, PUPILS), ("Complete", "Complete", "Not started"), strict=True))
    assert statuses(home) == expected
    with contextlib.closing(connect(home.database)) as db:
        assert [one.delivered for one in load_facts(db, (), [1])[1].takings] == [True]
        assert db.execute("select count(*) from inbox where type = 'check'").fetchone() == (2,)


def test_a_pupil_who_is_not_on_the_register_yet_gets_the_check_once_imported(
    home: Home, kiosk: AKiosk, tmp_path: Path
) -> None:
    """They were added after the backup; then their number is another child's, who gets nothing."""
    file = backed_up(home, tmp_path / "before.zip")
    with contextlib.closing(ASchool(home.database)) as school:
        (late,) = school.pupils(1, "4A")
    take(home, kiosk, late)
    for path in home.root.glob(LOST):
        path.unlink()
    put_back(home, file)
    with acting(home) as office:
        class_list.import_file(office, a_list(tmp_path, "Other,Dee", upn(77)))
    assert deliver(home, kiosk) == 1
    assert statuses(home)[upn(77)] == "Not started"
    with acting(home) as office:
        class_list.import_file(office, a_list(tmp_path, "Late,Ann", upn(late)))
    assert statuses(home)[upn(late)] == "Complete"
    assert statuses(home)[upn(77)] == "Not started"


@pytest.mark.parametrize("order", ["check_first", "assistant_first"])
@pytest.mark.parametrize("pins", ["here", "lost"])
def test_who_typed_on_an_enrolled_kiosk_is_known_at_the_desk(
    home: Home, kiosk: AKiosk, tmp_path: Path, order: str, pins: str
) -> None:
    """The kiosk knows no UPN: the pupil of the assistant's record is that of the check, whichever comes first."""
    file = backed_up(home, tmp_path / "before.zip")
    take(home, kiosk, 2)
    db = kiosk.home.db
    (attempt_id,) = db.execute("select id from attempt").fetchone()
    row = (attempt_id, "2027-06-07T09:00:00.000Z", "kiosk:PC7", "Zoë", "Made-up")
    insert = "insert into assistant (attempt_id, at, by, forename, surname, code) values (?, ?, ?, ?, ?, 'asked')"
    row_id = db.execute(insert, row).lastrowid
    assert row_id is not None
    with change(db):
        kiosk.home.sealer.assistant(db, row_id)
    if order == "assistant_first":
        db.execute("update outbox set at = '2027-01-01T09:00:00.000Z' where type = 'assistant'")
    if pins == "lost":
        for path in home.root.glob(LOST):
            path.unlink()
        put_back(home, file)
    assert deliver(home, kiosk) == 2
    with acting(home) as office:
        (named,) = assistants.listed(office)
    assert (named.pupil.id, named.assistant.forename, named.assistant.attempt_id) == (2, "Zoë", attempt_id)


def test_two_checks_of_a_pupil_from_before_and_after_a_restore_are_a_conflict(
    home: Home, kiosk: AKiosk, tmp_path: Path
) -> None:
    """The pupil got another PIN from the restored desk, as it did not know of the first check: no score is shown."""
    file = backed_up(home, tmp_path / "before.zip")
    take(home, kiosk, 1)
    for path in home.root.glob(LOST):
        path.unlink()
    put_back(home, file)
    (pin,) = pins_for(home, [1])
    kiosk.home.seal(kiosk.home.take(attempt(9, 1, check_code=pin.issued.check_code, kiosk="PC7")))
    assert deliver(home, kiosk) == 2
    assert_one_conflict(home, 1)


@pytest.mark.parametrize("register", ["whole", "without the pupil"])
def test_a_check_that_goes_on_while_the_desk_is_restored_is_shown_and_kept(
    home: Home, kiosk: AKiosk, tmp_path: Path, register: str
) -> None:
    """Its PIN is lost with the session: it is known by its check code, at once or once the pupil is imported again."""
    clock = PcClock()
    with contextlib.closing(open_database(home)) as db:
        seen = enrolled(db, "PC7", clock)
    file = backed_up(home, tmp_path / "before.zip")
    pupil_id = 2
    if register != "whole":
        with contextlib.closing(ASchool(home.database)) as school:
            (pupil_id,) = school.pupils(1, "4A")
    (pin,) = pins_for(home, [pupil_id])
    going = seen.sign_in(pin.issued, id=attempt(pupil_id).id)
    seen.begin(going, number=7)
    seen.hold(going)
    for path in home.root.glob(LOST):
        path.unlink()
    put_back(home, file)
    clock.follow()
    with a_desk(home) as office:
        seen.beat(office, started=True)
    if register != "whole":
        with acting(home) as office:
            assert room_now(office, whole=True).needs == ()
            class_list.import_file(office, a_list(tmp_path, "Late,Ann", upn(pupil_id)))
    with acting(home) as office:
        (need,) = room_now(office, whole=True).needs
        assert need.where == "PC7, question 7"
    assert statuses(home)[upn(pupil_id)] == "Held"
    kiosk.home.seal(kiosk.home.take(attempt(pupil_id, pupil_id, check_code=pin.issued.check_code, kiosk="PC7")))
    assert deliver(home, kiosk) == 1
    assert statuses(home)[upn(pupil_id)] == "Complete"


def test_somebody_is_named_later_who_typed_on_an_enrolled_kiosk(home: Home, kiosk: AKiosk, tmp_path: Path) -> None:
    """On the pupil's page as for a check of this PC: once, taken back, named again; and it outlives a lost disk."""
    take(home, kiosk, 1)
    assert deliver(home, kiosk) == 1
    visitor = console_of(home, Role.TEACHER)
    page = press(visitor, f"{PAGE}/assistant", f"{PAGE}/assistant", forename="Ann", surname="Bell", why="Broken arm.")
    assert "Ann Bell, named by a.adeyemi" in page
    with acting(home) as office, pytest.raises(Refused, match="already has an assistant"):
        assistants.add(office, 1, "Ann", "Bell", "Broken arm.")
    assert "Ann Bell" not in undo(visitor, page)
    with acting(home) as office:
        assert assistants.listed(office) == ()
        with pytest.raises(Refused, match="no assistant that staff added"):
            assistants.remove(office, 1)
        assistants.add(office, 1, "Dee", "Bell", "Broken arm.")
    file = backed_up(home, tmp_path / "after.zip")
    for path in home.root.glob(LOST):
        path.unlink()
    put_back(home, file)
    with acting(home) as office:
        (named,) = assistants.listed(office)
        assert (named.pupil.id, named.assistant.forename, named.assistant.code) == (1, "Dee", LATER)
        rows = office.db.execute("select action from audit where action like 'assistant.%' order by id").fetchall()
        assert [action for (action,) in rows] == ["assistant.added", "assistant.removed", "assistant.added"]
        assert (statuses(home)[upn(1)], office.db.execute("select count(*) from conflict").fetchone()) == (
            "Complete",
            (0,),
        )
