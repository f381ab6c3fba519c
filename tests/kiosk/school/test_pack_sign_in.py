"""Pupils sign in at an enrolled kiosk over its desk's pack, with the desk there or away."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Size
from mtc_kiosk.check.events import BackedOut, LookChosen, Source
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.office import packs
from mtc_kiosk.office.sealing import sealer_of
from mtc_kiosk.school.credentials import FREE_TRIES
from mtc_kiosk.school.sign_in import (
    AskTeacher,
    AskWhy,
    MayBegin,
    NoSession,
    SignedIn,
    TooEarly,
    TooLate,
    Wait,
    WrongDetails,
)
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.sessions import Started
from mtc_kiosk.sync.pack_file import keep_pack
from tests.kiosk.school.enrolled import Enrolled, enrolled
from tests.office.acting import ONE, write_arrangements
from tests.office.conftest import home as _a_home
from tests.office.desk import Desk
from tests.store.a_school import ASchool

home = _a_home


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


@pytest.fixture
def kiosk(desk: Desk, tmp_path: Path) -> Iterator[Enrolled]:
    """A kiosk of it."""
    with enrolled(desk, tmp_path / "kiosk") as kiosk:
        yield kiosk


def fetched(kiosk: Enrolled, *pupils: int) -> Started:
    """A session for these pupils, whose pack the kiosk has."""
    started = kiosk.desk.school.start(pupils or (1,))
    kiosk.beat()
    assert kiosk.keeper.version is not None
    return started


def signed_in(kiosk: Enrolled, started: Started, number: int = 0) -> SignedIn:
    """A pupil who has been admitted."""
    answer = kiosk.admit(started, started.pins[number])
    assert isinstance(answer, SignedIn)
    return answer


def begin(kiosk: Enrolled, started: Started, number: int = 0) -> str:
    """A pupil's check begins here; its attempt."""
    attempt = kiosk.journal.sign_in(started.pins[number], "PC7")
    kiosk.journal.begin(attempt)
    return attempt


def test_a_pupil_signs_in_by_the_pack_with_all_they_need(kiosk: Enrolled) -> None:
    """Their page, their arrangements, the desk's settings; and nothing of it is in the kiosk's database."""
    write_arrangements(kiosk.desk.home, f"pupils:\n  {ONE}:\n    arrangements: [FTS, NBQ]\n")
    (kiosk.desk.home.config_dir / "check.yaml").write_text("timings:\n  whole_check_minutes: 40\n")
    started = fetched(kiosk)
    pupil = signed_in(kiosk, started)
    view = kiosk.sign_in.confirm_view(pupil)
    assert (view.forename, view.surname, view.date_of_birth, view.group) == ("Amy 1", "Testerly", "14 March 2018", "4A")
    granted = kiosk.sign_in.granted(pupil)
    assert granted.codes == (Code.FTS, Code.NBQ)
    new = kiosk.sign_in.prepare(pupil, granted).new
    assert new.settings.timings.whole_check == 40 * 60 * 1_000_000
    assert new.settings.changed_rules
    assert (new.check_code, new.session_id, new.pupil_id) == (started.pins[0].check_code, started.session.id, 1)
    for table in ("pupil", "session", "pin"):
        assert kiosk.journal.db.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_without_the_desk_a_pupil_signs_in_all_the_same(kiosk: Enrolled) -> None:
    """Also after a restart of the kiosk, which reads its pack from its own disk."""
    started = fetched(kiosk)
    kiosk.away = True
    kiosk.start()
    assert kiosk.sign_in.closed() is None
    signed_in(kiosk, started)


