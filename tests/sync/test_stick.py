"""A stick that is pulled out, full, read-only or not there loses nothing, whichever operation it happens at."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.config.school_file import Destination
from mtc_kiosk.record.sealed import SUFFIX, read_file
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.push import Pushed, push
from mtc_kiosk.sync.receive import Fate, FileReport, receive
from tests.record.homes import ACT, SchoolHome

from .conftest import CHECKS, remount
from .stick import Stick

Copies = Callable[[str], SchoolHome]


def pushed(home: SchoolHome, place: Path, *, again: bool = False) -> Pushed:
    """Push everything to one place."""
    (came,) = push(home.db, [Destination(name="Our trust", to=str(place))], ACT, again=again)
    return came


def records_on(place: Path) -> list[Path]:
    """The records in a folder, by name."""
    return sorted(file for file in place.iterdir() if file.suffix == SUFFIX)


def received(home: SchoolHome, place: Path) -> list[FileReport]:
    """Receive a folder."""
    return list(receive(home.db, RecordFolder(place), home.here, ACT))


def fates(said: list[FileReport]) -> Counter[Fate]:
    """How many files met which fate."""
    return Counter(each.fate for each in said)


def test_everything_that_waits_gets_there_once(copies: Copies, tmp_path: Path) -> None:
    """Named by its hash, whole, and delivered; a second push has nothing to do."""
    hall, stick = copies("hall"), tmp_path / "stick"
    stick.mkdir()
    assert (pushed(hall, stick).written, pushed(hall, stick).written) == (CHECKS, 0)
    for file in records_on(stick):
        assert read_file(file.read_bytes()).file_name == file.name
    assert len(records_on(stick)) == CHECKS


def test_a_stick_pulled_out_at_any_operation_of_a_push_loses_nothing(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on the stick is whole; with the stick back in, the rest follows; each record is taken in once."""
    before, operations = 0, 0
    while True:
        with monkeypatch.context() as patch:
            hall, desk = copies("hall"), copies("desk")
            stick = Stick(tmp_path / f"stick-{before}", patch)
            stick.pull_before(before)
            came = pushed(hall, stick.root)
            if not stick.is_out:
                break
            operations += 1
            assert came.trouble is not None
            assert came.written + came.waiting == CHECKS
            stick.put_in()
            first = fates(received(desk, stick.root))
            assert first[Fate.REFUSED] == 0
            assert pushed(hall, stick.root).waiting == 0
            second = fates(received(desk, stick.root))
            assert first[Fate.NEW] + second[Fate.NEW] == CHECKS
            assert second[Fate.ALREADY_HAD] == first[Fate.NEW]
            assert desk.count("inbox") == CHECKS
        before += 1
    assert operations > 5 * CHECKS, "the stick saw fewer calls than writing takes"


