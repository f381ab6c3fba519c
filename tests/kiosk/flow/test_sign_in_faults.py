"""Sign-in while the database takes or gives nothing: the kiosk stays up, keeps what was typed, and tries again.

The faults are real: another program's lock, a full disk, writes that the system refuses, bytes that were overwritten.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.kiosk.guard import TRY_AGAIN_NS
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.home.home import open_home
from tests.arrangements.school import School
from tests.kiosk.breaking import break_glass, held_chord, passcode
from tests.store import alter as damaged_rows
from tests.store.conftest import small_disk

__all__ = ["small_disk"]

resource = pytest.importorskip("resource", reason="only where the system limits files: writes that it refuses")

AT = "2027-06-07T09:00:00.000Z"
AGAIN_MS = TRY_AGAIN_NS // MS + 500


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """A school whose kiosk survives."""
    made = School(open_home(tmp_path / "school"), "arrangements: []", survives=True)
    yield made
    made.close()


@contextlib.contextmanager
def locked(school: School) -> Iterator[None]:
    """Another program keeps the write lock."""
    beside = school.desk.beside()
    beside.execute("begin immediate")
    yield
    beside.close()


@contextlib.contextmanager
def refused(school: School) -> Iterator[None]:
    """The system refuses every write: the disk has an I/O error."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def altered(school: School, *statements: str) -> contextlib.AbstractContextManager[None]:
    """Rows are not what this program wrote, until they are put right."""
    return damaged_rows.altered(school.home.database, *statements)


def needs_help(school: School) -> bool:
    """Whether the calm page is on the screen."""
    texts = school.desk.sight.texts
    return words.WAIT in texts and any(words.PC_NEEDS_HELP[0] in text for text in texts)


def type_details(school: School) -> None:
    """Password and PIN, and Enter behind each."""
    school.sign_in(kind=None)


def assert_staff_get_in_and_out(school: School) -> None:
    """The chord and the passcode open the menu over whatever is on the screen, and Exit ends the kiosk."""
    held_chord(school.desk)
    passcode(school.desk, "chalk")
    school.desk.point(Button.EXIT)
    school.desk.point(Button.EXIT)
    assert school.desk.kiosk.state.exit_code == 3


LOCKED_OR_REFUSED = pytest.mark.parametrize(
    ("fault", "said"), [(locked, "another program"), (refused, "disk reports an error")], ids=["lock", "I/O error"]
)
Fault = Callable[[School], contextlib.AbstractContextManager[None]]


@LOCKED_OR_REFUSED
def test_is_this_you_survives(school: School, fault: Fault, said: str) -> None:
    """Yes cannot be kept: the pupil waits, staff read why, and a while later the same Yes begins the check."""
    school.sign_in()
    with fault(school):
        school.desk.point(Button.THATS_ME)
        assert needs_help(school)
        assert any(said in text for text in school.desk.sight.texts)
        assert school.rows("select count(*) from attempt") == [(0,)]
    school.desk.pass_ms(AGAIN_MS)
    school.confirm()
    assert school.desk.at(Place.PAGE)


@LOCKED_OR_REFUSED
def test_not_me_survives(school: School, fault: Fault, said: str) -> None:
    """No name stays on the screen, and No is taken once it can be kept."""
    school.sign_in()
    with fault(school):
        school.desk.point(Button.NOT_ME)
        assert needs_help(school)
        assert not any("Amy" in text for text in school.desk.sight.texts)
    school.desk.pass_ms(AGAIN_MS)
    school.desk.point(Button.NOT_ME)
    assert school.rows("select result from sign_in") == [("not_me",)]


@LOCKED_OR_REFUSED
def test_a_sign_in_that_cannot_be_kept_loses_nothing_typed(school: School, fault: Fault, said: str) -> None:
    """A wrong PIN is counted before it is called wrong; what was typed is in the boxes when the page comes back."""
    school.start()
    school.pin = "9999" if school.pin != "9999" else "9998"
    with fault(school):
        type_details(school)
        assert needs_help(school)
        school.desk.tap(keyboard.letter("x"), keyboard.ENTER)
    school.desk.pass_ms(AGAIN_MS)
    assert school.password in school.desk.sight.texts
    assert set(school.pin) <= set(school.desk.sight.texts)
    school.desk.tap(keyboard.ENTER)
    assert words.WRONG_PAIR[0] in school.desk.sight.texts
    assert school.rows("select result from sign_in") == [("wrong",)]


