"""The messages between a kiosk and its desk, version 1: every field present, no others, each of exactly its type.

JSON over HTTPS; ``docs/api.md`` lists the routes. Times are UTC ISO 8601 with milliseconds and Z. No message names a
pupil: pupils are known by the check code of their PIN and by their number in the desk's register.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from mtc_kiosk.record.school import School
from mtc_kiosk.record.shape import Count, Digest, Identity, Line, Moment, Shape, Word

VERSION = 1
"""The version of these messages; it is part of every address: ``/api/v1/...``."""

MOST_ATTEMPTS, MOST_ANSWERS = 20, 50
"""The most attempts and answers to commands in one beat."""

TOKEN_HEADER, DESK_HEADER, BOOT_HEADER, NUMBER_HEADER, SIGNATURE_HEADER = (
    "Authorization",
    "X-Mtc-Desk",
    "X-Mtc-Boot",
    "X-Mtc-Number",
    "X-Mtc-Signature",
)
"""The headers of every request of an enrolled kiosk (``signed_text``); the desk's is the boot of its Hello."""

AGAIN_HEADER = "X-Mtc-Again-Ms"
"""The header of a refusal that says after how many milliseconds there will be room for the request."""

GREET_AGAIN = "greet_again"
"""The code of the refusal after which a kiosk greets the desk and sends its request once more."""

Nonce = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""128 random bits in lower-case hexadecimal digits."""

Amount = Annotated[int, Field(ge=0, le=10_000_000)]
Number = Annotated[int, Field(ge=1, lt=2**53)]
"""A number that a database can store."""

KioskName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.+-]{1,32}$")]


class Sound(StrEnum):
    """Whether somebody heard this PC's sound, as far as the kiosk knows."""

    TRIED = "tried"
    NONE = "none"
    NOT_TRIED = "not_tried"


class Hello(Shape):
    """Who the desk is (``GET /api``). ``boot`` is new at each start of the desk, and part of every signed request."""

    product: Literal["mtc_kiosk"] = "mtc_kiosk"
    versions: tuple[Count, ...]
    program: Version
    desk: Digest
    boot: Nonce
    school: School
    made_up: bool
    at: Moment


class Enrol(Shape):
    """A kiosk asks to join (``POST /api/v1/enrolments``).

    ``proof`` is its signature, by ``key``, of ``proof_of``; ``waiting`` counts the records it still has for a desk.
    """

    secret: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{4,64}$")]
    name: KioskName
    key: Digest
    proof: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
    program: Version
    waiting: Amount


class Enrolled(Shape):
    """The kiosk has joined. ``name`` is its name here; ``desk_key`` the desk's public key, which signs receipts.

    ``sealing_key`` is the public key to which records on a stick are sealed. ``said`` are sentences for whoever enrols
    it, such as that this PC was reset.
    """

    kiosk: Count
    name: KioskName
    token: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{43}$")]
    desk_key: Digest
    sealing_key: Digest
    school: School
    made_up: bool
    said: tuple[Line, ...]


class HeldAway(Shape):
    """Since when and why a check is held. ``void``: the question that the fault cost, and whether it is asked again.

    ``offered_at``: the desk has let the pupil carry on then, and they have not pressed the button.
    """

    cause: Word
    since: Moment
    only_stop: bool
    void: tuple[Number, bool] | None
    offered_at: Moment | None


class AttemptNow(Shape):
    """How far one attempt is. ``number`` is the question at hand, 0 on a page; ``outcome`` None: it has not ended."""

    id: Identity
    check_code: Identity
    session: Number
    pupil: Number
    kind: Literal["official", "try"]
    started_at: Moment
    begun_at: Moment | None
    practised: bool
    run: Number
    hold_seq: Amount
    is_set_aside: bool
    number: Amount
    practice: bool
    answered: Amount
    questions: Amount
    practice_questions: Amount
    held: HeldAway | None
    finished_at: Moment | None
    outcome: Literal["complete", "out_of_time", "stopped", "superseded"] | None


