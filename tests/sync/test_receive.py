"""Receiving a folder: every file has a report, and no file can do harm."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.record.content import Feedback
from mtc_kiosk.record.sealed import LARGEST_FILE, Fault, seal
from mtc_kiosk.store.records.check_codes import new_code
from mtc_kiosk.store.records.inbox import Verdict
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.receive import GONE, UNREADABLE, Fate, FileReport, receive
from tests.record.examples import THEIRS, check, common, detail, finished_robot, key, reason, record_id
from tests.record.homes import ACT, SchoolHome

from .conftest import CHECKS
from .test_stick import pushed

Copies = Callable[[str], SchoolHome]


@pytest.fixture
def folder(copies: Copies, tmp_path: Path) -> Path:
    """A folder with three good records."""
    place = tmp_path / "stick"
    place.mkdir()
    pushed(copies("hall"), place)
    return place


def said(desk: SchoolHome, place: Path) -> dict[str, FileReport]:
    """The sentences, by the file's name."""
    return {each.file.name: each for each in receive(desk.db, RecordFolder(place), desk.here, ACT)}


def codes(desk: SchoolHome, place: Path) -> dict[str, str]:
    """The codes of files that do not have a record's name."""
    return {name: each.code for name, each in said(desk, place).items() if "-" not in name}


def test_received_any_number_of_times_a_record_is_taken_in_once(copies: Copies, folder: Path) -> None:
    """The folder is as it was."""
    desk = copies("desk")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert [{each.fate for each in said(desk, folder).values()} for _ in range(3)] == [
        {Fate.NEW},
        {Fate.ALREADY_HAD},
        {Fate.ALREADY_HAD},
    ]
    assert desk.count("inbox") == CHECKS
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_what_is_about_a_check_of_the_same_folder_is_known_by_it(copies: Copies, tmp_path: Path) -> None:
    """Under an earlier name of the school, and although its file comes first."""
    desk, hall, place = copies("desk"), copies("hall").sealer.key, tmp_path / "renamed"
    place.mkdir()
    of_check, about = record_id(91), detail()
    taken = check(finished_robot(), hall, school=THEIRS, check_code=new_code(desk.db, 1), id=of_check)
    (place / "b.mtc").write_bytes(taken.to_file())
    said_of_it = Feedback(
        **common(hall, about, school=THEIRS, id=record_id(92)), attempt_id=of_check, choice="easy", undoes=None
    )
    (place / "a.mtc").write_bytes(seal(said_of_it, about, hall).to_file())
    assert codes(desk, place) == {"b.mtc": "new", "a.mtc": "new"}


def test_every_bad_file_is_refused_with_its_reason(copies: Copies, folder: Path) -> None:
    """And the good ones beside it are taken in."""
    desk = copies("desk")
    good = reason(key(3), id=record_id(99)).to_file()
    (folder / "torn.mtc").write_bytes(good[:-30])
    (folder / "empty.mtc").write_bytes(b"")
    (folder / "tampered.mtc").write_bytes(good.replace(b"ABSNT", b"BLSTD"))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / "notes.txt").write_bytes(b"")
    (folder / "theirs.mtc").write_bytes(check(finished_robot(), school=THEIRS).to_file())
    (folder / "made_up.mtc").write_bytes(reason(made_up=True).to_file())
    (folder / "unknown.mtc").write_bytes(good)
    assert codes(desk, folder) == {
        "torn.mtc": "torn",
        "empty.mtc": "torn",
        "tampered.mtc": "tampered",
        "photo.jpg": "foreign",
        "notes.txt": "foreign",
        "theirs.mtc": "another_schools",
        "made_up.mtc": "other_pupils",
        "unknown.mtc": "waits",
    }
    assert desk.count("inbox") == CHECKS


def test_a_file_with_another_name_is_the_same_record(copies: Copies, folder: Path) -> None:
    """Windows copies a file as "... - Copy": its bytes say what it is."""
    desk = copies("desk")
    file = sorted(folder.glob("*.mtc"))[0]
    shutil.copyfile(file, folder / f"{file.stem} - Copy.mtc")
    assert sorted(each.fate for each in said(desk, folder).values()) == sorted([Fate.NEW] * CHECKS + [Fate.ALREADY_HAD])


@pytest.mark.parametrize(
    "name",
    [".check-1.mtc.0a0a0a0a.tmp", "._check-1.mtc", ".DS_Store", "desktop.ini", "Thumbs.db", "pack-0a0a0a0a.mtcpack"],
)
def test_unfinished_files_and_the_systems_own_are_passed_over(copies: Copies, folder: Path, name: str) -> None:
    """Nobody put them there to be received."""
    (folder / name).write_bytes(b"{")
    assert name not in said(copies("desk"), folder)


