"""An enrolled kiosk's beats at its desk: the journal of one home is what the room of the other shows, and back.

Both sides are the program's own, with two databases and without a network.
"""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from mtc_kiosk.check.events import Cause, Noted, SetAside
from mtc_kiosk.check.facts import Held, Voided
from mtc_kiosk.kiosk.school.beating import TELLS_AN_END, Beats, Heard
from mtc_kiosk.kiosk.school.desk_commands import DeskCommands
from mtc_kiosk.office import beats as at_desk
from mtc_kiosk.office import held_checks, kiosk_commands, kiosks, restarts
from mtc_kiosk.office.kiosk_words import SOUND
from mtc_kiosk.office.room import Place, Room
from mtc_kiosk.school.kiosk_command import CommandAnswer, KioskCommand, Order, Why
from mtc_kiosk.school.selection import ById
from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import Beat, BeatAnswer, Sound, as_json
from tests.office.away_kiosk import AwayKiosk
from tests.office.conftest import home as _a_home
from tests.office.desk import HEAD, Desk
from tests.store.a_school import KEY, ASchool

home = _a_home


class Network:
    """The way to the desk: the desk's own code, unless the test cuts it before or after the desk has read a beat."""

    def __init__(self, desk: Desk, kiosk: AwayKiosk) -> None:
        self.desk, self.kiosk = desk, kiosk
        self.is_cut = self.loses_answers = False
        self.takes_s = 0.0
        self.beats: list[Beat] = []

    def beat(self, beat: Beat) -> BeatAnswer:
        """One beat, as bytes."""
        if self.is_cut:
            raise TransportTrouble("The desk cannot be reached.")
        read = Beat.model_validate_json(as_json(beat))
        self.beats.append(read)
        clock = self.desk.clock
        with self.desk.console() as office:
            answer = at_desk.take(office, self.kiosk, read, clock, clock.monotonic)
        self.desk.clock.later(self.takes_s)
        if self.loses_answers:
            raise TransportTrouble("The connection to the desk broke off.")
        return BeatAnswer.model_validate_json(as_json(answer))


class Pair:
    """A desk, and a kiosk with a home of its own, whose time is the desk's."""

    def __init__(self, desk: Desk, here: ASchool) -> None:
        self.desk, self.here, self.clock = desk, here, desk.clock
        self.network = Network(desk, desk.kiosk())
        self.woken = 0
        self.start()

    def start(self) -> None:
        """The kiosk's program starts."""
        self.commands = DeskCommands(self.wake, self.clock.monotonic)
        enrolment = Enrolment("https://desk.example:8426", "", KEY.public.hex(), "", 1, "PC7", "", "")
        self.has_sound = True
        self.beats = Beats(
            enrolment, self.commands, self.here.sealer, lambda: self.here.now, no_sound=lambda: not self.has_sound
        )

    def wake(self) -> None:
        """The thread is woken."""
        self.woken += 1

    def beat(self) -> Heard:
        """One beat, a second after the last."""
        self.clock.follow()
        self.clock.running_s += 1
        return self.beats.turn(self.here.db, self.network)

    def room(self) -> Room:
        """The desk's room."""
        return self.desk.room()

    def signs_in(self) -> str:
        """A pupil signs in at the kiosk with a PIN of the desk."""
        return self.here.sign_in(self.desk.school.start([1]).pins[0], kiosk="PC7")

    def command(self, order: Order) -> int:
        """The console gives a command for the one check that it sees."""
        with self.desk.console() as office:
            (check,) = [tile.check for tile in self.room().tiles if tile.check is not None]
            return kiosk_commands.give(office, check, order, self.clock)

    def came(self) -> KioskCommand:
        """The one command that reached the loop."""
        (command,) = self.commands.news()
        return command


