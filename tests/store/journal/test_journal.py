"""The journal: what is given reaches the disk in order, and the loop hears of it (store.journal)."""

import itertools
import json
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.arrangements import Chosen, Colours, Size
from mtc_kiosk.check.events import LookChosen
from mtc_kiosk.check.facts import Answered, Finished
from mtc_kiosk.check.replay import counting_answers, replay
from mtc_kiosk.record.assistant_name import AssistantName
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal import writer_thread
from mtc_kiosk.store.journal.batch_writer import TIDY_AFTER_ROWS
from mtc_kiosk.store.journal.journal import Journal, Kept, Recovered, RowRejected, Trouble
from tests.check.golden_checks import GOLDEN_CHECKS
from tests.check.robot import Robot
from tests.store.examples import BEGAN, new_attempt, stamp, typed
from tests.store.listening import LONGEST_WAIT_S, Listening

AN_HOUR_S = 3600.0


def keep_all(journal: Journal, robot: Robot, attempt_id: str = "a") -> None:
    """Hand over a robot's check turn by turn."""
    first, *later = robot.turns
    journal.begin(new_attempt(attempt_id, form=robot.form, settings=robot.settings), first, stamp())
    for turn in later:
        journal.keep(attempt_id, turn, stamp(turn[-1].at))


@pytest.mark.parametrize("name", GOLDEN_CHECKS)
def test_a_stored_check_replays_to_its_answers(home: Home, name: str) -> None:
    """Replay of a journal from the disk gives the machine, its outcome, and the rows of ``answer`` that count."""
    robot = GOLDEN_CHECKS[name]()
    with Listening(home) as loop:
        keep_all(loop.journal, robot)
        assert not [news for news in loop.all() if not isinstance(news, Kept)]
        stored = loop.journal.load_attempt("a")
    assert stored.facts == robot.journal
    again = replay(stored.form, stored.settings, stored.facts)
    assert (again.machine, again.missing) == (robot.machine, ())
    assert stored.outcome == robot.machine.outcome
    db = connect(home.database)
    query = "select number, showing, response, at_us, by from answer where by <> 'void' order by number"
    rows = db.execute(query).fetchall()
    db.close()
    counting = counting_answers(stored.facts)
    assert rows == [(a.number, a.showing, a.response, a.at, str(a.by)) for a in counting]
    assert stored.broken_at is None


@given(lives=st.lists(st.integers(1, 12), max_size=6))
@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_check_goes_on_over_any_number_of_lives(new_home: Callable[[], Home], lives: list[int]) -> None:
    """Switched off after any turns and taken up again, each time under a new run number; the journal replays."""
    home, robot, given_so_far = new_home(), Robot(), 0
    journal = Journal(home)
    journal.begin(new_attempt(), robot.turns[0], stamp())
    for run, turns in enumerate(lives, start=2):
        for _ in range(turns):
            if robot.machine.held is not None:
                robot.released()
            if robot.machine.outcome is None:
                robot.go_on()
        for turn in robot.turns[max(1, given_so_far) :]:
            journal.keep("a", turn, stamp(turn[-1].at, run=run - 1))
        given_so_far = len(robot.turns)
        assert journal.close()
        journal = Journal(home)
        stored = journal.load_attempt("a")
        assert stored.facts == robot.journal
        assert (stored.last_at_us, stored.broken_at) == (robot.journal[-1].at, None)
        assert replay(stored.form, stored.settings, stored.facts).machine == robot.machine
        if robot.machine.outcome is None:
            robot.resumed()
    journal.close()


def test_tickets_are_kept_in_the_order_they_were_given(home: Home) -> None:
    """Whatever the groups in which they were written."""
    with Listening(home) as loop:
        tickets = [loop.journal.begin(new_attempt(), (BEGAN,), stamp())]
        tickets += [loop.journal.keep("a", (typed(at),), stamp(at)) for at in range(1, 100)]
        assert loop.kept() == tickets == list(range(1, 101))


