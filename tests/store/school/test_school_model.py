"""The school's rules as the store keeps them, against a plain telling of them: whatever happens, in any order."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.results import result_of
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.school.choices import choose, take_back
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.sign_in import Kiosk, sign_in
from mtc_kiosk.store.school.statuses import statuses
from tests.school.known import LONDON
from tests.store.a_school import HEAD, TEACHER, ASchool
from tests.store.plain_school import PlainCheck, PlainPin, PlainPupil

PUPILS = (1, 2)
pupils = st.sampled_from(PUPILS)
kiosks = st.sampled_from(("PC1", "PC2"))
staff = st.sampled_from((HEAD, TEACHER))


class SchoolModel(RuleBasedStateMachine):
    """Two pupils, two kiosks, a head and a teacher."""

    template: Path

    @initialize()
    def open(self) -> None:
        """A school without anything but its pupils."""
        self.folder = Path(tempfile.mkdtemp())
        database = self.folder / "mtc.db"
        shutil.copyfile(self.template, database)
        self.school = ASchool(database, delivers=False, durable=False)
        self.school.pupils(len(PUPILS))
        self.plain = {pupil: PlainPupil() for pupil in PUPILS}
        self.issued: dict[int, tuple[str, str]] = {}
        self.pins: dict[int, object] = {}
        self.sessions = 0

    def teardown(self) -> None:
        """Give the files back."""
        if hasattr(self, "school"):
            self.school.close()
            shutil.rmtree(self.folder)

    # -- staff

    @rule(chosen=st.sets(pupils, min_size=1))
    def start(self, chosen: set[int]) -> None:
        """A session: exactly those who may have a PIN get one."""
        ready = {one for one in chosen if self.plain[one].may_have_pin(self.now, self.running)}
        try:
            started = self.school.start(sorted(chosen))
        except Refused:
            assert not ready
            return
        assert {issued.pupil_id for issued in started.pins} == ready
        assert {one.pupil_id for one in started.obstacles} == chosen - ready
        self.sessions += 1
        for issued in started.pins:
            pin = PlainPin(self.sessions, issued.expires_at)
            self.plain[issued.pupil_id].pin = self.plain[issued.pupil_id].unused[self.sessions] = pin
            self.pins[issued.pupil_id] = issued
            self.issued[issued.pupil_id] = (started.session.password, issued.pin)

    @rule()
    def end(self) -> None:
        """Staff end what is open."""
        open_ones = {one.pin.session for one in self.plain.values() if one.pin is not None and one.live_pin(self.now)}
        try:
            self.school.end()
        except Refused:
            assert not open_ones
            return
        for one in self.plain.values():
            if one.pin is not None:
                one.pin.ends = min(one.pin.ends, self.now)

    @rule(pupil=pupils, by=staff)
    def give_restart(self, pupil: int, by: Staff) -> None:
        """A restart: the current check no longer counts, and cannot go on."""
        plain = self.plain[pupil]
        allowed = plain.may_have_restart(self.running, head=by is HEAD)
        assert self._done(lambda: self.school.restart(pupil, by)) == allowed
        if allowed:
            check = plain.current
            assert check is not None
            check.outcome = check.outcome or "superseded"
            plain.before.append(check)
            plain.current, plain.restart_waits = None, True
            plain.restarted.append(self.now)

    @rule(pupil=pupils)
    def take_restart_back(self, pupil: int) -> None:
        """The check before counts again."""
        plain = self.plain[pupil]
        allowed = plain.may_lose_restart(self.now, self.running)
        assert self._done(lambda: self.school.unrestart(pupil)) == allowed
        if allowed:
            plain.take_restart_back()

    @rule(pupil=pupils, code=st.sampled_from(("ABSNT", "LEFTT", "ANLLQ")))
    def give_reason(self, pupil: int, code: str) -> None:
        """A reason, or an annulment over it."""
        allowed = self.plain[pupil].may_have_reason(code, self.now, self.running)
        assert self._done(lambda: self.school.reason(pupil, code)) == allowed
        if allowed:
            self.plain[pupil].reasons.append(code)
            self.plain[pupil].lose_pin(self.now)

    @rule(chosen=st.sets(pupils, min_size=1))
    def cancel(self, chosen: set[int]) -> None:
        """PINs are cancelled: all, or none where one of them cannot be used."""
        allowed = all(self.plain[one].live_pin(self.now) for one in chosen)
        assert self._done(lambda: cancel_pins(self.school.db, self.school.doing(), sorted(chosen))) == allowed
        for one in chosen if allowed else ():
            self.plain[one].lose_pin(self.now)

    @rule(pupil=pupils)
    def take_reason_back(self, pupil: int) -> None:
        """What was before holds again."""
        allowed = bool(self.plain[pupil].reasons)
        assert self._done(lambda: self.school.unreason(pupil)) == allowed
        if allowed:
            self.plain[pupil].reasons.pop()

    @rule(pupil=pupils, back=st.sampled_from((1, 2, 3)), by=staff)
    def choose(self, pupil: int, back: int, by: Staff) -> None:
        """A head says which check counts, for the first time or again, once none of those contested is being taken."""
        plain = self.plain[pupil]
        if not plain.begun:
            return
        check = plain.begun[-min(back, len(plain.begun))]
        allowed = plain.may_be_chosen(check, self.running, head=by is HEAD)
        doing = self.school.doing(by)
        assert self._done(lambda: choose(self.school.db, doing, check.attempt_id, "So it was.")) == allowed
        if allowed:
            plain.choose(check)

    @rule(pupil=pupils, back=st.sampled_from((1, 2, 3)))
    def choose_with_kiosks_off(self, pupil: int, back: int) -> None:
        """Every PC is switched off, so that no check is being taken, and the head chooses."""
        on = set(self.running)
        self.running.clear()
        self.choose(pupil, back, HEAD)
        self.running.update(on)

    @rule(pupil=pupils, by=staff)
    def take_choice_back(self, pupil: int, by: Staff) -> None:
        """Until a head chooses again, none of the checks counts."""
        plain = self.plain[pupil]
        allowed = by is HEAD and plain.chosen is not None
        doing = self.school.doing(by)
        assert self._done(lambda: take_back(self.school.db, doing, pupil, "Not so.")) == allowed
        if allowed:
            plain.take_choice_back()

    # -- pupils and kiosks

    @rule(pupil=pupils, finish=st.booleans())
    def begin_a_second(self, pupil: int, finish: bool) -> None:
        """A restart is taken back while its practice lies on a PC that is off, and the practice goes on there."""
        self.running.add("PC2")
        self.restart_and_go_far(pupil, "PC2")
        self.give_restart(pupil, HEAD)
        self.start({pupil})
        self.sign_in(pupil, "PC2")
        self.end()
        self.kiosk_stops_or_starts("PC2")
        self.take_restart_back(pupil)
        self.kiosk_stops_or_starts("PC2")
        self.begin(pupil)
        if finish:
            self.finish(pupil, Outcome.COMPLETE)

    @rule(pupil=pupils, back=st.sampled_from((1, 2)), then=st.sampled_from(("nothing", "choose", "take back")))
    def begin_a_third(self, pupil: int, back: int, then: str) -> None:
        """After a head chose between two, a third begins; then the head may choose again, or take the choice back."""
        self.begin_a_second(pupil, finish=False)
        self.choose_with_kiosks_off(pupil, back)
        self.begin_a_second(pupil, finish=False)
        if then == "choose":
            self.choose_with_kiosks_off(pupil, back)
        if then == "take back":
            self.take_choice_back(pupil, HEAD)

    @rule(pupil=pupils, kiosk=kiosks, far=st.sampled_from(("sign_in", "practise", "begin", "hold", "finish")))
    def go_far(self, pupil: int, kiosk: str, far: str) -> None:
        """A pupil goes as far as this in one go: what single steps would seldom come to by chance."""
        self.running.add(kiosk)
        self.start({pupil})
        self.sign_in(pupil, kiosk)
        if far in ("practise", "begin", "hold", "finish"):
            self.practise(pupil)
        if far in ("begin", "hold", "finish"):
            self.begin(pupil)
        if far == "hold":
            self.hold_or_release(pupil)
        if far == "finish":
            self.finish(pupil, Outcome.COMPLETE)

    @rule(pupil=pupils, kiosk=kiosks)
    def restart_and_go_far(self, pupil: int, kiosk: str) -> None:
        """The head gives a restart, and it is taken at once."""
        self.give_restart(pupil, HEAD)
        self.go_far(pupil, kiosk, "finish")

    @rule(pupil=pupils, late=st.booleans(), pin=st.booleans())
    def restart_and_back(self, pupil: int, late: bool, pin: bool) -> None:
        """A restart is given and taken back; in between a late record may come, or a PIN lapse unused."""
        self.give_restart(pupil, HEAD)
        if late:
            self.deliver_late(pupil)
        if pin:
            self.start({pupil})
            self.take_restart_back(pupil)
            self.end()
        self.take_restart_back(pupil)

    @rule(pupil=pupils, kiosk=kiosks)
    def sign_in(self, pupil: int, kiosk: str) -> None:
        """A pupil types the PIN of their last slip."""
        if pupil not in self.issued or kiosk not in self.running:
            return
        plain = self.plain[pupil]
        busy = plain.runs(plain.practice, self.running) and plain.practice is not None
        elsewhere = busy and plain.practice is not None and plain.practice.kiosk != kiosk
        usable = plain.live_pin(self.now) and not plain.reasons and plain.current is None and not elsewhere
        password, number = self.issued[pupil]
        found = sign_in(self.school.db, Kiosk(kiosk, frozenset(self.running), LONDON), password, number, self.now)
        assert isinstance(found, SignedIn) == usable, found
        if usable:
            assert plain.pin is not None
            attempt_id = self.school.sign_in(self.pins[pupil], kiosk)  # type: ignore[arg-type]  # an IssuedPin
            plain.practice = PlainCheck(attempt_id, kiosk, self.now, plain.pin.session)
            plain.last_event[attempt_id] = self.now

    @rule(pupil=pupils)
    def practise(self, pupil: int) -> None:
        """The practice begins."""
        plain, check = self.plain[pupil], self.plain[pupil].practice
        if check is not None and plain.runs(check, self.running):
            self.school.practise(check.attempt_id)
            check.practised = True
            plain.last_event[check.attempt_id] = self.now

    @rule(pupil=pupils)
    def begin(self, pupil: int) -> None:
        """The check itself begins, and the PIN is used. No two of a pupil's begin at the same moment."""
        self.school.later(seconds=1)
        plain, check = self.plain[pupil], self.plain[pupil].practice
        if check is not None and plain.runs(check, self.running):
            self.school.begin(check.attempt_id)
            check.begun = self.now
            plain.last_event[check.attempt_id] = self.now
            plain.begin(check)
            plain.practice = None
            plain.unused.pop(check.session)
            if plain.pin is not None and plain.pin.session == check.session:
                plain.pin = None

    @rule(pupil=pupils)
    def hold_or_release(self, pupil: int) -> None:
        """Staff hold a check, or let it go on."""
        plain = self.plain[pupil]
        for check in (plain.current, plain.practice, *plain.contested):
            if check is not None and check.outcome is None and check.kiosk in self.running:
                if check.held is None:
                    self.school.hold(check.attempt_id)
                    check.held = self.now
                else:
                    self.school.release(check.attempt_id)
                    check.held = None
                plain.last_event[check.attempt_id] = self.now
                return

    @rule(pupil=pupils, outcome=st.sampled_from((Outcome.COMPLETE, Outcome.OUT_OF_TIME, Outcome.STOPPED)))
    def finish(self, pupil: int, outcome: Outcome) -> None:
        """The check is over; a stopped practice is no check."""
        plain = self.plain[pupil]
        begun = (one for one in (plain.current, *plain.contested) if one is not None)
        check = next((one for one in begun if plain.runs(one, self.running)), None)
        if check is not None:
            self.school.finish(check.attempt_id, outcome)
            check.outcome = str(outcome)
        elif plain.practice is not None and plain.runs(plain.practice, self.running):
            self.school.finish(plain.practice.attempt_id, Outcome.STOPPED)
            plain.practice = None

    @rule(pupil=pupils)
    def deliver_late(self, pupil: int) -> None:
        """The records of everything that ended and has not come in do so now: old ones too."""
        plain = self.plain[pupil]
        for check in plain.begun:
            if check.outcome is not None and not check.delivered:
                self.school.deliver(check.attempt_id)
                check.delivered = True

    @rule(kiosk=kiosks)
    def kiosk_stops_or_starts(self, kiosk: str) -> None:
        """A PC is switched off, or on again."""
        self.running.symmetric_difference_update({kiosk})

    @rule(minutes=st.sampled_from((1, 2, 3, 20, 45, 300)))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        self.school.later(minutes=minutes)

    # -- what must hold

    @invariant()
    def every_status_is_as_told(self) -> None:
        """And the five counts sum to the register."""
        if not hasattr(self, "school"):
            return
        found = statuses(self.school.db, self.school.doing())
        told = {pupil.id: (str(one.status), str(one.bucket)) for pupil, one in found.pupils}
        assert told == {pupil: one.status(self.now, self.running) for pupil, one in self.plain.items()}
        assert sum(found.counts.values()) == len(PUPILS)

    @invariant()
    def every_result_is_as_told(self) -> None:
        """From the records that came in alone; and how many checks were taken."""
        if not hasattr(self, "school"):
            return
        came: dict[int | None, list[ReceivedCheck]] = {}
        for check in received_checks(self.school.db):
            came.setdefault(check.pupil_id, []).append(replace(check, answers=(), fault=""))
        facts = load_facts(self.school.db, self.running)
        found = {pupil: result_of(facts[pupil], came.get(pupil, []), self.school.rules, self.now) for pupil in PUPILS}
        assert {pupil: str(one.status) for pupil, one in found.items()} == {
            pupil: one.result(self.now) for pupil, one in self.plain.items()
        }
        assert {pupil: one.checks_taken for pupil, one in found.items()} == {
            pupil: len(one.begun) for pupil, one in self.plain.items()
        }

    @invariant()
    def every_change_is_audited(self) -> None:
        """As many rows as there are restarts, reasons, PINs cancelled, choices, and sessions started or ended.

        A choice that another one takes the place of is taken back in the same row.
        """
        if not hasattr(self, "school"):
            return
        query = (
            "select (select count(*) from restart) + (select count(*) from reason) + (select count(*) from session)"
            " + (select count(closed_at) from session) + (select count(*) from cancelled_pin)"
            " + (select count(attempt_id) + count(why) filter (where attempt_id is null) from choice)"
        )
        assert len(self.school.audited()) == self.school.db.execute(query).fetchone()[0]

    @property
    def now(self) -> datetime:
        """The time at the school."""
        return self.school.now

    @property
    def running(self) -> set[str]:
        """The kiosks that run."""
        return self.school.running

    def _done(self, change: Callable[[], None]) -> bool:
        """Whether a change was made; where it was refused, nothing was written."""
        before = self.school.db.conn.total_changes
        try:
            change()
        except (Refused, NotSettled):
            assert self.school.db.conn.total_changes == before
            return False
        return True


def test_the_store_keeps_the_rules_whatever_happens(empty_home: Home) -> None:
    """Issue, sign in, practise, begin, hold, end, deliver late, restart, give reasons, take back: in any order."""

    class Model(SchoolModel):
        template = empty_home.database

    chosen = settings(
        max_examples=100,
        stateful_step_count=50,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    Model.TestCase.settings = chosen
    Model.TestCase("runTest").runTest()
