"""The link of an enrolled kiosk: real threads and HTTPS, a desk in a process of its own, and one that never answers."""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.kiosk.school.desk_link import (
    LONGEST_S,
    SHOWN_AFTER_S,
    SOONEST_S,
    DeskLink,
    pause_s,
)
from mtc_kiosk.kiosk.school.desk_time import DeskTime
from mtc_kiosk.kiosk.school.pack_keeper import PackKeeper
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.office import kiosk_commands, kiosks, sync
from mtc_kiosk.office.beats import LONGEST_MS, MANY_KIOSKS
from mtc_kiosk.office.open import configuration_of
from mtc_kiosk.office.results import results_to_export
from mtc_kiosk.office.room import room_now
from mtc_kiosk.office.sealing import sealer_of
from mtc_kiosk.office.status import of_register
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.school.kiosk_command import CommandAnswer, Order
from mtc_kiosk.store.classroom.seen import pc_clock, present_kiosks
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.sync.pack_file import pack_path
from mtc_kiosk.sync.receive import Fate
from tests.console.api.lan_desk import OWNER, LanDesk, lan_desk
from tests.kiosk.breaking import Make
from tests.kiosk.virtual import Bench
from tests.office.as_staff import open_as
from tests.office.enrolling import JoiningPc
from tests.record.examples import finished_robot
from tests.record.homes import ACT
from tests.store.a_school import ASchool
from tests.store.alter import altered
from tests.store.kiosks_at_a_desk import join, say
from tests.sync.certificates import make_certificate

NOW, RELEASED = "2027-06-07T09:00:00Z", "2027-09-01T09:00:00Z"
MOST_S = 20.0


def until(is_so: Callable[[], object], most_s: float = MOST_S) -> float:
    """Wait until something is so, and say for how many seconds; the test fails after the most."""
    began, pause = time.monotonic(), threading.Event()
    while not is_so():
        assert time.monotonic() - began < most_s
        pause.wait(0.02)
    return time.monotonic() - began


