"""Device keys: kept as text, called by their fingerprint, and never shown."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.record.signing import DeviceKey, NotAKey, fingerprint, is_signed_by, shown

from .examples import key


def test_a_key_comes_back_from_its_text() -> None:
    """The file that keeps a key gives the same device again."""
    made = DeviceKey.new()
    assert DeviceKey.from_pem(made.to_pem()).fingerprint == made.fingerprint


def test_no_two_keys_are_the_same() -> None:
    """A key is drawn from the operating system's chance."""
    assert DeviceKey.new().fingerprint != DeviceKey.new().fingerprint


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----\n",
        key().to_pem()[:60],
        Ed448PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
)
def test_other_text_is_no_key(pem: bytes) -> None:
    """Damaged, cut off, or a key of another kind."""
    with pytest.raises(NotAKey):
        DeviceKey.from_pem(pem)


@given(content=st.binary(max_size=200), other=st.binary(max_size=200))
def test_a_signature_is_of_one_content_by_one_device(content: bytes, other: bytes) -> None:
    """It is valid only for the signed bytes and the signing key."""
    signature = key(1).sign(content)
    assert is_signed_by(key(1).public, signature, content)
    assert not is_signed_by(key(2).public, signature, content)
    assert is_signed_by(key(1).public, signature, other) == (content == other)


def test_a_fingerprint_is_shown_in_groups() -> None:
    """Twenty digits that two people can read to each other."""
    assert shown(fingerprint(key(1).public)) == "3475 0f98 bd59 fcfc 946d"


def test_the_private_key_is_in_no_text_about_it() -> None:
    """Printing a key shows no secret."""
    assert "PRIVATE" not in repr(key())
    assert repr(key()) == "DeviceKey()"


def test_the_key_that_opens_sealed_files_is_made_from_the_devices_key() -> None:
    """A backup of the one is a backup of both; and the two never serve for each other."""
    key = DeviceKey.new()
    again = DeviceKey.from_pem(key.to_pem())
    assert again.sealing_key == key.sealing_key == key.opening_key.public_key().public_bytes_raw()
    assert len({key.sealing_key, key.public, DeviceKey.new().sealing_key}) == 3