def test_threads_may_give_at_the_same_time(home: Home) -> None:
    """A ticket's number is its place in the queue: nothing counts as kept before it is."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        gives = [
            threading.Thread(target=lambda: [loop.journal.keep("a", (typed(1),), stamp()) for _ in range(200)])
            for _ in range(4)
        ]
        for thread in gives:
            thread.start()
        for thread in gives:
            thread.join()
        assert loop.kept() == list(range(1, 802))


def test_a_ticket_is_kept_at_the_moment_of_its_commit(home: Home) -> None:
    """The clock is read once a commit, behind it: by then another connection sees the rows."""
    seen: list[int] = []

    def now_ns() -> int:
        beside = connect(home.database)
        seen.append(beside["event"].count)
        beside.close()
        return 1_000 + len(seen)

    with Listening(home, now_ns=now_ns) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        assert loop.all() == [Kept(1, 1_001)]
        loop.journal.keep("a", (typed(1), typed(2)), stamp())
        assert loop.all() == [Kept(1, 1_001), Kept(2, 1_002)]
    assert seen == [1, 3]


def test_a_turn_reaches_the_disk_whole(home: Home) -> None:
    """Rows of one turn share one transaction: another connection never sees a part."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.all()
        beside, seen = connect(home.database), set()
        for _ in range(20):
            loop.journal.keep("a", [typed(at) for at in range(50)], stamp(50))
            while not loop.journal.flush(0):
                seen.add(beside["event"].count)
        beside.close()
    assert {(count - 1) % 50 for count in seen} <= {0}


def test_feedback_is_kept(home: Home) -> None:
    """How a pupil found the check, and when."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.journal.keep_feedback("a", "difficult", stamp().wall_ms)
        assert loop.kept() == [1, 2]
    db = connect(home.database)
    rows = db.execute("select attempt_id, at, by, choice, undoes from feedback").fetchall()
    db.close()
    assert rows == [("a", "2027-06-07T09:00:00.000Z", "pupil", "difficult", None)]


def test_the_loop_is_woken_for_news(home: Home) -> None:
    """A loop that sleeps in its window hears of a kept answer at once."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        assert loop.wait_for(Kept).ticket == 1


def test_a_loop_that_cannot_be_woken_loses_nothing(home: Home) -> None:
    """The window may be gone by then."""

    def wake() -> None:
        raise RuntimeError("the window is closed")

    journal = Journal(home, wake=wake)
    journal.begin(new_attempt(), (BEGAN,), stamp())
    assert journal.flush(LONGEST_WAIT_S)
    journal.keep("a", (typed(1),), stamp())
    assert journal.close()
    assert [type(news) for news in journal.news()] == [Kept, Kept]


def test_the_log_is_carried_over_behind_answers_only(home: Home) -> None:
    """A checkpoint in a question could keep a key waiting: it comes behind an answer, in the pause."""
    rows = [typed(at) for at in range(1, TIDY_AFTER_ROWS)]
    answer = Answered(9, 1, 1, 7, 8, "56", 1, "enter", stall=False)
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, *rows, *rows), stamp())
        loop.all()
        before = home.database.stat().st_size
        loop.journal.keep("a", (answer,), stamp())
        loop.all()
        loop.journal.keep("a", (typed(1),), stamp())  # its commit comes behind the checkpoint
        loop.all()
        assert home.database.stat().st_size > before


# -- the end


def test_an_end_says_whether_everything_is_on_the_disk(home: Home) -> None:
    """And it may be asked twice."""
    journal = Journal(home)
    journal.begin(new_attempt(), (BEGAN,), stamp())
    assert journal.close()
    assert journal.close()


def test_what_is_given_behind_the_end_is_not_on_the_disk(home: Home) -> None:
    """Neither a flush nor another end says that it is, and neither waits for what will not come."""
    journal = Journal(home)
    journal.close()
    journal.begin(new_attempt(), (BEGAN,), stamp())
    assert not journal.flush(AN_HOUR_S)
    assert not journal.close()


