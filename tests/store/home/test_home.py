"""The home: where it is, what is in it, who may read it, and where it may not be (docs/data.md)."""

import os
import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from mtc_kiosk.resources import shipped_config
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.allowed_place import file_system, is_network, why_not_here
from mtc_kiosk.store.home.files import copy_once
from mtc_kiosk.store.home.home import ENVIRONMENT, HomeRefused, find_home, machine_home, open_home

posix_only = pytest.mark.posix_only("modes of files: this system has none")

MOUNTS = rb"""31 22 0:51 / /srv/school/local rw - ext4 /dev/sdb1 rw
30 22 0:50 / /srv/school rw - nfs4 server:/school rw
32 22 0:52 / /srv/The\040Class rw master:7 - cifs //server/class rw
33 22 0:53 / /srv/\303\251cole rw - fuse.sshfs server: rw
34 22 0:54 / /srv/stick rw - vfat /dev/sdc1 rw
35 34 0:55 / /srv/stick rw - fuseblk /dev/sdc1 rw
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
"""


# -- where it is


def test_the_command_line_says_first_where_it_is(tmp_path: Path) -> None:
    """``--home`` goes before everything."""
    assert find_home(tmp_path, {ENVIRONMENT: "/elsewhere"}) == tmp_path


def test_the_environment_says_second(tmp_path: Path) -> None:
    """``MTC_KIOSK_HOME``, unless it is empty."""
    assert find_home(None, {ENVIRONMENT: str(tmp_path)}) == tmp_path
    assert find_home(None, {ENVIRONMENT: ""}) != Path()


if sys.platform == "win32":

    def test_a_machines_home_goes_before_the_accounts_own(tmp_path: Path) -> None:
        """Where the program is installed for the machine, its folder is there."""
        environ = {"ProgramData": str(tmp_path)}
        assert find_home(None, environ) != machine_home(environ)
        machine_home(environ).mkdir()
        assert find_home(None, environ) == machine_home(environ)


def test_else_it_is_in_the_accounts_data_folder() -> None:
    """Without an option, an environment variable or an installation for the machine."""
    if not machine_home({}).exists():
        assert find_home(None, {}) == Path(platformdirs.user_data_dir("mtc_kiosk", appauthor=False))


# -- what is in it


def test_a_new_home_has_its_folders_and_settings(tmp_path: Path) -> None:
    """Every file that ships in config/, byte for byte."""
    home = open_home(tmp_path / "new" / "home")
    assert sorted(path.name for path in home.root.iterdir()) == ["begun.txt", "config", "exports", "logs"]
    shipped = sorted(shipped_config().glob("*.yaml"))
    assert [path.name for path in sorted(home.config_dir.iterdir())] == [path.name for path in shipped]
    for path in shipped:
        assert (home.config_dir / path.name).read_bytes() == path.read_bytes()


def test_settings_are_never_overwritten(tmp_path: Path) -> None:
    """What a school wrote stays, whatever a newer program ships."""
    home = open_home(tmp_path / "home")
    (home.config_dir / "check.yaml").write_text("ours")
    open_home(home.root)
    assert (home.config_dir / "check.yaml").read_text() == "ours"


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """No half a file, and no file beside it."""
    with pytest.raises(OSError, match=r"."):
        copy_once(tmp_path, tmp_path / "target")
    assert list(tmp_path.iterdir()) == []


def test_a_file_under_another_name_is_no_settings_file(tmp_path: Path) -> None:
    """The remains of a copy after a power cut do no harm."""
    home = open_home(tmp_path / "home")
    (home.config_dir / "check.yaml").unlink()
    (home.config_dir / ".check.yaml.half").write_text("hal")
    open_home(home.root)
    assert (home.config_dir / "check.yaml").read_bytes() == shipped_config("check.yaml").read_bytes()


@pytest.mark.parametrize("name", ["The school's home", "école №1", "50% #1 ?", "a+b&c=d", "[x] {y}"])
def test_a_home_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Spaces, accents and everything that means something in an address."""
    if os.name == "nt":
        name = name.replace(" ?", "")
    home = open_home(tmp_path / name)
    db = open_database(home)
    db.close()
    assert home.database.parent == tmp_path / name
    assert home.database.stat().st_size > 0


def test_a_home_may_be_named_from_the_accounts_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``~`` is where it is."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert open_home(Path("~/mtc")).root == tmp_path / "mtc"


def test_a_home_is_the_same_wherever_the_program_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path is taken once, from where the command was given."""
    monkeypatch.chdir(tmp_path)
    assert open_home(Path("mtc")).root == tmp_path / "mtc"


