"""An enrolled kiosk keeps its pack for its owner only, and not for a moment longer than it is needed."""

import contextlib
import stat
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.school.pack_keeper import STALE
from mtc_kiosk.record.pack import NotAPack
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.pack_file import keep_pack, pack_path
from tests.kiosk.school.enrolled import Enrolled, enrolled
from tests.office.conftest import home as _a_home
from tests.office.desk import Desk
from tests.store.a_school import ASchool

home = _a_home


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk with a session for its first two pupils."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


@pytest.fixture
def kiosk(desk: Desk, tmp_path: Path) -> Iterator[Enrolled]:
    """A kiosk that has the pack of a session."""
    with enrolled(desk, tmp_path / "kiosk") as kiosk:
        desk.school.start([1, 2])
        kiosk.beat()
        assert pack_path(kiosk.home).exists()
        yield kiosk


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps it in an access list")
def test_only_its_owner_can_read_it(kiosk: Enrolled) -> None:
    """And what the desk last said."""
    for path in kiosk.home.root.glob("*.mtcpack"), kiosk.home.root.glob("desk-word.json"):
        (found,) = path
        assert stat.S_IMODE(found.stat().st_mode) == 0o600


def test_it_is_fetched_again_only_when_it_has_changed(kiosk: Enrolled) -> None:
    """And at once then."""
    before = kiosk.keeper.version
    fetched: list[str | None] = []
    kiosk.pack = fetched.append  # type: ignore[method-assign]
    kiosk.beat()
    assert fetched == []
    kiosk.desk.school.start([3])
    kiosk.beat()
    assert fetched == [before]


def test_it_goes_when_the_last_session_ends(kiosk: Enrolled) -> None:
    """To the moment by the desk's time, without a word from the desk."""
    end = max(one.closes_at for one in kiosk.keeper.held.sessions)
    kiosk.later(at=end - timedelta(milliseconds=1))
    kiosk.sign_in.closed()
    assert pack_path(kiosk.home).exists()
    kiosk.later(milliseconds=1)
    kiosk.sign_in.closed()
    assert not pack_path(kiosk.home).exists()
    assert kiosk.keeper.version is None


def test_it_goes_when_staff_end_the_session_or_remove_the_kiosk(kiosk: Enrolled) -> None:
    """With the next beat."""
    kiosk.desk.school.end()
    kiosk.beat()
    assert not pack_path(kiosk.home).exists()
    kiosk.desk.school.start([3])
    kiosk.beat()
    assert pack_path(kiosk.home).exists()
    kiosk.keeper.remove()
    assert not pack_path(kiosk.home).exists()


def test_a_pack_kept_for_a_date_in_doubt_goes_within_a_week(kiosk: Enrolled) -> None:
    """A PC that was put away with it does not keep it for ever."""
    end = max(one.closes_at for one in kiosk.keeper.held.sessions)
    kiosk.wall = end + STALE - timedelta(milliseconds=1)
    kiosk.start()
    kiosk.sign_in.closed()
    assert pack_path(kiosk.home).exists()
    kiosk.wall += timedelta(milliseconds=1)
    kiosk.sign_in.closed()
    assert not pack_path(kiosk.home).exists()


def test_a_desk_that_was_just_started_takes_no_pack_away(kiosk: Enrolled) -> None:
    """Its first pack takes time to make; until then kiosks keep what they have."""
    kiosk.desk.memory.clear()
    with kiosk.desk.console() as office:
        answer = kiosk.known.beat(office, pack=kiosk.keeper.version)
        assert answer.pack == kiosk.keeper.version
        assert not kiosk.keeper.heard(answer)
    assert pack_path(kiosk.home).exists()
    kiosk.beat()


def test_a_changed_or_foreign_pack_is_refused_and_the_one_before_stays(kiosk: Enrolled) -> None:
    """From the desk or on the disk, where it is removed and staff read why."""
    body = pack_path(kiosk.home).read_bytes()
    with pytest.raises(NotAPack):
        kiosk.keeper.take(body.replace(b'"time_zone":"E', b'"time_zone":"e'))
    assert pack_path(kiosk.home).read_bytes() == body
    pack_path(kiosk.home).write_bytes(body[:-100])
    kiosk.start()
    assert kiosk.keeper.version is None
    assert kiosk.told
    assert not pack_path(kiosk.home).exists()


def test_a_running_kiosk_takes_up_what_a_stick_has_brought(kiosk: Enrolled) -> None:
    """It looks each second, and reads on a thread."""
    body = kiosk.pack(None)
    assert body is not None
    kiosk.keeper.remove()
    assert kiosk.sign_in.closed() is not None
    keep_pack(kiosk.home, body)
    kiosk.sign_in.closed()
    reading = kiosk.keeper._reading
    if reading is not None:
        reading.join()
    assert kiosk.sign_in.closed() is None