def test_an_end_in_trouble_tries_again_and_says_what_is_missing(home: Home) -> None:
    """It neither hangs nor keeps silent."""
    opened = itertools.count(1)

    def connect_to_nothing(_: Path) -> sqlite_utils.Database:
        next(opened)
        raise sqlite3.OperationalError("disk I/O error")

    loop = Listening(home, connect=connect_to_nothing)
    loop.journal.begin(new_attempt(), (BEGAN,), stamp())
    loop.wait_for(Trouble)
    assert not loop.journal.close(LONGEST_WAIT_S)
    assert next(opened) > writer_thread.LAST_TRIES


def test_an_end_writes_what_waited_in_trouble(home: Home) -> None:
    """The disk may be well again by then."""
    well = threading.Event()

    def connect_later(path: Path) -> sqlite_utils.Database:
        if not well.is_set():
            raise sqlite3.OperationalError("disk I/O error")
        return connect(path)

    loop = Listening(home, connect=connect_later)
    loop.journal.begin(new_attempt(), (BEGAN,), stamp())
    loop.wait_for(Trouble)
    well.set()
    assert loop.journal.close()
    assert loop.kept() == [1]


def test_an_abandoned_journal_writes_no_more(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a power cut would: what is on the disk stays, what waits for it never comes, although the disk is well."""
    monkeypatch.setattr(writer_thread, "RETRY_S", LONGEST_WAIT_S)
    failures = iter([sqlite3.OperationalError("disk I/O error")])

    def connect_second(path: Path) -> sqlite_utils.Database:
        for failure in failures:
            raise failure
        return connect(path)

    loop = Listening(home, connect=connect_second)
    loop.journal.begin(new_attempt(), (BEGAN,), stamp())
    loop.wait_for(Trouble)
    loop.journal.abandon()
    assert not loop.journal.flush(LONGEST_WAIT_S)
    db = connect(home.database)
    assert db["attempt"].count == 0
    db.close()


# -- the writer's thread


def test_a_disk_that_fails_is_told_once_and_tried_again(home: Home) -> None:
    """Trouble, then Recovered with everything that waited, in order."""
    failures = itertools.count(1)

    def connect_third(path: Path) -> sqlite_utils.Database:
        if next(failures) < 3:
            raise sqlite3.OperationalError("disk I/O error")
        return connect(path)

    with Listening(home, connect=connect_third) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.journal.keep("a", (typed(1),), stamp())
        loop.wait_for(Recovered)
        assert [type(news) for news in loop.all()] == [Trouble, Kept, Kept, Recovered]


def test_a_fault_that_nobody_foresaw_is_told_and_tried_again(home: Home) -> None:
    """Whatever it is: a journal that fails in silence would lose a whole class."""
    faults = iter([MemoryError(), ZeroDivisionError(), RuntimeError("what?")])

    def connect_at_last(path: Path) -> sqlite_utils.Database:
        for fault in faults:
            raise fault
        return connect(path)

    with Listening(home, connect=connect_at_last) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.wait_for(Recovered)
        assert [type(news) for news in loop.all()] == [Trouble, Kept, Recovered]


def test_a_connection_that_broke_is_opened_anew(home: Home) -> None:
    """A disk that went away and came back."""
    opened: list[sqlite_utils.Database] = []

    def connect_and_show(path: Path) -> sqlite_utils.Database:
        opened.append(connect(path))
        return opened[-1]

    with Listening(home, connect=connect_and_show) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.all()
        opened[0].close()
        loop.journal.keep("a", (typed(1),), stamp())
        loop.wait_for(Recovered)
        assert loop.kept() == [1, 2]
    assert len(opened) == 2


def test_the_end_of_the_thread_is_told(home: Home) -> None:
    """Where the thread itself ends, the loop hears Trouble with the place and no text of it, and waits for nothing."""

    def now_ns() -> int:
        raise RuntimeError("the clock is broken")

    loop = Listening(home, now_ns=now_ns)
    loop.journal.begin(new_attempt(), (BEGAN,), stamp())
    sentence = loop.wait_for(Trouble).sentence
    assert sentence.startswith(
        "The journal has stopped, and nothing more is saved. Start the kiosk again. (RuntimeError at "
    )
    assert "the clock is broken" not in sentence
    assert not loop.journal.flush(AN_HOUR_S)
    assert not loop.journal.close()


def test_a_file_that_is_gone_is_told_and_never_made_anew(home: Home) -> None:
    """An empty database in its place would take the next answers, and hide that all others are lost."""
    home.database.unlink()
    loop = Listening(home)
    loop.journal.begin(new_attempt(), (BEGAN,), stamp())
    loop.wait_for(Trouble)
    assert not loop.journal.close()
    assert not home.database.exists()


# -- rows that no database would take


def test_a_second_answer_that_counts_is_left_out_and_told(home: Home) -> None:
    """The events are kept; the row that breaks the rule is reported, and kept apart."""
    answer = Answered(9, 1, 1, 7, 8, "56", 1, "enter", stall=False)
    again = Answered(19, 1, 2, 7, 8, "65", 11, "timeout", stall=False)
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, answer), stamp())
        loop.journal.keep("a", (again, typed(20)), stamp())
        loop.journal.keep("a", (typed(30),), stamp())
        assert loop.kept() == [1, 2, 3]
        (refused,) = [news for news in loop.heard if isinstance(news, RowRejected)]
        assert (refused.ticket, refused.whole) == (2, False)
        assert loop.journal.load_attempt("a").facts == (BEGAN, answer, again, typed(20), typed(30))
    db = connect(home.database)
    assert db.execute("select response from answer").fetchall() == [("56",)]
    ((held, why),) = db.execute("select held, why from refused").fetchall()
    db.close()
    assert '"65"' in held
    assert why


def test_a_second_end_is_left_out_and_told(home: Home) -> None:
    """An attempt ends once, and as it ended first."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, Finished(5, "stopped")), stamp())
        loop.journal.keep("a", (Finished(6, "complete"),), stamp())
        assert [type(news) for news in loop.all()] == [Kept, Kept, RowRejected]
        assert loop.journal.load_attempt("a").outcome == "stopped"


def test_an_attempt_that_cannot_begin_holds_only_itself_up(home: Home) -> None:
    """Its facts wait, in trouble; once the loop is at another attempt they are kept apart, and all is well again."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt("bad", kind="practice"), (BEGAN,), stamp())
        assert "refused" in loop.wait_for(Trouble).sentence
        assert not loop.journal.flush(0)
        loop.journal.keep("bad", (typed(1),), stamp())
        loop.journal.begin(new_attempt("good"), (BEGAN,), stamp())
        loop.wait_for(Recovered)
        assert loop.kept() == [3]
        refused = [(news.ticket, news.whole) for news in loop.heard if isinstance(news, RowRejected)]
        assert refused == [(1, True), (2, True)]
    db = connect(home.database)
    held = [row["held"] for row in db["refused"].rows]
    db.close()
    assert "Began" in held[0]
    assert "practice" in held[0]
    assert "Typed" in held[1]


def test_an_attempt_that_cannot_begin_is_kept_apart_at_the_end(home: Home) -> None:
    """Switching off loses it no more than another attempt does."""
    journal = Journal(home)
    journal.begin(new_attempt("bad", kind="practice"), (BEGAN,), stamp())
    assert journal.close()
    db = connect(home.database)
    assert (db["refused"].count, db["attempt"].count) == (1, 0)
    db.close()


def test_a_refused_fact_holds_back_the_facts_behind_it(home: Home) -> None:
    """A journal with a hole could not be replayed: what comes later waits, and goes in behind it."""
    beside = connect(home.database)
    beside.execute(
        "create trigger no_seven before insert on event when json_extract(new.data, '$.input') = '7'"
        " begin select raise(abort, 'no seven today'); end"
    )
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, typed(1, "5")), stamp())
        loop.journal.keep("a", (typed(2, "5"), typed(2, "7")), stamp())
        loop.journal.keep("a", (typed(3, "5"),), stamp())
        assert "no seven today" in loop.wait_for(Trouble).sentence
        loop.wait_until_woken()
        assert not any(isinstance(news, Recovered) for news in loop.heard)
        assert beside["event"].count == 2
        beside.execute("drop trigger no_seven")
        loop.wait_for(Recovered)
        assert loop.kept() == [1, 2, 3]
        assert [fact.at for fact in loop.journal.load_attempt("a").facts] == [0, 1, 2, 2, 3]
    assert beside["refused"].count == 0
    beside.close()


def test_a_key_with_half_a_character_is_kept_as_a_reader_can_read_it(home: Home) -> None:
    """Some keyboards name a key by half a surrogate pair; the journal goes on, and the chain holds."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, typed(1, "\udcff"), typed(2, "\U0001f600")), stamp())
        assert loop.kept() == [1]
        stored = loop.journal.load_attempt("a")
    assert [fact.input for fact in stored.facts[1:]] == ["\ufffd", "\U0001f600"]
    assert stored.broken_at is None


def test_a_pc_that_has_been_on_for_months_can_begin_a_check(home: Home) -> None:
    """Behind 104 days a clock in nanoseconds counts further than JSON's whole numbers: it begins again at 0."""
    began = type(BEGAN)(0, BEGAN.wall_anchor, 2**53 + 5)
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (began,), stamp())
        assert loop.kept() == [1]
        assert loop.journal.load_attempt("a").facts[0].clock_anchor_ns == 5


