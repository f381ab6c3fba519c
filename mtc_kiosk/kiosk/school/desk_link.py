"""An enrolled kiosk's link to its desk: one thread beats, another delivers records and fetches packs.

The loop never waits for it: it takes commands that came, and hands its answers back. Whatever the network does, no
frame and no time limit depends on it. What the link needs is imported on its threads.
"""

import contextlib
import importlib.metadata
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.kiosk.school.delivery_pace import LOOKS_EVERY_S, DeliveryPace, pause_s
from mtc_kiosk.kiosk.school.desk_commands import DeskCommands
from mtc_kiosk.kiosk.system.clock import seconds_with_sleep
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.sqlite_faults import sentence
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.desk_file import DeskFileRefused, Enrolment, enrolment_of, keep_enrolment
from mtc_kiosk.store.home.home import Home

if TYPE_CHECKING:  # imported on the threads
    from mtc_kiosk.kiosk.school.beating import Beats, Heard, PackKeeper, SealsChecks
    from mtc_kiosk.sync.client import DeskClient
    from mtc_kiosk.sync.delivery import Delivery

SOONEST_S, LONGEST_S = 1.0, 5.0
"""When to beat again after the first one that failed, and at most: so that a network that is back is soon noticed."""

SHOWN_AFTER_S = 10.0
"""How long a check waits, or the desk is not heard, before the welcome page says so: longer than a delivery takes."""

ENDS_WITHIN_S = 2.0

NO_LONGER_OURS = frozenset({"not_enrolled", "revoked", "enrolled_again"})
"""The codes with which a desk refuses a PC that is not its kiosk any more: the pack goes at once."""


_DAMAGED = "{} on this PC {} changed in its database, and cannot be delivered. Ask IT staff."


class FetchesPacks(Protocol):
    """Fetches this kiosk's pack from the desk, on the thread of the records."""

    def fetch(self, client: "DeskClient") -> None:
        """Get the pack that the desk has now, if this kiosk has another; TransportTrouble."""


def _for_staff(delivery: "Delivery") -> Iterator[str]:
    """What a person has to mend: what the desk refuses, what was damaged here, and what does not mend itself."""
    yield from delivery.refused
    if delivery.damaged:
        yield _DAMAGED.format(counted(delivery.damaged, "record"), "was" if delivery.damaged == 1 else "were")
    if delivery.trouble is not None and not delivery.again:
        yield delivery.trouble


