"""Bring today's pack to kiosks that no network reaches: from the desk to a stick, and from there to a kiosk."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mtc_kiosk.office import packs
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.record.pack import LARGEST, NotAPack, Pack, read_pack
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.whole_files import what_is_wrong, why_not_written, write_whole
from mtc_kiosk.sync.folder import PACK_SUFFIX
from mtc_kiosk.sync.pack_file import keep_pack, kept_pack, kept_word

_NAMED_BY = 8
"""How many digits of the desk's fingerprint are in the file's name, so that two desks' packs can share a stick."""

_AT_THE_DESK = Problem(
    "This PC is a kiosk of a desk. Make the pack at the desk: mtc-kiosk sync pack. Nothing was written.", "not_a_desk"
)
_NO_SESSION = Problem("No session is open or planned, so there is no pack. Start a session first.", "no_pack")
_ITS_OWN_DESK = Problem(
    "This PC is its own desk and needs no pack. Enrol it first: mtc-kiosk enrol. Nothing was changed.", "not_enrolled"
)


@dataclass(frozen=True)
class PackOnStick:
    """A pack that was written or taken: its file, the day of its sessions at the school, and how many PINs it has."""

    file: Path
    day: date
    pins: int


def write(home: OpenHome, folder: Path) -> PackOnStick:
    """Write the pack of today's sessions into a folder, in place of an earlier one; OfficeRefused."""
    if enrolment_of(home.home) is not None:
        raise OfficeRefused(_AT_THE_DESK)
    made = packs.make(home)
    if made is None:
        raise OfficeRefused(_NO_SESSION)
    key = device_key(home.home)
    file = folder / f"pack-{key.fingerprint[:_NAMED_BY]}{PACK_SUFFIX}"
    try:
        write_whole(file, made.body)
    except OSError as problem:
        raise _refused(f"{file} cannot be written: {why_not_written(problem, file)}.", "not_written") from problem
    return _told(file, read_pack(made.body, key.public, made_up=home.made_up))


def take(home: OpenHome, folder: Path) -> PackOnStick:
    """Take the newest pack of this kiosk's desk from a folder; OfficeRefused, and then the kiosk has what it had."""
    enrolment = enrolment_of(home.home)
    if enrolment is None:
        raise OfficeRefused(_ITS_OWN_DESK)
    found, refused = _packs_in(home, folder, enrolment)
    if not found:
        raise OfficeRefused(*refused or (Problem(f"There is no pack in {folder}. Nothing was changed.", "no_pack"),))
    file, body, pack = max(found, key=lambda each: each[2].made_at)
    _refuse_old(home, enrolment, pack)
    try:
        keep_pack(home.home, body)
    except OSError as problem:
        raise _refused(
            f"The pack cannot be kept: {what_is_wrong(problem)}. Nothing was changed.", "not_kept"
        ) from problem
    return _told(file, pack)


def _packs_in(
    home: OpenHome, folder: Path, enrolment: Enrolment
) -> tuple[list[tuple[Path, bytes, Pack]], tuple[Problem, ...]]:
    """The packs of this desk in a folder, and why each other one is refused."""
    found, refused, desk = [], [], bytes.fromhex(enrolment.desk_key)
    try:
        files = sorted(
            file for file in folder.iterdir() if file.suffix == PACK_SUFFIX and not file.name.startswith(".")
        )
    except OSError as problem:
        raise _refused(f"The folder {folder} cannot be read: {what_is_wrong(problem)}.", "no_folder") from problem
    for file in files:
        try:
            body = read_plain(file, LARGEST)
            found.append((file, body, read_pack(body, desk, made_up=home.made_up)))
        except NotAPack as wrong:
            refused.append(Problem(str(wrong), "not_a_pack", str(file)))
        except OSError as problem:
            refused.append(Problem(f"It cannot be read: {what_is_wrong(problem)}.", "not_read", str(file)))
    return found, tuple(refused)


def _refuse_old(home: OpenHome, enrolment: Enrolment, pack: Pack) -> None:
    """Refuse a stick that was left from before: an older pack than the kiosk has, or one of a day that is over."""
    word = kept_word(home.home)
    if word is not None and word.at >= max(instant(one.ends_at) for one in pack.sessions):
        raise _refused("The sessions of this pack are over. Make a new one at the desk. Nothing was changed.", "over")
    body = kept_pack(home.home)
    if body is None:
        return
    try:
        kept = read_pack(body, bytes.fromhex(enrolment.desk_key), made_up=home.made_up)
    except NotAPack:
        return
    if kept.made_at > pack.made_at:
        raise _refused("This kiosk has a newer pack than this one. Nothing was changed.", "older")


def _told(file: Path, pack: Pack) -> PackOnStick:
    return PackOnStick(file, _day(pack), len(pack.entries))


def _day(pack: Pack) -> date:
    first: datetime = min(instant(one.opens_at) for one in pack.sessions)
    return first.astimezone(ZoneInfo(pack.time_zone)).date()


def _refused(sentence: str, code: str) -> OfficeRefused:
    return OfficeRefused(Problem(sentence, code))
