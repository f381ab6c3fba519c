"""``mtc-kiosk sync`` and ``verify``: two homes and a stick between them, in a teacher's words."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.record.signing import shown
from mtc_kiosk.school.rivals import RULE
from mtc_kiosk.store.home.device_key import NAME, device_key
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.sync.folder import MARK_NAME
from tests.record.examples import THEIRS, assistant, check, detail, finished_robot, key, reason, record_id
from tests.record.homes import school_home, upn

from .commands import answered, run
from .conftest import CHECKS

SCHOOL = "name: Larkfield Primary\nla: 999\nestab: 1001\nurn: 900001\n"
Made = Callable[[str], Path]


@pytest.fixture
def made(sent_from: Path, received_at: Path, tmp_path: Path) -> Made:
    """Gives the root of a copy of ``hall`` or ``desk``, with its settings filled in and a stick to send to."""

    def make(name: str) -> Path:
        root = tmp_path / name
        open_home(root)
        source = {"hall": sent_from, "desk": received_at}[name]
        for file in ("mtc.db", NAME):
            shutil.copyfile(source / file, root / file)
        stick = tmp_path / "stick"
        stick.mkdir(exist_ok=True)
        sends = f"destinations:\n  Our trust: {stick}\n" if name == "hall" else ""
        (root / "config" / "school.yaml").write_text(f"{SCHOOL}{sends}", encoding="utf-8")
        return root

    return make


def test_records_go_from_one_home_to_the_other(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Push, receive, receive again."""
    hall, desk, stick = made("hall"), made("desk"), tmp_path / "stick"
    assert run("sync", "push", "--home", hall) == 0
    assert run("sync", "push", "--home", hall) == 0
    first, second = capsys.readouterr().out.splitlines()
    mark = (stick / MARK_NAME).read_text(encoding="utf-8").split()[-1]
    where = f"Our trust (a folder on this PC's own disk, {mark[:4]}-{mark[4:8]})"
    assert first == f"{where}: 3 records written, 0 already there."
    assert second == f"{where}: 0 records written, 3 already there."
    assert run("sync", "receive", stick, "--home", desk) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.rpartition(": ")[2] for line in told[:-1]] == ["New."] * CHECKS
    assert told[-1] == "3 new, 0 already here, 0 waiting, 0 refused."
    assert run("sync", "receive", stick, "--home", desk) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 new, 3 already here, 0 waiting, 0 refused."


