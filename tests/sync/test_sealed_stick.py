"""A stick from a kiosk to its desk: a finder learns nothing, the desk takes each record once, bad files are named."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mtc_kiosk.kiosk.view.words import checks_wait
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.record.receipt import RECEIPT_SUFFIX, read_receipt, sign
from mtc_kiosk.record.sealed import LARGEST_FILE, Fault, NotARecord
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.record.stick_seal import BEGINS, LEAST_CONTENT, is_sealed, is_whole, opened, seal_for, sealed_size
from mtc_kiosk.school.words import time_in_words
from mtc_kiosk.store.classroom.epoch import renew_epoch
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.made_up import open_made_up_home
from tests.record.examples import key
from tests.record.homes import attempt

from .commands import answered, run
from .roads import AKiosk, a_desk, a_kiosk, breaks

CHECKS = 3
SECRETS = (b'kiosk"', b'check"', b"code-1", b"G2011001", b"content", b"digest", b"feedback", b"00000000-0000")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenHome]:
    """The desk."""
    with a_desk(open_made_up_home(tmp_path / "desk")) as office:
        yield office


@pytest.fixture
def kiosk(tmp_path: Path, desk: OpenHome) -> Iterator[AKiosk]:
    """A kiosk to which no network leads; three pupils took the check, and one said how it was."""
    open_made_up_home(tmp_path / "kiosk")
    with a_kiosk(tmp_path / "kiosk", desk) as kiosk:
        enrol(kiosk, desk)
        for number in range(1, CHECKS + 1):
            kiosk.home.seal(kiosk.home.take(attempt(number, number, kiosk="PC7")))
        felt = "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', 'easy')"
        row = kiosk.home.db.execute(felt, (attempt(1).id, "2027-06-07T10:00:00.000Z")).lastrowid
        assert row is not None
        with change(kiosk.home.db):
            kiosk.home.sealer.feedback(kiosk.home.db, row)
        yield kiosk


def enrol(kiosk: AKiosk, desk: OpenHome) -> None:
    """Give the kiosk the file that says which its desk is."""
    own = device_key(desk.home)
    values = ("", "", own.public.hex(), own.sealing_key.hex(), 1, "PC7", "token", "2027-06-07T08:00:00.000Z")
    keep_enrolment(kiosk.home.home, Enrolment(*values))


@pytest.fixture
def stick(tmp_path: Path, kiosk: AKiosk) -> Path:
    """A stick with everything that waits at the kiosk."""
    place = tmp_path / "stick"
    place.mkdir()
    assert run("sync", "push", place, "--home", kiosk.home.home.root) == 0
    return place


def files_on(stick: Path) -> list[Path]:
    """The sealed files."""
    return sorted(stick.glob("*.mtc"))


def receipts_on(stick: Path) -> list[Path]:
    """The desk's receipts."""
    return sorted(stick.glob(f"*{RECEIPT_SUFFIX}"))


def fails_after(records: int) -> Callable[[], None]:
    """A network that is away once so many records have gone."""
    left = iter(range(records))

    def before() -> None:
        if next(left, None) is None:
            breaks()

    return before


def fates(capsys: pytest.CaptureFixture[str], stick: Path, desk: OpenHome) -> dict[str, str]:
    """What the command says of each file."""
    data = answered(capsys, "sync", "receive", stick, "--home", desk.home.root)["data"]
    return {Path(each["file"]).name: each["code"] for each in data["files"]}


def test_a_lost_stick_shows_nothing(kiosk: AKiosk, stick: Path) -> None:
    """Neither a pupil, nor what a file is, nor by its size; each is another each time it is sealed."""
    files = files_on(stick)
    assert len(files) == CHECKS + 1
    assert {len(file.read_bytes()) for file in files} == {sealed_size(100)}
    for file in files:
        assert not [each for each in SECRETS if each in file.read_bytes().replace(BEGINS, b"")]
        assert "check" not in file.name
        assert "feedback" not in file.name
        with pytest.raises(NotARecord) as refused:
            opened(file.read_bytes(), kiosk.home.sealer.key.opening_key)
        assert refused.value.fault is Fault.ANOTHER_DESKS


