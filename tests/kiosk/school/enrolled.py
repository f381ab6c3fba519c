"""A kiosk with a home of its own, enrolled at a desk; the network between them is the desk's own code, or away."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.school.desk_link import DeskLink
from mtc_kiosk.kiosk.school.desk_time import DeskTime
from mtc_kiosk.kiosk.school.enrolled_room import EnrolledStaffRoom
from mtc_kiosk.kiosk.school.pack_keeper import PackKeeper
from mtc_kiosk.kiosk.school.pack_sign_in import PackSignIn
from mtc_kiosk.office import claims, packs
from mtc_kiosk.school.sign_in import Answer, SignedIn
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.school.sessions import IssuedPin, Started
from mtc_kiosk.sync.wire import Claim, Claimed
from tests.kiosk.rooms import staff_room
from tests.office.desk import Desk
from tests.store.a_school import ASchool


class Enrolled:
    """The kiosk PC7. ``wall`` is its PC's clock and ``passed_s`` one that nobody can set; tests move both.

    ``away``: the desk does not answer. ``told`` are the sentences that staff were sent. Without an ``address`` only a
    stick leads to the desk.
    """

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.known = desk, desk.kiosk("PC7")
        self.home = open_made_up_home(folder)
        open_database(self.home).close()
        self.enrolment = Enrolment(
            address="https://127.0.0.1:8426",
            certificate="",
            desk_key=device_key(desk.home).public.hex(),
            sealing_key="00" * 32,
            kiosk=self.known.id,
            name="PC7",
            token="t" * 43,
            enrolled_at="2027-06-07T08:00:00.000Z",
        )
        keep_enrolment(self.home, self.enrolment)
        self.journal = ASchool(self.home.database)
        self.journal.now = desk.school.now
        self.wall, self.passed_s, self.away = desk.school.now, 0.0, False
        self.told: list[str] = []
        self.address = self.enrolment.address
        self.start()

    def start(self) -> None:
        """The kiosk's program starts."""
        time = DeskTime(lambda: self.wall, lambda: self.passed_s)
        self.keeper = PackKeeper(self.home, self.enrolment, time, self._tell, made_up=True)
        self.keeper.read()
        enrolment = replace(self.enrolment, address=self.address)
        link = DeskLink(
            self.home, enrolment, self.journal.sealer, lambda: self.wall, self._tell, running=lambda: self.passed_s
        )  # it never begins: for it the desk is away
        self.sign_in = PackSignIn(
            self.keeper,
            self,
            Configuration(),
            "PC7",
            self.journal.db,
            lambda: self.wall,
            tell=self._tell,
            about_desk=lambda lacks_pack: link.for_staff(lacks_pack=lacks_pack),
        )
        room = staff_room(self.journal, self.home, "PC7")
        self.room = EnrolledStaffRoom(room, self.keeper, self.sign_in, lambda: self.journal.now)

    def close(self) -> None:
        """Give its files back."""
        self.journal.close()

    def beat(self) -> None:
        """Hear the desk, and fetch the pack if there is another."""
        with self.desk.console() as office:
            packs.settled(office)
            answer = self.known.beat(office, pack=self.keeper.version, spent=self.keeper.spent)
            if self.keeper.heard(answer):
                self.keeper.fetch(self)  # type: ignore[arg-type]

    def pack(self, known: str | None) -> bytes | None:
        """The desk's pack, as the client of the network fetches it."""
        with self.desk.console() as office:
            found = packs.settled(office)
        return found.body if found is not None and found.version != known else None

    def ask(self, check_code: str) -> Claimed | None:
        """A claim at the desk."""
        if self.away:
            return None
        with self.desk.console() as office:
            return claims.claim(office, self.known, Claim(check_code=check_code))

    def later(self, at: datetime | None = None, **by: float) -> None:
        """Let time pass here and at the desk."""
        passed = at - self.desk.school.now if at is not None else timedelta(**by)
        self.desk.school.now += passed
        self.journal.now += passed
        self.wall += passed
        self.passed_s += passed.total_seconds()

    def type(self, started: Started, pin: IssuedPin) -> Answer:
        """A pupil types the day's password and their PIN."""
        return self.sign_in.sign_in(started.session.password, pin.pin)

    def admit(self, started: Started, pin: IssuedPin) -> Answer:
        """The same, and presses "Yes, that is me" if the page comes."""
        answer = self.type(started, pin)
        return self.sign_in.confirm(answer) if isinstance(answer, SignedIn) else answer

    def bytes(self) -> dict[str, bytes]:
        """Every file of the kiosk's home."""
        return {str(path): path.read_bytes() for path in self.home.root.rglob("*") if path.is_file()}

    def _tell(self, sentences: Sequence[str]) -> None:
        self.told += sentences


@contextlib.contextmanager
def enrolled(desk: Desk, folder: Path) -> Iterator[Enrolled]:
    """A kiosk of this desk."""
    kiosk = Enrolled(desk, folder)
    try:
        yield kiosk
    finally:
        kiosk.close()
