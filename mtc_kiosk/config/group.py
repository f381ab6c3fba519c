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
                Code.NOT_A_GROUP, "Names belong here, each with a colon and what it stands for, or {} for none."
            )
        return [_named(name, group) for name, group in written.items()]

    def _named(name: str, group: Any) -> Any:
        if not isinstance(group, dict):
            return {name_is: name, value_is: group} if value_is else group
        if name_is in group:
            raise refuse(Code.TWICE, f"What stands before the colon is the {name_is}. Take {name_is!r} out.", at=name)
        return {name_is: name, **group}

    return BeforeValidator(read)