def test_a_full_disk_leaves_the_kiosk_up(small_disk: Path) -> None:
    """Full: Yes waits; once there is room it begins the check."""
    school = School(open_home(small_disk / "school"), "arrangements: []", survives=True)
    try:
        school.sign_in()
        filler = small_disk / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as full:
            while True:
                full.write(b"0" * 512)
        school.desk.point(Button.THATS_ME)
        assert needs_help(school)
        assert any("disk is full" in text for text in school.desk.sight.texts)
        filler.unlink()
        school.desk.pass_ms(AGAIN_MS)
        school.confirm()
        assert school.desk.at(Place.PAGE)
    finally:
        school.close()


ALTERED = {
    "instant": "update session set opens_at = 'yesterday'",
    "kind": "update session set kind = 'exam'",
    "text": "update session set password = cast(x'ff41' as text)",
}


@pytest.mark.parametrize("statement", ALTERED.values(), ids=ALTERED)
def test_the_look_for_a_session_survives_a_damaged_row(school: School, statement: str) -> None:
    """The page says that the PC needs help, staff still get to their menu, and it opens once the row is right."""
    school.start()
    with altered(school, statement):
        school.desk.pass_ms(1_500)
        assert needs_help(school)
        assert school.desk.log
    school.desk.pass_ms(AGAIN_MS + 1_000)
    assert school.desk.at(Place.SIGN_IN)
    school.sign_in(kind=None)
    school.confirm()


@pytest.mark.parametrize(
    "statement",
    [
        "update pupil set date_of_birth = '14 March'",
        "update pupil set sex = 'X'",
        "update pupil set surname = cast(x'ff41' as text)",
        "update pin set used_at = 'noon'",
        "delete from pupil",
    ],
)
def test_a_sign_in_survives_a_damaged_row(school: School, statement: str) -> None:
    """The pupil waits for the teacher; their details are still there, and open the check once the row is right."""
    school.start()
    school.desk.pass_ms(1_500)
    with altered(school, statement):
        type_details(school)
        assert needs_help(school)
    school.desk.pass_ms(AGAIN_MS)
    school.desk.tap(keyboard.ENTER)
    school.confirm()


def test_who_types_is_not_kept_waiting_by_the_look(school: School) -> None:
    """While something is in the boxes the page stays, whatever the database is like; empty again, the kiosk looks."""
    school.start()
    school.desk.pass_ms(1_500)
    school.desk.tap(keyboard.letter("c"))
    with altered(school, ALTERED["instant"]):
        school.desk.pass_ms(5_000)
        assert school.desk.at(Place.SIGN_IN)
        assert not school.desk.log
        school.desk.tap(keyboard.BACKSPACE)
        school.desk.pass_ms(1_500)
        assert needs_help(school)


def test_nothing_of_a_pupil_is_in_the_log(school: School) -> None:
    """Whatever a damaged row holds, the log names places of the program alone."""
    school.start()
    school.desk.pass_ms(1_500)
    for statement in ("surname = cast(x'5465737465726c79ff' as text)", "date_of_birth = '14 March 2018'"):
        with altered(school, f"update pupil set {statement}"):
            type_details(school)
        school.desk.pass_ms(AGAIN_MS)
        school.desk.tap(*[keyboard.BACKSPACE] * 40)
    log = " ".join(school.desk.log)
    assert "store/" in log
    assert not any(secret in log for secret in ("Testerly", "Amy", "March", school.password, school.pin))


def test_staff_get_to_their_menu_over_any_fault(school: School) -> None:
    """With every table that the menu reads damaged, it still opens, says what it cannot do, and lets staff out."""
    school.start()
    with altered(school, "update session set opens_at = 'x'", "update pupil set date_of_birth = 'x'"):
        school.desk.pass_ms(1_500)
        held_chord(school.desk)
        passcode(school.desk, "chalk")
        for button in ("pins", "restart"):
            school.desk.point(Button(button))
            assert staff_words.NOT_SHOWN in school.desk.sight.texts
            school.desk.point(Button.BACK)
        school.desk.point(Button.BACK)
        assert_staff_get_in_and_out(school)


def test_a_fault_never_opens_the_menu_without_the_passcode(school: School) -> None:
    """What raises while the passcode is asked for leaves it asked for."""
    held_chord(school.desk)
    break_glass(school.desk, 3)
    school.desk.tap(keyboard.letter("x"))
    assert school.desk.log
    assert school.desk.kiosk.state.staff.locked
    passcode(school.desk, "wrong")
    assert school.desk.kiosk.state.staff.locked