def test_wrong_details_are_slowed_down_as_ever_and_over_a_restart(kiosk: Enrolled) -> None:
    """Whichever of the two was wrong; "This is not me" counts, and the right pupil makes it forgotten."""
    started = fetched(kiosk, 1, 2)
    pupil = kiosk.type(started, started.pins[0])
    assert isinstance(pupil, SignedIn)
    kiosk.sign_in.not_me(pupil)
    for _ in range(FREE_TRIES):
        assert kiosk.sign_in.sign_in("tree24house", started.pins[0].pin) == WrongDetails()
    kiosk.start()
    assert kiosk.type(started, started.pins[0]) == Wait(5)
    kiosk.later(seconds=5)
    signed_in(kiosk, started)
    assert kiosk.sign_in.sign_in(started.session.password, "2222") == WrongDetails()


def test_the_desk_decides_while_it_is_there(kiosk: Enrolled) -> None:
    """At "Yes, that is me", whatever the pack says."""
    other = kiosk.desk.kiosk("PC8")
    started = fetched(kiosk, 1, 2)
    first, second = started.pins
    attempt = other.sign_in(first)
    kiosk.desk.beat(other, kiosk.known)
    assert kiosk.admit(started, first) == AskTeacher(AskWhy.ELSEWHERE, "PC8")
    other.begin(attempt)
    kiosk.desk.beat(other, kiosk.known)
    assert kiosk.admit(started, first) == AskTeacher(AskWhy.USED)
    kiosk.desk.school.reason(2)
    assert kiosk.admit(started, second) == AskTeacher(AskWhy.NOT_TAKING)


def test_without_the_desk_its_last_list_decides_and_so_does_this_kiosks_journal(kiosk: Enrolled) -> None:
    """A PIN that was in use elsewhere, or whose check began here, starts no second check."""
    other = kiosk.desk.kiosk("PC8")
    started = fetched(kiosk, 1, 2, 3)
    elsewhere, not_taking, mine = started.pins
    other.sign_in(elsewhere)
    kiosk.desk.school.reason(2)
    kiosk.desk.beat(other, kiosk.known)
    kiosk.desk.clock.later(1)
    kiosk.beat()
    kiosk.away = True
    kiosk.start()
    assert kiosk.type(started, elsewhere) == AskTeacher(AskWhy.ELSEWHERE, "PC8")
    assert kiosk.type(started, not_taking) == AskTeacher(AskWhy.NOT_TAKING)
    signed_in(kiosk, started, 2)
    begin(kiosk, started, 2)
    assert kiosk.type(started, mine) == AskTeacher(AskWhy.USED)


def test_a_pin_in_use_at_this_kiosk_starts_again_here(kiosk: Enrolled) -> None:
    """The pupil left the PC in the practice and comes back."""
    started = fetched(kiosk)
    signed_in(kiosk, started)
    first = kiosk.journal.sign_in(started.pins[0], "PC7")
    kiosk.known.sign_in(started.pins[0], id=first)
    kiosk.desk.beat(kiosk.known)
    kiosk.desk.clock.later(1)
    kiosk.beat()
    assert kiosk.keeper.held.codes == {started.pins[0].check_code: ("elsewhere", "PC7")}
    signed_in(kiosk, started)
    kiosk.journal.sign_in(started.pins[0], "PC7")
    (outcome,) = kiosk.journal.db.execute("select outcome from attempt where id = ?", (first,)).fetchone()
    assert outcome == "superseded"


def test_hours_are_judged_by_the_desks_time_and_a_clock_that_runs(kiosk: Enrolled) -> None:
    """To the moment, whatever the PC's own clock says."""
    day = kiosk.desk.school.rules.timetable.day(kiosk.desk.school.now) + timedelta(days=1)
    started = kiosk.desk.school.start([1], day=day)
    kiosk.beat()
    opens, closes = started.session.opens_at, started.session.closes_at
    assert kiosk.sign_in.closed() == NoSession()
    kiosk.later(at=opens - timedelta(milliseconds=1))
    kiosk.wall = datetime(2001, 1, 1, tzinfo=UTC)
    assert kiosk.sign_in.closed() == NoSession(), "it is another day still"
    kiosk.later(milliseconds=1)
    assert kiosk.sign_in.closed() is None
    signed_in(kiosk, started)
    kiosk.later(at=closes - timedelta(milliseconds=1))
    assert kiosk.sign_in.closed() is None
    kiosk.later(milliseconds=1)
    assert isinstance(kiosk.sign_in.sign_in(started.session.password, started.pins[0].pin), TooLate)


