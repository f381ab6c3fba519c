"""kiosk.yaml: one PC, and no passcode that a pupil could read."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from mtc_kiosk.config.configuration import KIOSK, load_kiosk
from mtc_kiosk.config.kiosk_file import KioskFile, computer_name
from mtc_kiosk.config.passcode import hashed

Said = Callable[[str, str], list[str]]


@pytest.fixture
def kiosk(tmp_path: Path) -> Callable[[str], KioskFile]:
    """Give the text of a kiosk.yaml; have what it says."""

    def read(text: str) -> KioskFile:
        path = tmp_path / KIOSK
        path.write_text(text, encoding="utf-8")
        return load_kiosk(path)

    return read


def test_what_is_written_is_what_is_read(kiosk: Callable[[str], KioskFile]) -> None:
    """Every setting of the file, other than as it ships."""
    kept = hashed("correct horse", bytes(16))
    read = kiosk(
        f"name: 0417\ndesk: https://desk.example:8426/\ndisplay: {{diagonal_inches: 23.8, screen: 2}}\n"
        f"sound: {{device: USB headset, volume_percent: 0}}\n"
        f"lockdown: {{full_screen: no, keyboard_grab: no, allow_second_display: yes}}\n"
        f"staff_passcode: {kept}\nraise_priority: off\n"
    )
    assert (read.name, read.desk, read.staff_passcode) == ("0417", "https://desk.example:8426", kept)
    assert (read.display.diagonal_inches, read.display.screen) == (Decimal("23.8"), 2)
    assert (read.sound.device, read.sound.volume_percent) == ("USB headset", 0)
    lockdown = read.lockdown
    assert (lockdown.full_screen, lockdown.keyboard_grab, lockdown.allow_second_display) == (False, False, True)
    assert read.raise_priority is False


def test_a_kiosk_called_auto_has_the_computers_name(kiosk: Callable[[str], KioskFile]) -> None:
    """One file serves thirty PCs."""
    assert kiosk("name: auto").name == computer_name() == KioskFile().name


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("LAB-PC07.school.example", "LAB-PC07"),
        ("pc 7", "pc-7"),
        ("_-x", "x"),
        ("", "kiosk"),
        ("...", "kiosk"),
        ("p" * 63, "p" * 32),
    ],
)
def test_a_computers_name_is_made_fit_for_a_kiosk(monkeypatch: pytest.MonkeyPatch, host: str, name: str) -> None:
    """Up to its first point, in characters allowed in a file name."""
    monkeypatch.setattr("socket.gethostname", lambda: host)
    assert computer_name() == name


def test_a_plain_passcode_is_refused_and_never_repeated(said: Said) -> None:
    """What a teacher typed by mistake is not read out by the message."""
    assert said(KIOSK, "name: a\nstaff_passcode: secret1234\n") == [
        "kiosk.yaml:2: staff_passcode: A passcode is not kept here as you type it."
        " Write 'none', then set it with: mtc-kiosk passcode set"
    ]


@pytest.mark.parametrize("kept", ["scrypt$", "scrypt$1$8$1$00$00", hashed("abcdef", bytes(16))[:-1]])
def test_half_a_hash_is_refused(said: Said, kept: str) -> None:
    """A hash that no passcode could match would lock the staff out."""
    assert len(said(KIOSK, f"staff_passcode: {kept}")) == 1


@pytest.mark.parametrize(
    "desk",
    [
        "http://desk.example",
        "desk.example:8426",
        "https://",
        "https://:8443",
        "https://desk.example:0",
        "https://desk.example:99999",
        "https://me:word@desk.example",
        "https://[desk",
        "https://desk .example",
    ],
)
def test_a_desk_is_an_https_address_without_a_password(said: Said, desk: str) -> None:
    """Anything else is refused, with an example."""
    (line,) = said(KIOSK, f"desk: '{desk}'")
    assert "such as https://desk.example:8426, or 'none'." in line


@pytest.mark.parametrize("name", ["my kiosk", "-x", "a/b", "..", "x" * 33, "caf\u00e9"])
def test_a_name_that_could_not_name_a_file_is_refused(said: Said, name: str) -> None:
    """The name becomes part of file names."""
    (line,) = said(KIOSK, f"name: '{name}'")
    assert "32 letters, digits, - or _" in line


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("display: {diagonal_inches: 4.99}", "from 5 to 120"),
        ("display: {diagonal_inches: 121}", "from 5 to 120"),
        ("display: {screen: 0}", "from 1 to 8"),
        ("sound: {volume_percent: 101}", "from 0 to 100"),
        ("lockdown: {full_screen: maybe}", "yes or no"),
    ],
)
def test_what_is_allowed_is_said(said: Said, text: str, allowed: str) -> None:
    """One mistake, and the values that would be none."""
    (line,) = said(KIOSK, text)
    assert allowed in line