def overwrite_page_of(school: School, table: str) -> None:
    """Overwrite the first page of a table in the file, and let every connection notice that something changed."""
    with contextlib.closing(school.desk.beside()) as beside:
        (page,) = beside.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
        (size,) = beside.execute("pragma page_size").fetchone()
        beside.execute("pragma wal_checkpoint(truncate)").fetchall()
        with school.home.database.open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)
        beside.execute("insert into audit (at, account, action, subject) values (?, '', '', '')", (AT,))


@pytest.mark.parametrize("table", ["session", "pin", "pupil"])
def test_a_damaged_page_leaves_the_kiosk_up_and_a_mark(school: School, table: str) -> None:
    """The page waits for the teacher, says that the database is damaged, and the next start looks through the file."""
    school.start()
    school.desk.pass_ms(1_500)
    overwrite_page_of(school, table)
    if table == "session":
        school.desk.pass_ms(1_500)
    else:
        type_details(school)
    assert needs_help(school)
    assert any("database is damaged" in text for text in school.desk.sight.texts)
    assert damage.is_suspect(school.home.database)
    assert_staff_get_in_and_out(school)


def test_again_survives(school: School) -> None:
    """Who has tried it out and wants another go waits for the teacher while the database gives nothing."""
    school.sign_in(Kind.TRY)
    school.confirm()
    school.desk.reach(Place.PAGE)
    stopped_by_staff(school)
    with altered(school, "update preference set size = 'HUGE'", f"update attempt set pupil_id = {school.pupil.id}"):
        with contextlib.closing(school.desk.beside()) as beside:
            beside.execute("pragma ignore_check_constraints = on")
            row = (school.pupil.id, school.desk.ids[-1], AT, "HUGE")
            beside.execute("insert into preference (pupil_id, attempt_id, at, size) values (?, ?, ?, ?)", row)
        school.desk.point(Button.AGAIN)
        assert needs_help(school)
        with contextlib.closing(school.desk.beside()) as beside:
            beside.execute("delete from preference")
    school.desk.pass_ms(AGAIN_MS)
    school.desk.point(Button.AGAIN)
    assert school.desk.at(Place.PAGE)


def stopped_by_staff(school: School) -> None:
    """Let staff stop the check on the screen: it is held first, by a focus that is away."""
    school.desk.focus_away(1_500)
    held_chord(school.desk)
    passcode(school.desk, "chalk")
    school.desk.pass_ms(600)
    school.desk.point(Button.STOP)
    school.desk.pass_ms(600)
    school.desk.point(Button.STOP)


def test_a_fault_that_stays_fills_no_disk(school: School) -> None:
    """An hour before a database that gives nothing: a handful of lines."""
    school.start()
    with altered(school, "update session set opens_at = 'yesterday'"):
        school.desk.pass_ms(3_600_000)
    assert 1 <= len(school.desk.log) <= 10


def test_an_unreadable_attempt_keeps_no_kiosk_from_starting(school: School) -> None:
    """Text that is no text in one attempt of two: it is named, and the other goes on."""
    school.sign_in()
    school.confirm()
    school.desk.reach(Place.PAGE)
    with contextlib.closing(school.desk.beside()) as beside:
        beside.execute("pragma ignore_check_constraints = on")
        beside.execute(
            "insert into attempt select 'spoilt', null, null, null, kind, cast(x'ff' as text), settings, kiosk,"
            " started_at, null, null from attempt"
        )
    taken_up = take_up(school.desk.journal, "bench", school.desk.clock)
    assert taken_up.attempt is not None
    assert taken_up.attempt.id == school.desk.ids[-1]
    assert len(taken_up.sentences) == 1
    assert "spoilt" in taken_up.sentences[0]


def test_a_table_of_attempts_that_cannot_be_read_keeps_no_kiosk_from_starting(school: School) -> None:
    """No attempt is resumed, staff see which table it is, and the kiosk shows its first page."""
    with contextlib.closing(school.desk.beside()) as beside:
        beside.execute("pragma ignore_check_constraints = on")
        beside.execute(
            "insert into attempt (id, kind, form, settings, kiosk, started_at)"
            " values (cast(x'ff' as text), 'try', '{}', '{}', 'bench', ?)",
            (AT,),
        )
    school.desk.switch_on()
    assert words.WAIT in school.desk.sight.texts
    (told,) = school.desk.told
    assert "table attempt" in told
