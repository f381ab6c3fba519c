"""Delivery to the desk: what waits goes on waiting until the desk's receipt for it is here, and counts once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.office import receiving
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.record.receipt import Receipt, read_receipt, sign
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.inbox import Verdict
from mtc_kiosk.sync.transport import TransportTrouble
from tests.record.examples import check, finished_robot, key, reason, record_id
from tests.record.homes import attempt

from .roads import AWAY, AKiosk, a_desk, a_kiosk, answer_lost, breaks

CHECKS = 3


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenHome]:
    """A desk."""
    with a_desk(open_made_up_home(tmp_path / "desk")) as office:
        yield office


@pytest.fixture
def kiosk(tmp_path: Path, desk: OpenHome) -> Iterator[AKiosk]:
    """A kiosk on which three pupils took the check."""
    with a_kiosk(tmp_path / "kiosk", desk) as kiosk:
        for number in range(1, CHECKS + 1):
            kiosk.home.seal(kiosk.home.take(attempt(number, number, kiosk="PC7")))
        yield kiosk


def taken_in(desk: OpenHome, table: str = "inbox") -> int:
    """How many records the desk has."""
    return int(desk.db.execute(f"select count(*) from {table}").fetchone()[0])


def test_what_waits_is_delivered_once_with_a_receipt_each(kiosk: AKiosk, desk: OpenHome) -> None:
    """A second delivery has nothing to send."""
    assert kiosk.waiting() == CHECKS
    done = kiosk.deliver()
    assert (done.delivered, done.waiting, done.trouble) == (CHECKS, 0, None)
    assert taken_in(desk) == CHECKS
    assert kiosk.home.count("receipt") == kiosk.home.count("outbox", "state = 'delivered'") == CHECKS
    assert kiosk.deliver().delivered == 0
    assert len(kiosk.road.sent) == CHECKS


def test_an_answer_that_is_lost_costs_another_try_and_no_second_record(kiosk: AKiosk, desk: OpenHome) -> None:
    """The desk had taken the first one in."""
    kiosk.road.after = answer_lost
    done = kiosk.deliver()
    assert (done.delivered, done.waiting, done.trouble, done.again) == (0, CHECKS, AWAY, True)
    assert taken_in(desk) == 1
    kiosk.road.after = lambda receipt: receipt
    assert kiosk.deliver().delivered == CHECKS
    assert taken_in(desk) == CHECKS


def test_a_desk_that_is_busy_says_when_to_come_again(kiosk: AKiosk) -> None:
    """After the last try the kiosk comes when there will be room, and not later and later."""
    busy_for = [0.05, 0.02, 0.07]

    def busy() -> None:
        if busy_for:
            raise TransportTrouble("The desk has too much to do just now.", again_s=busy_for.pop(0))

    kiosk.road.before = busy
    done = kiosk.deliver()
    assert (done.delivered, done.waiting, done.again, done.again_s) == (0, CHECKS, True, 0.07)
    done = kiosk.deliver()
    assert (done.delivered, done.waiting, done.again_s) == (CHECKS, 0, None)


def test_nothing_is_lost_while_the_network_is_away(kiosk: AKiosk, desk: OpenHome) -> None:
    """Every try is counted, and the record goes on waiting."""
    kiosk.road.before = breaks
    for _ in range(3):
        assert kiosk.deliver().trouble == AWAY
    assert (kiosk.waiting(), taken_in(desk)) == (CHECKS, 0)
    assert kiosk.home.count("outbox", "tries = 3") == 1


@pytest.mark.parametrize("wrong", ["nonsense", "another_record", "another_desk", "altered"])
def test_only_the_desks_own_receipt_for_this_very_record_counts(kiosk: AKiosk, desk: OpenHome, wrong: str) -> None:
    """Anything else leaves the record waiting."""
    real = device_key(desk.home)

    def answer(receipt: bytes) -> bytes:
        said = read_receipt(receipt, real.public)
        other = DeviceKey.new()
        return {
            "nonsense": b"{}",
            "another_record": sign(said.model_copy(update={"sha256": "0" * 64}), real),
            "another_desk": sign(Receipt(**said.model_dump() | {"desk": other.fingerprint}), other),
            "altered": receipt.replace(b'"verdict":"new"', b'"verdict":"NEW"'),
        }[wrong]

    kiosk.road.after = answer
    done = kiosk.deliver()
    assert (done.delivered, done.waiting) == (0, CHECKS)
    assert done.trouble is not None
    assert "not its receipt" in done.trouble
    assert kiosk.home.count("receipt") == 0


def test_a_record_that_the_desk_refuses_does_not_stop_the_others(kiosk: AKiosk, desk: OpenHome) -> None:
    """A record about real pupils is in the outbox of a made-up home, first in the row."""
    alien = reason(kiosk.home.sealer.key, id=record_id(77), made_up=False, at="2027-01-01T09:00:00.000Z")
    insert = "insert into outbox values (?, 'reason', ?, ?, ?, 'waiting', ?, 0, null)"
    assert alien.detail is not None
    row = (alien.content.id, alien.sha256, alien.body, alien.detail.to_bytes().decode(), alien.content.at)
    kiosk.home.db.execute(insert, row)
    done = kiosk.deliver()
    assert (done.delivered, done.waiting, done.trouble) == (CHECKS, 1, None)
    assert done.refused == ("It is about real pupils; this home is for made-up ones.",)


def test_a_restored_desk_is_offered_everything_again(kiosk: AKiosk, desk: OpenHome) -> None:
    """Receipts of the earlier epoch do not count for the new one; what the desk has is not taken in again."""
    kiosk.deliver()
    epoch = epoch_of(desk.db)
    assert kiosk.waiting(epoch) == 0
    desk.db.execute("update desk_epoch set epoch = ?", ("ab" * 16,))
    assert kiosk.waiting("ab" * 16) == CHECKS
    assert kiosk.deliver("ab" * 16).delivered == CHECKS
    assert (kiosk.waiting("ab" * 16), taken_in(desk)) == (0, CHECKS)
    assert kiosk.home.count("receipt") == 2 * CHECKS


def test_the_desk_says_what_became_of_a_record_and_has_it_by_then(kiosk: AKiosk, desk: OpenHome) -> None:
    """New, then already here; a stranger's waits; each time there is a receipt for its hash."""
    (file,) = [check(finished_robot(), kiosk.home.sealer.key, made_up=True, id=record_id(50))]
    stranger = check(finished_robot(), key(9), made_up=True, id=record_id(51))
    own = device_key(desk.home)
    said = [
        read_receipt(receiving.take(desk, kiosk.road.sender, one.file_name, one.to_file()), own.public)
        for one in (file, file, stranger, stranger)
    ]
    assert [one.verdict for one in said] == [Verdict.NEW, Verdict.ALREADY_HAD, Verdict.WAITS, Verdict.WAITS]
    assert [one.sha256 for one in said] == [file.sha256, file.sha256, stranger.sha256, stranger.sha256]
    assert {one.epoch for one in said} == {epoch_of(desk.db)}
    assert receiving.names_of(desk, kiosk.road.sender) == {file.file_name: len(file.to_file())}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("", b"", "foreign"),
        ("", b"a photograph", "foreign"),
        ("check-0.mtc", b"whole", "other_name"),
        ("", b"cut", "torn"),
        ("", b"tampered", "tampered"),
    ],
)
def test_the_desk_refuses_a_bad_file_by_name(
    kiosk: AKiosk, desk: OpenHome, name: str, content: bytes, code: str
) -> None:
    """And nothing of it is stored."""
    good = reason(kiosk.home.sealer.key, made_up=True)
    whole = good.to_file()
    sent = {b"whole": whole, b"cut": whole[:-9], b"tampered": whole.replace(b"ABSNT", b"BLSTD")}.get(content, content)
    with pytest.raises(OfficeRefused) as refused:
        receiving.take(desk, kiosk.road.sender, name or good.file_name, sent)
    assert [one.code for one in refused.value.problems] == [code]
    assert taken_in(desk) == taken_in(desk, "conflict") == 0


def test_records_of_a_pc_that_was_its_own_desk_before_are_delivered_too(tmp_path: Path, desk: OpenHome) -> None:
    """What it took in until it was enrolled is in its inbox."""
    with a_kiosk(tmp_path / "kiosk", desk) as kiosk:
        kiosk.home.seal(kiosk.home.take(attempt(1, 1)))
        kiosk.home.db.execute("insert into inbox select * from outbox")
        kiosk.home.db.execute("update inbox set state = 'taken'")
        kiosk.home.db.execute("update outbox set state = 'delivered'")
        kiosk.home.db.execute("delete from outbox")
        assert kiosk.deliver().delivered == 1
    assert taken_in(desk) == 1
