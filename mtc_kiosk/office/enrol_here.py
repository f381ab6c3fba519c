"""Make this PC a kiosk of a desk: look whether it can be one, meet the desk, join, and keep what the desk gave.

A desk with another certificate or another key than this kiosk knows is accepted only where staff say so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.sealing import school_of
from mtc_kiosk.plain_file import why
from mtc_kiosk.record.signing import DeviceKey, fingerprint
from mtc_kiosk.store.classroom.receipts import DeskId, waiting_for_desk
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.desk_file import DeskFileRefused, Enrolment, enrolment_of, is_enrolled, keep_enrolment
from mtc_kiosk.store.home.device_key import JOINING, device_key, key_to_join_with
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import is_console_running, kiosks_in_words, running_kiosks
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.sync.joining import Met, join
from mtc_kiosk.sync.pinned_tls import certificate_sha256
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import Enrolled, Hello

_HAS_SIGNED = "select exists (select 1 from outbox)"
_A_DESK = "select exists (select 1 from pupil) or exists (select 1 from inbox)"


@dataclass(frozen=True)
class Agreed:
    """What staff say on purpose: that the desk's certificate was changed, or that this is to be another desk."""

    certificate_changed: bool = False
    another_desk: bool = False


@dataclass(frozen=True)
class EnrolledHere:
    """This PC is a kiosk now. ``said`` are the desk's sentences for whoever enrolled it."""

    enrolment: Enrolment
    said: tuple[str, ...]


def may_enrol(home: Home, db: Database) -> None:
    """OfficeRefused if this home cannot be a kiosk's, or is in use now."""
    (is_a_desk,) = db.execute(_A_DESK).fetchone()
    if is_a_desk:
        raise _refused(
            "This PC has pupils or checks of its own, so it is a desk. Enrol another PC, or choose a new folder with"
            " --home.",
            "a_desk",
        )
    if running := running_kiosks(home):
        raise _refused(f"Close the {kiosks_in_words(running)} on this PC first.", "kiosk_is_running")
    if is_console_running(home):
        raise _refused("Close the console on this PC first.", "console_is_running")


def name_so_far(home: Home) -> str | None:
    """The name that the desk gave this PC when it was enrolled before; None if it was not."""
    before = _before(home)
    return before.name if before is not None else None


def enrol(
    home: Home,
    configuration: Configuration,
    db: Database,
    meet: Callable[[], Met],
    name: str,
    agreed: Agreed,
) -> EnrolledHere:
    """Meet a desk, join it, and keep what it gave; OfficeRefused, and then this PC is what it was before."""
    may_enrol(home, db)
    try:
        met, before = meet(), _before(home)
        _refuse_other_home(home, configuration, met.hello, before)
        _refuse_unless_agreed(before, met, agreed)
        joined = join(met, name, _key(home, db), waiting_for_desk(db, DeskId(met.hello.desk, None)).records)
    except TransportTrouble as trouble:
        raise OfficeRefused(Problem(str(trouble), getattr(trouble, "code", "desk_away"))) from trouble
    enrolment = _enrolment(met, joined)
    try:
        keep_enrolment(home, enrolment)
        (home.root / JOINING).unlink(missing_ok=True)
    except OSError as problem:
        raise OfficeRefused(
            Problem(
                f"The desk has this PC as {joined.name}, but that cannot be written to {home.root} ({why(problem)})."
                " Make space or ask IT staff, then enrol it again.",
                "not_written",
            )
        ) from problem
    return EnrolledHere(enrolment, joined.said)


def _key(home: Home, db: Database) -> DeviceKey:
    """The key that this PC joins with: its own if it was a kiosk before or has signed records, else a new one."""
    (has_signed,) = db.execute(_HAS_SIGNED).fetchone()
    return device_key(home) if has_signed or is_enrolled(home) else key_to_join_with(home)


def _before(home: Home) -> Enrolment | None:
    """The desk of before; None without one, or if the file about it is damaged, which enrolling mends."""
    try:
        return enrolment_of(home)
    except DeskFileRefused:
        return None


def _refuse_other_home(home: Home, configuration: Configuration, hello: Hello, before: Enrolment | None) -> None:
    """Refuse this PC's own desk, a desk for other pupils, and another school's, before anything is sent.

    The desk that this kiosk has is the same school under whatever name.
    """
    if hello.desk == device_key(home).fingerprint:
        raise _refused("This is the desk's own folder, or a copy of it. Choose another with --home.", "the_desk_itself")
    if hello.made_up != is_made_up(home.root):
        theirs, ours = ("made-up", "real") if hello.made_up else ("real", "made-up")
        raise _refused(f"The desk is for {theirs} pupils, and this folder for {ours} ones.", "other_pupils")
    school = school_of(configuration.school)
    if school.is_another(hello.school) and (before is None or _is_another_desk(hello, before)):
        raise _refused(
            f"The desk is of another school, {hello.school}. In this PC's school.yaml it is {school}.", "another_school"
        )


def _is_another_desk(hello: Hello, before: Enrolment) -> bool:
    return hello.desk != fingerprint(bytes.fromhex(before.desk_key))


def _refuse_unless_agreed(before: Enrolment | None, met: Met, agreed: Agreed) -> None:
    if before is None:
        return
    is_another = _is_another_desk(met.hello, before)
    if is_another and not agreed.another_desk:
        raise _refused(
            f"This PC is the kiosk {before.name} of another desk. To change to this one, add --another-desk: what"
            " waits here is then delivered to this one.",
            "another_desk",
        )
    has_new = bool(before.certificate) and certificate_sha256(before.certificate) != certificate_sha256(met.certificate)
    if not is_another and has_new and not agreed.certificate_changed:
        raise _refused(
            "The desk has another certificate than when this PC was enrolled. If your school changed it, add"
            " --certificate-changed. If not, another PC may pretend to be the desk: ask IT staff.",
            "certificate_changed",
        )


def _enrolment(met: Met, joined: Enrolled) -> Enrolment:
    return Enrolment(
        address=met.address,
        certificate=met.certificate,
        desk_key=joined.desk_key,
        sealing_key=joined.sealing_key,
        kiosk=joined.kiosk,
        name=joined.name,
        token=joined.token,
        enrolled_at=written(datetime.now(UTC)),
        school_name=joined.school.name,
        la=joined.school.la,
        estab=joined.school.estab,
        urn=joined.school.urn,
    )


def _refused(sentence: str, code: str) -> OfficeRefused:
    return OfficeRefused(Problem(f"{sentence} Nothing was changed.", code))