# -- who may read it


def mode(path: Path) -> int:
    """The mode of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@posix_only
def test_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the account's habit is, for the folder, the database, its log and the settings."""
    before = os.umask(0)
    try:
        home = open_home(tmp_path / "home")
        db = open_database(home)
        db["feedback"].count  # noqa: B018 - a reading makes the log's files
        paths = [home.database, *home.root.glob("mtc.db-*"), *home.config_dir.iterdir()]
        assert {mode(path) for path in paths} == {0o600}
        assert {mode(path) for path in (home.root, home.config_dir, home.exports, home.logs)} == {0o700}
        assert len(paths) > 3
        db.close()
    finally:
        os.umask(before)


@posix_only
def test_a_home_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    """Made by hand, or a database put back from a stick."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    home.root.chmod(0o755)
    home.database.chmod(0o644)
    open_home(home.root)
    open_database(home).close()
    assert (mode(home.root), mode(home.database)) == (0o700, 0o600)


# -- where it may not be


def test_a_file_is_no_home(tmp_path: Path) -> None:
    """A sentence says so, and the file is as it was."""
    (tmp_path / "home").write_text("mine")
    with pytest.raises(HomeRefused, match="cannot be used"):
        open_home(tmp_path / "home")
    assert (tmp_path / "home").read_text() == "mine"


def test_a_home_of_nobody_is_refused() -> None:
    """``~`` and a name that no account has."""
    with pytest.raises(HomeRefused, match="no folder"):
        open_home(Path("~nobody-of-this-name/home"))


@pytest.mark.parametrize(
    "folder",
    ["OneDrive", "OneDrive - Elm School", "Dropbox (Old)", "Google Drive", "GoogleDrive-x", "iCloudDrive", "Nextcloud"],
)
def test_a_synchronised_folder_is_refused(tmp_path: Path, folder: str) -> None:
    """Another program would copy the database while it is written; nothing is made there."""
    with pytest.raises(HomeRefused, match="copied to the internet"):
        open_home(tmp_path / folder / "home")
    assert not (tmp_path / folder).exists()


@pytest.mark.posix_only("links: this system asks an administrator for them")
def test_a_link_into_a_synchronised_folder_is_refused(tmp_path: Path) -> None:
    """As Windows makes of the documents folder."""
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "documents").symlink_to(tmp_path / "OneDrive")
    assert why_not_here(tmp_path / "documents" / "home") is not None


@pytest.mark.parametrize("folder", ["medicloud", "my-dropbox-notes", "box", "drive"])
def test_a_folder_whose_name_only_sounds_like_it_is_not_refused(tmp_path: Path, folder: str) -> None:
    """The name must begin like that of such a program's folder."""
    assert why_not_here(tmp_path / folder) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/x", "ext4"),
        ("/srv/school/homes/x", "nfs4"),
        ("/srv/schools", "ext4"),
        ("/srv/school/local/x", "ext4"),
        ("/srv/The Class/x", "cifs"),
        ("/srv/école", "fuse.sshfs"),
        ("/srv/stick/x", "fuseblk"),
    ],
)
@posix_only
def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    """With spaces and accents as the mount table writes them; of two on one point, the later."""
    (tmp_path / "mounts").write_bytes(MOUNTS)
    assert file_system(Path(path), tmp_path / "mounts") == kind


def test_where_there_is_no_mount_table_nothing_is_known(tmp_path: Path) -> None:
    """What is unknown is not refused."""
    assert file_system(tmp_path, tmp_path / "nothing") == ""
    assert not is_network("")


@pytest.mark.parametrize(
    ("kind", "network"),
    [
        *((kind, True) for kind in ("nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "9p")),
        *((kind, False) for kind in ("ext4", "fuseblk", "overlay", "tmpfs", "fuse.gocryptfs", "vfat")),
    ],
)
def test_a_network_drive_is_known_by_its_file_system(kind: str, network: bool) -> None:
    """By the names that the kernel gives them."""
    assert is_network(kind) is network
