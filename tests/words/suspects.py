"""What a sentence for a person must not have, and what to write instead."""

import functools
import re
from collections.abc import Iterator

from .page import PACKAGE, SETTINGS
from .source import Sentence

SUSPECTS = {
    r"none of (a|an|the) |(is|are) none of": "say that it is not one: 'X' is not a column we use",
    r"nobody|no one": "say who: no pupil, no teacher",
    r"(is|are|was|were|been|be) (told|said)|unless told|(that|which) told": "say who says it, or leave it out",
    r"stands?|stood": "is, applies, remains",
    r"(is|are) to (be|have|change)": "must, will, or the imperative",
    r"whose|thereby|therein|thereof": "two sentences",
    r"put (it |that |them |this |these )?right": "correct",
    r"made good": "repaired",
    r"malformed|payload|invalid|parse[ds]?|null(?! character)|stdin|stdout|argument|traceback": "a teacher's word",
    r"overruled?": "use this instead of",
    r"begins? (it )?anew|begun anew|anew": "make a new one, start again",
    r"(?<!there )(is|are) no(?! longer\b| more\b| room\b| sound\b| check\b| number\b| limit\b)(?= [a-z])": "is not a",
    r"any more(?= *[.:;,]|$)": "no longer",
    r"was not done": "name what was not done",
    r"where (it|that|this|they) (is|are|was|were) not|where there is no|where one": "if",
    r"lapses?|lapsed": "ends, no longer works",
    r"in vain|by lot|at this moment": "plainer words",
    r"what became of|what holds|(?<!re)takes? up\b": "plainer words",
}
"""Pattern -> what to write. The words are suspicious, not forbidden: ``ALLOWED`` has those that may stay."""

ALLOWED: dict[tuple[str, str], str] = {
    ("mtc_kiosk/cli/class_list.py", "--map {refused}"): "a refusal of ours: its text is a sentence for people",
    (
        "mtc_kiosk/config/yaml_syntax.py",
        "{problem strerror}. Move it out",
    ): "a sentence of plain_file, not the system's",
    ("mtc_kiosk/record/proof.py", "Its journal cannot be read: {problem}"): "a sentence of check/journal_form.py",
    ("mtc_kiosk/store/db/watched.py", "malformed JSON"): "SQLite's own text, to recognise it; nothing shows it",
    ("mtc_kiosk/store/journal/attempts.py", "cannot be read. {odd}"): "the sentence of an OddRow",
    ("mtc_kiosk/sync/receive.py", "{gone} It was not read."): "the sentence of a FolderTrouble",
    ("mtc_kiosk/kiosk/flow/begin_gate.py", "begin any more"): "a note in the journal, whose words stay as they are",
    ("mtc_kiosk/kiosk/system/thread_priority.py", "normal ({refusal strerror"): "in the journal too",
    ("mtc_kiosk/export/reports/class_words.py", "No table stands out"): "an idiom that every reader knows",
    ("mtc_kiosk/export/reports/templates/class_body.html", "No single fact stands out"): "the same idiom",
}
"""(module, piece of the sentence) -> why it may stay."""

NOT_READ_YET = (
    "mtc_kiosk/class_list/",
    "mtc_kiosk/school/columns.py",
)
"""Where the sentences have not been read aloud yet. Take a line out when they have: then nothing suspect comes back."""

ENDINGS = (
    "yaml",
    "csv",
    "html",
    "db",
    "xlsx",
    "xls",
    "ods",
    "pdf",
    "txt",
    "log",
    "json",
    "example",
    "new",
    "zip",
    "md",
)
_OUR_NAME = "mtc_kiosk"
_SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_DOTTED = re.compile(r"\b[a-z_]+\.([a-z_]+)\b")
_CAMEL = re.compile(r"\b[A-Z][a-z]+[A-Z][a-z]+\w*\b")
_CODE_POINT = re.compile(r"\bU\+|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}")


@functools.cache
def our_types() -> frozenset[str]:
    """The names of the product's own classes; PowerPoint and LibreOffice are names that people know."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return frozenset(re.findall(r"^ *class (\w+)", text, re.MULTILINE))


def settings_names() -> frozenset[str]:
    """The names that people write in settings files: theirs, and so no names of the program."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SETTINGS.glob("*.yaml"))
    return frozenset(re.findall(r"[a-z]+(?:_[a-z0-9]+)*", text))


def found_in(sentence: Sentence, names: frozenset[str]) -> Iterator[str]:
    """Each thing in a sentence that a reader would have to translate, with what to do about it."""
    text = sentence.fixed
    for name in _names_of_the_program(text, names):
        yield f"{name} is a name of the program"
    if _CODE_POINT.search(text):
        yield "a code point: name the character"
    for raw in sentence.raw:
        yield f"{raw} is an exception's own text: say what is wrong in words"
    for pattern, instead in SUSPECTS.items():
        for word in re.finditer(rf"\b(?:{pattern})" + ("" if pattern.endswith(")") else r"\b"), text, re.IGNORECASE):
            yield f"{word[0]!r}: {instead}"


def _names_of_the_program(text: str, names: frozenset[str]) -> Iterator[str]:
    """``snake_case``, ``dotted.names`` and our types; not settings, files and the program, which people write."""
    yield from (snake for snake in _SNAKE.findall(text) if snake not in names and snake != _OUR_NAME)
    for dotted in _DOTTED.finditer(text):
        if dotted[1] not in ENDINGS and not set(dotted[0].split(".")) <= names:
            yield dotted[0]
    yield from (camel for camel in _CAMEL.findall(text) if camel in our_types())
