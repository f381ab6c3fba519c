"""What the ``sync`` commands say, in words for a person and as data for ``--json``. It does nothing."""

from collections.abc import Iterable, Iterator

from mtc_kiosk.export.times import spoken
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.store.db.instants import instant
from mtc_kiosk.store.records.devices import Device
from mtc_kiosk.sync.push import Pushed
from mtc_kiosk.sync.receive import Fate, FileReport
from mtc_kiosk.sync.status import DestinationStatus, SyncStatus

SHOWN_DIGITS = 12
"""How much of a record's hash people see."""

COUNTED = {Fate.NEW: "new", Fate.ALREADY_HAD: "already had", Fate.WAITS: "waiting", Fate.REFUSED: "refused"}
"""What is said behind a number of files."""


def records(count: int) -> str:
    """So many records."""
    return "1 record" if count == 1 else f"{count} records"


def waiting_records(count: int) -> str:
    """So many records that wait."""
    return f"{records(count)} {'waits' if count == 1 else 'wait'}"


def trouble(pushed: Pushed) -> str:
    """Why a destination has not everything, and how much it lacks."""
    return f"{pushed.destination.name}: {pushed.trouble} {waiting_records(pushed.waiting)}."


def pushed_data(pushed: Pushed) -> dict[str, object]:
    """What came of a destination."""
    return {
        "name": pushed.destination.name,
        "to": pushed.destination.to,
        "delivered": pushed.written,
        "already_there": pushed.already,
        "stick": pushed.stick.id if pushed.stick is not None else None,
        "own_disk": pushed.stick.own_disk if pushed.stick is not None else None,
        "waiting": pushed.waiting,
    }


def pushed_sentence(pushed: Pushed) -> str:
    """What was written where, and what was there already."""
    where = ""
    if pushed.stick is not None:
        kind = "a folder on this PC's own disk" if pushed.stick.own_disk else "stick or folder"
        where = f" ({kind}, {pushed.stick.id[:4]}-{pushed.stick.id[4:8]}{', new here' if pushed.is_new else ''})"
    return f"{pushed.destination.name}{where}: {records(pushed.written)} written, {pushed.already} there already."


def file_data(said: FileReport) -> dict[str, str]:
    """What became of a file."""
    return {"file": str(said.file), "fate": str(said.fate), "code": said.code, "sentence": said.sentence}


def counts(said: Iterable[FileReport]) -> dict[str, int]:
    """How many files met which fate."""
    fates = [each.fate for each in said]
    return {str(fate): fates.count(fate) for fate in Fate}


def status_data(found: SyncStatus) -> dict[str, object]:
    """All that waits."""
    return {
        "destinations": [
            {
                "name": each.destination.name,
                "to": each.destination.to,
                "waiting": each.waiting.records,
                "since": each.waiting.since,
                "is_there": each.is_there,
                "lacks": each.lacks,
            }
            for each in found.destinations
        ],
        "devices": [device_data(device) for device in found.waiting_devices],
        "open_conflicts": found.open_conflicts,
    }


def status_sentences(home: OpenHome, found: SyncStatus) -> Iterator[str]:
    """All that waits, where, and since when."""
    if not found.destinations:
        yield "school.yaml names no destination: nothing is sent from here."
    for each in found.destinations:
        yield f"{each.destination.name} ({each.destination.to}): {_waiting(home, each)}{_there(each)}"
    for device in found.waiting_devices:
        yield f"The device {device.shown} ({device.name}) is not accepted: {waiting_records(device.waiting)}."
    if found.open_conflicts:
        yield head_has_to_choose(found.open_conflicts)


def head_has_to_choose(conflicts: int) -> str:
    """That a head has to look at so many conflicts."""
    return f"A head has to choose in {conflicts} {'case' if conflicts == 1 else 'cases'}: mtc-kiosk sync conflicts"


def device_data(device: Device) -> dict[str, object]:
    """A device."""
    return {
        "fingerprint": device.fingerprint,
        "name": device.name,
        "first_seen_at": device.first_seen_at,
        "accepted_at": device.accepted_at,
        "waiting": device.waiting,
    }


def device_line(home: OpenHome, device: Device) -> str:
    """A device with what people compare first."""
    if device.accepted_at is not None:
        accepted = f"{by_whom(device.accepted_by or '')} on {_moment(home, device.accepted_at)}"
        return f"{device.shown}  {device.name}, accepted {accepted}"
    seen = _moment(home, device.first_seen_at)
    return f"{device.shown}  {device.name}, not accepted, first seen {seen}: {waiting_records(device.waiting)}"


def _waiting(home: OpenHome, each: DestinationStatus) -> str:
    waiting = each.waiting
    if waiting.since is None:
        return "nothing waits."
    oldest = "" if waiting.records == 1 else "the oldest "
    return f"{waiting_records(waiting.records)}, {oldest}since {_moment(home, waiting.since)}."


def _there(each: DestinationStatus) -> str:
    match each.is_there:
        case True if each.lacks:
            return f" What is there now lacks {records(each.lacks)} that went there before: mtc-kiosk sync push"
        case True:
            return ""
        case False:
            return " The folder is not there now."
        case None:
            return " This version writes to folders alone."


def _moment(home: OpenHome, at: str) -> str:
    return spoken(instant(at), home.timetable.zone)
