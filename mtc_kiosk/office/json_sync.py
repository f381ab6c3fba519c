"""The JSON shapes of sync, devices and conflicts: one function a type. The keys are public."""

from mtc_kiosk.office.conflict_words import number_of, state_of
from mtc_kiosk.office.conflicts import Conflicts
from mtc_kiosk.office.kiosks import Listed
from mtc_kiosk.office.sync import Devices, Received
from mtc_kiosk.office.waiting import WaitsHere, WhatWaits
from mtc_kiosk.school.rivals import RULE, order
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.records.conflicts import Conflict
from mtc_kiosk.store.records.devices import Device
from mtc_kiosk.store.school.choices import Contest
from mtc_kiosk.sync.push import Pushed
from mtc_kiosk.sync.receive import FileReport
from mtc_kiosk.sync.status import DestinationStatus


def pushed(one: Pushed) -> dict[str, object]:
    """What was delivered to a destination."""
    return {
        "name": one.destination.name,
        "to": one.destination.to,
        "delivered": one.written,
        "already_there": one.already,
        "stick": one.stick.id if one.stick is not None else None,
        "own_disk": one.stick.own_disk if one.stick is not None else None,
        "waiting": one.waiting,
        "arrived": one.arrived.records,
    }


def file_report(report: FileReport) -> dict[str, object]:
    """What became of a file."""
    return {"file": str(report.file), "fate": str(report.fate), "code": report.code, "sentence": report.sentence}


def received(found: Received, most: int) -> dict[str, object]:
    """The number of files by their fate, and the first ``most`` of those refused and of the others."""
    files = [file_report(each) for each in (*found.others[:most], *found.refused[:most])]
    counts = {str(fate): count for fate, count in found.counts.items()}
    return {
        "folder": str(found.folder),
        **counts,
        "files": files,
        "all_files": len(found.files),
        "unmatched": found.unmatched,
        "receipts": found.receipts,
    }


def sync_status(waits: WhatWaits) -> dict[str, object]:
    """All that waits."""
    found = waits.status
    return {
        "here": waits_here(waits.here) if waits.here is not None else None,
        "waits": [{"at": str(one.at), "sentence": one.sentence, "asks": one.asks} for one in waits.places],
        "kiosks": [kiosk(each) for each in (*waits.kiosks.in_use, *waits.kiosks.before)],
        "destinations": [destination_status(each) for each in found.destinations],
        "devices": [device(each) for each in found.waiting_devices],
        "open_conflicts": found.open_conflicts,
    }


def waits_here(one: WaitsHere) -> dict[str, object]:
    """What waits on this kiosk for its desk."""
    waiting = one.waiting
    return {"desk": one.desk, "checks": waiting.checks, "records": waiting.records, "since": waiting.since}


def kiosk(one: Listed) -> dict[str, object]:
    """A kiosk of this desk, now or before, and what it last said; null where it was not heard of yet."""
    said = one.kiosk.said
    return {
        "name": one.kiosk.name,
        "is_in_use": one.kiosk.is_in_use,
        "runs": one.runs,
        "heard_at": written(one.heard_at) if one.heard_at is not None else None,
        "waiting": said.waiting if said is not None else None,
        "since": written(said.waiting_since) if said is not None and said.waiting_since is not None else None,
        "clock_offset_ms": said.clock_ms if said is not None else None,
        "sound": said.sound if said is not None else None,
        "version": said.version if said is not None else None,
    }


def destination_status(one: DestinationStatus) -> dict[str, object]:
    """What waits for a destination."""
    return {
        "name": one.destination.name,
        "to": one.destination.to,
        "waiting": one.waiting.records,
        "since": one.waiting.since,
        "is_there": one.is_there,
        "lacks": one.lacks,
    }


def devices(found: Devices) -> dict[str, object]:
    """The devices that sent records, and how many waiting records were taken in now."""
    return {"own": found.own, "devices": [device(each) for each in found.devices], "taken_in": found.taken_in}


def device(one: Device) -> dict[str, object]:
    """A device."""
    return {
        "fingerprint": one.fingerprint,
        "name": one.name,
        "first_seen_at": one.first_seen_at,
        "accepted_at": one.accepted_at,
        "waiting": one.waiting,
    }


def conflicts(found: Conflicts) -> dict[str, object]:
    """Every conflict, and the rule by which a check is proposed."""
    checks, records = [contest(one) for one in found.checks], [record_conflict(one) for one in found.records]
    return {"rule": RULE, "conflicts": checks, "records": records}


def contest(one: Contest) -> dict[str, object]:
    """A pupil with two checks that could count."""
    first, is_open = one.rivals.first, one.rivals.is_open
    choice = one.rivals.choice if not is_open else None
    return {
        "pupil_id": one.pupil_id,
        "open": is_open,
        "chosen_at": written(choice.at) if choice is not None else None,
        "chosen_by": choice.by if choice is not None else None,
        "why": one.why if not is_open else None,
        "shown_before": one.shown,
        "checks": [
            {
                "number": number_of(check),
                "attempt_id": check.id,
                "record": check.record or None,
                "kiosk": check.kiosk,
                "begun_at": written(order(check)[0]),
                "state": state_of(check),
                "proposed": is_open and check is first,
                "counts": not is_open and check is first,
                "came_after_choice": check in one.rivals.unseen,
            }
            for check in one.checks
        ],
        "lost": len(one.rivals.lost),
    }


def record_conflict(conflict: Conflict) -> dict[str, object]:
    """Records of which only one can apply; that one comes first."""
    return {
        "open": conflict.is_open,
        "records": [
            {
                "record_id": each.row.record_id,
                "sha256": each.row.sha256,
                "type": each.row.type,
                "kiosk": each.kiosk,
                "at": each.at,
                "holds": number == 0,
            }
            for number, each in enumerate(conflict.candidates)
        ],
    }
