"""The first start of a console, as a process: the link is on the terminal, and nowhere else."""

import re
from pathlib import Path

from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.made_up import open_made_up_home

from .serving import serving, status

SECRET = re.compile(r"sign-in/first#([\w-]{22})\n")


def test_the_link_is_printed_on_the_terminal_and_written_nowhere(tmp_path: Path) -> None:
    """Not in a file of the home, nor in the arguments of the process; another start has another link."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    secrets = set()
    for _ in range(2):
        with serving("console", "--home", home.root) as running:
            assert running.process.stderr is not None
            line = running.process.stderr.readline()
            found = SECRET.search(line)
            assert found is not None, line
            assert "within ten minutes" in line
            assert status(running.asked("/sign-in/first")) == 200
            assert found[1] not in str(running.process.args)
            running.process.terminate()
            running.process.wait(60)
        secrets.add(found[1])
    assert len(secrets) == 2
    for path in home.root.rglob("*"):
        if path.is_file():
            assert not [secret for secret in secrets if secret.encode() in path.read_bytes()], path
