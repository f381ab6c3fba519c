"""Sealed records: what was sealed comes back, and not one byte of it can be another."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.detail import LARGEST_DETAIL
from mtc_kiosk.record.sealed import (
    LARGEST_FILE,
    MOST_VALUES,
    Fault,
    NotARecord,
    Sealed,
    is_signed_as,
    read_body,
    read_file,
)
from mtc_kiosk.record.signing import DeviceKey

from . import examples
from .examples import assistant, assistant_detail, check, detail, feedback, finished_robot, key, reason, restart

KINDS: list[Callable[[], Sealed]] = [reason, restart, feedback, assistant, lambda: check(finished_robot())]
REASON_FILE = reason().to_file()


def fault_of(text: bytes) -> Fault:
    """Why a file is refused."""
    with pytest.raises(NotARecord) as refused:
        read_file(text)
    return refused.value.fault


def signed(values: dict[str, Any], device: DeviceKey | None = None) -> bytes:
    """A file with any content, properly signed, without a detail."""
    device = device or key()
    parts = {"content": values, "key": device.public.hex(), "signature": device.sign(canonical(values)).hex()}
    return canonical(parts) + b"\n\n"


def content_of(sealed: Sealed) -> dict[str, Any]:
    """A record's content as plain values."""
    values: dict[str, Any] = json.loads(sealed.body)["content"]
    return values


@pytest.mark.parametrize("make", KINDS)
def test_what_was_sealed_comes_back(make: Callable[[], Sealed]) -> None:
    """A record of every kind is the same after its file was read."""
    sealed = make()
    assert read_file(sealed.to_file()) == sealed


