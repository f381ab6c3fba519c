"""Turns a document and a model into a checked model, or into all its mistakes, each with its line.

It translates pydantic's complaints into a teacher's words; it knows no setting.
"""

from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mtc_kiosk.config.group import Group
from mtc_kiosk.config.mistakes import MOST_NAMED, Code, Mistake, did_you_mean, first_ones, quoted
from mtc_kiosk.config.yaml_text import Document, line_of, plain

Settings = TypeVar("Settings", bound=Group)

Place = tuple[str | int, ...]


def read_as(model: type[Settings], document: Document) -> tuple[Settings | None, tuple[Mistake, ...]]:
    """Read the document as ``model``, or None and its mistakes in the order of the lines; of very many the first."""
    settings, mistakes = judged(model, document)
    return settings, first_ones(mistakes)


def judged(model: type[Settings], document: Document) -> tuple[Settings | None, tuple[Mistake, ...]]:
    """The same with every mistake; after the first hundred without hints at what was perhaps meant."""
    if document.root is None:
        return None, document.mistakes
    try:
        settings = model.model_validate(plain(document.root))
    except ValidationError as problem:
        known = {mistake.line for mistake in document.mistakes}
        placed = [(_line_of(error, document), error) for error in problem.errors(include_url=False)]
        placed.sort(key=lambda pair: pair[0])
        # A line that could not be read has already been reported.
        found = (
            _mistake(error, line, model, document.file, hints=n < MOST_NAMED)
            for n, (line, error) in enumerate(pair for pair in placed if pair[0] not in known)
        )
        return None, (*document.mistakes, *found)
    return (None if document.mistakes else settings), document.mistakes


def _place(error: ErrorDetails) -> Place:
    place: Place = tuple(step for step in error["loc"] if step != "[key]")
    at = error.get("ctx", {}).get("at")
    return (*place, at) if at else place


def _line_of(error: ErrorDetails, document: Document) -> int:
    assert document.root is not None, "only a document that was read is judged"
    return line_of(document.root, _place(error))


def _mistake(error: ErrorDetails, line: int, model: type[Group], file: str, *, hints: bool) -> Mistake:
    code, sentence = _sentence_for(error, error.get("ctx", {}), _place(error), model, hints=hints)
    return Mistake(file, line, code, sentence)


def _sentence_for(
    error: ErrorDetails, context: dict[str, Any], place: Place, model: type[Group], *, hints: bool
) -> tuple[Code, str]:
    """The code and the sentence for one of pydantic's errors."""
    match error["type"]:
        case "extra_forbidden":
            known = _settings_at(model, place[:-1])
            of = f"of {_named(place[:-1])}" if place[:-1] else "in this file"
            return Code.UNKNOWN_SETTING, (
                f"{quoted(str(place[-1]))} is no setting {of}. Allowed: {', '.join(known)}."
                f"{did_you_mean(str(place[-1]), known) if hints else ''}"
            )
        case "missing":
            return Code.MISSING_SETTING, f"{_named(place[:-1])}: {place[-1]} is missing."
        case "model_type" | "dict_type":
            known = _settings_at(model, place)
            examples = f": {', '.join(known)}" if known else ""
            return Code.NOT_A_GROUP, (
                f"{_named(place)}: Settings belong under this name, one a line and two spaces to the right{examples}."
            )
        case "tuple_type":
            return Code.NOT_A_LIST, f"{_named(place)}: A list belongs here: [first, second], or [] for none."
        case _:
            sentence = context.get("sentence", error["msg"])
            return context.get("code", Code.NOT_ALLOWED), f"{_named(place)}: {sentence}"


def _named(place: Place) -> str:
    """The name of a setting in a sentence: its own; for an item of a list, the list's name and the item's number."""
    match place:
        case (*_, str(name), int(index)):
            return f"{name}, item {index + 1}"
        case (*_, str(group), str(name)) if name.isdigit():
            return f"{group}, {name}"
        case (*_, last):
            return str(last)
        case _:
            return "this file"


def _settings_at(model: type[Group], place: Place) -> list[str]:
    """The names allowed in the group at ``place``; none if there is no group."""
    kind: Any = model
    for step in place:
        if isinstance(step, int):
            kind = get_args(kind)[0]
        elif isinstance(kind, type) and issubclass(kind, Group) and step in kind.model_fields:
            kind = kind.model_fields[step].annotation
        else:
            return []
    if not (isinstance(kind, type) and issubclass(kind, Group)):
        return []
    return [field.alias or name for name, field in kind.model_fields.items() if name != kind.name_is]
