"""Signing in at an enrolled kiosk, over the pack of its desk: with the desk there or away.

Password and PIN open the pupil's entry; the desk, if it is there, is asked at "Yes, that is me". Names are in memory
while a pupil is at this kiosk, and nowhere else.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.check.arrangements import Chosen, Granted
from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import CheckHere, PreparedAttempt, prepare_attempt
from mtc_kiosk.kiosk.school.pack_keeper import Held, PackKeeper
from mtc_kiosk.kiosk.system.desktop import SecondScreen
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.scene import ConfirmView
from mtc_kiosk.school.credentials import password_as_meant, pin_as_meant
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.school.sign_in import (
    Answer,
    AskTeacher,
    AskWhy,
    Closed,
    MayBegin,
    NoSession,
    SignedIn,
    TooEarly,
    TooLate,
    for_today,
    why_closed,
)
from mtc_kiosk.school.words import date_in_words
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.journal.attempts import earlier_forms
from mtc_kiosk.store.school import sign_in as tries
from mtc_kiosk.store.school.enrolled_kiosk import attempt_here, chosen_here, has_begun_here

if TYPE_CHECKING:  # imported on a thread
    from mtc_kiosk.record.pack import Entry, Pack
    from mtc_kiosk.sync.wire import Claimed

NAMES_KEPT = 40
"""How many pupils' names are kept in memory, for the staff's list of held checks."""

_WHY = {"not_taking": AskWhy.NOT_TAKING, "elsewhere": AskWhy.ELSEWHERE}


class AsksDesk(Protocol):
    """Asks the desk whether a PIN may start a check here (``desk_claims``)."""

    def ask(self, check_code: str) -> "Claimed | None":
        """The desk's answer; None if it is away or does not answer in time."""


@dataclass(frozen=True)
class PupilOfPack:
    """A pupil as a pack's entry shows them (``school.sign_in.ShownPupil``)."""

    id: int
    called: str
    surname: str
    date_of_birth: date
    group_name: str
    alias_surname: str = ""


@dataclass(frozen=True)
class SignedInByPack(SignedIn):
    """The details opened this entry of this pack."""

    entry: "Entry"
    pack: "Pack"


