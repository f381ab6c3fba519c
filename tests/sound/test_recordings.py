"""What recordings are called, where they lie, how long they last, and which of them say a sentence."""

from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Rate
from mtc_kiosk.check.form import Item
from mtc_kiosk.kiosk.audio.recordings import (
    BEEP_TIME_OUT,
    NotASoundFile,
    NotRecorded,
    clips_for,
    length_us,
    ogg_length_us,
    path_of,
    sentence,
    sentence_names,
)


def test_a_sentence_with_other_numbers_is_put_together() -> None:
    """Its pieces and numbers are each recorded; the digits after a point are spoken one by one."""
    assert sentence_names("There are 40 questions, with 6.5 seconds for each.") == (
        *("said-there-are", "number-40", "said-questions-with", "digit-6", "said-point", "digit-5"),
        "said-seconds-for-each",
    )


def test_a_sentence_that_is_recorded_whole_is_one_recording() -> None:
    """Though it has numbers in it."""
    whole = "There are 25 questions, with 6 seconds for each."
    assert sentence_names(whole) == ("said-there-are-25-questions-with-6-seconds-for-each",)
    assert sentence_names("Next") == ("said-next",)


@pytest.mark.parametrize(
    ("minutes", "names"),
    [(9, ("digit-9",)), (66, ("number-66",)), (70, ("number-70",)), (75, ("number-70", "digit-5"))],
)
def test_large_numbers_are_tens_and_ones(minutes: int, names: tuple[str, ...]) -> None:
    """Only the minutes of a long check can be more than there can be questions."""
    assert sentence_names(f"{minutes} minutes are left.") == (*names, "said-minutes-are-left")


@pytest.mark.parametrize("text", ["Zofia", "You have 3 apples.", "", "100 questions"])
def test_what_was_never_recorded_is_an_error(text: str) -> None:
    """Silence in the place of a word would be worse: it is found by whoever writes the sentence."""
    with pytest.raises(NotRecorded):
        sentence_names(text)


def test_names_are_short_and_of_plain_letters() -> None:
    """A name goes on every file system; a long sentence is cut between two words."""
    assert sentence("You’re done, aren't you?") == "said-youre-done-arent-you"
    assert sentence("word " * 40) == "said-" + "-".join(["word"] * 12)


def test_a_recording_that_is_missing_is_named() -> None:
    """The message says which, and what to do."""
    with pytest.raises(NotRecorded, match="question-13x13"):
        path_of(Rate.SLOW, "question-13x13")


def test_a_beep_is_the_same_at_every_rate() -> None:
    """It is no speech."""
    assert {path_of(rate, BEEP_TIME_OUT) for rate in Rate} == {path_of(Rate.SLOW, BEEP_TIME_OUT)}


def test_the_clips_of_a_check_are_the_lengths_of_its_recordings() -> None:
    """Questions and spares, practice, pauses, digits and deletions, by the names that the machine looks them up by."""
    clips = clips_for([Item(7, 8), Item(12, 3)], [Item(1, 12)], 2, Rate.QUICK)
    assert set(clips.questions) == {"7x8", "12x3", "1x12"}
    assert clips.questions["7x8"] == length_us(Rate.QUICK, "question-7x8")
    assert set(clips.pauses) == {"1", "2", "p1"}
    assert clips.pauses["p1"] == length_us(Rate.QUICK, "coming-practice-1")
    assert set(clips.digits) == set(clips.deletions) == set("0123456789")
    assert clips.deletions["5"] == length_us(Rate.QUICK, "delete-5")


@pytest.mark.parametrize("content", [b"", b"RIFF....WAVEfmt ", b"OggS" + bytes(200), b"OggS" + bytes(10) + b"OpusHead"])
def test_another_kind_of_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    """A person's recording that was saved in another format says so, before any check."""
    path = tmp_path / "question-7x8.ogg"
    path.write_bytes(content)
    with pytest.raises(NotASoundFile, match=r"question-7x8\.ogg"):
        ogg_length_us(path)
