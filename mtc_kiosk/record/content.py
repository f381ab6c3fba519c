"""The contents of records, one type for each kind: a check, feedback, an assistant, a reason, a restart.

A record that takes back another is of the same kind and names it in ``undoes``. No field names a person: ``detail`` is
the SHA-256 of the names, which travel beside the signed bytes and can be erased (``record.detail``).
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from mtc_kiosk.check.journal_form import is_real_pause
from mtc_kiosk.record.school import School
from mtc_kiosk.record.shape import Count, Digest, Identity, Moment, Shape, Word

SCHEMA = 1
"""The version of the shapes in this module. A change of shape raises it; old shapes stay readable."""


class _Common(Shape):
    """What every record has: its identity, when and where it was made, and for which school."""

    schema_number: Annotated[int, Field(alias="schema", ge=SCHEMA, le=SCHEMA)] = SCHEMA
    id: Identity
    at: Moment
    device: Digest
    kiosk: Word
    school: School
    made_up: bool
    detail: Digest


class Event(Shape):
    """One row of the journal: the columns of ``event`` that cannot be computed from the chain."""

    seq: Count
    run: Count
    at_us: int
    wall_time: Moment
    type: Word
    data: dict[str, Any]


class Check(_Common):
    """A finished attempt with its whole journal. ``id`` is the attempt's, ``at`` is when it finished.

    ``chain`` is the hash of the journal's last row. ``form`` and ``settings`` are as in the ``attempt`` row; their
    contents and the events are checked by replaying the journal.
    """

    type: Literal["check"] = "check"
    check_code: Word | None
    kind: Literal["official", "try"]
    form: dict[str, Any]
    settings: dict[str, Any]
    started_at: Moment
    outcome: Literal["complete", "out_of_time", "stopped", "superseded"]
    events: Annotated[tuple[Event, ...], Field(min_length=1)]
    chain: Digest

    @property
    def begun_at(self) -> Moment | None:
        """When the check began, with its first real pause; None where it never did."""
        return next((event.wall_time for event in self.events if is_real_pause(event.type, event.data)), None)


class Feedback(_Common):
    """How a pupil found a check."""

    type: Literal["feedback"] = "feedback"
    attempt_id: Identity
    choice: Literal["very_easy", "easy", "neither", "difficult", "very_difficult"] | None
    undoes: Identity | None


class Assistant(_Common):
    """Somebody typed for a pupil in a check; the name is in the detail. ``code`` says when it was recorded.

    ``asked``: the kiosk asked before the check. ``later``: staff added it afterwards, with a reason.
    """

    type: Literal["assistant"] = "assistant"
    attempt_id: Identity
    code: Literal["asked", "later"]
    undoes: Identity | None


class Reason(_Common):
    """A reason for not taking the check."""

    type: Literal["reason"] = "reason"
    code: Word
    by_head: bool
    undoes: Identity | None


class Restart(_Common):
    """Permission to take the check again. ``origin_attempt`` is the attempt it is given for."""

    type: Literal["restart"] = "restart"
    code: Word
    origin_attempt: Identity | None
    by_head: bool
    undoes: Identity | None


Content = Check | Feedback | Assistant | Reason | Restart

KINDS = ("check", "feedback", "assistant", "reason", "restart")
"""The types of record that this version knows."""

ANY: TypeAdapter[Content] = TypeAdapter(Annotated[Content, Field(discriminator="type")])
"""Reads a record's content from JSON; ValidationError if it is of no known kind."""


def as_json(content: Content) -> dict[str, Any]:
    """The content as plain values, ready for ``canonical``."""
    return content.model_dump(mode="json", by_alias=True)
