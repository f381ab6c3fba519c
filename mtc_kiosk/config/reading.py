"""Turns a document and a model into a checked model, or into all its mistakes, each with its line.

It translates pydantic's complaints into a teacher's words. Of settings it knows only what one of each group is called.
"""

from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mtc_kiosk.config.group import Group
from mtc_kiosk.config.mistakes import MOST_NAMED, Code, Mistake, did_you_mean, first_ones, quoted
from mtc_kiosk.config.yaml_tree import Document, Items, Node, line_of, node_at, plain
from mtc_kiosk.config.yaml_tree import Group as Written

Settings = TypeVar("Settings", bound=Group)

Place = tuple[str | int, ...]

_ONE_OF = {"pupils": "pupil", "profiles": "profile", "destinations": "destination", "reasons": "reason"}
"""What one of the groups under a name is called."""


def read_as(model: type[Settings], document: Document) -> tuple[Settings | None, tuple[Mistake, ...]]:
    """Read the document as ``model``, or None and its mistakes in the order of the lines; of very many the first."""
    settings, mistakes = judged(model, document)
    return settings, first_ones(mistakes)


def judged(model: type[Settings], document: Document) -> tuple[Settings | None, tuple[Mistake, ...]]:
    """The same with every mistake; after the first hundred without hints at what was perhaps meant."""
    if document.root is None:
        return None, document.mistakes
    root = document.root
    try:
        settings = model.model_validate(plain(root))
    except ValidationError as problem:
        known = {mistake.line for mistake in document.mistakes}
        placed = [(_line_of(error, document), error) for error in problem.errors(include_url=False)]
        placed.sort(key=lambda pair: pair[0])
        # A line that could not be read has already been reported.
        found = (
            Mistake(document.file, line, *_sentence_for(error, model, root, hints=n < MOST_NAMED))
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


def _sentence_for(error: ErrorDetails, model: type[Group], root: Node, *, hints: bool) -> tuple[Code, str]:
    """The code and the sentence for one of pydantic's errors."""
    context, place = error.get("ctx", {}), _place(error)
    match error["type"]:
        case "extra_forbidden":
            known = _settings_at(model, place[:-1])
            of = f"for {_group(place[:-1], root)}" if place[:-1] else "in this file"
            return Code.UNKNOWN_SETTING, (
                f"{quoted(str(place[-1]))} is not a setting {of}. Allowed: {', '.join(known)}."
                f"{did_you_mean(str(place[-1]), known) if hints else ''}"
            )
        case "missing":
            return Code.MISSING_SETTING, f"{quoted(str(place[-1]))} is missing for {_group(place[:-1], root)}. Add it."
        case "model_type" | "dict_type":
            known = _settings_at(model, place)
            examples = f": {', '.join(known)}" if known else ""
            return Code.NOT_A_GROUP, (
                f"{_named(place, root)}: Write its settings below it, one a line and two spaces to the right{examples}."
            )
        case "tuple_type":
            return Code.NOT_A_LIST, f"{_named(place, root)}: Write a list, such as [first, second], or [] for none."
        case _:
            sentence = context.get("sentence", "This value is not allowed here. The notes in the file say what is.")
            return context.get("code", Code.NOT_ALLOWED), f"{_named(place, root)}: {sentence}"


def _named(place: Place, root: Node) -> str:
    """The name of a setting in a sentence: its own, or that of the group or list that it is in and which one it is."""
    match place:
        case (*_, int()):
            return _group(place, root)
        case (*_, str(group), str(name)) if name.isdigit():
            return f"{name} under {group}"
        case (*_, last):
            return str(last)
        case _:
            return "This file"


def _group(place: Place, root: Node) -> str:
    """A group in a sentence: "pupil '4A/17'", "window"; an item of a list by its number."""
    match place:
        case (*_, str(name), int(index)):
            match node_at(root, place[:-1]):
                case Written(entries=entries) if index < len(entries):
                    return f"{_ONE_OF.get(name, name)} {quoted(entries[index].key)}"
                case Items(items=items) if len(items) > 1:
                    return f"{name}, number {index + 1} in the list"
                case _:
                    return name
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