@pytest.mark.parametrize("make", KINDS)
def test_a_quick_look_knows_the_bytes_that_were_signed(make: Callable[[], Sealed]) -> None:
    """And no others: not one with a changed byte anywhere, nor another record's name."""
    sealed = make()
    assert is_signed_as(sealed.body, sealed.sha256)
    assert not is_signed_as(sealed.body, "0" * 64)
    assert not is_signed_as(b"", sealed.sha256)
    for place in range(0, len(sealed.body), max(1, len(sealed.body) // 400)):
        altered = bytearray(sealed.body)
        altered[place] ^= 1
        assert not is_signed_as(bytes(altered), sealed.sha256), place


@pytest.mark.parametrize(
    ("make", "sha256"),
    [
        (reason, "fb174c8a7de6f36366eab37193dd3d667a377366adb16771554cebe253719530"),
        (restart, "2e115506eb983f815f773dfc13194719621652ccd90568d64009db6bc9f60913"),
        (feedback, "f67e0c052052b96566896a63d453a00b43b9c41c91aa2e5ebe8648dd2b04dc14"),
    ],
)
def test_records_are_the_same_bytes_as_ever(make: Callable[[], Sealed], sha256: str) -> None:
    """A home that sends all its records again sends the files it sent before, detail and all."""
    assert hashlib.sha256(make().to_file()).hexdigest() == sha256


def test_who_typed_for_a_pupil_is_in_the_detail_alone() -> None:
    """With its detail erased, the record is still valid and has no name."""
    sealed = assistant()
    for text in (b"Zo", b"Made-up", b"plaster"):
        assert text not in sealed.body
        assert text in sealed.to_file()
    assert read_file(sealed.body + b"\n\n").detail is None


@pytest.mark.parametrize(
    ("make", "about"),
    [(reason, assistant_detail), (assistant, detail)],
    ids=["reason", "assistant"],
)
def test_a_detail_of_another_kind_is_refused(make: Callable[..., Sealed], about: Callable[[], Any]) -> None:
    """Even where the device signed its hash: no names ride on a reason, and an assistant's record has its own."""
    assert fault_of(make(about=about()).to_file()) is Fault.TAMPERED


def test_what_is_wrong_with_a_detail_does_not_repeat_it() -> None:
    """A name that is too long is in no message."""
    with pytest.raises(ValidationError) as refused:
        assistant_detail(surname="Made-up" * 100)
    assert "Made-up" not in str(refused.value)


@given(
    upn=st.one_of(st.none(), st.text(min_size=1, max_size=40)),
    by=st.one_of(st.none(), st.text(min_size=1, max_size=200)),
    code=st.text("ABCXYZ-9", min_size=1, max_size=64),
    name=st.one_of(st.none(), st.text(min_size=1, max_size=100)),
)
def test_any_text_comes_back(upn: str | None, by: str | None, code: str, name: str | None) -> None:
    """Whatever people write, in any script, is the same after sealing and reading."""
    about = detail(upn=upn, by=by)
    sealed = reason(about=about, code=code, school=examples.UNNAMED.model_copy(update={"name": name}))
    assert read_file(sealed.to_file()) == sealed


@given(place=st.integers(0, len(REASON_FILE) - 1), other=st.integers(1, 255))
def test_no_byte_can_be_another(place: int, other: int) -> None:
    """Whichever byte of a file is changed, and to whatever, the file is refused."""
    changed = bytearray(REASON_FILE)
    changed[place] ^= other
    fault_of(bytes(changed))


@given(length=st.integers(1, len(REASON_FILE) - 1))
def test_a_file_that_was_cut_off_is_torn(length: int) -> None:
    """However much of it arrived."""
    assert fault_of(REASON_FILE[:length]) is Fault.TORN


@given(extra=st.binary(min_size=1, max_size=20))
def test_nothing_may_follow_a_record(extra: bytes) -> None:
    """Bytes behind the second line are no part of what was written."""
    assert fault_of(REASON_FILE + extra) is Fault.TAMPERED


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_sentence(text: bytes) -> None:
    """Nothing that a folder may hold raises anything else."""
    fault_of(text)


@pytest.mark.parametrize("text", [b"", b"%PDF-1.7", b'{"contents":{}}', b"\0" * 2000])
def test_what_is_no_record_is_foreign(text: bytes) -> None:
    """A file of another kind is told from a damaged record."""
    assert fault_of(text) is Fault.FOREIGN


def test_a_file_may_not_be_endless() -> None:
    """What is larger than any check is refused before it is parsed."""
    assert fault_of(b'{"content":{' + b" " * LARGEST_FILE) is Fault.TOO_LARGE


@pytest.mark.parametrize(
    "body", [b'{"content":{"a":' * 100_000, b'{"content":{"a":1' + b"0" * 5000 + b'},"key":"","signature":""}']
)
def test_a_body_that_would_exhaust_the_parser_is_refused(body: bytes) -> None:
    """Deep nesting and endless numbers are sentences too, not a crash."""
    assert fault_of(body + b"\n\n") is Fault.TORN


def test_another_spelling_of_the_same_json_is_refused() -> None:
    """One value has one sequence of bytes: a space more is no longer the record."""
    spaced = REASON_FILE.replace(b',"code"', b', "code"', 1)
    assert spaced != REASON_FILE
    assert fault_of(spaced) is Fault.TORN


def test_a_detail_can_be_erased_and_the_record_still_stands() -> None:
    """Erasure never breaks a proof."""
    sealed = reason()
    erased = read_file(sealed.body + b"\n\n")
    assert (erased.content, erased.sha256, erased.detail) == (sealed.content, sealed.sha256, None)


def test_another_pupils_detail_is_refused() -> None:
    """The signed bytes fix whom the record is about."""
    other = reason(about=detail(upn="W201100120002"))
    assert fault_of(reason().body + b"\n" + other.to_file().split(b"\n")[1] + b"\n") is Fault.TAMPERED


def test_a_record_signed_by_another_device_is_refused() -> None:
    """A device cannot speak in another's name."""
    values = content_of(reason(key(1)))
    assert fault_of(signed(values, key(2))) is Fault.TAMPERED


def test_a_signature_for_something_else_is_none_of_a_record() -> None:
    """What the same key signed for another purpose proves nothing here."""
    values = content_of(reason())
    raw = key()._private.sign(canonical(values))
    parts = {"content": values, "key": key().public.hex(), "signature": raw.hex()}
    assert fault_of(canonical(parts) + b"\n\n") is Fault.TAMPERED


@pytest.mark.parametrize("part", ["key", "signature"])
def test_capital_digits_are_another_spelling(part: str) -> None:
    """A key and a signature have one spelling too, so that a record has one sequence of bytes."""
    parts = json.loads(reason().body)
    assert fault_of(canonical(parts | {part: parts[part].upper()}) + b"\n\n") is Fault.TAMPERED


@pytest.mark.parametrize("change", [{"schema": 2}, {"schema": True}, {"schema": "1"}, {"type": "letter"}, {"type": 1}])
def test_what_a_newer_version_signed_is_told_apart(change: dict[str, Any]) -> None:
    """The message says to update, not that the record was altered; a schema that is no number is refused too."""
    assert fault_of(signed(content_of(reason()) | change)) in (Fault.NEWER, Fault.TAMPERED)
    assert fault_of(signed(content_of(reason()) | {"schema": 2})) is Fault.NEWER


@pytest.mark.parametrize(
    "change",
    [
        {"by_head": 1},
        {"by_head": "false"},
        {"code": ""},
        {"code": "A B"},
        {"at": "2027-06-07T09:00:00Z"},
        {"at": "2027-02-30T09:00:00.000Z"},
        {"at": 1},
        {"id": "00000000-0000-4000-8000-00000000000G"},
        {"id": "00000000-0000-4000-8000-00000000000A"},
        {"undoes": ""},
        {"kiosk": "hall 1"},
        {"made_up": None},
        {"school": {"name": "Larkfield Primary"}},
        {"school": None},
        {"extra": 1},
        {"detail": "ab"},
    ],
)
def test_a_properly_signed_record_of_wrong_types_is_refused(change: dict[str, Any]) -> None:
    """A signature says who wrote it, not that it makes sense."""
    assert fault_of(signed(content_of(reason()) | change)) is Fault.TAMPERED


@pytest.mark.parametrize("left_out", sorted(content_of(reason())))
def test_no_part_of_a_record_may_be_missing(left_out: str) -> None:
    """Every field is there, null where there is nothing to say."""
    values = {name: value for name, value in content_of(reason()).items() if name != left_out}
    assert fault_of(signed(values)) in (Fault.TAMPERED, Fault.NEWER)


@pytest.mark.parametrize("parts", [[], {}, {"content": 1, "key": "", "signature": ""}, {"content": {"a": 1}}])
def test_a_body_of_other_parts_is_refused(parts: Any) -> None:
    """Content, key and signature, no more and no less."""
    with pytest.raises(NotARecord):
        read_body(canonical(parts))


def test_the_hash_is_of_the_content_alone() -> None:
    """The same content has the same identity, and a name that follows from it."""
    sealed = reason()
    assert sealed.sha256 == hashlib.sha256(canonical(content_of(sealed))).hexdigest()
    assert sealed.file_name == f"reason-{sealed.sha256}.mtc"


def test_nothing_that_names_a_person_is_signed() -> None:
    """UPN, ref and who did it are in the second line alone, which can be erased."""
    about = detail(upn="G201100120001", ref="4A/17", by="t.admin")
    body, rest = reason(about=about).to_file().split(b"\n", 1)
    for text in (b"G201100120001", b"4A/17", b"t.admin"):
        assert text not in body
        assert text in rest


def test_the_same_pupil_leaves_other_signed_bytes_under_another_salt() -> None:
    """UPNs cannot be guessed from a record once its detail is erased."""
    assert detail(salt="00" * 16).digest != detail(salt="01" * 16).digest


@pytest.mark.parametrize("value", [b"{},", b"[],", b"1,", b'{"":0},', b'"",'])
def test_a_body_of_too_many_values_is_refused_before_it_is_parsed(value: bytes) -> None:
    """Parsed, each would take up to 100 times its bytes."""
    most = value * (MOST_VALUES // sum(map(value.count, (b",", b"{", b"["))) + 1)
    assert fault_of(b'{"content":{"a":[' + most + b"1]}}\n\n") is Fault.TOO_LARGE


def test_a_detail_may_not_be_endless() -> None:
    """It is refused by its size, before it is parsed."""
    assert fault_of(REASON_FILE.splitlines()[0] + b'\n{"salt":"' + b"5a" * LARGEST_DETAIL + b'"}\n') is Fault.TAMPERED
