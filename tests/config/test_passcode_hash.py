"""The staff passcode: only its hash is kept, and putting it in leaves the rest of the file alone."""

from pathlib import Path

import pytest

from mtc_kiosk.config.configuration import KIOSK, load_kiosk
from mtc_kiosk.config.passcode import HASH, LONGEST_PASSCODE, SHORTEST_PASSCODE, hashed, is_allowed, keep, matches
from mtc_kiosk.resources import shipped_config

SALT = bytes(range(16))


def test_a_passcode_matches_its_own_hash_and_no_other() -> None:
    """One letter more, or another case, is another passcode."""
    kept = hashed("Open sesame")
    assert [matches(tried, kept) for tried in ("Open sesame", "open sesame", "Open sesam", "")] == [True] + [False] * 3


def test_the_hash_is_scrypt_as_rfc_7914_has_it() -> None:
    """The known answer of the RFC's own test: another program can check a passcode too."""
    known = "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
    assert hashed("pleaseletmein", b"SodiumChloride") == f"scrypt$16384$8$1${b'SodiumChloride'.hex()}${known}"


def test_a_hash_is_of_the_form_the_settings_file_takes() -> None:
    """What is made here is what is read there."""
    assert HASH.fullmatch(hashed("Open sesame", SALT))


def test_two_hashes_of_one_passcode_differ() -> None:
    """Each has a different salt."""
    assert hashed("same") != hashed("same")


@pytest.mark.parametrize("kept", ["", "none", "scrypt$", "scrypt$1073741824$8$1$" + "0" * 32 + "$" + "0" * 64])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    """Nor does an absurd cost eat the memory of a PC."""
    assert not matches("", kept)


@pytest.mark.parametrize(
    ("passcode", "allowed"),
    [
        ("x" * (SHORTEST_PASSCODE - 1), False),
        ("x" * SHORTEST_PASSCODE, True),
        ("x" * LONGEST_PASSCODE, True),
        ("x" * (LONGEST_PASSCODE + 1), False),
        ("Open sesame", True),
        ("Open\tsesame", False),
        ("Open\u200bsesame", False),
    ],
)
def test_which_passcodes_are_allowed(passcode: str, allowed: bool) -> None:
    """One that a kiosk's page takes whole, and that can be typed from what is seen."""
    assert is_allowed(passcode) is allowed


def test_the_hash_goes_in_and_every_other_line_stays(tmp_path: Path) -> None:
    """Notes, order and the other settings are as they were."""
    shipped = shipped_config(KIOSK).read_bytes()
    path = tmp_path / KIOSK
    path.write_bytes(shipped)
    kept = hashed("Open sesame", SALT)
    keep(path, kept)
    assert load_kiosk(path).staff_passcode == kept
    assert path.read_bytes() == shipped.replace(b"staff_passcode: none", f"staff_passcode: {kept}".encode())


def test_a_hash_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """There is one passcode at a time."""
    path = tmp_path / KIOSK
    path.write_bytes(b"staff_passcode: none\r\nname: a\r\n")
    keep(path, hashed("first", SALT))
    keep(path, hashed("second", SALT))
    assert path.read_bytes() == f"staff_passcode: {hashed('second', SALT)}\r\nname: a\r\n".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbfstaff_passcode: none\n", b"\xef\xbb\xbfstaff_passcode: %s\n"),
        (b"'staff_passcode' : none\n", b"staff_passcode: %s\n"),
        (b"name: a\nstaff_passcode:\n", b"name: a\nstaff_passcode: %s\n"),
    ],
)
def test_the_setting_is_found_however_it_is_written(tmp_path: Path, before: bytes, after: bytes) -> None:
    """Notepad's byte order mark, quotes, or nothing after the colon: there is still one passcode."""
    path = tmp_path / KIOSK
    path.write_bytes(before)
    keep(path, hashed("first", SALT))
    assert path.read_bytes() == after % hashed("first", SALT).encode()
    assert load_kiosk(path).staff_passcode == hashed("first", SALT)


@pytest.mark.posix_only("Windows keeps who may read a file in its folder")
def test_who_may_read_the_file_stays_as_it_was(tmp_path: Path) -> None:
    """A file that only staff may read is so afterwards."""
    path = tmp_path / KIOSK
    path.touch(mode=0o600)
    keep(path, hashed("first", SALT))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_without_the_setting_is_given_it(tmp_path: Path) -> None:
    """A school may have taken the line out, or not ended its last line."""
    path = tmp_path / KIOSK
    path.write_bytes(b"name: a")
    keep(path, hashed("first", SALT))
    assert load_kiosk(path).staff_passcode == hashed("first", SALT)


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A hash alone would be a file of one setting where the school expects its own."""
    with pytest.raises(FileNotFoundError):
        keep(tmp_path / KIOSK, hashed("first", SALT))
    assert list(tmp_path.iterdir()) == []
