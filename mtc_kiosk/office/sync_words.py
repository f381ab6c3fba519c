"""Sentences about records that are sent, received or waiting, and about the devices that sent them."""

from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path

from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.sync import Received
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted, time_in_words
from mtc_kiosk.store.classroom.receipts import WaitingForDesk
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.records.devices import Device
from mtc_kiosk.store.records.outbox import Waiting
from mtc_kiosk.sync.push import Pushed
from mtc_kiosk.sync.receive import Fate
from mtc_kiosk.sync.status import DestinationStatus

_ARRIVED = "{} arrived at the desk, by its receipts."
_COUNTED = {Fate.NEW: "new", Fate.ALREADY_HAD: "already here", Fate.WAITS: "waiting", Fate.REFUSED: "refused"}
"""The word after a number of files."""


def records(count: int) -> str:
    """So many records."""
    return counted(count, "record")


def waiting_records(count: int) -> str:
    """So many waiting records."""
    return counted(count, "record is waiting", "records are waiting")


def trouble(pushed: Pushed) -> str:
    """Why a destination lacks records, and how many."""
    return f"{pushed.destination.name}: {pushed.trouble} {waiting_records(pushed.waiting)}."


def push_problems(pushed: Pushed) -> Iterator[Problem]:
    """Why a destination lacks records, and each file on a stick that should be a receipt and is none."""
    if pushed.trouble is not None:
        yield Problem(trouble(pushed), "not_delivered")
    for name, sentence in pushed.arrived.refused:
        yield Problem(sentence, "not_a_receipt", str(Path(pushed.destination.to) / name))


def pushed_sentence(pushed: Pushed) -> str:
    """What was written where, and what was there already."""
    where = ""
    if pushed.stick is not None:
        kind = "a folder on this PC's own disk" if pushed.stick.own_disk else "stick or folder"
        where = f" ({kind}, {pushed.stick.id[:4]}-{pushed.stick.id[4:8]}{', new here' if pushed.is_new else ''})"
    said = f"{pushed.destination.name}{where}: {records(pushed.written)} written, {pushed.already} already there."
    arrived = pushed.arrived.records
    return f"{said} {_ARRIVED.format(counted(arrived, 'record has', 'records have'))}" if arrived else said


def received_sentence(received: Received) -> str:
    """The number of files by their fate."""
    return ", ".join(f"{count} {_COUNTED[fate]}" for fate, count in received.counts.items()) + "."


def of_receipts(received: Received) -> Iterator[str]:
    """What to do with a stick on which receipts are, or could not be."""
    if received.no_receipts:
        yield (
            f"The receipts for the kiosks could not be written. {received.no_receipts} What was received is kept; the"
            " kiosks go on saying that it waits there."
        )
    elif received.receipts:
        yield "Put the stick into its kiosk again, so that it knows what has arrived: mtc-kiosk sync push FOLDER"


def desk_sentence(waiting: WaitingForDesk, address: str, zone: tzinfo) -> str:
    """What waits on this kiosk for its desk, since when, and what to do; ``address`` "": only a stick leads there.

    The kiosk's welcome page has the same words, without a time.
    """
    desk = f"here for the desk ({address})" if address else "here for the desk"
    if waiting.since is None:
        return f"Nothing waits {desk}."
    one, others = waiting.records == 1, waiting.records - waiting.checks
    if waiting.checks:
        what = f"{counted(waiting.checks, 'check waits', 'checks wait')} {desk}"
        what += f", and {counted(others, 'other record')}" if others else ""
    else:
        what = f"{counted(others, 'record waits', 'records wait')} {desk}"
    since = f"{'' if one else 'the oldest '}since {_moment(waiting.since, zone)}"
    ways = f"{'It goes there by itself' if one else 'They go there by themselves'} while the kiosk runs, or on a stick"
    way = ways if address else f"Bring {'it' if one else 'them'} on a stick"
    return f"{what}, {since}. {way}: mtc-kiosk sync push FOLDER"


def destination_sentence(each: DestinationStatus, zone: tzinfo) -> str:
    """What waits for a destination, since when, and what to do."""
    return f"{each.destination.name} ({each.destination.to}): {_since(each.waiting, zone)}{_there(each)}"


def device_sentence(device: Device) -> str:
    """What waits for a device to be accepted."""
    return f"The device {device.shown} ({device.name}) is not accepted: {waiting_records(device.waiting)}."


def of_no_pupil(unmatched: int) -> Iterator[str]:
    """What to do about records that match no pupil of the register for certain."""
    if unmatched:
        yield (
            "Kept, but matched with no pupil on the register and left out of the results:"
            f" {records(unmatched)}. Compare the UPNs and pupil refs with those of the PC that sent them."
        )


def device_line(device: Device, zone: tzinfo) -> str:
    """A device, beginning with its fingerprint, which people compare."""
    if device.accepted_at is not None:
        accepted = f"{by_whom(device.accepted_by or '')} on {_moment(device.accepted_at, zone)}"
        return f"{device.shown}  {device.name}, accepted {accepted}"
    seen = _moment(device.first_seen_at, zone)
    return f"{device.shown}  {device.name}, not accepted, first seen {seen}: {waiting_records(device.waiting)}"


def _since(waiting: Waiting, zone: tzinfo) -> str:
    if waiting.since is None:
        return "nothing is waiting."
    oldest = "" if waiting.records == 1 else "the oldest "
    return f"{waiting_records(waiting.records)}, {oldest}since {_moment(waiting.since, zone)}."


def _there(each: DestinationStatus) -> str:
    match each.is_there:
        case True if each.lacks:
            return f" {records(each.lacks)} sent there before are no longer there. Send them again."
        case True:
            return ""
        case False:
            return " The folder is not there now. Plug in the stick, or make the folder."
        case None:
            return " This version can send only to folders."


def _moment(at: str, zone: tzinfo) -> str:
    return time_in_words(instant(at), zone)
