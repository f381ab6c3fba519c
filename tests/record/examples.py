"""Records as the tests need them: keys that are always the same, and a record of each kind."""

from collections.abc import Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.journal_form import data_of, type_of
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.record.content import Assistant, Check, Event, Feedback, Reason, Restart
from mtc_kiosk.record.detail import AssistantDetail, Detail
from mtc_kiosk.record.school import School
from mtc_kiosk.record.sealed import Sealed, seal
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.times import iso
from tests.check.robot import Robot

WALL_MS = 1_812_358_800_000
"""2027-06-07T09:00:00Z."""

OURS = School(name="Larkfield Primary", la="999", estab="1001", urn="900001")
THEIRS = School(name="Millbrook Juniors", la="999", estab="1002", urn="900002")
UNNAMED = School(name=None, la=None, estab=None, urn=None)
UPN, REF = "G201100120001", "4A/17"


def key(number: int = 1) -> DeviceKey:
    """One of the test's devices; the same number is the same device."""
    return DeviceKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


def record_id(number: int = 1) -> str:
    """A record's id; the same number gives the same."""
    return f"00000000-0000-4000-8000-{number:012x}"


def detail(**changes: Any) -> Detail:
    """Who a record is about."""
    values = {"salt": "5a" * 16, "upn": UPN, "ref": None, "pupil": 1, "by": "cli"}
    return Detail(**(values | changes))


def common(device: DeviceKey, about: Detail, **changes: Any) -> dict[str, Any]:
    """What every record says."""
    values = {
        "id": record_id(),
        "at": iso(WALL_MS),
        "device": device.fingerprint,
        "kiosk": "hall-1",
        "school": OURS,
        "made_up": False,
        "detail": about.digest,
    }
    return values | changes


def reason(device: DeviceKey | None = None, about: Detail | None = None, **changes: Any) -> Sealed:
    """A sealed reason."""
    device, about = device or key(), about or detail()
    values = {"code": "ABSNT", "by_head": False, "undoes": None}
    return seal(Reason(**(common(device, about) | values | changes)), about, device)


def restart(**changes: Any) -> Sealed:
    """A sealed restart."""
    values = {"code": "ITI", "origin_attempt": record_id(7), "by_head": False, "undoes": None}
    return seal(Restart(**(common(key(), detail()) | values | changes)), detail(), key())


def feedback(**changes: Any) -> Sealed:
    """A sealed feedback."""
    values = {"attempt_id": record_id(7), "choice": "easy", "undoes": None}
    return seal(Feedback(**(common(key(), detail()) | values | changes)), detail(), key())


def finished_robot() -> Robot:
    """A robot that has answered every question of its short form, right."""
    robot = Robot()
    robot.reach_end()
    return robot


def assistant_detail(**changes: Any) -> AssistantDetail:
    """Who typed for a pupil, and why they were named later."""
    values = {"forename": "Zoë", "surname": "O'Made-up", "why": "Her hand was in plaster."}
    return AssistantDetail(**(detail().model_dump() | values | changes))


def assistant(about: Detail | None = None, **changes: Any) -> Sealed:
    """A sealed assistant."""
    about = about or assistant_detail()
    values = {"attempt_id": record_id(7), "code": "later", "undoes": None}
    return seal(Assistant(**(common(key(), about) | values | changes)), about, key())


def check_content(robot: Robot, device: DeviceKey, about: Detail, **changes: Any) -> Check:
    """What the record of a robot's check says. ``started_ms`` among the changes moves it in time."""
    started_ms = int(changes.pop("started_ms", WALL_MS))
    attempt_id = changes.get("id", record_id())
    events, chain = chained(attempt_id, robot.journal, started_ms)
    values = {
        "at": iso(started_ms + robot.now // 1000),
        "check_code": "code-1",
        "kind": "official",
        "form": robot.form.to_json(),
        "settings": robot.settings.to_json(),
        "started_at": iso(started_ms),
        "outcome": robot.machine.outcome or "superseded",
        "events": events,
        "chain": chain,
    }
    return Check(**(common(device, about) | values | changes))


def check(robot: Robot, device: DeviceKey | None = None, about: Detail | None = None, **changes: Any) -> Sealed:
    """The sealed record of a robot's check."""
    device, about = device or key(), about or detail(by=None)
    return seal(check_content(robot, device, about, **changes), about, device)


def chained(attempt_id: str, journal: Sequence[Fact], started_ms: int) -> tuple[tuple[Event, ...], str]:
    """The journal as a record has it, and the hash of its last row."""
    events, previous = [], FIRST
    for seq, fact in enumerate(journal, start=1):
        wall_time = iso(started_ms + fact.at // 1000)
        event = Event(seq=seq, run=1, at_us=fact.at, wall_time=wall_time, type=type_of(fact), data=data_of(fact))
        previous = next_hash(previous, ChainRow(attempt_id, seq, 1, fact.at, wall_time, event.type, event.data))
        events.append(event)
    return tuple(events), previous
