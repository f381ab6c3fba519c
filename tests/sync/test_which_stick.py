"""A stick is known by what is on it: another one under the same letter, a wiped one, a copy, none at all."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.config.school_file import Destination
from mtc_kiosk.record.sealed import SUFFIX
from mtc_kiosk.store.records.sticks import Stick, remember_stick, sticks_at
from mtc_kiosk.sync.folder import MARK_NAME, RecordFolder
from mtc_kiosk.sync.push import Pushed, push
from mtc_kiosk.sync.receive import receive
from mtc_kiosk.sync.status import status
from tests.record.homes import ACT, SchoolHome

from .conftest import CHECKS, remount
from .test_stick import pushed, records_on

Copies = Callable[[str], SchoolHome]


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """Where sticks come, one after another."""
    return tmp_path / "E"


def put_in(stick: Path, letter: Path) -> None:
    """Take out the stick that is in, and put in another."""
    if letter.exists():
        letter.rename(letter.with_name(f"out-{len(list(letter.parent.iterdir()))}"))
    stick.mkdir(exist_ok=True)
    stick.rename(letter)


def counts(came: Pushed) -> tuple[int, int]:
    """How many were written, and how many were there."""
    return came.written, came.already


def test_a_second_stick_under_the_same_letter_gets_everything(copies: Copies, letter: Path, tmp_path: Path) -> None:
    """Each has its own id, and the first one, put in again, needs nothing."""
    hall = copies("hall")
    put_in(tmp_path / "first", letter)
    first = pushed(hall, letter)
    kept = letter.rename(tmp_path / "kept")
    put_in(tmp_path / "second", letter)
    second = pushed(hall, letter)
    assert (counts(first), first.is_new, counts(second), second.is_new) == ((CHECKS, 0), False, (CHECKS, 0), True)
    assert len(records_on(letter)) == CHECKS
    assert first.stick is not None
    assert second.stick is not None
    assert first.stick.id != second.stick.id
    put_in(kept, letter)
    back = pushed(hall, letter)
    assert (counts(back), back.stick, back.is_new) == ((0, CHECKS), first.stick, False)


def test_a_wiped_stick_gets_everything_again(copies: Copies, letter: Path) -> None:
    """With its id and without: what is there counts, not what is remembered."""
    hall = copies("hall")
    letter.mkdir()
    pushed(hall, letter)
    for file in records_on(letter):
        file.unlink()
    assert status(hall.db, (Destination(name="Trust", to=str(letter)),)).destinations[0].lacks == CHECKS
    assert counts(pushed(hall, letter)) == (CHECKS, 0)
    for file in [*records_on(letter), letter / MARK_NAME]:
        file.unlink()
    assert counts(pushed(hall, letter)) == (CHECKS, 0)
    assert status(hall.db, (Destination(name="Trust", to=str(letter)),)).destinations[0].lacks == 0


def test_a_copy_of_a_stick_with_its_id_gets_what_it_lacks(copies: Copies, letter: Path, tmp_path: Path) -> None:
    """The id is no proof of what is on it."""
    hall = copies("hall")
    letter.mkdir()
    pushed(hall, letter)
    copy = Path(shutil.copytree(letter, tmp_path / "copy"))
    records_on(copy)[0].unlink()
    put_in(copy, letter)
    assert counts(pushed(hall, letter)) == (1, CHECKS - 1)


@pytest.mark.parametrize("wrong", [b"", b"\0" * 64, b"not an id", b"x" * 5_000])
def test_an_id_that_cannot_be_read_is_written_anew(copies: Copies, letter: Path, wrong: bytes) -> None:
    """It was torn, or somebody edited it."""
    hall = copies("hall")
    letter.mkdir()
    (letter / MARK_NAME).write_bytes(wrong)
    came = pushed(hall, letter)
    assert came.stick is not None
    assert RecordFolder(letter).mark() == came.stick.id


def test_the_id_is_no_record(copies: Copies, letter: Path) -> None:
    """A receipt passes it over."""
    letter.mkdir()
    pushed(copies("hall"), letter)
    desk = copies("desk")
    assert len(list(receive(desk.db, RecordFolder(letter), desk.here, ACT))) == CHECKS


def test_a_stick_that_may_only_be_read_and_has_everything_needs_no_id(copies: Copies, small_stick: Path) -> None:
    """Nothing is written where nothing is lacking."""
    remount(small_stick, "size=1m")
    pushed(copies("hall"), small_stick)
    (small_stick / MARK_NAME).unlink()
    remount(small_stick, "ro")
    came = pushed(copies("hall"), small_stick)
    assert (counts(came), came.stick, came.trouble) == ((0, CHECKS), None, None)


def test_an_empty_mount_point_of_this_pc_is_no_stick(copies: Copies, letter: Path) -> None:
    """Records that went to a stick are not put into the folder that is left when it is out, nor reported to be
    there."""
    hall = copies("hall")
    remember_stick(hall.db, str(letter), Stick("a" * 32, own_disk=False), ACT)
    letter.mkdir()
    came = pushed(hall, letter)
    assert came.trouble is not None
    assert came.trouble.endswith("the stick that was used before is not plugged in. Plug it in. Nothing was written.")
    assert (counts(came), came.waiting, list(letter.iterdir())) == ((0, 0), CHECKS, [])


def test_a_folder_of_this_pc_is_said_to_be_one(copies: Copies, letter: Path) -> None:
    """It was never anything else, so it takes the records; and it is kept that it is on the same disk."""
    hall = copies("hall")
    letter.mkdir()
    came = pushed(hall, letter)
    assert came.stick is not None
    assert came.stick.own_disk
    assert sticks_at(hall.db, str(letter)) == (came.stick,)
    assert pushed(hall, letter).trouble is None


def test_a_stick_on_another_disk_is_known_as_one(copies: Copies, small_stick: Path) -> None:
    """The real thing: mounted, and its mount point left empty."""
    remount(small_stick, "size=1m")
    came = pushed(copies("hall"), small_stick)
    assert came.stick is not None
    assert not came.stick.own_disk


def test_a_stick_that_is_changed_during_a_push_is_noticed(
    copies: Copies, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its records are looked for again at the next push, whichever stick is in then."""
    hall, real = copies("hall"), os.replace

    def swapped(draft: str | Path, path: str | Path) -> None:
        real(draft, path)
        if Path(path).suffix == SUFFIX:
            (letter / MARK_NAME).write_bytes(b"b" * 32)

    letter.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", swapped)
        (came,) = push(hall.db, [Destination(name="Trust", to=str(letter))], ACT)
    assert came.trouble == f"The stick at {letter} was changed while records were sent. Send again."
    assert counts(pushed(hall, letter)) == (0, CHECKS)