class Answered(Shape):
    """What the kiosk did with a command."""

    command: Number
    answer: Literal["done", "refused", "expired"]
    why: Word | None


class Beat(Shape):
    """A kiosk says that it runs, and how far its pupils are (``POST /api/v1/beats``).

    ``at`` is the kiosk's own wall clock; ``started`` marks the first beat of a start, with which earlier commands
    expire; ``pack`` is the version of the pack it has, and ``spent`` that of the list of PINs that no longer work.
    """

    at: Moment
    started: bool
    program: Version
    waiting: Amount
    waiting_since: Moment | None
    sound: Sound
    pack: Digest | None
    spent: Digest | None
    attempts: Annotated[tuple[AttemptNow, ...], Field(max_length=MOST_ATTEMPTS)]
    answers: Annotated[tuple[Answered, ...], Field(max_length=MOST_ANSWERS)]


class Command(Shape):
    """A command for this kiosk. ``age_ms`` is how old it was when the desk answered; it expires at 10,000."""

    id: Count
    attempt: Identity
    run: Count
    hold_seq: Amount
    order: Literal["carry_on", "hold", "set_aside", "stop"]
    age_ms: Amount


class Spent(Shape):
    """The PINs that no longer start a check, by check code, each with why and the kiosk at which it is in use."""

    version: Digest
    codes: dict[Identity, tuple[Literal["used", "elsewhere", "not_taking", "cancelled"], str]]


class BeatAnswer(Shape):
    """The desk's answer. ``next_ms`` is when to beat again; ``pack`` the version to have now, None: no session today.

    ``epoch`` is new after a restored backup: the kiosk then offers every record that it keeps again. ``spent`` is None
    if the kiosk has this version. ``replaced`` are those of the beat's attempts that a restart at the desk replaced.
    """

    at: Moment
    name: KioskName
    next_ms: Count
    epoch: Nonce
    pack: Digest | None
    spent: Spent | None
    commands: tuple[Command, ...]
    replaced: tuple[Identity, ...]


class Claim(Shape):
    """A pupil pressed "Yes, that is me" (``POST /api/v1/claims``)."""

    check_code: Identity


class Claimed(Shape):
    """Whether the PIN may start a check at this kiosk now; ``kiosk`` is the other one where it is in use."""

    may: bool
    why: Literal["used", "elsewhere", "not_taking", "cancelled"] | None
    kiosk: str


class Names(Shape):
    """The record files that the desk has of this kiosk, each with its size in bytes (``GET /api/v1/records``)."""

    names: dict[Annotated[str, StringConstraints(max_length=200)], Annotated[int, Field(ge=0)]]


class Refusal(Shape):
    """Why a request was refused: a code for programs, a sentence for people."""

    code: Word
    message: Annotated[str, StringConstraints(min_length=1, max_length=500)]


def proof_of(secret: str, certificate_sha256: str) -> bytes:
    """What a kiosk signs to join: with this secret, at the desk with this certificate and no other."""
    return f"{secret}\n{certificate_sha256}".encode()


def signed_text(method: str, path: str, boot: str, kiosk_boot: str, number: int, body_sha256: str) -> bytes:
    """What a kiosk signs of each request.

    ``boot`` is the desk's from ``Hello``, ``kiosk_boot`` is new at each start of the kiosk, and ``number`` grows by one
    with each request of that start: so that the desk takes each request once.
    """
    return "\n".join((method, path, boot, kiosk_boot, str(number), body_sha256)).encode()


def as_json(message: Shape) -> bytes:
    """A message as it is sent."""
    return message.model_dump_json().encode()


def json_schemas() -> dict[str, Any]:
    """The JSON schema of every message by name, for ``docs/api.md``."""
    kinds = (Hello, Enrol, Enrolled, Beat, BeatAnswer, Claim, Claimed, Names, Refusal)
    return {kind.__name__: kind.model_json_schema() for kind in kinds}