def test_status_says_what_waits_where_and_since_when(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In words, in the school's time, with the stick in and out."""
    hall, stick = made("hall"), tmp_path / "stick"
    run("sync", "status", "--home", hall)
    stick.rmdir()
    run("sync", "status", "--home", hall)
    since = "3 records are waiting, the oldest since 7 June 2027 at 10:01."
    assert capsys.readouterr().out.splitlines() == [
        f"Our trust ({stick}): {since}",
        f"Our trust ({stick}): {since} The folder is not there now. Plug in the stick, or make the folder.",
    ]
    stick.mkdir()
    run("sync", "push", "--home", hall)
    capsys.readouterr()
    run("sync", "status", "--home", hall)
    assert capsys.readouterr().out.splitlines() == [f"Our trust ({stick}): nothing is waiting."]


def test_a_home_without_a_destination_says_so(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    """Push is refused, status is not."""
    desk = made("desk")
    assert run("sync", "push", "--home", desk) == 1
    assert capsys.readouterr().err.splitlines() == ["There is no destination in school.yaml. Nothing was sent."]
    assert run("sync", "status", "--home", desk) == 0
    assert capsys.readouterr().out.splitlines() == [
        "There is no destination in school.yaml, so nothing is sent from here."
    ]


def test_a_push_that_could_not_be_done_is_one_sentence_and_exit_code_1(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how much waits."""
    hall, stick = made("hall"), tmp_path / "stick"
    stick.rmdir()
    assert run("sync", "push", "--home", hall) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"Our trust: The folder {stick} is missing. Plug in the stick, or make the folder. 3 records are waiting."
    ]


def test_a_folder_that_is_not_there_cannot_be_received(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, and nothing changed."""
    assert run("sync", "receive", tmp_path / "none", "--home", made("desk")) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"The folder {tmp_path / 'none'} is missing. Plug in the stick, or make the folder."
    ]


def test_refused_files_are_named_and_the_exit_code_is_1(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each on a line of standard error with its file."""
    desk, stick = made("desk"), tmp_path / "stick"
    (stick / "photo.jpg").write_bytes(b"\xff\xd8")
    (stick / "theirs.mtc").write_bytes(check(finished_robot(), school=THEIRS).to_file())
    assert run("sync", "receive", stick, "--home", desk) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == ["0 new, 0 already here, 0 waiting, 2 refused."]
    assert err.splitlines() == [
        f"{stick / 'photo.jpg'}: It is not a record of a check.",
        f"{stick / 'theirs.mtc'}: It is from another school, {THEIRS}."
        " This is Larkfield Primary (URN 900001, LA 999, school number 1001).",
    ]


def test_a_device_is_accepted_by_its_fingerprint_and_what_waited_is_taken_in(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Staff compare the digits on two screens."""
    desk, stick = made("desk"), tmp_path / "stick"
    (stick / "new.mtc").write_bytes(reason(key(3), kiosk="library").to_file())
    run("sync", "receive", stick, "--home", desk)
    assert "1 waiting" in capsys.readouterr().out
    run("sync", "status", "--home", desk)
    fingerprint = shown(key(3).fingerprint)
    assert f"The device {fingerprint} (library) is not accepted: 1 record is waiting." in capsys.readouterr().out
    run("sync", "devices", "--home", desk)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{shown(device_key(Home(desk)).fingerprint)}  this home"
    assert any(line.startswith(f"{fingerprint}  library, not accepted, first seen ") for line in lines)
    assert run("sync", "devices", "--accept", fingerprint, "--home", desk) == 0
    out = capsys.readouterr().out
    assert "1 record received." in out
    assert f"{fingerprint}  library, accepted " in out
    assert answered(capsys, "sync", "receive", stick, "--home", desk)["data"]["already_had"] == 1


def test_where_one_fingerprint_is_wrong_none_is_accepted(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused command changes nothing."""
    desk, stick = made("desk"), tmp_path / "stick"
    (stick / "new.mtc").write_bytes(reason(key(3)).to_file())
    run("sync", "receive", stick, "--home", desk)
    right, wrong = key(3).fingerprint, "0" * 20
    assert run("sync", "devices", "--accept", right, "--accept", wrong, "--home", desk) == 1
    assert "No device with the fingerprint" in capsys.readouterr().err
    devices = answered(capsys, "sync", "devices", "--home", desk)["data"]["devices"]
    assert {each["fingerprint"]: each["accepted_at"] for each in devices}[right] is None


def test_a_head_settles_a_check_that_was_taken_twice(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Listed with what tells them apart and what is proposed; chosen, changed and taken back with a reason."""
    desk, stick = made("desk"), tmp_path / "stick"
    with school_home(desk) as home:
        home.add_pupil(7)
    about = detail(upn=upn(7), by=None)
    early, late = (
        check(
            finished_robot(), key(3), about, id=record_id(n), check_code=f"code-{n}", started_ms=1_812_358_800_000 + n
        )
        for n in (51, 52)
    )
    for record in (late, early):
        (stick / record.file_name).write_bytes(record.to_file())
    run("sync", "receive", stick, "--home", desk)
    run("sync", "devices", "--accept", key(3).fingerprint, "--home", desk)
    run("sync", "status", "--home", desk)
    assert (
        capsys.readouterr().out.count("choose in 1 case.\nSee the checks to choose from: mtc-kiosk sync conflicts") == 2
    )
    run("sync", "conflicts", "--home", desk)
    lines = capsys.readouterr().out.splitlines()
    who = f"Testerly-7, Amy ({upn(7)})"
    assert lines[0] == f"{who} took 2 checks but may have only one. A head must choose:"
    assert re.fullmatch(
        rf"  {early.sha256[:12]}  hall-1, begun 7 June 2027 at 10:0\d:\d\d, complete: proposed", lines[1]
    )
    assert re.fullmatch(rf"  {late.sha256[:12]}  hall-1, begun 7 June 2027 at 10:0\d:\d\d, complete", lines[2])
    assert lines[3:] == [RULE, "Choose with: mtc-kiosk sync conflicts --count NUMBER --why REASON"]
    assert run("sync", "conflicts", "--count", late.sha256[:12], "--why", "Wrong pupil.", "--home", desk) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{who}: chosen at the command line on ")
    assert lines[0].endswith(": Wrong pupil.")
    assert (lines[1].startswith(f"  {late.sha256[:12]}"), lines[1].endswith(": counts")) == (True, True)
    assert lines[2].endswith(": does not count")
    found = answered(capsys, "sync", "conflicts", "--undo", upn(7), "--why", "Too soon.", "--home", desk)
    (conflict,) = found["data"]["conflicts"]
    assert [(one["record"], one["proposed"], one["counts"]) for one in conflict["checks"]] == [
        (early.sha256, True, False),
        (late.sha256, False, False),
    ]
    assert not any("score" in text or "mark" in text for text in json.dumps(found["data"]["conflicts"]).split('"'))


@pytest.mark.parametrize("options", [("--count", "abcdefabcdef"), ("--undo", "G1"), ("--why", "Because.")])
def test_a_choice_needs_its_reason(made: Made, options: tuple[str, ...]) -> None:
    """And a reason its choice."""
    assert run("sync", "conflicts", *options, "--home", made("desk")) == 2


def test_where_nothing_was_taken_twice_it_is_said(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing can be chosen."""
    desk = made("desk")
    run("sync", "conflicts", "--home", desk)
    assert capsys.readouterr().out.splitlines() == ["No pupil has two checks that could count."]
    assert run("sync", "conflicts", "--count", "abcdefabcdef", "--why", "Because.", "--home", desk) == 1


def test_json_has_everything_that_is_said(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a command."""
    hall, desk, stick = made("hall"), made("desk"), tmp_path / "stick"
    assert answered(capsys, "sync", "status", "--home", hall)["data"]["destinations"] == [
        {
            "name": "Our trust",
            "to": str(stick),
            "waiting": CHECKS,
            "since": answered(capsys, "sync", "status", "--home", hall)["data"]["destinations"][0]["since"],
            "is_there": True,
            "lacks": 0,
        }
    ]
    sent = answered(capsys, "sync", "push", "--home", hall)
    assert sent["data"]["destinations"] == [
        {
            "name": "Our trust",
            "to": str(stick),
            "delivered": CHECKS,
            "already_there": 0,
            "stick": (stick / MARK_NAME).read_text(encoding="utf-8").split()[-1],
            "own_disk": True,
            "waiting": 0,
            "arrived": 0,
        }
    ]
    (stick / "photo.jpg").write_bytes(b"\xff\xd8")
    came = answered(capsys, "sync", "receive", stick, "--home", desk)
    assert (came["ok"], came["data"]["new"], came["data"]["refused"]) == (False, CHECKS, 1)
    assert [(error["code"], error["file"]) for error in came["errors"]] == [("foreign", str(stick / "photo.jpg"))]
    assert len(came["data"]["files"]) == CHECKS + 1


@pytest.mark.parametrize("count", [100, 101])
def test_of_very_many_files_the_first_are_named_and_all_are_counted(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    """In words and in JSON alike."""
    desk, stick = made("desk"), tmp_path / "stick"
    for number in range(count):
        (stick / f"photo-{number}.jpg").write_bytes(b"\xff\xd8")
    came = answered(capsys, "sync", "receive", stick, "--home", desk)
    more = [each["message"] for each in came["errors"][100:]]
    assert (len(came["data"]["files"]), came["data"]["all_files"], came["data"]["refused"]) == (100, count, count)
    assert more == ([f"The first 100 of {count} files that were refused are named."] if count > 100 else [])
    run("sync", "receive", stick, "--home", desk)
    assert capsys.readouterr().err.splitlines()[100:] == more


def test_a_file_is_verified_without_any_home(made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it is, who signed it, and that its journal proves it; no name is printed."""
    hall, stick = made("hall"), tmp_path / "stick"
    run("sync", "push", "--home", hall)
    file = sorted(stick.glob("*.mtc"))[0]
    capsys.readouterr()
    assert run("verify", file, "--home", tmp_path / "none") == 0
    said = capsys.readouterr().out.strip()
    assert said.startswith(f"{file}: a check record of 7 June 2027 at 09:")
    assert said.endswith(
        f"from hall-1, complete and signed by the device {shown(device_key(Home(hall)).fingerprint)}."
        " Its journal proves it."
    )
    assert not (tmp_path / "none").exists()


def test_an_assistant_is_verified_and_not_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the record is and its time; the assistant's name is not printed."""
    file = tmp_path / "record.mtc"
    file.write_bytes(assistant().to_file())
    assert run("verify", file) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"{file}: an assistant record of 7 June 2027 at 09:00 UTC from hall-1, complete and signed")
    assert "Made-up" not in said


def test_every_bad_file_is_named_by_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The good ones among them are reported as good."""
    good, bad, lost = tmp_path / "good.mtc", tmp_path / "bad.mtc", tmp_path / "lost.mtc"
    unproven = tmp_path / "unproven.mtc"
    good.write_bytes(reason().to_file())
    bad.write_bytes(reason().to_file().replace(b"ABSNT", b"BLSTD"))
    unproven.write_bytes(check(finished_robot(), chain="0" * 64).to_file())
    assert run("verify", good, bad, lost, unproven) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert err.splitlines() == [
        f"{bad}: It was changed after it was signed.",
        f"{lost}: It cannot be read: it is missing.",
        f"{unproven}: The chain of its journal is broken: a row was changed, added or removed.",
    ]
    found = answered(capsys, "verify", good, bad)
    assert [each["ok"] for each in found["data"]["files"]] == [True, False]
    assert found["errors"][0]["code"] == "tampered"
