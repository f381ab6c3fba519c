"""What was written never goes away without a word: stray names, lost files, and the one way to begin them anew."""

import contextlib

import pytest

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.config.configuration import FILES, KIOSK, SCHOOL
from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.begun import DATABASE
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock

from .test_school_commands import ONE, Typing, content, home, typed

__all__ = ["home", "typed"]  # fixtures of the neighbour: the same made-up school

START = ("session", "start", "--kind", "official")


@pytest.mark.parametrize("name", FILES)
def test_a_stray_name_is_reported_and_stops_a_session(home: Home, typed: Typing, name: str) -> None:
    """Whatever somebody wrote there, they believe that it holds."""
    (home.config_dir / f"Copy of {name}").write_text("", encoding="utf-8")
    before = content(home)
    for command in (START, (*START, "--acknowledge-unknown"), ("config", "check")):
        refused = typed(*command)
        assert refused.code == 1
        assert refused.err.startswith(f"Copy of {name}: This file is not read: only {name} is.")
    assert content(home) == before
    assert [one["code"] for one in typed("arrangements", "list", "--json").data["warnings"]] == ["stray_file"]
    (home.config_dir / f"Copy of {name}").unlink()
    assert typed(*START).code == 0


def test_arrangements_under_another_name_are_not_replaced_by_an_empty_file(home: Home, typed: Typing) -> None:
    """Nothing starts, and the file is named."""
    path = home.config_dir / ARRANGEMENTS
    path.rename(path.with_suffix(".yaml.txt"))
    refused = typed(*START)
    assert refused.code == 1
    assert refused.err == (
        f"{ARRANGEMENTS}: The file is missing from {home.config_dir}."
        f" Was it renamed to {ARRANGEMENTS}.txt? Then rename it back.\n"
    )
    assert not path.exists()
    renewed = typed("renew", ARRANGEMENTS)
    assert renewed.code == 1
    assert f"No new {ARRANGEMENTS} was made beside it." in renewed.err
    assert not path.exists()


@pytest.mark.parametrize("name", [KIOSK, ARRANGEMENTS])
def test_a_lost_file_that_protects_stops_everything_until_it_is_renewed(home: Home, typed: Typing, name: str) -> None:
    """The refusal says how; the audit keeps that it was done."""
    (home.config_dir / name).unlink()
    setting = (("passcode", "set"),) if name == KIOSK else ()
    for command in (START, ("pupils", "list"), ("config", "check"), *setting):
        refused = typed(*command)
        assert refused.code == 1
        assert f"Put it back, or make a new one with: mtc-kiosk renew {name}" in refused.err
    assert typed("renew", name).code == 0
    assert (home.config_dir / name).read_bytes() == shipped_config(name).read_bytes()
    assert typed("pupils", "list").code == 0
    with contextlib.closing(open_database(home)) as db:
        rows = db.execute("select account, subject from audit where action = 'home.renewed'").fetchall()
    assert rows == [("cli", name)]


def test_a_lost_file_that_does_not_protect_is_begun_anew_with_a_word(home: Home, typed: Typing) -> None:
    """On standard error, so that --json stays one object."""
    (home.config_dir / SCHOOL).unlink()
    listed = typed("pupils", "list", "--json")
    assert listed.report["ok"]
    assert (
        listed.err == f"The settings file {SCHOOL} was missing from {home.config_dir}."
        " A new one was made, with the settings that come with the program.\n"
    )
    assert typed("pupils", "list").err == ""


def test_a_lost_database_is_refused_until_it_is_renewed(home: Home, typed: Typing) -> None:
    """No command says that there are no pupils."""
    kept = home.root / "kept.db"
    home.database.rename(kept)
    for command in (("pupils", "list"), ("status",), START):
        refused = typed(*command)
        assert refused.code == 1
        assert "is missing or empty" in refused.err
        assert not home.database.exists()
    kept.rename(home.database)
    assert ONE in typed("pupils", "list").out
    home.database.rename(kept)
    with kiosk_lock(home, "hall"):
        assert typed("renew", DATABASE).err == "Close the kiosk hall first. Nothing was changed.\n"
    assert typed("renew", DATABASE).code == 0
    assert "0 pupils" in typed("pupils", "list").out


@pytest.mark.parametrize("name", [*FILES, DATABASE])
def test_what_is_there_is_not_renewed(home: Home, typed: Typing, name: str) -> None:
    """Nothing is taken away by it."""
    before = content(home), {path.name: path.read_bytes() for path in home.config_dir.iterdir()}
    assert typed("renew", name).code == 1
    assert (content(home), {path.name: path.read_bytes() for path in home.config_dir.iterdir()}) == before