def test_a_session_later_today_is_too_early(kiosk: Enrolled) -> None:
    """With the time at the school."""
    school = kiosk.desk.school
    school.rules = replace(school.rules, timetable=replace(school.rules.timetable, sign_in_from=time(11, 30)))
    started = fetched(kiosk)
    closed = kiosk.sign_in.closed()
    assert isinstance(closed, TooEarly)
    assert kiosk.sign_in.clock_time(closed) == "11:30"
    assert kiosk.admit(started, started.pins[0]) == closed


@pytest.mark.parametrize("wrong", [timedelta(hours=-2), timedelta(days=-1), timedelta(days=1)])
def test_staff_confirm_a_date_that_may_be_wrong(kiosk: Enrolled, wrong: timedelta) -> None:
    """After a start without the desk: the PC's clock is before the desk's last time, or on another day."""
    started = fetched(kiosk)
    kiosk.away = True
    kiosk.wall += wrong
    kiosk.start()
    assert kiosk.sign_in.closed() == NoSession()
    assert kiosk.sign_in.for_staff() == (words.DATE_IN_DOUBT,)
    assert kiosk.type(started, started.pins[0]) == NoSession()
    assert kiosk.room.date_in_doubt()[0] == "The session here is for 7 June 2027."
    kiosk.room.confirm_date()
    assert kiosk.sign_in.for_staff() == kiosk.room.date_in_doubt() == ()
    assert kiosk.sign_in.closed() is None
    pupil = signed_in(kiosk, started)
    (note,) = kiosk.sign_in.prepare(pupil, kiosk.sign_in.granted(pupil)).notes
    assert note.startswith("staff confirmed that it is 7 June 2027; the clock of this PC said ")
    assert kiosk.journal.audited()[-1] == ("kiosk:PC7", "kiosk.date_confirmed", "PC7")


def test_nothing_is_to_confirm_where_the_clock_can_be_right(kiosk: Enrolled) -> None:
    """Not even a millisecond before or after the desk's last time is any matter, unless it is before."""
    started = fetched(kiosk)
    kiosk.away = True
    kiosk.start()
    assert kiosk.keeper.in_doubt() is None
    signed_in(kiosk, started)
    kiosk.wall -= timedelta(milliseconds=1)
    kiosk.start()
    assert kiosk.keeper.in_doubt() is not None
    kiosk.beat()
    assert kiosk.keeper.in_doubt() is None, "the desk says the time"


def test_after_the_practice_a_kiosk_asks_itself_once_more(kiosk: Enrolled) -> None:
    """A PIN that staff took back meanwhile, or a session that is over, begins no check."""
    started = fetched(kiosk, 1, 2)
    first, second = (kiosk.journal.sign_in(pin, "PC7") for pin in started.pins)
    assert kiosk.sign_in.may_begin("00000000-0000-0000-0000-000000000000") is MayBegin.UNKNOWN
    assert kiosk.sign_in.may_begin(first) is MayBegin.YES
    kiosk.desk.school.reason(1)
    kiosk.beat()
    assert kiosk.sign_in.may_begin(first) is MayBegin.NO
    assert kiosk.sign_in.may_begin(second) is MayBegin.YES
    kiosk.later(at=started.session.closes_at)
    assert kiosk.sign_in.may_begin(second) is MayBegin.NO
    kiosk.journal.finish(second)
    assert kiosk.sign_in.may_begin(second) is MayBegin.OVER


