"""A group of settings, and how to refuse a value.

It knows pydantic and no setting; ``reading`` passes on a refusal's sentence unchanged.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from mtc_kiosk.config.mistakes import Code


class Group(BaseModel):
    """Settings under one name. Unknown names are mistakes; values cannot be changed once read.

    For one of several groups, ``name_is`` is the field that takes the name before the colon.
    """

    name_is: ClassVar[str] = ""
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_below(cls, written: Any) -> Any:
        """Accept a name with nothing below it (perhaps all of it commented out): every default applies."""
        return {} if written is None else written


def refuse(code: Code, sentence: str, at: str = "") -> PydanticCustomError:
    """The error for a value that is not allowed; the sentence is for people.

    ``at`` names the setting at fault if a whole group is checked.
    """
    return PydanticCustomError("refused", "{sentence}", {"code": code, "sentence": sentence, "at": at})


def several(name_is: str, value_is: str = "") -> BeforeValidator:
    """Read groups, each under a name of its own, as a list; the field ``name_is`` of each takes its name.

    With ``value_is``, a group may be written as that one value: ``name: value``.
    """

    def read(written: Any) -> Any:
        if isinstance(written, tuple):
            return written
        if not isinstance(written, dict):
            raise refuse(
                Code.NOT_A_GROUP, "Write one name a line below this, each with a colon and its value, or {} for none."
            )
        return [_named(name, group) for name, group in written.items()]

    def _named(name: str, group: Any) -> Any:
        if not isinstance(group, dict):
            return {name_is: name, value_is: group} if value_is else group
        if name_is in group:
            raise refuse(
                Code.TWICE, f"Delete the line {name_is!r}. The name before the colon is used instead.", at=name
            )
        return {name_is: name, **group}

    return BeforeValidator(read)


def missing_is_empty() -> BeforeValidator:
    """Accept names with nothing below them (perhaps all of it commented out) as no names."""
    return BeforeValidator(lambda written: {} if written is None else written)