class Away:
    """A kiosk in a home of its own, with a link that the test starts, and the school whose desk it is."""

    def __init__(self, home: Home, school: ASchool, here: ASchool) -> None:
        self.home, self.school, self.here = home, school, here
        self.told: list[str] = []
        self.ahead_s = 0.0
        self.link: DeskLink

    def linked(self, enrolment: Enrolment, packs: PackKeeper | None = None) -> DeskLink:
        """The link, which has not begun."""
        self.beats_begun = threading.Semaphore(0)
        sealer = replace(
            sealer_of(self.home, configuration_of(self.home), made_up=True), into_inbox=False, into_outbox=True
        )
        self.sealer = sealer

        def tell(sentences: Sequence[str]) -> None:
            self.told += sentences

        def clock() -> datetime:
            if threading.current_thread().name == "desk beats":
                self.beats_begun.release()
            return self.here.now

        self.link = DeskLink(self.home, enrolment, sealer, clock, tell, packs, packs, running=self.passed_s)
        return self.link

    def passed_s(self) -> float:
        """The kiosk's clock that counts sleep."""
        return time.monotonic() + self.ahead_s

    def takes(self, pupil_id: int, *, seals: bool = True) -> str:
        """A pupil takes a whole check here; its record waits, if it was made."""
        attempt = self.here.sign_in(self.school.start([pupil_id]).pins[0], kiosk="PC7")
        self.here.begin(attempt)
        self.here.finish(attempt)
        if seals:
            self.sealer.check(self.here.db, attempt)
        return attempt

    def takes_well(self, pupil_id: int) -> None:
        """A robot takes a whole check here, with every answer; its record waits, and can be proven."""
        pin = self.school.start([pupil_id]).pins[0]
        self.sealer.check(self.here.db, self.here.take_with(pin, finished_robot(), "PC7"))

    def receipts(self) -> int:
        """How many receipts of the desk are here."""
        (count,) = self.here.db.execute("select count(*) from receipt").fetchone()
        return int(count)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanDesk]:
    """A desk with a school, in a process of its own."""
    home = open_made_up_home(tmp_path_factory.mktemp("desk") / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(10, "4A")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MTC_KIOSK_NOW", NOW)
        with lan_desk(home) as running:
            yield running


@pytest.fixture
def away(desk: LanDesk, tmp_path: Path) -> Iterator[Away]:
    """A kiosk's home, with the desk's school beside it."""
    home = open_made_up_home(tmp_path / "kiosk")
    open_database(home).close()
    with (
        contextlib.closing(ASchool(desk.home.database)) as school,
        contextlib.closing(ASchool(home.database, delivers=False)) as here,
    ):
        yield Away(home, school, here)


def test_a_check_is_delivered_as_it_ends_and_commands_go_to_and_fro(desk: LanDesk, away: Away) -> None:
    """With no wait for a next look; the console's command is at the kiosk, and its answer back, within two seconds."""
    enrolment = desk.joined(JoiningPc("PC7", device_key(away.home)))
    link = away.linked(enrolment)
    with contextlib.closing(link):
        link.start()
        until(lambda: "PC7" in present_kiosks(away.school.db, pc_clock()))
        attempt = away.here.sign_in(away.school.start([2]).pins[0], kiosk="PC7")
        away.here.begin(attempt)
        with open_as(desk.home.root, now=NOW) as office:
            until(lambda: any(tile.check is not None for tile in room_now(office).tiles))
            (check,) = [tile.check for tile in room_now(office).tiles if tile.check is not None]
            command_id = kiosk_commands.give(office, check, Order.HOLD)
            came = list(link.commands.news())
            assert until(lambda: came or came.extend(link.commands.news())) < 2
            link.commands.answer(came[0], CommandAnswer.DONE)
            assert until(lambda: kiosk_commands.became(office, command_id).answer is CommandAnswer.DONE) < 2
        away.here.finish(attempt)
        away.sealer.check(away.here.db, attempt)
        link.check_ended()
        assert until(lambda: away.receipts() == 1) < 5
        there = "select record_id from inbox union all select record_id from conflict"
        assert away.school.db.execute(there).fetchall() == [(attempt,)]
        assert not came[0].has_expired(link.commands.now())
        away.ahead_s = 60  # the PC slept: no command is younger for it
        assert came[0].has_expired(link.commands.now())
    assert away.told == []


def test_the_end_of_a_check_wakes_the_link_at_once(desk: LanDesk, away: Away) -> None:
    """The next beat would come 1.7 seconds after the last one, as there are very many kiosks."""
    enrolment = desk.joined(JoiningPc("PC17", device_key(away.home)))
    others = [join(away.school.db, ACT, f"hall-{number}") for number in range(MANY_KIOSKS)]
    attempt = away.here.sign_in(away.school.start([7]).pins[0], kiosk="PC7")
    away.here.begin(attempt)
    with contextlib.closing(away.linked(enrolment)) as link:
        link.start()
        assert away.beats_begun.acquire(timeout=MOST_S)
        until(lambda: link.is_heard)
        for other in others:
            say(away.school.db, other, pc_clock())
        for _ in range(2):  # the second is a long pause after the first
            while away.beats_begun.acquire(blocking=False):
                pass
            assert away.beats_begun.acquire(timeout=MOST_S)
        until(lambda: not link._beat_now.is_set() and not link._deliver_now.is_set())
        away.here.finish(attempt)
        away.sealer.check(away.here.db, attempt)
        link.check_ended()
        assert until(lambda: away.receipts() == 1) < LONGEST_MS / 1000 - 0.5


def test_a_removed_kiosk_loses_its_list_of_pupils_and_its_checks_arrive_by_stick(
    desk: LanDesk, away: Away, tmp_path: Path
) -> None:
    """Its welcome page says so, and what waits for the desk stays until its receipt is there."""
    enrolment = desk.joined(JoiningPc("PC16", device_key(away.home)))
    keep_enrolment(away.home, enrolment)
    keeper = PackKeeper(
        away.home, enrolment, DeskTime(lambda: away.here.now, away.passed_s), away.told.extend, made_up=True
    )
    link, stick = away.linked(enrolment, keeper), tmp_path / "stick"
    with contextlib.closing(link):
        pin = away.school.start([8]).pins[0]
        link.start()
        until(lambda: keeper.version)
        attempt = away.here.sign_in(pin, kiosk="PC16")
        away.here.begin(attempt)
        assert link.for_staff(lacks_pack=False) == ()
        with open_as(desk.home.root, OWNER, NOW) as office:
            kiosks.revoke(office, enrolment.kiosk)
        until(lambda: keeper.version is None)
        assert not pack_path(away.home).exists()
        away.here.finish(attempt)
        away.sealer.check(away.here.db, attempt)
        link.check_ended()
        until(lambda: link._waiting_checks == 1)
        away.ahead_s = SHOWN_AFTER_S
        assert (link.for_staff(lacks_pack=True), link.waiting_checks) == ((words.NO_LONGER_A_KIOSK,), 1)
        stick.mkdir()
        with open_as(away.home.root, OWNER, NOW) as here, open_as(desk.home.root, OWNER, NOW) as office:
            assert [pushed.written for pushed in sync.push(here, stick)] == [1]
            assert [each.fate for each in sync.receive(office, stick).files] == [Fate.NEW]
            assert [pushed.arrived.records for pushed in sync.push(here, stick)] == [1]
        link.check_ended()
        until(lambda: link._waiting_checks == 0)


def test_what_waited_goes_with_the_first_beat_that_succeeds(desk: LanDesk, away: Away) -> None:
    """The desk was away; until then the kiosk says how many checks wait, once they have waited a while."""
    enrolment = desk.joined(JoiningPc("PC8", device_key(away.home)))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away_address = f"https://127.0.0.1:{nobody.getsockname()[1]}"
        link = away.linked(replace(enrolment, address=away_address))
        away.takes(3)
        with contextlib.closing(link):
            link.start()
            until(lambda: link._waiting_checks == 1)
            assert link.waiting_checks == 0
            away.ahead_s = SHOWN_AFTER_S
            assert link.waiting_checks == 1
    link = away.linked(enrolment)
    with contextlib.closing(link):
        link.start()
        until(lambda: away.receipts() == 1)
        until(lambda: link._waiting_checks == 0)
        assert link.waiting_checks == 0
    assert away.told == []


def test_a_school_with_a_new_name_and_urn_takes_every_check_of_its_kiosks(desk: LanDesk, away: Away) -> None:
    """One that waited at the kiosk from before, and one taken there since: both count at the desk."""
    settings = desk.home.config_dir / "school.yaml"
    before = settings.read_bytes()
    settings.write_text("name: Larkfield\nurn: 123456\n", encoding="utf-8")
    enrolment = desk.joined(JoiningPc("PC11", device_key(away.home)))
    keep_enrolment(away.home, enrolment)
    assert enrolment.urn == "123456"
    link = away.linked(enrolment)
    away.takes_well(4)
    settings.write_text("name: Meadow Trust Juniors\nurn: 654321\n", encoding="utf-8")
    with contextlib.closing(link):
        link.start()
        until(lambda: away.receipts() == 1 or away.told)
        away.takes_well(5)
        link.check_ended()
        until(lambda: away.receipts() == 2 or away.told)
    assert away.told == []
    with open_as(desk.home.root, now=RELEASED) as office:
        labels = {each.pupil.id: str(each.status.label) for each in of_register(office).pupils}
        scores = {row.pupil.id: row.result.score for row in results_to_export(office).rows}
    settings.write_bytes(before)
    assert [(labels[each], scores[each]) for each in (4, 5)] == [("Complete", 4), ("Complete", 4)]


def test_a_new_name_at_the_desk_is_the_kiosk_s_from_its_next_start(desk: LanDesk, away: Away) -> None:
    """Its file says so."""
    enrolment = desk.joined(JoiningPc("PC9", device_key(away.home)))
    away.school.db.execute("update kiosk set name = 'Hall' where id = ?", (enrolment.kiosk,))
    with contextlib.closing(away.linked(enrolment)) as link:
        link.start()
        until(lambda: enrolment_of(away.home) == replace(enrolment, name="Hall"))


def test_a_desk_that_knows_this_kiosk_no_longer_is_told_to_staff_once(desk: LanDesk, away: Away) -> None:
    """A network that is away is not: it comes back by itself."""
    enrolment = desk.joined(JoiningPc("PC10", device_key(away.home)))
    with contextlib.closing(away.linked(replace(enrolment, token="A" * 43))) as link:
        link.start()
        until(lambda: away.told)
        link.check_ended()
    (sentence,) = away.told
    assert "This desk does not know this PC." in sentence


def test_a_desk_that_only_a_person_can_mend_is_on_the_welcome_page(desk: LanDesk, away: Away, tmp_path: Path) -> None:
    """Such as another PC at its address, or a certificate that was changed: the network is not what to check."""
    enrolment = desk.joined(JoiningPc("PC18", device_key(away.home)))
    other, _ = make_certificate(tmp_path, "another.example")
    with contextlib.closing(away.linked(replace(enrolment, certificate=other.read_text(encoding="ascii")))) as link:
        link.start()
        until(lambda: away.told)
        assert link.for_staff(lacks_pack=False) == (words.DESK_AT_ODDS,)
    with contextlib.closing(away.linked(enrolment)) as link:
        link.start()
        until(lambda: link.is_heard)
        assert link.for_staff(lacks_pack=False) == ()


def test_a_check_whose_record_could_not_be_made_when_it_ended_is_delivered_all_the_same(
    desk: LanDesk, away: Away
) -> None:
    """Such as while the file about the desk could not be read; another that can never be made keeps back none."""
    enrolment = desk.joined(JoiningPc("PC14", device_key(away.home)))
    with contextlib.closing(away.linked(enrolment)) as link:
        odd, late = away.takes(9, seals=False), away.takes(10, seals=False)
        with altered(away.home.database, f"update event set data = '[]' where attempt_id = '{odd}'"):
            link.start()
            until(lambda: away.receipts() == 1)
            until(lambda: away.told)
    assert away.here.db.execute("select record_id from receipt").fetchall() == [(late,)]


def test_a_check_that_cannot_be_delivered_is_told_to_staff(desk: LanDesk, away: Away) -> None:
    """It was changed in this PC's database: no network that comes back brings it to the desk."""
    enrolment = desk.joined(JoiningPc("PC12", device_key(away.home)))
    other = "update outbox set body = cast(replace(cast(body as text), '7', '8') as blob)"
    with contextlib.closing(away.linked(enrolment)) as link:
        away.takes(6)
        with altered(away.home.database, other):
            link.start()
            until(lambda: away.told)
    assert "1 record on this PC was changed in its database" in away.told[0]
    assert away.receipts() == 0


def test_a_fault_in_a_thread_is_told_to_staff_and_ends_none(desk: LanDesk, away: Away) -> None:
    """Here the file about the desk is damaged; the kiosk goes on, and its end is not held up."""
    enrolment = desk.joined(JoiningPc("PC13", device_key(away.home)))
    with contextlib.closing(away.linked(replace(enrolment, desk_key="no key"))) as link:
        link.start()
        until(lambda: away.told)
        assert all(thread.is_alive() for thread in link._threads)
    assert not any(thread.is_alive() for thread in link._threads)
    assert "ValueError" in away.told[0]


@contextlib.contextmanager
def silent_desk() -> Iterator[tuple[str, list[socket.socket]]]:
    """Something that takes every connection and never says a word; its address, and the connections."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def take() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(listener.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", taken
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    for each in taken:
        each.close()


def whole_check(bench: Bench) -> list[Fact]:
    """A check in which every question runs to its limit, and what the journal has of it."""
    for number in (1, 2, 3):
        bench.reach(Place.QUESTION, number)
        bench.type_in("5")
        bench.end_question()
    bench.flush()
    return list(bench.facts)


def test_a_desk_that_never_answers_changes_no_time_limit(desk: LanDesk, away: Away, bench: Make) -> None:
    """The check's journal is the same to the microsecond, and the beat of its beginning still waits at its end."""
    alone = whole_check(bench(passcode="secret"))
    enrolment = desk.joined(JoiningPc("PC11", device_key(away.home)))
    with silent_desk() as (address, taken):
        link = away.linked(replace(enrolment, address=address))
        with contextlib.closing(link):
            link.start()
            until(lambda: taken)
            waited = whole_check(bench(passcode="secret", console=lambda _: link.commands))
            assert not link._is_heard.is_set()
    assert [repr(fact) for fact in waited] == [repr(fact) for fact in alone]


@pytest.mark.parametrize("chance", [0.0, 0.999999])
def test_after_failures_the_pauses_grow_to_a_bound_and_are_never_all_the_same(chance: float) -> None:
    """So that thirty kiosks do not all come at once, and a network that is back is noticed within five seconds."""

    class Fixed(random.Random):
        def random(self) -> float:
            return chance

    pauses = [pause_s(failures, SOONEST_S, LONGEST_S, Fixed()) for failures in (1, 2, 3, 4, 2000)]
    whole = [1, 2, 4, 5, 5]
    assert pauses == pytest.approx([each * (0.5 if chance == 0 else 1) for each in whole], abs=0.001)
