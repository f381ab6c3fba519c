"""Today's pack on a stick: written at the desk, taken at a kiosk, refused where it is not this kiosk's."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.office import stick_packs
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.stick_packs import PackOnStick
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NOW
from tests.kiosk.school.enrolled import Enrolled, enrolled
from tests.office.as_staff import open_as
from tests.office.desk import Desk
from tests.store.a_school import ASchool
from tests.sync.commands import answered, run


@pytest.fixture
def kiosk(home: Home, tmp_path: Path) -> Iterator[Enrolled]:
    """A kiosk that no network reaches."""
    with (
        contextlib.closing(ASchool(home.database)) as school,
        enrolled(Desk(home, school), tmp_path / "kiosk") as kiosk,
    ):
        kiosk.away = True
        yield kiosk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def written(kiosk: Enrolled, stick: Path) -> PackOnStick:
    """The desk writes its pack."""
    with open_as(kiosk.desk.home.root, COMMAND_LINE, kiosk.desk.school.now.isoformat()) as desk:
        return stick_packs.write(desk, stick)


def taken(kiosk: Enrolled, stick: Path) -> PackOnStick:
    """The kiosk takes it."""
    with open_as(kiosk.home.root, COMMAND_LINE, kiosk.wall.isoformat()) as here:
        return stick_packs.take(here, stick)


def refusal(kiosk: Enrolled, stick: Path) -> str:
    """Why the kiosk does not."""
    with pytest.raises(OfficeRefused) as refused:
        taken(kiosk, stick)
    return " ".join(problem.message for problem in refused.value.problems)


def test_pupils_sign_in_by_a_pack_from_a_stick(kiosk: Enrolled, stick: Path) -> None:
    """By the PC's own clock, as no desk ever said the time; and the stick shows no name."""
    started = kiosk.desk.school.start([1, 2])
    out = written(kiosk, stick)
    assert (out.pins, out.day.isoformat()) == (2, "2027-06-07")
    assert [path.name for path in stick.iterdir()] == [out.file.name]
    assert b"Testerly" not in out.file.read_bytes()
    assert taken(kiosk, stick) == out
    kiosk.start()
    assert isinstance(kiosk.admit(started, started.pins[0]), SignedIn)


def test_a_new_pack_takes_the_place_of_the_one_before(kiosk: Enrolled, stick: Path) -> None:
    """And an old stick changes nothing."""
    kiosk.desk.school.start([1])
    old = written(kiosk, stick).file.read_bytes()
    kiosk.later(minutes=5)
    kiosk.desk.school.start([2])
    new = written(kiosk, stick)
    assert (new.pins, len(list(stick.iterdir()))) == (2, 1)
    taken(kiosk, stick)
    new.file.write_bytes(old)
    assert refusal(kiosk, stick) == "This kiosk has a newer pack than this one. Nothing was changed."
    kiosk.start()
    held = kiosk.keeper.held.pack
    assert held is not None
    assert len(held.entries) == 2


def test_a_torn_changed_or_foreign_pack_is_refused_with_its_name(kiosk: Enrolled, stick: Path) -> None:
    """Each with what is wrong; beside one of this desk it does no harm."""
    assert refusal(kiosk, stick) == f"There is no pack in {stick}. Nothing was changed."
    assert "cannot be read" in refusal(kiosk, stick / "missing")
    kiosk.desk.school.start([1])
    out = written(kiosk, stick)
    body = out.file.read_bytes()
    out.file.write_bytes(body[: len(body) // 2])
    assert "incomplete or damaged" in refusal(kiosk, stick)
    out.file.write_bytes(body.replace(b'"scheme":"own"', b'"scheme":"owm"'))
    assert "changed after the desk made it" in refusal(kiosk, stick)
    (stick / "pack-99.mtcpack").write_bytes(body)
    (stick / ".pack.mtcpack.ab.tmp").write_bytes(b"a draft that was torn away")
    assert taken(kiosk, stick).pins == 1


def test_a_pack_whose_sessions_are_over_is_refused(kiosk: Enrolled, stick: Path) -> None:
    """As far as this kiosk knows the time at the desk."""
    started = kiosk.desk.school.start([1])
    kiosk.beat()
    written(kiosk, stick)
    kiosk.later(at=started.session.closes_at)
    kiosk.beat()
    assert (
        refusal(kiosk, stick) == "The sessions of this pack are over. Make a new one at the desk. Nothing was changed."
    )


def test_each_side_does_its_own_part_only(kiosk: Enrolled, stick: Path) -> None:
    """A kiosk makes no pack, a desk takes none, and without a session there is none."""
    with pytest.raises(OfficeRefused, match="No session"):
        written(kiosk, stick)
    with open_as(kiosk.home.root, COMMAND_LINE) as here, pytest.raises(OfficeRefused, match="at the desk"):
        stick_packs.write(here, stick)
    with open_as(kiosk.desk.home.root, COMMAND_LINE) as desk, pytest.raises(OfficeRefused, match="its own desk"):
        stick_packs.take(desk, stick)
    kiosk.desk.school.start([1])
    with pytest.raises(OfficeRefused, match="its folder is missing"):
        written(kiosk, stick / "missing")


def test_both_commands_say_what_they_did(
    kiosk: Enrolled, stick: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file, how many PINs, and for which day."""
    kiosk.desk.school.start([1, 2])
    monkeypatch.setenv(NOW, kiosk.wall.isoformat())
    assert run("sync", "pack", stick, "--home", kiosk.desk.home.root) == 0
    assert run("sync", "unpack", stick, "--home", kiosk.home.root) == 0
    told = capsys.readouterr().out
    assert told.count("2 PINs for 7 June 2027.") == 2
    answer = answered(capsys, "sync", "unpack", stick, "--home", kiosk.home.root)
    assert (answer["ok"], answer["data"]["pins"], answer["data"]["day"]) == (True, 2, "2027-06-07")
