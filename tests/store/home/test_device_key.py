"""The device's key: made once for a home, whole, and readable by its owner alone."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.home.device_key import NAME, DeviceKeyRefused, device_key
from mtc_kiosk.store.home.home import Home

ASKS = (
    "import sys; from pathlib import Path; from mtc_kiosk.store.home.home import Home;"
    "from mtc_kiosk.store.home.device_key import device_key;"
    "print(device_key(Home(Path(sys.argv[1]))).fingerprint)"
)


def test_a_home_keeps_its_key(home: Home) -> None:
    """The second time the same key is there."""
    assert device_key(home).fingerprint == device_key(home).fingerprint


def test_the_key_leaves_no_other_file(home: Home) -> None:
    """Nothing of its making stays beside it."""
    before = {path.name for path in home.root.iterdir()}
    device_key(home)
    assert {path.name for path in home.root.iterdir()} - before == {NAME}


@pytest.mark.posix_only("permissions in this form: POSIX alone")
def test_only_its_owner_may_read_it(home: Home) -> None:
    """From the first moment, and again where somebody opened it up."""
    device_key(home)
    path = home.root / NAME
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    device_key(home)
    assert path.stat().st_mode & 0o777 == 0o600


def test_programs_that_ask_at_once_get_the_same_key(home: Home) -> None:
    """However many kiosks of one home start together."""
    asking = [
        subprocess.Popen([sys.executable, "-c", ASKS, str(home.root)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = {process.communicate(timeout=60)[0].strip() for process in asking}
    assert told == {device_key(home).fingerprint}


def test_the_one_who_comes_second_keeps_the_first_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may make the key at the same time: that key is used."""
    theirs = DeviceKey.new()
    fsync = os.fsync

    def another_was_first(descriptor: int) -> None:
        fsync(descriptor)
        if not (home.root / NAME).exists():
            (home.root / NAME).write_bytes(theirs.to_pem())

    monkeypatch.setattr(os, "fsync", another_was_first)
    assert device_key(home).fingerprint == theirs.fingerprint


def test_a_disk_without_links_has_a_key_too(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick's file system knows no links."""

    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert device_key(home).fingerprint == device_key(home).fingerprint


def test_a_damaged_key_is_refused_and_left(home: Home) -> None:
    """An unreadable key is never silently replaced: its records could no longer be verified."""
    path = home.root / NAME
    path.write_bytes(DeviceKey.new().to_pem()[:50])
    with pytest.raises(DeviceKeyRefused, match=r"is damaged\. Restore a backup of this PC: mtc-kiosk restore"):
        device_key(home)
    assert len(path.read_bytes()) == 50


def test_a_disk_that_fails_leaves_no_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key is written whole or not at all; one sentence says why."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = {path.name for path in home.root.iterdir()}
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeviceKeyRefused, match="no space left on device"):
        device_key(home)
    assert {path.name for path in home.root.iterdir()} == before