# -- what follows in the school half


class Following:
    """Writes its calls into the table ``audit``, and fails in the ways that a test asks for."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault

    def on_begin(self, db: sqlite_utils.Database, attempt_id: str, at: str) -> None:
        """An attempt was inserted."""
        self._tell(db, f"begun {attempt_id} {at}")

    def on_first_pause(self, db: sqlite_utils.Database, attempt_id: str, at: str) -> None:
        """The first real pause began."""
        self._tell(db, f"first pause {attempt_id} {at}")

    def on_finish(self, db: sqlite_utils.Database, attempt_id: str) -> None:
        """An attempt is over: its row says so by now."""
        ((outcome, events),) = db.execute(
            "select outcome, (select count(*) from event) from attempt where id = ?", (attempt_id,)
        ).fetchall()
        self._tell(db, f"finished {attempt_id} {outcome} {events}")

    def on_look_chosen(self, db: sqlite_utils.Database, attempt_id: str, at: str, chosen: Chosen) -> None:
        """A pupil chose colours and size."""
        self._tell(db, f"chose {attempt_id} {at} {chosen.colours} {chosen.size}")

    def on_assistant(self, db: sqlite_utils.Database, row_id: int) -> None:
        """Somebody helps a pupil."""
        ((by, code),) = db.execute("select by, code from assistant where id = ?", (row_id,)).fetchall()
        self._tell(db, f"assisted {by} {code}")

    def on_feedback(self, db: sqlite_utils.Database, row_id: int) -> None:
        """A pupil answered "how was it"."""
        ((choice,),) = db.execute("select choice from feedback where id = ?", (row_id,)).fetchall()
        self._tell(db, f"felt {choice}")

    def _tell(self, db: sqlite_utils.Database, what: str) -> None:
        db.execute(
            "insert into audit (at, account, action, subject) values ('2027-06-07T09:00:00.000Z', 'x', ?, '')", (what,)
        )
        if self.fault is not None:
            raise self.fault


def followed(home: Home) -> list[str]:
    """What followed, in order."""
    db = connect(home.database)
    actions = [row["action"] for row in db["audit"].rows]
    db.close()
    return actions


def test_what_follows_is_in_the_same_transaction(home: Home) -> None:
    """Begun, the first real pause once, the end with the whole journal in sight, and how it was."""
    robot = Robot()
    robot.reach_end()
    with Listening(home, hooks=Following()) as loop:
        keep_all(loop.journal, robot)
        loop.journal.keep_feedback("a", "easy", stamp().wall_ms)
        assert all(isinstance(news, Kept) for news in loop.all())
    begun, paused, finished, felt = followed(home)
    assert begun == "begun a 2027-06-07T09:00:00.000Z"
    assert paused.startswith("first pause a 2027-06-07T09:00:")
    assert finished == f"finished a complete {len(robot.journal)}"
    assert felt == "felt easy"


def test_a_choice_and_an_assistant_are_followed(home: Home) -> None:
    """Each in its own transaction with what it follows from; the assistant is asked for by the attempt's own kiosk."""
    chosen = LookChosen(1_000_000, Colours.BOP, Size.XXL)
    with Listening(home, hooks=Following()) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, chosen), stamp())
        loop.journal.keep_assistant("a", AssistantName("Zoë", "Made-up"), stamp().wall_ms)
        assert all(isinstance(news, Kept) for news in loop.all())
        assert loop.journal.load_attempt("a").facts == (BEGAN, chosen)
    assert followed(home)[1:] == ["chose a 2027-06-07T09:00:01.000Z BOP XXL", "assisted kiosk:kiosk asked"]
    db = connect(home.database)
    row = db.execute("select attempt_id, at, by, forename, surname, code, why, undoes from assistant").fetchone()
    db.close()
    assert row == ("a", "2027-06-07T09:00:00.000Z", "kiosk:kiosk", "Zoë", "Made-up", "asked", None, None)


