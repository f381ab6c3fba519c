"""A pack: what today's pupils need to take the check at a kiosk whose desk is away, signed by the desk.

Each pupil's entry is found and opened by keys derived from the day's password and the pupil's PIN together; without
both it cannot be read, and the pack does not show who is in it. No name is outside an entry; all entries look alike.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from pydantic import Field, StringConstraints, ValidationError

from mtc_kiosk.check.arrangements import Chosen, Granted
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.record.canonical import NotCanonical, canonical
from mtc_kiosk.record.school import School
from mtc_kiosk.record.shape import Count, Digest, Identity, Moment, Shape, Word
from mtc_kiosk.record.signing import PACK_PURPOSE, DeviceKey, fingerprint, is_signed_by

FORMAT = 1
"""The version of this format; a kiosk reads no other."""

LARGEST = 20_000_000
"""Bytes: some 20 kB for each of a thousand pupils."""

PADDED_TO = 1024
"""An entry is padded to a multiple of so many bytes, so that its length tells nothing of a name."""

SALT_BYTES = 16
_NONCE_BYTES, _LENGTH_BYTES, _KEY_BYTES = 12, 4, 32
_INFO = b"mtc_kiosk pack entry"

Why = Literal["used", "elsewhere", "not_taking", "cancelled"]
SpentCodes = dict[Identity, tuple[Why, str]]
"""PINs that start no check, by check code: each with why, and the kiosk at which it is in use."""

FormMet = Annotated[str, StringConstraints(pattern=r"^([1-9a-c]{2}){1,100}$")]
"""The questions of a form that the pupil has met: two hexadecimal digits for each."""


class Cost(Shape):
    """How much work one try at a password and PIN is (scrypt): with the default, some 16 MB and 50 ms."""

    n: Annotated[int, Field(ge=2, le=2**17)] = 2**14
    r: Annotated[int, Field(ge=1, le=8)] = 8
    p: Annotated[int, Field(ge=1, le=4)] = 1


class PackSession(Shape):
    """A session of the day. ``ends_at`` is when sign-in ends, or ended."""

    id: Count
    kind: Literal["official", "try"]
    opens_at: Moment
    ends_at: Moment


class Entry(Shape):
    """One PIN and its pupil, as the page "is this you?" shows them, with their arrangements.

    ``granted`` is what the school's file grants, ``chosen`` the pupil's last choice of look; ``official`` and
    ``try_outs`` are the forms the pupil has met.
    """

    check_code: Identity
    session: Count
    kind: Literal["official", "try"]
    pupil: Count
    forename: str
    surname: str
    date_of_birth: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    group: str
    granted: Granted
    chosen: Chosen
    official: tuple[FormMet, ...]
    try_outs: tuple[FormMet, ...]


class Pack(Shape):
    """What the desk signs. ``version`` is new with every change but those of ``made_at`` and ``spent``.

    ``settings`` are those of one check (``check.settings``); ``shown_as`` is the school's name on the pupils' pages.
    """

    type: Literal["pack"] = "pack"
    format: Literal[1] = 1
    version: Digest
    made_at: Moment
    desk: Digest
    made_up: bool
    salt: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    cost: Cost
    school: School
    shown_as: str
    time_zone: str
    scheme: Word
    settings: dict[str, Any]
    form_rules: FormRules
    sessions: tuple[PackSession, ...]
    spent: SpentCodes
    entries: dict[Digest, str]


class SignedPack(Shape):
    """A pack with the desk's signature in hexadecimal digits."""

    pack: Pack
    signature: str


class NotAPack(ValueError):
    """The bytes are not a pack of this kiosk's desk; the message is a sentence for a person."""


@dataclass(frozen=True)
class EntryKeys:
    """Where an entry is in a pack, and what opens it."""

    tag: str
    key: bytes = field(repr=False)


def keys_of(password: str, pin: str, salt: bytes, cost: Cost) -> EntryKeys:
    """The keys of the entry for this password and PIN; slow on purpose, without holding up other threads."""
    typed = f"{password}\n{pin}".encode()
    memory = 128 * cost.r * (cost.n + cost.p + 2)
    root = hashlib.scrypt(typed, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=2 * memory, dklen=_KEY_BYTES)
    made = HKDFExpand(SHA256(), 2 * _KEY_BYTES, _INFO).derive(root)
    return EntryKeys(made[:_KEY_BYTES].hex(), made[_KEY_BYTES:])


def seal_entry(entry: Entry, keys: EntryKeys) -> str:
    """An entry as it is in a pack, padded and encrypted."""
    content = canonical(entry.model_dump(mode="json"))
    framed = len(content).to_bytes(_LENGTH_BYTES, "big") + content
    nonce = secrets.token_bytes(_NONCE_BYTES)
    padded = framed + bytes(-len(framed) % PADDED_TO)
    sealed = ChaCha20Poly1305(keys.key).encrypt(nonce, padded, keys.tag.encode())
    return base64.b64encode(nonce + sealed).decode()


def open_entry(pack: Pack, password: str, pin: str) -> Entry | None:
    """The entry for this password and PIN; None if the pack has none."""
    keys = keys_of(password, pin, bytes.fromhex(pack.salt), pack.cost)
    sealed = pack.entries.get(keys.tag)
    if sealed is None:
        return None
    try:
        raw = base64.b64decode(sealed, validate=True)
        nonce, rest = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
        padded = ChaCha20Poly1305(keys.key).decrypt(nonce, rest, keys.tag.encode())
        length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        return Entry.model_validate_json(padded[_LENGTH_BYTES : _LENGTH_BYTES + length])
    except (InvalidTag, ValueError):  # the desk signed it, so this is a fault of the program that made it
        return None


def sign_pack(pack: Pack, key: DeviceKey) -> bytes:
    """A pack as it is sent; it must name this key's device."""
    assert pack.desk == key.fingerprint, "a desk signs its own packs"
    values = pack.model_dump(mode="json")
    return canonical({"pack": values, "signature": key.sign(canonical(values), PACK_PURPOSE).hex()})


_DAMAGED = "This pack is incomplete or damaged. Make it again at the desk. Nothing was changed."
_OF_ANOTHER_VERSION = (
    "This pack needs another version of mtc-kiosk. Install the same version on both PCs, and"
    " make the pack again. Nothing was changed."
)


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def read_pack(text: bytes, desk_public: bytes, *, made_up: bool) -> Pack:
    """Read the pack of the desk with this public key, for a home of made-up pupils or of real ones; NotAPack."""
    if len(text) > LARGEST:
        raise NotAPack("This is too large to be a pack. Nothing was changed.")
    try:
        found = SignedPack.model_validate_json(text)
        signature, signed = bytes.fromhex(found.signature), canonical(found.pack.model_dump(mode="json"))
    except (ValidationError, ValueError, NotCanonical) as problem:
        raise NotAPack(_OF_ANOTHER_VERSION if _is_json(text) else _DAMAGED) from problem
    pack = found.pack
    if pack.desk != fingerprint(desk_public):
        raise NotAPack("This pack is of another desk than this kiosk's. Nothing was changed.")
    if not is_signed_by(desk_public, signature, signed, PACK_PURPOSE):
        raise NotAPack("This pack was changed after the desk made it. Make it again at the desk. Nothing was changed.")
    if pack.made_up != made_up:
        whose, ours = ("made-up", "real") if pack.made_up else ("real", "made-up")
        raise NotAPack(f"This pack is for {whose} pupils; this kiosk is for {ours} ones. Nothing was changed.")
    return pack
