"""A speech recogniser listens to every recording and must hear what it should say: no clip is silently wrong.

It is PocketSphinx with its American voices, told how British English says the numbers. It proves that recordings are
what they are called, not that a child likes them.
"""

import re
from pathlib import Path

import pocketsphinx
import pytest

from mtc_kiosk.check.arrangements import Rate
from tests.sound.known import SOUND_OF, Recogniser, misheard, spoken_files

DIGITS = tuple(SOUND_OF)[:10]
FACTORS = tuple(word for word in SOUND_OF if word not in ("zero", "times", "delete"))
TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
LISTENS = 5
"""Short words and sentences of any kind are hard for it: one of five listens, each in another noise, must be right. A
wrong recording is right in none."""

ALSO = {"hyphens": ("HH AY F AH N Z",)}


def one_of(words: tuple[str, ...]) -> str:
    """A rule for any of the words."""
    return f"\n<n> = {' | '.join(words)}"


def counted(number: int) -> str:
    """A number in words."""
    if number < 20:
        return (*DIGITS, *FACTORS[9:], *TEENS)[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f" {DIGITS[ones]}" if ones else "")


def in_words(text: str) -> str:
    """A text as the recogniser writes it; it cannot hear whether a word before a pause ends in an s."""
    said = re.sub(r"\d+", lambda found: counted(int(found[0])), text.lower())
    return " ".join(word.removesuffix("s") for word in re.findall("[a-z']+", said))


@pytest.fixture(scope="module")
def dictionary() -> dict[str, tuple[str, ...]]:
    """The recogniser's own, with the British sounds, and each word without its last s as well."""
    sounds: dict[str, tuple[str, ...]] = {}
    path = Path(pocketsphinx.get_model_path("en-us/cmudict-en-us.dict"))
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, sound = line.partition(" ")
        word = re.sub(r"\(\d\)", "", word)
        sounds[word] = (*sounds.get(word, ()), sound)
    sounds = {**sounds, **ALSO, **SOUND_OF}
    plurals = {word.removesuffix("s"): sound for word, sound in sounds.items() if word.endswith("s")}
    return {word: tuple(dict.fromkeys((*sounds.get(word, ()), *plurals.get(word, ())))) for word in {*sounds, *plurals}}


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    """Knows the 144 questions and nothing else."""
    return Recogniser(tmp_path_factory.mktemp("questions"), f"<n> times <n>;{one_of(FACTORS)}", SOUND_OF)


@pytest.mark.parametrize("rate", Rate)
def test_every_question_is_heard_as_itself(questions: Recogniser, rate: Rate) -> None:
    """144 of 144, with no list of exceptions, at every rate."""
    files = spoken_files("question-", rate)
    assert len(files) == 144
    assert misheard(questions, files) == []


def test_two_recordings_in_each_others_place_are_found(questions: Recogniser) -> None:
    """The check can fail: with two files swapped it names both."""
    files = dict(spoken_files("question-7", Rate.NORMAL))
    (first, said_first), (second, said_second) = [pair for pair in files.items() if pair[0].stem[-3:] in ("7x8", "7x9")]
    found = misheard(questions, {**files, first: said_second, second: said_first}.items(), LISTENS)
    assert [line.split(":")[0] for line in found] == ["normal/question-7x8.ogg", "normal/question-7x9.ogg"]


@pytest.mark.parametrize(("kind", "before"), [("digit-", ""), ("delete-", "delete ")])
def test_every_digit_is_heard_as_itself(tmp_path: Path, kind: str, before: str) -> None:
    """What is typed and what is taken back, at every rate."""
    recogniser = Recogniser(tmp_path, f"{before}<n>;{one_of(DIGITS)}", SOUND_OF)
    files = [file for rate in Rate for file in spoken_files(kind, rate)]
    assert len(files) == 30
    assert misheard(recogniser, files, LISTENS) == []


@pytest.mark.parametrize(("kind", "rates"), [("coming-", Rate), ("number-", Rate), ("said-", [Rate.NORMAL])])
def test_everything_else_is_heard_as_itself(
    tmp_path: Path, dictionary: dict[str, tuple[str, ...]], kind: str, rates: list[Rate]
) -> None:
    """Each is distinguished from all others of its kind: pauses, numbers, and the sentences of the pages."""
    files = [(path, in_words(text)) for rate in rates for path, text in spoken_files(kind, rate)]
    sentences = sorted({text for _, text in files})
    words = {word for text in sentences for word in text.split()}
    recogniser = Recogniser(tmp_path, " | ".join(sentences), {word: dictionary[word] for word in sorted(words)})
    assert misheard(recogniser, files, LISTENS) == []
