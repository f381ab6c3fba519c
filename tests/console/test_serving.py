"""A console as a process: who reaches it, what it bears, and how it ends."""

import contextlib
import signal
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.console import bounds
from mtc_kiosk.office.backup import back_up
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock, restore_lock
from mtc_kiosk.store.made_up import open_made_up_home

from .serving import Serving, read_all, refused, seconds_to_end, serving, status

HEAD = "GET /static/console.css HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
HOLDS_AT_MOST_S = 2.0
"""How much longer the end may take where clients do their worst, than where nobody is connected."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The home of the console that most tests share."""
    made = open_made_up_home(tmp_path_factory.mktemp("served") / "home")
    open_database(made).close()
    return made


@pytest.fixture(scope="module")
def running(served: Home) -> Iterator[Serving]:
    """That console."""
    with serving("console", "--home", served.root) as started:
        yield started


def test_only_this_pc_reaches_it(running: Serving) -> None:
    """It listens at 127.0.0.1, and at no other address of the PC, such as 127.0.0.2."""
    assert status(running.asked()) == 200
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", running.port), 5)


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("127.0.0.1", 400),
        ("127.0.0.1:{other}", 400),
        ("rebound.example:{port}", 400),
        ("127.0.0.1:{port}.rebound.example", 400),
        ("127.0.0.1:{port}@rebound.example", 400),
        ("[::1]:{port}", 400),
    ],
)
def test_another_name_for_this_pc_is_refused(running: Serving, host: str, code: int) -> None:
    """Whose owner could read the pages through a teacher's browser (DNS rebinding)."""
    assert status(running.asked(host=host.format(port=running.port, other=running.port + 1))) == code


def test_the_name_that_counts_is_the_one_asked_for(running: Serving) -> None:
    """A proxy's headers change nothing, and a request without a name is none."""
    assert status(running.asked(more="X-Forwarded-Host: rebound.example\r\n")) == 200
    more = f"X-Forwarded-Host: 127.0.0.1:{running.port}\r\n"
    assert status(running.asked(host="rebound.example", more=more)) == 400
    with running.connect(b"GET /static/console.css HTTP/1.0\r\n\r\n") as connection:
        assert status(read_all(connection)) == 400


def test_too_large_a_request_is_refused(running: Serving) -> None:
    """Its head, or a body that is more than any class list; nothing of that is read."""
    assert status(running.asked(more=f"X-Long: {'x' * bounds.LARGEST_HEAD}\r\n")) == 413
    assert status(running.asked("/" + "x" * bounds.LARGEST_HEAD)) == 414
    head = HEAD.format(port=running.port).replace("GET", "POST")
    with running.connect(f"{head}Content-Length: {bounds.LARGEST_BODY + 1}\r\n\r\n".encode()) as connection:
        assert status(read_all(connection)) == 413


def test_a_file_that_is_too_large_is_answered_with_a_page(running: Serving) -> None:
    """Which the browser shows only after it has sent all of the file."""
    answer = running.asked("/no-such-page", body=b"x" * 20_000_000)
    assert status(answer) in (404, 405, 413)
    assert b"<h1>" in answer


def has_room_again(running: Serving) -> None:
    """Wait until the connections that were just closed are gone: each takes a place among the requests that wait.

    The first answer says that the server has seen them all, the second that none is left before it.
    """
    for _ in range(2):
        while (answered := status(running.asked())) != 200:
            assert answered == 503


def test_connections_that_send_nothing_keep_no_page_back(running: Serving) -> None:
    """More of them than there are threads, and more than are kept: the oldest are closed."""
    idle = [running.connect() for _ in range(bounds.MOST_IDLE + bounds.THREADS + 5)]
    try:
        assert status(running.asked()) == 200
        assert idle[0].recv(1) == b""
    finally:
        for connection in idle:
            connection.close()
        has_room_again(running)


def test_slow_requests_keep_no_page_back(running: Serving) -> None:
    """More than there are threads: each is cut off while others wait."""
    begun = HEAD.format(port=running.port).encode()
    slow = [running.connect(begun) for _ in range(bounds.THREADS * 2)]
    try:
        assert status(running.asked()) == 200
        with contextlib.suppress(ConnectionResetError):
            answer = read_all(slow[0])
            assert not answer or status(answer) == 400
    finally:
        for connection in slow:
            connection.close()


def test_a_backup_is_made_beside_it(running: Serving, served: Home, tmp_path: Path) -> None:
    """While it runs, as beside a kiosk."""
    assert back_up(served, tmp_path / "backup.zip", COMMAND_LINE).file.stat().st_size > 0
    assert status(running.asked()) == 200


@pytest.mark.posix_only("Windows sends a program no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_it_ends_at_once_whoever_is_connected(home: Home, number: signal.Signals) -> None:
    """With 0, and the home free for the next; idle and slow clients do not hold it, nor one that takes no answer."""
    with serving("console", "--home", home.root) as running:
        alone_s = seconds_to_end(running, number)
    with serving("console", "--home", home.root) as running:
        begun = HEAD.format(port=running.port)
        held = [running.connect(), running.connect(begun.encode()), running.connect(f"{begun}\r\n".encode() * 50)]
        assert status(running.asked()) == 200
        assert seconds_to_end(running, number) < HOLDS_AT_MOST_S + 2 * alone_s
        assert running.process.stderr is not None
        assert "Traceback" not in running.process.stderr.read()
        for connection in held:
            connection.close()
    with serving("console", "--home", home.root) as again:
        assert status(again.asked()) == 200


def test_a_second_console_of_the_home_is_refused(running: Serving, served: Home) -> None:
    """In a sentence."""
    assert "A console is already running" in refused("console", "--home", served.root, "--port", 0)


def test_a_port_that_is_taken_is_refused(running: Serving, home: Home) -> None:
    """With what to do."""
    said = refused("console", "--home", home.root, "--port", running.port)
    assert said.startswith(f"Another program uses port {running.port} on this PC. Choose another with --port")


def test_a_home_that_is_being_restored_is_refused(home: Home) -> None:
    """Until that is done."""
    with restore_lock(home):
        assert "is being restored" in refused("console", "--home", home.root, "--port", 0)


def test_a_database_of_an_older_version_is_left_while_a_kiosk_runs(home: Home) -> None:
    """A console brings it up to date like any command, so not under a kiosk of the older version."""
    with sqlite3.connect(home.database) as db:
        db.execute("delete from _sqlite_migrations where name = (select max(name) from _sqlite_migrations)")
    db.close()
    with kiosk_lock(home, "PC1"):
        assert "Close the kiosk PC1 first" in refused("console", "--home", home.root, "--port", 0)