def test_the_desk_takes_each_record_of_the_stick_once(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """Again and from a copy under another name too; and over the network later, which gives the receipts as well."""
    assert set(fates(capsys, stick, desk).values()) == {"new"}
    first = files_on(stick)[0]
    shutil.copyfile(first, stick / f"{first.stem} - Copy.mtc")
    assert set(fates(capsys, stick, desk).values()) == {"already_had"}
    assert desk.db.execute("select count(*) from inbox").fetchone() == (CHECKS + 1,)
    assert kiosk.waiting() == CHECKS + 1
    assert kiosk.deliver().delivered == CHECKS + 1
    assert (kiosk.waiting(), desk.db.execute("select count(*) from inbox").fetchone()) == (0, (CHECKS + 1,))


def test_a_second_push_writes_what_is_missing_or_damaged(
    kiosk: AKiosk, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The seal differs each time, so a file that is whole is left alone."""
    before = {file.name: file.read_bytes() for file in files_on(stick)}
    torn, gone, flipped, *rest = files_on(stick)
    torn.write_bytes(torn.read_bytes()[:-5])
    gone.unlink()
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(content)
    push = ("sync", "push", stick, "--home", kiosk.home.home.root)
    assert answered(capsys, *push)["data"]["destinations"][0]["delivered"] == 2
    assert answered(capsys, *push, "--again")["data"]["destinations"][0]["delivered"] == 1
    assert all(is_whole(file.read_bytes()) for file in files_on(stick))
    assert all(file.read_bytes() == before[file.name] for file in rest)


def test_every_bad_file_on_the_stick_is_refused_with_its_reason(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """And the good ones beside it are taken in."""
    whole = files_on(stick)[0].read_bytes()
    inside = opened(whole, device_key(desk.home).opening_key)
    sealing_key = device_key(desk.home).sealing_key
    head, rest = whole[: len(BEGINS)], whole[len(BEGINS) + 65 :]
    flipped = rest[:-1] + bytes([rest[-1] ^ 1])
    changed = inside.replace(b'"kiosk":"PC7"', b'"kiosk":"PC8"')
    other = seal_for(inside, key(5).sealing_key)
    bad = {
        "torn.mtc": whole[:-100],
        "begun.mtc": whole[:5],
        "damaged.mtc": whole[:-1] + b"x",
        "altered.mtc": head + hashlib.sha256(flipped).hexdigest().encode() + b"\n" + flipped,
        "forged.mtc": seal_for(changed, sealing_key),
        "theirs.mtc": other,
        "photo.mtc": seal_for(b"a photograph", sealing_key),
        "notes.txt": b"hello",
    }
    for name, content in bad.items():
        (stick / name).write_bytes(content)
    found = fates(capsys, stick, desk)
    assert {name: found[name] for name in bad} == {
        "torn.mtc": "torn",
        "begun.mtc": "torn",
        "damaged.mtc": "torn",
        "altered.mtc": "tampered",
        "forged.mtc": "tampered",
        "theirs.mtc": "another_desks",
        "photo.mtc": "torn",
        "notes.txt": "foreign",
    }
    assert sorted(found[file.name] for file in files_on(stick) if file.name not in bad) == ["new"] * (CHECKS + 1)


def test_a_kiosk_is_told_to_name_the_stick(kiosk: AKiosk, capsys: pytest.CaptureFixture[str]) -> None:
    """It has no destinations of its own."""
    assert run("sync", "push", "--home", kiosk.home.home.root) == 1
    assert "Name the stick or folder for the desk" in capsys.readouterr().err


def test_a_desk_says_where_its_destinations_are_named(desk: OpenHome, tmp_path: Path) -> None:
    """It would write records that anybody could read."""
    (tmp_path / "stick").mkdir()
    assert run("sync", "push", tmp_path / "stick", "--home", desk.home.root) == 1
    assert list((tmp_path / "stick").iterdir()) == []


def test_records_of_a_withdrawn_device_wait_on_the_stick_too(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until it is accepted again; then they are taken in."""
    desk.db.execute("update device set accepted_at = null, accepted_by = null")
    assert set(fates(capsys, stick, desk).values()) == {"waits"}
    device = kiosk.home.sealer.key.fingerprint
    assert run("sync", "devices", "--accept", device, "--home", desk.home.root) == 0
    assert desk.db.execute("select count(*) from inbox").fetchone() == (CHECKS + 1,)


@pytest.mark.parametrize("length", [0, 1, LEAST_CONTENT - 8, LEAST_CONTENT - 7, 3 * LEAST_CONTENT, LARGEST_FILE])
def test_what_is_sealed_comes_out_again(length: int) -> None:
    """At the bounds of each size too; and the size is what a push expects."""
    desk, content = DeviceKey.new(), b"\0" * length
    sealed = seal_for(content, desk.sealing_key)
    assert is_sealed(sealed)
    assert len(sealed) == sealed_size(length)
    assert opened(sealed, desk.opening_key) == content


def test_a_kiosk_says_what_waits_for_its_desk(kiosk: AKiosk, capsys: pytest.CaptureFixture[str]) -> None:
    """In the words and figures of its welcome page, with since when and the ways there; destinations it has none."""
    status, db = ("sync", "status", "--home", kiosk.home.home.root), kiosk.home.db
    ((first,),) = db.execute("select min(at) from outbox").fetchall()
    data = answered(capsys, *status)["data"]
    assert data["here"] == {"desk": "", "checks": CHECKS, "records": CHECKS + 1, "since": first}
    page = checks_wait(CHECKS).removeprefix("Staff: ")
    (here,) = data["waits"]
    when = time_in_words(instant(first), ZoneInfo("Europe/London"))
    assert here == {
        "at": "here",
        "sentence": f"{page.removesuffix('.')}, and 1 other record, the oldest since {when}."
        " Bring them on a stick: mtc-kiosk sync push FOLDER",
        "asks": False,
    }
    assert run(*status) == 0
    assert capsys.readouterr().out.splitlines() == [f"(made-up pupils) {here['sentence']}"]
    kiosk.road.before = fails_after(CHECKS)
    kiosk.deliver()
    run(*status)
    assert "1 record waits here for the desk, since" in capsys.readouterr().out
    kiosk.road.before = lambda: None
    kiosk.deliver()
    assert answered(capsys, *status)["data"]["here"] == {"desk": "", "checks": 0, "records": 0, "since": None}
    run(*status)
    assert "Nothing waits here for the desk." in capsys.readouterr().out


def test_a_kiosk_without_a_network_learns_of_a_restored_desk_by_its_first_receipt(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From then on what has a receipt from before the backup waits again, until the stick was read there once more."""
    here = ("--home", kiosk.home.home.root)

    def brought(at: str) -> int:
        """The stick is read at the desk and comes back; what waits here then."""
        monkeypatch.setenv("MTC_KIOSK_NOW", f"2027-06-{at}T10:00:00Z")
        fates(capsys, stick, desk)
        assert run("sync", "push", stick, *here) == 0
        return int(answered(capsys, "sync", "status", *here)["data"]["here"]["records"])

    assert brought("07") == 0
    with change(desk.db):
        renew_epoch(desk.db)
    for file in files_on(stick)[1:]:
        file.unlink()
    assert brought("08") == CHECKS
    assert brought("09") == 0


def test_a_stick_that_was_read_brings_the_desks_receipts_back(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next push reads them first: what the desk has waits no longer, and what came since still does."""
    push = ("sync", "push", stick, "--home", kiosk.home.home.root)
    assert answered(capsys, *push)["data"]["destinations"][0]["arrived"] == 0
    received = answered(capsys, "sync", "receive", stick, "--home", desk.home.root)["data"]
    assert (received["new"], received["receipts"], received["all_files"]) == (CHECKS + 1, CHECKS + 1, CHECKS + 1)
    assert not [each for file in receipts_on(stick) for each in SECRETS[:-1] if each in file.read_bytes()]
    kiosk.home.seal(kiosk.home.take(attempt(9, 9, kiosk="PC7")))
    assert run(*push) == 0
    said = "1 record written, 4 already there. 4 records have arrived at the desk, by its receipts."
    assert said in capsys.readouterr().out
    assert kiosk.waiting() == 1
    assert answered(capsys, *push)["data"]["destinations"][0]["arrived"] == 0
    before = [file.read_bytes() for file in receipts_on(stick)]
    assert set(fates(capsys, stick, desk).values()) == {"already_had", "new"}
    assert [file.read_bytes() for file in receipts_on(stick) if file.read_bytes() in before] == before
    assert answered(capsys, *push)["data"]["destinations"][0]["arrived"] == 1
    assert kiosk.waiting() == 0


def test_a_receipt_that_is_damaged_or_another_desks_proves_nothing(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is named, its record goes on waiting, and the desk puts it right when it reads the stick once more."""
    fates(capsys, stick, desk)
    torn, altered, others, swapped = receipts_on(stick)
    torn.write_bytes(torn.read_bytes()[:-20])
    altered.write_bytes(altered.read_bytes().replace(b'"verdict":"new"', b'"verdict":"waits"'))
    theirs = read_receipt(others.read_bytes(), device_key(desk.home).public)
    another = DeviceKey.new()
    others.write_bytes(sign(theirs.model_copy(update={"desk": another.fingerprint}), another))
    (stick / f"receipt-{'0' * 64}{RECEIPT_SUFFIX}").write_bytes(b"of nothing here")
    swapped.write_bytes(sign(theirs, device_key(desk.home)))  # a true receipt, of another record
    push = ("sync", "push", stick, "--home", kiosk.home.home.root)
    answer = answered(capsys, *push)
    named = [Path(each["file"]).name for each in answer["errors"]]
    assert sorted(named) == sorted(each.name for each in (torn, altered, others, swapped))
    assert {each["code"] for each in answer["errors"]} == {"not_a_receipt"}
    assert (answer["data"]["destinations"][0]["arrived"], kiosk.waiting()) == (0, CHECKS + 1)
    assert set(fates(capsys, stick, desk).values()) == {"already_had"}
    assert answered(capsys, *push)["data"]["destinations"][0]["arrived"] == CHECKS + 1
    assert kiosk.waiting() == 0


def test_a_stick_on_which_nothing_can_be_written_is_received_all_the_same(
    kiosk: AKiosk, stick: Path, desk: OpenHome, capsys: pytest.CaptureFixture[str]
) -> None:
    """The desk says that the kiosks go on waiting, and why."""
    (file, *_) = files_on(stick)
    (stick / f"receipt-{file.stem.removeprefix('sealed-')}{RECEIPT_SUFFIX}").mkdir()
    assert run("sync", "receive", stick, "--home", desk.home.root) == 0
    said = capsys.readouterr().out
    assert "4 new" in said
    assert "The receipts for the kiosks could not be written." in said
    assert desk.db.execute("select count(*) from inbox").fetchone() == (CHECKS + 1,)
    assert run("sync", "push", stick, "--home", kiosk.home.home.root) == 1
    assert kiosk.waiting() == CHECKS + 1
