"""``mtc-kiosk enrol``: a PC joins a desk over real HTTPS, or stays what it was; a real process where it asks."""

import contextlib
import io
import json
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from mtc_kiosk.office import known_kiosks
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.desk_file import NAME, enrolment_of, keep_enrolment
from mtc_kiosk.store.home.device_key import JOINING, device_key
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import console_lock, kiosk_lock
from mtc_kiosk.sync import certificate as certificates
from mtc_kiosk.sync.joining import NotAnAddress, read_address
from mtc_kiosk.sync.room_code import ALPHABET
from tests.cli.at_a_terminal import assert_in_this_order, typed_once
from tests.sync.commands import run
from tests.sync.desk_of_a_home import SmallDesk, serving_desk
from tests.sync.tls_desk import free_port

WITHIN_S = 60


@pytest.fixture
def desk_home(tmp_path: Path) -> Home:
    """A desk's home, of a real school."""
    home = open_home(tmp_path / "desk")
    (home.config_dir / "school.yaml").write_text("name: Larkfield\nurn: 123456\n", encoding="utf-8")
    return home


class Enrol(Protocol):
    """Types the command: its exit code, data, and the sentences of its errors."""

    def __call__(self, root: Path, *words: str, typed: str = "") -> tuple[int, dict[str, object], str]:
        """``typed`` is what comes on standard input."""