@pytest.mark.parametrize(("attempt_id", "kept"), [("a", 1), ("none", 0)])
def test_what_is_refused_of_an_assistant_keeps_no_name(home: Home, attempt_id: str, kept: int) -> None:
    """A record that cannot be made leaves the row; an attempt that is not there leaves neither row nor name."""
    with Listening(home, hooks=Following(ValueError("no key"))) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.journal.keep_assistant(attempt_id, AssistantName("Zoë", "Made-up"), stamp().wall_ms)
        assert len([news for news in loop.all() if isinstance(news, RowRejected)]) == 2
    db = connect(home.database)
    assert db["assistant"].count == kept
    told = json.dumps(db.execute("select held, why from refused").fetchall())
    db.close()
    assert "Made-up" not in told
    assert "Zo" not in told


def test_what_cannot_follow_is_told_and_stands_in_the_way_of_nothing(home: Home) -> None:
    """The check is kept and over; of what failed, no half is left."""
    robot = Robot()
    robot.reach_end()
    with Listening(home, hooks=Following(ValueError("no key"))) as loop:
        keep_all(loop.journal, robot)
        heard = loop.all()
        stored = loop.journal.load_attempt("a")
    assert (stored.outcome, stored.facts, stored.broken_at) == ("complete", robot.journal, None)
    refused = [news for news in heard if isinstance(news, RowRejected)]
    assert [(news.whole, "no key" in news.sentence) for news in refused] == [(False, True)] * 3
    assert followed(home) == []


def test_a_disk_that_fails_while_something_follows_is_tried_again_as_a_whole(home: Home) -> None:
    """Nothing of the turn is kept until all of it is."""
    following = Following(sqlite3.OperationalError("disk I/O error"))
    with Listening(home, hooks=following) as loop:
        loop.journal.begin(new_attempt(), (BEGAN,), stamp())
        loop.wait_for(Trouble)
        beside = connect(home.database)
        assert beside["attempt"].count == 0
        beside.close()
        following.fault = None
        loop.wait_for(Recovered)
    assert len(followed(home)) == 1
