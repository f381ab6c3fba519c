"""The desk's signed receipt for a record: it has this content, committed, and a kiosk may one day remove its copy.

The signature covers canonical JSON, under a purpose of its own, so that no record can pass for a receipt.
"""

from typing import Literal

from pydantic import ValidationError

from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.shape import Digest, Identity, Moment, Shape, Word
from mtc_kiosk.record.signing import RECEIPT_PURPOSE, DeviceKey, fingerprint, is_signed_by


class Receipt(Shape):
    """What the desk says of a record. ``verdict`` is ``store.records.inbox.Verdict``; ``epoch`` the desk's."""

    type: Literal["receipt"] = "receipt"
    record: Identity
    sha256: Digest
    verdict: Word
    desk: Digest
    epoch: Word
    at: Moment


class SignedReceipt(Shape):
    """A receipt with the desk's signature in hexadecimal digits."""

    receipt: Receipt
    signature: str


RECEIPT_SUFFIX = ".mtcreceipt"
LARGEST_RECEIPT = 4096
"""Bytes; a receipt has some 600."""


def receipt_name(sha256: str) -> str:
    """The name on a stick of the receipt for the record with this hash."""
    return f"receipt-{sha256}{RECEIPT_SUFFIX}"


class NotAReceipt(ValueError):
    """The bytes are not this desk's receipt."""


def sign(receipt: Receipt, key: DeviceKey) -> bytes:
    """A receipt as it is sent; it must name this key's device."""
    assert receipt.desk == key.fingerprint, "a desk signs its own receipts"
    values = receipt.model_dump(mode="json")
    return canonical({"receipt": values, "signature": key.sign(canonical(values), RECEIPT_PURPOSE).hex()})


def read_receipt(text: bytes, desk_public: bytes) -> Receipt:
    """Read a receipt from the desk with this public key; NotAReceipt for anything else."""
    try:
        found = SignedReceipt.model_validate_json(text)
        signature = bytes.fromhex(found.signature)
    except (ValidationError, ValueError) as problem:
        raise NotAReceipt("This is not a receipt.") from problem
    signed = canonical(found.receipt.model_dump(mode="json"))
    if found.receipt.desk != fingerprint(desk_public) or not is_signed_by(
        desk_public, signature, signed, RECEIPT_PURPOSE
    ):
        raise NotAReceipt("This receipt is not this desk's.")
    return found.receipt