def test_a_stick_pulled_out_at_any_operation_of_a_receipt_loses_nothing(
    copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken in is kept, the rest is reported as not read, and receiving again takes it in."""
    full = tmp_path / "full"
    full.mkdir()
    pushed(copies("hall"), full)
    before, operations = 0, 0
    while True:
        with monkeypatch.context() as patch:
            desk = copies("desk")
            stick = Stick(tmp_path / f"stick-{before}", patch)
            for file in full.iterdir():
                (stick.root / file.name).write_bytes(file.read_bytes())
            stick.pull_before(before)
            said = _received_or_none(desk, stick.root)
            if not stick.is_out:
                break
            operations += 1
            taken = fates(said)[Fate.NEW]
            assert taken < CHECKS
            assert desk.count("inbox") == taken
            stick.put_in()
            assert fates(received(desk, stick.root))[Fate.NEW] == CHECKS - taken
            assert desk.count("inbox") == CHECKS
        before += 1
    assert operations > 2 * CHECKS, "the stick saw fewer calls than reading takes"


def _received_or_none(desk: SchoolHome, place: Path) -> list[FileReport]:
    try:
        return received(desk, place)
    except FolderTrouble:
        return []


def test_what_a_stick_tore_after_the_push_is_refused_and_sent_again(copies: Copies, tmp_path: Path) -> None:
    """A stick that falsely reported a write: the file is named as torn, and the next push mends it.

    One that has the right size and nothing in it is mended by a push that compares everything.
    """
    hall, desk, stick = copies("hall"), copies("desk"), tmp_path / "stick"
    stick.mkdir()
    pushed(hall, stick)
    files = records_on(stick)
    files[0].write_bytes(files[0].read_bytes()[:5000])
    files[1].write_bytes(b"\0" * files[1].stat().st_size)
    files[2].write_bytes(b"")
    assert {said.code for said in received(desk, stick)} == {"torn"}
    assert pushed(hall, stick).written == CHECKS - 1
    assert pushed(hall, stick, again=True).written == 1
    assert fates(received(desk, stick)) == {Fate.NEW: CHECKS}


def test_a_full_stick_takes_what_fits_and_the_rest_waits(copies: Copies, small_stick: Path) -> None:
    """No half of a record is left on it, and with more room the rest follows."""
    hall, desk = copies("hall"), copies("desk")
    came = pushed(hall, small_stick)
    assert 0 < came.written < CHECKS
    assert came.waiting == CHECKS - came.written
    assert came.trouble == f"The folder {small_stick} cannot be written to: it is full."
    assert len(records_on(small_stick)) == came.written
    assert fates(received(desk, small_stick)) == {Fate.NEW: came.written}
    remount(small_stick, "size=1m")
    assert pushed(hall, small_stick).waiting == 0
    received(desk, small_stick)
    assert desk.count("inbox") == CHECKS


def test_a_read_only_stick_takes_nothing_and_gives_everything(copies: Copies, small_stick: Path) -> None:
    """One sentence says that it is read-only; receiving needs no more."""
    hall, desk = copies("hall"), copies("desk")
    remount(small_stick, "size=1m")
    pushed(hall, small_stick)
    remount(small_stick, "ro")
    assert fates(received(desk, small_stick)) == {Fate.NEW: CHECKS}
    came = pushed(copies("hall"), small_stick)
    assert (came.written, came.already, came.trouble) == (0, CHECKS, None), "what is there need not be written"
    remount(small_stick, "rw")
    for file in small_stick.glob("*.mtc"):
        file.unlink()
    remount(small_stick, "ro")
    came = pushed(copies("hall"), small_stick)
    assert (came.written, came.waiting) == (0, CHECKS)
    assert came.trouble == f"The folder {small_stick} cannot be written to: it is read-only."


def test_a_folder_that_is_not_there_is_not_made(copies: Copies, tmp_path: Path) -> None:
    """A stick that is not in must not become a folder of this PC, where nobody looks for it."""
    hall, missing = copies("hall"), tmp_path / "media" / "stick"
    came = pushed(hall, missing)
    assert came.trouble == f"The folder {missing} is missing. Plug in the stick, or make the folder."
    assert (came.written, came.waiting) == (0, CHECKS)
    assert not missing.parent.exists()


def test_a_file_in_place_of_the_folder_is_no_folder(copies: Copies, tmp_path: Path) -> None:
    """Neither to write to nor to read from."""
    place = tmp_path / "stick"
    place.write_text("a file", encoding="utf-8")
    assert pushed(copies("hall"), place).written == 0
    with pytest.raises(FolderTrouble, match=r"is a file\. Name the folder"):
        received(copies("desk"), place)
    assert place.read_text(encoding="utf-8") == "a file"


def test_tries_in_vain_are_counted(copies: Copies, tmp_path: Path) -> None:
    """A record that was tried and not delivered says how often; the others were not tried."""
    hall = copies("hall")
    for _ in range(3):
        pushed(hall, tmp_path / "nowhere")
    tries = [row[0] for row in hall.db.execute("select tries from outbox order by tries desc").fetchall()]
    assert tries == [3, 0, 0]


def test_one_destination_in_trouble_does_not_hold_up_another(copies: Copies, tmp_path: Path) -> None:
    """Each has its own sentence."""
    hall, stick = copies("hall"), tmp_path / "stick"
    stick.mkdir()
    destinations = [
        Destination(name="Gone", to=str(tmp_path / "gone")),
        Destination(name="Far", to="sftp://trust.example/checks"),
        Destination(name="Here", to=str(stick)),
    ]
    came = {each.destination.name: each for each in push(hall.db, destinations, ACT)}
    assert [came[name].written for name in ("Gone", "Far", "Here")] == [0, 0, CHECKS]
    assert came["Here"].trouble is None
    assert came["Far"].trouble == (
        "This version can send only to a folder, not to sftp://trust.example/checks. The records are kept here."
    )
    states = {row[0] for row in hall.db.execute("select state from outbox").fetchall()}
    assert states == {"waiting"}


def test_what_is_in_the_way_on_the_stick_is_a_sentence(copies: Copies, tmp_path: Path) -> None:
    """A folder under a record's name: nothing is written over it."""
    hall, stick = copies("hall"), tmp_path / "stick"
    stick.mkdir()
    pushed(hall, stick)
    file = records_on(stick)[0]
    file.unlink()
    file.mkdir()
    came = pushed(copies("hall"), stick)
    assert came.trouble is not None
    assert came.trouble.startswith(f"The folder {stick} cannot be written to: ")
    assert file.is_dir()


def test_a_record_changed_in_the_outbox_is_not_sent(copies: Copies, tmp_path: Path) -> None:
    """The others are delivered, and the sentence says how many were not."""
    hall, stick = copies("hall"), tmp_path / "stick"
    stick.mkdir()
    hall.db.execute("drop trigger outbox_is_not_changed")
    hall.db.execute("update outbox set body = x'00' where record_id like '%1'")
    came = pushed(hall, stick)
    assert (came.written, came.waiting) == (CHECKS - 1, 1)
    assert came.trouble == "Not sent, because it was changed in the database: 1."
