"""A sealed record: canonical content, its SHA-256 and the device's signature; and the file that carries it.

The file has two lines: the signed record, which never changes, and the detail, empty once it is erased. Bytes from
outside are accepted only if every one of them is accounted for.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from mtc_kiosk.record.canonical import NotCanonical, canonical, from_canonical, holds_more_than
from mtc_kiosk.record.content import ANY, KINDS, SCHEMA, Assistant, Content, as_json
from mtc_kiosk.record.detail import AssistantDetail, Detail, NotADetail, detail_from
from mtc_kiosk.record.signing import KEY_BYTES, SIGNATURE_BYTES, DeviceKey, fingerprint, is_signed_by

LARGEST_FILE = 16 * 2**20
"""Bytes. A check has some 40 kB; one with keys hammered for half an hour has less than 2 MB."""

MOST_VALUES = 400_000
"""The most values in a record, counting names too. A check of the largest size has 150,000."""

SUFFIX = ".mtc"

_BEGINS = b'{"content":{'
_PARTS = {"content", "key", "signature"}
_BEFORE, _AFTER = len(b'{"content":'), len(b',"key":"","signature":""}') + 2 * (KEY_BYTES + SIGNATURE_BYTES)
"""How many bytes of a canonical body come before and after its content."""

_SIGNED_BY = re.compile(
    rb',"key":"([0-9a-f]{%d})","signature":"([0-9a-f]{%d})"}' % (2 * KEY_BYTES, 2 * SIGNATURE_BYTES)
)
"""The end of a canonical body."""


class Fault(StrEnum):
    """Why bytes are not accepted as a record."""

    FOREIGN = "foreign"
    TORN = "torn"
    TAMPERED = "tampered"
    NEWER = "newer"
    TOO_LARGE = "too_large"
    ANOTHER_DESKS = "another_desks"


_SENTENCES = {
    Fault.FOREIGN: "It is not a record of a check.",
    Fault.TORN: "It is not complete: it was cut off or damaged while it was copied. Copy it again.",
    Fault.TAMPERED: "It was changed after it was signed.",
    Fault.NEWER: "It was made by a newer mtc-kiosk. Install that version here and receive it again.",
    Fault.TOO_LARGE: "It is too large to be a record.",
    Fault.ANOTHER_DESKS: "It is sealed for another desk. Receive it at the desk of the PC that wrote it.",
}


class NotARecord(ValueError):
    """The bytes are not an acceptable record; the message is a sentence for a person."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(_SENTENCES[fault])
        self.fault = fault


@dataclass(frozen=True)
class Sealed:
    """A signed record. ``body`` is its canonical bytes, ``sha256`` its identity: the hash of its content only.

    ``detail`` is None once it is erased; the signature stays valid without it.
    """

    content: Content
    sha256: str
    public: bytes
    body: bytes
    detail: Detail | None

    @property
    def file_name(self) -> str:
        """The name of its file: the same record has the same name everywhere."""
        return file_name(self.content.type, self.sha256)

    def to_file(self) -> bytes:
        """The bytes of its file."""
        return b"%b\n%b\n" % (self.body, self.detail.to_bytes() if self.detail is not None else b"")


def file_name(kind: str, sha256: str) -> str:
    """The name of the file of a record of this kind."""
    return f"{kind}-{sha256}{SUFFIX}"


def seal(content: Content, detail: Detail, key: DeviceKey) -> Sealed:
    """Sign a record. Its content must name this key's device and this detail."""
    assert (content.device, content.detail) == (key.fingerprint, detail.digest), "a record speaks of itself"
    values = as_json(content)
    signed = canonical(values)
    parts = {"content": values, "key": key.public.hex(), "signature": key.sign(signed).hex()}
    return Sealed(content, hashlib.sha256(signed).hexdigest(), key.public, canonical(parts), detail)


def read_body(body: bytes) -> Sealed:
    """Read a record from its signed bytes, without its detail; NotARecord if they are not one."""
    if len(body) > LARGEST_FILE:
        raise NotARecord(Fault.TOO_LARGE)
    if not body.startswith(_BEGINS):
        raise NotARecord(Fault.FOREIGN)
    if holds_more_than(MOST_VALUES, body):
        raise NotARecord(Fault.TOO_LARGE)
    try:
        parts = from_canonical(body)
    except NotCanonical as problem:
        raise NotARecord(Fault.TORN) from problem
    content, public, signature = _parts(parts)
    signed = body[_BEFORE:-_AFTER]
    if not is_signed_by(public, signature, signed) or content.get("device") != fingerprint(public):
        raise NotARecord(Fault.TAMPERED)
    return Sealed(_typed(content, signed), hashlib.sha256(signed).hexdigest(), public, body, None)


def is_signed_as(body: bytes, sha256: str) -> bool:
    """Whether these are the signed bytes of the record with this SHA-256; nothing in them is parsed."""
    signed = body[_BEFORE:-_AFTER]
    found = _SIGNED_BY.fullmatch(body[-_AFTER:])
    if not body.startswith(_BEGINS) or found is None or hashlib.sha256(signed).hexdigest() != sha256:
        return False
    return is_signed_by(bytes.fromhex(found[1].decode()), bytes.fromhex(found[2].decode()), signed)


def read_file(text: bytes) -> Sealed:
    """Read a record with its detail from a file's bytes; NotARecord if they are not one."""
    if not text.startswith(_BEGINS[: max(1, len(text))]):
        raise NotARecord(Fault.FOREIGN)
    lines = text.split(b"\n", 2)
    if len(text) > LARGEST_FILE:
        raise NotARecord(Fault.TOO_LARGE)
    if len(lines) < 3:
        raise NotARecord(Fault.TORN)
    if lines[2]:
        raise NotARecord(Fault.TAMPERED)
    return with_detail(read_body(lines[0]), lines[1])


def with_detail(sealed: Sealed, detail: bytes) -> Sealed:
    """The record with the detail in these bytes (empty: none); NotARecord if it is another record's detail."""
    if not detail:
        return sealed
    try:
        found = detail_from(detail)
    except NotADetail as problem:
        raise NotARecord(Fault.TAMPERED) from problem
    of_an_assistant = isinstance(sealed.content, Assistant)
    if found.digest != sealed.content.detail or isinstance(found, AssistantDetail) is not of_an_assistant:
        raise NotARecord(Fault.TAMPERED)
    return replace(sealed, detail=found)


def _parts(parts: Any) -> tuple[dict[str, Any], bytes, bytes]:
    """Content, public key and signature of a canonical body; nothing else is checked yet."""
    if isinstance(parts, dict) and set(parts) == _PARTS and isinstance(parts["content"], dict):
        public, signature = _bytes(parts["key"], KEY_BYTES), _bytes(parts["signature"], SIGNATURE_BYTES)
        if public and signature:
            return parts["content"], public, signature
    raise NotARecord(Fault.TAMPERED)


def _bytes(digits: Any, length: int) -> bytes:
    """The bytes for lower-case hexadecimal digits; empty if it is anything else."""
    try:
        found = bytes.fromhex(digits) if isinstance(digits, str) else b""
    except ValueError:
        return b""
    return found if len(found) == length and found.hex() == digits else b""


def _typed(values: dict[str, Any], signed: bytes) -> Content:
    """The content as its type. Content of an unknown kind or schema was signed by a newer program."""
    if values.get("schema") != SCHEMA or values.get("type") not in KINDS:
        raise NotARecord(Fault.NEWER)
    try:
        return ANY.validate_json(signed)
    except ValidationError as problem:
        raise NotARecord(Fault.TAMPERED) from problem
