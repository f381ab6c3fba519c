"""A restore whose process is killed at any moment: the home is as before or as after, never half."""

import contextlib
import os
import signal
import sys
from pathlib import Path
from types import FrameType

import pytest

from mtc_kiosk.office.open import find
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.restoring import UNDER_WAY
from mtc_kiosk.store.home.home import Home, HomeRefused, open_home
from mtc_kiosk.store.home.kiosk_lock import restore_lock
from tests.office.restoring import REPLACE, another_home, backed_up, keyed, put_back
from tests.store.a_school import ASchool

pytestmark = pytest.mark.posix_only("a process that is killed at one moment needs fork")

FINISHED, UNDONE = "It was finished now.", "It was undone: everything is as it was before."
STEPS = frozenset({"open", "os.rename", "os.remove", "os.link", "os.mkdir", "sqlite3.connect"})
"""The calls of the system before which the process is killed, where they are about the home."""


def killed_at(count: int, home: Home, file: Path) -> bool:
    """Restore in a process that kills itself at its step ``count``; whether it came so far."""
    child = os.fork()
    if child == 0:
        _watch(count, str(home.root))
        with contextlib.suppress(BaseException):
            put_back(home, file, REPLACE)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _watch(count: int, root: str) -> None:
    """Count this process's steps, and kill it at the one given; a step of the copy of the database is one too."""
    left = count

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def called(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and any(root in str(argument) for argument in arguments):
            step()

    def entered(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name == "step" and frame.f_code.co_filename.endswith("copies.py"):
            step()

    sys.addaudithook(called)
    sys.setprofile(entered)


_APART = tuple(f'INTO "{table}"' for table in ("audit", "device", "desk_epoch"))


def state(home: Home) -> tuple[object, ...]:
    """Everything of a home that a restore changes; apart from its audit, which has the restore, and its epoch."""
    with contextlib.closing(connect(home.database)) as db:
        rows = [line for line in db.conn.iterdump() if not any(table in line for table in _APART)]
    settings = {path.name: path.read_bytes() for path in home.config_dir.glob("*.yaml")}
    return rows, settings, (home.root / "device.key").read_bytes()


def epoch(home: Home) -> str:
    """The desk's epoch, at random: new after each restore."""
    with contextlib.closing(open_database(home)) as db:
        return epoch_of(db)


@pytest.fixture
def homes(home: Home, tmp_path: Path) -> tuple[Home, Path]:
    """A home, and a backup of it from before a class joined and a setting was changed."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(30, "4C")
    (home.config_dir / "school.yaml").write_text("name: Larkfield\n", encoding="utf-8")
    return home, file


def test_a_restore_that_is_killed_is_whole_or_undone(homes: tuple[Home, Path], tmp_path: Path) -> None:
    """At each of its steps in turn, from the first look to the last file; the next command puts it right."""
    home, file = homes
    before, began = state(home), epoch(home)
    first = backed_up(home, tmp_path / "first.zip")
    after = state_after(file, first, tmp_path)
    ends, count = [], 0
    while killed_at(count := count + 1, home, file):
        found = find(home.root)
        assert not home.restoring.exists()
        now = state(home)
        assert now in (before, after), f"half restored when killed at step {count}"
        assert (epoch(home) == began) == (now == before), (
            "kiosks offer their records again after a restore, and only then"
        )
        ends.append("after" if now == after else "before")
        said = " ".join(found.news)
        assert said.endswith((FINISHED, UNDONE)) or not said
        assert FINISHED not in said or now == after
        assert UNDONE not in said or now == before
        if now == after:
            put_back(home, first, REPLACE)
            assert state(home) == before
            began = epoch(home)
    assert state(home) == after
    assert ends == sorted(ends, reverse=True), "before, and from one step on after"
    assert {"before", "after"} == set(ends), "it was killed on both sides of the moment"
    assert count > 20


def state_after(file: Path, first: Path, tmp_path: Path) -> tuple[object, ...]:
    """The state of a home like this one when nothing kills the restore."""
    like = keyed(another_home(tmp_path / "like"))
    put_back(like, first, REPLACE)
    put_back(like, file, REPLACE)
    return state(like)


def test_a_new_home_is_begun_again_after_a_kill(homes: tuple[Home, Path], tmp_path: Path) -> None:
    """Whatever is left of it, the same command succeeds."""
    _, file = homes
    for count in range(1, 400, 9):
        root = tmp_path / f"new-{count}"
        killed = killed_at(count, Home(root), file)
        if killed and root.exists():
            open_database(find(root)).close()
        new = Home(root)
        put_back(new, file, REPLACE)
        with contextlib.closing(open_database(new)) as db:
            assert db.execute("select count(*) from pupil").fetchone() == (3,)
        if not killed:
            break
    else:
        pytest.fail("It never came to its end.")


def test_nothing_opens_a_home_while_it_is_restored(homes: tuple[Home, Path]) -> None:
    """Nor is it restored twice at once."""
    home, file = homes
    with restore_lock(home) as taken:
        assert taken
        home.restoring.write_text("{}", encoding="utf-8")
        with pytest.raises(HomeRefused, match=UNDER_WAY):
            find(home.root)
        with pytest.raises(OfficeRefused, match=UNDER_WAY):
            put_back(home, file, REPLACE)
    assert find(home.root).news == (f"A restore of this home was interrupted. {UNDONE}",)
    assert open_home(home.root) == home
