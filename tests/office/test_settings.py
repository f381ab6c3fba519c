"""The settings of a home: checked, begun anew, and the passcode. Whoever acts is in the audit."""

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.config.configuration import load_kiosk
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.config.passcode import matches
from mtc_kiosk.config.settings import FILES, KIOSK, SCHOOL
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.settings import RENEWABLE, check, may_set_passcode, renew, set_passcode
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.begun import DATABASE
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from tests.office.acting import HEAD, ONE, acting, audited, write_arrangements
from tests.office.as_staff import TEACHER


def rows(home: Home) -> list[tuple[str, str, str]]:
    """Who did what to what."""
    with acting(home) as office:
        return audited(office)


def codes(refused: pytest.ExceptionInfo[OfficeRefused]) -> list[str]:
    """The codes of a refusal's problems."""
    return [str(problem.code) for problem in refused.value.problems]


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that may not be written to: a mount where this account may write anywhere, else by its mode."""
    with contextlib.ExitStack() as after:
        if os.geteuid() != 0:
            after.callback(folder.chmod, 0o700)
            folder.chmod(0o500)
        elif subprocess.run(["mount", "--bind", folder, folder], check=False, timeout=20).returncode:
            pytest.skip("a read-only folder: this account may not mount one")
        else:
            after.callback(subprocess.run, ["umount", folder], check=True, timeout=20)
            subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True, timeout=20)
        yield


# -- check


def test_settings_without_a_mistake(home: Home) -> None:
    """What they come to, with the lines that may be right."""
    write_arrangements(home, f"pupils:\n  {ONE}: {{}}\n  X9: {{}}\n")
    (home.config_dir / "check.yaml").write_text("form: {questions: 20}\n", encoding="utf-8")
    checked = check(home)
    assert list(checked.configuration.check.changes()) == ["form"]
    assert [(each.code, each.line) for each in checked.warnings] == [("unknown_pupil", 3)]


def test_mistakes_are_refused_with_every_one(home: Home) -> None:
    """Of every file at once."""
    (home.config_dir / SCHOOL).write_text("scheme: nationl\nurn: 1\n", encoding="utf-8")
    (home.config_dir / KIOSK).write_text("name:\n\t- x\n", encoding="utf-8")
    with pytest.raises(ConfigMistakes) as refused:
        check(home)
    assert [(each.file, each.line) for each in refused.value.mistakes] == [(KIOSK, 2), (SCHOOL, 1), (SCHOOL, 2)]


def test_what_the_register_shows_to_be_a_mistake_is_refused_with_the_files_that_are_not_read(home: Home) -> None:
    """A pupil who is there twice, and a name that nothing reads."""
    with contextlib.closing(open_database(home)) as db:
        db.execute("update pupil set ref = 'R1' where id = 1")
    write_arrangements(home, f"pupils:\n  {ONE}: {{}}\n  R1: {{}}\n")
    (home.config_dir / f"Copy of {KIOSK}").write_text("", encoding="utf-8")
    with pytest.raises(OfficeRefused) as refused:
        check(home)
    assert codes(refused) == ["stray_file", "twice"]


@pytest.mark.parametrize("count", [100, 101])
def test_of_very_many_lines_the_first_are_listed(home: Home, count: int) -> None:
    """And the message says how many there are."""
    write_arrangements(home, "pupils:\n" + "".join(f"  X{number}: {{}}\n" for number in range(count)))
    warnings = check(home).warnings
    assert [each.message for each in warnings[100:]] == (
        ["The first 100 of 101 lines are named."] if count == 101 else []
    )


@pytest.mark.parametrize("broken", [False, True])
def test_a_register_that_cannot_be_read_is_no_mistake_of_the_settings(home: Home, broken: bool) -> None:
    """A home's first check has none yet, and none is begun by it."""
    write_arrangements(home, "pupils: {X9: {}}\n")
    home.database.unlink()
    if broken:
        home.database.write_bytes(b"no database" * 200)
    assert check(home).warnings == ()
    assert home.database.exists() is broken


# -- renew


@pytest.mark.parametrize("name", FILES)
def test_a_settings_file_that_is_gone_is_begun_anew(home: Home, name: str) -> None:
    """As it ships; the audit has whoever did it."""
    (home.config_dir / name).unlink()
    assert renew(home, name, TEACHER).path == home.config_dir / name
    assert (home.config_dir / name).read_bytes() == shipped_config(name).read_bytes()
    assert rows(home) == [(TEACHER.account, "home.renewed", name)]


@pytest.mark.parametrize("name", RENEWABLE)
def test_what_is_there_stays(home: Home, name: str) -> None:
    """Nothing is taken away, and nothing noted."""
    before = {path.name: path.read_bytes() for path in home.config_dir.iterdir()}
    with pytest.raises(OfficeRefused) as refused:
        renew(home, name, HEAD)
    assert codes(refused) == ["not_gone"]
    assert {path.name: path.read_bytes() for path in home.config_dir.iterdir()} == before
    assert rows(home) == []


def test_a_file_that_opening_the_home_began_a_moment_ago_may_be_renewed(home: Home) -> None:
    """Who renews a lost file asks for what has just been done; that is no refusal."""
    (home.config_dir / SCHOOL).unlink()
    again = open_home(home.root)
    assert again.news
    assert renew(again, SCHOOL, HEAD).path == home.config_dir / SCHOOL
    assert rows(home) == [(HEAD.account, "home.renewed", SCHOOL)]