def test_a_look_chosen_here_comes_back_although_the_kiosk_has_no_pupils(kiosk: Enrolled) -> None:
    """The journal has it; it is written without a row that names a pupil of the register."""
    write_arrangements(kiosk.desk.home, f"pupils:\n  {ONE}:\n    arrangements: [CCT, FTS]\n    colours: choose\n")
    started = fetched(kiosk)
    attempt = kiosk.journal.sign_in(started.pins[0], "PC7")
    kiosk.journal.hear(attempt, LookChosen(kiosk.journal.at(attempt), Colours.BOP, Size.XLG))
    (count,) = kiosk.journal.db.execute("select count(*) from preference").fetchone()
    assert count == 0
    pupil = signed_in(kiosk, started)
    found = kiosk.sign_in.granted(pupil)
    chosen = Chosen(Colours.BOP if found.chooses_colours else None, Size.XLG if found.chooses_size else None)
    assert found == found.with_choice(chosen)
    assert found.chooses_colours or found.chooses_size


def test_this_is_not_me_before_the_first_question_is_a_wrong_try_here(kiosk: Enrolled) -> None:
    """The hook writes no pupil that the kiosk does not know, and no record."""
    started = fetched(kiosk)
    attempt = kiosk.journal.sign_in(started.pins[0], "PC7")
    kiosk.journal.hear(attempt, BackedOut(kiosk.journal.at(attempt), Source.KEYBOARD))
    rows = kiosk.journal.db.execute("select kiosk, pupil_id, result from sign_in").fetchall()
    assert rows == [("PC7", None, "not_me")]


def test_records_name_the_desks_school_also_once_it_is_renamed(kiosk: Enrolled) -> None:
    """By the network, and by a pack on a stick."""
    (kiosk.desk.home.config_dir / "school.yaml").write_text("name: Larkfield\nurn: 123456\n")
    fetched(kiosk)
    sealer = sealer_of(kiosk.home, kiosk.room.school.opened.configuration, made_up=True)
    assert (sealer.school.name, sealer.school.urn) == ("Larkfield", "123456")
    assert (sealer.kiosk, sealer.into_inbox, sealer.into_outbox) == ("PC7", False, True)
    (kiosk.desk.home.config_dir / "school.yaml").write_text("name: Meadow Trust\nurn: 654321\n")
    with kiosk.desk.console() as office:
        brought = packs.make(office)
    assert brought is not None
    keep_pack(kiosk.home, brought.body)
    kiosk.keeper.read()
    sealer = sealer_of(kiosk.home, kiosk.room.school.opened.configuration, made_up=True)
    assert (sealer.school.name, sealer.school.urn) == ("Meadow Trust", "654321")


def test_a_stolen_pc_shows_no_name(kiosk: Enrolled) -> None:
    """In no byte of the kiosk's home, in the middle of a check and after it, write-ahead log and all."""
    kiosk.desk.school.db.execute("update pupil set surname = 'Quillfeather', forename = 'Zebedee' where id = 1")
    started = fetched(kiosk, 1, 2)
    pupil = signed_in(kiosk, started)
    assert kiosk.sign_in.confirm_view(pupil).surname == "Quillfeather"
    prepared = kiosk.sign_in.prepare(pupil, kiosk.sign_in.granted(pupil))
    assert kiosk.sign_in.name_of(prepared.new.id) == "Zebedee Quillfeather"
    attempt = begin(kiosk, started)
    secrets = (b"Quillfeather", b"Zebedee", b"Testerly", b"2018-03-14", ONE.encode(), started.session.password.encode())
    for _ in range(2):
        found = [(path, secret) for path, content in kiosk.bytes().items() for secret in secrets if secret in content]
        assert found == []
        kiosk.journal.finish(attempt) if not _is_over(kiosk, attempt) else None


def _is_over(kiosk: Enrolled, attempt: str) -> bool:
    with contextlib.closing(connect(kiosk.home.database)) as db:
        return db.execute("select outcome from attempt where id = ?", (attempt,)).fetchone()[0] is not None
