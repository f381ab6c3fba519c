"""Pictures of each step of ``docs/classroom.md``: what the desk prints, its pages, a PC that joins, a kiosk's screen.

Run ``python -m tools.gallery.classroom_pictures``: they are written to docs/screens/classroom/. Desk, enrolment and
kiosk are the real programs, in made-up homes of this PC; the addresses are written as those of a school. On the last
three pictures the tool itself tells the desk what its kiosks say. Needs Chromium, Xvfb and the libraries of the tests.
"""

import html
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.screen import injector, kiosk, x_server
from mtc_kiosk.console.server import prepared
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.opened import OpenedDatabase
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NOW, open_made_up_home
from tests.office.acting import HEAD, acting
from tests.office.away_kiosk import AwayKiosk, PcClock
from tests.realtime.resizing import XScreen
from tests.store.a_school import ASchool

OUT = Path(__file__).parents[2] / "docs" / "screens" / "classroom"
ADDRESS = "https://192.168.1.10:8426"
AT = "2027-06-07T08:55:00Z"
SIZE = (1366, 768)
JOINING = ("hall-1", "hall-2", "hall-3", "hall-4", "hall-5", "hall-6")
_SLOW = 2
_MTC = (sys.executable, "-m", "mtc_kiosk")
_TERMINAL = (
    "<meta charset=utf-8><body style='margin:0;background:#F3EEE3'><pre style='display:inline-block;margin:16px;"
    "padding:18px 24px;border-radius:12px;background:#16233B;color:#fff;font:16px/1.45 DejaVu Sans Mono,monospace'>"
)