class DeskLink:
    """The link; its ``commands`` are the loop's ``kiosk.flow.room_port.ConsoleCommands``.

    ``wall`` is the clock of the journal, ``tell`` sends staff a sentence, ``packs`` keeps this kiosk's pack, and
    ``no_sound`` says whether this PC is known to have none. Without the desk's address only what waits is counted.
    """

    def __init__(
        self,
        home: Home,
        enrolment: Enrolment,
        seals: "SealsChecks",
        wall: Callable[[], datetime],
        tell: Callable[[Sequence[str]], None],
        packs: "PackKeeper | None" = None,
        fetches: FetchesPacks | None = None,
        running: Callable[[], float] = seconds_with_sleep,
        days_kept: int = 30,
        no_sound: Callable[[], bool] = lambda: False,
    ) -> None:
        self._home, self._enrolment, self._seals, self._wall, self._tell = home, enrolment, seals, wall, tell
        self._packs, self._fetches, self._running, self._days_kept = packs, fetches, running, days_kept
        self._no_sound, self._not_heard_since = no_sound, running()
        self._is_removed = self._is_at_odds = False
        self._beat_now, self._deliver_now, self._is_heard = threading.Event(), threading.Event(), threading.Event()
        self._ended = False
        self._epoch: str | None = None
        self._desk_at = ""
        self._told: str | None = None
        self._waiting = self._waiting_checks = 0
        self._waits_since: float | None = None
        self._chance = random.Random()
        self._client: DeskClient | None = None
        self._opening = threading.Lock()
        self._threads: list[threading.Thread] = []
        self.commands = DeskCommands(self._beat_now.set, running)

    # -- for the loop and the journal

    @property
    def waiting_checks(self) -> int:
        """How many checks wait for the desk, once some have waited for longer than a delivery takes."""
        since = self._waits_since
        return self._waiting_checks if since is not None and self._running() - since >= SHOWN_AFTER_S else 0

    @property
    def is_heard(self) -> bool:
        """Whether the desk answered the last beat."""
        return self._is_heard.is_set()

    def for_staff(self, *, lacks_pack: bool) -> tuple[str, ...]:
        """What the welcome page says of the desk: it removed this PC, a person has to mend something between the two,
        or today's pupils cannot come from there."""
        if self._is_removed:
            return (words.NO_LONGER_A_KIOSK,)
        if self._is_at_odds:
            return (words.DESK_AT_ODDS,)
        if lacks_pack and not self._enrolment.address:
            return (words.PUPILS_BY_STICK,)
        is_away = not self.is_heard and self._running() - self._not_heard_since >= SHOWN_AFTER_S
        return (words.DESK_AWAY,) if lacks_pack and is_away else ()

    def start(self) -> None:
        """Begin to talk to the desk."""
        runs = (("desk beats", self._run_beats, self._beat_now), ("desk records", self._run_records, self._deliver_now))
        for name, run, wakes in runs:
            thread = threading.Thread(target=self._go_on, args=(run, wakes), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def check_ended(self) -> None:
        """A check has ended and is on the disk: tell the desk and deliver it at once."""
        self._beat_now.set()
        self._deliver_now.set()

    def close(self) -> None:
        """End the threads; one that waits for the network ends with the program."""
        self._ended = True
        self._beat_now.set()
        self._deliver_now.set()
        for thread in self._threads:
            thread.join(ENDS_WITHIN_S)
        if self._client is not None:
            self._client.close()

    def _go_on(self, run: Callable[[], None], wakes: threading.Event) -> None:
        """A thread's whole life: whatever goes wrong in it is told to staff, and begun anew."""
        while not self._ended:
            try:
                run()
            except Exception as problem:  # a fault of the program, or of what it is installed on
                self._tell_once(sentence(problem))
                wakes.clear()
                wakes.wait(LONGEST_S)

    # -- beats

    def _run_beats(self) -> None:
        from mtc_kiosk.kiosk.school.beating import Beats  # noqa: PLC0415 - imported on this thread

        beats = Beats(self._enrolment, self.commands, self._seals, self._wall, self._packs, self._no_sound)
        failures = 0
        while not self._ended:
            self._beat_now.clear()
            heard = self._beat(beats)
            failures = 0 if heard is not None else failures + 1
            pause = heard.next_s if heard is not None else pause_s(failures, SOONEST_S, LONGEST_S, self._chance)
            self._beat_now.wait(pause)

    def _beat(self, beats: "Beats") -> "Heard | None":
        """Beat once; None if it did not reach the desk."""
        heard = None
        if self._packs is not None:
            self._packs.look()  # a session ends also while a pupil types, or takes the check
        try:
            with contextlib.closing(connect(self._home.database)) as db:
                if self._enrolment.address:
                    heard = beats.turn(db, self.connected())
                else:
                    beats.count(db)
        except Exception as problem:  # whatever it is, the kiosk goes on without its desk
            self._trouble(problem)
        self._note_waiting(beats)
        if heard is not None:
            self._heard(heard)
        elif self.is_heard:
            self._not_heard_since = self._running()
            self._is_heard.clear()
        return heard

    def _note_waiting(self, beats: "Beats") -> None:
        if beats.waiting > self._waiting:
            self._deliver_now.set()
        self._waiting, self._waiting_checks = beats.waiting, beats.waiting_checks
        if not beats.waiting_checks:
            self._waits_since = None
        elif self._waits_since is None:
            self._waits_since = self._running()

    def _heard(self, heard: "Heard") -> None:
        self._desk_at, self._is_removed, self._is_at_odds = heard.at, False, False
        if not self._is_heard.is_set() or heard.epoch != self._epoch or heard.fetch_pack:
            self._epoch = heard.epoch
            self._is_heard.set()
            self._deliver_now.set()
        if heard.name != self._enrolment.name:
            self._enrolment = replace(self._enrolment, name=heard.name)
            with contextlib.suppress(OSError, DeskFileRefused):  # the desk's name counts whatever the file says
                kept = enrolment_of(self._home)
                keep_enrolment(self._home, replace(kept or self._enrolment, name=heard.name))

    # -- records and packs

    def _run_records(self) -> None:
        pace, pause = DeliveryPace(self._chance), LOOKS_EVERY_S
        while not self._ended:
            self._deliver_now.wait(pause)
            self._deliver_now.clear()
            if self._ended or not self._is_heard.is_set():
                continue
            pause = self._deliver(pace)

    def _deliver(self, pace: DeliveryPace) -> float:
        """Deliver what waits, then fetch the pack; how many seconds to wait before the next time."""
        from mtc_kiosk.kiosk.school.beating import seal_the_rest  # noqa: PLC0415 - imported on this thread
        from mtc_kiosk.record.signing import fingerprint  # noqa: PLC0415 - the same
        from mtc_kiosk.store.classroom.receipts import DeskId  # noqa: PLC0415 - the same
        from mtc_kiosk.store.classroom.removing import remove_past_days  # noqa: PLC0415 - the same
        from mtc_kiosk.sync.delivery import deliver_waiting  # noqa: PLC0415 - imported on this thread
        from mtc_kiosk.sync.https import HttpsRoad  # noqa: PLC0415 - the same

        delivery: Delivery | None = None
        try:
            client, key = self.connected(), bytes.fromhex(self._enrolment.desk_key)
            with contextlib.closing(connect(self._home.database)) as db:
                for problem in seal_the_rest(db, self._seals):
                    self._trouble(problem)
                delivery = deliver_waiting(db, HttpsRoad(client), key, self._epoch, self._stamp)
                if not delivery.waiting and self._desk_at:
                    desk, stamp = DeskId(fingerprint(key), self._epoch), self._stamp()
                    remove_past_days(db, desk, self._desk_at, self._wall(), self._days_kept, stamp.account)
            for said in _for_staff(delivery):
                self._tell_once(said)
            if delivery.delivered:
                self._beat_now.set()
            if self._fetches is not None:
                self._fetches.fetch(client)
        except Exception as problem:  # the same
            self._trouble(problem)
            return pace.after(delivery.delivered if delivery is not None else 0, is_left=True)
        return pace.after(delivery.delivered, is_left=bool(delivery.waiting), again_s=delivery.again_s)

    def _stamp(self) -> AuditStamp:
        return AuditStamp(written(self._wall()), f"kiosk:{self._enrolment.name}")

    # -- both

    def connected(self) -> "DeskClient":
        """The client, made at the first call; for this link's threads and the one of a claim."""
        with self._opening:
            if self._client is None:
                from mtc_kiosk.store.home.device_key import device_key  # noqa: PLC0415 - imported on these threads
                from mtc_kiosk.sync.client import DeskClient  # noqa: PLC0415 - the same

                program = importlib.metadata.version("mtc-kiosk")
                self._client = DeskClient(self._enrolment, device_key(self._home), program)
            return self._client

    def _trouble(self, problem: Exception) -> None:
        """Tell staff what a person has to mend; a network that is away comes back by itself."""
        from mtc_kiosk.store.home.device_key import DeviceKeyRefused  # noqa: PLC0415 - seldom
        from mtc_kiosk.sync.desk_connection import DeskRefused  # noqa: PLC0415 - the same
        from mtc_kiosk.sync.transport import TransportTrouble  # noqa: PLC0415 - the same

        if isinstance(problem, DeskRefused) and problem.code in NO_LONGER_OURS:
            self._is_removed = True
            if self._packs is not None:
                self._packs.remove()
        self._is_at_odds = isinstance(problem, TransportTrouble) and not problem.again
        if isinstance(problem, TransportTrouble) and problem.again:
            return
        is_worded = isinstance(problem, (TransportTrouble, DeviceKeyRefused, DeskFileRefused))
        self._tell_once(str(problem) if is_worded else sentence(problem))

    def _tell_once(self, said: str) -> None:
        if said != self._told:
            self._told = said
            self._tell((f"This kiosk and its desk: {said}",))
