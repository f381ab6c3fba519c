"""What is no backup is refused in a sentence before the home is touched, whoever made the file."""

import contextlib
import hashlib
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mtc_kiosk.config.settings import FILES
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.store.db import migrations as ours
from mtc_kiosk.store.home.backup_file import LARGEST_OTHER, read_backup
from mtc_kiosk.store.home.home import Home
from tests.office.restoring import REPLACE, backed_up, keyed, put_back, statuses

Parts = dict[str, bytes]


def parts_of(file: Path) -> Parts:
    """What is in a backup, with its manifest."""
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(file: Path, parts: Mapping[str, bytes], *more: tuple[str, bytes]) -> Path:
    """A zip of these parts, with a manifest that lists them if they have one."""
    listed = dict(parts)
    if parts.get("manifest.json", b"[").startswith(b"{"):
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"] = {
            name: {"size": len(part), "sha256": hashlib.sha256(part).hexdigest()}
            for name, part in parts.items()
            if name != "manifest.json"
        }
        listed["manifest.json"] = json.dumps(manifest).encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as written, contextlib.suppress(UserWarning):
        for name, part in [*listed.items(), *more]:
            written.writestr(name, part)
    file.write_bytes(content.getvalue())
    return file


def said(**values: object) -> Callable[[Parts], None]:
    """Change what the manifest says."""

    def change(parts: Parts) -> None:
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | values).encode()

    return change


def with_part(name: str, part: bytes) -> Callable[[Parts], None]:
    """Add or replace a part."""
    return lambda parts: parts.update({name: part})


def in_database(*statements: str) -> Callable[[Parts], None]:
    """Change the database in it."""

    def change(parts: Parts) -> None:
        with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
            db.deserialize(parts["mtc.db"])
            for statement in statements:
                db.execute(statement)
            parts["mtc.db"] = db.serialize()

    return change


NEWER = "insert into _sqlite_migrations (migration_set, name, applied_at) values ('mtc_kiosk', 'm2099', '')"