@pytest.fixture
def enrol(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Enrol:
    """The command, in this process."""

    def type_it(root: Path, *words: str, typed: str = "") -> tuple[int, dict[str, object], str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run("enrol", *words, "--home", root, "--json")
        answer = json.loads(capsys.readouterr().out)
        return code, answer["data"], " ".join(each["message"] for each in answer["errors"])

    return type_it


def other_character(character: str) -> str:
    """Another character of the alphabet."""
    return ALPHABET[(ALPHABET.index(character) + 1) % len(ALPHABET)]


def names_at(desk: SmallDesk) -> list[str]:
    """The names of the desk's kiosks."""
    with desk.opened() as office:
        return [each.name for each in kiosks.kiosks(office.db)]


def test_a_pc_joins_with_the_code_that_is_typed(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """In any case, with spaces; then the home has the pinned certificate, its name, and a token that the desk knows."""
    with serving_desk(desk_home) as desk:
        typed = desk.code().lower().replace("-", "  ")
        code, data, errors = enrol(tmp_path / "pc", desk.address, "--name", "hall-1", typed=f"{typed}\n")
        assert (code, errors) == (0, "")
        assert data == {"name": "hall-1", "kiosk": 1, "desk": desk.address, "said": []}
        found = enrolment_of(Home(tmp_path / "pc"))
        assert found is not None
        assert (found.certificate, found.name, found.address) == (desk.certificate.pem, "hall-1", desk.address)
        assert (found.school_name, found.urn) == ("Larkfield", "123456")
        assert found.desk_key == device_key(desk_home).public.hex()
        assert found.sealing_key == device_key(desk_home).sealing_key.hex()
        with desk.opened() as office:
            kiosk = known_kiosks.kiosk_of_token(office, found.token)
        assert (kiosk.name, kiosk.public_key) == ("hall-1", device_key(Home(tmp_path / "pc")).public)


@pytest.mark.posix_only("a terminal of its own for the command")
def test_the_code_is_asked_for_at_a_terminal(desk_home: Home, tmp_path: Path) -> None:
    """In a process of its own: one question, in sight, so that whoever types can compare."""
    with serving_desk(desk_home) as desk:
        words = ["enrol", desk.address, "--name", "hall-1", "--home", str(tmp_path / "pc")]
        page = typed_once(words, desk.code(), until="mtc-kiosk run")
        assert names_at(desk) == ["hall-1"]
    assert_in_this_order(page, ("Room code: ", "This PC is now the kiosk hall-1 of the desk.", "Start it with:"))


@pytest.mark.posix_only("permissions as modes")
def test_token_key_and_certificate_are_for_their_owner_alone(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """From the moment that they are there, and again after somebody opened them."""
    with serving_desk(desk_home) as desk:
        enrol(tmp_path / "pc", desk.address, typed=desk.code())
    for name in (NAME, "device.key"):
        path = tmp_path / "pc" / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, name
    (tmp_path / "pc" / NAME).chmod(0o644)
    assert "token" not in repr(enrolment_of(Home(tmp_path / "pc")))
    assert stat.S_IMODE((tmp_path / "pc" / NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("place", [0, 5, 11])
def test_nothing_is_sent_to_a_pc_that_is_not_the_one_of_the_code(
    enrol: Enrol, desk_home: Home, tmp_path: Path, place: int
) -> None:
    """Whichever of the twelve characters differs: not even a greeting reaches it."""
    with serving_desk(desk_home) as desk:
        plain = desk.code().replace("-", "")
        wrong = plain[:place] + other_character(plain[place]) + plain[place + 1 :]
        code, _, errors = enrol(tmp_path / "pc", desk.address, typed=wrong)
        assert code == 1
        assert "is not the desk that made this room code" in errors
        assert desk.heard == []
    assert enrolment_of(Home(tmp_path / "pc")) is None


def test_a_wrong_secret_is_refused_by_the_desk_and_counted(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """The sentence comes from the desk."""
    with serving_desk(desk_home) as desk:
        typed = desk.code()
        code, _, errors = enrol(tmp_path / "pc", desk.address, typed=typed[:-1] + other_character(typed[-1]))
        assert (code, enrolment_of(Home(tmp_path / "pc"))) == (1, None)
        assert "The room code is wrong, or the code or file has ended." in errors
        assert typed.replace("-", "")[-4:] not in errors
        assert names_at(desk) == []


def test_a_file_enrols_without_typing(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """As many PCs as it is for; the answer of the first is lost, and it tries again."""
    with serving_desk(desk_home) as desk:
        (tmp_path / "enrol.json").write_bytes(desk.file(2))
        desk.drops = 1
        code, _, errors = enrol(tmp_path / "a", str(tmp_path / "enrol.json"), "--name", "a")
        assert (code, "broke off" in errors, enrolment_of(Home(tmp_path / "a"))) == (1, True, None)
        results = [enrol(tmp_path / pc, str(tmp_path / "enrol.json"), "--name", pc) for pc in ("a", "b", "c")]
        assert [code for code, _, _ in results] == [0, 0, 1]
        assert "As many PCs as were stated have joined" in results[2][2]
        assert names_at(desk) == ["a", "b"]


def test_pcs_made_from_one_image_are_kiosks_of_their_own(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """Also if a kiosk had run on the image, and so made a key."""
    device_key(open_home(tmp_path / "a"))
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with serving_desk(desk_home) as desk:
        file = tmp_path / "enrol.json"
        file.write_bytes(desk.file(2))
        assert [enrol(tmp_path / pc, str(file), "--name", pc)[0] for pc in ("a", "b")] == [0, 0]
        assert names_at(desk) == ["a", "b"]
    one, other = (device_key(Home(tmp_path / pc)).fingerprint for pc in ("a", "b"))
    assert one != other
    assert not (tmp_path / "a" / JOINING).exists()


def test_a_pc_with_records_of_its_own_keeps_the_key_that_signed_them(
    enrol: Enrol, desk_home: Home, tmp_path: Path
) -> None:
    """They would else be another device's, and wait until somebody accepts it."""
    home = open_home(tmp_path / "pc")
    before = device_key(home).fingerprint
    row = ("r1", "reason", "a7" * 32, b"{}", "{}", "waiting", "2027-06-07T09:00:00.000Z", 0, None)
    with contextlib.closing(open_database(home)) as db, change(db):
        db.execute("insert into outbox values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    with serving_desk(desk_home) as desk:
        assert enrol(home.root, desk.address, typed=desk.code())[0] == 0
    assert device_key(home).fingerprint == before


def test_a_pc_that_is_enrolled_again_keeps_its_name_unless_another_is_given(
    enrol: Enrol, desk_home: Home, tmp_path: Path
) -> None:
    """A deployment tool that types the command once more renames no kiosk; and both times it has the same key."""
    with serving_desk(desk_home) as desk:
        file = tmp_path / "enrol.json"
        file.write_bytes(desk.file(1))
        assert enrol(tmp_path / "pc", str(file), "--name", "hall-7")[0] == 0
        key = device_key(Home(tmp_path / "pc")).fingerprint
        assert enrol(tmp_path / "pc", str(file))[1]["name"] == "hall-7"
        assert device_key(Home(tmp_path / "pc")).fingerprint == key
        assert enrol(tmp_path / "pc", str(file), "--name", "hall-8")[1]["name"] == "hall-8"
        assert names_at(desk) == ["hall-8"]


def test_a_stick_that_is_not_there_is_named(enrol: Enrol, tmp_path: Path) -> None:
    """As a file, with its backslashes as they were typed; never as an address."""
    for typed in (
        r"E:\join-this-desk.mtc-enrol",
        str(tmp_path / "away" / "join.mtc-enrol"),
        "join-this-desk.mtc-enrol",
    ):
        code, _, errors = enrol(tmp_path / "pc", typed)
        assert code == 1
        assert f"The file {typed} cannot be read" in errors


def test_a_kiosk_without_a_passcode_says_so(
    desk_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it has joined, and where somebody starts it: it would else be open to everybody, and unheard of."""
    with serving_desk(desk_home) as desk:
        monkeypatch.setattr(sys, "stdin", io.StringIO(desk.code()))
        assert run("enrol", desk.address, "--home", tmp_path / "pc") == 0
    assert "Choose its staff passcode: mtc-kiosk passcode set" in capsys.readouterr().out
    assert run("run", "--home", tmp_path / "pc") == 1
    assert "This kiosk has no staff passcode yet" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"product": "mtc_kiosk enrolment", "version": 2}', b"\xff"])
def test_another_file_is_refused_in_words(enrol: Enrol, tmp_path: Path, content: bytes) -> None:
    """Whatever is in it."""
    (tmp_path / "list.csv").write_bytes(content)
    code, _, errors = enrol(tmp_path / "pc", str(tmp_path / "list.csv"))
    assert code == 1
    assert "is not an enrolment file" in errors


def test_a_desk_that_is_off_is_said_in_words(enrol: Enrol, tmp_path: Path) -> None:
    """With what to look at."""
    code, _, errors = enrol(tmp_path / "pc", f"https://127.0.0.1:{free_port()}", typed="2" * 16)
    assert code == 1
    assert "The desk cannot be reached" in errors
    assert "Nothing was changed." in errors


def test_a_new_certificate_is_accepted_only_when_staff_say_so(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """Even with a code that fits it."""
    with serving_desk(desk_home) as desk:
        enrol(tmp_path / "pc", desk.address, "--name", "a", typed=desk.code())
    before = enrolment_of(Home(tmp_path / "pc"))
    (desk_home.root / certificates.NAME).unlink()
    with serving_desk(desk_home) as desk:
        code, _, errors = enrol(tmp_path / "pc", desk.address, "--name", "a", typed=desk.code())
        assert (code, enrolment_of(Home(tmp_path / "pc"))) == (1, before)
        assert "--certificate-changed" in errors
        assert [path for _, path, _ in desk.heard] == ["/api"]
        code, _, errors = enrol(
            tmp_path / "pc", desk.address, "--name", "a", "--certificate-changed", typed=desk.code()
        )
        assert (code, errors) == (0, "")
        found = enrolment_of(Home(tmp_path / "pc"))
        assert found is not None
        assert (found.certificate, found.name) == (desk.certificate.pem, "a")
        assert names_at(desk) == ["a"]


def test_a_kiosk_joins_its_desk_again_under_another_name_of_the_school(
    enrol: Enrol, desk_home: Home, tmp_path: Path
) -> None:
    """Its own school.yaml may have the earlier name: the desk's key says that it is the same one."""
    pc = open_home(tmp_path / "pc")
    (pc.config_dir / "school.yaml").write_text("name: Larkfield\nurn: 123456\n", encoding="utf-8")
    with serving_desk(desk_home) as desk:
        assert enrol(pc.root, desk.address, "--name", "a", typed=desk.code())[0] == 0
        (desk_home.config_dir / "school.yaml").write_text("name: Meadow Trust\nurn: 654321\n", encoding="utf-8")
        assert enrol(pc.root, desk.address, "--name", "a", typed=desk.code())[0] == 0
    found = enrolment_of(pc)
    assert found is not None
    assert found.urn == "654321"


def test_another_desk_is_accepted_only_when_staff_say_so(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """Two desks by mistake: the checks that wait here would go to the wrong one."""
    with serving_desk(desk_home) as desk:
        enrol(tmp_path / "pc", desk.address, "--name", "a", typed=desk.code())
    with serving_desk(open_home(tmp_path / "other")) as desk:
        code, _, errors = enrol(tmp_path / "pc", desk.address, "--certificate-changed", typed=desk.code())
        assert code == 1
        assert "--another-desk" in errors
        assert names_at(desk) == []
        assert enrol(tmp_path / "pc", desk.address, "--name", "a", "--another-desk", typed=desk.code())[0] == 0
        assert names_at(desk) == ["a"]


def test_a_home_for_other_pupils_does_not_join(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """Made-up and real ones never meet, nor two schools; nothing but a greeting was sent."""
    (tmp_path / "made-up").mkdir()
    made_up = ["simulate", "--pupils", "0", "--seed", "1", "--home", str(tmp_path / "made-up")]
    subprocess.run([sys.executable, "-m", "mtc_kiosk", *made_up], check=True, capture_output=True, timeout=WITHIN_S)
    elsewhere = open_home(tmp_path / "elsewhere")
    (elsewhere.config_dir / "school.yaml").write_text("name: Elsewhere\nurn: 654321\n", encoding="utf-8")
    with serving_desk(desk_home) as desk:
        code = desk.code()
        for root, said in ((tmp_path / "made-up", "for real pupils"), (elsewhere.root, "of another school")):
            result = enrol(root, desk.address, typed=code)
            assert (result[0], said in result[2], enrolment_of(Home(root))) == (1, True, None), result
        itself = enrol(desk_home.root, desk.address, typed=code)
        assert (itself[0], "desk's own folder" in itself[2]) == (1, True)
        assert {path for _, path, _ in desk.heard} == {"/api"}
        assert names_at(desk) == []


def test_a_pc_in_use_does_not_join(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """A kiosk that runs would go on as it was: sealing for itself. No code is asked for."""
    root = open_home(tmp_path / "pc")
    with kiosk_lock(root, "PC1"):
        assert "Close the kiosk PC1" in enrol(root.root, "https://127.0.0.1:1", typed="")[2]
    with console_lock(root):
        assert "Close the console" in enrol(root.root, "https://127.0.0.1:1", typed="")[2]


def test_a_kiosk_of_the_desk_s_own_pc_has_no_other_kiosk_s_name(
    enrol: Enrol, desk_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands and checks are told apart by the kiosk's name: it would take what was meant for the other PC."""
    with serving_desk(desk_home) as desk:
        assert enrol(tmp_path / "kiosk", desk.address, "--name", "Hall-7", typed=desk.code())[0] == 0
    capsys.readouterr()
    assert run("run", "--kiosk", "hall-7", "--home", desk_home.root) == 1
    assert "A kiosk on another PC has the name Hall-7 at this desk." in capsys.readouterr().err
    assert run("run", "--kiosk", "hall-8", "--robot", "mixed", "--home", desk_home.root) == 1
    assert "Robot pupils take the check only in" in capsys.readouterr().err


def test_a_kiosk_that_the_desk_renamed_is_not_started_a_second_time(
    enrol: Enrol, desk_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first goes on under the name of its start; a second one would take up the check that runs there."""
    with serving_desk(desk_home) as desk:
        assert enrol(tmp_path / "pc", desk.address, "--name", "PC1", typed=desk.code())[0] == 0
    root = Home(tmp_path / "pc")
    before = enrolment_of(root)
    assert before is not None
    with kiosk_lock(root, "PC1"):
        keep_enrolment(root, replace(before, name="Hall"))
        capsys.readouterr()
        assert run("try", "--home", root.root) == 1
        assert "The kiosk PC1 is already running" in capsys.readouterr().err


@pytest.mark.posix_only("a full disk in memory")
def test_what_the_desk_gave_is_written_whole_or_not_at_all(enrol: Enrol, desk_home: Home, tmp_path: Path) -> None:
    """A disk that refuses: the PC stays what it was, and says what to do."""
    root = open_home(tmp_path / "pc")
    (root.root / NAME).mkdir()
    with serving_desk(desk_home) as desk:
        code, _, errors = enrol(root.root, desk.address, typed=desk.code())
    assert code == 1
    assert "that cannot be written to" in errors
    assert list(root.root.glob(".*.tmp")) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.168.1.10", "https://192.168.1.10:8426"),
        (" https://192.168.1.10:8426/ ", "https://192.168.1.10:8426"),
        ("desk.school.example:9000", "https://desk.school.example:9000"),
        ("https://[fe80::1]:8426", "https://[fe80::1]:8426"),
        ("http://192.168.1.10:8425", None),
        ("https://user@desk", None),
        ("https://desk/pupils", None),
        ("https://desk:99999", None),
        ("https://desk:0", None),
        ("https://", None),
        ("my desk", None),
    ],
)
def test_an_address_is_read_as_staff_type_it(typed: str, read: str | None) -> None:
    """With the usual port where none is typed; never without encryption."""
    if read is not None:
        assert read_address(typed) == read
        return
    with pytest.raises(NotAnAddress):
        read_address(typed)
