"""A home lists its files: one that is gone later is begun anew, with a message, only if nothing is lost by it."""

import contextlib
from pathlib import Path

import pytest
from sqlite_utils.migrations import Migrations

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.config.configuration import CHECK, FILES, KIOSK, SCHOOL
from mtc_kiosk.store.db.database import DatabaseRefused, begins_anew, connect, open_database
from mtc_kiosk.store.db.migrations import migrations
from mtc_kiosk.store.home.begun import BEGUN, DATABASE, begun
from mtc_kiosk.store.home.files import make_private
from mtc_kiosk.store.home.home import Home, open_home


@pytest.fixture
def used(tmp_path: Path) -> Home:
    """A home that was opened, and its database with it."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    return home


def as_of_an_earlier_version(home: Home) -> None:
    """The same without the list."""
    (home.root / BEGUN).unlink()


def emptied(home: Home) -> None:
    """The file is there, with nothing in it."""
    for path in home.root.glob("mtc.db-*"):
        path.unlink()
    home.database.write_bytes(b"")


def removed(home: Home) -> None:
    """The file is gone."""
    emptied(home)
    home.database.unlink()


def exchanged(home: Home) -> None:
    """A database in which there is nothing."""
    removed(home)
    make_private(home.database)
    with contextlib.closing(connect(home.database)) as db:
        db.execute("create table other (id integer)")


def test_a_home_lists_what_it_has_begun(tmp_path: Path) -> None:
    """The settings first, the database once it is there."""
    home = open_home(tmp_path / "home")
    assert begun(home.root) == set(FILES)
    open_database(home).close()
    assert begun(home.root) == {*FILES, DATABASE}


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("name", [KIOSK, ARRANGEMENTS])
def test_what_protects_is_not_begun_anew(used: Home, name: str, earlier: bool) -> None:
    """Neither the passcode nor what children need goes away without a word; in a home without a list neither."""
    (used.config_dir / name).unlink()
    if earlier:
        as_of_an_earlier_version(used)
    for _ in range(2):
        assert open_home(used.root).news == ()
        assert not (used.config_dir / name).exists()


@pytest.mark.parametrize("name", [CHECK, SCHOOL])
def test_what_does_not_protect_is_begun_anew_with_a_word(used: Home, name: str) -> None:
    """Once: the next time it is there."""
    (used.config_dir / name).unlink()
    (sentence,) = open_home(used.root).news
    assert (
        sentence == f"The settings file {name} was missing from {used.config_dir}."
        " A new one was made, with the settings that come with the program."
    )
    assert open_home(used.root).news == ()


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_begun_anew_beside_a_file_with_nearly_its_name(tmp_path: Path, name: str) -> None:
    """Not in a new home either, which a technician has filled beforehand."""
    config = tmp_path / "home" / "config"
    config.mkdir(parents=True)
    (config / f"{name}.txt").write_text("ours", encoding="utf-8")
    assert open_home(tmp_path / "home").news == ()
    assert not (config / name).exists()
    (config / f"{name}.txt").rename(config / name)
    open_home(tmp_path / "home")
    assert (config / name).read_text(encoding="utf-8") == "ours"


@pytest.mark.posix_only("links: Windows asks an administrator for them")
def test_a_link_that_leads_nowhere_for_now_stays(used: Home, tmp_path: Path) -> None:
    """The settings of a school that keeps them elsewhere."""
    (used.config_dir / SCHOOL).unlink()
    try:
        (used.config_dir / SCHOOL).symlink_to(tmp_path / "not-there-yet.yaml")
    except OSError:
        pytest.skip("links: this system asks an administrator for them")
    open_home(used.root)
    assert (used.config_dir / SCHOOL).is_symlink()


@pytest.mark.parametrize("done", range(5))
def test_a_home_half_made_by_a_power_cut_is_made_whole(tmp_path: Path, done: int) -> None:
    """At its first start, after so many of its files, before the list: nothing was lost, and there is no message."""
    home = open_home(tmp_path / "home")
    as_of_an_earlier_version(home)
    for name in sorted(FILES)[done:]:
        (home.config_dir / name).unlink()
    assert open_home(home.root).news == ()
    assert all((home.config_dir / name).is_file() for name in FILES)
    open_database(home).close()


def test_a_database_half_made_by_a_power_cut_is_made_whole(tmp_path: Path) -> None:
    """The file was made, and its tables were not; or they were, and the list was not."""
    home = open_home(tmp_path / "home")
    make_private(home.database)
    open_database(home).close()
    (home.root / BEGUN).write_text("\n".join(FILES), encoding="utf-8")
    open_database(home).close()
    assert DATABASE in (begun(home.root) or ())


def test_a_home_from_before_there_were_arrangements_gets_the_file(tmp_path: Path) -> None:
    """It never had it: its database shows that."""
    home = open_home(tmp_path / "home")
    make_private(home.database)
    before = Migrations("mtc_kiosk")
    with contextlib.closing(connect(home.database)) as db:
        before.apply(db)
        migrations.apply(db, stop_before="m003_arrangements")
    (home.config_dir / ARRANGEMENTS).unlink()
    as_of_an_earlier_version(home)
    open_home(home.root)
    assert (home.config_dir / ARRANGEMENTS).is_file()
    (home.config_dir / KIOSK).unlink()
    open_home(home.root)
    assert not (home.config_dir / KIOSK).exists()


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("lose", [removed, emptied, exchanged])
def test_a_used_home_without_its_database_is_refused(used: Home, lose: object, earlier: bool) -> None:
    """It does not say that there are no pupils: it names what lies there, and the way to begin anew."""
    assert callable(lose)
    lose(used)
    (used.root / "mtc (1).db").write_bytes(b"a copy")
    (used.root / "mtc.db.damaged-20270607-090000").write_bytes(b"set aside")
    if earlier:
        as_of_an_earlier_version(used)
        (used.logs / "kiosk-hall.log").write_text("It was in use.\n", encoding="utf-8")
    before = used.database.read_bytes() if used.database.exists() else None
    for _ in range(2):
        home = open_home(used.root)
        with pytest.raises(DatabaseRefused) as refused:
            open_database(home)
        said = str(refused.value)
        assert "These files are there: mtc (1).db, mtc.db.damaged-20270607-090000." in said
        assert said.endswith("mtc-kiosk renew mtc.db")
    assert (used.database.read_bytes() if used.database.exists() else None) == before


@pytest.mark.parametrize("left", [b"", b"garbage\n", bytes(40), b"# a note\n"])
def test_a_list_that_was_spoilt_takes_no_protection_away(used: Home, left: bytes) -> None:
    """It is as if there were none: what shows that the home was in use counts."""
    (used.root / "kiosk-1.lock").touch()
    (used.root / BEGUN).write_bytes(left)
    removed(used)
    (used.config_dir / "kiosk.yaml").unlink()
    home = open_home(used.root)
    assert not (home.config_dir / "kiosk.yaml").exists()
    with pytest.raises(DatabaseRefused, match="is missing or empty"):
        open_database(home)


def test_after_a_log_without_its_database_was_set_aside_a_new_one_is_begun_and_said(used: Home) -> None:
    """The log alone lies there then, under the other name."""
    removed(used)
    used.database.with_name("mtc.db-wal").write_bytes(b"what was written last" * 400)
    with pytest.raises(DatabaseRefused, match="is kept as"):
        open_database(used)
    said = begins_anew(used)
    assert said is not None
    assert "The earlier one is kept as mtc.db.damaged-" in said
    assert "-wal" not in said


def test_after_a_damaged_database_was_set_aside_a_new_one_is_begun_and_said(used: Home) -> None:
    """A message said so when it was set aside."""
    removed(used)
    used.database.write_bytes(b"no database" * 400)
    with pytest.raises(DatabaseRefused, match="is kept as"):
        open_database(used)
    said = begins_anew(used)
    assert said is not None
    assert "mtc.db.damaged-" in said
    open_database(used).close()
    assert begins_anew(used) is None
    removed(used)
    with pytest.raises(DatabaseRefused, match="is missing or empty"):
        open_database(used)