def main() -> None:
    """Make every picture again."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    os.environ[NOW] = AT
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        home = open_made_up_home(Path(folder) / "desk")
        open_database(home).close()
        _terminal(chromium, "1-desk", "mtc-kiosk console --lan", _what_the_desk_prints(home))
        with closing(ASchool(home.database)) as school:
            school.pupils(12, "4A")
            with prepared(home, 0, staff_of("a.adeyemi", *Role), 0) as (base, desk):
                assert desk.lan is not None
                desk.kiosk_addresses = (ADDRESS,)
                page = chromium.new_page(
                    viewport={"width": SIZE[0], "height": SIZE[1]}, locale="en-GB", timezone_id="Europe/London"
                )
                _join(chromium, page, base, Path(folder), desk.lan.port)
                _on_the_day(page, base, home, school)
        chromium.close()


def _what_the_desk_prints(home: Home) -> str:
    """The guide of a real start, with a school's address in the place of this PC's."""
    command = [*_MTC, "console", "--lan", "--lan-port", "8426", "--port", "0", "--no-browser", "--home", str(home.root)]
    with subprocess.Popen(  # noqa: S603 - a command of our own
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as desk:
        assert desk.stdout is not None
        lines = list(iter(lambda: _line_until(desk, "To end it"), ""))
        desk.send_signal(signal.SIGINT)
        desk.wait(20)
    text = "".join(line for line in lines if not line.startswith("                  or "))
    text = re.sub(r"https://[^\s:]+:8426", ADDRESS, text)
    return re.sub(r"There is no account.*\n", "", re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8425", text))


def _line_until(desk: "subprocess.Popen[str]", last: str) -> str:
    """The next line; "" after the last one."""
    if getattr(desk, "is_over", False):
        return ""
    assert desk.stdout is not None
    line = desk.stdout.readline()
    desk.is_over = last in line  # type: ignore[attr-defined]  # a note of ours
    return line


def _join(chromium: Browser, page: Page, base: str, folder: Path, port: int) -> None:
    """A room code, and PCs that join with it."""
    page.goto(f"{base}school/kiosks/join")
    page.get_by_role("button", name="Make a room code").click()
    code = page.locator(".room-code").inner_text()
    _keep(page.screenshot(), "2-code")
    said = ""
    for name in JOINING:
        home = open_made_up_home(folder / name)
        open_database(home).close()
        _typed(home, "seven cups", "passcode", "set")
        said = _typed(home, code, "enrol", f"https://127.0.0.1:{port}", "--name", name).replace(name, JOINING[0])
    _terminal(chromium, "3-enrol", f"mtc-kiosk enrol {ADDRESS}", f"Room code: {code}\n{said}")
    page.get_by_text(JOINING[-1]).wait_for()
    _keep(page.screenshot(), "4-joined")
    _kiosk(folder / JOINING[0])
    page.get_by_role("button", name="Make a file").click()
    _keep(page.get_by_role("region", name="The file").screenshot(), "6-file")


def _typed(home: Home, text: str, *command: str) -> str:
    """What a command printed that was given this text."""
    words = [*_MTC, *command, "--home", str(home.root)]
    done = subprocess.run(  # noqa: S603 - a command of our own
        words, input=text, capture_output=True, text=True, check=True
    )
    return done.stdout


def _kiosk(home: Path) -> None:
    """The screen of a kiosk that runs, without a session."""
    with x_server(SIZE) as display, injector(display) as fingers, kiosk(display, home, "run"):
        fingers.wait_for_window("mtc_kiosk")
        fingers.hold("Shift_L", seconds=4)  # until it has heard of its desk
        screen = XScreen(display, "mtc_kiosk")
        size, pixels = screen.pixels()
        screen.close()
    made = io.BytesIO()
    Image.frombytes("RGB", size, pixels, "raw", "BGRX").save(made, "PNG")
    _keep(made.getvalue(), "5-kiosk")


def _on_the_day(page: Page, base: str, home: Home, school: ASchool) -> None:
    """Kiosks that say how far their pupils are: one holds a check, one has a wrong clock, one is off with records."""
    pins, clock = school.start(range(1, 11)).pins, PcClock()
    rows = school.db.execute("select id, name from kiosk where ended_at is null order by name").fetchall()
    kiosks = [AwayKiosk(number, name, clock, lambda: school.now) for number, name in rows]
    attempts = [each.sign_in(pin) for each, pin in zip(kiosks, pins, strict=False)]
    for place, (each, attempt) in enumerate(zip(kiosks, attempts, strict=True)):
        each.begin(attempt, 9 + 2 * place)
        each.tell(attempt, answered=8 + 2 * place)
    kiosks[1].hold(attempts[1], cause="keyboard", void=(11, True))
    *others, off = kiosks
    off.finish(attempts[-1])
    clock.now -= timedelta(minutes=3)
    _beat(home, school, off, waiting=2, waiting_since=_written(school.now - timedelta(minutes=20)))
    for url, name in (("school/kiosks", "7-kiosks"), ("room", "8-room"), ("school/waiting", "9-waiting")):
        clock.now = datetime.now(UTC)  # else they are out of touch before the picture is taken
        _beat(home, school, *others)
        page.goto(base + url)
        _keep(page.screenshot(), name)


def _beat(home: Home, school: ASchool, *kiosks: AwayKiosk, **told: object) -> None:
    """These kiosks beat; the third has a slow clock."""
    with acting(home, HEAD, school.now.isoformat()) as office:
        assert isinstance(office.db, OpenedDatabase)
        office.db.remembers = {}
        for place, each in enumerate(kiosks):
            each.clock.running_s += 1
            values = {"at": _written(school.now - timedelta(minutes=4 if place == _SLOW else 0)), **told}
            each.beat(office, **values)  # type: ignore[arg-type]  # as a beat has them


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _terminal(chromium: Browser, name: str, typed: str, said: str) -> None:
    """A command and what it printed, as on a terminal."""
    page = chromium.new_page(viewport={"width": 1000, "height": 200})
    page.set_content(f"{_TERMINAL}<b style='color:#F6C667'>&gt; {html.escape(typed)}</b>\n{html.escape(said)}</pre>")
    _keep(page.locator("pre").screenshot(), name)
    page.close()


def _keep(png: bytes, name: str) -> None:
    """Write a picture with as few bytes as its flat colours need."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(256, dither=Image.Dither.NONE).save(OUT / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
