"""The command that makes the recordings: it makes what is missing, keeps what a person recorded, and repeats itself."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.audio.recordings import ogg_length_us
from tools.recordings.make import BEEP_TEXTS, MANIFEST, Recording, make, manifest_of, persons_files
from tools.recordings.sound_list import sound_list
from tools.recordings.voice import BEEPS

WANTED = tuple(Recording(f"beeps/{name}.ogg", name, BEEP_TEXTS[name], None) for name in BEEPS)
SHORT, LONG = (each.file for each in WANTED)
"""The beeps: they need no voice."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which everything was made once."""
    make(tmp_path, WANTED)
    return tmp_path


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its content and the moment it was last written."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def age(folder: Path) -> None:
    """Let every file be an hour old, so that writing it again would show."""
    for path in folder.rglob("*.*"):
        os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - 3_600 * 10**9))


def test_what_is_missing_is_made(tmp_path: Path) -> None:
    """With the manifest, and as long as it should be."""
    outcome = make(tmp_path, WANTED)
    assert outcome.written == [SHORT, LONG]
    assert [ogg_length_us(tmp_path / file) for file in (SHORT, LONG)] == [250_000, 750_000]
    assert list(manifest_of(tmp_path)["files"]) == [SHORT, LONG]


def test_a_second_run_writes_nothing(folder: Path) -> None:
    """Not even the manifest."""
    age(folder)
    before = contents(folder)
    outcome = make(folder, WANTED)
    assert (outcome.written, outcome.unchanged) == ([], [SHORT, LONG])
    assert contents(folder) == before


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A recording that was deleted comes back as it was."""
    other = tmp_path_factory.mktemp("other")
    make(other, WANTED)
    assert {n: c for n, (c, _) in contents(other).items()} == {n: c for n, (c, _) in contents(folder).items()}


def test_a_persons_recording_is_kept_and_told(folder: Path) -> None:
    """Whatever is wanted now; and again at the next run."""
    (folder / SHORT).write_bytes(b"a person's")
    for text in ("a beep", "another beep"):
        outcome = make(folder, (replace(WANTED[0], text=text), WANTED[1]))
        assert (outcome.persons, outcome.written) == ([SHORT], [])
    assert (folder / SHORT).read_bytes() == b"a person's"
    assert persons_files(folder) == [SHORT]


def test_a_recording_of_another_text_is_made_again(folder: Path) -> None:
    """And only that one."""
    outcome = make(folder, (replace(WANTED[0], text="another beep"), WANTED[1]))
    assert (outcome.written, outcome.unchanged) == ([SHORT], [LONG])


def test_a_person_may_record_what_was_never_made(tmp_path: Path) -> None:
    """Without a manifest every file that is there is somebody's."""
    (tmp_path / "beeps").mkdir()
    (tmp_path / SHORT).write_bytes(b"a person's")
    assert make(tmp_path, WANTED).persons == [SHORT]
    assert make(tmp_path, WANTED).persons == [SHORT]


def test_what_nothing_says_any_more_goes(folder: Path) -> None:
    """Unless a person recorded it."""
    assert make(folder, WANTED[:1]).removed == [LONG]
    assert not (folder / LONG).exists()
    (folder / LONG).write_bytes(b"a person's")
    outcome = make(folder, WANTED[:1])
    assert (outcome.removed, outcome.persons) == ([], [LONG])


def test_a_lost_manifest_takes_nothing_away(folder: Path) -> None:
    """A recording that may be a person's is kept."""
    (folder / MANIFEST).unlink()
    assert make(folder, WANTED).persons == [SHORT, LONG]


def test_the_list_names_what_people_recorded(folder: Path) -> None:
    """On the page as well, so that everybody knows which they are."""
    page = sound_list(folder, BEEP_TEXTS, [SHORT])
    assert f"## Recorded by a person\n\n- `{SHORT}`\n" in page
    assert f"| `{LONG}` | {BEEP_TEXTS['beep-time-out']} | 0.75 |" in page