def test_a_file_under_another_name_is_not_begun_anew_beside_it(home: Home) -> None:
    """That one is perhaps the lost file."""
    path = home.config_dir / KIOSK
    path.rename(path.with_suffix(".yaml.txt"))
    with pytest.raises(OfficeRefused) as refused:
        renew(home, KIOSK, HEAD)
    assert codes(refused) == ["stray_file", "stray_file"]
    assert not path.exists()


def test_a_database_that_is_gone_is_begun_anew_but_not_under_a_running_kiosk(home: Home) -> None:
    """It holds no pupils, and a row of who did it."""
    home.database.rename(home.root / "kept.db")
    with kiosk_lock(home, "hall"):
        with pytest.raises(OfficeRefused) as refused:
            renew(home, DATABASE, HEAD)
        assert (codes(refused), home.database.exists()) == (["kiosk_is_running"], False)
    done = renew(home, DATABASE, HEAD)
    assert (done.path, done.news) == (home.database, None)
    assert rows(home) == [(HEAD.account, "home.renewed", DATABASE)]
    with contextlib.closing(open_database(home)) as db:
        assert db.execute("select count(*) from pupil").fetchone() == (0,)


def test_every_kiosk_to_be_closed_is_named(home: Home) -> None:
    """As a person lists them."""
    home.database.unlink()
    said = []
    with contextlib.ExitStack() as running:
        for name in ("PC1", "PC2", "PC3"):
            running.enter_context(kiosk_lock(home, name))
            with pytest.raises(OfficeRefused) as refused:
                renew(home, DATABASE, HEAD)
            said.append(str(refused.value))
    assert said == [
        "Close the kiosk PC1 first. Nothing was changed.",
        "Close the kiosks PC1 and PC2 first. Nothing was changed.",
        "Close the kiosks PC1, PC2 and PC3 first. Nothing was changed.",
    ]


def test_a_database_that_is_begun_beside_a_damaged_one_is_news(home: Home) -> None:
    """Staff read that the earlier one is still there, and its name."""
    home.database.rename(home.root / f"{DATABASE}.damaged-20270601-080000")
    done = renew(home, DATABASE, HEAD)
    assert done.news is not None
    assert f"The earlier one is kept as {DATABASE}.damaged-20270601-080000" in done.news


def test_a_settings_file_is_begun_anew_though_the_database_is_gone(home: Home) -> None:
    """What was done is then kept nowhere, and no database is begun for it."""
    home.database.rename(home.root / "kept.db")
    (home.config_dir / KIOSK).unlink()
    assert renew(home, KIOSK, HEAD).news is None
    assert (home.config_dir / KIOSK).is_file()
    assert not home.database.exists()


@pytest.mark.posix_only("a folder that may not be written to")
def test_a_settings_file_that_cannot_be_written_is_refused_and_no_fault(home: Home) -> None:
    """A new file, and the passcode: the sentence names the file and the reason, and what did not happen."""
    gone, kept = home.config_dir / SCHOOL, home.config_dir / KIOSK
    gone.unlink()
    before = kept.read_bytes()
    with read_only(home.config_dir):
        with pytest.raises(OfficeRefused) as not_renewed:
            renew(home, SCHOOL, HEAD)
        with pytest.raises(OfficeRefused) as not_set:
            set_passcode(home, "Open sesame", HEAD)
    said = [(problem.file, problem.message) for each in (not_renewed, not_set) for problem in each.value.problems]
    assert [file for file, _ in said] == [str(gone), str(kept)]
    for (_, message), outcome in zip(said, ("Nothing was changed.", "The passcode was not set."), strict=True):
        assert re.fullmatch(
            rf"It cannot be written: (it is read-only|this account has no permission.*)\. {outcome}", message
        )
    assert (gone.exists(), kept.read_bytes(), rows(home)) == (False, before, [])


# -- passcode


def test_the_passcode_is_set_by_whoever_acts(home: Home) -> None:
    """Only its hash is kept; wrong tries at the old one count no more."""
    path = set_passcode(home, "Open sesame", TEACHER)
    kept = load_kiosk(path).staff_passcode
    assert kept is not None
    assert matches("Open sesame", kept)
    assert rows(home) == [(TEACHER.account, "passcode.set", KIOSK)]


@pytest.mark.parametrize("passcode", ["", "12345", "x" * 65, "Open\u200bsesame"])
def test_a_passcode_that_is_not_allowed_changes_nothing(home: Home, passcode: str) -> None:
    """The sentence says what is allowed, and does not repeat what was typed."""
    before = (home.config_dir / KIOSK).read_bytes()
    with pytest.raises(OfficeRefused, match="Use 6 to 64 visible characters"):
        set_passcode(home, passcode, HEAD)
    assert (home.config_dir / KIOSK).read_bytes() == before
    assert rows(home) == []


def test_no_passcode_goes_into_a_file_of_mistakes(home: Home) -> None:
    """Before one is typed, and whatever was asked before."""
    path: Path = home.config_dir / KIOSK
    path.write_text("nam: x\n", encoding="utf-8")
    for refusing in (lambda: may_set_passcode(home), lambda: set_passcode(home, "Open sesame", HEAD)):
        with pytest.raises(ConfigMistakes):
            refusing()
    assert path.read_text(encoding="utf-8") == "nam: x\n"