def test_folders_in_the_folder_are_passed_over(copies: Copies, folder: Path) -> None:
    """Another school's folder beside ours is none of our business."""
    (folder / "inner").mkdir()
    shutil.copyfile(sorted(folder.glob("*.mtc"))[0], folder / "inner" / "copy.mtc")
    assert len(said(copies("desk"), folder)) == CHECKS


@pytest.mark.posix_only("pipes and links in a folder: POSIX alone")
def test_what_is_no_plain_file_is_not_opened(copies: Copies, folder: Path, tmp_path: Path) -> None:
    """A pipe would wait for ever, and a link may lead anywhere."""
    os.mkfifo(folder / "pipe.mtc")
    secret = tmp_path / "secret"
    secret.write_bytes(reason(key(3)).to_file())
    (folder / "link.mtc").symlink_to(secret)
    (folder / "lost.mtc").symlink_to(tmp_path / "nowhere")
    assert codes(copies("desk"), folder) == dict.fromkeys(["link.mtc", "lost.mtc", "pipe.mtc"], "unreadable")


def test_a_file_without_end_is_not_read_whole(copies: Copies, folder: Path) -> None:
    """A video under a record's name costs no more than the largest record."""
    with (folder / "video.mtc").open("wb") as file:
        file.write(b'{"content":{')
        file.truncate(LARGEST_FILE * 64)
    assert codes(copies("desk"), folder) == {"video.mtc": "too_large"}


def test_an_empty_folder_has_nothing_to_say(copies: Copies, tmp_path: Path) -> None:
    """It is no mistake to receive one."""
    (tmp_path / "empty").mkdir()
    assert said(copies("desk"), tmp_path / "empty") == {}


@given(data=st.data())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_tampering_with_any_files_never_changes_what_is_taken_in(
    copies: Copies, folder: Path, tmp_path: Path, data: st.DataObject
) -> None:
    """Bytes flipped, cut, repeated, swapped between files: only what was sealed is ever taken in."""
    desk = copies("desk")
    place = tmp_path / "tampered"
    place.mkdir(exist_ok=True)
    good = [file.read_bytes() for file in sorted(folder.glob("*.mtc"))]
    for number, content in enumerate(good):
        cut = data.draw(st.integers(0, len(content)))
        flipped = data.draw(st.integers(0, len(content) - 1))
        other = data.draw(st.sampled_from(good))
        changed = data.draw(
            st.sampled_from(
                [
                    content,
                    content[:cut],
                    content[:flipped] + bytes([content[flipped] ^ 1]) + content[flipped + 1 :],
                    content[:cut] + other[cut:],
                    content.split(b"\n")[0] + b"\n" + other.split(b"\n")[1] + b"\n",
                    content * 2,
                ]
            )
        )
        (place / f"{number}.mtc").write_bytes(changed)
    said(desk, place)
    taken = {row[0] for row in desk.db.execute("select body from inbox union select body from conflict").fetchall()}
    assert taken <= {content.split(b"\n")[0] for content in good}


@pytest.mark.posix_only("only POSIX systems have pipes in folders")
def test_a_pipe_under_a_records_name_gives_way_to_the_record(copies: Copies, folder: Path) -> None:
    """Nothing waits for whoever writes to it: it is refused at receipt, and a push puts the record in its place."""
    record = next(iter(folder.glob("*.mtc")))
    whole = record.read_bytes()
    record.unlink()
    os.mkfifo(record)
    assert said(copies("desk"), folder)[record.name].code == "unreadable"
    pushed(copies("hall"), folder)
    assert record.read_bytes() == whole


def test_a_folder_of_far_too_many_files_is_refused_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not read to its end."""
    monkeypatch.setattr("mtc_kiosk.sync.folder.MOST_FILES", 3)
    for name in "abc":
        (tmp_path / name).touch()
    assert len(RecordFolder(tmp_path).files()) == 3
    (tmp_path / "d").touch()
    with pytest.raises(FolderTrouble, match="more than 3 files"):
        RecordFolder(tmp_path).files()


REFUSED = [*Fault, UNREADABLE, GONE, Verdict.ANOTHER_SCHOOLS, Verdict.OTHER_PUPILS]
KEPT = [Verdict.NEW, Verdict.CONFLICT, Verdict.BROKEN, Verdict.ALREADY_HAD, Verdict.WAITS]


@pytest.mark.parametrize("code", [*REFUSED, *KEPT])
def test_a_file_is_refused_by_its_code_alone(code: str) -> None:
    """No fault of a file has the code of a verdict that keeps a record; every code of either is here."""
    assert (FileReport(Path("a.mtc"), str(code), "").fate is Fate.REFUSED) == (code in REFUSED)
    assert {*Verdict} <= {*REFUSED, *KEPT}
