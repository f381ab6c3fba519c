"""A group of settings, and how one refuses what was written.

It knows pydantic and no setting; the sentence a refusal carries is said as it is by ``reading``.
"""

from typing import Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from mtc_kiosk.config.mistakes import Code


class Group(BaseModel):
    """Settings under one name. One that is not known is a mistake; none can be changed once it is read.

    Where a group is one of several, ``name_is`` says which of its fields is the name that stands before its colon.
    """

    name_is: ClassVar[str] = ""
    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_below(cls, written: Any) -> Any:
        """A name with nothing below it, all of it made a comment, perhaps: every default holds."""
        return {} if written is None else written


def refuse(code: Code, sentence: str, at: str = "") -> PydanticCustomError:
    """The error for a value that is not allowed; the sentence is for people.

    ``at`` names the setting that is meant where a whole group is judged.
    """
    return PydanticCustomError("refused", "{sentence}", {"code": code, "sentence": sentence, "at": at})


def several(name_is: str, value_is: str = "") -> BeforeValidator:
    """Groups each under a name of its own, become a list in which the name is the field ``name_is`` of each.

    Where ``value_is`` is given, a group may be written as that one value: ``name: value``.
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