class PackSignIn:
    """``kiosk.flow.sign_in_port.SignInService`` at an enrolled kiosk.

    ``db`` is the loop's own connection, used only between checks; ``now`` is the PC's clock in UTC, for wrong tries.
    ``about_desk`` gives staff's sentences about the desk, told whether no pupil can sign in before it is heard.
    """

    def __init__(
        self,
        keeper: PackKeeper,
        claims: AsksDesk,
        configuration: Configuration,
        kiosk: str,
        db: Database,
        now: Callable[[], datetime],
        *,
        tell: TellStaff = lambda _: None,
        displays: Callable[[], int] = lambda: 1,
        about_desk: Callable[[bool], tuple[str, ...]] = lambda _: (),
    ) -> None:
        self._about_desk = about_desk
        self._keeper, self._claims, self._configuration, self._name = keeper, claims, configuration, kiosk
        self._db, self._now, self._tell = db, now, tell
        allowed = configuration.kiosk.lockdown.allow_second_display
        self._displays = SecondScreen(displays, allowed=allowed, tell=tell)
        self._names: OrderedDict[str, str] = OrderedDict()
        self._date_note: str | None = None

    @property
    def volume_percent(self) -> int:
        """The PC's volume (per cent), for a pupil without a volume of their own."""
        return self._configuration.kiosk.sound.volume_percent

    def for_staff(self) -> tuple[str, ...]:
        """What staff have to know: the date is in doubt, the desk is away and its pupils are not here."""
        held, doubt = self._keeper.held, self._keeper.in_doubt() is not None
        lacks_pack = held.is_read and (held.pack is None or doubt)
        return (*((words.DATE_IN_DOUBT,) if doubt else ()), *self._about_desk(lacks_pack))

    def second_screen(self) -> bool:
        """Whether a second screen is connected that keeps pupils from signing in."""
        return self._displays.in_the_way()

    def closed(self) -> Closed | None:
        """The reason why no pupil can sign in now; None while a session is open."""
        self._keeper.look()
        return self._closed()

    def sign_in(self, password: str, pin: str) -> Answer:
        """The answer to this password and PIN. It takes a twentieth of a second on purpose."""
        from mtc_kiosk.record.pack import open_entry  # noqa: PLC0415 - imported by now

        waiting = tries.wait_at(self._db, self._name, self._now())
        if waiting is not None:
            return waiting
        pack = self._keeper.held.pack
        if pack is None or self._keeper.in_doubt() is not None:
            return self._closed() or NoSession()
        entry = open_entry(pack, password_as_meant(password), pin_as_meant(pin))
        if entry is None:
            closed = self._closed()
            return closed if closed is not None else tries.wrong_at(self._db, self._name, self._now())
        return self._answer(_signed_in(entry, pack))

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil pressed "Yes, that is me": the desk is asked, if it is there."""
        answer = self._answer(signed_in)
        if not isinstance(answer, SignedIn):
            return answer
        claimed = self._claims.ask(signed_in.check_code)
        if claimed is not None and not claimed.may:
            return AskTeacher(_WHY.get(claimed.why or "", AskWhy.USED), claimed.kiosk)
        tries.right_at(self._db, self._name, self._now())
        return answer

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil pressed "This is not me": a wrong try at this kiosk."""
        tries.not_me_at(self._db, self._name, self._now())

    def granted(self, signed_in: SignedIn) -> Granted:
        """This pupil's arrangements in the pack, with their own last choice of look, here or before."""
        entry, here = _by_pack(signed_in).entry, chosen_here(self._db, signed_in.pupil.id)
        last = Chosen(here.colours or entry.chosen.colours, here.size or entry.chosen.size)
        return entry.granted.with_choice(last)

    def prepare(self, signed_in: SignedIn, granted: Granted) -> PreparedAttempt:
        """The attempt that begins now, by the desk's settings. Staff are shown a RecordingFault too."""
        from mtc_kiosk.record.settings_shape import settings_from  # noqa: PLC0415 - imported by now

        by_pack = _by_pack(signed_in)
        settings = settings_from(by_pack.pack.settings)
        here = CheckHere(self._name, by_pack.pack.form_rules, settings, self.volume_percent)
        met = _met(by_pack.entry, earlier_forms(self._db, signed_in.pupil.id, self._name))
        prepared = prepare_attempt(here, granted, met=met, signed_in=signed_in, tell=self._tell)
        self._remember(prepared.new.id, by_pack.entry)
        notes = (*prepared.notes, self._date_note) if self._date_note is not None else prepared.notes
        return replace(prepared, notes=notes)

    def may_begin(self, attempt_id: str) -> MayBegin:
        """Whether the check itself may begin after the practice, as far as this kiosk knows."""
        found, held = attempt_here(self._db, attempt_id), self._keeper.held
        if found is None or not held.is_read or self._keeper.in_doubt() is not None:
            return MayBegin.UNKNOWN
        if found.is_over:
            return MayBegin.OVER
        session = next((one for one in held.sessions if one.id == found.session_id), None)
        is_open = session is not None and session.state(self._keeper.time.now()) is SessionState.OPEN
        return MayBegin.YES if is_open and self._why_spent(found.check_code) is None else MayBegin.NO

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """The page on which pupils recognise themselves."""
        entry, pack = _by_pack(signed_in).entry, _by_pack(signed_in).pack
        born = date_in_words(date.fromisoformat(entry.date_of_birth))
        return ConfirmView(entry.forename, entry.surname, born, pack.shown_as, entry.group)

    def clock_time(self, answer: TooEarly) -> str:
        """When the session begins, in the school's local time."""
        return f"{answer.opens_at.astimezone(self._keeper.held.zone):%H:%M}"

    # -- for the staff's menu

    def name_of(self, attempt_id: str) -> str | None:
        """The name of the pupil of an attempt that began since the kiosk started."""
        return self._names.get(attempt_id)

    def date_confirmed(self, note: str) -> None:
        """Staff have confirmed the date: pupils may sign in, and each attempt has this note in its journal."""
        self._keeper.confirm_date()
        self._date_note = note

    # -- what a kiosk knows by itself

    def _closed(self) -> Closed | None:
        held = self._keeper.held
        if held.pack is None or self._keeper.in_doubt() is not None:
            return self._over(held)
        return why_closed(held.sessions, self._keeper.time.now(), held.zone)

    def _over(self, held: Held) -> Closed:
        """Without a pack, or with one of another day: a session that ended here today is over, for pupils too."""
        if held.over is None or self._keeper.time.now().astimezone(held.over.tzinfo).date() != held.over.date():
            return NoSession()
        return TooLate(held.over)

    def _answer(self, signed_in: SignedIn) -> Answer:
        """The same as ``school.sign_in.answer``, from the pack, the desk's list of PINs and this kiosk's journal."""
        held, now = self._keeper.held, self._keeper.time.now()
        session = next((one for one in held.sessions if one.id == signed_in.session_id), None)
        if session is None or self._keeper.in_doubt() is not None:
            return self._closed() or NoSession()
        said: Answer = self._in_session(session, signed_in, now)
        return for_today(said, self._closed(), held.zone)

    def _in_session(self, session: Session, signed_in: SignedIn, now: datetime) -> Answer:
        match session.state(now):
            case SessionState.TO_COME:
                return TooEarly(session.opens_at)
            case SessionState.CLOSED:
                return TooLate(session.ended_at)
            case SessionState.OPEN:
                pass
        spent = self._why_spent(signed_in.check_code)
        if spent is not None:
            return spent
        if signed_in.kind is Kind.OFFICIAL and has_begun_here(self._db, signed_in.check_code):
            return AskTeacher(AskWhy.USED)
        return signed_in

    def _why_spent(self, check_code: str) -> AskTeacher | None:
        """Why the desk's list says that this PIN starts no check; one in use here starts one here."""
        why, kiosk = self._keeper.held.codes.get(check_code, ("", ""))
        if not why or (why == "elsewhere" and kiosk == self._name):
            return None
        return AskTeacher(_WHY.get(why, AskWhy.USED), kiosk)

    def _remember(self, attempt_id: str, entry: "Entry") -> None:
        self._names[attempt_id] = f"{entry.forename} {entry.surname}"
        while len(self._names) > NAMES_KEPT:
            self._names.popitem(last=False)


def _signed_in(entry: "Entry", pack: "Pack") -> SignedInByPack:
    born = date.fromisoformat(entry.date_of_birth)
    pupil = PupilOfPack(entry.pupil, entry.forename, entry.surname, born, entry.group)
    return SignedInByPack(entry.check_code, entry.session, Kind(entry.kind), pupil, entry, pack)


def _by_pack(signed_in: SignedIn) -> SignedInByPack:
    assert isinstance(signed_in, SignedInByPack), "this kiosk signs in by its pack alone"
    return signed_in


def _met(entry: "Entry", here: Met) -> Met:
    """The forms that the pupil has met elsewhere, then those met here."""
    official, try_outs = map(_forms, (entry.official, entry.try_outs))
    return Met((*official, *here.official), (*try_outs, *here.try_outs))


def _forms(met: tuple[str, ...]) -> tuple[Form, ...]:
    return tuple(
        Form(f"met-{number}", tuple(Item(int(text[at], 16), int(text[at + 1], 16)) for at in range(0, len(text), 2)))
        for number, text in enumerate(met, start=1)
    )
