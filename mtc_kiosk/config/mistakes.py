"""Mistakes in a settings file: where, what is wrong, what is allowed, and what was perhaps meant."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Code(StrEnum):
    """The kind of mistake, for programs; listed in ``docs/configuration.md``."""

    # The file as a whole
    MISSING_FILE = "missing_file"
    CANNOT_OPEN = "cannot_open"
    STRAY_FILE = "stray_file"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    EMPTY_FILE = "empty_file"
    SECOND_DOCUMENT = "second_document"
    # How a line is written
    UNSEEN_CHARACTER = "unseen_character"
    TAB = "tab"
    HARD_SPACE = "hard_space"
    NO_SETTING = "no_setting"
    NO_SPACE = "no_space"
    NO_NAME = "no_name"
    TWICE = "twice"
    OPEN_QUOTE = "open_quote"
    AFTER_QUOTE = "after_quote"
    BACKSLASH = "backslash"
    NEEDS_QUOTES = "needs_quotes"
    COLON_IN_VALUE = "colon_in_value"
    OPEN_BRACKET = "open_bracket"
    STRAY_BRACKET = "stray_bracket"
    OUT_OF_LINE = "out_of_line"
    DIRECTIVE = "directive"
    TOO_DEEP = "too_deep"
    # Which settings there are
    UNKNOWN_SETTING = "unknown_setting"
    MISSING_SETTING = "missing_setting"
    NOT_A_GROUP = "not_a_group"
    NOT_A_LIST = "not_a_list"
    NO_VALUE = "no_value"
    NOT_ONE_VALUE = "not_one_value"
    # What a value may be
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    TOO_EXACT = "too_exact"
    NOT_A_SPAN = "not_a_span"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_ONE_LINE = "not_one_line"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NOT_ALLOWED = "not_allowed"
    NOT_A_QUESTION = "not_a_question"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_HASH = "not_a_hash"
    NOT_A_TIME_ZONE = "not_a_time_zone"
    NO_TIME_ZONES = "no_time_zones"
    NOT_A_PLACE = "not_a_place"
    PASSWORD_IN_ADDRESS = "password_in_address"  # noqa: S105 - the name of a mistake, no password
    NOT_OURS = "not_ours"
    # How settings go together
    NO_FORM_FITS = "no_form_fits"
    NO_DATES = "no_dates"
    OUT_OF_ORDER = "out_of_order"
    NO_SCHOOL = "no_school"
    UNKNOWN_PROFILE = "unknown_profile"
    UNKNOWN_PUPIL = "unknown_pupil"
    TWO_PUPILS = "two_pupils"
    NAMESAKE = "namesake"
    CONTRADICTION = "contradiction"
    # How many there are
    MORE = "more_mistakes"


@dataclass(frozen=True)
class Mistake:
    """One mistake. ``line`` counts from 1, None for the whole file; ``code`` is for programs."""

    file: str
    line: int | None
    code: Code
    message: str

    @property
    def place(self) -> str:
        """The file and line, without the message, which may quote a pupil's number."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def to_json(self) -> dict[str, str | int | None]:
        """The shape of one of ``errors`` in what ``--json`` prints: ``{file, line, code, message}``."""
        return asdict(self)


class ConfigMistakes(Exception):
    """Every mistake found, in the order of files and lines; its text is one line a mistake."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


_LONGEST_QUOTED = 40
"""Characters of what was written that a sentence repeats."""

MOST_NAMED = 100
"""How many mistakes of a file are listed; whoever has corrected so many sees the rest next time."""


def first_ones(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """A file's mistakes in the order of its lines; of very many the first, and how many there are."""
    in_order = sorted(mistakes, key=lambda mistake: mistake.line or 0)
    if len(in_order) <= MOST_NAMED:
        return tuple(in_order)
    sentence = (
        f"There are {len(in_order)} mistakes in this file. The first {MOST_NAMED} are listed: correct them first."
    )
    return (*in_order[:MOST_NAMED], Mistake(in_order[0].file, None, Code.MORE, sentence))


def did_you_mean(written: str, allowed: Iterable[str]) -> str:
    """The question "Did you mean X?" after a space; "" if no allowed word is close.

    Two characters are close to too much to guess, and a long text to nothing. The same letters in another order are
    closest.
    """
    if not 3 <= len(written) <= 100:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it

    by_folded = {word.casefold(): word for word in allowed}
    turned = [word for word in by_folded if sorted(word) == sorted(written.casefold())]
    near = turned[:1] or get_close_matches(written.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean {by_folded[near[0]]}?" if near else ""


def quoted(written: str) -> str:
    """What was written, in quotes on one line, shortened if it would bury the sentence."""
    shown = "".join(character if character.isprintable() else "?" for character in " ".join(written.split()))
    return f"'{shown if len(shown) <= _LONGEST_QUOTED else shown[: _LONGEST_QUOTED - 3] + '...'}'"
