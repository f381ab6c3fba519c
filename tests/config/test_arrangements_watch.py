"""The arrangements while the program runs: a change is taken up, a mistake never drops what a pupil has."""

import os
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.arrangements_watch import ArrangementsWatch
from mtc_kiosk.config.configuration import load_arrangements
from mtc_kiosk.school.pupil import Numbers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that grants A1 the time alert."""
    path = tmp_path / ARRANGEMENTS
    path.write_text("pupils: {A1: {arrangements: [ATA]}}\n", encoding="utf-8")
    return path


@pytest.fixture
def watch(path: Path) -> ArrangementsWatch:
    """The watch of a program that has begun with it."""
    return ArrangementsWatch(path, load_arrangements(path))


def codes(file: ArrangementsFile) -> tuple[Code, ...]:
    """What A1 has."""
    return file.granted(Numbers("A1")).codes


def test_a_change_is_taken_up(path: Path, watch: ArrangementsWatch) -> None:
    """The next pupil who signs in has it, even where size and time of the file are as they were."""
    assert codes(watch.current()[0]) == (Code.ATA,)
    before = path.stat()
    path.write_text("pupils: {A1: {arrangements: [RON]}}\n", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    file, mistakes = watch.current()
    assert (codes(file), mistakes) == ((Code.RON,), ())


def test_a_mistake_keeps_what_held_and_is_handed_over(path: Path, watch: ArrangementsWatch) -> None:
    """Until it is put right, at each look."""
    path.write_text("pupils: {A1: {arrangements: [RAN]}}\n", encoding="utf-8")
    for _ in range(2):
        file, (mistake,) = watch.current()
        assert codes(file) == (Code.ATA,)
        assert (mistake.file, mistake.line) == (ARRANGEMENTS, 1)
    path.write_text("pupils: {A1: {arrangements: [RON]}}\n", encoding="utf-8")
    file, mistakes = watch.current()
    assert (codes(file), mistakes) == ((Code.RON,), ())


def test_a_file_that_went_away_keeps_what_held(path: Path, watch: ArrangementsWatch) -> None:
    """An editor that writes anew takes it away for a moment; back again it is read again."""
    path.rename(path.with_suffix(".old"))
    file, (mistake,) = watch.current()
    assert (codes(file), str(mistake.code)) == ((Code.ATA,), "missing_file")
    path.with_suffix(".old").rename(path)
    assert watch.current()[1] == ()
