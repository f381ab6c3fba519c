"""Hostile settings files are refused with a sentence, in bounded time and memory (real processes)."""

import os
import time
from pathlib import Path

import pytest

from benchmarks.hostile_settings import MOST_MB, MOST_SECONDS, Case, cases, take
from mtc_kiosk.config.arrangements_file import ARRANGEMENTS, ArrangementsFile, read_arrangements
from mtc_kiosk.config.arrangements_watch import ArrangementsWatch
from mtc_kiosk.config.configuration import load_arrangements
from mtc_kiosk.config.mistakes import MOST_NAMED
from mtc_kiosk.config.yaml_text import parse

SMALL = ("2,000 pupils", "5,000 pupils")


@pytest.mark.posix_only("time and memory are measured with calls of POSIX systems")
@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_a_hostile_file_is_refused_in_bounded_time_and_memory(case: Case, tmp_path: Path) -> None:
    """Every one of them in a sentence a teacher can read, and of very many mistakes the first, and how many."""
    taken = take(case, tmp_path)
    assert taken.code == (0 if case.name in SMALL else 1), taken.said[-3:]
    assert taken.seconds < MOST_SECONDS
    assert taken.mb < MOST_MB
    assert not any("Traceback" in line for line in taken.said)
    assert len(taken.said) <= 1 + MOST_NAMED + 1
    assert all(len(line) < 1_000 for line in taken.said)


@pytest.mark.posix_only("time and memory are measured with calls of POSIX systems")
def test_of_very_many_mistakes_the_first_are_named_and_all_are_counted(tmp_path: Path) -> None:
    """In the order of the lines, with what was perhaps meant."""
    (case,) = (one for one in cases() if one.name == "90,000 unknown settings")
    said = take(case, tmp_path).said
    assert [line.split(":")[1] for line in said[1:-1]] == [str(line) for line in range(1, MOST_NAMED + 1)]
    assert (
        said[-1]
        == f"{case.file}: There are 90000 mistakes in this file. The first {MOST_NAMED} are listed: correct them first."
    )


def seconds_for(pupils: int) -> float:
    """How long the processor takes to read a file of so many pupils; the least of three, as other work disturbs."""
    entries = "".join(f"  G{number:05}:\n    profile: Reads\n    size: XLG\n" for number in range(pupils))
    written = f"profiles:\n  Reads:\n    arrangements: [QNR]\npupils:\n{entries}".encode()
    found = []
    for _ in range(3):
        begun = time.process_time()
        file, mistakes = read_arrangements(parse(written, ARRANGEMENTS))
        found.append(time.process_time() - begun)
        assert isinstance(file, ArrangementsFile)
        assert mistakes == ()
    return min(found)


def test_the_time_for_a_file_of_arrangements_grows_with_its_pupils_and_no_faster() -> None:
    """Four times the pupils take four times as long; looking each up in all the others would take sixteen."""
    assert seconds_for(2_000) < 8 * seconds_for(500)


@pytest.mark.posix_only("this kind of file is only on POSIX systems")
def test_a_pipe_in_the_place_of_the_file_keeps_no_kiosk_waiting(tmp_path: Path) -> None:
    """A kiosk that runs goes on with what held, and tells staff."""
    path = tmp_path / ARRANGEMENTS
    path.write_text("pupils: {A1: {arrangements: [ATA]}}\n", encoding="utf-8")
    watch = ArrangementsWatch(path, load_arrangements(path))
    path.unlink()
    os.mkfifo(path)
    file, (mistake,) = watch.current()
    assert len(file.pupils) == 1
    assert str(mistake) == f"{ARRANGEMENTS}: This is a pipe, not a plain file. Move it out, and put the file back."


@pytest.mark.parametrize(("mistakes", "said"), [(MOST_NAMED, MOST_NAMED), (MOST_NAMED + 1, MOST_NAMED + 1)])
def test_a_hundred_mistakes_are_all_named_and_of_one_more_the_first_hundred(mistakes: int, said: int) -> None:
    """The last line is then how many there are."""
    written = "".join(f"s{number}: 1\n" for number in range(mistakes)).encode()
    _, found = read_arrangements(parse(written, ARRANGEMENTS))
    assert len(found) == said
    assert [str(one.code) for one in found].count("unknown_setting") == MOST_NAMED
    assert (str(found[-1].code) == "more_mistakes") == (mistakes > MOST_NAMED)