@pytest.fixture
def pair(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The two, each with a database."""
    other = open_made_up_home(tmp_path_factory.mktemp("kiosk") / "home")
    open_database(other).close()
    with (
        contextlib.closing(ASchool(home.database)) as school,
        contextlib.closing(ASchool(other.database, delivers=False, sends=True)) as here,
    ):
        yield Pair(Desk(home, school), here)


def test_the_room_shows_what_the_kiosk_s_journal_says(pair: Pair) -> None:
    """Each step within a beat."""
    attempt, said = pair.signs_in(), []

    def look() -> None:
        pair.beat()
        said.append(pair.desk.tile(1).words)

    look()
    for step in (pair.here.practise, pair.here.begin, pair.here.hold, pair.here.release, pair.here.finish):
        step(attempt)
        look()
    assert said == ["Signed in", "Practice 1 of 1", "Question 1 of 4", "Held at 1", "Question 1 of 4", "Finishing"]
    assert pair.desk.tile(1).kiosk == "PC7"


def test_a_held_check_comes_with_all_that_the_card_says(pair: Pair) -> None:
    """Cause, cost, whether only stopping is left, that it is set aside, that carrying on was offered."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.here.hear(attempt, Voided(5, 1, 1, Cause.KEYBOARD, 1, None, 7, 7), Held(6, Cause.KEYBOARD, only_stop=False))
    pair.beat()
    need = pair.desk.need()
    assert (need.happened, need.costs) == ("The keyboard came out.", "Question 1 is replaced, so no mark is lost.")
    pair.here.hear(attempt, Noted(7, "room", "carry on offered"))
    pair.beat()
    assert pair.desk.need().is_offered
    pair.here.hear(attempt, SetAside(8))
    pair.beat()
    assert pair.desk.need().happened == "The check was set aside."
    pair.here.hear(attempt, Held(9, Cause.STALL, only_stop=True))
    pair.beat()
    assert pair.desk.need().allowed == (Order.STOP,)


@pytest.mark.parametrize("ahead_s", [-3600, -1.9, 0, 1.9, 3600, 86400 * 400])
def test_a_kiosk_s_wrong_clock_makes_no_check_late(pair: Pair, ahead_s: float) -> None:
    """Its times are told by the desk's clock: neither overdue, nor held for an hour."""
    pair.here.now += timedelta(seconds=ahead_s)
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    assert pair.desk.tile(1).place is Place.GOING
    pair.here.hold(attempt)
    pair.beat()
    assert pair.desk.need().since == "for less than a minute"


def test_a_command_reaches_the_loop_once_and_its_answer_the_console(pair: Pair) -> None:
    """However often the desk sends it, and although one answer was lost on the way."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    command_id = pair.command(Order.HOLD)
    pair.beat()
    pair.beat()
    command = pair.came()
    assert (command.attempt_id, command.run, command.hold_seq, command.order) == (attempt, 1, 0, Order.HOLD)
    assert not command.has_expired(pair.commands.now())
    pair.commands.answer(command, CommandAnswer.DONE)
    assert pair.woken == 1
    pair.network.loses_answers = True
    with pytest.raises(TransportTrouble):
        pair.beat()
    pair.network.loses_answers = False
    pair.beat()
    assert [len(beat.answers) for beat in pair.network.beats[-2:]] == [1, 1]
    pair.beat()
    assert pair.network.beats[-1].answers == ()
    with pair.desk.console() as office:
        assert kiosk_commands.became(office, command_id, pair.clock).answer is CommandAnswer.DONE
    assert pair.commands.news() == ()


def test_a_command_expires_by_its_age_and_by_how_long_it_was_on_the_way(pair: Pair) -> None:
    """Ten seconds after the person pressed the button, whatever any wall clock says."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    pair.command(Order.HOLD)
    pair.clock.later(4)
    pair.network.takes_s = 5.999
    pair.beats.turn(pair.here.db, pair.network)
    command = pair.came()
    pair.here.now += timedelta(days=1)
    pair.clock.now -= timedelta(days=1)
    assert not command.has_expired(pair.commands.now())
    pair.clock.later(0.001)
    assert command.has_expired(pair.commands.now())


def test_no_command_survives_the_kiosk_s_restart(pair: Pair) -> None:
    """Not even if the first beat's answer is lost."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    command_id = pair.command(Order.HOLD)
    pair.start()
    pair.network.loses_answers = True
    with pytest.raises(TransportTrouble):
        pair.beat()
    pair.network.loses_answers = False
    pair.beat()
    pair.beat()
    assert [beat.started for beat in pair.network.beats[-3:]] == [True, True, False]
    assert pair.commands.news() == ()
    with pair.desk.console() as office:
        assert "was started again" in kiosk_commands.became(office, command_id, pair.clock).sentence


def test_without_a_network_everything_is_told_once_it_is_back(pair: Pair) -> None:
    """Meanwhile the check is held as far as the desk knows; what happened is there with the first beat."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    pair.network.is_cut = True
    pair.here.finish(attempt)
    with pytest.raises(TransportTrouble):
        pair.beat()
    assert (pair.beats.waiting, pair.beats.waiting_checks) == (1, 1)
    pair.network.is_cut = False
    pair.beat()
    assert pair.desk.tile(1).words == "Finishing"
    with pair.desk.console() as office:
        assert office.db.execute("select waiting from kiosk_seen").fetchone() == (1,)


def test_an_end_is_told_a_few_times_and_again_to_a_restored_desk(pair: Pair) -> None:
    """So that beats stay small, and none is lost with a desk that is ended before it wrote."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.here.finish(attempt)
    for _ in range(TELLS_AN_END + 1):
        pair.beat()
    assert [len(beat.attempts) for beat in pair.network.beats] == [1] * TELLS_AN_END + [0]
    pair.desk.school.db.execute("update desk_epoch set epoch = ?", ("0" * 32,))
    pair.beat()
    pair.beat()
    assert [len(beat.attempts) for beat in pair.network.beats[-2:]] == [0, 1]


def test_a_restored_desk_s_commands_are_followed_though_their_numbers_were_used_before(pair: Pair) -> None:
    """Its backup is older than the last command: the next one has that number again."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    numbers = [pair.command(Order.HOLD)]
    pair.beat()
    pair.commands.answer(pair.came(), CommandAnswer.REFUSED, Why.BUSY)
    db = pair.desk.school.db
    for trigger in ("is_kept", "is_answered_once"):
        db.execute(f"drop trigger kiosk_command_{trigger}")
    db.execute("delete from kiosk_command")
    db.execute("update desk_epoch set epoch = ?", ("0" * 32,))
    pair.beat()
    numbers.append(pair.command(Order.HOLD))
    pair.beat()
    command = pair.came()
    assert (len(set(numbers)), command.order) == (1, Order.HOLD)


def test_a_restart_at_the_desk_ends_the_held_check_at_the_kiosk(pair: Pair) -> None:
    """With a record of it, and the loop looks; one that a pupil is taking goes on."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    pair.clock.now += timedelta(seconds=10)  # the desk has not heard from it for long enough
    away_restart(pair)
    pair.clock.now -= timedelta(seconds=10)
    ended = "select outcome from attempt where id = ?"
    pair.beat()
    assert pair.here.db.execute(ended, (attempt,)).fetchone() == (None,)
    assert pair.commands.news() == ()
    pair.here.hold(attempt)
    pair.beat()
    assert pair.here.db.execute(ended, (attempt,)).fetchone() == ("superseded",)
    assert pair.here.db.execute("select type, record_id from outbox").fetchall() == [("check", attempt)]
    command = pair.came()
    assert (command.attempt_id, command.is_over) == (attempt, True)
    pair.commands.answer(command, CommandAnswer.REFUSED, Why.ENDED)
    assert pair.beats.turn(pair.here.db, pair.network) is not None
    assert pair.network.beats[-1].answers == ()


def away_restart(pair: Pair) -> None:
    """A head gives a restart while the desk does not hear from the kiosk."""
    with pair.desk.console(HEAD) as office:
        office.db.execute("update kiosk_seen set seen_at = '2020-01-01T00:00:00.000Z'")
        assert held_checks.waiting(office)
        restarts.give(office, ById((1,)), "ITI")


def test_a_walk_up_is_told_to_nobody_and_says_whether_the_sound_was_tried(pair: Pair) -> None:
    """Its attempt stays on the PC."""
    pair.beat()
    assert pair.network.beats[-1].sound is Sound.NOT_TRIED
    heard = '{"practice": [], "arrangements": {"alert": true}}'
    pair.here.db.execute(
        "insert into attempt (id, kind, form, settings, kiosk, started_at, finished_at, outcome)"
        " values ('walk-up', 'try', '{\"items\": []}', ?, 'PC7', ?, ?, 'complete')",
        (heard, "2027-06-07T08:00:00.000Z", "2027-06-07T08:05:00.000Z"),
    )
    pair.beat()
    assert (pair.network.beats[-1].sound, pair.network.beats[-1].attempts) == (Sound.TRIED, ())
    pair.has_sound = False  # it was unplugged since
    pair.beat()
    with pair.desk.console() as office:
        (kiosk,) = kiosks.listed(office).in_use
    assert kiosk.kiosk.said is not None
    assert SOUND[kiosk.kiosk.said.sound] == "No sound"


def test_what_a_beat_sends_names_no_pupil(pair: Pair) -> None:
    """A check code and numbers only."""
    attempt = pair.signs_in()
    pair.here.begin(attempt)
    pair.beat()
    sent = as_json(pair.network.beats[-1])
    assert b"Testerly" not in sent
    assert b"Amy" not in sent
    assert [one.id for one in away.unfinished(pair.desk.school.db)] == [attempt]