WRONG: dict[str, tuple[Callable[[Parts], object], str]] = {
    "no manifest": (lambda parts: parts.pop("manifest.json"), "it has no list of its parts"),
    "a manifest that is no JSON": (with_part("manifest.json", b"[" * 50_000), "Nothing was changed."),
    "no database": (lambda parts: parts.pop("mtc.db"), "its parts are not those that it lists"),
    "another program's": (said(program="other"), "it has no list of its parts"),
    "a newer format": (said(format=2), "made by a newer mtc-kiosk"),
    "a version that is no number": (said(format="new"), "it has no list of its parts"),
    "a path out of the folder": (with_part("../../etc/passwd", b"x"), "something in it that no backup has"),
    "an absolute path": (with_part("/etc/passwd", b"x"), "something in it that no backup has"),
    "another settings file": (with_part("config/../mtc.db", b"x"), "something in it that no backup has"),
    "a key that is none": (with_part("device.key", b"secret"), "its database cannot be used"),
    "no database at all": (with_part("mtc.db", b"SQLite format 3\0" + bytes(100)), "its database cannot be used"),
    "a database of zeros": (with_part("mtc.db", bytes(1_000_000)), "its database cannot be used"),
    "a settings file too large": (with_part("config/school.yaml", bytes(range(256)) * 5000), "larger than it can be"),
    "a bomb": (with_part("mtc.db", bytes(200_000_000)), "larger than it can be"),
    "a bomb of a key": (with_part("device.key", bytes(LARGEST_OTHER + 1)), "larger than it can be"),
    "a newer database": (in_database(NEWER), "made by a newer mtc-kiosk"),
    "a trigger that is not ours": (
        in_database("create trigger sly after insert on audit begin delete from pupil; end"),
        "its database cannot be used",
    ),
    "a table that is not ours": (in_database("create table more (x)"), "its database cannot be used"),
    "a view in place of a table": (
        in_database("drop table stick", "create view stick as select 1"),
        "its database cannot be used",
    ),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_no_backup_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    """The home keeps every file as it was."""
    change, sentence = WRONG[name]
    parts = parts_of(backed_up(keyed(home), tmp_path / "b.zip"))
    change(parts)
    file = packed(tmp_path / "wrong.zip", parts)
    refuse(home, file, sentence)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_comes_twice_is_refused(home: Home, tmp_path: Path) -> None:
    """One program would read the first, another the second."""
    parts = parts_of(backed_up(keyed(home), tmp_path / "b.zip"))
    refuse(home, packed(tmp_path / "wrong.zip", parts, ("mtc.db", parts["mtc.db"])), "is there twice")


def test_a_link_in_the_place_of_a_part_is_not_followed(home: Home, tmp_path: Path) -> None:
    """What a link says is read as what it is: a text that has another hash."""
    parts = parts_of(backed_up(keyed(home), tmp_path / "b.zip"))
    link = zipfile.ZipInfo("config/school.yaml")
    link.external_attr = 0o120777 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as written:
        for name, part in parts.items():
            written.writestr(link if name == link.filename else name, b"/etc/passwd" if name == link.filename else part)
    (tmp_path / "wrong.zip").write_bytes(content.getvalue())
    refuse(home, tmp_path / "wrong.zip", "its parts are not those that it lists")


@pytest.mark.parametrize("kept", [0, 1, 100, -100, -1])
def test_a_file_that_was_cut_off_is_refused(home: Home, tmp_path: Path, kept: int) -> None:
    """As a stick leaves it that was pulled out."""
    whole = backed_up(keyed(home), tmp_path / "b.zip").read_bytes()
    (tmp_path / "torn.zip").write_bytes(whole[:kept] if kept else b"")
    refuse(home, tmp_path / "torn.zip", "or it is damaged or cut off")


def test_every_changed_byte_is_found(home: Home, tmp_path: Path) -> None:
    """One byte in fifty places: refused, or nothing that is restored differs."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    whole, meant = file.read_bytes(), read_backup(file, FILES)
    for place in range(0, len(whole), len(whole) // 50):
        altered = bytearray(whole)
        altered[place] ^= 0x10
        file.write_bytes(altered)
        with contextlib.suppress(ValueError):
            assert read_backup(file, FILES).parts == meant.parts, place


def test_a_wrong_checksum_of_the_zip_is_a_sentence(home: Home, tmp_path: Path) -> None:
    """The zip's own sums, not ours."""
    file = backed_up(keyed(home), tmp_path / "b.zip")
    with zipfile.ZipFile(file) as good:
        sums = [entry.CRC for entry in good.infolist() if entry.filename == "mtc.db"]
    content = file.read_bytes()
    assert zlib.crc32(parts_of(file)["mtc.db"]) == sums[0]
    wrong = sums[0].to_bytes(4, "little")
    file.write_bytes(content.replace(wrong, bytes(4)))
    refuse(home, file, "or it is damaged or cut off")


def test_a_folder_and_a_file_that_is_not_there(home: Home, tmp_path: Path) -> None:
    """A sentence each."""
    refuse(home, tmp_path, "It cannot be read: ")
    refuse(home, tmp_path / "none.zip", "It cannot be read: it is missing.")


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(home: Home, tmp_path: Path) -> None:
    """Its database has the shape of a month ago."""
    parts = parts_of(backed_up(keyed(home), tmp_path / "b.zip"))
    had = statuses(home)
    first = [migration.name for migration in ours.migrations.pending(_empty())][:-2]
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as old:
        old.deserialize(parts["mtc.db"])
        pupils = old.execute("select * from pupil").fetchall()
    db = _empty()
    ours.migrations.apply(db, stop_before=ours.migrations.pending(db)[-2].name)
    db.conn.executemany(f"insert into pupil values ({', '.join('?' * len(pupils[0]))})", pupils)
    db.conn.commit()
    parts["mtc.db"] = db.conn.serialize()
    said(migrations=first)(parts)
    put_back(home, packed(tmp_path / "old.zip", parts), REPLACE)
    assert statuses(home) == had


def refuse(home: Home, file: Path, sentence: str) -> None:
    """Restoring it is refused with this sentence, and nothing in the home was changed."""
    before = {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}
    with pytest.raises(OfficeRefused) as refused:
        put_back(home, file, REPLACE)
    text = str(refused.value)
    assert sentence in text
    assert text.endswith("Nothing was changed.")
    assert {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()} == before


def _empty() -> "ours.sqlite_utils.Database":
    return ours.sqlite_utils.Database(memory=True, execute_plugins=False)
